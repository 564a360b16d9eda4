"""What a drawing model can draw: the words it was trained on and how its captions say them. Nothing here reads text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

SUBJECT_KINDS = ("person", "animal", "plant", "food", "thing")
KINDS = (*SUBJECT_KINDS, "place", "weather", "time", "season", "mood", "occasion", "action", "look")
_TABLES = {
    "place": "places",
    "weather": "weathers",
    "time": "times",
    "season": "seasons",
    "action": "actions",
}
_NOTHING: Mapping[str, str] = MappingProxyType({})
_PEOPLE = ("girl", "boy", "woman", "man", "grandmother", "grandfather", "baby")
_STARTER_FILE = Path(__file__).parents[1] / "starter" / "vocabulary.json"


def _phrases(value: object) -> dict[str, str]:
    """A table of word → phrase out of a JSON object, or out of a list of words that are their own phrases."""
    if isinstance(value, Mapping):
        return {str(word): str(phrase) for word, phrase in value.items()}
    if isinstance(value, Iterable) and not isinstance(value, str):
        return {str(word): str(word) for word in value}
    raise ValueError("a vocabulary section is a list of words or an object of word to phrase")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words a model draws: tables of word → phrase as its captions say it, a subject's without an article.

    ``people`` are the subjects that an action can be said of; ``uncountable`` subjects take no article, ``definite``
    ones "the"; ``plurals`` are those not in -s; ``counts`` maps a number from 2 to its word; ``relations`` maps
    "beside" and "holding" to the words between two subjects; ``styles`` a style's short name to its trigger words.
    """

    subjects: Mapping[str, str]
    places: Mapping[str, str] = field(default_factory=dict)
    weathers: Mapping[str, str] = field(default_factory=dict)
    times: Mapping[str, str] = field(default_factory=dict)
    seasons: Mapping[str, str] = field(default_factory=dict)
    styles: Mapping[str, str] = field(default_factory=dict)
    actions: Mapping[str, str] = field(default_factory=dict)
    relations: Mapping[str, str] = field(default_factory=dict)
    plurals: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[int, str] = field(default_factory=dict)
    people: frozenset[str] = frozenset(_PEOPLE)
    uncountable: frozenset[str] = frozenset(("noodles",))
    definite: frozenset[str] = frozenset(("moon",))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Vocabulary:
        """Build from the shape of a model's ``vocabulary.json``. Raises ValueError when a section is unfit."""
        tables = ("places", "weathers", "times", "seasons", "styles", "actions", "relations", "plurals")
        lists = ("people", "uncountable", "definite")
        subjects = _phrases(data.get("subjects", ()))
        if not subjects:
            raise ValueError("a vocabulary needs subjects")
        named: dict[str, Any] = {name: _phrases(data.get(name, ())) for name in tables}
        named |= {name: frozenset(_phrases(data[name])) for name in lists if name in data}
        counts = {int(number): word for number, word in _phrases(data.get("counts", {})).items()}
        return cls(subjects, counts=counts, **named)

    @classmethod
    def load(cls, path: str | Path) -> Vocabulary:
        """Read a model's ``vocabulary.json`` (UTF-8). Raises OSError or ValueError."""
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        if not isinstance(data, Mapping):
            raise ValueError("a vocabulary file holds one JSON object")
        return cls.from_dict(data)

    def has(self, kind: str, word: str) -> bool:
        """Whether the model draws ``word`` as a ``kind`` (one of KINDS)."""
        return word in self.table(kind)

    def table(self, kind: str) -> Mapping[str, str]:
        """Word → phrase for one of KINDS; empty for what no model draws by a word of its own (moods, occasions)."""
        if kind in SUBJECT_KINDS:
            return self.subjects
        name = _TABLES.get(kind)
        return getattr(self, name) if name else _NOTHING


@cache
def starter() -> Vocabulary:
    """The vocabulary of the model that comes with the site, for callers that name none."""
    return Vocabulary.load(_STARTER_FILE)


STARTER = starter()
