"""Subjects drawn here because the icon set has none, or none that is plain: SVG bodies for a 32-unit box."""

from collections.abc import Mapping

_RAINBOW = ("#e83e3e", "#fa9632", "#fcdc46", "#5cbe5a", "#468ce6", "#8c5ac8")


def _circles(*circles: tuple[float, float, float, str]) -> str:
    return "".join(f'<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}"/>' for x, y, r, fill in circles)


_DISH = '<ellipse cx="16" cy="21" rx="15" ry="8" fill="#e9eef3"/><ellipse cx="16" cy="20" rx="12" ry="5.6" fill="{}"/>'


def _rolls(x: float, y: float) -> str:
    return (
        f'<circle cx="{x}" cy="{y}" r="6.4" fill="#1d3b2c"/><circle cx="{x}" cy="{y}" r="5" fill="#fff"/>'
        f'<circle cx="{x - 1.3}" cy="{y - 1}" r="1.7" fill="#f59a23"/><circle cx="{x + 1.4}" cy="{y - 0.8}" r="1.6" fill="#ffe14a"/>'
        f'<circle cx="{x}" cy="{y + 1.5}" r="1.7" fill="#44a04a"/>'
    )


def _sticks(*sticks: tuple[float, float, float]) -> str:
    return "".join(
        f'<rect x="{x}" y="{y}" width="12" height="4" rx="2" transform="rotate({turn} {x + 6} {y + 2})" '
        'fill="#f2643c" stroke="#c4321c" stroke-width=".9"/>'
        for x, y, turn in sticks
    )


