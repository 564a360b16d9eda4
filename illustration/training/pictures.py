"""What the autoencoder is fed: composed scenes with icons of every kind and size on top, many in a style.

Variety counts here, captions do not: whatever a vocabulary grows to, its shapes have been seen.
"""

import os
import random
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageEnhance

from illustration.training.casting import draw_cast
from illustration.training.composer import Composer
from illustration.training.filters import STYLES
from illustration.training.loop import TrainingError
from illustration.training.progress import Bar
from illustration.training.sprites import rasterise

SIDE = 256
WET = ("rainy", "snowy")
# How many pictures a cut costs at most.
KEPT_EVERY = 250


@dataclass(frozen=True, slots=True)
class Diet:
    """How many pictures and of what kind; shares from 0 to 1.

    styled: through a style's filter; wet: in rain or snow whatever the cast says; strangers: with icons of the
    whole set pasted at any size and place.
    """

    pictures: int = 9000
    styled: float = 0.5
    wet: float = 0.25
    strangers: float = 0.3
    seed: int = 1


def paste_strangers(pixels: NDArray[np.uint8], icons: Sequence[str], rng: random.Random) -> NDArray[np.uint8]:
    """One to four of the icons (SVG bodies) on a picture, from 20 to 200 pixels high, some mirrored or recoloured."""
    picture = Image.fromarray(pixels)
    for _ in range(rng.choice((1, 2, 2, 3, 4))):
        # Small ones are the hard ones, and come more often.
        height = round(20 * 10 ** rng.random())
        sprite = Image.fromarray(rasterise(rng.choice(icons), height))
        if rng.random() < 0.5:
            sprite = sprite.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        colours = sprite.convert("RGB")
        if rng.random() < 0.3:
            colours = Image.merge("RGB", rng.sample(colours.split(), 3))
        if rng.random() < 0.3:
            colours = ImageEnhance.Brightness(colours).enhance(rng.uniform(0.45, 1.1))
        at = (
            rng.randrange(-height // 3, SIDE - height // 2),
            rng.randrange(-height // 3, SIDE - height // 2),
        )
        picture.paste(colours, at, sprite.getchannel("A"))
    return np.asarray(picture)


def compose_picture(
    composer: Composer, icons: Sequence[str], diet: Diet, rng: random.Random
) -> NDArray[np.uint8]:
    """One picture, uint8 (256, 256, 3)."""
    cast = draw_cast(rng)
    if rng.random() < diet.wet:
        cast = replace(cast, weather=rng.choice(WET))
    pixels = composer.compose(cast, rng).pixels
    if icons and rng.random() < diet.strangers:
        pixels = paste_strangers(pixels, icons, rng)
    return rng.choice(tuple(STYLES.values()))(pixels, rng) if rng.random() < diet.styled else pixels


def kept_pictures(
    path: Path,
    count: int,
    picture_at: Callable[[int], NDArray[np.uint8]],
    name: str,
    say: Callable[[str], None] = print,
) -> NDArray[np.uint8]:
    """Pictures (count, 256, 256, 3) made once, each from its number alone, and read from `path` after that.

    A run that was cut off goes on where it stopped. name: of the progress bar. Raises TrainingError where the disk
    has no room for all of them.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half, marker = path.with_suffix(".writing.npy"), path.with_suffix(".count")
        begun = int(marker.read_text()) if marker.exists() and half.exists() else 0
        found = np.lib.format.open_memmap(half, "r+") if begun else _with_room(half, count)
        with closing(Bar(name, begun / count, say)) as bar:
            for index in range(begun, count):
                found[index] = picture_at(index)
                bar.count(index + 1, count)
                if (index + 1) % KEPT_EVERY == 0:
                    found.flush()
                    half_marker = marker.with_suffix(".count-writing")
                    half_marker.write_text(str(index + 1))
                    half_marker.replace(marker)
        found.flush()
        half.rename(path)
        marker.unlink(missing_ok=True)
    return np.load(path, mmap_mode="r")


def _with_room(path: Path, count: int) -> NDArray[np.uint8]:
    """A new file that has the disk's room for all pictures: finding none later would end the process without a word."""
    try:
        found = np.lib.format.open_memmap(path, "w+", np.uint8, (count, SIDE, SIDE, 3))
        with path.open("r+b") as file:
            os.posix_fallocate(file.fileno(), 0, found.nbytes)
    except OSError as error:
        path.unlink(missing_ok=True)
        wanted = f"{count * SIDE * SIDE * 3 / 1e9:.1f} GB"
        raise TrainingError(
            f"{path.parent} has no room for {wanted} of pictures: {error.strerror}"
        ) from error
    return found


def pictures_on_disk(composer: Composer, diet: Diet, work: Path) -> NDArray[np.uint8]:
    """The autoencoder's training pictures (pictures, 256, 256, 3), kept in the work folder."""
    icons = [composer.sprites.icons[name] for name in sorted(composer.sprites.icons)]

    def picture_at(index: int) -> NDArray[np.uint8]:
        # A generator a picture: where a run was cut changes nothing.
        return compose_picture(composer, icons, diet, random.Random(f"{diet.seed}/{index}"))

    path = work / f"pictures-{diet.pictures}-{diet.seed}.npy"
    return kept_pictures(path, diet.pictures, picture_at, "compose")
