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
Colour = tuple[int, int, int]

PAPER: Mapping[str, Colour] = {
    "crayon": (252, 247, 232),
    "watercolour": (255, 254, 250),
    "storybook": (250, 236, 208),
}
# Different sheets of paper. Few, and one stroke for all: what is free to vary everywhere is learned as its average.
SHEETS = 2
# What the darkest and the lightest pixels count when a block chooses its colour: eyes, rain and snow are small.
DARK_COUNTS, LIGHT_COUNTS = 1.7, 1.5
# Few enough to read as a palette; from dark to light within a hue, so that a shape keeps its shading.
PIXEL_PALETTE: tuple[Colour, ...] = (
    (26, 24, 46), (54, 44, 76), (92, 84, 116), (146, 146, 168), (204, 208, 216), (255, 253, 244),
    (112, 40, 56), (222, 54, 66), (250, 126, 108), (255, 176, 190), (232, 92, 150), (126, 66, 150),
    (92, 52, 42), (160, 92, 54), (222, 152, 92), (255, 210, 168), (250, 130, 40), (255, 206, 64),
    (24, 78, 72), (44, 134, 74), (124, 200, 72), (200, 230, 130),
    (34, 50, 110), (36, 98, 190), (60, 164, 240), (148, 220, 250),
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
def _strokes(angle: int, apart: float) -> Floats:
    """Wax strokes along an angle in degrees, `apart` pixels from one to the next: 0 (bare paper) to 1 (full wax)."""
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    turn = np.deg2rad(angle)
    across = x * np.sin(turn) - y * np.cos(turn) + 3.0 * _noise(angle, 64) + 1.2 * _noise(angle + 1, 16)
    wave = np.sin(across * (2 * np.pi / apart)) + 0.35 * _noise(angle + 2, 8)
    return np.clip(0.78 + 0.42 * wave, 0, 1).astype(np.float32)


@cache
def _grain(seed: int) -> Floats:
    """The tooth of the paper: rough at two and five pixels, mean 0, deviation about 1."""
    return (0.75 * _noise(seed, 2) + 0.65 * _noise(seed + 1, 5)).astype(np.float32)


@cache
def _edge_distance(rounded: int) -> Floats:
    """Pixels to the nearest side of the sheet, corners rounded with the given radius."""
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    dx, dy = np.minimum(x, SIDE - 1 - x), np.minimum(y, SIDE - 1 - y)
    corner = rounded - np.hypot(np.maximum(rounded - dx, 0), np.maximum(rounded - dy, 0))
    return np.where((dx < rounded) & (dy < rounded), corner, np.minimum(dx, dy)).astype(np.float32)


@cache
def _warped(seed: int, cell: int, reach: float) -> NDArray[np.intp]:
    """Where each pixel is fetched from, as flat indices, when noise pushes pixels about by `reach`."""
    y, x = np.mgrid[0:SIDE, 0:SIDE]
    sx = np.clip(np.rint(x + reach * _noise(seed, cell)), 0, SIDE - 1).astype(np.intp)
    sy = np.clip(np.rint(y + reach * _noise(seed + 7, cell)), 0, SIDE - 1).astype(np.intp)
    return sy * SIDE + sx


def _displace(pixels: Pixels, seed: int, cell: int, reach: float) -> Pixels:
    return pixels.reshape(-1, 3)[_warped(seed, cell, reach)]


def _blur(pixels: Pixels, radius: float) -> Pixels:
    return np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(radius)))


def _planes(pixels: Pixels | Image.Image) -> Floats:
    """Colours as float32 (3, height, width), 0 to 255: arithmetic runs three times faster on planes."""
    return np.ascontiguousarray(np.asarray(pixels).transpose(2, 0, 1), np.float32)


def _wide_blur(pixels: Pixels, radius: float) -> Floats:
    """`_blur` for radii of four pixels and more, at a quarter of the size, as planes."""
    small = Image.fromarray(pixels).reduce(4).filter(ImageFilter.GaussianBlur(radius / 4))
    return _planes(small.resize((SIDE, SIDE), Image.Resampling.BILINEAR))


def _tint(red: float, green: float, blue: float) -> Floats:
    return np.asarray((red, green, blue), np.float32)[:, None, None]


def _shapes(pixels: Pixels) -> Image.Image:
    """The large shapes alone at half size: no rain, no eyes, whose outlines would be blots."""
    return Image.fromarray(pixels).reduce(2).filter(ImageFilter.MedianFilter(5))


