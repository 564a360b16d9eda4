"""Who is somewhere else in an English diary, what is only told, mistaken, left behind or never got hold of."""

import pytest

from tests.scenes.english_reading import real

# A text, what is not there, what is.
TEXTS = (
    ("My sister is in Busan this week, swimming in the sea. I ate toast.", "sister busan sea", "toast"),
    ("My roommate was at the gym, so I ate soup alone.", "roommate gym", "soup"),
    ("While Mom was at the market, I watered the plants.", "mother market", "plant"),
    ("My daughter phoned from Paris, where she was eating croissants. I knitted.", "croissant", "daughter"),
    ("Grandpa called. He was feeding his chickens. I ate toast.", "chicken feeding", "grandfather toast"),
    ("The boys went fishing; I stayed at the cabin and read.", "boy fishing", "cabin reading"),
    ("My son stayed home to play with his robots. We climbed the mountain.", "son robot", "mountain"),
    ("My pen pal lives in Peru and has a llama. I ate toast.", "pen_pal peru llama", "toast"),
    ("Grandma was too ill to come. We played with blocks.", "grandmother", "blocks"),
    ("My brother has gone to a concert. I ate toast.", "brother concert", "toast"),
    ("Mum would have loved it, but she had a shift at the hospital. Dad flew a kite.", "hospital", "kite"),
    ("Grandma was in the kitchen making dumplings. I helped her.", "", "grandmother kitchen dumpling"),
    ("Dad was at work all day. In the evening he came home and we played chess.", "working", "chess"),
    ("My friends were at my house. They ate all the cookies.", "", "friend home cookie"),
    ("Uncle Tom wrote that it is snowing in Boston. I ate toast.", "snowy boston", "uncle"),
    ("Sally said she ate lobster on her trip. I ate toast.", "lobster traveling", "friend toast"),
    ("I heard that Tom got a puppy. I ate toast.", "puppy", "toast"),
    ("Dad said the soup was hot.", "", "father soup"),
    ("At first I thought it was a ghost, but it was only the curtain.", "ghost", "curtain"),
    ("I thought I saw a shark, but it was only a log.", "shark", "log"),
    ("It turned out that the bear was only a big dog. I ran.", "bear", "big_dog"),
    ("I mistook a rope for a snake.", "snake", "rope"),
    ("I thought the cake was delicious.", "", "cake"),
    ("My bag was light because I left my books at school.", "book school", "bag"),
    ("I left my dog with Grandma. I ate toast.", "dog", "toast"),
    ("I left my phone on the table.", "", "phone table"),
    ("I forgot my umbrella at home. Mina lent me hers.", "home", "umbrella"),
    ("The lions were asleep inside and we never saw them. I ate toast.", "lion", "toast"),
    ("I looked for my umbrella but couldn't find it. I ate toast.", "umbrella", "toast"),
    ("The pears were too expensive, so we left them. We bought three apples.", "pear", "apple"),
    ("I took no photos. I ate toast.", "photo taking_photos", "toast"),
    ("I skipped breakfast.", "breakfast", "skipping_a_meal"),
    ("Had it snowed, we would have gone sledding. I walked my dog.", "snowy sledding", "dog"),
    ("Mom said we could sleep in the tent on Friday. I read.", "sleeping", "mother"),
    ("The teacher asked who had seen a fox. We drew trees.", "fox", "tree teacher"),
    ("He offered me coffee, but I said no. I ate toast.", "coffee", "toast"),
    ("I asked Santa for a train. I ate toast.", "train", "toast"),
    ("I made a list for camping: tent, flashlight. I ate toast.", "tent flashlight camping", "toast"),
    ("We ordered a sofa; it arrives next week. I sat on a pillow.", "sofa", "pillow"),
    ("Somebody had taken the jump rope. We played tag.", "jump_rope", "playing_tag"),
    ("I looked for lambs, but there were only cows.", "lamb", "cow"),
    ("The sofa was our pirate ship. I ate toast.", "ship", "sofa"),
    ("The present was a bike.", "", "bicycle"),
    ("My favorite animal is the giraffe. I ate toast.", "giraffe", "toast"),
    ("We watched a cowboy film. The hero rode away in a storm. Our cat slept.", "stormy riding", "cat"),
    ("Stayed in and watched an old western on TV. There were horses.", "horse", "television"),
    ("We played Minecraft. I built a castle. Then we ate popcorn.", "castle", "popcorn"),
    ("I read a book on the porch. The cat slept next to me.", "", "book porch cat"),
    ("I am reading a book about a girl. She has a fox. It is good.", "girl fox", "book"),
    ("I drew a picture of our cat.", "", "cat picture"),
    ("I read a book about a pirate under a tree.", "pirate", "tree"),
    ("When I was five I fell off a pony. Today I ate toast.", "pony", "toast"),
    ("I remember when Grandpa and I caught a trout. Today I ate toast.", "trout", "toast"),
    ("In winter we sled here. Today we picked flowers.", "sledding winter", "flower"),
    ("I didn't go to school and stayed in bed all day.", "school", "bed"),
    ("We wanted a sunny day and got rain.", "sunny", "rainy"),
    ("It poured all evening.", "pouring", "rainy evening"),
    ("We looked at a leaf through a microscope.", "reading", "leaf microscope"),
)


@pytest.mark.parametrize(("text", "gone", "there"), TEXTS)
def test_what_is_there_and_what_is_not(text: str, gone: str, there: str) -> None:
    found = real(text)
    assert not found & {word.replace("_", " ") for word in gone.split()}
    assert {word.replace("_", " ") for word in there.split()} <= found
