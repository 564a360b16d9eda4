"""People as SVG: a head of the icon set on a dressed body in a pose, in several looks; no scenes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from illustration.training.poses import HOLDING, HOLDING_UP, POSES, STANDING, Icon, Limb, Point, Pose, Prop
from illustration.training.vocabulary import PEOPLE

SKINS: Mapping[str, str] = {
    "light": "#ffd7c2",
    "medium-light": "#f0c3a2",
    "medium": "#c68d7b",
    "dark": "#573739",
}
LOOKS = 4
LOOK_SHARES = (5, 2, 2, 1)
HEAD = 25.0
# How far a hat rises over the head's box.
HAT_ROOM = 6.0
GROWN_UP = ("woman", "man")


@dataclass(frozen=True, slots=True)
class Dress:
    """Clothes of one person: what covers the hip (dress, gown, skirt, shorts or trousers), and colours look by look."""

    heads: tuple[str, ...]
    garment: str
    tops: tuple[str, ...]
    bottoms: tuple[str, ...]
    hat: str = ""
    front: str = ""


_TOQUE = '<path d="M7 8V3Q2 2 3-2.500 5-6.500 10-5.500q6-4 12 0 6-1 7 3 1 4-4 5.500v5z" fill="#fff" stroke="#c9ced8" stroke-width=".8"/>'
_POLICE_CAP = (
    '<path d="M4 7Q2 0 8-2 16-6 24-2q6 2 4 9z" fill="#20408f"/><path d="M5 6h22v4.500q-11-3-22 0z" fill="#10224f"/>'
    '<path d="M16-2.500l1.700 3.300 3.500.4-2.600 2.500.7 3.500-3.300-1.800-3.300 1.800.7-3.500-2.600-2.500 3.500-.4z" fill="#ffd23f"/>'
)
_HELMET = (
    '<path d="M4 10Q3-4 16-5 29-4 28 10z" fill="#e02b2b"/><path d="M1 10q15-5 30 0v2.500q-15-4-30 0z" fill="#a81616"/>'
    '<path d="M11 7q0-9 5-9t5 9z" fill="#ffd23f"/>'
)
_CROWN = (
    '<path d="M7 6L5-4l6 4 5-6 5 6 6-4-2 10z" fill="#ffc928" stroke="#c98a00" stroke-width=".7"/>'
    '<circle cx="16" cy="2.500" r="1.600" fill="#e8334a"/>'
)
_VISOR = (
    '<circle cx="16" cy="16" r="16" fill="none" stroke="#f2f5f9" stroke-width="4"/>'
    '<circle cx="16" cy="16" r="14.200" fill="#9fd8ff" fill-opacity=".18" stroke="#8d93a3" stroke-width="1"/>'
)
_STETHOSCOPE = "stethoscope"
_BUTTONS = "buttons"
_APRON = "apron"
_STRIPES = "stripes"

DRESSES: Mapping[str, Dress] = {
    "girl": Dress(("girl",), "dress", ("#f0568c", "#ffb400", "#17a58c", "#ef6b4a"), ("",)),
    "boy": Dress(("boy",), "shorts", ("#2f7fe0", "#e8334a", "#3da64a", "#f59a23"), ("#34507a",)),
    "woman": Dress(("woman",), "skirt", ("#8a4fd0", "#12a594", "#d8497e", "#e8a13a"), ("#39406b",)),
    "man": Dress(("man",), "trousers", ("#2e8b57", "#4a6fa5", "#b5533c", "#6b7f4f"), ("#3a3f55",)),
    "grandmother": Dress(("old-woman",), "gown", ("#a65fb0", "#c75b7a", "#5c8a86", "#a65fb0"), ("",), front=_APRON),
    "grandfather": Dress(("old-man",), "trousers", ("#8a6238", "#6b7f4f", "#4d6a80", "#8a6238"), ("#6b6258",), front=_BUTTONS),
    "baby": Dress(("baby",), "onesie", ("#8fd3ff", "#ffd84d", "#ffb3c7", "#a8e0a0"), ("",)),
    "doctor": Dress(GROWN_UP, "coat", ("#fbfdff",), ("#6fb7c9",), front=_STETHOSCOPE),
    "cook": Dress(GROWN_UP, "trousers", ("#ffffff",), ("#5b606e",), hat=_TOQUE, front=_BUTTONS),
    "police officer": Dress(GROWN_UP, "trousers", ("#2d5cc0",), ("#1c2f63",), hat=_POLICE_CAP, front=_BUTTONS),
    "firefighter": Dress(GROWN_UP, "trousers", ("#d8402f",), ("#7a4a2a",), hat=_HELMET, front=_STRIPES),
    "princess": Dress(("woman", "girl"), "gown", ("#ff8ac2",), ("",), hat=_CROWN),
    "astronaut": Dress(GROWN_UP, "trousers", ("#eef2f7",), ("#eef2f7",), hat=_VISOR, front=_STRIPES),
    "santa claus": Dress(("santa-claus",), "trousers", ("#e02b2b",), ("#c92020",), front=_BUTTONS),
}  # fmt: skip
assert set(DRESSES) == set(PEOPLE)

# Look by look: tone of the skin, and a colour in place of the tone's own hair.
_TONES: tuple[tuple[str, tuple[str, str]], ...] = (
    ("light", ("", "")),
    ("light", ("#212121", "#8a4f2c")),
    ("medium", ("", "")),
    ("dark", ("", "")),
)


def head_icon(person: str, look: int) -> str:
    """The icon of a person's head in one of the looks."""
    heads = DRESSES[person].heads
    return f"{heads[look % len(heads)]}-{_TONES[look % LOOKS][0]}"


