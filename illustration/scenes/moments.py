"""The moments of a day, and the one that it turned on. Nothing here knows a language or a model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from illustration.scenes.lexicon import Concept, grammar
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
_SAID_AS_PLACE = ("at", "to", "bare")
# What days begin and end with; a moment of nothing else is seldom the one to draw.
_ROUTINE = grammar("moments")["routine"]
_OPENERS = tuple(opener.replace("_", " ") for opener in sorted(grammar("moments")["openers"]))
_OPENING_LENGTH = 24
# What the end of a story counts for, what mere routine costs, the lead and the number of moments from which on one is
# taken alone, and the weight from which on something is told as a reason.
_END, _DULL, _BY_FAR, _MANY, _TELLING = 1.2, 1.2, 5.0, 4, 0.5
_FEW = 2
_HAPPENING = ("action", "place", "occasion", *SUBJECT_KINDS)


@dataclass(slots=True)
class Moment:
    """Sentences that belong together. ``why``: codes of what speaks for it, the weightiest first."""

    sentences: list[Sentence] = field(default_factory=list)
    place: Concept | None = None
    time: Concept | None = None
    # Whether words that open something new begin it.
    opened: bool = False
    why: tuple[str, ...] = ()
    strength: float = 0.0
    # How many of the sentences, from the first, are the heart of it; 0 = all.
    core: int = 0

    def mentions(self, *kinds: str, beside: bool = False) -> list[Mention]:
        """Its real mentions of ``kinds`` (none given: of all), in all its sentences or those ``beside`` its heart."""
        return [
            item
            for sentence in (self.sentences[self.core or len(self.sentences) :] if beside else self.sentences)
            for item in sentence.mentions
            if item.status == "real" and (not kinds or item.concept.kind in kinds)
        ]


def moments(sentences: list[Sentence], text: str) -> list[Moment]:
    """Part the sentences of ``text`` into moments.

    A new one begins with another place, with another hour where an hour was said before or the story turns, and with
    words that open one ("on the way home"), once something has happened in the one before.
    """
    found: list[Moment] = []
    for sentence in sentences:
        real = [item for item in sentence.mentions if item.status == "real"]
        place = _place(real)
        time = next((item.concept for item in real if item.concept.kind == "time"), None)
        current = found[-1] if found else None
        if current is None or _parts(current, sentence, place, time, text):
            current = Moment(opened=sentence.turn or _opens(text, sentence))
            found.append(current)
        current.sentences.append(sentence)
        current.place = current.place or place
        current.time = current.time or time
    return [moment for moment in found if moment.mentions() or len(found) == 1]


def _parts(
    moment: Moment, sentence: Sentence, place: Concept | None, time: Concept | None, text: str
) -> bool:
    """Whether a sentence that names ``place`` and ``time`` begins something new after ``moment``."""
    happened = bool(moment.mentions("action", *SUBJECT_KINDS))
    happens = any(item.status == "real" and item.concept.kind in _HAPPENING for item in sentence.mentions)
    if place is not None and moment.place is not None and not _near(place, moment.place):
        return True
    opened = _opens(text, sentence)
    if time is not None and happens:
        if moment.time is None and (sentence.turn or opened):
            return True
        if moment.time is not None and not _near(time, moment.time):
            return True
    return opened and happened and happens


def _near(one: Concept, other: Concept) -> bool:
    """Whether two places or hours are the same, or the one is within the other: a living room, home."""
    return one.name in (other.name, *other.broader) or other.name in one.broader


def _opens(text: str, sentence: Sentence) -> bool:
    beginning = text[sentence.start : sentence.start + _OPENING_LENGTH].lower().lstrip(" \n\"'")
    return beginning.startswith(_OPENERS)


def _place(items: list[Mention]) -> Concept | None:
    places = [item for item in items if item.concept.kind == "place" and item.role in _SAID_AS_PLACE]
    return max(places, key=lambda item: PLACE_WEIGHT[item.role]).concept if places else None


def choose(
    found: list[Moment], *, titled: Collection[str], wanted: Collection[str]
) -> tuple[Moment | None, list[Moment]]:
    """The moment that the day turned on, and the others.

    Moments are one scene, the strongest first, unless the story turns there and dwells on it, or it outweighs the
    others by far, or there are many. ``titled``: concepts that the title names; ``wanted``: those among the writer's
    keywords.
    """
    for number, moment in enumerate(found):
        _weigh(moment, number, found, frozenset(titled), frozenset(wanted))
    best = max(reversed(found), key=lambda moment: moment.strength, default=None)
    others = [moment for moment in found if moment is not best]
    if best is None or not others:
        return best, []
    lead = best.strength - max(moment.strength for moment in others)
    lead -= (
        _END
        * (found.index(best) - found.index(max(others, key=lambda each: each.strength)))
        / (len(found) - 1)
    )
    turned = best.opened and best is not found[0] and lead >= 0 and len(best.sentences) > 1
    # Of a day of two moments, "on the way home" alone does not put the other out of the picture.
    turned = turned and (len(found) > _FEW or any(sentence.turn for sentence in best.sentences))
    if turned or lead >= _BY_FAR or len(found) >= _MANY:
        return best, others
    rest = [sentence for moment in others for sentence in moment.sentences]
    return Moment([*best.sentences, *rest], best.place, best.time, why=best.why, core=len(best.sentences)), []


def _weigh(
    moment: Moment, number: int, found: list[Moment], titled: frozenset[str], wanted: frozenset[str]
) -> None:
    if len(found) == 1:
        moment.why = ("only_moment",)
        return
    elsewhere = Counter(
        name
        for sentence in (sentence for each in found for sentence in each.sentences)
        for name in {item.concept.name for item in sentence.mentions if item.status == "real"}
    )
    names = {item.concept.name for item in moment.mentions()}
    subjects = {item.concept.name for item in moment.mentions(*SUBJECT_KINDS)}
    sentences = moment.sentences
    weights = {
        "keyword": 4.0 * len(names & wanted),
        "title": 3.0 * len(names & titled),
        "turn": 1.6 * any(sentence.turn for sentence in sentences),
        "feeling": max(sentence.strength for sentence in sentences)
        + 0.4 * any(sentence.feeling for sentence in sentences),
        "highlight": 1.0 * any(sentence.highlight for sentence in sentences),
        "end": _END * number / (len(found) - 1),
        "told_at_length": 0.5 * min(len(sentences) - 1, 3),
        "repeated": 0.3 * min(sum(elsewhere[name] > 1 for name in names), 3),
        "drawable": 0.3 * min(len(subjects), 4)
        + 0.3 * bool(moment.mentions("action"))
        + 0.2 * bool(moment.mentions("place")),
    }
    moment.strength = sum(weights.values()) - _DULL * (bool(names) and names <= _ROUTINE)
    ranked = sorted(weights.items(), key=lambda each: -each[1])
    moment.why = tuple(code for code, weight in ranked if weight >= _TELLING)
