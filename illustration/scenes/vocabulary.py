"""What a drawing model can draw: the words it was trained on and how its captions say them. Nothing here reads text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

KINDS = ("person", "animal", "thing", "place", "weather", "time", "action")
SUBJECT_KINDS = ("person", "animal", "thing")

_PLACES = {
    "beach": "at the beach",
    "park": "at the park",
    "forest": "in the forest",
    "mountain": "in the mountains",
    "city": "in the city",
    "home": "at home",
    "school": "at school",
    "kitchen": "in the kitchen",
    "pool": "at the pool",
    "farm": "at the farm",
    "playground": "at the playground",
    "street": "on the street",
}
_SUBJECTS = """girl, boy, woman, man, grandmother, grandfather, baby,
dog, cat, rabbit, bird, fish, duck, chicken, cow, horse, pig, bear, elephant, lion, monkey, turtle, butterfly,
ball, bicycle, car, bus, train, airplane, boat, balloon, kite, umbrella, book, gift, birthday cake, ice cream, pizza,
noodles, rice bowl, bread, apple, strawberry, watermelon, coffee, flower, tree, tent, snowman, house, piano,
soccer ball, television, computer, guitar, christmas tree, moon, rainbow"""


def _phrases(value: object) -> dict[str, str]:
    """A table of word → phrase out of a JSON object, or out of a list of words that are their own phrases."""
    if isinstance(value, Mapping):
        pairs = {str(word): str(phrase) for word, phrase in value.items()}
    elif isinstance(value, Iterable) and not isinstance(value, str):
        pairs = {str(word): str(word) for word in value}
    else:
        raise ValueError("a vocabulary section is a list of words or an object of word to phrase")
    return pairs


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words a model draws. Subjects are words; every other section maps a word to the phrase in a caption."""

    subjects: frozenset[str]
    places: Mapping[str, str]
    weathers: Mapping[str, str]
    times: Mapping[str, str]
    styles: Mapping[str, str] = field(default_factory=dict)
    actions: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Vocabulary:
        """Build from the shape of a model's ``vocabulary.json``. Raises ValueError when a section is unfit."""
        subjects = frozenset(_phrases(data.get("subjects", ())))
        sections = {
            name: _phrases(data.get(name, ()))
            for name in ("places", "weathers", "times", "styles", "actions")
        }
        if not subjects:
            raise ValueError("a vocabulary needs subjects")
        return cls(subjects, **sections)

    @classmethod
    def load(cls, path: str | Path) -> Vocabulary:
        """Read a model's ``vocabulary.json`` (UTF-8). Raises OSError or ValueError."""
        data = json.loads(Path(path).read_text(encoding="utf-8"))
        if not isinstance(data, Mapping):
            raise ValueError("a vocabulary file holds one JSON object")
        return cls.from_dict(data)

    def has(self, kind: str, word: str) -> bool:
        """Whether the model draws ``word`` as a ``kind`` (one of KINDS)."""
        if kind in SUBJECT_KINDS:
            return word in self.subjects
        return word in self.table(kind)

    def table(self, kind: str) -> Mapping[str, str]:
        """Word → phrase for ``place``, ``weather``, ``time`` or ``action``. Raises KeyError for other kinds."""
        return {
            "place": self.places,
            "weather": self.weathers,
            "time": self.times,
            "action": self.actions,
        }[kind]


STARTER = Vocabulary(
    subjects=frozenset(word.strip() for word in _SUBJECTS.split(",")),
    places=_PLACES,
    weathers={word: word for word in ("sunny", "cloudy", "rainy", "snowy", "windy")},
    times={word: word for word in ("morning", "day", "evening", "night")},
    styles={
        "crayon": "crayon drawing",
        "watercolour": "watercolour painting",
        "storybook": "storybook illustration",
        "pixel": "pixel art",
    },
)
"""The starter model's words, for callers that name no vocabulary file."""
