"""The lexicon's data: every word leads to something painted, and is found again in a sentence."""

import bisect
import itertools
from collections.abc import Callable, Sequence

import pytest

from illustration.scenes.english import read_english
from illustration.scenes.korean import read_korean
from illustration.scenes.lexicon import Concept, lexicon
from illustration.scenes.mentions import Sentence
from illustration.scenes.vocabulary import STARTER, SUBJECT_KINDS, Vocabulary
from illustration.training.vocabulary import vocabulary

LEXICON = lexicon()
PAINTED = Vocabulary.from_dict(vocabulary({}))
"""What the painter is trained to draw; the model that ships may still draw less."""

READERS = {"ko": read_korean, "en": read_english}
FRAMES: dict[str, Sequence[Callable[[str], str]]] = {
    "ko": (
        lambda word: f"{word}에 대해 생각했다.",
        lambda word: f"좋은 {word}.",
        lambda word: f"{word[:-1]}고 싶었다.",
    ),
    "en": (lambda word: f"I thought of the {word} again.", lambda word: f"I liked to {word} again."),
}


def drawn_words(language: str) -> set[str]:
    """Words of a language, without their spaces, that name something the painter draws, itself or broader."""
    named = LEXICON.words[language].items()
    return {word.replace(" ", "") for word, concept in named if LEXICON.drawable(concept, PAINTED)}


def named_lines(language: str, lines: list[str]) -> list[set[Concept]]:
    """The concepts named in each line; all lines are read as one text."""
    starts = list(itertools.accumulate((len(line) + 1 for line in lines), initial=0))
    named: list[set[Concept]] = [set() for _ in lines]
    sentences: list[Sentence] = READERS[language]("\n".join(lines), LEXICON)
    for mention in itertools.chain.from_iterable(sentence.mentions for sentence in sentences):
        named[bisect.bisect_right(starts, mention.start) - 1].add(mention.concept)
    return named


def lost_words(language: str, words: Sequence[str]) -> list[str]:
    """Those of ``words`` that are found in none of the language's sentences for trying."""
    lost = list(words)
    for frame in FRAMES[language]:
        found = set()
        for batch in _batches(lost, 60):
            named = named_lines(language, [frame(word) for word in batch])
            found |= {
                word for word, line in zip(batch, named, strict=True) if LEXICON.words[language][word] in line
            }
        lost = [word for word in lost if word not in found]
    return lost


def _batches(words: Sequence[str], size: int) -> list[Sequence[str]]:
    return [words[first : first + size] for first in range(0, len(words), size)]


def test_the_data_files_have_no_problems() -> None:
    assert LEXICON.problems == ()


def test_every_broader_word_of_a_thing_or_place_leads_to_a_painted_one() -> None:
    leading = [
        concept
        for concept in LEXICON.concepts.values()
        if concept.broader and concept.kind in (*SUBJECT_KINDS, "place")
    ]
    assert [concept.name for concept in leading if not LEXICON.drawable(concept, PAINTED)] == []


def test_nobody_is_drawn_in_the_place_of_a_thing() -> None:
    things = [concept for concept in LEXICON.concepts.values() if concept.kind in ("plant", "food", "thing")]
    people = {concept.name for concept in LEXICON.concepts.values() if concept.kind == "person"}
    assert [concept.name for concept in things if people & {*LEXICON.chain(concept.name)}] == []


@pytest.mark.parametrize("painted", [STARTER, PAINTED], ids=["shipped", "trained"])
def test_every_painted_word_is_a_concept(painted: Vocabulary) -> None:
    sections = (
        painted.subjects,
        painted.places,
        painted.actions,
        painted.weathers,
        painted.times,
        painted.seasons,
    )
    words = {word for section in sections for word in section}
    assert sorted(words - set(LEXICON.concepts)) == []


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_language_has_three_thousand_drawable_words(language: str) -> None:
    assert len(drawn_words(language)) >= 3_000


@pytest.mark.parametrize("language", ["ko", "en"])
def test_words_are_found_in_a_sentence(language: str) -> None:
    """A sample: words with several meanings have sentences of their own elsewhere."""
    words = [word for word in LEXICON.words[language] if word not in LEXICON.senses[language]]
    sample = words[::7]
    assert len(lost_words(language, sample)) <= len(sample) // 100


def test_a_deed_that_korean_can_tell_has_a_korean_name() -> None:
    told = {concept.name for concept in lexicon().pairs["ko"].values()}
    nameless = [name for name in told if not lexicon().concepts[name].korean]
    assert nameless == []
