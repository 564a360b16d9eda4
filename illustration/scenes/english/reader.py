"""Puts the steps of the English reading together: tokens, tags, clauses, names, scopes, mentions."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from illustration.scenes.english.clauses import Clause, clauses_of
from illustration.scenes.english.comparing import comparisons
from illustration.scenes.english.counting import count_of, hour_of
from illustration.scenes.english.denying import negations
from illustration.scenes.english.elsewhen import elsewhen
from illustration.scenes.english.feelings import feeling_of, is_highlight, is_turn
from illustration.scenes.english.found import Found
from illustration.scenes.english.lightly import actions_together
from illustration.scenes.english.matching import Matcher
from illustration.scenes.english.other_days import days_gone
from illustration.scenes.english.people import People, actor_of
from illustration.scenes.english.predicating import figures
from illustration.scenes.english.scopes import Scope
from illustration.scenes.english.settling import settle
from illustration.scenes.english.showing import shows
from illustration.scenes.english.sparing import status_of
from illustration.scenes.english.tagging import tag
from illustration.scenes.english.tokens import RawSentence, Token, sentences
from illustration.scenes.english.wishing import wishes
from illustration.scenes.english.words import LISTS
from illustration.scenes.lexicon import Lexicon
from illustration.scenes.mentions import Mention, Sentence, Status
from illustration.scenes.vocabulary import SUBJECT_KINDS


def read_english(text: str, lexicon: Lexicon) -> list[Sentence]:
    """The sentences of ``text`` (normalised) with their mentions in order of the text."""
    raw = sentences(text)
    for sentence in raw:
        tag(sentence.tokens)
    people = People(lexicon)
    people.learn(raw)
    read = [_sentence(text, sentence, lexicon, people) for sentence in raw]
    return settle(read, raw)


def _sentence(text: str, raw: RawSentence, lexicon: Lexicon, people: People) -> Sentence:
    tokens = raw.tokens
    clauses = clauses_of(tokens)
    found = Matcher(lexicon, tokens, people.aliases).all([(clause.first, clause.last) for clause in clauses])
    found += people.friends(tokens, found)
    found.sort(key=lambda item: (item.first, -item.last))
    found = actions_together(tokens, clauses, found, lexicon, people.last_thing)
    found = [_as_toy(tokens, item, lexicon) for item in found]
    scopes = wishes(tokens, clauses, raw.ending) + days_gone(tokens, clauses) + comparisons(tokens, clauses)
    scopes += shows(tokens, clauses) + negations(tokens, clauses)
    scopes += elsewhen(tokens, clauses) + figures(text, tokens, clauses, found)
    lemmas = frozenset(form for token in tokens for form in (token.lower, token.verb))
    if any(one.verb in ("get", "be") and two.lower == "up" for one, two in pairwise(tokens)):
        # Got up at five: in the morning.
        lemmas |= {"wake"}
    mentions: list[Mention] = []
    moods: list[tuple[Mention, int, bool]] = []
    for item in found:
        clause = next(clause for clause in clauses if clause.has(item.first))
        mention = _mention(text, tokens, clause, item, found, scopes, people)
        if item.concept.kind == "weather" and _of_a_thing(tokens, clause, item, found):
            continue
        if item.concept.name in LISTS["living_deed"] and _done_by_a_thing(tokens, clause, item, found):
            continue
        if item.concept.kind == "time" and _so_long(tokens, item):
            continue
        if _owns_a_thing(tokens, item, found) or _felt_by_another(tokens, clauses, clause, item):
            continue
        if item.modifier and item.concept.kind not in ("place", "occasion", "season", "time"):
            doer = _doer_behind(tokens, item, found)
            if doer is not None:
                mention = replace(mention, actor=doer.concept.name)
            elif not _grows_there(tokens, item):
                continue
        mentions.append(mention)
        if item.concept.kind == "mood":
            moods.append((mention, item.first, _own_feeling(tokens, clause)))
    mentions += _gear(text, tokens, found, mentions, lexicon)
    mentions += _clock_times(text, tokens, lemmas, lexicon, scopes, clauses)
    mentions.sort(key=lambda mention: mention.start)
    subjects = frozenset(index for clause in clauses for index in clause.subject)
    unreal = {mention.start for mention in mentions if mention.status in ("likened", "shown", "dreamt")}
    there = [item for item in found if not item.modifier and tokens[item.first].start not in unreal]
    people.note(there, subjects)
    feeling, strength = feeling_of(tokens, moods, raw.ending)
    return Sentence(
        mentions=mentions,
        writer=_writer(tokens, clauses),
        feeling=feeling,
        strength=strength,
        highlight=is_highlight(tokens, raw.ending),
        turn=is_turn(tokens),
        start=tokens[0].start,
    )


def _done_by_a_thing(tokens: list[Token], clause: Clause, item: Found, found: list[Found]) -> bool:
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


def _doer_behind(tokens: list[Token], item: Found, found: list[Found]) -> Found | None:
    """Who does what stands before them: two sleeping cats, a crying baby."""
    if item.concept.kind != "action" or not tokens[item.last].lower.endswith("ing"):
        return None
    doer = next((other for other in found if other.first == item.last + 1), None)
    if doer is None or doer.concept.kind not in ("animal", "person"):
        return None
    return doer if doer.concept.kind == "animal" or doer.concept.name in LISTS["plain_person"] else None


def _grows_there(tokens: list[Token], item: Found) -> bool:
    """Whether a plant or a fruit is there with what it names: a lavender field, a strawberry patch."""
    grows = item.concept.kind in ("plant", "food") and item.last + 1 < len(tokens)
    return grows and tokens[item.last + 1].noun in LISTS["grown_in"]


def _so_long(tokens: list[Token], item: Found) -> bool:
    """Three nights in a row: how long, not when."""
    several = tokens[item.last].noun != tokens[item.last].lower
    return several and item.first > 0 and tokens[item.first - 1].tag == "NUM"


def _gear(
    text: str, tokens: list[Token], found: list[Found], mentions: list[Mention], lexicon: Lexicon
) -> list[Mention]:
    """What a deed is named after is there with it: the kayak of kayaking, the rake of raking."""
    made = []
    for item in found:
        token = tokens[item.first]
        gear = lexicon.words["en"].get(token.verb) if token.verb in LISTS["gear"] else None
        if gear is None or item.concept.kind != "action" or token.tag not in ("V", "VING", "VED"):
            continue
        status: Status = next((other.status for other in mentions if other.start == token.start), "real")
        made.append(Mention(gear, text[token.start : token.end], "with", token.start, status=status))
    return made


def _owns_a_thing(tokens: list[Token], item: Found, found: list[Found]) -> bool:
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


def _felt_by_another(tokens: list[Token], clauses: list[Clause], clause: Clause, item: Found) -> bool:
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


def _as_toy(tokens: list[Token], item: Found, lexicon: Lexicon) -> Found:
    """A stuffed rabbit and a rubber duck are toys."""
    made_of = tokens[item.first - 1].lower if item.first else ""
    if item.concept.kind != "animal" or made_of not in LISTS["toyish"]:
        return item
    toy = lexicon.concepts.get("stuffed animal" if made_of in ("stuffed", "plush", "plushie") else "toy")
    return replace(item, concept=toy) if toy is not None else item


def _of_a_thing(tokens: list[Token], clause: Clause, item: Found, found: list[Found]) -> bool:
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


def _mention(
    text: str,
    tokens: list[Token],
    clause: Clause,
    item: Found,
    found: list[Found],
    scopes: list[Scope],
    people: People,
) -> Mention:
    concept = item.concept
    mention = Mention(
        concept,
        text[tokens[item.first].start : tokens[item.last].end],
        _role(tokens, clause, item),
        tokens[item.first].start,
        status=status_of(tokens, clause, item, scopes),
    )
    if concept.kind == "action":
        target = _target(tokens, clause, item, found)
        return replace(mention, actor=actor_of(tokens, clause, item.first, found, people), target=target)
    if concept.kind in SUBJECT_KINDS:
        return replace(mention, count=1 if item.alias else count_of(tokens, item.first, item.last))
    return mention


def _target(tokens: list[Token], clause: Clause, item: Found, found: list[Found]) -> str:
    """The concept that an action is done to: the first thing after it in its clause, before another verb."""
    for other in found:
        if other.first <= item.first or other is item or not clause.has(other.first) or other.modifier:
            continue
        between = tokens[item.last + 1 : other.first]
        if any(token.tag in ("V", "VING", "C", "PUNCT") for token in between):
            break
        if other.concept.kind in SUBJECT_KINDS and not any(
            token.lower in ("with", "in", "at", "by", "near", "under", "for", "after", "before")
            for token in between
        ):
            return other.concept.name
    return ""


def _role(tokens: list[Token], clause: Clause, item: Found) -> str:
    if (item.last + 1 < len(tokens) and tokens[item.last + 1].tag == "CLITIC") or item.modifier:
        return "owner"
    heads = [index for index in clause.subject if item.first <= index <= item.last]
    if heads:
        return "subject"
    for back in range(item.first - 1, max(clause.first - 1, item.first - 8), -1):
        token = tokens[back]
        if token.lower in ("with", "w/", "alongside"):
            return "with"
        if token.tag == "P" or (token.tag == "ADV" and token.lower in LISTS["place_preposition"]):
            if token.lower in LISTS["goal_preposition"]:
                return "to"
            if token.lower in LISTS["place_preposition"]:
                return "at"
            if token.lower == "of":
                continue
            return "bare"
        if token.tag in ("V", "VING", "VED", "AUX"):
            return "object"
        if token.tag == "PUNCT" and token.lower != ",":
            break
    if any(group.head < item.first for group in clause.verbs):
        return "object"
    return "bare"


def _own_feeling(tokens: list[Token], clause: Clause) -> bool:
    subject = clause.subject or (clause.subject_of.subject if clause.subject_of else [])
    if not subject:
        return True
    return any(
        tokens[index].lower in LISTS["writer"] | {"it", "that", "this", "everything", "day", "today"}
        for index in subject
    ) or (
        all(tokens[index].tag == "N" and tokens[index].lower not in ("mom", "dad") for index in subject)
        and any(
            tokens[index].tag == "VED" or tokens[index].lower in ("fun", "exciting", "boring")
            for index in range(clause.first, clause.last + 1)
        )
    )


def _clock_times(
    text: str,
    tokens: list[Token],
    lemmas: frozenset[str],
    lexicon: Lexicon,
    scopes: list[Scope],
    clauses: list[Clause],
) -> list[Mention]:
    made = []
    for index, token in enumerate(tokens):
        lasts = index > 0 and tokens[index - 1].lower in ("in", "for") and ":" in token.form
        if token.tag not in ("NUM", "N") or lasts:
            continue
        name = hour_of(tokens, index, lemmas)
        concept = lexicon.concepts.get(name) or lexicon.concepts.get(
            {"noon": "day", "afternoon": "day"}.get(name, "")
        )
        if concept is None or concept.kind != "time":
            continue
        clause = next(clause for clause in clauses if clause.has(index))
        status = status_of(tokens, clause, Found(concept, index, index), scopes)
        made.append(Mention(concept, text[token.start : token.end], "at", token.start, status=status))
    return made


def _writer(tokens: list[Token], clauses: list[Clause]) -> str | None:
    """How the writer is named where they act; "" where a diary drops the "I"; None: they do not act."""
    for token in tokens:
        if token.lower in LISTS["writer"] and not token.quoted:
            return token.form
    first = next((clause for clause in clauses if clause.verbs), None)
    if first is None or first.subject or first.opening in ("who", "which", "that"):
        return None
    group = first.finite
    if group is None or tokens[group.head].verb in ("be", "rain", "snow"):
        return None
    before = [token for token in tokens[first.first : group.first] if token.tag not in ("ADV", "PUNCT", "C")]
    return "" if not any(token.tag in ("N", "NAME", "PRON") for token in before) else None
