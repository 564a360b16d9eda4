"""Pictures of casts: a backdrop and the members on it, large and on a grid; no models here.

Subjects stand on a 16-pixel grid in a few sizes, so that a small latent (one cell per 16 pixels) sees each of
them in few guises and a small network can learn them.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from illustration.training import scenery
from illustration.training.casting import ALOFT
from illustration.training.sprites import Guise, Pixels, SpriteSet
from illustration.training.vocabulary import PEOPLE, STATURES, Cast, Member

CELL = 16
EDGE = 6

# Heights by stature and by the number of bodies side by side.
HEIGHTS = {
    "person": {1: 176, 2: 144, 3: 120},
    "large": {1: 160, 2: 120, 3: 84},
    "medium": {1: 136, 2: 112, 3: 80},
    "small": {1: 120, 2: 104, 3: 76},
    "aloft": {0: 136, 1: 96, 2: 80, 3: 72},
}
SHORTER = {"girl": 0.88, "boy": 0.88, "baby": 0.74}
WIDER = 1.35
BEHIND, BEFORE = 184, 112
BRIGHT = frozenset({"moon", "rainbow", "star", "firework", "lightning", "candle", "lantern", "campfire"})


@dataclass(frozen=True, slots=True)
class Scene:
    """A composed picture: RGB uint8 (256, 256, 3) and the share of each 16-pixel cell a subject covers."""

    cast: Cast
    pixels: NDArray[np.uint8]
    cover: NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class _Body:
    """A sprite to be put side by side with the others; `close` means right next to the one before it."""

    word: str
    sprite: Pixels
    close: bool = False


def _slots(bodies: Sequence[_Body], rng: random.Random) -> list[int]:
    """Left edges of bodies, evenly spread and on the grid, from left to right; a lone one keeps near the middle."""
    widths = [body.sprite.shape[1] for body in bodies]
    spare = scenery.SIDE - sum(widths)
    if len(bodies) == 1:
        middle = spare // 2
        reach = min(3 * CELL, max(0, middle - EDGE)) // CELL
        return [middle + CELL * rng.randint(-reach, reach)]
    gaps = len(bodies) + 1 - sum(body.close for body in bodies)
    edges, x = [], 0.0
    for body, width in zip(bodies, widths, strict=True):
        x += 0 if body.close else max(0.0, spare / gaps)
        edges.append(min(round(x), scenery.SIDE - width))
        x += width
    return edges


def _share(member: Member) -> float:
    """How much width a body takes beside others: somebody who does or holds something needs more for the same face."""
    return WIDER if member.subject in PEOPLE and (member.action or member.relation == "holding") else 1.0


@dataclass(slots=True)
class Composer:
    """Draws casts. Sprites and backdrops are kept once drawn."""

    sprites: SpriteSet

    def compose(self, cast: Cast, rng: random.Random) -> Scene:
        """Draw a cast; the same cast and generator state give the same picture."""
        variant = rng.randrange(scenery.VARIANTS)
        picture = scenery.backdrop(cast.place, cast.time, cast.weather, cast.season, variant)
        cover = Image.new("L", picture.size, 0)
        light = scenery.light_in(cast.place, cast.time)
        standing = [member for member in cast.members if member.subject not in ALOFT]
        count = sum(member.bodies for member in standing)
        for member in cast.members:
            if member.subject in ALOFT:
                for sprite, at in self._aloft(member, count, rng):
                    _paste(picture, cover, sprite, at, (1, 1, 1) if member.subject in BRIGHT else light)
        base = scenery.SIDE - EDGE - (CELL * rng.randrange(2) if count == 1 else 0)
        # Under something in the air a lone subject is as small as two are, so that neither hides the other.
        crowd = max(count, 2) if len(standing) < len(cast.members) else count
        room = (scenery.SIDE - 2 * EDGE) / max(
            1.0, sum(_share(member) * member.bodies for member in standing)
        )
        bodies = [
            body
            for member in standing
            for body in self._bodies(
                member, crowd, round(room * _share(member)), rng, picture, cover, base, light
            )
        ]
        for body, x in zip(bodies, _slots(bodies, rng) if bodies else (), strict=True):
            _stand(picture, cover, body.sprite, x, base, (1, 1, 1) if body.word in BRIGHT else light)
        cells = np.asarray(cover, np.float32).reshape(CELL, CELL, CELL, CELL).mean(axis=(1, 3))
        return Scene(cast, np.asarray(picture), cells.astype(np.uint8))

    def _bodies(
        self,
        member: Member,
        crowd: int,
        widest: int,
        rng: random.Random,
        picture: Image.Image,
        cover: Image.Image,
        base: int,
        light: tuple[float, float, float],
    ) -> list[_Body]:
        """Sprites of one member; what it stands in front of is pasted at once."""
        if member.relation == "in front of":
            behind = self.sprites.draw(self._guise(member.other, rng), BEHIND, 208)
            x = (scenery.SIDE - behind.shape[1]) // 2
            _stand(picture, cover, behind, x, base - 26, light)
            size = BEFORE if member.subject not in PEOPLE else 136
            return [_Body(member.subject, self.sprites.draw(self._guise(member.subject, rng), size, 128))]
        if member.relation == "beside":
            pair = (member.subject, member.other)
            return [
                self._single(self._guise(word, rng), crowd, widest, close=word == member.other)
                for word in pair
            ]
        guise = self._guise(member.subject, rng, member.action, member.other)
        if member.count == 1:
            return [self._single(guise, crowd, widest)]
        return [self._single(self._guise(member.subject, rng), crowd, widest) for _ in range(member.count)]

    def _guise(self, word: str, rng: random.Random, action: str = "", held: str = "") -> Guise:
        return Guise(word, self.sprites.any_look(word, rng), action, held)

    def _single(self, guise: Guise, crowd: int, widest: int, *, close: bool = False) -> _Body:
        kind = "person" if guise.word in PEOPLE else STATURES.get(guise.word, "medium")
        height = HEIGHTS["medium" if kind == "aloft" else kind][min(crowd, 3)]
        if kind == "person":
            height = round(height * SHORTER.get(guise.word, 1.0))
        _, box = self.sprites.body(guise)
        if kind == "person":
            # Boxes of other poses are higher or lower than a standing figure's 48 units.
            height = round(height * box[1] / 48)
        return _Body(guise.word, self.sprites.draw(guise, min(height, 232), widest), close)

    def _aloft(
        self, member: Member, standing: int, rng: random.Random
    ) -> list[tuple[Pixels, tuple[int, int]]]:
        height = HEIGHTS["aloft"][min(standing, 3)]
        if member.subject == "rainbow":
            # Always the same arch from side to side, its upper half empty.
            sprite = self.sprites.draw(Guise("rainbow"), 264)
            return [(sprite, ((scenery.SIDE - sprite.shape[1]) // 2, -80))]
        sprite = self.sprites.draw(Guise(member.subject), height)
        reach = (scenery.SIDE - sprite.shape[1]) // CELL
        # Above one that stands in the middle there is room at the sides.
        x = CELL * (rng.choice((0, 1, reach - 1, reach)) if standing == 1 else rng.randrange(0, reach + 1))
        return [(sprite, (x, CELL * (3 if standing == 0 else 0) + 4))]


def _stand(
    picture: Image.Image,
    cover: Image.Image,
    sprite: Pixels,
    left: int,
    base: int,
    light: tuple[float, float, float],
) -> None:
    """Paste a sprite with its feet on `base` and a shadow under them."""
    width = sprite.shape[1]
    shadow = Image.new("L", picture.size, 0)
    ImageDraw.Draw(shadow).ellipse((left + width * 0.1, base - 7, left + width * 0.9, base + 5), fill=70)
    picture.paste((30, 30, 40), mask=shadow)
    _paste(picture, cover, sprite, (left, base - sprite.shape[0]), light)


def _paste(
    picture: Image.Image,
    cover: Image.Image,
    sprite: Pixels,
    at: tuple[int, int],
    light: tuple[float, float, float],
) -> None:
    # A quarter of the hour's light: a subject must stay readable at night.
    factor = np.asarray([0.75 + 0.25 * part for part in light], np.float32)
    lit = np.clip(sprite[..., :3] * factor, 0, 255).astype(np.uint8)
    alpha = Image.fromarray(np.ascontiguousarray(sprite[..., 3]))
    picture.paste(Image.fromarray(lit), at, alpha)
    cover.paste(255, at, alpha)
