"""Subjects as transparent pictures, rasterised from an emoji set's SVG bodies; no scenery and no captions here.

The set is Fluent Emoji flat (Microsoft, MIT licence). Fetch it once with
`npm pack @iconify-json/fluent-emoji-flat` and unpack it: the path given here is its `package/icons.json`.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import resvg_py
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]

# Vocabulary word -> icon of the set. Full bodies where the set has them: a lone head reads as a mask.
ICONS: Mapping[str, str] = {
    "dog": "dog",
    "cat": "cat",
    "rabbit": "rabbit",
    "bird": "bird",
    "fish": "tropical-fish",
    "duck": "duck",
    "chicken": "rooster",
    "cow": "cow",
    "horse": "horse",
    "pig": "pig",
    "bear": "teddy-bear",
    "elephant": "elephant",
    "lion": "lion",
    "monkey": "monkey",
    "turtle": "turtle",
    "butterfly": "butterfly",
    "bicycle": "bicycle",
    "car": "automobile",
    "bus": "bus",
    "train": "locomotive",
    "airplane": "airplane",
    "boat": "sailboat",
    "balloon": "balloon",
    "kite": "kite",
    "umbrella": "umbrella",
    "book": "open-book",
    "gift": "wrapped-gift",
    "birthday cake": "birthday-cake",
    "ice cream": "soft-ice-cream",
    "pizza": "pizza",
    "noodles": "steaming-bowl",
    "rice bowl": "cooked-rice",
    "bread": "bread",
    "apple": "red-apple",
    "strawberry": "strawberry",
    "watermelon": "watermelon",
    "coffee": "hot-beverage",
    "flower": "tulip",
    "tree": "deciduous-tree",
    "tent": "tent",
    "snowman": "snowman-without-snow",
    "house": "house-with-garden",
    "piano": "musical-keyboard",
    "soccer ball": "soccer-ball",
    "television": "television",
    "computer": "laptop",
    "guitar": "guitar",
    "christmas tree": "christmas-tree",
    "moon": "crescent-moon",
    "rainbow": "rainbow",
}

# Drawn here because the set has no plain one.
BALL = (
    '<circle cx="16" cy="16" r="14" fill="#e8334a"/>'
    '<path d="M16 2a14 14 0 0 1 0 28c6-8 6-20 0-28" fill="#ffd23f"/>'
    '<path d="M16 2a14 14 0 0 0 0 28c-6-8-6-20 0-28" fill="#2f7fe0"/>'
    '<path d="M16 2c-4 8-4 20 0 28c4-8 4-20 0-28" fill="#fff"/>'
)

# The set's cat has the dog's colours and its lion no body.
CAT_GREYS: Mapping[str, str] = {"#f3ad61": "#8f94a3", "#d3883e": "#5f6373", "#ff822d": "#ffb3c1"}
LION_BODY = (
    '<path d="M24 26q7 1 6-7" stroke="#e09a2d" stroke-width="1.6" stroke-linecap="round"/>'
    '<circle cx="30" cy="18.6" r="1.7" fill="#6d4534"/>'
    '<ellipse cx="16" cy="25" rx="9.4" ry="6.4" fill="#f3a935"/>'
    '<ellipse cx="10.6" cy="29.6" rx="4" ry="2.2" fill="#e09a2d"/>'
    '<ellipse cx="21.4" cy="29.6" rx="4" ry="2.2" fill="#e09a2d"/>'
)

SKIN = "#ffd7c2"


@dataclass(frozen=True, slots=True)
class Person:
    """A head of the set on a drawn body: `garment` is dress, shorts, skirt, trousers, gown, cardigan or onesie."""

    head: str
    garment: str
    colours: tuple[str, ...]


PEOPLE: Mapping[str, Person] = {
    "girl": Person("girl-light", "dress", ("#f0568c", "#ffb400")),
    "boy": Person("boy-light", "shorts", ("#2f7fe0", "#e8334a")),
    "woman": Person("woman-light", "skirt", ("#8a4fd0", "#12a594")),
    "man": Person("man-light", "trousers", ("#2e8b57", "#4a6fa5")),
    "grandmother": Person("old-woman-light", "gown", ("#a65fb0", "#c75b7a")),
    "grandfather": Person("old-man-light", "cardigan", ("#8a6238", "#6b7f4f")),
    "baby": Person("baby-light", "onesie", ("#8fd3ff", "#ffd84d")),
}

SUBJECTS: tuple[str, ...] = (
    *PEOPLE,
    *(word for word in ICONS if word not in ("moon", "rainbow")),
    "ball",
    "moon",
    "rainbow",
)

# Width over height of a person's picture; every other subject is square.
PERSON_ASPECT = 0.7


def _body(garment: str, colour: str) -> str:
    """SVG of a standing body in a 33.6 x 48 box, the head's place (y < 25) left empty."""
    arms = (
        f'<path d="M11 27L5.5 35M22.6 27L28 35" stroke="{colour}" stroke-width="4.4" stroke-linecap="round"/>'
        f'<circle cx="5.2" cy="35.6" r="2.3" fill="{SKIN}"/><circle cx="28.4" cy="35.6" r="2.3" fill="{SKIN}"/>'
    )
    shoes = '<path d="M10 46.4h5.4M18.2 46.4h5.4" stroke="#4a3020" stroke-width="3" stroke-linecap="round"/>'

    def legs(fill: str) -> str:
        return f'<path d="M13.6 38v8M20 38v8" stroke="{fill}" stroke-width="4.4"/>'

    shirt = f'<path d="M9.5 27q0-3 3-3h8.6q3 0 3 3l.6 12H8.9z" fill="{colour}"/>'
    if garment == "dress":
        return legs(SKIN) + shoes + arms + f'<path d="M12 24h9.6l6 18H6z" fill="{colour}"/>'
    if garment == "shorts":
        shorts = '<path d="M9.4 37h14.8v5.6h-6.2l-1.2-2-1.2 2H9.4z" fill="#34507a"/>'
        return legs(SKIN) + shoes + arms + shirt + shorts
    if garment == "skirt":
        skirt = '<path d="M10 36h13.6l3 8.4H7z" fill="#39406b"/>'
        return legs(SKIN) + shoes + arms + shirt + skirt
    if garment == "trousers":
        return legs("#3a3f55") + shoes + arms + shirt + '<path d="M9.2 37h15.2v4H9.2z" fill="#3a3f55"/>'
    if garment == "gown":
        apron = '<path d="M12.4 32h8.8l2 12H10.4z" fill="#fff4e0"/>'
        return shoes + arms + f'<path d="M11.6 24h10.4l5 21H6.6z" fill="{colour}"/>' + apron
    if garment == "cardigan":
        cane = '<path d="M29.4 35v11.6" stroke="#5a3a1e" stroke-width="1.8" stroke-linecap="round"/>'
        front = '<path d="M14 24h5.6l-2.8 13z" fill="#fdf6e8"/>'
        trousers = '<path d="M9.2 38h15.2v3H9.2z" fill="#6b6258"/>'
        return legs("#6b6258") + shoes + cane + arms + shirt + front + trousers
    return (
        f'<ellipse cx="16.8" cy="36" rx="10" ry="9.6" fill="{colour}"/>'
        f'<ellipse cx="9.6" cy="44" rx="4.6" ry="3.4" fill="{colour}"/>'
        f'<ellipse cx="24" cy="44" rx="4.6" ry="3.4" fill="{colour}"/>' + arms
    )