def _outline(shapes: Image.Image, threshold: float, wide: bool, soft: float) -> Floats:
    """Where the shapes' colours change, 0 to 1 (256, 256): a line about three pixels wide, or five."""
    values = _planes(shapes)
    change = np.zeros(values.shape, np.float32)
    change[:, :, 1:] = np.abs(values[:, :, 1:] - values[:, :, :-1])
    change[:, 1:] = np.maximum(change[:, 1:], np.abs(values[:, 1:] - values[:, :-1]))
    change = change.max(axis=0)
    line = Image.fromarray(np.clip((change - threshold) * 9, 0, 255).astype(np.uint8))
    if wide:
        line = line.filter(ImageFilter.MaxFilter(3))
    line = line.resize((SIDE, SIDE), Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(soft))
    return np.asarray(line, np.float32) / 255


def _saturate(picture: Floats, factor: float) -> Floats:
    grey = picture.mean(axis=0)
    return grey + (picture - grey) * np.float32(factor)


def _blend(over: Floats | Colour, under: Floats | Colour, share: Floats) -> Floats:
    above = _tint(*over) if isinstance(over, tuple) else over
    below = _tint(*under) if isinstance(under, tuple) else under
    return below + (above - below) * share


def _finish(picture: Floats) -> Pixels:
    return np.ascontiguousarray(np.clip(picture, 0, 255).astype(np.uint8).transpose(1, 2, 0))


def crayon(pixels: Pixels, rng: random.Random) -> Pixels:
    """Waxy strokes that turn with the colour, paper between them, bold wobbly outlines, a ragged margin."""
    seed = rng.randrange(SHEETS)
    drawn = _displace(pixels, seed, 16, 1.7)
    line = _outline(_shapes(drawn), 22, False, 0.7)
    colour = _planes(drawn)
    soft = _wide_blur(drawn, 6)
    # Neighbours in the palette get strokes of different slants, as a hand turns the sheet for every shape.
    warm = soft[0] > soft[2] + 12
    green = soft[1] > np.maximum(soft[0], soft[2]) + 4
    wax = np.where(green, _strokes(112, 13.0), np.where(warm, _strokes(52, 13.0), _strokes(8, 13.0)))
    wax = np.clip(wax * 0.86 + 0.1 - 0.07 * _grain(seed), 0, 1)
    bright = _saturate(colour, 1.45) * 0.86 + 34
    picture = _blend(bright, PAPER["crayon"], wax)
    deep = _saturate(soft, 1.9) * 0.4
    picture = _blend(deep, picture, np.clip(line * (1.15 - 0.16 * _grain(seed + 3)), 0, 0.92))
    inside = np.clip((_edge_distance(1) - 11 - 3 * _noise(seed + 2, 8).clip(-2.5, 2.5)) / 2.0, 0, 1)
    paper = _tint(*PAPER["crayon"]) + 2.2 * _grain(seed)
    return _finish(_blend(picture, paper, inside))


def watercolour(pixels: Pixels, rng: random.Random) -> Pixels:
    """Clear washes, darker where they dry at their edges, white gaps between them, white paper all round."""
    seed = rng.randrange(SHEETS)
    drawn = _displace(pixels, seed + 20, 32, 2.2)
    shapes = _shapes(drawn)
    gap = _outline(shapes, 18, False, 0.8)
    pool = _outline(shapes, 18, True, 2.6)
    dry = np.clip(0.68 + 0.3 * _noise(seed + 23, 48), 0.3, 1)
    wash = _blend(_planes(drawn), _wide_blur(drawn, 4.5), dry)
    flow = 0.74 + 0.13 * _noise(seed + 21, 40) + 0.05 * _noise(seed + 24, 12) + 0.035 * _grain(seed + 25)
    density = (255 - _saturate(wash, 1.4)) * (flow + 0.3 * np.clip(pool - 0.25, 0, 1))
    picture = 255 - density
    picture = _blend(PAPER["watercolour"], picture, gap * 0.8)
    rim = _edge_distance(60) - 10 - 3.6 * _noise(seed + 22, 28)
    dried = np.clip(1 - np.abs(rim - 3.5) / 3.5, 0, 1)
    picture = picture - (255 - picture) * (0.35 * dried)
    return _finish(_blend(picture, PAPER["watercolour"], np.clip(rim / 3, 0, 1).astype(np.float32)))


@cache
def _lamp() -> Floats:
    """Warm light from the upper left, 1 there and falling towards the lower right, (256, 256)."""
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.float32)
    away = np.hypot(x - 70, y - 60) / 270
    return (np.clip(1 - away, 0, 1) ** 1.2).astype(np.float32)


