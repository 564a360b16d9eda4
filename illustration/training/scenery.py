"""Backdrops: a place with its sky, light, weather and season put together; no subjects here.

Everything is drawn for a 256-pixel square, large and plain on purpose: a 16x smaller latent must hold it.
"""

from functools import cache, lru_cache

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from illustration.training import indoors, outdoors
from illustration.training.sky import (
    LAMPLIGHT,
    LIGHT,
    SIDE,
    VARIANTS,
    falling,
    fog,
    look_of,
    sky,
    tint,
    window_sky,
)
from illustration.training.vocabulary import INDOORS, PLACES, SEASONS, TIMES, WEATHERS

__all__ = ["INDOORS", "PLACES", "SEASONS", "SIDE", "TIMES", "VARIANTS", "WEATHERS", "backdrop", "light_in"]
WINDOW_LIGHT = (255, 232, 150)


@cache
def _place(place: str, season: str, snow: bool) -> Image.Image:
    """The place alone in plain daylight, RGBA, transparent where sky shows."""
    layer = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    look = look_of(season, "snowy" if snow else "sunny")
    draw = ImageDraw.Draw(layer)
    if place in INDOORS:
        indoors.ROOMS[place].furnish(draw, look)
    else:
        outdoors.PLACES[place](draw, look)
    return layer.filter(ImageFilter.GaussianBlur(0.6))


def light_in(place: str, time: str) -> tuple[float, float, float]:
    """Factors for red, green and blue; indoors a lamp burns at night and walls keep most of the hour off."""
    if place not in INDOORS:
        return LIGHT[time]
    if time == "night":
        return LAMPLIGHT
    red, green, blue = LIGHT[time]
    return (red + 1) / 2, (green + 1) / 2, (blue + 1) / 2


@lru_cache(maxsize=300)
def _layers(place: str, time: str, season: str, snow: bool) -> tuple[Image.Image, Image.Image]:
    """The lit place and its mask."""
    layer = _place(place, season, snow)
    pixels = np.asarray(layer)
    lit = tint(pixels[..., :3], light_in(place, time))
    if time in ("night", "evening", "dawn") and place == "city":
        windows = (np.abs(pixels[..., :3].astype(int) - WINDOW_LIGHT) < 24).all(axis=2)
        lit.paste((255, 226, 130), mask=Image.fromarray(windows.astype(np.uint8) * 255))
    if place in INDOORS and time == "night":
        # What the window shows has the night's light, not the lamp's.
        box = indoors.ROOMS[place].opening
        lit.paste(tint(pixels[..., :3], LIGHT["night"]).crop(box), box[:2])
    return lit, layer.getchannel("A")


def backdrop(place: str, time: str, weather: str, season: str = "", variant: int = 0) -> Image.Image:
    """Everything but subjects, RGB 256 x 256; indoors sky, weather and season show through a window.

    A place looks the same whenever it is drawn in one setting: a network that sees the same few skies and trees draws
    them crisply, where free ones would average to fog.
    """
    look = look_of(season, weather)
    lit, mask = _layers(place, time, look.season, look.snow)
    within = (0, 0, SIDE, SIDE)
    if place in INDOORS:
        within = indoors.ROOMS[place].opening
        size = (within[2] - within[0] + 1, within[3] - within[1] + 1)
        picture = Image.new("RGB", (SIDE, SIDE))
        picture.paste(window_sky(time, weather, variant, size), within[:2])
    else:
        picture = sky(time, weather, variant).copy()
    picture.paste(lit, mask=mask)
    if weather == "foggy":
        picture = fog(picture, time, within)
    drops = falling(weather, variant, within)
    if drops is not None:
        picture.paste(drops, mask=drops)
    return picture