def load_icons(path: Path) -> dict[str, str]:
    """SVG bodies by icon name, each for a 32 x 32 view box. Raises OSError, KeyError or ValueError."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {name: icon["body"] for name, icon in found["icons"].items()}


def rasterise(body: str, height: int, *, box: tuple[float, float] = (32, 32)) -> Pixels:
    """Draw SVG elements to RGBA, uint8 (height, round(height * box width / box height), 4)."""
    width = round(height * box[0] / box[1])
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width}" height="{height}" viewBox="0 0 {box[0]} {box[1]}" fill="none">{body}</svg>'
    )
    drawn = Image.open(io.BytesIO(bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, height=height))))
    return np.asarray(drawn.convert("RGBA"))


@dataclass(slots=True)
class SpriteSet:
    """Sprites of one icon set, each drawn once a size and kept."""

    icons: Mapping[str, str]
    _drawn: dict[tuple[str, int, int], Pixels] = field(default_factory=dict)

    def variants(self, word: str) -> int:
        """How many looks a subject has (clothes' colours); 1 for anything but people."""
        return len(PEOPLE[word].colours) if word in PEOPLE else 1

    def draw(self, word: str, height: int, variant: int = 0) -> Pixels:
        """RGBA picture of a vocabulary subject, or of an icon named `icon:NAME`. KeyError on any other word."""
        key = (word, height, variant)
        if key not in self._drawn:
            self._drawn[key] = self._rasterise(word, height, variant)
        return self._drawn[key]

    def _rasterise(self, word: str, height: int, variant: int) -> Pixels:
        if word in PEOPLE:
            person = PEOPLE[word]
            head = f'<g transform="translate(3.6 0) scale(.825)">{self.icons[person.head]}</g>'
            body = _body(person.garment, person.colours[variant % len(person.colours)])
            return rasterise(body + head, height, box=(33.6, 48))
        if word == "ball":
            return rasterise(BALL, height)
        if word.startswith("icon:"):
            return rasterise(self.icons[word.removeprefix("icon:")], height)
        body = self.icons[ICONS[word]]
        if word == "cat":
            for colour, grey in CAT_GREYS.items():
                body = body.replace(colour, grey)
        if word == "lion":
            body = f'{LION_BODY}<g transform="translate(4.8 0) scale(.7)">{body}</g>'
        return rasterise(body, height)

    def other_icons(self) -> Sequence[str]:
        """Names for `draw` of icons outside the vocabulary, one skin tone each, in a stable order."""
        used = {f"icon:{name}" for name in ICONS.values()}
        tones = ("-dark", "-medium", "-medium-dark", "-medium-light", "-light")
        names = (f"icon:{name}" for name in sorted(self.icons) if not name.endswith(tones))
        return [name for name in names if name not in used]
