"""Subjects as transparent pictures, rasterised from SVG and kept; no scenery and no captions here.

The icon set is Fluent Emoji flat (Microsoft, MIT licence), the `icons.json` of npm's `@iconify-json/fluent-emoji-flat`.
"""

import io
import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import resvg_py
from numpy.typing import NDArray
from PIL import Image

from illustration.training.drawn import BODY, OWN, SEAT
from illustration.training.figures import LOOK_SHARES, LOOKS, figure, head_icon
from illustration.training.poses import POSES, Icon
from illustration.training.vocabulary import BODIES, ICONS, PEOPLE, RECOLOURS, STATURES, SUBJECTS

Pixels = NDArray[np.uint8]

# What two hands can carry; the second kind is held over the head.
HELD_UP: tuple[str, ...] = ("balloon", "kite", "umbrella", "lantern")
HELD: tuple[str, ...] = (
    *(word for word in ICONS if STATURES[word] == "small"),
    "cat", "rabbit", "hamster", "chick", "ball", "teddy bear", "robot", "doll", "gift", "book", "pencil", "backpack",
    "computer", "camera", "trophy", "letter", "candle", "soccer ball", "basketball", "guitar", "violin", "flower",
    "rose", "sunflower", "bouquet", "potted plant", "shopping bag", "suitcase", "fish", "broom", "star",
    "tennis racket", "badminton racket", "microphone",
)  # fmt: skip

__all__ = ["HELD", "HELD_UP", "SUBJECTS", "SpriteSet", "load_icons", "rasterise", "used_icons"]


def load_icons(path: Path) -> dict[str, str]:
    """SVG bodies by icon name, each for a 32 x 32 view box. Raises OSError, KeyError or ValueError."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {name: icon["body"] for name, icon in found["icons"].items()}


def used_icons() -> frozenset[str]:
    """Names of the icons that the vocabulary's subjects are drawn with."""
    props = (
        prop for pose in POSES.values() for prop in (*pose.behind, *pose.before) if isinstance(prop, Icon)
    )
    return frozenset(
        {icon for icon in ICONS.values() if not icon.startswith("own:")}
        | {head_icon(person, look) for person in PEOPLE for look in range(LOOKS)}
        | {prop.name for prop in props}
    )


def rasterise(body: str, height: int, *, box: tuple[float, float] = (32, 32)) -> Pixels:
    """Draw SVG elements to RGBA, uint8 (height, round(height * box width / box height), 4)."""
    width = round(height * box[0] / box[1])
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="0 0 {box[0]} {box[1]}" fill="none">{body}</svg>'
    )
    drawn = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, height=height))))
    return np.asarray(drawn.convert("RGBA"))


@dataclass(frozen=True, slots=True)
class Guise:
    """One way a subject is drawn: its word, and for people a look, an action or a thing held."""

    word: str
    look: int = 0
    action: str = ""
    held: str = ""


@dataclass(slots=True)
class SpriteSet:
    """Sprites of one icon set, each drawn once a size and kept."""

    icons: Mapping[str, str]
    _drawn: dict[tuple[Guise, int, int], Pixels] = field(default_factory=dict)

    def any_look(self, word: str, rng: random.Random) -> int:
        """One of a person's looks (skin, hair, clothes' colours), the first most often; 0 for anything else."""
        return rng.choices(range(LOOKS), LOOK_SHARES)[0] if word in PEOPLE else 0

    def draw(self, guise: Guise, height: int, widest: int = 256) -> Pixels:
        """RGBA picture of a vocabulary subject, or of an icon named `icon:NAME`, trimmed to what is drawn.

        height: pixels of the untrimmed picture, less where its width would pass `widest`. KeyError on any other word.
        """
        key = (guise, height, widest)
        if key not in self._drawn:
            body, box = self.body(guise)
            fitting = min(height, int(widest * box[1] / box[0]))
            self._drawn[key] = _trimmed(rasterise(body, fitting, box=box))
        return self._drawn[key]

    def body(self, guise: Guise) -> tuple[str, tuple[float, float]]:
        """SVG elements of a guise and the box they are drawn for."""
        word = guise.word
        if word in PEOPLE:
            held = self._thing(guise.held) if guise.held else ""
            if guise.held in HELD_UP:
                held = f"up:{held}"
            return figure(self.icons, word, guise.look, guise.action, held)
        return self._thing(word), (32, 32)

    def _thing(self, word: str) -> str:
        if word.startswith("icon:"):
            return self.icons[word.removeprefix("icon:")]
        icon = ICONS[word]
        body = OWN[icon.removeprefix("own:")] if icon.startswith("own:") else self.icons[icon]
        for colour, other in RECOLOURS.get(word, {}).items():
            body = body.replace(colour, other)
        if word in BODIES:
            seat = SEAT if word == "robot" else BODY
            body = f'{seat.format(*BODIES[word])}<g transform="translate(4.8 0) scale(.7)">{body}</g>'
        return body


def _trimmed(pixels: Pixels) -> Pixels:
    """Without empty columns at the sides and empty rows below, so that a subject stands on its floor."""
    seen = pixels[..., 3] > 16
    if not seen.any():
        return pixels
    columns, rows = np.flatnonzero(seen.any(axis=0)), np.flatnonzero(seen.any(axis=1))
    return pixels[: rows[-1] + 1, columns[0] : columns[-1] + 1]
