"""The lexicon's data: every word leads to something drawable, and Korean words survive the morpheme analysis."""

from pathlib import Path

import pytest

from illustration.scenes import read_scene
from illustration.scenes.english import read_english
from illustration.scenes.korean import read_korean
from illustration.scenes.lexicon import Concept, lexicon
from illustration.scenes.mentions import Sentence
from illustration.scenes.vocabulary import STARTER, Vocabulary

LEXICON = lexicon()
STARTER_FILE = Path(__file__).parents[2] / "illustration" / "starter" / "vocabulary.json"


def found(sentences: list[Sentence]) -> set[str]:
    return {item.concept.name for sentence in sentences for item in (*sentence.mentions, *sentence.denied)}


@pytest.mark.parametrize("concept", LEXICON.concepts.values(), ids=lambda concept: concept.name)
def test_every_concept_can_be_drawn_by_the_starter_model(concept: Concept) -> None:
    assert LEXICON.drawable(concept, STARTER)


def test_every_starter_word_is_a_concept() -> None:
    words = {*STARTER.subjects, *STARTER.places, *STARTER.weathers, *STARTER.times}
    assert words <= set(LEXICON.concepts)


def test_both_languages_have_several_hundred_words() -> None:
    assert len(LEXICON.words["ko"]) > 800
    assert len(LEXICON.words["en"]) > 800


def test_implied_words_are_concepts_of_their_kind() -> None:
    for concept in LEXICON.concepts.values():
        for kind in ("place", "weather", "time"):
            name = getattr(concept, kind)
            assert not name or LEXICON.concepts[name].kind == kind


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
    assert vocabulary.subjects == STARTER.subjects
    assert vocabulary.places == STARTER.places
    assert set(vocabulary.weathers) == set(STARTER.weathers)
    assert set(vocabulary.times) == set(STARTER.times)
    assert read_scene("강아지", vocabulary=vocabulary).what[0].drawn == "dog"
