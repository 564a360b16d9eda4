"""What of an English diary is there and what is not, by classes of everyday sentences."""

import pytest

from tests.scenes.english_reading import real

# What the text says, what must be there, and what must not, as words of the lexicon.
SCENES = (
    # What a film, a book or a tale is about, with all its clauses; not where it is seen.
    ("I finished my novel about a detective in Venice.", "novel", "detective venice"),
    ("We watched a film about penguins in the living room with Grandpa.", "living_room grandfather", "penguin"),
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
