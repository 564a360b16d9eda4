"""Things that stand in several places: trees by season, windows, houses, fences, shelves; no whole places here."""

import random

from PIL import ImageDraw

from illustration.training.sky import SIDE, Box, Colour, Look, mix

Draw = ImageDraw.ImageDraw
WHITE: Colour = (250, 252, 255)
SNOW: Colour = (238, 244, 251)
GROUND = 148


def rect(draw: Draw, box: tuple[float, float, float, float], colour: Colour) -> None:
    draw.rectangle(box, fill=colour)


def floor(draw: Draw, colour: Colour, top: int) -> None:
    draw.rectangle((0, top, SIDE, SIDE), fill=colour)


def season_tree(draw: Draw, x: int, base: int, size: int, look: Look) -> None:
    """A round tree: blossoms, green, red and orange, or bare; snow on it where snow lies."""
    bark = (122, 82, 52)
    rect(draw, (x - size // 9, base - size // 2, x + size // 9, base), bark)
    crown = (x - size // 2, base - round(size * 1.4), x + size // 2, base - size // 3)
    if look.leaves is None:
        for dx, dy in (
            (-0.42, -1.2),
            (-0.2, -1.36),
            (0.1, -1.4),
            (0.4, -1.16),
            (-0.46, -0.86),
            (0.48, -0.84),
        ):
            draw.line(
                (x, base - size * 0.45, x + dx * size, base + dy * size), fill=bark, width=max(3, size // 14)
            )
        if look.snow:
            draw.chord((crown[0], crown[1], crown[2], crown[1] + size * 0.6), 180, 360, fill=WHITE)
        return
    draw.ellipse(crown, fill=look.leaves)
    dark = mix(look.leaves, (60, 30, 30) if look.season != "summer" else (10, 60, 30), 0.22)
    for dx, dy in ((-0.22, -0.7), (0.2, -0.86), (0.0, -1.12)):
        r = size * 0.09
        draw.ellipse(
            (x + dx * size - r, base + dy * size - r, x + dx * size + r, base + dy * size + r), fill=dark
        )
    if look.snow:
        draw.chord((crown[0], crown[1], crown[2], crown[1] + size * 0.8), 180, 360, fill=WHITE)


def fir(draw: Draw, x: int, base: int, size: int, leaves: Colour, snow: bool) -> None:
    rect(draw, (x - size // 10, base - size // 4, x + size // 10, base), (104, 70, 46))
    for level in range(3):
        width, y = size * (0.5 - 0.12 * level), base - size * (0.2 + 0.38 * level)
        draw.polygon(((x - width, y), (x + width, y), (x, y - size * 0.6)), fill=leaves)
        if snow:
            draw.polygon(
                ((x - width * 0.5, y - size * 0.3), (x + width * 0.5, y - size * 0.3), (x, y - size * 0.6)),
                fill=WHITE,
            )


def strewn(draw: Draw, look: Look, top: int) -> None:
    """The season on the ground: petals and flowers, fallen leaves, or patches of snow."""
    if look.snow or not look.dots:
        return
    rng = random.Random(f"{look.season}/{top}")
    if look.season == "winter":
        for i in range(7):
            x, y = 20 + 36 * i + rng.randrange(-10, 11), rng.randrange(top + 8, 248)
            w = rng.choice((20, 28))
            draw.ellipse((x - w, y - w // 4, x + w, y + w // 4), fill=look.dots[0])
        return
    for i in range(26):
        x, y = 4 + 10 * i + rng.randrange(-3, 4), rng.randrange(top + 6, 250)
        draw.ellipse((x - 5, y - 3, x + 5, y + 3), fill=look.dots[i % len(look.dots)])


def window(draw: Draw, box: Box, frame: Colour, wall: Colour, look: Look) -> None:
    """A wall with an opening, the season's tree and ground seen through it."""
    left, top, right, bottom = box
    height = bottom - top
    rect(draw, (left, bottom - height // 5, right, bottom), SNOW if look.snow else look.grass)
    season_tree(draw, right - (right - left) // 4, bottom - height // 10, round(height * 0.42), look)
    for part in (
        (0, 0, SIDE, top - 1),
        (0, bottom + 1, SIDE, SIDE),
        (0, top, left - 1, bottom),
        (right + 1, top, SIDE, bottom),
    ):
        rect(draw, part, wall)
    for thickness in range(6):
        draw.rectangle(
            (left - thickness, top - thickness, right + thickness, bottom + thickness), outline=frame
        )
    middle = (left + right) // 2
    rect(draw, (middle - 2, top, middle + 2, bottom), frame)


def house(draw: Draw, x: int, base: int, width: int, wall: Colour, roof: Colour) -> None:
    top = base - round(width * 0.75)
    draw.polygon(((x - 6, top), (x + width // 2, top - width // 2), (x + width + 6, top)), fill=roof)
    rect(draw, (x, top, x + width, base), wall)
    rect(draw, (x + width // 7, top + width // 6, x + width * 3 // 7, top + width * 3 // 7), (120, 184, 220))
    rect(draw, (x + width * 4 // 7, top + width // 4, x + width * 6 // 7, base), (132, 88, 60))


def fence(draw: Draw, left: int, right: int, top: int, colour: Colour, step: int = 22) -> None:
    for x in range(left, right, step):
        rect(draw, (x, top, x + 7, top + 38), colour)
    for y in (top + 9, top + 24):
        rect(draw, (left, y, right, y + 6), colour)


def books(draw: Draw, box: Box, rows: int) -> None:
    """A shelf full of books."""
    left, top, right, bottom = box
    rect(draw, box, (126, 80, 48))
    height = (bottom - top) // rows
    colours = ((214, 66, 62), (64, 120, 200), (240, 186, 60), (82, 160, 96), (150, 90, 180))
    for row in range(rows):
        y = top + row * height
        for i, x in enumerate(range(left + 4, right - 10, 10)):
            rect(draw, (x, y + 5 + (i * 5) % 7, x + 8, y + height - 4), colours[(i + row * 2) % 5])


def awning(draw: Draw, left: int, right: int, top: int, height: int, colour: Colour) -> None:
    """A striped cloth roof."""
    for i, x in enumerate(range(left, right, 16)):
        fill = colour if i % 2 else (255, 252, 244)
        rect(draw, (x, top, x + 15, top + height), fill)
        draw.ellipse((x, top + height - 8, x + 15, top + height + 8), fill=fill)


def discs(draw: Draw, *places: tuple[float, float, float, Colour]) -> None:
    for x, y, r, colour in places:
        draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)


def ground(draw: Draw, look: Look, top: int = GROUND, colour: Colour | None = None) -> None:
    floor(draw, SNOW if look.snow else colour or look.grass, top)
    strewn(draw, look, top)
