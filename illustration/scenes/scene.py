"""The scene of a day: the words found in a diary and what each is drawn as. No reading, no prompts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Word:
    """``said``: as the writer's text says it ("" = the reader chose it); ``drawn``: a vocabulary word."""

    said: str
    drawn: str

    def to_dict(self) -> dict[str, str]:
        return {"said": self.said, "drawn": self.drawn}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Word:
        """Raises ValueError unless both fields are text."""
        said, drawn = data.get("said", ""), data.get("drawn")
        if not isinstance(said, str) or not isinstance(drawn, str) or not drawn:
            raise ValueError("a word needs the text said and the word drawn")
        return cls(said, drawn)


@dataclass(frozen=True, slots=True)
class Scene:
    """One scene to draw. ``who`` are people, ``what`` animals and things, together at most three, ranked."""

    language: str
    who: tuple[Word, ...] = ()
    what: tuple[Word, ...] = ()
    where: Word | None = None
    when: Word | None = None
    weather: Word | None = None
    mood: str = ""
    action: Word | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON types; ``from_dict`` gives an equal scene back."""

        def one(word: Word | None) -> dict[str, str] | None:
            return word.to_dict() if word else None

        return {
            "language": self.language,
            "who": [word.to_dict() for word in self.who],
            "what": [word.to_dict() for word in self.what],
            "where": one(self.where),
            "when": one(self.when),
            "weather": one(self.weather),
            "mood": self.mood,
            "action": one(self.action),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Scene:
        """Raises ValueError when the data is not that of a scene."""

        def one(name: str) -> Word | None:
            value = data.get(name)
            if value is None:
                return None
            if not isinstance(value, Mapping):
                raise ValueError(f"{name} is a word or null")
            return Word.from_dict(value)

        def several(name: str) -> tuple[Word, ...]:
            value = data.get(name, ())
            if not isinstance(value, list | tuple) or not all(isinstance(item, Mapping) for item in value):
                raise ValueError(f"{name} is a list of words")
            return tuple(Word.from_dict(item) for item in value)

        language, mood = data.get("language"), data.get("mood", "")
        if language not in ("ko", "en") or not isinstance(mood, str):
            raise ValueError("a scene needs a language, ko or en, and a mood in text")
        return cls(
            language=language,
            who=several("who"),
            what=several("what"),
            where=one("where"),
            when=one("when"),
            weather=one("weather"),
            mood=mood,
            action=one("action"),
        )
