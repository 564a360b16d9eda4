"""English words of several meanings, idioms, hours, feelings, slang and spelling."""

import pytest

from tests.scenes.english_reading import mentions, real, sentences, unreal


@pytest.mark.parametrize(
    ("text", "there", "absent"),
    [
        ("I hit the ball with my bat.", "baseball bat", "bat"),
        ("A bat flew out of the cave.", "bat", "baseball bat"),
        ("We parked the car on the street.", "car", "park"),
        ("We fed the ducks in the park.", "park", "parking"),
        ("My new watch stopped.", "watch", "watching"),
        ("My backpack is so light.", "backpack", "lamp"),
        ("She waved at me.", "waving", "wave"),
        ("We jumped over the waves in the sea.", "wave", "waving"),
        ("I rode the train.", "train", "exercising"),
        ("He gave her a rose.", "rose", "flower shop"),
        ("We sat on the bank of the river.", "river", "bank"),
        ("Mom went to the bank.", "bank", "river"),
        ("We fed the chickens at the farm.", "chicken", "cooked chicken"),
        ("We ate chicken for dinner.", "cooked chicken", "chicken"),
        ("The printer jammed.", "printer", "jam"),
        ("Our bus got stuck in a traffic jam.", "bus", "jam"),
        ("We ate dates and figs.", "dates", "dating"),
        ("I fell off the swing.", "falling down", "autumn"),
        ("We raked leaves in the fall.", "autumn", "falling down"),
        ("I ate a bowl of cereal.", "cereal", "bowling"),
        ("We ate a piece of cake.", "cake", "bread"),
        ("The soup was cold.", "soup", "cold"),
        ("It was so cold.", "cold", "being sick"),
        ("It was hot today.", "hot", "soup"),
        ("We drank hot chocolate.", "hot chocolate", "hot"),
        ("My mom made dog food.", "mother", "dog"),
        ("I wore my snow boots.", "boots", "snowy"),
        ("We ate two slices of pie.", "pie", "cutting"),
    ],
)
def test_a_word_of_several_meanings(text: str, there: str, absent: str) -> None:
    assert there in real(text)
    assert absent not in real(text)


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("The test was a piece of cake.", "cake"),
        ("My brother is a couch potato.", "potato"),
        ("Break a leg, said Mom.", "breaking"),
        ("I felt under the weather.", "rainy"),
        ("It was raining cats and dogs.", "cat"),
        ("She let the cat out of the bag.", "cat"),
        ("I had butterflies in my stomach.", "butterfly"),
        ("I'm so hungry I could eat a horse.", "horse"),
        ("It happens once in a blue moon.", "moon"),
        ("It cost an arm and a leg.", "arm"),
    ],
)
def test_an_idiom_is_not_its_words(text: str, absent: str) -> None:
    assert absent not in real(text)


def test_cats_and_dogs_are_rain() -> None:
    assert "heavy rain" in real("It was raining cats and dogs.")


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("I woke up at 6.", "morning"),
        ("The concert started at 7 pm.", "evening"),
        ("The alarm rang at 5:30 am.", "dawn"),
        ("We ate at noon.", "noon"),
        ("I was up until 2 am.", "night"),
        ("Dinner was at 7.", "evening"),
        ("School ends at 3.", "afternoon"),
    ],
)
def test_the_clock(text: str, time: str) -> None:
    assert time in {mention.concept.name for mention in mentions(text) if mention.concept.kind == "time"}


@pytest.mark.parametrize(
    "text", ["I have 7 cats.", "It cost 5 dollars.", "Chapter 3 was long.", "We ran 10 km."]
)
def test_a_number_is_no_hour(text: str) -> None:
    assert not [mention for mention in mentions(text) if mention.concept.kind == "time"]


@pytest.mark.parametrize(
    ("text", "feeling"),
    [
        ("I was so happy!", "happy"),
        ("I felt a little sad.", "sad"),
        ("It was so much fun.", "happy"),
        ("I was angry but then I was very, very happy.", "happy"),
        ("I was over the moon.", "happy"),
        ("I wasn't sad.", ""),
    ],
)
def test_the_feeling(text: str, feeling: str) -> None:
    assert sentences(text)[0].feeling == feeling


def test_strong_words_are_stronger() -> None:
    strength = [sentences(text)[0].strength for text in ("I was a bit sad.", "I was sad.", "I was so sad!")]
    assert strength[0] < strength[1] < strength[2]


def test_the_writers_feeling_counts_more() -> None:
    assert sentences("My brother was very angry. I was happy.")[0].strength < 1.0


@pytest.mark.parametrize(
    ("text", "there"),
    [
        ("didnt go to school, played w my dog", "dog"),
        ("i was sooooo happyyyy", "happy"),
        ("We ate choclate.", "chocolate"),
        ("My neighbour has a grey cat.", "neighbor"),
        ("Went to the theatre in my pyjamas.", "pajamas"),
        ("gonna sleep now lol. Ate 2 apples", "apple"),
        ("We brushed our teeth.", "brushing teeth"),
        ("I brushed my little teeth.", "tooth"),
        ("We took the ferry.", "ferry"),
        ("Had a salad at my desk.", "eating"),
        ("We drank 김치 soup with 할머니", "grandmother"),
        ("A snow-covered car stood there.", "car"),
        ("We built a snowman!!!", "snowman"),
        ("We went trick or treating.", "trick-or-treating"),
    ],
)
def test_slips_slang_and_spelling(text: str, there: str) -> None:
    assert there in real(text)


def test_slang_for_not() -> None:
    assert unreal("didnt see a dog") == {"dog"}


@pytest.mark.parametrize(
    ("text", "highlight", "turn"),
    [
        ("It was the best day ever!", True, False),
        ("But then the dog came back.", False, True),
        ("Suddenly a cat jumped out.", False, True),
        ("We ate rice.", False, False),
    ],
)
def test_delight_and_turns(text: str, highlight: bool, turn: bool) -> None:
    read = sentences(text)[0]
    assert (read.highlight, read.turn) == (highlight, turn)


@pytest.mark.parametrize(
    "text", ["", "?!", "...", "a", "I", "'s n't", "((((", "not", "to to to", "like as than if", "“"]
)
def test_odd_texts(text: str) -> None:
    assert isinstance(sentences(text), list)
