"""The words the starter model draws and how captions say them, read from `subjects.toml`; no pictures here.

This is the content of the `vocabulary.json` that goes with the weights. A prompt built from that file must read
exactly as `caption` writes, or the model meets sentences it never saw.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

_TABLES: Mapping[str, Any] = tomllib.loads(
    files("illustration.training").joinpath("subjects.toml").read_text(encoding="utf-8")
)
_GROUPS = {name: table for name, table in _TABLES.items() if "stature" in table}

PEOPLE: tuple[str, ...] = (
    "girl", "boy", "woman", "man", "grandmother", "grandfather", "baby",
    "doctor", "cook", "police officer", "firefighter", "princess", "astronaut", "santa claus",
)  # fmt: skip

# Word -> icon of the set, or `own:NAME` for one drawn by this package.
ICONS: Mapping[str, str] = {
    word: icon for table in _GROUPS.values() for word, icon in table.items() if word != "stature"
}
# Word -> small, medium, large or aloft.
STATURES: Mapping[str, str] = {
    word: table["stature"] for table in _GROUPS.values() for word in table if word != "stature"
}
GROUPS: Mapping[str, tuple[str, ...]] = {
    "people": PEOPLE,
    **{name: tuple(word for word in table if word != "stature") for name, table in _GROUPS.items()},
}
SUBJECTS: tuple[str, ...] = (*PEOPLE, *ICONS)
BODIES: Mapping[str, tuple[str, str]] = {word: tuple(found) for word, found in _TABLES["bodies"].items()}
RECOLOURS: Mapping[str, Mapping[str, str]] = _TABLES["recolours"]
DEFINITE = frozenset(_TABLES["words"]["definite"])
UNCOUNTABLE = frozenset(_TABLES["words"]["uncountable"])
PLURALS: Mapping[str, str] = _TABLES["words"]["plurals"]

COUNTS: Mapping[int, str] = {2: "two", 3: "three"}
ACTIONS: Mapping[str, str] = {
    "walking": "walking",
    "running": "running",
    "sitting": "sitting",
    "eating": "eating",
    "sleeping": "sleeping",
    "reading": "reading",
    "cycling": "riding a bicycle",
    "swimming": "swimming",
    "dancing": "dancing",
    "cooking": "cooking",
    "drawing": "drawing",
    "singing": "singing",
    "playing music": "playing music",
    "climbing": "climbing",
    "skiing": "skiing",
    "skating": "skating",
    "fishing": "fishing",
    "jumping": "jumping",
    "bathing": "taking a bath",
    "working": "working at a computer",
    "cleaning": "cleaning",
    "playing soccer": "playing soccer",
    "taking photos": "taking photos",
    "exercising": "lifting weights",
}
RELATIONS: Mapping[str, str] = {"beside": "beside", "holding": "holding", "in front of": "in front of"}
PLACES: Mapping[str, str] = {
    "beach": "at the beach",
    "park": "at the park",
    "forest": "in the forest",
    "mountain": "in the mountains",
    "city": "in the city",
    "school": "at school",
    "pool": "at the pool",
    "farm": "at the farm",
    "playground": "at the playground",
    "street": "on the street",
    "river": "by the river",
    "lake": "at the lake",
    "market": "at the market",
    "bus stop": "at the bus stop",
    "garden": "in the garden",
    "zoo": "at the zoo",
    "sports field": "on the sports field",
    "amusement park": "at the amusement park",
    "campsite": "at the campsite",
    "church": "at church",
    "airport": "at the airport",
    "home": "at home",
    "kitchen": "in the kitchen",
    "bedroom": "in the bedroom",
    "living room": "in the living room",
    "classroom": "in the classroom",
    "library": "in the library",
    "hospital": "at the hospital",
    "restaurant": "at the restaurant",
    "museum": "at the museum",
    "theater": "at the theater",
    "office": "at the office",
    "cafe": "at the cafe",
}
INDOORS = frozenset(
    {"home", "kitchen", "bedroom", "living room", "classroom", "library", "hospital", "restaurant", "museum"}
    | {"theater", "office", "cafe"}
)
WEATHERS: tuple[str, ...] = ("sunny", "cloudy", "rainy", "snowy", "windy", "foggy")
TIMES: tuple[str, ...] = ("dawn", "morning", "day", "evening", "night")
SEASONS: tuple[str, ...] = ("spring", "summer", "autumn", "winter")


@dataclass(frozen=True, slots=True)
class Member:
    """One phrase of a scene: a subject, how many of it, what it does, or how it stands to another subject.

    An action belongs to one person; a relation to one subject and one `other`.
    """

    subject: str
    count: int = 1
    action: str = ""
    relation: str = ""
    other: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return (self.subject, self.other) if self.other else (self.subject,)

    @property
    def bodies(self) -> int:
        """How many things stand side by side in the picture for it."""
        return 2 if self.relation == "beside" else self.count


@dataclass(frozen=True, slots=True)
class Cast:
    """What a scene shows, in vocabulary words; members from left to right. No season means that none is told."""

    members: tuple[Member, ...]
    place: str
    weather: str
    time: str
    season: str = ""

    @property
    def subjects(self) -> tuple[str, ...]:
        return tuple(word for member in self.members for word in member.subjects)


def plural(word: str) -> str:
    return PLURALS.get(word, f"{word}s")


def said(word: str, count: int = 1) -> str:
    """`a dog`, `an apple`, `noodles`, `the moon`, `two dogs`."""
    if count > 1:
        return f"{COUNTS[count]} {plural(word)}"
    if word in UNCOUNTABLE:
        return word
    if word in DEFINITE:
        return f"the {word}"
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def member_phrase(member: Member) -> str:
    """`two dogs`, `a girl reading`, `a girl holding a balloon`, `a dog beside a cat`."""
    words = [said(member.subject, member.count)]
    if member.action:
        words.append(ACTIONS[member.action])
    if member.relation:
        words += [RELATIONS[member.relation], said(member.other)]
    return " ".join(words)


def subject_phrase(members: Sequence[Member]) -> str:
    """`a girl reading, two dogs and a ball`; empty for no members."""
    named = [member_phrase(member) for member in members]
    return named[0] if len(named) == 1 else ", ".join(named[:-1]) + " and " + named[-1] if named else ""


def phrases(cast: Cast) -> tuple[str, ...]:
    """The scene's phrases in the caption's order; empty ones left out."""
    found = (subject_phrase(cast.members), PLACES[cast.place], cast.weather, cast.time, cast.season)
    return tuple(phrase for phrase in found if phrase)


def caption(cast: Cast, *, trigger: str = "") -> str:
    return ", ".join((trigger, *phrases(cast)) if trigger else phrases(cast))


def vocabulary(styles: Mapping[str, str]) -> dict[str, Any]:
    """The content of vocabulary.json. styles: trigger words by style."""
    return {
        "subjects": {word: word for word in SUBJECTS},
        "people": list(PEOPLE),
        "plurals": {word: phrase for word, phrase in PLURALS.items() if word in SUBJECTS},
        "uncountable": [word for word in SUBJECTS if word in UNCOUNTABLE],
        "definite": [word for word in SUBJECTS if word in DEFINITE],
        "counts": {str(count): word for count, word in COUNTS.items()},
        "actions": dict(ACTIONS),
        "relations": dict(RELATIONS),
        "places": dict(PLACES),
        "weathers": {word: word for word in WEATHERS},
        "times": {word: word for word in TIMES},
        "seasons": {word: word for word in SEASONS},
        "styles": dict(styles),
    }
