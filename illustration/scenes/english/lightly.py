"""Actions that a verb and its object name together: "brushed our teeth", "had a salad", "took the ferry"."""

from __future__ import annotations

from itertools import pairwise

from illustration.scenes.english.clauses import Clause
from illustration.scenes.english.found import Found
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS
from illustration.scenes.lexicon import Concept, Lexicon
from illustration.scenes.vocabulary import SUBJECT_KINDS

_VERBAL = ("V", "VING", "VED")
_BESIDE_VERB = ("P", "ADV")


def actions_together(
    tokens: list[Token], clauses: list[Clause], found: list[Found], lexicon: Lexicon, meant: str
) -> list[Found]:
    """``found`` with the action of a verb and its object instead of the verb's own, and with actions of light verbs.

    ``meant``: the concept of the thing last named before this sentence, that "it" may mean; "" = none.
    """
    by_verb = {
        item.first: item
        for item in found
        if tokens[item.first].tag in _VERBAL and item.concept.kind == "action"
    }
    made: list[Found] = []
    dropped: set[int] = set()
    for clause in clauses:
        for group in clause.verbs:
            head = group.head
            if tokens[head].tag not in _VERBAL:
                continue
            own = by_verb.get(head)
            phrasal = own is not None and own.last == head + 1 and tokens[own.last].tag in _BESIDE_VERB
            if own is not None and own.whole and not phrasal:
                continue
            objects = _objects(clause, head, found)
            together = _pair(tokens, clause, head, objects, lexicon, meant)
            if own is not None and own.whole and together is None:
                continue
            light = None
            if together is None:
                held = head in {group.head for group in clause.verbs} and _kept_in_a_place(
                    tokens, clause, found
                )
                light = None if held else _light(objects, tokens, head, lexicon)
            if together is not None or light is not None:
                made += [Found(concept, head, head) for concept in (together, light) if concept is not None]
                if own is not None and (together is not None or own.concept.name in LISTS["vague_action"]):
                    dropped.add(id(own))
            elif own is not None and any(_narrows(item, own, lexicon) for item in objects):
                # "played soccer": the sport says what is played.
                dropped.add(id(own))
    made += _sips(tokens, found, lexicon)
    made += _meals(tokens, clauses, found, lexicon)
    made += _rides(tokens, clauses, found, lexicon)
    kept = [item for item in found if id(item) not in dropped]
    return sorted([*kept, *made], key=lambda item: (item.first, -item.last))


def _rides(tokens: list[Token], clauses: list[Clause], found: list[Found], lexicon: Lexicon) -> list[Found]:
    """Riding, where a note says "Bus home" or "Taxi to the station"."""
    riding = lexicon.concepts.get("riding")
    made = []
    for clause in clauses:
        item = next((item for item in found if clause.has(item.first) and not item.modifier), None)
        if riding is None or item is None or clause.verbs or item.last >= clause.last:
            continue
        opens = all(
            token.tag in ("DET", "A", "PUNCT", "ADV", "C") for token in tokens[clause.first : item.first]
        )
        goes = tokens[item.last + 1].lower in ("home", "to", "back")
        if opens and goes and set(lexicon.chain(item.concept.name)) & LISTS["vehicle"]:
            made.append(Found(riding, item.first, item.first))
    return made


def _meals(tokens: list[Token], clauses: list[Clause], found: list[Found], lexicon: Lexicon) -> list[Found]:
    """Eating, where a note says "Freezer pops for dinner"."""
    eating = lexicon.concepts.get("eating")
    made = []
    for clause in clauses:
        item = next((item for item in found if clause.has(item.first) and item.concept.kind == "food"), None)
        if eating is None or item is None:
            continue
        if any(not item.first <= group.head <= item.last for group in clause.verbs):
            continue
        rest = tokens[item.last : clause.last + 1]
        if any(one.lower == "for" and two.noun in LISTS["mealtime"] for one, two in pairwise(rest)):
            made.append(Found(eating, item.first, item.first))
    return made


def _kept_in_a_place(tokens: list[Token], clause: Clause, found: list[Found]) -> bool:
    """The store only had peppers: nobody eats."""
    if len(clause.subject) == 1 and tokens[clause.subject[0]].lower == "it":
        # The cake had almonds for spines.
        return True
    return any(
        item.concept.kind in ("place", "thing") and item.first <= index <= item.last
        for index in clause.subject
        for item in found
    )


