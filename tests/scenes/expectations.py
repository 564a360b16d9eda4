"""Sentence files: diary texts with the scene that a careful reader expects, and how a scene is held against them.

A line is one JSON object: ``text``; optional ``title``, ``weather``, ``mood``, ``keywords``, ``cast`` (names, word,
look); ``language``; ``tests`` (categories); ``expect`` (section → words, alternatives with "|" between them, or
{"thing": …, "count": …}); ``never`` (words that must not be there); ``main`` and ``left`` (what a day of several
moments shows, and what it leaves over); ``draws`` (words of the painter's that something in the scene leads to);
``miss``: why a line that is known to fail does.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from illustration.scenes import CastMember, Item, Scene, read
from illustration.scenes.lexicon import Lexicon, lexicon

FOLDER = Path(__file__).with_name("sentences")
RIGHT = ("exact", "narrower", "elsewhere")
_FORMS = (
    (r"", ""),
    (r"s$", ""),
    (r"es$", ""),
    (r"ies$", "y"),
    (r"^(?:a|an|the) ", ""),
    (r" (?:a|an|the) ", " "),
    (r"-", " "),
)


@dataclass(frozen=True)
class Line:
    """One line of a sentence file."""

    file: str
    number: int
    data: dict[str, Any]

    def __str__(self) -> str:
        return f"{self.file}:{self.number}"

    def scene(self) -> Scene:
        data = self.data
        cast = [
            CastMember(tuple(each["names"]), each["word"], each.get("look", ""))
            for each in data.get("cast", ())
        ]
        return read(
            data["text"],
            weather=data.get("weather"),
            mood=data.get("mood"),
            keywords=data.get("keywords") or (),
            cast=cast,
            title=data.get("title", ""),
        )


@dataclass
class Outcome:
    """How a scene stands against its line: (section, expected words, result) of each, and what should not be there.

    Results: "exact", "narrower" (the scene says more), "elsewhere" (in another section), "broader", "count", "missing".
    """

    found: list[tuple[str, str, str]] = field(default_factory=list)
    forbidden: list[str] = field(default_factory=list)
    moments: list[str] = field(default_factory=list)
    unexpected: int = 0
    said: int = 0

    @property
    def wrong(self) -> list[str]:
        missed = [
            f"{section}: {words} {result}" for section, words, result in self.found if result not in RIGHT
        ]
        return [*missed, *self.forbidden, *self.moments]


def lines(folder: Path = FOLDER) -> Iterator[Line]:
    """Every line of every sentence file of a folder."""
    for path in sorted(folder.glob("*.jsonl")):
        for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if text.strip():
                yield Line(path.stem, number, json.loads(text))


def judge(line: Line, scene: Scene) -> Outcome:
    """Hold ``scene`` against what ``line`` expects."""
    words = lexicon()
    outcome = Outcome()
    items = [item for item in scene.items() if item.word != "me"]
    used: set[str] = set()
    for section, expected in line.data.get("expect", {}).items():
        for each in expected if isinstance(expected, list) else [expected]:
            named, count = (each["thing"], each.get("count", 0)) if isinstance(each, dict) else (each, 0)
            result, item = _found(named, getattr(scene, section), count, words)
            if result not in RIGHT:
                other, beside = _found(named, items, count, words)
                if other in RIGHT:
                    result, item = "elsewhere", beside
                elif result == "missing":
                    result, item = other, beside
            outcome.found.append((section, named, result))
            if item is not None:
                used.add(item.word)
    for word in line.data.get("draws", ()):
        leads = any(word in words.chain(item.word) for item in items)
        outcome.found.append(("draws", word, "exact" if leads else "missing"))
    for word in line.data.get("never", ()):
        found = concepts(word, words)
        # A word that is a concept's own name means that one alone: the bat that flies, not the one that hits.
        meant = {word, *(found[:1] if found[:1] and found[0] in (word, word.removesuffix("s")) else found)}
        outcome.forbidden += [
            f"never: {word}, got {item.word} {item.said}" for item in items if item.word in meant
        ]
    for word in line.data.get("main", ()):
        if _found(word, items, 0, words)[0] == "missing":
            outcome.moments.append(f"main: {word}")
    said = [item for item in items if item.source not in ("implied", "picked", "keyword")]
    outcome.said = len(said)
    outcome.unexpected = sum(item.word not in used for item in said)
    return outcome


def concepts(word: str, words: Lexicon) -> list[str]:
    """The concepts that an English word of an expectation may mean."""
    found: dict[str, None] = {}
    plain = word.lower().strip()
    for pattern, with_ in _FORMS:
        form = re.sub(pattern, with_, plain) if pattern else plain
        form = form.replace("'s", " 's")
        if form in words.concepts:
            found[form] = None
        for table in (words.verbs["en"], words.words["en"]):
            if form in table:
                found[table[form].name] = None
        for sense in words.senses["en"].get(form, ()):
            if sense.concept is not None:
                found[sense.concept.name] = None
    return list(found)


def _found(named: str, items: Iterable[Item], count: int, words: Lexicon) -> tuple[str, Item | None]:
    items = list(items)
    best: tuple[str, Item | None] = ("missing", None)
    meant = [concept for each in named.split("|") for concept in (*concepts(each, words), each.strip())]
    for item in items:
        if item.word in meant:
            if not count or item.count == count:
                return "exact", item
            best = ("count", item)
    for item in items:
        if set(meant) & set(list(words.chain(item.word))[1:]) and (not count or item.count == count):
            return "narrower", item
    if best[0] == "missing":
        for item in items:
            if any(item.word in list(words.chain(each))[1:] for each in meant):
                return "broader", item
    return best
