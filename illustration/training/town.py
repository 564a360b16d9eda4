"""Places that people built, under the open sky, each with large signs of its own; no sky, no light, no people."""

import math

from illustration.training.shapes import (
    GROUND,
    SNOW,
    WHITE,
    Draw,
    awning,
    discs,
    floor,
    ground,
    house,
    rect,
    season_tree,
    strewn,
)
from illustration.training.sky import SIDE, Colour, Look, mix

ASPHALT: Colour = (104, 106, 118)


def city(draw: Draw, look: Look) -> None:
    colours = ((118, 130, 158), (90, 102, 134), (150, 152, 170), (104, 120, 146))
    for i, (x, width, top) in enumerate(
        ((0, 44, 70), (48, 38, 30), (90, 46, 84), (140, 40, 46), (184, 34, 92), (222, 36, 56))
    ):
        rect(draw, (x, top, x + width, 178), colours[i % 4])
        for wy in range(top + 10, 160, 18):
            for wx in range(x + 6, x + width - 8, 13):
                rect(draw, (wx, wy, wx + 6, wy + 8), (255, 232, 150))
    floor(draw, SNOW if look.snow else ASPHALT, 178)
    for x in (20, 128, 236):
        season_tree(draw, x, 184, 36, look)
    rect(draw, (0, 178, SIDE, 188), (200, 202, 208))
    strewn(draw, look, 184)
    for x in range(8, SIDE, 64):
        rect(draw, (x, 232, x + 32, 239), (244, 240, 220))


def school(draw: Draw, look: Look) -> None:
    rect(draw, (24, 70, 232, 160), (240, 214, 170))
    rect(draw, (96, 44, 160, 160), (230, 140, 100))
    draw.polygon(((88, 46), (128, 18), (168, 46)), fill=(150, 60, 54))
    discs(draw, (128, 66, 15, WHITE), (128, 66, 2, (40, 40, 50)))
    draw.line((128, 66, 128, 56), fill=(40, 40, 50), width=3)
    draw.line((128, 66, 136, 68), fill=(40, 40, 50), width=3)
    for y in (82, 118):
        for x in (34, 64, 170, 200):
            rect(draw, (x, y, x + 22, y + 24), (110, 178, 220))
    rect(draw, (112, 120, 144, 160), (120, 74, 50))
    draw.line((212, 70, 212, 10), fill=(120, 120, 128), width=4)
    rect(draw, (214, 12, 248, 34), WHITE)
    draw.pieslice((223, 15, 239, 31), 180, 360, fill=(214, 40, 60))
    draw.pieslice((223, 15, 239, 31), 0, 180, fill=(40, 80, 170))
    for x in (6, 250):
        season_tree(draw, x, 164, 54, look)
    ground(draw, look, 158, (224, 196, 150))


def playground(draw: Draw, look: Look) -> None:
    season_tree(draw, 124, 146, 58, look)
    rect(draw, (0, 132, SIDE, 150), SNOW if look.snow else look.grass)
    ground(draw, look, GROUND, (240, 194, 132))
    for x in (24, 60):
        draw.line((x, 70, x, 184), fill=(245, 190, 30), width=8)
    rect(draw, (16, 66, 68, 82), (50, 116, 214))
    draw.line((62, 78, 118, 186), fill=(232, 60, 58), width=16)
    for a, b in (((158, 64), (146, 188)), ((242, 64), (254, 188)), ((156, 64), (244, 64))):
        draw.line((*a, *b), fill=(50, 116, 214), width=7)
    for x in (180, 216):
        draw.line((x, 64, x, 150), fill=(90, 90, 100), width=3)
        rect(draw, (x - 10, 148, x + 12, 156), (232, 60, 58))


def street(draw: Draw, look: Look) -> None:
    for x, wall, roof in (
        (2, (246, 192, 142), (196, 76, 62)),
        (92, (182, 214, 236), (84, 104, 160)),
        (180, (250, 228, 142), (150, 92, 58)),
    ):
        house(draw, x, 166, 72, wall, WHITE if look.snow else roof)
    floor(draw, SNOW if look.snow else (216, 212, 206), 164)
    season_tree(draw, 84, 174, 44, look)
    season_tree(draw, 174, 174, 44, look)
    floor(draw, (226, 230, 236) if look.snow else ASPHALT, 190)
    strewn(draw, look, 176)
    for x in range(0, SIDE, 48):
        rect(draw, (x, 222, x + 27, 246), (248, 248, 244))


