"""Places under the open sky, each with signs large enough to be told at a glance; no sky, no light, no people."""

from collections.abc import Callable, Mapping

from illustration.training import town
from illustration.training.shapes import (
    GROUND,
    SNOW,
    WHITE,
    Draw,
    discs,
    fence,
    fir,
    floor,
    ground,
    rect,
    season_tree,
    strewn,
)
from illustration.training.sky import SIDE, Look, mix

Place = Callable[[Draw, Look], None]


def beach(draw: Draw, look: Look) -> None:
    rect(draw, (0, 108, SIDE, 176), (30, 126, 200))
    rect(draw, (0, 144, SIDE, 176), (70, 178, 220))
    draw.ellipse((-80, 164, 336, 330), fill=WHITE)
    draw.ellipse((-80, 172, 336, 340), fill=SNOW if look.snow else (248, 220, 152))
    strewn(draw, look, 190)
    draw.line((34, 190, 34, 110), fill=(250, 250, 250), width=5)
    for i, colour in enumerate(((232, 66, 62), WHITE, (232, 66, 62), WHITE)):
        draw.pieslice((-10, 84, 78, 160), 180 + 45 * i, 225 + 45 * i, fill=colour)


def park(draw: Draw, look: Look) -> None:
    for x in (22, 84, 196, 244):
        season_tree(draw, x, GROUND + 6, 62, look)
    ground(draw, look)
    draw.polygon(
        ((112, GROUND), (144, GROUND), (214, SIDE), (42, SIDE)),
        fill=(216, 210, 200) if look.snow else (234, 208, 158),
    )
    rect(draw, (176, 148, 244, 154), (150, 96, 54))
    rect(draw, (176, 160, 244, 166), (150, 96, 54))
    for x in (184, 232):
        rect(draw, (x, 148, x + 5, 180), (90, 90, 100))


def forest(draw: Draw, look: Look) -> None:
    back = (168, 194, 200) if look.snow else (44, 108, 70)
    for x in range(0, 280, 34):
        fir(draw, x, GROUND + 8, 100, back, look.snow)
    ground(draw, look, GROUND, mix(look.grass, (70, 110, 50), 0.45))
    for x in (70, 190):
        season_tree(draw, x, 176, 70, look)
    for x in (4, 252):
        fir(draw, x, 204, 150, (26, 82, 50), look.snow)


