"""The sky by time and weather, the light it gives, and what falls from it; no ground and no places here."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

SIDE = 256
Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]

# Top and bottom of the sky.
SKIES: Mapping[str, tuple[Colour, Colour]] = {
    "dawn": ((112, 96, 176), (255, 176, 190)),
    "morning": ((150, 214, 246), (255, 244, 190)),
    "day": ((64, 152, 236), (170, 220, 252)),
    "evening": ((222, 78, 74), (255, 178, 84)),
    "night": ((14, 20, 62), (44, 56, 118)),
}
# What the light of the hour does to everything under the sky.
LIGHT: Mapping[str, tuple[float, float, float]] = {
    "dawn": (0.80, 0.72, 0.90),
    "morning": (1.03, 1.0, 0.90),
    "day": (1.0, 1.0, 1.0),
    "evening": (1.0, 0.76, 0.62),
    "night": (0.40, 0.44, 0.66),
}
LAMPLIGHT = (0.86, 0.74, 0.56)
GREYS: Mapping[str, tuple[Colour, float]] = {
    "cloudy": ((166, 174, 188), 0.62),
    "rainy": ((96, 106, 128), 0.80),
    "snowy": ((196, 202, 214), 0.60),
    "foggy": ((208, 212, 214), 0.80),
}
# Where sun or moon stand, how large and in which colour.
LAMPS: Mapping[str, tuple[int, int, int, Colour]] = {
    "dawn": (60, 128, 26, (255, 150, 140)),
    "morning": (48, 76, 24, (255, 228, 110)),
    "day": (208, 40, 28, (255, 210, 50)),
    "evening": (196, 118, 36, (255, 104, 48)),
    "night": (208, 44, 22, (252, 246, 214)),
}
VARIANTS = 2


@dataclass(frozen=True, slots=True)
class Look:
    """What a place must know to be drawn: whether snow lies, and the season's colours of ground and leaves."""

    season: str
    snow: bool
    grass: Colour
    leaves: Colour | None
    dots: tuple[Colour, ...]


LOOKS: Mapping[str, Look] = {
    "spring": Look("spring", False, (160, 212, 108), (255, 170, 204), ((255, 170, 204), (255, 236, 120))),
    "summer": Look("summer", False, (92, 178, 72), (38, 128, 62), ()),
    "autumn": Look("autumn", False, (212, 176, 88), (234, 110, 34), ((222, 60, 40), (246, 160, 40))),
    "winter": Look("winter", False, (196, 188, 166), None, ((250, 252, 255),)),
}


def look_of(season: str, weather: str) -> Look:
    """The season's look; where none is told, summer, and winter under snow."""
    look = LOOKS[season or ("winter" if weather == "snowy" else "summer")]
    if weather != "snowy":
        return look
    return Look(look.season, True, (238, 244, 251), look.leaves, look.dots)


def mix(a: Colour, b: Colour, t: float) -> Colour:
    return (round(a[0] + (b[0] - a[0]) * t), round(a[1] + (b[1] - a[1]) * t), round(a[2] + (b[2] - a[2]) * t))


def cloud(draw: ImageDraw.ImageDraw, x: int, y: int, size: int, colour: Colour) -> None:
    for dx, dy, r in ((-0.9, 0.25, 0.45), (-0.3, 0.0, 0.62), (0.4, 0.05, 0.52), (0.95, 0.28, 0.4)):
        cx, cy, radius = x + dx * size, y + dy * size, r * size
        draw.ellipse((cx - radius, cy - radius * 0.8, cx + radius, cy + radius * 0.8), fill=colour)


@cache
def sky(time: str, weather: str, variant: int) -> Image.Image:
    """The sky alone, RGB 256 x 256; clouds and stars depend on weather and variant alone."""
    rng = random.Random(f"{weather}/{variant}")
    top, bottom = SKIES[time]
    if weather in GREYS:
        grey, amount = GREYS[weather]
        dim = {"night": 0.36, "dawn": 0.80, "evening": 0.86}.get(time, 1.0)
        amount *= {"night": 0.6, "dawn": 0.62, "evening": 0.62}.get(time, 1.0)
        grey = mix((0, 0, 0), grey, dim)
        top, bottom = mix(top, grey, amount), mix(bottom, grey, amount)
    ramp = np.minimum(np.arange(SIDE, dtype=np.float32) / 170, 1)[:, None, None]
    rows = np.asarray(top, np.float32) * (1 - ramp) + np.asarray(bottom, np.float32) * ramp
    picture = Image.fromarray(np.broadcast_to(rows, (SIDE, SIDE, 3)).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    bright = weather in ("sunny", "windy")
    if time == "night" and weather != "foggy":
        for _ in range(22 if bright else 5):
            x, y, r = rng.randrange(8, 248), rng.randrange(6, 110), rng.choice((1.5, 2.5))
            draw.ellipse((x - r, y - r, x + r, y + r), fill=(255, 246, 200))
    if bright:
        x, y, r, colour = LAMPS[time]
        if weather == "sunny" and time in ("morning", "day"):
            halo = mix(colour, bottom, 0.55)
            draw.ellipse((x - r - 10, y - r - 10, x + r + 10, y + r + 10), fill=halo)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)
        if time == "night":
            shade = mix(top, bottom, 0.25)
            draw.ellipse((x - r + 13, y - r - 5, x + r + 13, y + r - 7), fill=shade)
    white = {"night": (84, 92, 132), "evening": (250, 176, 150), "dawn": (206, 172, 214)}.get(
        time, (255, 255, 255)
    )
    if weather == "rainy":
        white = mix(white, (58, 66, 86), 0.66)
    many = {"sunny": 0, "windy": 2, "snowy": 3, "cloudy": 5, "rainy": 5, "foggy": 0}[weather]
    for i in range(many):
        x = round((i + 0.5) * SIDE / many) + rng.randrange(-16, 17)
        cloud(draw, x, rng.randrange(24, 60), rng.choice((24, 30)) + (10 if many == 5 else 0), white)
    return picture


