"""Which of the words found in an English sentence name nothing that is there: whose, how long, what is only like."""

from __future__ import annotations

from dataclasses import replace

from illustration.scenes.english.clauses import Clause
from illustration.scenes.english.found import Found
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS
from illustration.scenes.lexicon import Lexicon
from illustration.scenes.mentions import Mention
from illustration.scenes.vocabulary import SUBJECT_KINDS


def done_to_nothing(text: str, mentions: list[Mention]) -> list[Mention]:
    """Took no photos, ate neither peas nor carrots: a deed that is done to nothing is not done."""
    made = []
    for place, mention in enumerate(mentions):
        if mention.concept.kind == "action" and mention.status == "real" and mention.target:
            after = [other for other in mentions[place + 1 :] if other.concept.kind in SUBJECT_KINDS]
            meant = next((other for other in after if other.concept.name == mention.target), None)
            others = [other for other in after[:3] if other.status == "real"]
            if meant is None or meant.status != "denied" or others:
                made.append(mention)
                continue
            # Skipped breakfast, played without a ball: those were done.
            if {"no", "neither", "not", "zero"} & {*text[mention.start : meant.start].lower().split()}:
                mention = replace(mention, status="denied")
        made.append(mention)
    return made


def done_by_a_thing(tokens: list[Token], clause: Clause, item: Found, found: list[Found]) -> bool:
    """Whether what does a deed of the living is none: the vending machine humming, my nose ran."""
    if tokens[item.first].tag not in ("V", "VING") or item.whole:
        return False
    doers = [index for index in clause.subject if index < item.first]
    before = tokens[item.first - 1] if item.first else None
    led = any(token.tag == "P" for token in tokens[max(clause.first, item.first - 4) : item.first])
    if tokens[item.first].tag == "VING" and before is not None and before.tag == "N" and not led:
        doers = [item.first - 1]
    return bool(doers) and all(
        tokens[index].noun in LISTS["body"]
        or any(
            other.first <= index <= other.last
            and other.concept.kind in ("thing", "food", "plant", "weather", "action")
            for other in found
        )
        for index in doers
    )


def doer_behind(tokens: list[Token], item: Found, found: list[Found]) -> Found | None:
    """Who does what stands before them: two sleeping cats, a crying baby."""
    if item.concept.kind != "action" or not tokens[item.last].lower.endswith("ing"):
        return None
    doer = next((other for other in found if other.first == item.last + 1), None)
    if doer is None or doer.concept.kind not in ("animal", "person"):
        return None
    return doer if doer.concept.kind == "animal" or doer.concept.name in LISTS["plain_person"] else None


def grows_there(tokens: list[Token], item: Found) -> bool:
    """Whether a plant or a fruit is there with what it names: a lavender field, a strawberry patch."""
    grows = item.concept.kind in ("plant", "food") and item.last + 1 < len(tokens)
    return grows and tokens[item.last + 1].noun in LISTS["grown_in"]


def so_long(tokens: list[Token], item: Found) -> bool:
    """Three nights in a row: how long, not when."""
    several = tokens[item.last].noun != tokens[item.last].lower
    return several and item.first > 0 and tokens[item.first - 1].tag == "NUM"


def owns_a_thing(tokens: list[Token], item: Found, found: list[Found]) -> bool:
    """Whether somebody only tells whose a thing is: my grandad's compass, my sister's blazer."""
    start = item.last + 2
    while start < len(tokens) and tokens[start - 1].tag == "NAME":
        start += 1
    if item.concept.kind != "person" or start >= len(tokens) or tokens[start - 1].tag != "CLITIC":
        return False
    while start < len(tokens) - 1 and tokens[start].tag in ("A", "NUM"):
        start += 1
    owned = next((other for other in found if other.first == start), None)
    if item.first and tokens[item.first - 1].tag == "P" and tokens[start].noun in LISTS["of_a_home"]:
        # Slept on Kenji's floor: at his place.
        return False
    worn = LISTS["body"] | LISTS["worn_part"]
    return owned is not None and owned.concept.kind == "thing" and tokens[owned.last].noun not in worn


def felt_by_another(tokens: list[Token], clauses: list[Clause], clause: Clause, item: Found) -> bool:
    """Whether a feeling is only what somebody else says: Tyler said it was boring."""
    place = clauses.index(clause)
    if item.concept.kind != "mood":
        return False
    after = tokens[item.last + 1].lower if item.last + 1 < len(tokens) else ""
    if after == "of" and clause.finite is not None and clause.subject:
        # She's scared of dogs: always, not now.
        present = tokens[clause.finite.first].lower in ("is", "'s", "are", "'re")
        if present and not any(tokens[index].lower in LISTS["writer"] for index in clause.subject):
            return True
    if not place:
        return False
    teller = clauses[place - 1]
    told = teller.finite is not None and tokens[teller.finite.head].verb in LISTS["say"]
    hangs = clause.opening in ("", "that") and tokens[clause.first].tag != "PUNCT"
    mine = any(tokens[index].lower in LISTS["writer"] for index in (*teller.subject, *clause.subject))
    return told and hangs and bool(teller.subject) and not mine


def as_toy(tokens: list[Token], item: Found, lexicon: Lexicon) -> Found:
    """A stuffed rabbit and a rubber duck are toys."""
    made_of = tokens[item.first - 1].lower if item.first else ""
    if item.concept.kind != "animal" or made_of not in LISTS["toyish"]:
        return item
    toy = lexicon.concepts.get("stuffed animal" if made_of in ("stuffed", "plush", "plushie") else "toy")
    return replace(item, concept=toy) if toy is not None else item


def of_a_thing(tokens: list[Token], clause: Clause, item: Found, found: list[Found]) -> bool:
    """Whether a word of weather tells what a thing is like: the soup was cold."""
    if tokens[item.last].tag != "A":
        return False
    head = item.last + 1
    while head < len(tokens) - 1 and tokens[head].tag in ("A", "VED", "NUM"):
        head += 1
    if item.last < head < len(tokens) and tokens[head].noun in LISTS["humour"]:
        return True
    owned = next((other for other in found if other.first <= head <= other.last and other is not item), None)
    if (
        owned is not None
        and owned.first > item.last
        and tokens[head].tag == "N"
        and owned.concept.kind in SUBJECT_KINDS
        and owned.concept.name not in LISTS["sky_things"]
    ):
        # A cold burrito, a warm blanket.
        return True
    said = [index for index in clause.subject if index < item.first]
    if (
        said
        and {token.verb for token in tokens[item.first - 1 : item.last]} & {"stay", "keep", "get"}
        and tokens[said[-1]].lower not in ("it", "we")
    ):
        return True
    if said and tokens[said[-1]].noun in LISTS["body"] | LISTS["own_warmth"]:
        return True
    return any(
        other.concept.kind in SUBJECT_KINDS
        and other.concept.kind != "person"
        and other.concept.name not in LISTS["sky_things"]
        and other.last < item.first
        for other in found
        if other.last in clause.subject
    )