def _head(icons: Mapping[str, str], person: str, look: int) -> str:
    body = icons[head_icon(person, look)]
    old, new = _TONES[look % LOOKS][1]
    return body.replace(old, new) if old else body


def _stroke(points: tuple[Point, ...], colour: str, width: float) -> str:
    line = "M" + "L".join(f"{x:g} {y:g}" for x, y in points)
    return f'<path d="{line}" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" stroke-linejoin="round" fill="none"/>'


def _polygon(points: tuple[Point, ...], colour: str, edge: float = 2.5) -> str:
    line = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "z"
    return (
        f'<path d="{line}" fill="{colour}" stroke="{colour}" stroke-width="{edge}" stroke-linejoin="round"/>'
    )


def _trunk(pose: Pose, top: float, bottom: float, below: float, colour: str) -> str:
    """A trapezoid along the body, `top` and `bottom` its half widths, `below` how far it goes past the hip."""
    (nx, ny), (hx, hy) = pose.neck, pose.hip
    length = math.hypot(hx - nx, hy - ny) or 1.0
    ux, uy = (hx - nx) / length, (hy - ny) / length
    ex, ey = hx + ux * below, hy + uy * below
    return _polygon(
        (
            (nx - uy * top, ny + ux * top),
            (nx + uy * top, ny - ux * top),
            (ex + uy * bottom, ey - ux * bottom),
            (ex - uy * bottom, ey + ux * bottom),
        ),
        colour,
    )


def _legs(legs: tuple[Limb, ...], hip: Point, colour: str, shoes: str) -> str:
    found = "".join(
        _stroke(((hip[0] + (1.5 if i else -1.5), hip[1]), *leg), colour, 4.8) for i, leg in enumerate(legs)
    )
    return found + "".join(
        f'<ellipse cx="{foot[0] + 0.8:g}" cy="{foot[1]:g}" rx="3.6" ry="2" fill="{shoes}"/>'
        for _, foot in legs
    )


def _front(kind: str, pose: Pose, top: str) -> str:
    (nx, ny), (hx, hy) = pose.neck, pose.hip
    along = [(nx + (hx - nx) * t, ny + (hy - ny) * t) for t in (0.35, 0.65, 0.95)]
    if kind == _BUTTONS:
        dark = "#2b2b33" if top == "#ffffff" else "#ffd23f"
        return "".join(f'<circle cx="{x:g}" cy="{y:g}" r="1.1" fill="{dark}"/>' for x, y in along)
    if kind == _STRIPES:
        colour = "#f59a23" if top == "#eef2f7" else "#ffe14a"
        (x, y), (ex, ey) = along[1], along[2]
        return _stroke(((x - 5, y), (x + 5, y)), colour, 2) + _stroke(((ex - 5, ey), (ex + 5, ey)), colour, 2)
    if kind == _STETHOSCOPE:
        x, y = along[1]
        tube = f'<path d="M{nx - 4:g} {ny + 1:g}Q{x - 4:g} {y:g} {x:g} {y:g}T{nx + 4:g} {ny + 1:g}" stroke="#2b4a7f" stroke-width="1.3" fill="none"/>'
        return tube + f'<circle cx="{x:g}" cy="{y + 2:g}" r="2" fill="#5f6b80"/>'
    if kind == _APRON:
        return _trunk(pose, 2.6, 5, 3, "#fff4e0")
    return ""


