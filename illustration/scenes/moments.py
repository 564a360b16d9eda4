"""The moments of a day, and the one that it turned on. Nothing here knows a language or a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from illustration.scenes.lexicon import grammar
from illustration.scenes.mentions import Mention, Sentence
from illustration.scenes.vocabulary import SUBJECT_KINDS

PLACE_WEIGHT = {
    "at": 1.3,
    "to": 1.1,
    "bare": 1.0,
    "object": 0.9,
    "topic": 0.8,
    "with": 0.7,
    "subject": 0.7,
    "owner": 0.6,
    "emoji": 0.5,
}
_SAID_AS_PLACE = ("at", "to", "bare", "object")
# What days begin and end with; a moment of nothing else is seldom the one to draw.
_ROUTINE = grammar("moments")["routine"]


@dataclass(slots=True)
class Moment:
    """Sentences that belong together. ``why``: codes of what speaks for it, the weightiest first."""

    sentences: list[Sentence] = field(default_factory=list)
    place: str = ""
    time: str = ""
    why: tuple[str, ...] = ()
    strength: float = 0.0

    def mentions(self, *kinds: str) -> list[Mention]:
        """Its real mentions of ``kinds`` (none given: of all) in the order of the text."""
        return [
            item
            for sentence in self.sentences
            for item in sentence.mentions
            if item.status == "real" and (not kinds or item.concept.kind in kinds)
        ]


def moments(sentences: list[Sentence]) -> list[Moment]:
    """A moment ends where a new place, or another time of the day with something done in it, is said."""
    found: list[Moment] = []
    for sentence in sentences:
        real = [item for item in sentence.mentions if item.status == "real"]
        place = _place(real)
        times = [item.concept.name for item in real if item.concept.kind == "time"]
        time = times[0] if times else ""
        current = found[-1] if found else None
        happens = any(item.concept.kind in ("action", "place", *SUBJECT_KINDS) for item in real)
        new_place = current is not None and place and current.place and place != current.place
        new_time = (
            current is not None
            and time
            and time != current.time
            and happens
            and bool(current.time or current.mentions("action"))
        )
        if current is None or new_place or new_time:
            current = Moment()
            found.append(current)
        current.sentences.append(sentence)
        current.place = current.place or place
        current.time = current.time or time
    return [moment for moment in found if moment.mentions() or len(found) == 1]


def _place(items: list[Mention]) -> str:
    places = [item for item in items if item.concept.kind == "place" and item.role in _SAID_AS_PLACE]
    return max(places, key=lambda item: PLACE_WEIGHT[item.role]).concept.name if places else ""


def weigh(found: list[Moment], *, titled: Collection[str], wanted: Collection[str]) -> Moment | None:
    """Give every moment its strength and return the strongest, of equals the last; None where there is none.

    ``titled``: concepts that the title names; ``wanted``: those among the writer's keywords.
    """
    everywhere = Counter(
        name
        for moment in found
        for sentence in moment.sentences
        for name in {item.concept.name for item in sentence.mentions if item.status == "real"}
    )
    last = len(found) - 1
    for number, moment in enumerate(found):
        names = [item.concept.name for item in moment.mentions()]
        subjects = set(names) & {item.concept.name for item in moment.mentions(*SUBJECT_KINDS)}
        routine = bool(names) and set(names) <= _ROUTINE
        weights = {
            "keyword": 4.0 * len(set(names) & set(wanted)),
            "title": 3.0 * len(set(names) & set(titled)),
            "turn": 1.6 * any(sentence.turn for sentence in moment.sentences),
            "feeling": max((sentence.strength for sentence in moment.sentences), default=0.0)
            + 0.4 * any(sentence.feeling for sentence in moment.sentences),
            "highlight": 1.0 * any(sentence.highlight for sentence in moment.sentences),
            "end": 1.2 * number / last if last else 0.0,
            "told_at_length": 0.5 * min(len(moment.sentences) - 1, 3),
            "repeated": 0.3 * min(sum(everywhere[name] > 1 for name in set(names)), 3),
            "drawable": 0.3 * min(len(subjects), 4)
            + 0.3 * bool(moment.mentions("action"))
            + 0.2 * bool(moment.mentions("place")),
        }
        moment.strength = sum(weights.values()) - 1.2 * routine
        if len(found) == 1:
            moment.why = ("only_moment",)
        else:
            ranked = sorted(weights.items(), key=lambda each: -each[1])
            moment.why = tuple(code for code, weight in ranked if weight >= 0.5)
    return max(reversed(found), key=lambda moment: moment.strength, default=None)
