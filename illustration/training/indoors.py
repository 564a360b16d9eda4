"""Rooms, each with a window for sky and season and signs large enough to be told at a glance; no light, no people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from illustration.training.shapes import WHITE, Draw, books, discs, floor, rect, season_tree, window
from illustration.training.sky import SIDE, Box, Colour, Look

OAK: Colour = (204, 152, 98)


@dataclass(frozen=True, slots=True)
class Room:
    """Where the window is, and what draws walls and furniture around it."""

    opening: Box
    furnish: Callable[[Draw, Look], None]


HOME_WINDOW: Box = (150, 24, 244, 104)
KITCHEN_WINDOW: Box = (84, 22, 172, 94)
BEDROOM_WINDOW: Box = (12, 20, 108, 104)
LIVING_WINDOW: Box = (16, 18, 124, 104)
CLASS_WINDOW: Box = (170, 20, 250, 108)
LIBRARY_WINDOW: Box = (88, 18, 168, 106)
HOSPITAL_WINDOW: Box = (152, 22, 244, 106)
RESTAURANT_WINDOW: Box = (14, 30, 110, 110)
MUSEUM_WINDOW: Box = (92, 12, 164, 96)
STAGE: Box = (54, 44, 202, 150)
OFFICE_WINDOW: Box = (110, 18, 246, 104)
CAFE_WINDOW: Box = (16, 36, 116, 118)


def _planks(draw: Draw, top: int, colour: Colour) -> None:
    floor(draw, colour, top)
    dark = (round(colour[0] * 0.88), round(colour[1] * 0.88), round(colour[2] * 0.88))
    for y in range(top, SIDE, 24):
        draw.line((0, y, SIDE, y), fill=dark, width=3)


def home(draw: Draw, look: Look) -> None:
    window(draw, HOME_WINDOW, WHITE, (255, 226, 178), look)
    for x in (138, 236):
        rect(draw, (x, 16, x + 20, 112), (240, 120, 96))
    rect(draw, (24, 44, 88, 172), (150, 94, 54))
    rect(draw, (32, 54, 80, 100), (176, 116, 70))
    rect(draw, (32, 110, 80, 162), (176, 116, 70))
    discs(draw, (76, 108, 5, (255, 214, 80)))
    for x, colour in ((102, (90, 160, 210)), (124, (240, 160, 180))):
        rect(draw, (x, 44, x + 16, 64), (120, 76, 44))
        rect(draw, (x + 3, 47, x + 13, 61), colour)
    _planks(draw, 168, OAK)
    rect(draw, (146, 136, 244, 146), (166, 104, 58))
    for x in (152, 232):
        rect(draw, (x, 146, x + 7, 184), (140, 86, 48))
    discs(draw, (194, 126, 11, (232, 90, 80)))


def kitchen(draw: Draw, look: Look) -> None:
    window(draw, KITCHEN_WINDOW, WHITE, (214, 240, 236), look)
    for left in (0, 186):
        rect(draw, (left, 10, left + 70, 80), (62, 148, 160))
        rect(draw, (left + 33, 10, left + 37, 80), (40, 110, 124))
    rect(draw, (0, 122, SIDE, 134), (120, 80, 58))
    rect(draw, (0, 134, SIDE, 194), (250, 240, 218))
    for x in range(0, SIDE, 64):
        rect(draw, (x, 136, x + 3, 194), (206, 190, 164))
    rect(draw, (190, 134, 250, 194), (86, 92, 104))
    rect(draw, (198, 150, 242, 184), (50, 54, 64))
    rect(draw, (204, 96, 240, 122), (200, 60, 54))
    rect(draw, (196, 102, 248, 107), (60, 60, 70))
    for x in (16, 40):
        rect(draw, (x, 98, x + 16, 122), (246, 190, 60))
    for i, x in enumerate(range(0, SIDE, 32)):
        for j, y in enumerate(range(194, SIDE, 21)):
            rect(draw, (x, y, x + 31, y + 20), (120, 180, 190) if (i + j) % 2 else (236, 232, 222))


def bedroom(draw: Draw, look: Look) -> None:
    window(draw, BEDROOM_WINDOW, WHITE, (206, 196, 238), look)
    _planks(draw, 176, (198, 160, 130))
    rect(draw, (126, 90, 256, 130), (132, 84, 56))
    rect(draw, (126, 122, 256, 192), (132, 84, 56))
    draw.rounded_rectangle((136, 106, 186, 136), 10, fill=WHITE)
    draw.rounded_rectangle((196, 106, 246, 136), 10, fill=WHITE)
    rect(draw, (126, 132, 256, 182), (110, 130, 224))
    for i in range(4):
        discs(draw, (146 + i * 32, 158, 8, (250, 220, 110)))
    rect(draw, (84, 140, 116, 178), (160, 104, 66))
    draw.polygon(((86, 124), (114, 124), (108, 100), (92, 100)), fill=(255, 216, 110))
    rect(draw, (98, 124, 102, 140), (90, 70, 60))


def living_room(draw: Draw, look: Look) -> None:
    window(draw, LIVING_WINDOW, WHITE, (190, 222, 200), look)
    _planks(draw, 172, (188, 134, 88))
    rect(draw, (144, 132, 256, 178), (120, 78, 50))
    draw.rounded_rectangle((146, 52, 252, 126), 6, fill=(34, 36, 46))
    rect(draw, (154, 60, 244, 118), (84, 170, 220))
    draw.polygon(((154, 118), (184, 80), (206, 118)), fill=(84, 170, 90))
    discs(draw, (224, 78, 9, (255, 220, 80)))
    draw.rounded_rectangle((-20, 116, 112, 190), 16, fill=(226, 92, 84))
    draw.rounded_rectangle((-30, 148, 124, 200), 14, fill=(196, 66, 64))
    draw.ellipse((24, 208, 232, 254), fill=(246, 218, 150))


def classroom(draw: Draw, look: Look) -> None:
    window(draw, CLASS_WINDOW, (190, 150, 104), (244, 240, 212), look)
    rect(draw, (8, 22, 154, 116), (168, 114, 62))
    rect(draw, (16, 30, 146, 108), (34, 102, 76))
    for y, right in ((48, 96), (68, 122), (88, 80)):
        draw.line((34, y, right, y), fill=WHITE, width=5)
    _planks(draw, 166, (212, 166, 108))
    for x in (8, 98, 188):
        rect(draw, (x, 146, x + 62, 158), (236, 184, 108))
        for leg in (x + 6, x + 50):
            rect(draw, (leg, 158, leg + 6, 196), (110, 112, 122))


def library(draw: Draw, look: Look) -> None:
    window(draw, LIBRARY_WINDOW, (140, 92, 56), (232, 214, 184), look)
    books(draw, (0, 6, 76, 176), 5)
    books(draw, (180, 6, 256, 176), 5)
    floor(draw, (150, 70, 64), 172)
    rect(draw, (80, 140, 176, 150), (170, 112, 64))
    for x in (86, 164):
        rect(draw, (x, 150, x + 7, 186), (140, 88, 48))
    draw.pieslice((112, 112, 144, 144), 180, 360, fill=(60, 150, 90))
    rect(draw, (126, 124, 130, 140), (214, 170, 60))


def hospital(draw: Draw, look: Look) -> None:
    window(draw, HOSPITAL_WINDOW, (190, 206, 214), (240, 250, 252), look)
    rect(draw, (0, 110, 130, 122), (90, 190, 190))
    draw.rounded_rectangle((26, 20, 100, 94), 10, fill=WHITE, outline=(214, 222, 230), width=4)
    rect(draw, (54, 32, 72, 82), (228, 40, 56))
    rect(draw, (38, 48, 88, 66), (228, 40, 56))
    floor(draw, (192, 222, 224), 172)
    rect(draw, (128, 116, 134, 190), (150, 160, 174))
    rect(draw, (132, 142, 256, 172), WHITE)
    rect(draw, (168, 138, 256, 172), (120, 206, 214))
    draw.rounded_rectangle((136, 128, 168, 148), 8, fill=(222, 238, 246))
    rect(draw, (132, 172, 256, 180), (150, 160, 174))
    rect(draw, (112, 60, 116, 190), (150, 160, 174))
    draw.rounded_rectangle((104, 56, 124, 86), 6, fill=(150, 214, 240))


def restaurant(draw: Draw, look: Look) -> None:
    window(draw, RESTAURANT_WINDOW, (110, 60, 44), (196, 88, 72), look)
    rect(draw, (128, 40, 248, 116), (90, 46, 36))
    for y in (66, 96):
        rect(draw, (134, y, 242, y + 5), (170, 110, 66))
        for i, x in enumerate(range(142, 238, 18)):
            rect(draw, (x, y - 17, x + 9, y), ((90, 170, 110), (240, 190, 70), (90, 150, 210))[i % 3])
    _planks(draw, 170, (146, 92, 60))
    for x in (56, 128, 200):
        draw.line((x, 0, x, 14), fill=(60, 40, 36), width=3)
        draw.pieslice((x - 18, 8, x + 18, 40), 180, 360, fill=(255, 206, 90))
    for left in (4, 156):
        draw.ellipse((left, 134, left + 98, 164), fill=WHITE)
        rect(draw, (left + 44, 160, left + 54, 204), (90, 56, 40))
        discs(draw, (left + 34, 146, 10, (250, 190, 80)), (left + 64, 146, 10, (120, 190, 90)))


def museum(draw: Draw, look: Look) -> None:
    window(draw, MUSEUM_WINDOW, (214, 190, 120), (250, 248, 242), look)
    for left, sky_colour, hill in (
        (14, (250, 200, 120), (200, 80, 70)),
        (178, (120, 180, 230), (70, 140, 90)),
    ):
        rect(draw, (left, 34, left + 64, 108), (206, 158, 50))
        rect(draw, (left + 8, 42, left + 56, 100), sky_colour)
        draw.polygon(((left + 8, 100), (left + 30, 62), (left + 56, 100)), fill=hill)
    floor(draw, (206, 196, 190), 170)
    for x in (104, 20, 188):
        rect(draw, (x, 140, x + 46, 196), (240, 236, 228))
    draw.polygon(
        ((114, 140), (118, 112), (110, 108), (127, 104), (144, 108), (136, 112), (140, 140)),
        fill=(120, 170, 190),
    )
    discs(draw, (43, 122, 17, (190, 100, 70)), (211, 122, 17, (90, 130, 190)))
    for x in range(10, 250, 58):
        rect(draw, (x, 196, x + 5, 232), (214, 170, 60))
    draw.line((10, 204, 246, 204), fill=(190, 40, 60), width=6)


def theater(draw: Draw, look: Look) -> None:
    left, top, right, bottom = STAGE
    rect(draw, (left, bottom - 22, right, bottom), look.grass if not look.snow else (238, 244, 251))
    season_tree(draw, right - 30, bottom - 8, 46, look)
    for part in ((0, 0, SIDE, top), (0, top, left, SIDE), (right, top, SIDE, SIDE)):
        rect(draw, part, (170, 24, 44))
    for x in (*range(0, left, 18), *range(right, SIDE, 18)):
        rect(draw, (x, 0, x + 7, 186), (120, 12, 30))
    for x in range(0, SIDE, 32):
        draw.pieslice((x, 22, x + 32, 66), 0, 180, fill=(206, 40, 58))
        draw.arc((x, 22, x + 32, 66), 0, 180, fill=(255, 208, 80), width=4)
    rect(draw, (0, 0, SIDE, 44), (206, 40, 58))
    rect(draw, (0, 40, SIDE, 46), (255, 208, 80))
    _planks(draw, 150, (190, 126, 70))
    for x in range(12, SIDE, 34):
        discs(draw, (x, 246, 8, (255, 240, 170)))


def office(draw: Draw, look: Look) -> None:
    window(draw, OFFICE_WINDOW, (120, 130, 146), (214, 220, 230), look)
    rect(draw, (14, 20, 92, 122), (150, 158, 172))
    for y in (28, 60, 92):
        rect(draw, (20, y, 86, y + 26), (186, 194, 206))
        rect(draw, (44, y + 10, 62, y + 15), (100, 108, 122))
    floor(draw, (120, 132, 160), 176)
    for left in (0, 134):
        rect(draw, (left, 138, left + 122, 150), (232, 226, 214))
        for x in (left + 6, left + 108):
            rect(draw, (x, 150, x + 7, 200), (130, 138, 150))
        rect(draw, (left + 34, 88, left + 94, 130), (44, 48, 60))
        rect(draw, (left + 39, 93, left + 89, 124), (120, 200, 240))
        rect(draw, (left + 60, 130, left + 68, 138), (44, 48, 60))


def cafe(draw: Draw, look: Look) -> None:
    window(draw, CAFE_WINDOW, (250, 250, 244), (222, 196, 160), look)
    for i, x in enumerate(range(0, 132, 16)):
        fill = (80, 150, 110) if i % 2 else WHITE
        rect(draw, (x, 8, x + 15, 26), fill)
        draw.ellipse((x, 18, x + 15, 34), fill=fill)
    rect(draw, (140, 12, 248, 72), (60, 46, 42))
    for y, right in ((26, 208), (40, 226), (54, 196)):
        draw.line((154, y, right, y), fill=(250, 230, 190), width=4)
    rect(draw, (136, 118, 256, 128), (120, 72, 44))
    rect(draw, (140, 128, 256, 192), (160, 104, 64))
    rect(draw, (206, 80, 250, 118), (180, 188, 198))
    rect(draw, (214, 98, 242, 112), (60, 64, 74))
    for x in (146, 166, 186):
        rect(draw, (x, 102, x + 13, 118), WHITE)
        draw.arc((x + 8, 104, x + 18, 114), 270, 90, fill=WHITE, width=3)
    _planks(draw, 184, (196, 156, 116))
    draw.ellipse((14, 140, 108, 164), fill=(250, 246, 236))
    rect(draw, (57, 162, 66, 206), (100, 64, 44))


ROOMS: Mapping[str, Room] = {
    "home": Room(HOME_WINDOW, home),
    "kitchen": Room(KITCHEN_WINDOW, kitchen),
    "bedroom": Room(BEDROOM_WINDOW, bedroom),
    "living room": Room(LIVING_WINDOW, living_room),
    "classroom": Room(CLASS_WINDOW, classroom),
    "library": Room(LIBRARY_WINDOW, library),
    "hospital": Room(HOSPITAL_WINDOW, hospital),
    "restaurant": Room(RESTAURANT_WINDOW, restaurant),
    "museum": Room(MUSEUM_WINDOW, museum),
    "theater": Room(STAGE, theater),
    "office": Room(OFFICE_WINDOW, office),
    "cafe": Room(CAFE_WINDOW, cafe),
}
