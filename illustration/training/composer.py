"""Scenes with captions: a backdrop, one to three subjects on it, and the words for exactly that; no models here.

Subjects stand on a 16-pixel grid in a few sizes, so that a small latent (one cell per 16 pixels) sees each of
them in few guises and a small network can learn them.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from illustration.training import scenery
from illustration.training.sprites import PEOPLE, SUBJECTS, SpriteSet

CELL = 16
ALOFT = frozenset({"airplane", "balloon", "kite", "bird", "butterfly", "moon", "rainbow"})
RAINBOW = ((232, 62, 62), (250, 150, 50), (252, 220, 70), (92, 190, 90), (70, 140, 230), (140, 90, 200))
BACKDROPS_A_SETTING = 2

# Heights by the number of subjects standing in the scene.
PERSON_HEIGHTS = {1: 160, 2: 144, 3: 112}
THING_HEIGHTS = {1: 128, 2: 112, 3: 80}
ALOFT_HEIGHTS = {0: 128, 1: 96, 2: 80}


@dataclass(frozen=True, slots=True)
class Cast:
    """What a scene shows, in vocabulary words: subjects from left to right, those in the air last."""

    subjects: tuple[str, ...]
    place: str
    weather: str
    time: str


@dataclass(frozen=True, slots=True)
class Scene:
    """A composed picture: RGB uint8 (256, 256, 3) and the share of each 16-pixel cell a subject covers."""

    cast: Cast
    pixels: NDArray[np.uint8]
    cover: NDArray[np.uint8]

    @property
    def caption(self) -> str:
        return caption(self.cast)


def with_article(word: str) -> str:
    """`a dog`, `an apple`, `noodles`, `the moon`."""
    if word == "noodles":
        return word
    if word == "moon":
        return "the moon"
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def subject_phrase(subjects: Sequence[str]) -> str:
    """`a girl, a dog and a ball`; empty for no subjects."""
    named = [with_article(word) for word in subjects]
    return named[0] if len(named) == 1 else ", ".join(named[:-1]) + " and " + named[-1] if named else ""


def phrases(cast: Cast) -> tuple[str, ...]:
    """The scene's words, the most important first."""
    return (subject_phrase(cast.subjects), scenery.PLACES[cast.place], cast.weather, cast.time)


def caption(cast: Cast, *, trigger: str = "") -> str:
    return ", ".join(phrase for phrase in (trigger, *phrases(cast)) if phrase)


def draw_cast(rng: random.Random) -> Cast:
    """Pick a scene: people in about half of them, every other subject equally often."""
    count = rng.choices((1, 2, 3), (5, 4, 2))[0]
    subjects: list[str] = []
    if rng.random() < 0.45:
        subjects.append(rng.choice(tuple(PEOPLE)))
    while len(subjects) < count:
        word = rng.choice(SUBJECTS)
        if word not in subjects and sum(w in ALOFT for w in (*subjects, word)) <= 1:
            subjects.append(word)
    rng.shuffle(subjects)
    subjects.sort(key=lambda word: word in ALOFT)
    weather = rng.choices(scenery.WEATHERS, (4, 2, 3, 2, 1))[0]
    time = rng.choices(scenery.TIMES, (2, 4, 2, 2))[0]
    return Cast(tuple(subjects), rng.choice(tuple(scenery.PLACES)), weather, time)


def _slots(widths: Sequence[int], rng: random.Random) -> list[int]:
    """Left edges on the grid, from left to right, without overlap and nearly evenly spread."""
    spare = (scenery.SIDE - sum(widths)) // CELL
    edges, x = [], 0
    cuts = sorted(rng.randrange(0, spare + 1) for _ in widths) if len(widths) == 1 else None
    for index, width in enumerate(widths):
        gap = cuts[0] if cuts else round(spare * (index + 1) / (len(widths) + 1)) - x // CELL
        if cuts is None:
            taken = sum(widths[:index]) // CELL
            gap = round(spare * (index + 1) / (len(widths) + 1)) + taken - x // CELL
        x += max(0, gap) * CELL
        edges.append(x)
        x += width
    if cuts:
        # A lone subject keeps to the middle half.
        edges[0] = min(max(edges[0], 2 * CELL), scenery.SIDE - widths[0] - 2 * CELL)
    return edges


