"""Dreams, films, pictures, comparisons and other days in English: named, and not there."""

import pytest

from tests.scenes.english_reading import real, sentences, status

NOT_HERE = (
    ("I dreamed that I was swimming with whales.", "whales", "dreamt"),
    ("Last night I had a dream about a lion.", "lion", "dreamt"),
    ("In my dream a bear ate the cake.", "bear", "dreamt"),
    ("We watched a movie about a lion.", "lion", "shown"),
    ("I read a book about pirates and whales.", "whales", "shown"),
    ("We saw a lion on TV.", "lion", "shown"),
    ("On TV there was a tiger.", "tiger", "shown"),
    ("In the movie, a shark ate a boat.", "boat", "shown"),
    ("The bear in the book was funny.", "bear", "shown"),
    ("There was a picture of a boat on the wall.", "boat", "shown"),
    ("Dad bought me a shirt with a lion on it.", "lion", "shown"),
    ("My shirt has a dinosaur on it.", "dinosaur", "shown"),
    ("We watched Toy Story.", "toy", "shown"),
    ("My grandpa told me a story about a tiger.", "tiger", "shown"),
    ("We learned about elephants.", "elephants", "shown"),
    ("The clouds looked like sheep.", "sheep", "likened"),
    ("My sister ran around like a puppy.", "puppy", "likened"),
    ("My dad is as strong as a bear.", "bear", "likened"),
    ("The snow was colder than ice cream.", "ice cream", "likened"),
    ("It curled up into a ball.", "ball", "likened"),
    ("I pretended to be a lion.", "lion", "likened"),
    ("It looked as if a horse had eaten it.", "horse", "likened"),
    ("Yesterday it rained, but today it's sunny.", "rained", "past"),
    ("It was sunny yesterday, but today it rained.", "sunny", "past"),
    ("When I was little I had a rabbit. Now I have a cat.", "rabbit", "past"),
    ("Grandma used to have a cow. Today we ate her bread.", "cow", "past"),
    ("Last summer we went to the beach. Today I stayed home and read a book.", "beach", "past"),
    ("Every day I feed the fish. Today a cat came.", "fish", "past"),
    ("I miss my grandma.", "grandma", "wished"),
)

HERE = (
    ("We watched a movie about a lion with Grandpa on the sofa.", "grandpa"),
    ("We watched a movie about a lion with Grandpa on the sofa.", "sofa"),
    ("I dreamt of a lion. Then I woke up and ate pancakes.", "pancakes"),
    ("I took a photo of my dog.", "dog"),
    ("My sister ran around like a puppy all afternoon in the garden.", "garden"),
    ("The wind howled like a wolf, and I hid under my blanket.", "blanket"),
    ("We saw animals like lions and elephants.", "lions"),
    ("I like dogs.", "dogs"),
    ("As soon as the rain came we ran to the bus.", "bus"),
    ("Yesterday it rained, but today it's sunny.", "sunny"),
    ("Yesterday we went to the zoo. We saw lions.", "zoo"),
    ("When we got to the beach I saw a whale.", "whale"),
    ("I drew a cat.", "cat"),
    ("I feel like a princess in this dress.", "dress"),
    ("We watched a dinosaur documentary on TV.", "documentary"),
)


@pytest.mark.parametrize(("text", "said", "kind"), NOT_HERE)
def test_not_here(text: str, said: str, kind: str) -> None:
    assert status(text, said) == {kind}


@pytest.mark.parametrize(("text", "said"), HERE)
def test_here(text: str, said: str) -> None:
    assert status(text, said) == {"real"}


def test_a_dream_lasts_until_the_waking() -> None:
    text = "I had a dream about a lion. It chased me to the beach. There was a whale too. Then I woke up."
    assert status(text, "beach") == status(text, "whale") == {"dreamt"}


def test_a_title_is_not_there() -> None:
    assert "lion" not in real("We watched The Lion King with popcorn.")


def test_a_dreamer_does_not_act() -> None:
    read = sentences("I had a dream about a lion. It ran to the beach. Then I woke up.")
    assert read[1].writer is None