def market(draw: Draw, look: Look) -> None:
    rect(draw, (0, 96, SIDE, 176), (150, 106, 70))
    goods = ((232, 66, 62), (250, 160, 40), (90, 172, 70), (250, 220, 80))
    for left, colour in ((0, (214, 58, 56)), (88, (50, 120, 200)), (176, (60, 158, 90))):
        awning(draw, left, left + 80, 74, 30, colour)
        rect(draw, (left + 2, 136, left + 78, 176), (196, 146, 92))
        for i in range(5):
            for row in range(2):
                discs(draw, (left + 11 + 15 * i, 132 - 10 * row + row * 2, 7, goods[(i + row + left) % 4]))
    floor(draw, SNOW if look.snow else (206, 190, 170), 176)
    strewn(draw, look, 178)
    for x in (84, 172):
        season_tree(draw, x, 180, 36, look)


def bus_stop(draw: Draw, look: Look) -> None:
    season_tree(draw, 232, 172, 66, look)
    rect(draw, (70, 62, 206, 74), (50, 116, 200))
    for x in (76, 194):
        rect(draw, (x, 74, x + 7, 182), (110, 116, 128))
    rect(draw, (88, 80, 190, 150), (176, 216, 236))
    rect(draw, (88, 154, 190, 162), (176, 112, 62))
    rect(draw, (26, 70, 34, 186), (110, 116, 128))
    rect(draw, (4, 36, 58, 80), (46, 110, 206))
    rect(draw, (13, 46, 49, 66), WHITE)
    discs(draw, (21, 70, 5, WHITE), (41, 70, 5, WHITE))
    floor(draw, SNOW if look.snow else (212, 210, 206), 176)
    strewn(draw, look, 174)
    rect(draw, (0, 206, SIDE, SIDE), (226, 230, 236) if look.snow else ASPHALT)
    rect(draw, (0, 228, SIDE, 234), (250, 210, 60))


def zoo(draw: Draw, look: Look) -> None:
    for x in (10, 246):
        season_tree(draw, x, 150, 60, look)
    ground(draw, look, 150, (222, 196, 146))
    rect(draw, (30, 60, 226, 152), (150, 196, 120) if not look.snow else (210, 224, 232))
    for x in range(30, 228, 14):
        rect(draw, (x, 60, x + 5, 160), (72, 78, 90))
    rect(draw, (24, 54, 232, 66), (72, 78, 90))
    draw.rounded_rectangle((62, 14, 194, 52), 8, fill=(140, 90, 48))
    for x in (92, 128, 164):
        discs(
            draw,
            (x, 36, 8, (255, 226, 150)),
            (x - 9, 25, 4, (255, 226, 150)),
            (x, 21, 4, (255, 226, 150)),
            (x + 9, 25, 4, (255, 226, 150)),
        )


def sports_field(draw: Draw, look: Look) -> None:
    rect(draw, (0, 86, SIDE, 140), (124, 130, 146))
    for row, y in enumerate((90, 104, 118)):
        for i, x in enumerate(range(4 + row * 5, SIDE, 17)):
            discs(
                draw, (x, y + 5, 5, ((240, 196, 60), (230, 80, 70), (80, 140, 220), WHITE)[(i * 3 + row) % 4])
            )
    for x in (8, 248):
        season_tree(draw, x, 146, 46, look)
    floor(draw, SNOW if look.snow else look.grass, 140)
    for i, y in enumerate(range(140, SIDE, 30)):
        if i % 2 and not look.snow:
            rect(draw, (0, y, SIDE, y + 29), mix(look.grass, (30, 110, 40), 0.25))
    strewn(draw, look, 142)
    for a, b in (((88, 88), (88, 152)), ((168, 88), (168, 152)), ((86, 88), (170, 88))):
        draw.line((*a, *b), fill=WHITE, width=6)
    for x in range(98, 168, 12):
        draw.line((x, 92, x, 148), fill=(226, 230, 236), width=1)
    draw.line((0, 154, SIDE, 154), fill=WHITE, width=4)
    draw.arc((58, 190, 198, 290), 180, 360, fill=WHITE, width=5)