def mountain(draw: Draw, look: Look) -> None:
    for x, y, half, shade in ((70, 30, 130, 0), (200, 54, 112, 16)):
        draw.polygon(((x - half, 166), (x, y), (x + half, 166)), fill=(106 + shade, 120 + shade, 146 + shade))
        cap, low = round(half * 0.34), y + round((166 - y) * 0.34)
        draw.polygon(
            (
                (x - cap, low),
                (x, y),
                (x + cap, low),
                (x + cap // 3, low - 12),
                (x, low + 4),
                (x - cap // 3, low - 12),
            ),
            fill=WHITE,
        )
    draw.ellipse((-110, 130, 180, 340), fill=SNOW if look.snow else mix(look.grass, (60, 120, 60), 0.25))
    for x in (10, 44, 226):
        season_tree(draw, x, 166, 40, look)
    ground(draw, look, 166)


def pool(draw: Draw, look: Look) -> None:
    for x in (30, 226):
        season_tree(draw, x, 130, 50, look)
    floor(draw, SNOW if look.snow else (236, 228, 212), 126)
    strewn(draw, look, 124)
    rect(draw, (0, 154, SIDE, SIDE), (40, 172, 226))
    rect(draw, (0, 148, SIDE, 158), WHITE)
    for y in (186, 222):
        for i, x in enumerate(range(0, SIDE, 16)):
            draw.ellipse((x, y, x + 14, y + 9), fill=(240, 70, 62) if i % 2 else WHITE)
    for x in (14, 42):
        draw.arc((x, 116, x + 24, 160), 180, 360, fill=(160, 168, 180), width=5)
        draw.line((x + 22, 138, x + 22, 186), fill=(160, 168, 180), width=5)


def farm(draw: Draw, look: Look) -> None:
    draw.polygon(((142, 84), (166, 52), (226, 52), (250, 84)), fill=(112, 58, 48))
    rect(draw, (150, 84, 242, 160), (204, 54, 46))
    rect(draw, (176, 108, 216, 160), (250, 240, 226))
    draw.line((176, 108, 216, 160), fill=(204, 54, 46), width=5)
    draw.line((216, 108, 176, 160), fill=(204, 54, 46), width=5)
    season_tree(draw, 112, 152, 46, look)
    ground(draw, look, 152, (228, 198, 92) if look.season == "autumn" else look.grass)
    for x in range(-60, 330, 46):
        draw.line(
            (x, SIDE, 128 + (x - 128) // 3, 154),
            fill=(206, 212, 220) if look.snow else (150, 112, 62),
            width=7,
        )
    fence(draw, 0, 116, 126, WHITE, 27)


def river(draw: Draw, look: Look) -> None:
    for x in (24, 66, 196, 238):
        season_tree(draw, x, 140, 50, look)
    ground(draw, look, 134)
    draw.polygon(
        ((112, 134), (140, 134), (120, 164), (256, 206), (256, 256), (20, 256), (40, 200)),
        fill=(52, 148, 220),
    )
    draw.polygon(((118, 160), (130, 158), (200, 210), (150, 216)), fill=(132, 204, 244))
    rect(draw, (0, 140, 92, 148), (176, 110, 62))
    draw.arc((60, 112, 216, 190), 180, 360, fill=(176, 110, 62), width=9)
    draw.arc((60, 96, 216, 176), 180, 360, fill=(206, 140, 84), width=5)


def lake(draw: Draw, look: Look) -> None:
    draw.ellipse(
        (-60, 96, 150, 200), fill=mix(look.grass, (60, 110, 90), 0.5) if not look.snow else (206, 220, 232)
    )
    draw.ellipse(
        (120, 100, 330, 200), fill=mix(look.grass, (60, 110, 90), 0.35) if not look.snow else (216, 228, 238)
    )
    for x in (14, 50, 214, 246):
        season_tree(draw, x, 140, 40, look)
    ground(draw, look, 138)
    draw.ellipse((-10, 144, 266, 232), fill=(58, 158, 226))
    draw.ellipse((30, 152, 226, 206), fill=(116, 194, 240))
    rect(draw, (166, 168, 256, 178), (150, 98, 56))
    for x in (172, 204, 236):
        rect(draw, (x, 164, x + 7, 204), (120, 76, 42))


def garden(draw: Draw, look: Look) -> None:
    season_tree(draw, 220, 154, 70, look)
    fence(draw, 0, 256, 116, WHITE, 24)
    ground(draw, look, 150)
    if not look.snow:
        bed = mix(look.grass, (110, 74, 44), 0.75)
        for top in (158, 196):
            draw.rounded_rectangle((8, top, 248, top + 24), 10, fill=bed)
            if look.season == "winter":
                continue
            for i, x in enumerate(range(22, 246, 24)):
                rect(draw, (x - 2, top - 2, x + 2, top + 14), (60, 140, 60))
                discs(
                    draw,
                    (
                        x,
                        top - 4,
                        8,
                        ((240, 86, 140), (250, 200, 50), (232, 70, 62), (170, 110, 220))[(i + top) % 4],
                    ),
                    (x, top - 4, 3, WHITE),
                )


def campsite(draw: Draw, look: Look) -> None:
    for x in (14, 60, 196, 242):
        fir(draw, x, 146, 96, (174, 200, 204) if look.snow else (40, 104, 66), look.snow)
    ground(draw, look, 140)
    season_tree(draw, 132, 150, 60, look)
    for x, colour in ((56, (244, 140, 40)), (204, (52, 140, 210))):
        draw.polygon(((x - 52, 178), (x, 100), (x + 52, 178)), fill=colour)
        draw.polygon(((x - 16, 178), (x, 118), (x + 16, 178)), fill=(70, 54, 50))
    draw.polygon(((112, 186), (130, 142), (148, 186)), fill=(246, 96, 40))
    draw.polygon(((120, 186), (130, 160), (140, 186)), fill=(255, 214, 70))
    for a, b in (((106, 188), (154, 180)), ((106, 180), (154, 188))):
        draw.line((*a, *b), fill=(104, 64, 36), width=7)


PLACES: Mapping[str, Place] = {
    "beach": beach,
    "park": park,
    "forest": forest,
    "mountain": mountain,
    "city": town.city,
    "school": town.school,
    "pool": pool,
    "farm": farm,
    "playground": town.playground,
    "street": town.street,
    "river": river,
    "lake": lake,
    "market": town.market,
    "bus stop": town.bus_stop,
    "garden": garden,
    "zoo": town.zoo,
    "sports field": town.sports_field,
    "amusement park": town.amusement_park,
    "campsite": campsite,
    "church": town.church,
    "airport": town.airport,
}
