"""Puts the steps of the English reading together: tokens, tags, clauses, names, scopes, mentions."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from illustration.scenes.english.apart import Apart
from illustration.scenes.english.clauses import Clause, clauses_of
from illustration.scenes.english.comparing import comparisons
from illustration.scenes.english.counting import count_of, hour_of
from illustration.scenes.english.denying import negations
from illustration.scenes.english.elsewhen import elsewhen
from illustration.scenes.english.feelings import feeling_of, is_highlight, is_turn
from illustration.scenes.english.found import Found
from illustration.scenes.english.lightly import actions_together
from illustration.scenes.english.matching import Matcher
from illustration.scenes.english.no_part import (
    as_toy,
    doer_behind,
    done_by_a_thing,
    done_to_nothing,
    felt_by_another,
    grows_there,
    of_a_thing,
    owns_a_thing,
    so_long,
)
from illustration.scenes.english.other_days import days_gone
from illustration.scenes.english.people import People, actor_of
from illustration.scenes.english.predicating import figures
from illustration.scenes.english.scopes import Scope
from illustration.scenes.english.settling import settle
from illustration.scenes.english.showing import shows
from illustration.scenes.english.sparing import status_of
from illustration.scenes.english.tagging import tag
from illustration.scenes.english.tokens import RawSentence, Token, sentences
from illustration.scenes.english.told import told
from illustration.scenes.english.wishing import wishes
from illustration.scenes.english.words import LISTS
from illustration.scenes.lexicon import Lexicon
from illustration.scenes.mentions import Mention, Sentence, Status
from illustration.scenes.vocabulary import SUBJECT_KINDS


def read_english(text: str, lexicon: Lexicon, *, whole: bool = True) -> list[Sentence]:
    """The sentences of ``text`` (normalised) with their mentions in order; ``whole``: it is all of a diary."""
    raw = sentences(text)
    for sentence in raw:
        tag(sentence.tokens)
    people = People(lexicon)
    people.learn(raw)
    apart = Apart()
    ahead = [[token.lower for token in sentence.tokens] for sentence in raw[1:]]
    read = [
        _sentence(text, sentence, lexicon, people, apart, following)
        for sentence, following in zip(raw, [*ahead, []][: len(raw)], strict=True)
    ]
    return settle(read, raw, apart=frozenset(apart.starts), whole=whole)


def _sentence(
    text: str, raw: RawSentence, lexicon: Lexicon, people: People, apart: Apart, following: list[str]
) -> Sentence:
    tokens = raw.tokens
    clauses = clauses_of(tokens)
    found = Matcher(lexicon, tokens, people.aliases).all([(clause.first, clause.last) for clause in clauses])
    found += people.friends(tokens, found)
    found.sort(key=lambda item: (item.first, -item.last))
    found = actions_together(tokens, clauses, found, lexicon, people.last_thing)
    found = [as_toy(tokens, item, lexicon) for item in found]
    scopes = wishes(tokens, clauses, raw.ending) + days_gone(tokens, clauses) + comparisons(tokens, clauses)
    scopes += shows(tokens, clauses) + negations(tokens, clauses)
    scopes += elsewhen(tokens, clauses) + figures(text, tokens, clauses, found)
    scopes += apart.scopes(tokens, clauses, found, following)
    scopes += told(tokens, clauses, found, following)
    apart.note(tokens, scopes)
    lemmas = frozenset(form for token in tokens for form in (token.lower, token.verb))
    if any(one.verb in ("get", "be") and two.lower == "up" for one, two in pairwise(tokens)):
        # Got up at five: in the morning.
        lemmas |= {"wake"}
    mentions: list[Mention] = []
    moods: list[tuple[Mention, int, bool]] = []
    for item in found:
        clause = next(clause for clause in clauses if clause.has(item.first))
        mention = _mention(text, tokens, clause, item, found, scopes, people)
        if item.concept.kind == "weather" and of_a_thing(tokens, clause, item, found):
            continue
        if item.concept.name in LISTS["living_deed"] and done_by_a_thing(tokens, clause, item, found):
            continue
        if item.concept.kind == "time" and so_long(tokens, item):
            continue
        if owns_a_thing(tokens, item, found) or felt_by_another(tokens, clauses, clause, item):
            continue
        if item.modifier and item.concept.kind not in ("place", "occasion", "season", "time"):
            doer = doer_behind(tokens, item, found)
            if doer is not None:
                mention = replace(mention, actor=doer.concept.name)
            elif not grows_there(tokens, item):
                continue
        mentions.append(mention)
        if item.concept.kind == "mood":
            moods.append((mention, item.first, _own_feeling(tokens, clause)))
    mentions = done_to_nothing(text, mentions)
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