def amusement_park(draw: Draw, look: Look) -> None:
    for left in range(0, 140, 28):
        draw.line((left + 8, 150, left + 20, 70), fill=(150, 120, 180), width=3)
        draw.line((left + 20, 150, left + 8, 70), fill=(150, 120, 180), width=3)
    draw.line(
        ((-4, 60), (24, 40), (52, 96), (84, 116), (112, 70), (140, 110), (160, 140)),
        fill=(226, 50, 84),
        width=8,
        joint="curve",
    )
    for i in range(8):
        x, y = 196 + 50 * math.cos(i * math.pi / 4), 82 + 50 * math.sin(i * math.pi / 4)
        draw.line((196, 82, x, y), fill=(90, 96, 150), width=3)
        discs(draw, (x, y, 9, ((232, 66, 62), (250, 200, 50), (70, 150, 230), (90, 180, 90))[i % 4]))
    draw.ellipse((146, 32, 246, 132), outline=(90, 96, 150), width=4)
    draw.polygon(((196, 82), (172, 156), (180, 156), (198, 92), (214, 156), (222, 156)), fill=(90, 96, 150))
    season_tree(draw, 132, 158, 40, look)
    ground(draw, look, 152, (238, 200, 190))
    awning(draw, 0, 96, 130, 20, (250, 190, 40))


def church(draw: Draw, look: Look) -> None:
    for x in (16, 240):
        season_tree(draw, x, 158, 62, look)
    rect(draw, (56, 88, 200, 164), (246, 244, 238))
    draw.polygon(((46, 90), (128, 50), (210, 90)), fill=SNOW if look.snow else (110, 96, 130))
    rect(draw, (104, 52, 152, 164), WHITE)
    draw.polygon(((100, 54), (128, 22), (156, 54)), fill=SNOW if look.snow else (110, 96, 130))
    rect(draw, (125, 0, 131, 28), (214, 160, 40))
    rect(draw, (116, 8, 140, 14), (214, 160, 40))
    draw.pieslice((112, 118, 144, 150), 180, 360, fill=(132, 82, 52))
    rect(draw, (112, 134, 144, 164), (132, 82, 52))
    for x, colour in ((70, (90, 140, 220)), (174, (220, 90, 110))):
        draw.pieslice((x, 102, x + 18, 122), 180, 360, fill=colour)
        rect(draw, (x, 112, x + 18, 142), colour)
    ground(draw, look, 160)
    draw.polygon(((112, 160), (144, 160), (196, SIDE), (60, SIDE)), fill=(222, 216, 206))


def airport(draw: Draw, look: Look) -> None:
    rect(draw, (8, 52, 32, 150), (190, 198, 210))
    draw.polygon(((-4, 30), (44, 30), (36, 56), (4, 56)), fill=(70, 110, 150))
    rect(draw, (52, 104, 256, 150), (210, 220, 230))
    for x in range(58, 252, 20):
        rect(draw, (x, 112, x + 14, 136), (110, 170, 214))
    draw.rounded_rectangle((96, 66, 232, 96), 15, fill=WHITE)
    draw.polygon(((214, 70), (246, 30), (254, 30), (240, 80)), fill=(50, 110, 210))
    draw.polygon(((140, 82), (180, 82), (204, 118), (184, 118)), fill=(170, 182, 200))
    for x in range(112, 212, 14):
        discs(draw, (x, 77, 4, (80, 140, 200)))
    floor(draw, SNOW if look.snow else look.grass, 148)
    season_tree(draw, 244, 164, 34, look)
    season_tree(draw, 12, 164, 34, look)
    strewn(draw, look, 150)
    draw.polygon(
        ((70, 176), (186, 176), (262, SIDE), (-6, SIDE)), fill=(222, 226, 232) if look.snow else (92, 94, 106)
    )
    for y, h in ((182, 12), (204, 18), (234, 22)):
        rect(draw, (124, y, 132, y + h), WHITE)
