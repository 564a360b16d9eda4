"""Backdrops: a sky by time and weather, one of twelve places, and the weather that falls in front; no subjects here.

Everything is drawn for a 256-pixel square, large and plain on purpose: a 16x smaller latent must hold it.
"""

import random
from collections.abc import Callable, Mapping

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SIDE = 256
Colour = tuple[int, int, int]

PLACES: Mapping[str, str] = {
    "beach": "at the beach",
    "park": "at the park",
    "forest": "in the forest",
    "mountain": "in the mountains",
    "city": "in the city",
    "home": "at home",
    "school": "at school",
    "kitchen": "in the kitchen",
    "pool": "at the pool",
    "farm": "at the farm",
    "playground": "at the playground",
    "street": "on the street",
}
WEATHERS: tuple[str, ...] = ("sunny", "cloudy", "rainy", "snowy", "windy")
TIMES: tuple[str, ...] = ("morning", "day", "evening", "night")
INDOORS = frozenset({"home", "school", "kitchen"})

# Top and bottom of the sky.
SKIES: Mapping[str, tuple[Colour, Colour]] = {
    "morning": ((255, 205, 170), (255, 240, 205)),
    "day": ((92, 174, 240), (196, 230, 252)),
    "evening": ((238, 104, 96), (255, 186, 110)),
    "night": ((20, 26, 70), (50, 62, 120)),
}
# What the light of the hour does to everything under the sky.
LIGHT: Mapping[str, tuple[float, float, float]] = {
    "morning": (1.02, 0.97, 0.90),
    "day": (1.0, 1.0, 1.0),
    "evening": (1.0, 0.82, 0.72),
    "night": (0.42, 0.46, 0.66),
}
GROUND_TOP = 148

Scenery = Callable[[ImageDraw.ImageDraw, random.Random, bool], None]


def _mix(a: Colour, b: Colour, t: float) -> Colour:
    return (round(a[0] + (b[0] - a[0]) * t), round(a[1] + (b[1] - a[1]) * t), round(a[2] + (b[2] - a[2]) * t))


def _cloud(draw: ImageDraw.ImageDraw, x: int, y: int, size: int, colour: Colour) -> None:
    for dx, dy, r in ((-0.9, 0.25, 0.45), (-0.3, 0.0, 0.62), (0.4, 0.05, 0.52), (0.95, 0.28, 0.4)):
        cx, cy, radius = x + dx * size, y + dy * size, r * size
        draw.ellipse((cx - radius, cy - radius * 0.8, cx + radius, cy + radius * 0.8), fill=colour)


def sky(time: str, weather: str, rng: random.Random) -> Image.Image:
    """The sky alone, RGB 256 x 256."""
    top, bottom = SKIES[time]
    if weather in ("cloudy", "rainy", "snowy"):
        grey = (168, 176, 190) if weather != "rainy" else (112, 122, 142)
        amount = {"cloudy": 0.55, "rainy": 0.8, "snowy": 0.5}[weather] * (0.55 if time == "night" else 1.0)
        dim = 0.45 if time == "night" else 1.0
        grey = (round(grey[0] * dim), round(grey[1] * dim), round(grey[2] * dim))
        top, bottom = _mix(top, grey, amount), _mix(bottom, grey, amount)
    ramp = np.minimum(np.arange(SIDE, dtype=np.float32) / 170, 1)[:, None, None]
    rows = np.asarray(top, np.float32) * (1 - ramp) + np.asarray(bottom, np.float32) * ramp
    picture = Image.fromarray(np.broadcast_to(rows, (SIDE, SIDE, 3)).astype(np.uint8))
    draw = ImageDraw.Draw(picture)
    if time == "night":
        for _ in range(16 if weather in ("sunny", "windy") else 4):
            x, y, r = rng.randrange(8, 248), rng.randrange(6, 110), rng.choice((1.5, 2.5))
            draw.ellipse((x - r, y - r, x + r, y + r), fill=(255, 246, 200))
    if weather in ("sunny", "windy"):
        x, y, r = {
            "morning": (40, 108, 24),
            "day": (212, 40, 26),
            "evening": (196, 124, 34),
            "night": (212, 42, 20),
        }[time]
        colour = {
            "morning": (255, 226, 120),
            "day": (255, 214, 64),
            "evening": (255, 120, 60),
            "night": (250, 244, 214),
        }
        if time != "night" and weather == "sunny":
            halo = _mix(colour[time], bottom, 0.6)
            draw.ellipse((x - r - 10, y - r - 10, x + r + 10, y + r + 10), fill=halo)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=colour[time])
    cloud = {"night": (92, 100, 136), "evening": (246, 190, 176)}.get(time, (255, 255, 255))
    if weather == "rainy":
        cloud = _mix(cloud, (70, 78, 96), 0.6)
    if weather != "sunny" or rng.random() < 0.5:
        many = {"sunny": 1, "windy": 2, "snowy": 3, "cloudy": 5, "rainy": 5}[weather]
        for i in range(many):
            x = (
                rng.randrange(16, 100)
                if many == 1
                else round((i + 0.5) * SIDE / many) + rng.randrange(-16, 17)
            )
            _cloud(draw, x, rng.randrange(24, 60), rng.choice((24, 30)) + (8 if many == 5 else 0), cloud)
    return picture


