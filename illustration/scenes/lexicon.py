"""The lexicon of drawable things: concepts, the words that name them, and what decides between meanings.

The words themselves are data in ``lexicon/*.toml``; nothing here looks at a diary.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from illustration.scenes.vocabulary import KINDS, Vocabulary

_FOLDER = Path(__file__).with_name("lexicon")


@dataclass(frozen=True, slots=True)
class Concept:
    """Something drawable. ``broader``: drawn instead where a model lacks it; ``apart``: prefer one not yet drawn."""

    name: str
    kind: str
    broader: tuple[str, ...] = ()
    apart: bool = False
    place: str = ""
    weather: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word; empty conditions always hold. ``concept`` None = nothing to draw."""

    concept: Concept | None
    near: frozenset[str] = frozenset()
    particle: frozenset[str] = frozenset()
    not_particle: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    next: frozenset[str] = frozenset()

    @property
    def conditional(self) -> bool:
        return bool(self.near or self.particle or self.before or self.next)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a word: ``governor`` is its predicate's lemmas, ``sentence`` all lemmas of the sentence."""

    governor: frozenset[str] = frozenset()
    sentence: frozenset[str] = frozenset()
    particle: str = ""
    before: frozenset[str] = frozenset()
    next: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Concepts by name, and per language ("ko", "en") the words that name them and the words with several senses."""

    concepts: Mapping[str, Concept]
    words: Mapping[str, Mapping[str, Concept]]
    senses: Mapping[str, Mapping[str, tuple[Sense, ...]]]
    emoji: Mapping[str, Concept] = field(default_factory=dict)
    also_verbs: frozenset[str] = frozenset()
    longest: Mapping[str, int] = field(default_factory=dict)

    def meaning(self, language: str, word: str, around: Surroundings) -> Concept | None:
        """The concept that ``word`` names here, or None."""
        senses = self.senses[language].get(word)
        if senses is None:
            return self.words[language].get(word)
        for lemmas in (around.governor, around.sentence):
            for sense in senses:
                if sense.conditional and _holds(sense, lemmas, around):
                    return sense.concept
        return next((sense.concept for sense in senses if not sense.conditional), None)

    def knows(self, language: str, word: str) -> bool:
        return word in self.words[language] or word in self.senses[language]

    def drawable(self, concept: Concept, vocabulary: Vocabulary) -> list[str]:
        """Vocabulary words that ``concept`` may be drawn as, the finest first; actions stay themselves."""
        if concept.kind == "action":
            return [concept.name]
        found: list[str] = []
        queue, seen = [concept.name], {concept.name}
        while queue:
            name = queue.pop(0)
            if vocabulary.has(concept.kind, name):
                found.append(name)
            known = self.concepts.get(name)
            for broader in known.broader if known else ():
                if broader not in seen:
                    seen.add(broader)
                    queue.append(broader)
        return found


def _holds(sense: Sense, lemmas: frozenset[str], around: Surroundings) -> bool:
    return (
        (not sense.near or bool(sense.near & lemmas))
        and (not sense.particle or around.particle in sense.particle)
        and around.particle not in (sense.not_particle or ())
        and (not sense.before or bool(sense.before & around.before))
        and (not sense.next or bool(sense.next & around.next))
    )


def _listed(value: object) -> list[str]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, Iterable):
        raise ValueError("words are one text with commas, or a list")
    return [str(part).strip() for part in parts if str(part).strip()]


def _concept(name: str, kind: str, data: Mapping[str, Any]) -> Concept:
    broader = data.get("broader", ())
    return Concept(
        name=name,
        kind=kind,
        broader=(broader,) if isinstance(broader, str) else tuple(broader),
        apart=bool(data.get("apart", False)),
        place=data.get("place", ""),
        weather=data.get("weather", ""),
        time=data.get("time", ""),
    )


def _sense(data: Mapping[str, Any], concepts: Mapping[str, Concept]) -> Sense:
    word = data["word"]
    return Sense(
        concept=concepts[word] if word else None,
        near=frozenset(data.get("near", ())),
        particle=frozenset(data.get("particle", ())),
        not_particle=frozenset(data.get("not_particle", ())),
        before=frozenset(data.get("before", ())),
        next=frozenset(data.get("next", ())),
    )


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


@cache
def lexicon() -> Lexicon:
    """The lexicon of the data files, read once. Raises ValueError when a file is wrong."""
    concepts: dict[str, Concept] = {}
    words: dict[str, dict[str, Concept]] = {"ko": {}, "en": {}}
    for path in sorted(_FOLDER.glob("*.toml")):
        data = _read(path)
        if "kind" not in data:
            continue
        if data["kind"] not in KINDS:
            raise ValueError(f"{path.name}: unknown kind")
        for name, entry in data["words"].items():
            if name in concepts:
                raise ValueError(f"{path.name}: {name} is there twice")
            concept = concepts[name] = _concept(name, data["kind"], entry)
            for word in _listed(entry.get("ko", "")):
                words["ko"].setdefault(word, concept)
                words["ko"].setdefault(word.replace(" ", ""), concept)
            for word in [name, *_listed(entry.get("en", ""))]:
                words["en"].setdefault(word.lower().replace("'s", " 's"), concept)
    extra = _read(_FOLDER / "senses.toml")
    senses = {
        language: {
            word: tuple(_sense(item, concepts) for item in items) for word, items in extra[language].items()
        }
        for language in ("ko", "en")
    }
    return Lexicon(
        concepts=concepts,
        words=words,
        senses=senses,
        emoji={
            sign: concepts[name]
            for name, signs in _read(_FOLDER / "emoji.toml").items()
            for sign in signs.split()
        },
        also_verbs=frozenset(_listed(extra["also_verbs"])),
        longest={"en": max(len(word.split()) for word in words["en"])},
    )


@cache
def grammar(language: str) -> Mapping[str, frozenset[str]]:
    """The lists of words that steer the reading of ``language`` ("ko" or "en"), by the list's name."""
    return {
        name: frozenset(words.split()) for name, words in _read(_FOLDER / "grammar.toml")[language].items()
    }