def storybook(pixels: Pixels, rng: random.Random) -> Pixels:
    """Soft round shapes in warm lamplight, plum shadows, a gentle brown outline, a cream frame with a rule."""
    seed = rng.randrange(SHEETS)
    shapes = _shapes(pixels)
    line = _outline(shapes, 14, False, 1.1)
    rounded = _planes(shapes.resize((SIDE, SIDE), Image.Resampling.BICUBIC))
    # Shapes lose their corners, faces keep a part of their lines.
    colour = 0.5 * rounded + 0.5 * _planes(pixels)
    glow = _wide_blur(pixels, 9)
    colour = 0.8 * colour + 0.2 * np.maximum(colour, glow)
    toned = _blend((255, 232, 176), (74, 40, 84), colour.mean(axis=0) / 255)
    colour = 0.68 * _saturate(colour, 1.12) * _tint(1.06, 0.97, 0.84) + 0.34 * toned + 8
    colour = colour * (0.86 + 0.26 * _lamp()) + _tint(34, 20, 0) * _lamp()
    colour = colour + (3.5 * _noise(seed + 41, 20) + 2.0 * _grain(seed + 42))
    colour = _blend((92, 52, 44), colour, np.clip(line * 0.95, 0, 0.72))
    distance = _edge_distance(48)
    framed = _blend(colour, PAPER["storybook"], np.clip((distance - 15) / 1.5, 0, 1))
    rule = np.clip(2.4 - np.abs(distance - 14.5), 0, 1) + 0.8 * np.clip(1.3 - np.abs(distance - 8.5), 0, 1)
    return _finish(_blend((168, 96, 62), framed, rule.astype(np.float32)))


@cache
def _palette_table() -> NDArray[np.uint8]:
    """Number of the nearest palette entry for colours cut to 5 bits a channel, uint8 (32, 32, 32)."""
    axis = np.arange(32, dtype=np.float32) * 8 + 4
    grid = np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1)[..., None, :]
    palette = np.asarray(PIXEL_PALETTE, np.float32)
    # Eyes weigh green most; without weights greys turn purple.
    far = ((grid - palette) * np.asarray((0.9, 1.2, 0.75), np.float32)) ** 2
    return far.sum(axis=-1).argmin(axis=-1).astype(np.uint8)


@cache
def _block_edges() -> NDArray[np.intp]:
    """Which block each pixel of a row lies in: three blocks of 5, 6 and 5 pixels in every 16."""
    cell = np.repeat(np.arange(3), (5, 6, 5))
    return (np.arange(SIDE // 16)[:, None] * 3 + cell).reshape(-1)


def _recolour(picture: Floats) -> NDArray[np.uint8]:
    """Numbers of the palette entries nearest to each colour, uint8 (height, width)."""
    red, green, blue = np.clip(picture, 0, 255).astype(np.uint8) >> 3
    return _palette_table()[red, green, blue]


@cache
def _loudness() -> Floats:
    """What a pixel of each palette entry counts when a block chooses its colour."""
    sums = np.asarray(PIXEL_PALETTE).sum(axis=1)
    return np.where(sums < 260, DARK_COUNTS, np.where(sums > 610, LIGHT_COUNTS, 1.0)).astype(np.float32)


def pixel(pixels: Pixels, rng: random.Random) -> Pixels:
    """48 x 48 hard square blocks in twenty-six flat colours, dark outlines one block wide around large shapes."""
    where = _block_edges()
    blocks = where[-1] + 1
    named = _recolour(_saturate(_planes(pixels), 1.2))
    cells = (where[:, None] * blocks + where).reshape(-1)
    # A block takes the colour it holds most of: an average would be a colour that nothing in the picture has.
    votes = np.bincount(
        cells * len(PIXEL_PALETTE) + named.reshape(-1), minlength=blocks * blocks * len(PIXEL_PALETTE)
    ).reshape(blocks, blocks, -1)
    votes = votes * _loudness()
    flat = np.asarray(PIXEL_PALETTE, np.uint8)[votes.argmax(axis=2)]
    line = Image.fromarray((_outline(_shapes(pixels), 24, False, 0.5) * 255).astype(np.uint8))
    share = np.asarray(line.resize((blocks, blocks), Image.Resampling.BOX), np.float32)
    dark = _recolour(_saturate(_planes(flat), 1.3) * 0.42)
    flat = np.where((share > 96)[..., None], np.asarray(PIXEL_PALETTE, np.uint8)[dark], flat)
    return flat[where][:, where]


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