def _floor(draw: ImageDraw.ImageDraw, colour: Colour, top: int = GROUND_TOP) -> None:
    draw.rectangle((0, top, SIDE, SIDE), fill=colour)


def _grass(snow: bool) -> Colour:
    return (236, 243, 250) if snow else (116, 190, 84)


def _round_tree(draw: ImageDraw.ImageDraw, x: int, base: int, size: int, leaves: Colour) -> None:
    draw.rectangle((x - size // 8, base - size // 2, x + size // 8, base), fill=(122, 82, 52))
    draw.ellipse((x - size // 2, base - round(size * 1.4), x + size // 2, base - size // 3), fill=leaves)


def _fir(draw: ImageDraw.ImageDraw, x: int, base: int, size: int, leaves: Colour) -> None:
    draw.rectangle((x - size // 10, base - size // 4, x + size // 10, base), fill=(104, 70, 46))
    for level in range(3):
        width, y = size * (0.5 - 0.12 * level), base - size * (0.2 + 0.38 * level)
        draw.polygon(((x - width, y), (x + width, y), (x, y - size * 0.6)), fill=leaves)


def _beach(draw: ImageDraw.ImageDraw, rng: random.Random, snow: bool) -> None:
    draw.rectangle((0, 116, SIDE, 176), fill=(38, 138, 196))
    draw.rectangle((0, 150, SIDE, 176), fill=(74, 178, 214))
    sand = (240, 236, 232) if snow else (244, 216, 152)
    draw.ellipse((-80, 168, 336, 330), fill=(250, 252, 252))
    draw.ellipse((-80, 176, 336, 340), fill=sand)


def _park(draw: ImageDraw.ImageDraw, rng: random.Random, snow: bool) -> None:
    leaves = (214, 228, 236) if snow else (70, 152, 78)
    for x in (20, 78, 190, 240):
        _round_tree(draw, x + rng.randrange(-6, 7), GROUND_TOP + 6, 56, leaves)
    _floor(draw, _grass(snow))
    path = (214, 206, 196) if snow else (230, 208, 164)
    draw.polygon(((112, GROUND_TOP), (144, GROUND_TOP), (214, SIDE), (42, SIDE)), fill=path)


def _forest(draw: ImageDraw.ImageDraw, rng: random.Random, snow: bool) -> None:
    back, front = ((176, 200, 206), (204, 222, 228)) if snow else ((46, 112, 74), (32, 88, 56))
    for x in range(0, 280, 36):
        _fir(draw, x, GROUND_TOP + 8, 92, back)
    _floor(draw, (232, 240, 246) if snow else (86, 134, 66))
    for x in (6, 248):
        _fir(draw, x, 196, 132, front)


def _mountain(draw: ImageDraw.ImageDraw, rng: random.Random, snow: bool) -> None:
    for x, y, half, shade in ((60, 44, 120, 0), (196, 62, 110, 14)):
        rock = (110 + shade, 126 + shade, 146 + shade)
        draw.polygon(((x - half, 160), (x, y), (x + half, 160)), fill=rock)
        cap = round(half * 0.32)
        low = y + round((160 - y) * 0.32)
        draw.polygon(((x - cap, low), (x, y), (x + cap, low), (x, low - 8)), fill=(250, 252, 255))
    draw.ellipse((-100, 132, 190, 340), fill=(206, 220, 228) if snow else (92, 160, 82))
    _floor(draw, _grass(snow), 166)


def _city(draw: ImageDraw.ImageDraw, rng: random.Random, snow: bool) -> None:
    colours = ((122, 134, 160), (96, 108, 138), (148, 150, 168), (110, 126, 150))
    for i, (x, width, top) in enumerate(
        ((0, 44, 70), (48, 38, 36), (90, 46, 84), (140, 40, 50), (184, 34, 92), (222, 36, 62))
    ):
        draw.rectangle((x, top, x + width, 178), fill=colours[i % 4])
        for wy in range(top + 10, 160, 18):
            for wx in range(x + 6, x + width - 8, 13):
                draw.rectangle((wx, wy, wx + 6, wy + 8), fill=(255, 232, 150))
    _floor(draw, (226, 232, 238) if snow else (92, 96, 108), 172)
    draw.rectangle((0, 172, SIDE, 180), fill=(196, 198, 204))
    for x in range(8, SIDE, 64):
        draw.rectangle((x, 232, x + 32, 238), fill=(244, 240, 220))


def _window(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], frame: Colour) -> None:
    left, top, right, bottom = box
    for thickness in range(6):
        draw.rectangle(
            (left - thickness, top - thickness, right + thickness, bottom + thickness), outline=frame
        )
    middle = (left + right) // 2
    draw.rectangle((middle - 2, top, middle + 2, bottom), fill=frame)


def _around(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], wall: Colour) -> None:
    """Fill everything but a window's opening."""
    left, top, right, bottom = box
    draw.rectangle((0, 0, SIDE, top - 1), fill=wall)
    draw.rectangle((0, bottom + 1, SIDE, SIDE), fill=wall)
    draw.rectangle((0, top, left - 1, bottom), fill=wall)
    draw.rectangle((right + 1, top, SIDE, bottom), fill=wall)


def _home(draw: ImageDraw.ImageDraw, rng: random.Random, snow: bool) -> None:
    box = (24, 28, 120, 104)
    _around(draw, box, (250, 226, 196))
    _window(draw, box, (255, 255, 255))
    draw.rectangle((164, 36, 228, 84), fill=(150, 96, 58))
    draw.rectangle((170, 42, 222, 78), fill=(146, 206, 170))
    _floor(draw, (196, 140, 92), 172)
    draw.rounded_rectangle((136, 122, 250, 190), 14, fill=(214, 98, 92))
    draw.rounded_rectangle((128, 146, 256, 196), 12, fill=(190, 78, 76))
    draw.ellipse((28, 208, 228, 252), fill=(238, 206, 150))


def _school(draw: ImageDraw.ImageDraw, rng: random.Random, snow: bool) -> None:
    box = (184, 28, 248, 108)
    _around(draw, box, (238, 236, 214))
    _window(draw, box, (190, 150, 104))
    draw.rectangle((12, 28, 164, 112), fill=(168, 118, 70))
    draw.rectangle((19, 35, 157, 105), fill=(40, 98, 78))
    for y, right in ((52, 96), (70, 120), (88, 80)):
        draw.line((34, y, right, y), fill=(226, 238, 228), width=4)
    _floor(draw, (206, 160, 104), 168)
    for x in (20, 176):
        draw.rectangle((x, 150, x + 60, 162), fill=(222, 176, 112))
        draw.rectangle((x + 6, 162, x + 12, 196), fill=(120, 120, 128))
        draw.rectangle((x + 48, 162, x + 54, 196), fill=(120, 120, 128))


def _kitchen(draw: ImageDraw.ImageDraw, rng: random.Random, snow: bool) -> None:
    box = (88, 28, 168, 92)
    _around(draw, box, (222, 238, 236))
    _window(draw, box, (255, 255, 255))
    for left in (0, 184):
        draw.rectangle((left, 16, left + 72, 80), fill=(96, 158, 168))
        draw.rectangle((left + 33, 16, left + 37, 80), fill=(70, 126, 138))
    draw.rectangle((0, 124, SIDE, 136), fill=(120, 84, 62))
    draw.rectangle((0, 136, SIDE, 190), fill=(246, 236, 216))
    for x in range(0, SIDE, 64):
        draw.rectangle((x, 138, x + 3, 190), fill=(206, 190, 164))
    draw.rectangle((192, 100, 236, 124), fill=(86, 92, 104))
    _floor(draw, (226, 214, 200), 190)
    for i, x in enumerate(range(0, SIDE, 32)):
        for j, y in enumerate(range(190, SIDE, 22)):
            if (i + j) % 2:
                draw.rectangle((x, y, x + 31, y + 21), fill=(184, 204, 206))


def _pool(draw: ImageDraw.ImageDraw, rng: random.Random, snow: bool) -> None:
    _floor(draw, (232, 226, 214), 132)
    draw.rectangle((0, 120, SIDE, 134), fill=(238, 240, 236) if snow else (92, 168, 92))
    draw.rectangle((0, 160, SIDE, SIDE), fill=(52, 178, 222))
    draw.rectangle((0, 152, SIDE, 162), fill=(252, 252, 252))
    for y in (188, 222):
        for i, x in enumerate(range(0, SIDE, 16)):
            draw.ellipse((x, y, x + 14, y + 8), fill=(240, 78, 70) if i % 2 else (255, 255, 255))


def _farm(draw: ImageDraw.ImageDraw, rng: random.Random, snow: bool) -> None:
    draw.polygon(((150, 88), (196, 54), (242, 88)), fill=(112, 58, 48))
    draw.rectangle((156, 86, 236, 156), fill=(200, 62, 52))
    draw.rectangle((180, 112, 212, 156), fill=(250, 240, 226))
    draw.line((180, 112, 212, 156), fill=(200, 62, 52), width=4)
    draw.line((212, 112, 180, 156), fill=(200, 62, 52), width=4)
    _floor(draw, (238, 240, 238) if snow else (222, 196, 96), 152)
    for x in range(-40, 300, 44):
        draw.line(
            (x, SIDE, 128 + (x - 128) // 3, 152), fill=(214, 218, 220) if snow else (176, 148, 66), width=5
        )
    for x in range(0, 132, 28):
        draw.rectangle((x, 128, x + 7, 166), fill=(252, 250, 244))
    draw.rectangle((0, 136, 128, 142), fill=(252, 250, 244))
    draw.rectangle((0, 152, 128, 158), fill=(252, 250, 244))


def _playground(draw: ImageDraw.ImageDraw, rng: random.Random, snow: bool) -> None:
    draw.rectangle((0, 128, SIDE, 150), fill=(206, 222, 226) if snow else (98, 172, 88))
    _floor(draw, (234, 232, 230) if snow else (236, 190, 132), GROUND_TOP)
    draw.line((24, 84, 24, 180), fill=(240, 196, 40), width=7)
    draw.line((56, 84, 56, 180), fill=(240, 196, 40), width=7)
    draw.rectangle((18, 78, 62, 90), fill=(60, 120, 210))
    draw.line((56, 88, 112, 182), fill=(232, 66, 62), width=12)
    draw.line((160, 72, 148, 184), fill=(60, 120, 210), width=6)
    draw.line((240, 72, 252, 184), fill=(60, 120, 210), width=6)
    draw.line((158, 72, 242, 72), fill=(60, 120, 210), width=6)
    for x in (178, 212):
        draw.line((x, 72, x, 150), fill=(110, 110, 120), width=3)
        draw.rectangle((x - 8, 148, x + 12, 154), fill=(232, 66, 62))


def _street(draw: ImageDraw.ImageDraw, rng: random.Random, snow: bool) -> None:
    houses = (
        (0, (244, 196, 150), (190, 84, 70)),
        (88, (190, 216, 232), (92, 110, 160)),
        (176, (246, 226, 150), (150, 96, 64)),
    )
    for x, wall, roof in houses:
        roof = (240, 244, 250) if snow else roof
        draw.polygon(((x - 4, 92), (x + 40, 54), (x + 84, 92)), fill=roof)
        draw.rectangle((x + 4, 92, x + 76, 164), fill=wall)
        draw.rectangle((x + 14, 106, x + 34, 126), fill=(120, 184, 220))
        draw.rectangle((x + 48, 116, x + 66, 164), fill=(132, 88, 60))
    _floor(draw, (214, 212, 208), 164)
    _floor(draw, (226, 230, 236) if snow else (110, 112, 122), 190)
    for x in range(0, SIDE, 48):
        draw.rectangle((x, 224, x + 26, 246), fill=(248, 248, 244))


DRAW: Mapping[str, Scenery] = {
    "beach": _beach,
    "park": _park,
    "forest": _forest,
    "mountain": _mountain,
    "city": _city,
    "home": _home,
    "school": _school,
    "kitchen": _kitchen,
    "pool": _pool,
    "farm": _farm,
    "playground": _playground,
    "street": _street,
}


def _tint(picture: Image.Image, light: tuple[float, float, float]) -> Image.Image:
    pixels = np.asarray(picture, np.float32) * np.asarray(light, np.float32)
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def backdrop(place: str, time: str, weather: str, variant: int) -> Image.Image:
    """Everything but subjects, RGB 256 x 256. Indoors the sky shows through a window.

    Clouds, stars and drops depend on weather and variant alone: a network that sees the same few skies over
    every place draws them crisply, where free ones would average to fog.
    """
    rng = random.Random(f"{weather}/{variant}")
    behind = sky(time, weather, rng)
    small = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    DRAW[place](ImageDraw.Draw(small), rng, weather == "snowy" and place not in INDOORS)
    lit = _tint(small.convert("RGB"), light_in(place, time))
    if time == "night" and place == "city":
        windows = (np.asarray(small)[..., :3] == (255, 232, 150)).all(axis=2)
        lit.paste((255, 226, 130), mask=Image.fromarray(windows.astype(np.uint8) * 255))
    behind.paste(lit, mask=small.getchannel("A"))
    return falling(behind.filter(ImageFilter.GaussianBlur(0.6)), place, weather, rng)


def light_in(place: str, time: str) -> tuple[float, float, float]:
    """Factors for red, green and blue; indoors a lamp burns at night."""
    if place not in INDOORS:
        return LIGHT[time]
    return (0.92, 0.8, 0.62) if time == "night" else LIGHT[time]


def falling(picture: Image.Image, place: str, weather: str, rng: random.Random) -> Image.Image:
    """Rain, snow or wind in front of a place; indoors and in other weathers the picture comes back as it was."""
    if place in INDOORS or weather not in ("rainy", "snowy", "windy"):
        return picture
    layer = Image.new("RGBA", (SIDE, SIDE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    if weather == "windy":
        for _ in range(3):
            x, y = rng.randrange(0, 150), rng.randrange(40, 130)
            draw.line((x, y, x + 70, y), fill=(255, 255, 255, 200), width=4)
            draw.arc((x + 56, y - 22, x + 84, y + 2), -90, 90, fill=(255, 255, 255, 200), width=4)
        for _ in range(5):
            x, y = rng.randrange(8, 240), rng.randrange(30, 220)
            draw.ellipse((x, y, x + 11, y + 6), fill=(232, 140, 48, 255))
    else:
        for column in range(16):
            for row in range(8):
                x, y = column * 16 + rng.randrange(0, 12), row * 32 + rng.randrange(0, 24)
                if weather == "rainy" and column % 2 == row % 2:
                    draw.line((x + 4, y, x, y + 15), fill=(206, 232, 255, 220), width=3)
                if weather == "snowy" and rng.random() < 0.42:
                    r = rng.choice((2.5, 3.5, 4.5))
                    draw.ellipse((x - r, y - r, x + r, y + r), fill=(255, 255, 255, 245))
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")