def _rainbow() -> Image.Image:
    layer = Image.new("RGBA", (scenery.SIDE, scenery.SIDE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    for band, colour in enumerate(RAINBOW):
        inset = 12 + band * 8
        draw.arc((inset, inset + 4, 256 - inset, 260 - inset), 180, 360, fill=(*colour, 235), width=9)
    return layer


@dataclass(slots=True)
class Composer:
    """Draws casts. Sprites and backdrops are drawn once and kept: about 100 MB when every setting was used."""

    sprites: SpriteSet
    _backdrops: dict[tuple[str, str, str, int], Image.Image] = field(default_factory=dict)

    def _backdrop(self, cast: Cast, variant: int) -> Image.Image:
        key = (cast.place, cast.time, cast.weather, variant)
        if key not in self._backdrops:
            self._backdrops[key] = scenery.backdrop(cast.place, cast.time, cast.weather, variant)
        return self._backdrops[key].copy()

    def compose(self, cast: Cast, rng: random.Random) -> Scene:
        """Draw a cast; the same cast and generator state give the same picture."""
        picture = self._backdrop(cast, rng.randrange(BACKDROPS_A_SETTING))
        cover = Image.new("L", picture.size, 0)
        light = scenery.light_in(cast.place, cast.time)
        standing = [word for word in cast.subjects if word not in ALOFT]
        aloft = [word for word in cast.subjects if word in ALOFT]
        for word in aloft:
            layer, at = self._aloft(word, len(standing), rng)
            self._paste(picture, cover, layer, at, light if word not in ("moon", "rainbow") else (1, 1, 1))
        heights = [(PERSON_HEIGHTS if w in PEOPLE else THING_HEIGHTS)[len(standing)] for w in standing]
        sprites = [
            self.sprites.draw(word, height, rng.randrange(self.sprites.variants(word)))
            for word, height in zip(standing, heights, strict=True)
        ]
        widths = [-(-sprite.shape[1] // CELL) * CELL for sprite in sprites]
        base = scenery.SIDE - CELL * (1 if len(standing) > 1 else rng.choice((1, 2)))
        for sprite, x, width in zip(sprites, _slots(widths, rng), widths, strict=True):
            left = x + (width - sprite.shape[1]) // 2
            self._shadow(picture, left, base, sprite.shape[1])
            self._paste(picture, cover, Image.fromarray(sprite), (left, base - sprite.shape[0]), light)
        cells = np.asarray(cover, np.float32).reshape(CELL, CELL, CELL, CELL).mean(axis=(1, 3))
        return Scene(cast, np.asarray(picture), cells.astype(np.uint8))

    def _aloft(self, word: str, standing: int, rng: random.Random) -> tuple[Image.Image, tuple[int, int]]:
        if word == "rainbow":
            return _rainbow(), (0, 0)
        height = ALOFT_HEIGHTS[min(standing, 2)]
        sprite = Image.fromarray(self.sprites.draw(word, height))
        x = CELL * rng.randrange(1, (scenery.SIDE - height) // CELL)
        return sprite, (x, CELL * (3 if standing == 0 else 0))

    @staticmethod
    def _shadow(picture: Image.Image, left: int, base: int, width: int) -> None:
        layer = Image.new("L", picture.size, 0)
        ImageDraw.Draw(layer).ellipse((left + width * 0.1, base - 7, left + width * 0.9, base + 6), fill=70)
        picture.paste((30, 30, 40), mask=layer)

    @staticmethod
    def _paste(
        picture: Image.Image,
        cover: Image.Image,
        sprite: Image.Image,
        at: tuple[int, int],
        light: tuple[float, float, float],
    ) -> None:
        alpha = sprite.getchannel("A")
        # A third of the hour's light: a subject must stay readable at night.
        factor = np.asarray([0.67 + 0.33 * c for c in light], np.float32)
        lit = np.clip(np.asarray(sprite.convert("RGB"), np.float32) * factor, 0, 255).astype(np.uint8)
        picture.paste(Image.fromarray(lit), at, alpha)
        cover.paste(255, at, alpha)


def scenes(composer: Composer, seed: int) -> Iterator[Scene]:
    """Scenes without end; the same seed gives the same ones."""
    rng = random.Random(seed)
    while True:
        yield composer.compose(draw_cast(rng), rng)