OWN: Mapping[str, str] = {
    "ball": (
        '<circle cx="16" cy="16" r="14" fill="#e8334a"/>'
        '<path d="M16 2a14 14 0 0 1 0 28c6-8 6-20 0-28" fill="#ffd23f"/>'
        '<path d="M16 2a14 14 0 0 0 0 28c-6-8-6-20 0-28" fill="#2f7fe0"/>'
        '<path d="M16 2c-4 8-4 20 0 28c4-8 4-20 0-28" fill="#fff"/>'
    ),
    "dragonfly": (
        '<g fill="#a9dcf5" stroke="#4f9cc8" stroke-width=".7"><ellipse cx="8" cy="11" rx="7.500" ry="2.800" transform="rotate(14 8 11)"/>'
        '<ellipse cx="24" cy="11" rx="7.500" ry="2.800" transform="rotate(-14 24 11)"/>'
        '<ellipse cx="9" cy="17" rx="6.500" ry="2.400" transform="rotate(-14 9 17)"/><ellipse cx="23" cy="17" rx="6.500" ry="2.400" transform="rotate(14 23 17)"/></g>'
        '<rect x="14.600" y="9" width="2.800" height="22" rx="1.400" fill="#d8402f"/><circle cx="16" cy="11" r="3" fill="#d8402f"/>'
        '<circle cx="14" cy="6" r="2.400" fill="#39406b"/><circle cx="18" cy="6" r="2.400" fill="#39406b"/>'
    ),
    "tteokbokki": _DISH.format("#d8331f") + _sticks((6, 15, -18), (14, 15, 14), (9, 18.500, 6), (17, 19, -14), (10, 12.500, 24))
    + '<ellipse cx="21" cy="14.500" rx="3.600" ry="2.800" fill="#fff"/><circle cx="21.300" cy="14.600" r="1.600" fill="#ffc928"/>',
    "kimbap": '<rect x="1" y="22" width="30" height="5" rx="2" fill="#b9793f"/>' + _rolls(8, 17) + _rolls(24, 17) + _rolls(16, 17) + _rolls(16, 8),
    "bibimbap": (
        '<path d="M1 14h30q-1 15-11 15h-8Q2 29 1 14z" fill="#3d3a3f"/><ellipse cx="16" cy="14" rx="15" ry="7" fill="#55525a"/>'
        '<ellipse cx="16" cy="13.600" rx="12.600" ry="5.600" fill="#fff"/><path d="M16 13.600L5 11q5-4 11-3z" fill="#44a04a"/>'
        '<path d="M16 13.600L16 8q7 0 11 3z" fill="#f28a2b"/><path d="M16 13.600L28 12q1 4-6 6z" fill="#8a5a33"/><path d="M16 13.600L4 13q0 4 7 6z" fill="#d8331f"/>'
        '<ellipse cx="16" cy="13" rx="5" ry="3" fill="#fff"/><circle cx="16" cy="12.800" r="2.200" fill="#ffc928"/>'
    ),
    "kimchi": _DISH.format("#b9c7cf") + (
        '<path d="M6 20q0-8 5-9 1-4 5-3 4-3 7 2 5 2 3 9-10 6-20 1z" fill="#e2442a"/><path d="M9 19q1-6 4-8M14 20q0-7 2-11M19 20q1-6 0-10M23 18q0-4-2-7" '
        'stroke="#ffe9b8" stroke-width="1.300" fill="none"/><path d="M6 19q2-5 5-7M26 18q0-5-4-8" stroke="#7aa53a" stroke-width="1.500" fill="none"/>'
    ),
    "rice cake": _DISH.format("#c9d6dd") + "".join(
        f'<path d="M{x} {y}q0-6 5-6t5 6z" fill="{fill}" stroke="{edge}" stroke-width=".8"/>'
        for x, y, fill, edge in ((3.500, 20, "#f7a8c4", "#c96f90"), (18.500, 20, "#9ed08a", "#649a50"), (11, 22, "#fdfbf4", "#c9c2b2"), (8, 14.500, "#fdfbf4", "#c9c2b2"), (15, 14.500, "#f7a8c4", "#c96f90"))
    ),
    "blocks": (
        '<rect x="2" y="17" width="13" height="13" rx="1.500" fill="#e8334a"/><rect x="17" y="17" width="13" height="13" rx="1.500" fill="#2f7fe0"/>'
        '<rect x="9.500" y="3" width="13" height="13" rx="1.500" fill="#ffc928"/><circle cx="8.500" cy="23.500" r="3.400" fill="#fff"/>'
        '<path d="M20 27l3.500-7 3.500 7z" fill="#fff"/><rect x="13" y="6.500" width="6" height="6" fill="#fff"/>'
    ),
    "sandcastle": (
        '<path d="M1 30l3-9h24l3 9z" fill="#d9a95b"/><rect x="4" y="13" width="7" height="10" fill="#e6bd74"/><rect x="21" y="13" width="7" height="10" fill="#e6bd74"/>'
        '<rect x="11" y="16" width="10" height="8" fill="#d9a95b"/><path d="M3 13l4.500-7 4.500 7zM20 13l4.500-7 4.500 7z" fill="#c98f3c"/>'
        '<path d="M13.500 30v-5q2.500-4 5 0v5z" fill="#8a5a2a"/><path d="M16 16V7" stroke="#8a5a2a"/><path d="M16 7l6 2-6 2z" fill="#e8334a"/>'
    ),
    "table": (
        '<path d="M5 14v16M27 14v16" stroke="#8a5a33" stroke-width="3"/><path d="M9 14v11M23 14v11" stroke="#6d4534" stroke-width="2"/>'
        '<rect x="1" y="10" width="30" height="5" rx="1.500" fill="#c98a4b"/><path d="M12 10V6q0-2 2-2h4q2 0 2 2v4z" fill="#7cc4e8"/>'
        + _circles((13, 2.500, 1.800, "#f0568c"), (19, 2.500, 1.800, "#ffb400"), (16, 1.800, 1.800, "#e8334a"))
    ),
    "hanbok": (
        '<path d="M10 12h12l8 18q-14 3-28 0z" fill="#e8447c"/><path d="M10 5L1 14l3 5 7-5h10l7 5 3-5-9-9-3-1h-6z" fill="#ffe27a"/>'
        '<path d="M1 14l3 5 2-1.500-3-5.500zM31 14l-3 5-2-1.500 3-5.500z" fill="#2f9e6b"/><path d="M12 4l4 6 4-6" stroke="#fff" stroke-width="1.800" fill="none"/>'
        '<path d="M16 10l-1 4 1.500 9M16 10l3 5 1 6" stroke="#d01f3c" stroke-width="1.700" fill="none"/><path d="M7 26q9 3 18 0" stroke="#ffc928" stroke-width="1.400" fill="none"/>'
    ),
    "piano": (
        '<path d="M3 4h26v13H3z" fill="#5a3320"/><path d="M1 16h30v7H1z" fill="#43240f"/><rect x="2.500" y="16.500" width="27" height="4.600" fill="#fff"/>'
        '<path d="M6 16.500v3M9.600 16.500v3M14.400 16.500v3M18 16.500v3M21.600 16.500v3M26 16.500v3" stroke="#1c1c22" stroke-width="1.800"/>'
        '<path d="M4 23v8M28 23v8" stroke="#43240f" stroke-width="3"/><rect x="11" y="6" width="10" height="7" fill="#fff"/>'
        '<path d="M13 8.500h6M13 10.500h6" stroke="#5f6373" stroke-width=".8"/>'
    ),
    "swing": (
        '<path d="M7 2L2 31M7 2l5 29M25 2l-5 29M25 2l5 29" stroke="#e8334a" stroke-width="2.200"/><path d="M5 2h22" stroke="#2f7fe0" stroke-width="3"/>'
        '<path d="M13 3v19M19 3v19" stroke="#5f6373" stroke-width="1.200"/><rect x="11" y="21" width="10" height="3" rx="1" fill="#ffc928"/>'
    ),
    "campfire": (
        '<path d="M16 1q-2 6-6 9-5 6-2 12 4 5 8 5t8-5q3-7-2-12-1 3-3 3 1-7-3-12z" fill="#f5582a"/><path d="M16 12q-5 5-4 10 1 4 4 4t4-4q1-5-4-10z" fill="#ffc928"/>'
        '<path d="M3 30L27 23M29 30L5 23" stroke="#6d3f1f" stroke-width="4" stroke-linecap="round"/>'
    ),
    "rainbow": "".join(
        f'<path d="M{1.5 + i * 1.9} 29a{14.5 - i * 1.9} {14.5 - i * 1.9} 0 0 1 {29 - i * 3.8} 0" stroke="{colour}" stroke-width="2.1" fill="none"/>'
        for i, colour in enumerate(_RAINBOW)
    ),
    "firework": "".join(
        f'<path d="M16 16L{x} {y}" stroke="{colour}" stroke-width="1.600" stroke-linecap="round" stroke-dasharray="6 2.500"/><circle cx="{x}" cy="{y}" r="1.700" fill="{colour}"/>'
        for x, y, colour in (
            (16, 2, "#ff4f6d"), (26, 6, "#ffd23f"), (30, 16, "#4fd3ff"), (26, 26, "#ff4f6d"),
            (16, 30, "#ffd23f"), (6, 26, "#4fd3ff"), (2, 16, "#ff4f6d"), (6, 6, "#ffd23f"),
            (21, 3, "#c58bff"), (29, 21, "#7be36b"), (11, 29, "#c58bff"), (3, 11, "#7be36b"),
        )
    ),
}  # fmt: skip

# A lone face of the set sits on this; {0} is the fur, {1} the darker paws.
SEAT = (
    '<ellipse cx="16" cy="25" rx="9.4" ry="6.4" fill="{0}"/>'
    '<ellipse cx="10.6" cy="29.6" rx="4" ry="2.2" fill="{1}"/><ellipse cx="21.4" cy="29.6" rx="4" ry="2.2" fill="{1}"/>'
)
BODY = (
    '<path d="M24 26q7 1 6-7" stroke="{1}" stroke-width="1.6" stroke-linecap="round" fill="none"/>'
    '<circle cx="30" cy="18.6" r="1.7" fill="{1}"/>' + SEAT
)