def _body(person: str, pose: Pose, look: int, skin: str) -> tuple[str, str]:
    """Legs and trunk, and the arms that go over them."""
    dress = DRESSES[person]
    top = dress.tops[look % len(dress.tops)]
    bottom = dress.bottoms[look % len(dress.bottoms)]
    legs_bare = dress.garment in ("dress", "skirt", "shorts")
    legs = top if dress.garment in ("onesie", "gown") else skin if legs_bare else bottom
    shoes = {"onesie": top, "gown": "#7a3f68"}.get(dress.garment, "#4a3020")
    drawn = _legs(pose.legs, pose.hip, legs, shoes)
    if dress.garment == "shorts":
        for knee, _ in pose.legs:
            drawn += _stroke(
                (pose.hip, ((pose.hip[0] + 2 * knee[0]) / 3, (pose.hip[1] + 2 * knee[1]) / 3 + 1)),
                bottom,
                6.6,
            )
    if dress.garment in ("skirt", "shorts", "trousers"):
        drawn += _trunk(
            pose, 3.5, 8 if dress.garment == "skirt" else 5.4, 4 if dress.garment == "skirt" else 1, bottom
        )
        drawn += _trunk(pose, 4.4, 5, -2, top)
    elif dress.garment == "onesie":
        drawn += _trunk(pose, 4.6, 7.4, 2, top)
    else:
        drawn += _trunk(pose, 4, *{"dress": (9, 5), "gown": (9.4, 8), "coat": (7.6, 6)}[dress.garment], top)
    drawn += _front(dress.front, pose, top)
    # White sleeves over a white coat would not be seen.
    sleeve = "#dfe5ee" if top in ("#ffffff", "#fbfdff", "#eef2f7") else top
    shoulder = pose.neck[1] + 2.2
    arms = "".join(
        _stroke(
            ((pose.neck[0] + (3 if elbow[0] >= pose.neck[0] else -3), shoulder), elbow, hand), sleeve, 4.2
        )
        + f'<circle cx="{hand[0]:g}" cy="{hand[1]:g}" r="2.6" fill="{skin}"/>'
        for elbow, hand in pose.arms
    )
    return drawn, arms


def _props(props: tuple[Prop, ...], icons: Mapping[str, str]) -> str:
    return "".join(prop if isinstance(prop, str) else placed(icons[prop.name], prop) for prop in props)


def placed(body: str, at: Icon) -> str:
    """An icon's body moved, scaled and turned to its place."""
    turn = f" rotate({at.turn:g} 16 16)" if at.turn else ""
    return f'<g transform="translate({at.x:g} {at.y:g}) scale({at.side / 32:g}){turn}">{body}</g>'


def figure(
    icons: Mapping[str, str], person: str, look: int, action: str = "", held: str = ""
) -> tuple[str, Point]:
    """SVG elements of one person, and the width and height of the box they fill.

    held: the SVG body, in a 32-unit box, of a thing in the hand (`up:` before it for a thing held overhead).
    """
    overhead = held.startswith("up:")
    pose = (HOLDING_UP if overhead else HOLDING) if held else POSES[action] if action else STANDING
    dress = DRESSES[person]
    skin = SKINS[_TONES[look % LOOKS][0]]
    trunk, arms = _body(person, pose, look, skin)
    x, y = pose.neck[0] - HEAD / 2, pose.neck[1] - HEAD + 1
    turn = f" rotate({pose.tilt:g} 16 28)" if pose.tilt else ""
    head = f'<g transform="translate({x:g} {y:g}) scale({HEAD / 32:g}){turn}">{_head(icons, person, look)}{dress.hat}</g>'
    thing = ""
    if held:
        # A balloon or an umbrella ends in the raised hand; anything else lies on both hands.
        corner = Icon("", 19, 0, 31) if overhead else Icon("", 28, 14, 24)
        thing = placed(held.removeprefix("up:"), corner)
    drawn = _props(pose.behind, icons) + trunk + head + arms + thing + _props(pose.before, icons)
    room = HAT_ROOM if dress.hat else 0.0
    width, height = pose.box
    return f'<g transform="translate(0 {room:g})">{drawn}</g>', (width, height + room)
