"""Who is named in an English diary, who does what, and how many there are."""

import pytest

from tests.scenes.english_reading import mentions, real, sentences


def actor(text: str, said: str) -> str | None:
    return next(
        mention.actor
        for mention in mentions(text)
        if mention.concept.kind == "action" and said in mention.said
    )


def count(text: str, said: str) -> int:
    return next(mention.count for mention in mentions(text) if said in mention.said.lower())


@pytest.mark.parametrize(
    ("text", "said", "who"),
    [
        ("I swam in the lake.", "swam", ""),
        ("Went swimming. So fun", "swimming", ""),
        ("My dog ran to the park.", "ran", "dog"),
        ("Dad cooked and I read a book.", "cooked", "father"),
        ("Dad cooked and I read a book.", "read", ""),
        ("Mom and I danced.", "danced", ""),
        ("We saw a dog running on the beach.", "running", "dog"),
        ("I watched my grandma dance.", "dance", "grandmother"),
        ("My grandma came. She danced with me.", "danced", "grandmother"),
        ("Uncle Joe let me ride his horse.", "ride", ""),
        ("My brother, who hates fish, ate all the rice.", "ate", "brother"),
        ("Mom is a nurse. She danced.", "danced", "mother"),
        ("Our cat jumped up and slept on the bed.", "slept", "cat"),
    ],
)
def test_who_acts(text: str, said: str, who: str) -> None:
    assert actor(text, said) == who


@pytest.mark.parametrize(
    ("text", "said", "number"),
    [
        ("Two dogs ran.", "dogs", 2),
        ("I saw three white rabbits.", "rabbits", 3),
        ("There were four kittens in the box.", "kittens", 4),
        ("I ate 5 apples.", "apples", 5),
        ("We counted 12 ducks.", "ducks", 5),
        ("A pair of ducks swam by.", "ducks", 2),
        ("A couple of ducks swam by.", "ducks", 2),
        ("Dozens of ducks swam by.", "ducks", 5),
        ("My two aunts came.", "aunts", 2),
        ("I ate two slices of pizza.", "pizza", 2),
        ("We saw lions.", "lions", 2),
        ("A lion slept.", "lion", 1),
        ("My dog barked at 3 cats.", "dog", 1),
        ("I had noodles.", "noodles", 1),
        ("I waited two hours for a balloon.", "balloon", 1),
    ],
)
def test_counts(text: str, said: str, number: int) -> None:
    assert count(text, said) == number


@pytest.mark.parametrize(
    "text",
    [
        "I played with Minji.",
        "Emma came over.",
        "i walked home with emma",
        "Lily and I picked apples.",
        "Then Leo pushed me.",
        "I met Priya at the park.",
        "I have a crush on Jake.",
        "Then Leo and I ran.",
    ],
)
def test_a_name_is_a_friend(text: str) -> None:
    assert "friend" in real(text)


@pytest.mark.parametrize(
    "text",
    [
        "Our dog Biscuit was happy. Biscuit chased a ball.",
        "We have a dog named Biscuit. Biscuit chased a ball.",
        "Biscuit, our dog, chased a ball. Biscuit ran.",
        "My dog, Biscuit, chased a ball.",
        "We got a dog. We named him Biscuit. Biscuit chased a ball.",
    ],
)
def test_a_pet_keeps_its_name(text: str) -> None:
    assert "dog" in real(text)
    assert not real(text) & {"friend", "cookie", "biscuit", "bread"}


@pytest.mark.parametrize(
    "text",
    ["On Monday we swam.", "Merry Christmas!", "I ate Korean bread.", "We flew to Paris.", "I love Netflix."],
)
def test_no_friend_out_of_other_capitals(text: str) -> None:
    assert "friend" not in real(text)


def test_a_relative_with_a_name_is_one_person() -> None:
    assert real("Uncle Joe laughed.") & {"uncle", "friend"} == {"uncle"}


@pytest.mark.parametrize(
    ("text", "writer"),
    [("I ran.", "I"), ("Went to the beach with Dad.", ""), ("The dog ran.", None), ("It rained.", None)],
)
def test_the_writer(text: str, writer: str | None) -> None:
    assert sentences(text)[0].writer == writer


def test_a_name_after_a_title_is_no_place() -> None:
    assert "park" not in real("I planted carrots with Mr. Park.")


def test_all_but_one() -> None:
    assert "dog" in real("Nobody came except the dog.")