def _sips(tokens: list[Token], found: list[Found], lexicon: Lexicon) -> list[Found]:
    """Drinking, where somebody is "with my cup of cocoa" or "over a glass of juice"."""
    drinking = lexicon.concepts.get("drinking")
    made = []
    for item in found:
        if (
            drinking is None
            or item.modifier
            or not set(lexicon.chain(item.concept.name)) & LISTS["drink_word"]
        ):
            continue
        before = [token.lower for token in tokens[max(0, item.first - 5) : item.last + 1]]
        if {"with", "over"} & {*before} and LISTS["vessel"] & {*before} and "of" in before:
            made.append(Found(drinking, item.first, item.last))
    return made


def _objects(clause: Clause, head: int, found: list[Found]) -> list[Found]:
    """What is named after the verb at ``head``, up to the next verb of its clause."""
    end = next((group.first for group in clause.verbs if group.head > head), clause.last + 1)
    return [item for item in found if head < item.first < end and not item.modifier]


def _pair(
    tokens: list[Token], clause: Clause, head: int, objects: list[Found], lexicon: Lexicon, meant: str
) -> Concept | None:
    pairs = lexicon.pairs["en"]
    verb = tokens[head].verb
    end = next((group.first for group in clause.verbs if group.head > head), clause.last + 1)
    inside = {
        index for item in objects if item.last > item.first for index in range(item.first, item.last + 1)
    }
    nouns = [
        tokens[index].noun
        for index in range(head + 1, end)
        if tokens[index].tag in ("N", "A", "VING", "NAME", "ADV")
        and not (tokens[index].tag == "A" and index + 1 < end and tokens[index + 1].tag == "N")
        and index not in inside
        and not (index + 1 < end and tokens[index].tag == "N" and tokens[index + 1].noun in LISTS["show"])
        and not any(
            token.lower in ("as", "like", "than", "about", "without") for token in tokens[head + 1 : index]
        )
    ]
    if tokens[head].tag == "VED":
        nouns += [tokens[index].noun for index in clause.subject]
    nouns += [item.concept.name for item in objects]
    if meant and head + 1 < end and tokens[head + 1].lower in ("it", "them"):
        # The bike was mended, then I rode it.
        nouns.append(meant)
    if any(
        tokens[index].lower == "on" and tokens[index + 1].lower in LISTS["screen"]
        for index in range(head, end - 1)
    ):
        nouns.insert(0, "tv")
    # "put the kids to bed", "picked him up": what a verb means lies in the small word, too.
    small = [token.lower for token in tokens[head + 1 : end] if token.tag in _BESIDE_VERB]
    names = [f"{word} {noun}" for word in small for noun in nouns] + nouns
    return next((pairs[name, verb] for name in names if (name, verb) in pairs), None)


def _light(objects: list[Found], tokens: list[Token], head: int, lexicon: Lexicon) -> Concept | None:
    """Eating for "had a salad", riding for "took the ferry", cooking for "made toast"."""
    verb = tokens[head].verb
    things = [item for item in objects if item.concept.kind in SUBJECT_KINDS]
    if not things:
        return None
    first = things[0]
    chain = list(lexicon.chain(first.concept.name))
    if first.concept.kind == "food" or lexicon.concepts.get(chain[-1], first.concept).kind == "food":
        heap = verb == "get" and {token.lower for token in tokens[head : first.first]} & LISTS["heap"]
        if verb in LISTS["eat_light"] and _direct(tokens, head, first) and not heap:
            drunk = bool({*chain[:2]} & LISTS["drink_word"]) and first.concept.name not in LISTS["eaten"]
            return lexicon.concepts.get("drinking" if drunk else "eating")
        if verb in LISTS["cook_light"] and _direct(tokens, head, first):
            return lexicon.concepts.get("cooking")
    if set(chain) & LISTS["vehicle"]:
        off = any(item.lower in ("off", "out") for item in tokens[head + 1 : first.first])
        boards = (
            verb in LISTS["ride_light"]
            and not off
            and not any(item.lower in ("for", "to") for item in tokens[head + 1 : first.first])
        )
        by = verb in LISTS["move"] and any(item.lower == "by" for item in tokens[head + 1 : first.first])
        if boards or by:
            return lexicon.concepts.get("riding")
    return None


def _direct(tokens: list[Token], head: int, item: Found) -> bool:
    """Whether a thing is the verb's own object: no "with", "for" or "in" between."""
    between = tokens[head + 1 : item.first]
    return not any(token.tag == "P" and token.lower != "of" for token in between) and not any(
        token.lower == "out" and after.lower == "of" for token, after in pairwise(between)
    )


def _narrows(item: Found, own: Found, lexicon: Lexicon) -> bool:
    if item.concept.kind != "action" or item.concept.name == own.concept.name:
        return False
    return own.concept.name in list(lexicon.chain(item.concept.name))[1:] or own.concept.name == "playing"
