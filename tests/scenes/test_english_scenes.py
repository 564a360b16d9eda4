"""What of an English diary is there and what is not, by classes of everyday sentences."""

import pytest

from tests.scenes.english_reading import real, sentences

# What the text says, what must be there, and what must not, as words of the lexicon.
SCENES = (
    # What a film, a book or a tale is about, with all its clauses; not where it is seen.
    ("I finished my novel about a detective in Venice.", "novel", "detective venice"),
    (
        "We watched a film about penguins in the living room with Grandpa.",
        "living_room grandfather",
        "penguin",
    ),
    ("Grandma told me about the farm where she grew up with twelve cows.", "grandmother", "farm cow"),
    ("Dad told us about the time he met a bear in the woods.", "father", "bear forest"),
    ("He talked about how his dog ate a cactus.", "", "dog cactus"),
    ("The cartoon had a talking train in it.", "cartoon", "train"),
    ("The movie was about a lost whale. We ate popcorn.", "popcorn", "whale"),
    ("We told ghost stories with a flashlight.", "flashlight", "ghost"),
    ("We saw a film about a dog. The dog died and I cried.", "crying", "dog"),
    ("We watched a zombie film with my roommate.", "roommate", "zombie"),
    # Foretold, planned, gone without.
    ("The forecast promised rain but not a drop fell.", "", "rainy"),
    ("The clouds threatened rain.", "cloud", "rainy"),
    ("Rain was predicted.", "", "rainy"),
    ("My tooth fell out. The tooth fairy is coming tonight.", "tooth", "fairy"),
    ("Missed my flight and slept at the airport.", "airport", "airplane"),
    ("We missed the parade because of traffic.", "", "parade"),
    ("I swung the bat and missed the ball.", "ball", "swing"),
    ("The cinnamon rolls were sold out, so I bought a muffin.", "muffin", "cinnamon_roll"),
    ("I stayed home from school.", "home", "school"),
    ("Took a day off work and painted the fence.", "fence", "working"),
    # Far away.
    ("Grandma called from Florida. She said there was a hurricane there.", "grandmother", "florida typhoon"),
    ("My cousin texted that it was snowing there.", "cousin", "snowy"),
    ("I met my old friend from college at a noodle shop.", "noodle_restaurant", "university"),
    ("Picked up my brother from school.", "brother school", ""),
    # Comparisons and what something serves as.
    ("The subway was as packed as a can of sardines.", "subway", "sardine"),
    ("It was like walking inside a cloud.", "", "cloud walking"),
    ("I slept on the floor using my backpack as a pillow.", "backpack", "pillow"),
    ("I used a box for a table.", "box", "table"),
    # What verbs say of something that nobody does.
    ("The whole apartment smelled amazing.", "apartment", "smelling_flowers"),
    ("Mom made us wait. It made my eyes water.", "waiting", "making"),
    ("We got so much candy that my bag ripped.", "candy", "eating"),
    # Said before the noun.
    ("Three cactuses and two sleeping cats.", "sleeping cat", ""),
    ("The barking dog woke me up.", "barking dog", ""),
    ("We stopped the van by a lavender field.", "lavender field", ""),
    ("Watch out for the geese, said Grandpa.", "grandfather goose", ""),
    # What is still to come, booked, refused, or was only the plan.
    ("Planted garlic before the frost comes.", "garlic", "frost"),
    ("Snow was forecast; we got sleet.", "sleet", "snowy"),
    ("My boss scheduled a lunch meeting.", "boss", "having_a_meeting"),
    ("Dad said no to an ice cream van.", "father", "food_truck"),
    ("Bath, book, bed. That was the plan.", "", "bed book"),
    ("The diner was full, so we went to the park.", "park", "restaurant"),
    ("We were going to play on the swings but the big kids were there.", "", "swing swinging"),
    ("In my country we do not have snow. Today it rained.", "rainy", "snowy"),
    ("I did not adopt the kitten.", "kitten", ""),
    ("Didn't eat till sunset.", "sunset", "eating"),
    ("Tonight the fairy will come, my sister says.", "sister", "fairy"),
    # Colours, comparatives, verbs and names that only look like things.
    ("My hands went orange with rust.", "", "orange"),
    ("Lighter. That's the word.", "", "lighter matchstick"),
    ("It suits me.", "", "suit"),
    ("Connor's landed on the car.", "car", "vulture"),
    ("On the coach home we sang.", "bus singing", "coach"),
    ("Fish fingers for tea.", "evening eating", "tea"),
    ("Watched penguins on telly.", "television", "penguin"),
    ("Robin came to the windowsill for crumbs.", "robin crumb", "friend"),
    ("A mug of chamomile tea.", "chamomile_tea", ""),
    # Rooms, hours and meals that compounds and notes tell.
    ("We did a puzzle at the kitchen table.", "kitchen", ""),
    ("Movie night with the roommates.", "night roommate", ""),
    ("Slept on Kenji's floor.", "friend sleeping", ""),
    ("My partner told me about his day.", "telling_stories", ""),
    ("I walked home through the fountains humming.", "singing", ""),
    # Invitations turned down, refusals, hours and places that others tell.
    ("My friend asked me to a concert, but I didn't go.", "friend", "concert"),
    ("My friends went to the fair but I stayed home.", "home", "festival"),
    ("Emma asked me to her party and I went.", "friend party", ""),
    ("The baby would not sleep.", "baby", "sleeping"),
    ("My boss was in a stormy mood.", "boss", "stormy"),
    ("I called my wife from the train.", "wife train", ""),
    ("I wrote about it in my notebook on the bus.", "notebook bus", ""),
    ("I wanted a dog for my birthday, but I got a goldfish.", "birthday goldfish", "dog"),
    ("Grandpa fixed my bike. Then I rode it around the block.", "cycling", ""),
    # Illness and dry socks are no weather; who is there, and who only once was.
    ("I had a terrible cold.", "being_sick", "cold"),
    ("My socks stayed dry.", "socks", "dry_weather"),
    ("Everyone came except Uncle Tom, who was stuck at the airport.", "", "uncle airport"),
    ("Dad said he once saw a wolf here. I slept.", "sleeping", "wolf"),
    ("My mittens got soaked.", "gloves", "bathing"),
    ("I could hardly keep my eyes open in math class.", "math_class", ""),
    ("We used a hammer and some nails.", "hammer nail", "nail_polish"),
    # Gone without, conditions, and who was busy elsewhere.
    ("I almost adopted a puppy at the shelter.", "", "puppy"),
    ("I almost hit a deer.", "deer", ""),
    ("Mom said if I finish my vegetables I can have pie. I fed the dog.", "mother dog", "pie vegetable"),
    (
        "My uncle is nice. He couldn't come because he was flying to Tokyo. We ate cake.",
        "cake",
        "tokyo flying",
    ),
    (
        "The cake looked like a hedgehog. It had almonds for spines.",
        "cake almond",
        "hedgehog eating exercising",
    ),
    ("I heard a wolf in the podcast.", "", "wolf"),
    ("Grandpa told me how he crossed the ocean by ship. We ate oranges.", "grandfather orange", "sea ship"),
    ("She drew one and taped it to the fridge.", "taping", "knocking"),
    ("Don't judge me.", "", "judge"),
    # Meals and their hours.
    ("We had dinner with my parents.", "dinner eating parents", ""),
    ("I cooked pasta for dinner.", "pasta evening", "dinner"),
    ("Lunch with Sam.", "lunch", ""),
    ("On our field trip we saw a mammoth.", "field_trip", "field"),
)


@pytest.mark.parametrize(("text", "there", "absent"), SCENES)
def test_scene_of_a_sentence(text: str, there: str, absent: str) -> None:
    found = real(text)
    assert {word.replace("_", " ") for word in there.split()} <= found
    assert not {word.replace("_", " ") for word in absent.split()} & found


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("Best night of the summer.", "happy"),
        ("Mom lit candles. Kinda nice.", "happy"),
        ("Nobody argued for once. Lovely.", "happy"),
        ("We didn't want to leave.", "happy"),
        ("Worst day ever.", "sad"),
        ("Still no hot water. I am NOT happy.", "frustrated"),
        ("He gave me a nice pen.", ""),
        ("Mom was not happy.", ""),
    ],
)
def test_a_feeling_that_only_praise_or_complaint_tells(text: str, mood: str) -> None:
    assert next((sentence.feeling for sentence in sentences(text) if sentence.feeling), "") == mood
