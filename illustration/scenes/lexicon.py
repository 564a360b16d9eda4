"""The lexicon: concepts, the words that name them, and what decides between meanings.

The words themselves are data in ``lexicon/*.toml``; nothing here looks at a diary.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from illustration.scenes.vocabulary import KINDS, Vocabulary

_FOLDER = Path(__file__).with_name("lexicon")
LANGUAGES = ("ko", "en")
IMPLIED_KINDS = ("place", "weather", "time", "season", "occasion", "mood")


@dataclass(frozen=True, slots=True)
class Concept:
    """Something that a diary names.

    ``broader``: drawn instead where a model lacks it; ``apart``: prefer one not yet drawn; ``korean``: its usual
    Korean name, "" where it has none. ``place`` to ``mood``: what it implies when the text says nothing else.
    ``thing``, of an action: what it is done with, drawn where the action itself cannot be.
    """

    name: str
    kind: str
    broader: tuple[str, ...] = ()
    apart: bool = False
    place: str = ""
    weather: str = ""
    time: str = ""
    season: str = ""
    occasion: str = ""
    mood: str = ""
    thing: str = ""
    korean: str = ""

    def label(self, language: str) -> str:
        """The name shown to a reader of ``language`` ("ko" or any other: English)."""
        return self.korean if language == "ko" and self.korean else self.name


@dataclass(frozen=True, slots=True)
class Sense:
    """One meaning of a word; empty conditions always hold. ``concept`` None = nothing to draw."""

    concept: Concept | None
    near: frozenset[str] = frozenset()
    particle: frozenset[str] = frozenset()
    not_particle: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    next: frozenset[str] = frozenset()
    pos: str = ""

    @property
    def conditional(self) -> bool:
        return bool(self.near or self.particle or self.before or self.next or self.pos)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a word: ``governor`` is its predicate's lemmas, ``sentence`` all lemmas of the sentence.

    ``pos``: "noun" "verb" "adj" "name", or "" where the language's reader does not tell.
    """

    governor: frozenset[str] = frozenset()
    sentence: frozenset[str] = frozenset()
    particle: str = ""
    before: frozenset[str] = frozenset()
    next: frozenset[str] = frozenset()
    pos: str = ""


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Concepts by name; per language ("ko", "en") the words that name them and the words with several senses.

    ``verbs`` holds the words of the kind action apart: ``words`` has them, too, but another kind goes first there
    (to drink, a drink). ``looks`` holds the words of the kind look, which only a card of the cast is read for.
    ``pairs`` holds the actions that a noun and a verb name together, by (noun, verb): 사진 찍다, brush tooth.
    ``problems`` are what is wrong with the data files: a line that is, is left out, and the others are kept.
    """

    concepts: Mapping[str, Concept]
    words: Mapping[str, Mapping[str, Concept]]
    senses: Mapping[str, Mapping[str, tuple[Sense, ...]]]
    verbs: Mapping[str, Mapping[str, Concept]] = field(default_factory=dict)
    looks: Mapping[str, Mapping[str, Concept]] = field(default_factory=dict)
    pairs: Mapping[str, Mapping[tuple[str, str], Concept]] = field(default_factory=dict)
    emoji: Mapping[str, Concept] = field(default_factory=dict)
    also_verbs: frozenset[str] = frozenset()
    longest: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[str, ...] = ()

    def meaning(self, language: str, word: str, around: Surroundings) -> Concept | None:
        """The concept that ``word`` names here, or None; a verb (``around.pos``) is looked for among verbs first."""
        senses = self.senses[language].get(word)
        if senses is None:
            verb = self.verbs[language].get(word) if around.pos == "verb" else None
            return verb or self.words[language].get(word)
        for lemmas in (around.governor, around.sentence):
            for sense in senses:
                if sense.conditional and _holds(sense, lemmas, around):
                    return sense.concept
        return next((sense.concept for sense in senses if not sense.conditional), None)

    def knows(self, language: str, word: str) -> bool:
        return word in self.words[language] or word in self.senses[language]

    def chain(self, name: str) -> Iterator[str]:
        """``name`` and its broader words, the nearest first, each once."""
        queue, seen = [name], {name}
        while queue:
            name = queue.pop(0)
            yield name
            known = self.concepts.get(name)
            for broader in known.broader if known else ():
                if broader not in seen:
                    seen.add(broader)
                    queue.append(broader)

    def drawable(self, concept: Concept, vocabulary: Vocabulary) -> list[str]:
        """Vocabulary words that ``concept`` may be drawn as, the finest first; [] = nothing draws it."""
        return [name for name in self.chain(concept.name) if vocabulary.has(self._kind(name, concept), name)]

    def _kind(self, name: str, concept: Concept) -> str:
        known = self.concepts.get(name)
        return known.kind if known else concept.kind


def _holds(sense: Sense, lemmas: frozenset[str], around: Surroundings) -> bool:
    return (
        (not sense.near or bool(sense.near & lemmas))
        and (not sense.particle or around.particle in sense.particle)
        and around.particle not in (sense.not_particle or ())
        and (not sense.before or bool(sense.before & around.before))
        and (not sense.next or bool(sense.next & around.next))
        and (not sense.pos or sense.pos == around.pos)
    )


def _listed(value: object) -> list[str]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, Iterable):
        raise ValueError("words are one text with commas, or a list")
    return [str(part).strip() for part in parts if str(part).strip()]


def _read(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        return tomllib.load(file)


class _Loader:
    """Collects the data files; what does not fit is told in ``problems`` and left out."""

    def __init__(self) -> None:
        self.concepts: dict[str, Concept] = {}
        self.words: dict[str, dict[str, Concept]] = {"ko": {}, "en": {}}
        self.verbs: dict[str, dict[str, Concept]] = {"ko": {}, "en": {}}
        self.looks: dict[str, dict[str, Concept]] = {"ko": {}, "en": {}}
        self.pairs: dict[str, dict[tuple[str, str], Concept]] = {"ko": {}, "en": {}}
        self.problems: list[str] = []
        self.doubles: list[tuple[str, str, str]] = []

    def load(self) -> Lexicon:
        for path in sorted(_FOLDER.glob("*.toml")):
            data = _read(path)
            if "kind" in data:
                self._add_file(path.name, data)
        for language in LANGUAGES:
            self.words[language] = self.verbs[language] | self.words[language]
        extra = {language: self._merged(f"senses_{language}*.toml") for language in LANGUAGES}
        senses = {language: self._senses(extra[language]) for language in LANGUAGES}
        self._check(senses)
        emoji: dict[str, Concept] = {}
        for name, signs in self._merged("emoji*.toml").items():
            if name not in self.concepts:
                self.problems.append(f"emoji: no concept {name}")
                continue
            emoji |= dict.fromkeys(signs.split(), self.concepts[name])
        return Lexicon(
            concepts=self.concepts,
            words=self.words,
            senses=senses,
            verbs=self.verbs,
            looks=self.looks,
            pairs=self.pairs,
            emoji=emoji,
            also_verbs=frozenset(_listed(extra["en"].get("also_verbs", ""))),
            longest={
                language: max((len(word.split()) for word in self.words[language]), default=1)
                for language in LANGUAGES
            },
            problems=tuple(self.problems),
        )

    def _merged(self, pattern: str) -> dict[str, Any]:
        merged: dict[str, Any] = {}
        for path in sorted(_FOLDER.glob(pattern)):
            for name, value in _read(path).items():
                merged[name] = {**merged[name], **value} if isinstance(merged.get(name), dict) else value
        return merged

    def _add_file(self, file: str, data: Mapping[str, Any]) -> None:
        kind = data["kind"]
        if kind not in KINDS:
            self.problems.append(f"{file}: unknown kind {kind}")
            return
        for name, entry in data["words"].items():
            if name in self.concepts:
                self.problems.append(f"{file}: {name} is there twice")
                continue
            self._add(file, name, kind, entry)

    def _add(self, file: str, name: str, kind: str, entry: Mapping[str, Any]) -> None:
        broader = entry.get("broader", ())
        korean = _listed(entry.get("ko", ""))
        concept = self.concepts[name] = Concept(
            name=name,
            kind=kind,
            broader=(broader,) if isinstance(broader, str) else tuple(broader),
            apart=bool(entry.get("apart", False)),
            thing=entry.get("thing", ""),
            korean=(korean or _listed(entry.get("ko_pairs", "")) or [""])[0],
            **{implied: entry.get(implied, "") for implied in IMPLIED_KINDS},
        )
        tables = {"look": self.looks, "action": self.verbs}.get(kind, self.words)
        named = {
            "ko": [form for word in korean for form in (word, word.replace(" ", ""))],
            "en": [word.lower().replace("'s", " 's") for word in (name, *_listed(entry.get("en", "")))],
        }
        for pair in _listed(entry.get("ko_pairs", "")):
            noun, _, verb = pair.rpartition(" ")
            self._add_pair(file, "ko", (noun, verb), concept)
        for pair in _listed(entry.get("en_pairs", "")):
            verb, _, noun = pair.lower().partition(" ")
            self._add_pair(file, "en", (noun, verb), concept)
        for language, words in named.items():
            for word in dict.fromkeys(words):
                known = tables[language].setdefault(word, concept)
                if known is not concept:
                    self.doubles.append((language, word, f"{file}: {word} is {known.name} and {name}"))

    def _add_pair(self, file: str, language: str, pair: tuple[str, str], concept: Concept) -> None:
        known = self.pairs[language].setdefault(pair, concept)
        if known is not concept or not all(pair):
            self.problems.append(f"{file}: {language} pair {pair} is {known.name} and {concept.name}")

    def _senses(self, extra: Mapping[str, Any]) -> dict[str, tuple[Sense, ...]]:
        senses = {}
        for word, items in extra.get("senses", {}).items():
            kept = []
            for item in items:
                if item["word"] and item["word"] not in self.concepts:
                    self.problems.append(f"senses of {word}: no concept {item['word']}")
                    continue
                kept.append(_sense(item, self.concepts))
            senses[word] = tuple(kept)
        return senses

    def _check(self, senses: Mapping[str, Mapping[str, tuple[Sense, ...]]]) -> None:
        """Settle what only the whole shows: a word of two concepts needs senses; names told of must be there."""
        self.problems += [text for language, word, text in self.doubles if word not in senses[language]]
        for concept in self.concepts.values():
            for broader in concept.broader:
                if broader not in self.concepts:
                    self.problems.append(f"{concept.name}: no concept {broader}")
            if concept.thing and concept.thing not in self.concepts:
                self.problems.append(f"{concept.name}: no thing {concept.thing}")
            for kind in IMPLIED_KINDS:
                name = getattr(concept, kind)
                if name and (name not in self.concepts or self.concepts[name].kind != kind):
                    self.problems.append(f"{concept.name}: no {kind} {name}")


def _sense(data: Mapping[str, Any], concepts: Mapping[str, Concept]) -> Sense:
    word = data["word"]
    return Sense(
        concept=concepts[word] if word else None,
        near=frozenset(data.get("near", ())),
        particle=frozenset(data.get("particle", ())),
        not_particle=frozenset(data.get("not_particle", ())),
        before=frozenset(data.get("before", ())),
        next=frozenset(data.get("next", ())),
        pos=data.get("pos", ""),
    )


@cache
def lexicon() -> Lexicon:
    """The lexicon of the data files, read once."""
    return _Loader().load()


@cache
def grammar(language: str) -> Mapping[str, frozenset[str]]:
    """The lists of words that steer the reading of ``language`` ("ko" or "en"), by the list's name."""
    return {
        name: frozenset(words.split()) for name, words in _read(_FOLDER / f"grammar_{language}.toml").items()
    }
