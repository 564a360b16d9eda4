"""What people do, as joints and props: a table of poses for `figures`, which dresses them; no faces, no clothes.

Coordinates are units of a box whose floor lies at its bottom; a standing figure is 48 units high, its head 25.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

Point = tuple[float, float]
Limb = tuple[Point, Point]


class Icon(NamedTuple):
    """An icon of the set as a prop: top left corner, side in units, and a turn in degrees about its centre."""

    name: str
    x: float
    y: float
    side: float
    turn: float = 0.0


Prop = str | Icon


@dataclass(frozen=True, slots=True)
class Pose:
    """Joints of one figure. Arms go from the neck over elbow and hand, legs from the hip over knee and foot.

    `legs` may be empty where furniture hides them. Props lie behind or before the figure.
    """

    box: Point
    neck: Point
    hip: Point
    arms: tuple[Limb, ...]
    legs: tuple[Limb, ...]
    behind: tuple[Prop, ...] = ()
    before: tuple[Prop, ...] = ()
    tilt: float = 0.0


def _table(width: float, top: float = 37) -> str:
    return (
        f'<path d="M5 {top + 2}v{46 - top}M{width - 5} {top + 2}v{46 - top}" stroke="#7d4f2c" stroke-width="3.4"/>'
        f'<rect x="1" y="{top}" width="{width - 2}" height="5" rx="1.6" fill="#b9793f"/>'
    )


def _bars(*lines: str, colour: str, width: float) -> str:
    return (
        f'<path d="{"".join(lines)}" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" '
        'stroke-linejoin="round" fill="none"/>'
    )


_STEAM = _bars("M19 28q-2-2 0-4t0-4", "M25 28q-2-2 0-4t0-4", colour="#ffffff", width=1.5)
_BOWL = '<path d="M13 29h18q-1 8-6 8h-6q-5 0-6-8z" fill="#e8334a"/><ellipse cx="22" cy="29" rx="9" ry="3" fill="#fff"/>'
_NOTE = "M{0} {1}v-7l5-1.4v7"
_NOTES = _bars(_NOTE.format(3, 14), _NOTE.format(37, 12), colour="#5b2a86", width=1.7) + "".join(
    f'<ellipse cx="{x}" cy="{y}" rx="2.1" ry="1.6" fill="#5b2a86"/>'
    for x, y in ((1.9, 14), (6.9, 12.8), (35.9, 12), (40.9, 10.8))
)
_CHAIR = _bars("M8 24v23", "M8 39h19", "M25 40v7", colour="#a5612f", width=3.2)
_BIKE = (
    '<g fill="none" stroke="#2b2b33" stroke-width="2.2"><circle cx="14" cy="45" r="9.4"/><circle cx="46" cy="45" r="9.4"/></g>'
    + _bars(
        "M14 45L22 33H40L46 45M30 45L22 33M30 45L40 33M14 45H30M41 36L39.6 28", colour="#e8334a", width=2.4
    )
    + _bars("M19 32h7", "M38 28h6", colour="#2b2b33", width=2.6)
)
_WAVES = (
    '<path d="M0 24q5-5 10 0t10 0 10 0 10 0 10 0 10 0v16H0z" fill="#2f9be8"/>'
    '<path d="M0 31q5-4 10 0t10 0 10 0 10 0 10 0 10 0" stroke="#bfe6ff" stroke-width="1.8" fill="none"/>'
    '<path d="M0 24q5-5 10 0t10 0 10 0 10 0 10 0 10 0" stroke="#fff" stroke-width="2" fill="none"/>'
)
_SPLASH = "".join(
    f'<circle cx="{x}" cy="{y}" r="{r}" fill="#bfe6ff"/>'
    for x, y, r in ((5, 9, 2), (10, 5, 1.5), (2, 15, 1.6))
)
_BED_BACK = (
    '<rect x="0" y="10" width="5" height="34" rx="2" fill="#8a5a33"/><rect x="60" y="22" width="4" height="22" rx="2" fill="#8a5a33"/>'
    '<rect x="3" y="30" width="58" height="9" fill="#f4efe6"/><rect x="5" y="19" width="17" height="13" rx="5" fill="#fff"/>'
)
_BED_FRONT = (
    '<path d="M24 21q16-8 30-2 7 2 7 12v8H22z" fill="#4f8fe0"/><path d="M24 21q-3 8-1 18" stroke="#dcecff" stroke-width="4" fill="none"/>'
    '<rect x="2" y="37" width="60" height="4.6" fill="#8a5a33"/>'
    + _bars("M36 12h5l-5 5h5", "M45 4h7l-7 7h7", colour="#39406b", width=1.8)
)
_EASEL = (
    _bars("M38 46L46 10L54 46", colour="#8a5a33", width=2.2)
    + '<rect x="34" y="14" width="24" height="19" fill="#fff" stroke="#b9793f" stroke-width="1.6"/>'
    '<circle cx="41" cy="20" r="3" fill="#ffb400"/><path d="M36 31l7-7 5 5 4-4 5 6z" fill="#44b36b"/>'
)
_ROCK = (
    '<path d="M4 58L8 8Q12 0 26 1L44 3Q52 6 52 16L54 58z" fill="#9a958f"/><path d="M30 2L44 3Q52 6 52 16L54 58H40z" fill="#837e79"/>'
    + "".join(
        f'<circle cx="{x}" cy="{y}" r="2.6" fill="{fill}"/>'
        for x, y, fill in (
            (11, 16, "#e8334a"),
            (45, 15, "#ffd23f"),
            (13, 48, "#2f7fe0"),
            (44, 44, "#44b36b"),
            (40, 30, "#e8334a"),
            (15, 31, "#ffd23f"),
        )
    )
)
_SKIS = '<path d="M0 46q26-6 60 6v2H0z" fill="#fff"/>' + _bars(
    "M4 46L44 50Q48 50 49 47", "M10 43L50 47", colour="#e8334a", width=2.4
)
_ICE = '<ellipse cx="26" cy="49" rx="25" ry="4.6" fill="#c9ecfb"/>'
_ROD = (
    _bars("M30 31L56 6", colour="#8a5a33", width=1.8)
    + _bars("M56 6V34", colour="#ffffff", width=0.9)
    + '<rect x="8" y="39" width="17" height="9" rx="1.5" fill="#7d4f2c"/>'
)
_TUB = (
    '<path d="M2 26h52v6q0 13-12 13H14Q2 45 2 32z" fill="#f7fafc" stroke="#b9c6d2" stroke-width="1.4"/>'
    '<rect x="0" y="23" width="56" height="5" rx="2.5" fill="#dfe8ef"/>'
    + "".join(
        f'<circle cx="{x}" cy="{y}" r="{r}" fill="#d9f0ff" stroke="#8cc8ee" stroke-width=".7"/>'
        for x, y, r in ((9, 20, 4.5), (15, 22, 3), (43, 21, 4.6), (49, 19, 3.4), (47, 12, 2.4), (7, 11, 2.2))
    )
)
_LAPTOP = (
    '<rect x="14" y="23" width="20" height="14" rx="1.6" fill="#c4c9d4" stroke="#8d93a3" stroke-width=".9"/>'
    '<circle cx="24" cy="30" r="2.2" fill="#f7f9fc"/>'
)
_STOVE = (
    '<rect x="2" y="37" width="50" height="11" rx="1.5" fill="#8d93a3"/><rect x="6" y="40" width="20" height="6" fill="#39406b"/>'
    '<path d="M30 33h16q0 5-3 5H33q-3 0-3-5z" fill="#39393f"/>'
    + _bars("M30 34H22", colour="#39393f", width=2)
    + '<ellipse cx="38" cy="33" rx="8" ry="1.6" fill="#ffb400"/>'
    + _bars("M35 29q-2-2 0-4t0-4", "M41 29q-2-2 0-4t0-4", colour="#ffffff", width=1.7)
)
_BARBELL = _bars("M2 8H46", colour="#5f6373", width=2) + "".join(
    f'<rect x="{x}" y="1" width="4" height="14" rx="1.6" fill="#2b2b33"/>' for x in (3, 8, 36, 41)
)
_RUSH = _bars("M0 27h7", "M1 33h5", "M0 39h6", colour="#ffffff", width=1.8)
_DUST = "".join(
    f'<circle cx="{x}" cy="{y}" r="{r}" fill="#d8cdbd"/>'
    for x, y, r in ((44, 45, 2.4), (48, 42, 1.7), (40, 46, 1.8))
)

STANDING = Pose(
    (36, 48),
    (18, 24),
    (18, 37),
    (((11, 30), (7.5, 36)), ((25, 30), (28.5, 36))),
    (((15, 41), (14.6, 46)), ((21, 41), (21.4, 46))),
)
# One arm out to the side for a thing of up to 24 units.
HOLDING = Pose(
    (54, 48),
    (16, 24),
    (16, 37),
    (((17, 31), (26, 34)), ((24, 30), (31, 36))),
    (((13, 41), (12.6, 46)), ((19, 41), (19.4, 46))),
)
# One arm up for a thing that flies or is held overhead.
HOLDING_UP = Pose(
    (50, 60),
    (16, 36),
    (16, 49),
    (((9, 42), (6, 48)), ((25, 38), (32, 31))),
    (((13, 53), (12.6, 58)), ((19, 53), (19.4, 58))),
)

POSES: Mapping[str, Pose] = {
    "walking": Pose(
        (42, 48), (21, 24), (21, 36), (((14, 29), (8, 33)), ((27, 30), (34, 32))), (((15, 41), (8, 45.6)), ((27, 40), (33, 45.6)))
    ),
    "running": Pose(
        (52, 48), (28, 24), (23, 35), (((20, 30), (12, 27)), ((35, 31), (41, 24))), (((16, 41), (8, 37)), ((33, 37), (37, 45.6))),
        (_RUSH,), tilt=8,
    ),
    "sitting": Pose(
        (36, 48), (16, 24), (16, 37), (((11, 30), (17, 35)), ((22, 30), (25, 36))), (((24, 38), (24, 45.8)), ((28, 38), (29, 45.8))),
        (_CHAIR,),
    ),
    "eating": Pose(
        (48, 48), (24, 22), (24, 36), (((14, 29), (14, 34)), ((35, 29), (31, 23))), (), (),
        (_table(48), _BOWL, _STEAM, _bars("M31 23L27 18", colour="#8d93a3", width=1.6), '<ellipse cx="26.4" cy="17.4" rx="1.8" ry="2.3" fill="#c4c9d4"/>'),
    ),
    "sleeping": Pose((64, 44), (23, 26), (34, 30), (), (), (_BED_BACK,), (_BED_FRONT,), tilt=-68),
    "reading": Pose(
        (42, 46), (21, 24), (21, 38), (((12, 31), (13, 36)), ((30, 31), (29, 36))), (((9, 41), (23, 43.6)), ((33, 41), (19, 43.6))),
        (), (Icon("open-book", 10.5, 25, 21),),
    ),
    "cycling": Pose((60, 56), (29, 21), (23, 32), (((35, 26), (41, 28)),), (((33, 36), (30, 46)),), (_BIKE,), tilt=6),
    "swimming": Pose(
        (60, 40), (30, 21), (16, 27), (((20, 14), (9, 14)), ((40, 16), (50, 22))), (), (_SPLASH,), (_WAVES,), tilt=10
    ),
    "dancing": Pose(
        (44, 48), (22, 24), (21, 36), (((12, 24), (6, 17)), ((32, 24), (39, 18))), (((14, 39), (7, 44)), ((23, 41), (24, 46))),
        (), (_NOTES,), tilt=-8,
    ),
    "cooking": Pose((54, 48), (20, 22), (20, 36), (((11, 29), (15, 35)), ((29, 30), (24, 34))), (), (), (_STOVE,)),
    "drawing": Pose(
        (60, 48), (17, 24), (17, 37), (((11, 31), (15, 36)), ((25, 29), (33, 25))), (((14, 41), (13.6, 46)), ((20, 41), (20.4, 46))),
        (_EASEL,), (_bars("M31 27L40 20", colour="#e8334a", width=1.8), Icon("artist-palette", 7, 30, 12)),
    ),
    "singing": Pose(
        (44, 48), (22, 24), (22, 37), (((12, 27), (5, 23)), ((31, 31), (29, 26))), (((18, 41), (17, 46)), ((26, 41), (27, 46))),
        (), (Icon("microphone", 22, 16, 14), _NOTES),
    ),
    "playing music": Pose(
        (44, 48), (20, 24), (20, 37), (((11, 30), (17, 35)), ((28, 30), (34, 27))), (((17, 41), (16.6, 46)), ((23, 41), (23.4, 46))),
        (), (Icon("guitar", 10, 20, 25),),
    ),
    "climbing": Pose(
        (58, 60), (28, 28), (28, 41), (((17, 26), (12, 17)), ((39, 26), (44, 16))), (((18, 44), (14, 48)), ((37, 42), (43, 45))),
        (_ROCK,),
    ),
    "skiing": Pose(
        (60, 54), (32, 23), (25, 35), (((36, 31), (43, 30)), ((28, 32), (37, 33))), (((32, 40), (26, 46)), ((36, 39), (31, 47))),
        (_SKIS,), (_bars("M43 30L36 50", "M37 33L28 50", colour="#39406b", width=1.4),), tilt=8,
    ),
    "skating": Pose(
        (54, 52), (29, 24), (25, 35), (((18, 27), (9, 26)), ((38, 28), (46, 24))), (((17, 37), (7, 38)), ((30, 41), (28, 46))),
        (_ICE,), (_bars("M24 49.4h9", "M3 40.5l7 2", colour="#5f6373", width=1.6),), tilt=6,
    ),
    "fishing": Pose(
        (60, 48), (17, 22), (16, 36), (((22, 31), (30, 31)), ((24, 28), (32, 29))), (((25, 38), (27, 45.8)), ((28, 37), (31, 45.8))),
        (_ROD,), (Icon("fish", 49, 30, 12, 90),),
    ),
    "jumping": Pose(
        (44, 56), (22, 25), (22, 37), (((12, 24), (7, 15)), ((32, 24), (37, 15))), (((13, 40), (9, 46)), ((31, 40), (35, 46))),
        (_bars("M14 50v4", "M22 48v6", "M30 50v4", colour="#ffffff", width=1.8),),
    ),
    "bathing": Pose((56, 46), (27, 25), (27, 34), (((16, 26), (12, 21)), ((38, 26), (42, 21))), (), (), (_TUB,)),
    "working": Pose(
        (48, 48), (24, 22), (24, 36), (((13, 30), (14, 35)), ((35, 30), (34, 35))), (), (), (_table(48), _LAPTOP)
    ),
    "cleaning": Pose(
        (48, 48), (18, 24), (18, 37), (((20, 31), (28, 31)), ((25, 28), (31, 26))), (((15, 41), (14.6, 46)), ((21, 41), (21.4, 46))),
        (_DUST,), (_bars("M28 12L36 38", colour="#b9793f", width=2), '<path d="M32.6 38l7-2 5 10h-11z" fill="#ffb400"/>'),
    ),
    "playing soccer": Pose(
        (56, 48), (22, 24), (21, 36), (((12, 28), (6, 24)), ((31, 28), (37, 31))), (((17, 41), (14, 46)), ((30, 40), (37, 42))),
        (), (Icon("soccer-ball", 40, 33, 14),), tilt=-6,
    ),
    "taking photos": Pose(
        (42, 48), (21, 24), (21, 37), (((10, 30), (12, 22)), ((32, 30), (30, 22))), (((18, 41), (17.6, 46)), ((24, 41), (24.4, 46))),
        (), (Icon("camera", 12, 11, 18), _bars("M32 9l4-4", "M34 13h5", "M29 6l1-5", colour="#ffd23f", width=1.7)),
    ),
    "exercising": Pose(
        (48, 58), (24, 34), (24, 46), (((13, 28), (14, 9)), ((35, 28), (34, 9))), (((18, 50), (16, 56)), ((30, 50), (32, 56))),
        (), (_BARBELL,),
    ),
}  # fmt: skip
