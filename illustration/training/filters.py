"""The four drawing styles as image filters over composed scenes; no text, no models.

Each style has large signs (palette, outline, paper margin, block size) beside its texture, because a 16x smaller
latent keeps the large signs and smooths the rest. All take and give RGB uint8 (256, 256, 3).
"""

import random
from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageFilter

SIDE = 256
Pixels = NDArray[np.uint8]
Floats = NDArray[np.float32]
Filter = Callable[[Pixels, random.Random], Pixels]

PAPER: Mapping[str, tuple[int, int, int]] = {
    "crayon": (253, 250, 240),
    "watercolour": (255, 253, 248),
    "storybook": (247, 230, 196),
}
# Different sheets of paper. Few, and one stroke for all: what is free to vary everywhere is learned as its average.
SHEETS = 2
# Few enough to read as a palette.
PIXEL_PALETTE = (
    (18, 20, 40), (66, 40, 62), (126, 46, 62), (228, 59, 68), (247, 118, 34), (254, 196, 66),
    (62, 137, 72), (122, 204, 72), (38, 92, 66), (34, 78, 148), (0, 149, 233), (130, 214, 246),
    (255, 255, 255), (176, 188, 204), (96, 106, 132), (240, 190, 150), (184, 111, 80), (118, 66, 138),
    (246, 117, 158), (120, 76, 48), (36, 44, 92), (72, 82, 138),
)  # fmt: skip


@cache
def _noise(seed: int, cell: int) -> Floats:
    """Smooth noise, mean 0, deviation 1, features about `cell` pixels across."""
    coarse = (
        np.random.default_rng(seed).standard_normal((SIDE // cell + 3, SIDE // cell + 3)).astype(np.float32)
    )
    low, high = coarse.min(), coarse.max()
    image = Image.fromarray(((coarse - low) / (high - low) * 255).astype(np.uint8))
    smooth = np.asarray(
        image.resize((SIDE + 2 * cell, SIDE + 2 * cell), Image.Resampling.BICUBIC), np.float32
    )
    part = smooth[cell : cell + SIDE, cell : cell + SIDE]
    return (part - part.mean()) / (part.std() + 1e-6)


@cache
def _strokes(seed: int, tilt: int) -> Floats:
    """Slanted wax strokes, 0 (bare paper) to 1 (full wax), about ten pixels wide."""
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    across = x + tilt * y + 4.0 * _noise(seed, 64)
    wave = np.sin(across * (2 * np.pi / 16.0)) + 0.35 * _noise(seed + 1, 8)
    return np.clip(0.76 + 0.4 * wave, 0, 1)


@cache
def _edge_distance(rounded: int) -> Floats:
    """Pixels to the nearest side of the sheet, corners rounded with the given radius."""
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    dx, dy = np.minimum(x, SIDE - 1 - x), np.minimum(y, SIDE - 1 - y)
    corner = rounded - np.hypot(np.maximum(rounded - dx, 0), np.maximum(rounded - dy, 0))
    return np.where((dx < rounded) & (dy < rounded), corner, np.minimum(dx, dy)).astype(np.float32)


def _blur(pixels: Pixels, radius: float) -> Pixels:
    return np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(radius)))


def _displace(pixels: Pixels, seed: int, cell: int, reach: float) -> Pixels:
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    sx = np.clip(x + reach * _noise(seed, cell), 0, SIDE - 1).astype(np.intp)
    sy = np.clip(y + reach * _noise(seed + 7, cell), 0, SIDE - 1).astype(np.intp)
    return pixels[sy, sx]


def _outline(pixels: Pixels, width: int, threshold: float) -> Floats:
    """Where colours change, 0 to 1, as a line about `width` pixels wide."""
    smooth = _blur(pixels, 0.8).astype(np.float32)
    change = np.zeros((SIDE, SIDE), np.float32)
    change[:, 1:] = np.abs(smooth[:, 1:] - smooth[:, :-1]).max(axis=2)
    change[1:] = np.maximum(change[1:], np.abs(smooth[1:] - smooth[:-1]).max(axis=2))
    line = Image.fromarray(np.clip((change - threshold) * 9, 0, 255).astype(np.uint8))
    return (
        np.asarray(
            line.filter(ImageFilter.MaxFilter(width)).filter(ImageFilter.GaussianBlur(0.7)), np.float32
        )
        / 255
    )


def _saturate(picture: Floats, factor: float) -> Floats:
    grey = picture.mean(axis=2, keepdims=True)
    return grey + (picture - grey) * factor


def _blend(over: Floats, under: Floats | tuple[int, int, int], share: Floats) -> Floats:
    return over * share[..., None] + np.asarray(under, np.float32) * (1 - share[..., None])


def _finish(picture: Floats) -> Pixels:
    return np.clip(picture, 0, 255).astype(np.uint8)


