"""The words of a drawing's scene as its writer reads them: what the painter was asked for, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

# What became of a word; the last is that of pictures drawn before it was kept, and of what is left.
STATES = ("drawn", "broader", "no_word", "no_room", "unknown")

UNSEEN = ("action", "mood", "season", "occasion", "time")

# Hangul syllables stand in the order of their final consonants, none first.
_FIRST_SYLLABLE, _SYLLABLES, _FINALS, _FINAL_L = 0xAC00, 11_172, 28, 8


@dataclass(frozen=True)
class Chip:
    """A word of the scene in the reader's language.

    `state`: one of STATES; for "broader", `drawn` is what it was drawn as. `kind`: who it is for the scene (person,
    place, weather…). `said`: the writer's own word, "" where the text does not say it. `count`: how many, 1 to 5;
    `drawn_count`: how many of them are drawn. `key`: the scene's own word for it, by which it can be taken out;
    `is_keyword`: the writer asked for it by hand.
    """

    word: str
    state: str = "drawn"
    drawn: str = ""
    kind: str = ""
    said: str = ""
    count: int = 1
    drawn_count: int = 1
    key: str = ""
    is_keyword: bool = False

    @property
    def is_quiet(self) -> bool:
        """Whether nothing of it could be seen anyway: a deed, a mood, an hour that the picture does not tell."""
        return self.kind in UNSEEN and self.state in ("no_word", "no_room")

    @property
    def drawn_as(self) -> str:
        """`drawn` as a Korean sentence takes it (개로, 곰으로, 물로), in other languages as it stands."""
        code = ord(self.drawn[-1]) - _FIRST_SYLLABLE if self.drawn else -1
        if not 0 <= code < _SYLLABLES:
            return self.drawn
        return f"{self.drawn}{'로' if code % _FINALS in (0, _FINAL_L) else '으로'}"


def chips(scene: Mapping[str, Any]) -> list[Chip]:
    """Return the words of a kept scene, what is drawn first; data that is no scene gives no chips."""
    try:
        found = list(_asked(scene["asked"])) if "asked" in scene else list(_said(scene))
    except (AttributeError, KeyError, TypeError, ValueError):
        return []
    return list(dict.fromkeys(found))


def left(scene: Mapping[str, Any]) -> list[Chip]:
    """Return what the day's other moments hold and the scene does not, each name once."""
    try:
        shown = chips(scene)
        taken, named = {chip.key for chip in shown}, {chip.word for chip in shown}
        found = [
            chip
            for chip in _asked(scene.get("left") or [])
            if chip.key not in taken and chip.word not in named
        ]
    except (AttributeError, KeyError, TypeError, ValueError):
        return []
    # What two words of the scene are called alike is one word to the reader.
    return list({chip.word: chip for chip in reversed(found)}.values())[::-1]


def seen(found: list[Chip]) -> str:
    """Say what is to be seen in the picture, as the words that it was drawn as: "me, dog, park"."""
    drawn = [chip.drawn or chip.word for chip in found if chip.state in ("drawn", "broader")]
    return ", ".join(dict.fromkeys(drawn))


def _asked(asked: list[Mapping[str, Any]]) -> Iterator[Chip]:
    language = "ko" if (get_language() or "").startswith("ko") else "en"
    for each in asked:
        state = each["state"] if each["state"] in STATES else "unknown"
        drawn = str(each.get(f"drawn_{language}", "")) if state == "broader" else ""
        word = str(each[language])
        if state == "broader" and drawn.casefold() in ("", word.casefold()):
            state, drawn = "drawn", ""
        yield Chip(
            word=word,
            state=state,
            drawn=drawn,
            kind=str(each["kind"]),
            said=str(each.get("said", "")),
            count=(count := int(each.get("count", 1))),
            drawn_count=int(each.get("drawn_count", count)),
            key=str(each["word"]),
            is_keyword=bool(each.get("keyword", False)),
        )


def _said(scene: Mapping[str, Any]) -> Iterator[Chip]:
    """The writer's own words out of a scene as it was kept before the painter's were kept beside them."""
    for name in ("who", "what"):
        yield from (Chip(word["said"], "unknown") for word in scene.get(name) or () if word["said"])
    for name in ("where", "weather", "when"):
        word = scene.get(name)
        if word and word["said"]:
            yield Chip(word["said"], "unknown")
