"""Which scenes are composed: casts drawn by chance, and the combinations kept out of training; no pictures here."""

import random
import zlib
from collections.abc import Iterator

from illustration.training.sprites import HELD, HELD_UP
from illustration.training.vocabulary import (
    ACTIONS,
    GROUPS,
    ICONS,
    PEOPLE,
    PLACES,
    SEASONS,
    STATURES,
    TIMES,
    UNCOUNTABLE,
    WEATHERS,
    Cast,
    Member,
)

# Bodies side by side that a picture of this size can hold.
MOST_BODIES = 3
# One pair of subject and place in so many is kept for the judge.
KEPT_OUT = 16
FAMILY: tuple[str, ...] = GROUPS["people"][:7]
ALOFT = frozenset(word for word, stature in STATURES.items() if stature == "aloft")
COUNTABLE: tuple[str, ...] = tuple(
    word for word in ICONS if word not in UNCOUNTABLE and STATURES[word] in ("small", "medium")
)
BACKGROUNDS: tuple[str, ...] = tuple(word for word in ICONS if STATURES[word] == "large")
STANDING: tuple[str, ...] = tuple(word for word in ICONS if STATURES[word] in ("small", "medium"))


def pair_held_out(subject: str, place: str) -> bool:
    """Whether training never shows this subject at this place."""
    return zlib.crc32(f"{subject}/{place}".encode()) % KEPT_OUT == 0


def held_out(cast: Cast) -> bool:
    """Whether the cast holds a pair of subject and place that training never shows."""
    return any(pair_held_out(subject, cast.place) for subject in cast.subjects)


def _person(rng: random.Random, bodies: int) -> Member:
    """A person alone, doing something, holding something, or beside or in front of something."""
    word = rng.choice(FAMILY) if rng.random() < 0.75 else rng.choice(PEOPLE)
    kind = rng.choices(
        ("alone", "action", "holding", "beside", "in front of", "counted"), (3, 9, 3, 2, 1, 1)
    )[0]
    if kind == "action":
        return Member(word, action=rng.choice(tuple(ACTIONS)))
    if kind == "holding":
        return Member(word, relation=kind, other=rng.choice(HELD_UP if rng.random() < 0.15 else HELD))
    if kind == "in front of":
        return Member(word, relation=kind, other=rng.choice(BACKGROUNDS))
    if kind == "beside" and bodies >= 2:
        return Member(word, relation=kind, other=rng.choice((*STANDING, *FAMILY)))
    if kind == "counted" and bodies >= 2:
        return Member(word, rng.randint(2, bodies))
    return Member(word)


def _thing(rng: random.Random, bodies: int) -> Member:
    kind = rng.choices(("alone", "beside", "in front of", "counted"), (16, 2, 1, 3))[0]
    if kind == "in front of":
        return Member(rng.choice(STANDING), relation=kind, other=rng.choice(BACKGROUNDS))
    if kind == "beside" and bodies >= 2:
        return Member(rng.choice(STANDING), relation=kind, other=rng.choice(STANDING))
    if kind == "counted" and bodies >= 2:
        return Member(rng.choice(COUNTABLE), rng.randint(2, bodies))
    return Member(rng.choice(tuple(ICONS)))


def _fits(members: list[Member], new: Member) -> bool:
    words = [word for member in (*members, new) for word in member.subjects]
    behind = sum(member.relation == "in front of" for member in (*members, new))
    aloft = sum(word in ALOFT for word in words) - sum(
        m.relation == "holding" and m.other in ALOFT for m in (*members, new)
    )
    alone = behind == 0 or len(members) == 0
    return len(set(words)) == len(words) and aloft <= 1 and alone


def _members(rng: random.Random, bodies: int) -> tuple[Member, ...]:
    members: list[Member] = []
    left = bodies
    while left > 0:
        wants_person = not members and rng.random() < 0.5
        new = _person(rng, left) if wants_person else _thing(rng, left)
        if not _fits(members, new):
            continue
        members.append(new)
        left -= new.bodies
        if new.relation == "in front of":
            break
    rng.shuffle(members)
    # What is in the air comes last.
    members.sort(key=lambda member: member.subject in ALOFT)
    return tuple(members)


def draw_cast(rng: random.Random, *, bodies: int | None = None, kept_out: bool = False) -> Cast:
    """Pick a scene of one to three bodies: a person in about half of them, every other subject equally often.

    kept_out: a scene for the judge, which holds a pair of subject and place that no training scene has.
    """
    count = bodies or rng.choices((1, 2, 3), (5, 4, 2))[0]
    while True:
        weather = rng.choices(WEATHERS, (4, 2, 3, 3, 2, 2))[0]
        time = rng.choices(TIMES, (2, 2, 4, 2, 3))[0]
        season = "" if rng.random() < 0.3 else rng.choice(SEASONS)
        if weather == "snowy" and season in ("spring", "summer", "autumn"):
            season = rng.choice(("", "winter"))
        cast = Cast(_members(rng, count), rng.choice(tuple(PLACES)), weather, time, season)
        if held_out(cast) == kept_out:
            return cast


def judged_casts(seed: int) -> Iterator[Cast]:
    """Scenes kept out of training, without end and each once, for prompts that measure the model."""
    rng, seen = random.Random(f"judged/{seed}"), set()
    while True:
        cast = draw_cast(rng, kept_out=True)
        if cast not in seen:
            seen.add(cast)
            yield cast
