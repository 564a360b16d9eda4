"""What an English diary says without its being there: figures of speech, words only said, what was taken back."""

import pytest

from tests.scenes.english_reading import mentions, real, status

NOT_THERE = (
    # What a part of the body, or somebody, is only called.
    ("My legs are jelly after practice.", "jelly", "likened"),
    ("Feet are two bricks.", "bricks", "likened"),
    ("My ears were on fire.", "fire", "likened"),
    ("My fingers were icicles.", "icicles", "likened"),
    ("The little one insisted I was a horse.", "horse", "likened"),
    ("It's a jungle in here.", "jungle", "likened"),
    ("It was raining, but I felt sunny inside.", "sunny", "likened"),
    ("Our cabin is called Porcupine.", "porcupine", "likened"),
    ("My daughter named her Button.", "button", "likened"),
    ("The kids were little angels.", "angels", "likened"),
    # Words that are only said or written.
    ("The password was 'banana'.", "banana", "likened"),
    ("I panicked and said a cookbook.", "cookbook", "likened"),
    ("We did a puzzle, the lighthouse one, all evening.", "lighthouse", "likened"),
    ("I pretended I was on a train to Paris.", "train", "likened"),
    # Could have been, would have been, better not.
    ("Two meetings that could've been emails.", "emails", "wished"),
    ("He's been craving a bacon sandwich.", "sandwich", "wished"),
    ("The tooth fairy better not forget.", "fairy", "wished"),
    # What was kept in, missing, or too much to do.
    ("He was holding back a laugh the whole ride.", "laugh", "denied"),
    ("I haven't got the nerve to look in the mirror.", "mirror", "denied"),
    ("I was too tired for cards.", "cards", "denied"),
    ("We ran out of cups.", "cups", "denied"),
    ("I'm too tired to even be mad.", "mad", "denied"),
    ("My friends went camping without me.", "friends", "denied"),
    ("My aunt couldn't come because she went skiing.", "skiing", "denied"),
    ("Far from being boring, the class was great.", "boring", "denied"),
    ("The meeting was put off until Friday.", "meeting", "denied"),
    ("I looked for butterflies, but there were none.", "butterflies", "denied"),
    ("The vet was firm, so no more cheese.", "cheese", "denied"),
    ("School's closed.", "school", "denied"),
    ("The snow finally melted.", "snow", "denied"),
    ("It rained all day so soccer practice was cancelled.", "soccer", "denied"),
    ("I lost my pen in a dream: no pen, no chair.", "chair", "denied"),
    # Other times and other places.
    ("I cut the grass for the first time since October.", "october", "past"),
    ("There we are in 1988 with a camel.", "camel", "past"),
    ("She is from Brazil.", "brazil", "past"),
    ("Aunt Carol mailed a box of pears from her orchard.", "orchard", "past"),
    ("My flight to Denver was delayed so I slept.", "denver", "wished"),
    ("We found last year's egg in the yard.", "egg", "past"),
    ("My daughter flew in from Boston.", "boston", "past"),
    ("The cat knocked over the vase Mom got in Italy.", "italy", "past"),
    ("My landlord owes me a beer.", "beer", "wished"),
    ("No sleep, the baby has a cold.", "sleep", "denied"),
)


@pytest.mark.parametrize(("text", "said", "expected"), NOT_THERE)
def test_what_is_not_there(text: str, said: str, expected: str) -> None:
    today = " I ate toast at home." if expected == "past" else ""
    assert status(text + today, said) == {expected}


THERE = (
    ("No rescues, two lost kids.", "kids"),
    ("Nothing caught fire, just me and the vending machine.", "vending machine"),
    ("We sold out of croissants by eight.", "croissants"),
    ("I skipped gym to finish my essay in the library.", "library"),
    ("We were skipping stones at the pond.", "pond"),
    ("No sleep, the baby has a cold.", "baby"),
    ("The cat knocked over the vase Mom got in Italy.", "vase"),
    ("They liked the escalator more than the sharks.", "sharks"),
    ("I found a birthday candle from 2009.", "candle"),
    ("We found last year's egg in the yard.", "yard"),
    ("I was a pumpkin for Halloween.", "pumpkin"),
    ("There was a drawing of me on the fridge.", "fridge"),
    ("The dog ran out of the house.", "house"),
)


@pytest.mark.parametrize(("text", "said"), THERE)
def test_what_is_there(text: str, said: str) -> None:
    assert status(text, said) == {"real"}


UNNAMED = (
    ("I ate a cold burrito.", "cold"),
    ("The water was freezing.", "cold"),
    ("The vending machine was humming.", "singing"),
    ("My nose was running.", "running"),
    ("Two pieces were missing.", "missing someone"),
    ("I brought my grandad's compass.", "grandfather"),
    ("I wore my sister's blazer.", "sister"),
    ("Tyler said it was boring.", "bored"),
    ("She's scared of dogs.", "scared"),
    ("We made a cross out of popsicle sticks.", "popsicle"),
    ("I slept with my stuffed rabbit.", "rabbit"),
    ("I missed pickup.", "truck"),
    ("Peas three nights in a row.", "night"),
    ("The store only had peppers.", "eating"),
    ("Her name is June.", "summer"),
    ("I had a mountain of paperwork.", "mountain"),
    ("There was a sea of people.", "sea"),
    ("My room was a jungle of clothes.", "jungle"),
    ("We had a math test and it was a piece of cake!", "cake"),
    ("I listened to whale sounds.", "whale"),
)


@pytest.mark.parametrize(("text", "concept"), UNNAMED)
def test_what_only_looks_like_it(text: str, concept: str) -> None:
    assert concept not in real(text)


NAMED = (
    ("My roommate knits tiny hats.", "knitting"),
    ("Mum and I repainted the bathroom.", "painting a wall"),
    ("Kayaking with the guys.", "kayak"),
    ("Bus home, then bed.", "riding"),
    ("A girl handed me an orange slice.", "orange"),
    ("Diwali at Auntie Rekha's.", "aunt"),
    ("Miss Alvarez let everybody hold it.", "woman"),
    ("I had a good drive home.", "driving"),
)


@pytest.mark.parametrize(("text", "concept"), NAMED)
def test_what_it_names(text: str, concept: str) -> None:
    assert concept in real(text)


@pytest.mark.parametrize("text", ["Snow day! Just kidding, it was drizzle.", "Snow day!!! Except it wasn't."])
def test_what_is_taken_back_was_never_there(text: str) -> None:
    assert status(text, "snow") == {"denied"}


def test_what_is_left_of_nothing_is_not_there_but_what_was_eaten_was() -> None:
    assert status("The slugs got all the lettuce, there's none left.", "lettuce") == {"denied"}
    assert status("We ate all the cake, there's none left.", "cake") == {"real"}


def test_a_number_of_them_counts_what_was_named_before() -> None:
    babies = [m for m in mentions("The hamster had babies. Five of them.") if m.concept.name == "baby"]
    assert [m.count for m in babies] == [5]
    assert [m.count for m in mentions("I ate a twelve dollar salad.") if m.concept.name == "salad"] == [1]
