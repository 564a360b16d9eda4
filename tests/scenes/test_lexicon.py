"""The lexicon's data: every word leads to something drawable, and Korean words survive the morpheme analysis."""

from dataclasses import replace
from pathlib import Path

import pytest

from illustration.scenes import read_scene
from illustration.scenes.english import read_english
from illustration.scenes.korean import read_korean
from illustration.scenes.lexicon import lexicon
from illustration.scenes.mentions import Sentence
from illustration.scenes.vocabulary import STARTER, Vocabulary

LEXICON = lexicon()
STARTER_FILE = Path(__file__).parents[2] / "illustration" / "starter" / "vocabulary.json"


def found(sentences: list[Sentence]) -> set[str]:
    return {item.concept.name for sentence in sentences for item in sentence.mentions}


# What the painter's captions will say; the present model's file has fewer.
PLACES = [
    "beach",
    "park",
    "forest",
    "mountain",
    "city",
    "home",
    "school",
    "kitchen",
    "pool",
    "farm",
    "playground",
    "street",
    "river",
    "lake",
    "bedroom",
    "living-room",
    "classroom",
    "library",
    "hospital",
    "market",
    "restaurant",
    "bus-stop",
    "garden",
    "zoo",
    "museum",
    "theater",
    "sports-field",
    "amusement-park",
    "campsite",
    "church",
    "airport",
]
ACTIONS = [
    "walking",
    "running",
    "sitting",
    "eating",
    "sleeping",
    "reading",
    "cycling",
    "swimming",
    "dancing",
    "cooking",
    "drawing",
    "playing-music",
    "climbing",
    "skiing",
    "fishing",
]
PAINTED = replace(
    STARTER,
    places={word.replace("-", " "): word for word in PLACES},
    actions={word.replace("-", " "): word for word in ACTIONS},
    weathers={word: word for word in ("sunny", "cloudy", "rainy", "snowy", "windy", "foggy")},
    times={word: word for word in ("dawn", "morning", "day", "evening", "night")},
    seasons={word: word for word in ("spring", "summer", "autumn", "winter")},
)


def drawn_words(language: str) -> set[str]:
    """Words of a language that name something the painter draws, as itself or as something broader."""
    return {word for word, concept in LEXICON.words[language].items() if LEXICON.drawable(concept, PAINTED)}


def test_every_broader_word_leads_to_a_painted_one() -> None:
    leading = [concept for concept in LEXICON.concepts.values() if concept.broader]
    assert [concept.name for concept in leading if not LEXICON.drawable(concept, PAINTED)] == []


def test_every_painted_word_is_a_concept() -> None:
    words = {*STARTER.subjects, *PAINTED.places, *PAINTED.actions, *PAINTED.weathers, *PAINTED.times}
    assert sorted(words - set(LEXICON.concepts)) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_language_has_three_thousand_drawable_words(language: str) -> None:
    assert len(drawn_words(language)) >= 3_000


def test_the_data_files_have_no_problems() -> None:
    assert LEXICON.problems == ()


def test_korean_words_are_found_in_a_sentence() -> None:
    lost = []
    for word, concept in LEXICON.words["ko"].items():
        if word in LEXICON.senses["ko"]:
            continue
        text = f"{word}에 대해 생각했다. 좋은 {word}. {word}. {word[:-1]}고 싶었다."
        if concept.name not in found(read_korean(text, LEXICON)):
            lost.append(word)
    assert lost == []


def test_english_words_are_found_in_a_sentence() -> None:
    lost = []
    for word, concept in LEXICON.words["en"].items():
        if word in LEXICON.senses["en"]:
            continue
        if concept.name not in found(read_english(f"I thought of the {word} again.", LEXICON)):
            lost.append(word)
    assert lost == []


def test_the_starter_models_own_file_agrees() -> None:
    vocabulary = Vocabulary.load(STARTER_FILE)
    assert set(vocabulary.subjects) == set(STARTER.subjects)
    assert vocabulary.places == STARTER.places
    assert set(vocabulary.weathers) == set(STARTER.weathers)
    assert set(vocabulary.times) == set(STARTER.times)
    assert read_scene("강아지", vocabulary=vocabulary).what[0].drawn == "dog"
