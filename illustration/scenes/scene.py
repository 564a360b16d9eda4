"""The scene of a day: what a diary names, each with the words it came from. No reading, no prompts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, get_args

from illustration.scenes.mentions import MOST_COUNTED, Status

WRITER = "me"
"""The word of the item that is the writer; no concept of the lexicon."""
SECTIONS = ("who", "doing", "where", "things", "food", "weather", "time", "season", "mood", "occasion")
SECTION_OF_KIND = {
    "person": "who",
    "action": "doing",
    "place": "where",
    "animal": "things",
    "plant": "things",
    "thing": "things",
    "food": "food",
    "weather": "weather",
    "time": "time",
    "season": "season",
    "mood": "mood",
    "occasion": "occasion",
}
SOURCES = ("text", "title", "emoji", "picked", "keyword", "cast", "implied")
LANGUAGES = ("ko", "en", "mixed", "other")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a scene.

    ``word``: the lexicon's concept, WRITER, or a keyword that the lexicon does not know. ``said``: the words of the
    text, in order, () where it does not say it. ``count``: 1..5. ``source``: one of SOURCES. ``why``: codes of what
    gave it its rank, the weightiest first. ``actor``, of an action: the word of who does it, WRITER, or "" = nobody
    said; ``target``: the word it is done with or to. ``cast``, ``looks`` and ``card``: a card's word, its concepts of
    looks, and its key. ``status``: other than "real" only among leftovers, or where a text says nothing else.
    """

    word: str
    kind: str
    said: tuple[str, ...] = ()
    count: int = 1
    source: str = "text"
    why: tuple[str, ...] = ()
    score: float = 0.0
    actor: str = ""
    target: str = ""
    cast: str = ""
    looks: tuple[str, ...] = ()
    card: str = ""
    status: Status = "real"

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, without what is as it usually is; ``from_dict`` gives an equal item back."""
        usual = {each.name: each.default for each in fields(self)}
        return {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in asdict(self).items()
            if value != usual[name]
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Item:
        """Raises ValueError when the data is not that of an item."""
        known = {each.name: each for each in fields(cls)}
        if not isinstance(data, Mapping) or not set(data) <= set(known):
            raise ValueError("an item has fields of its own only")
        values: dict[str, Any] = {}
        for name, value in data.items():
            usual = known[name].default
            if isinstance(usual, tuple):
                if not isinstance(value, list | tuple) or not all(isinstance(each, str) for each in value):
                    raise ValueError(f"{name} is a list of texts")
                value = tuple(value)
            elif isinstance(usual, int | float):
                if isinstance(value, bool) or not isinstance(value, int | float):
                    raise ValueError(f"{name} is a number")
            elif not isinstance(value, str):
                raise ValueError(f"{name} is text")
            values[name] = value
        if not values.get("word") or values.get("kind") not in SECTION_OF_KIND:
            raise ValueError("an item needs a word and a kind")
        if (
            values.get("status", "real") not in get_args(Status)
            or values.get("source", "text") not in SOURCES
        ):
            raise ValueError("an item has a known status and source")
        if not 1 <= values.get("count", 1) <= MOST_COUNTED:
            raise ValueError("a count is 1 to 5")
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene to draw: its items by section, ranked, and the ``leftovers`` of the day's other moments.

    ``language``: one of LANGUAGES. ``notes``: codes ("unknown_language", "nothing_said", "several_moments").
    """

    language: str
    who: tuple[Item, ...] = ()
    doing: tuple[Item, ...] = ()
    where: tuple[Item, ...] = ()
    things: tuple[Item, ...] = ()
    food: tuple[Item, ...] = ()
    weather: tuple[Item, ...] = ()
    time: tuple[Item, ...] = ()
    season: tuple[Item, ...] = ()
    mood: tuple[Item, ...] = ()
    occasion: tuple[Item, ...] = ()
    leftovers: tuple[Item, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def items(self) -> Iterator[Item]:
        """Every item of the scene itself, section by section."""
        for name in SECTIONS:
            yield from getattr(self, name)

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types; ``from_dict`` gives an equal scene back."""
        sections = {
            name: [item.to_dict() for item in getattr(self, name)] for name in (*SECTIONS, "leftovers")
        }
        return {"language": self.language, **sections, "notes": list(self.notes)}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Scene:
        """Raises ValueError when the data is not that of a scene; entries beside a scene's own are passed over."""
        sections: dict[str, tuple[Item, ...]] = {}
        for name in (*SECTIONS, "leftovers"):
            value = data.get(name, ())
            if not isinstance(value, list | tuple):
                raise ValueError(f"{name} is a list of items")
            sections[name] = tuple(Item.from_dict(each) for each in value)
            if name != "leftovers" and any(SECTION_OF_KIND[item.kind] != name for item in sections[name]):
                raise ValueError(f"{name} has items of its kinds only")
        notes = data.get("notes", ())
        if data.get("language") not in LANGUAGES:
            raise ValueError("a scene needs a language")
        if not isinstance(notes, list | tuple) or not all(isinstance(note, str) for note in notes):
            raise ValueError("notes are a list of texts")
        return cls(language=data["language"], notes=tuple(notes), **sections)
