"""What a writer asks of a picture beside the text: keywords, words taken out, the cast. Neither models nor reading."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Card:
    """One person or pet of the writer's. ``word``: girl, boy, woman, man, dog…; ``look``: in the writer's words.

    ``key``: opaque; it comes back in the scene, beside what was taken for the card's.
    """

    names: Sequence[str]
    word: str
    look: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """``keywords``: what to draw above all. ``without``: words of an earlier scene that are not to be drawn.

    ``text_drawn`` False: by keywords, weather and mood alone. ``date``: the page's, which tells the season.
    """

    keywords: Sequence[str] = ()
    without: Sequence[str] = ()
    cast: Sequence[Card] = ()
    text_drawn: bool = True
    date: datetime.date | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types, without what was not asked for."""
        told: dict[str, Any] = {
            "keywords": list(self.keywords),
            "without": list(self.without),
            "cast": [asdict(card) | {"names": list(card.names)} for card in self.cast],
            "date": self.date.isoformat() if self.date else "",
        }
        found = {name: value for name, value in told.items() if value}
        return found if self.text_drawn else {**found, "text_drawn": False}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Wishes:
        """What ``to_dict`` made. Raises KeyError, TypeError or ValueError for anything else."""
        return cls(
            keywords=tuple(data.get("keywords", ())),
            without=tuple(data.get("without", ())),
            cast=tuple(
                Card(tuple(card["names"]), card["word"], card.get("look", ""), card.get("key", ""))
                for card in data.get("cast", ())
            ),
            text_drawn=data.get("text_drawn", True),
            date=datetime.date.fromisoformat(data["date"]) if data.get("date") else None,
        )