def window_sky(time: str, weather: str, variant: int, size: tuple[int, int]) -> Image.Image:
    """The whole sky made small, as seen through a window."""
    return sky(time, weather, variant).crop((0, 0, SIDE, 168)).resize(size, Image.Resampling.BILINEAR)


@cache
def falling(weather: str, variant: int, within: Box = (0, 0, SIDE, SIDE)) -> Image.Image | None:
    """Rain, snow or wind as RGBA 256 x 256, drawn inside a box alone; None in other weathers."""
    if weather not in ("rainy", "snowy", "windy"):
        return None
    rng = random.Random(f"{weather}/{variant}/falling")
    layer = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    left, top, right, bottom = within
    if weather == "windy":
        _wind(draw, rng, within)
    else:
        for column in range(left // 16, -(-right // 16)):
            for row in range(top // 32, -(-bottom // 32)):
                x, y = column * 16 + rng.randrange(0, 12), row * 32 + rng.randrange(0, 20)
                if weather == "rainy" and column % 2 == row % 2:
                    draw.line((x + 6, y, x, y + 20), fill=(214, 236, 255, 235), width=3)
                if weather == "snowy" and rng.random() < 0.55:
                    r = rng.choice((3.0, 4.0, 5.0))
                    draw.ellipse((x - r, y - r, x + r, y + r), fill=(255, 255, 255, 250))
    if within != (0, 0, SIDE, SIDE):
        kept = Image.new("L", layer.size, 0)
        kept.paste(255, within)
        layer.putalpha(Image.fromarray(np.minimum(np.asarray(layer.getchannel("A")), np.asarray(kept))))
    return layer


def _wind(draw: ImageDraw.ImageDraw, rng: random.Random, within: Box) -> None:
    left, top, right, bottom = within
    small = right - left < SIDE
    length, curl = ((right - left) // 2, 16) if small else (96, 30)
    for row in range(3):
        x = left + rng.randrange(4, max(5, right - left - length - curl))
        y = top + (bottom - top) * (2 * row + 1) // 6 if small else 40 + 48 * row + rng.randrange(-8, 9)
        draw.line((x, y, x + length, y), fill=(255, 255, 255, 225), width=3 if small else 5)
        draw.arc(
            (x + length - curl // 2, y - curl + 2, x + length + curl // 2, y + 2),
            -90,
            90,
            (255, 255, 255, 225),
            4,
        )
    for _ in range(4 if small else 8):
        x, y = rng.randrange(left + 2, right - 14), rng.randrange(top + 6, bottom - 10)
        draw.ellipse((x, y, x + 12, y + 7), fill=(120, 176, 60, 255))


def fog(picture: Image.Image, time: str, within: Box) -> Image.Image:
    """A veil that thickens towards the distance, over a box of a picture."""
    left, top, right, bottom = within
    colour = {"night": (92, 98, 124), "dawn": (196, 184, 206), "evening": (226, 200, 186)}.get(
        time, (226, 230, 232)
    )
    height = bottom - top
    far = np.abs(np.linspace(-0.9, 1.1, height, dtype=np.float32))
    veil = np.clip(0.86 - 0.55 * far, 0.25, 0.86)[:, None, None]
    pixels = np.asarray(picture, np.float32).copy()
    part = pixels[top:bottom, left:right]
    pixels[top:bottom, left:right] = part * (1 - veil) + np.asarray(colour, np.float32) * veil
    return Image.fromarray(pixels.astype(np.uint8))


def tint(pixels: NDArray[np.uint8], light: tuple[float, float, float]) -> Image.Image:
    return Image.fromarray(
        np.clip(pixels.astype(np.float32) * np.asarray(light, np.float32), 0, 255).astype(np.uint8)
    )