def crayon(pixels: Pixels, rng: random.Random) -> Pixels:
    """Waxy slanted strokes with paper between them, bold coloured outlines, a ragged white margin."""
    seed = rng.randrange(SHEETS)
    drawn = _displace(pixels, seed, 16, 1.6)
    # Rain and snow keep no outline: on dark skies nothing else would be left.
    line = _outline(np.asarray(Image.fromarray(drawn).filter(ImageFilter.MedianFilter(5))), 5, 16)
    wax = _saturate(_blur(drawn, 1.2).astype(np.float32), 1.35) * 0.86 + 36
    wax = _blend(wax, PAPER["crayon"], _strokes(0, 1) * 0.8 + 0.12)
    deep = _saturate(drawn.astype(np.float32), 1.5) * 0.42
    wax = _blend(deep, wax, line * 0.9)
    inside = np.clip((_edge_distance(1) - 15 - 3.5 * _noise(seed + 2, 8)) / 2.5, 0, 1)
    return _finish(_blend(wax, PAPER["crayon"], inside))


def watercolour(pixels: Pixels, rng: random.Random) -> Pixels:
    """Pale soft washes that pool at their edges and fade into white paper all round."""
    seed = rng.randrange(SHEETS)
    drawn = _displace(
        np.asarray(Image.fromarray(pixels).filter(ImageFilter.MedianFilter(5))), seed + 20, 32, 1.8
    )
    wash = _blur(drawn, 2.2).astype(np.float32)
    edge = _outline(drawn, 3, 14)
    pale = 255 - (255 - _saturate(wash, 1.25)) * (0.66 + 0.07 * _noise(seed + 21, 32))[..., None]
    pale = pale * (1 - 0.22 * _blur((edge * 255).astype(np.uint8), 1.5)[..., None] / 255)
    inside = np.clip((_edge_distance(72) - 9 - 7 * _noise(seed + 22, 32)) / 22, 0, 1)
    return _finish(_blend(pale, PAPER["watercolour"], inside.astype(np.float32)))


def storybook(pixels: Pixels, rng: random.Random) -> Pixels:
    """Warm old-print colours, a soft dark brown outline, a cream frame with round corners."""
    seed = rng.randrange(SHEETS)
    rounded = np.asarray(Image.fromarray(pixels).filter(ImageFilter.MedianFilter(5)))
    line = _outline(rounded, 3, 12)
    warm = _saturate(rounded.astype(np.float32), 0.9)
    level = warm.mean(axis=2, keepdims=True) / 255
    print_tone = (
        np.asarray((62, 34, 40), np.float32) * (1 - level) + np.asarray((255, 226, 166), np.float32) * level
    )
    warm = 10 + 0.76 * warm * np.asarray((1.08, 0.96, 0.76), np.float32) + 0.28 * print_tone
    warm = warm + 5 * _noise(seed + 41, 16)[..., None]
    warm = _blend(np.full_like(warm, (58, 34, 30)), warm, line * 0.85)
    distance = _edge_distance(44)
    framed = _blend(warm, PAPER["storybook"], np.clip((distance - 14) / 1.5, 0, 1))
    rule = np.clip(2.2 - np.abs(distance - 13.5), 0, 1).astype(np.float32)
    return _finish(_blend(np.full_like(framed, (122, 74, 50)), framed, rule))


@cache
def _palette_table() -> NDArray[np.uint8]:
    """Nearest palette entry for colours cut to 5 bits a channel, uint8 (32, 32, 32, 3)."""
    axis = np.arange(32, dtype=np.float32) * 8 + 4
    grid = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1)[..., None, :]
    palette = np.asarray(PIXEL_PALETTE, np.float32)
    # Eyes weigh green most; without weights greys turn purple.
    nearest = (
        (((grid - palette) * np.asarray((0.9, 1.2, 0.75), np.float32)) ** 2).sum(axis=-1).argmin(axis=-1)
    )
    return palette[nearest].astype(np.uint8)


def pixel(pixels: Pixels, rng: random.Random) -> Pixels:
    """64 x 64 square blocks in twenty-two flat colours, dark outlines one block wide."""
    line = Image.fromarray((_outline(pixels, 3, 22) * 255).astype(np.uint8)).resize(
        (64, 64), Image.Resampling.BOX
    )
    small = np.asarray(Image.fromarray(pixels).resize((64, 64), Image.Resampling.BOX)).astype(np.float32)
    strong = _saturate(small, 1.2)
    strong = np.where((np.asarray(line) > 120)[..., None], strong * 0.45, strong)
    cut = np.clip(strong, 0, 255).astype(np.uint8) >> 3
    flat = _palette_table()[cut[..., 0], cut[..., 1], cut[..., 2]]
    return flat.repeat(4, axis=0).repeat(4, axis=1)


STYLES: Mapping[str, Filter] = {
    "crayon": crayon,
    "watercolour": watercolour,
    "storybook": storybook,
    "pixel": pixel,
}
TRIGGERS: Mapping[str, str] = {
    "crayon": "crayon drawing",
    "watercolour": "watercolour painting",
    "storybook": "storybook illustration",
    "pixel": "pixel art",
}
