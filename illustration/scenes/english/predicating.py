"""What an English sentence only says by a figure or in words: my legs are jelly, I was a horse, it said 'banana'."""

from __future__ import annotations

import re

from illustration.scenes.english.clauses import Clause, VerbGroup
from illustration.scenes.english.found import Found
from illustration.scenes.english.scopes import Scope, phrase_end
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS

_FIGURES = ("animal", "plant", "food", "thing", "weather")
_MARKS = ("'", '"', "“", "”", "‘", "’")
_OTHERS = frozenset(("he", "she", "they", "it"))


def figures(text: str, tokens: list[Token], clauses: list[Clause], found: list[Found]) -> list[Scope]:
    """The spans that name what somebody is called or likened to without a "like", and words that are only said."""
    scopes: list[Scope] = []
    dressed_up = bool({*re.findall(r"[a-z-]+", text.lower())} & LISTS["costume"])
    for clause in clauses:
        for group in clause.verbs:
            if tokens[group.head].verb in ("be", "become") and clause.subject:
                scopes += _called(tokens, clause, group, found, dressed_up=dressed_up)
            elif tokens[group.head].verb in ("say", "read") and _written(tokens, clause):
                scopes.append(Scope(group.head + 1, clause.last, "likened"))
            elif (
                tokens[group.head].verb == "say"
                and group.head < clause.last
                and tokens[group.head + 1].tag in ("DET", "N")
                and not _speaker(tokens, group.head, found)
            ):
                # They asked what book I'd be and I said a cookbook.
                end = phrase_end(tokens, group.head + 1, clause.last)
                scopes.append(Scope(group.head + 1, end, "likened"))
        scopes += _one(tokens, clause, found)
        scopes += _never_done(tokens, clause) + _preferred(tokens, clause)
    scopes += _spelt(text, tokens)
    return scopes


def _preferred(tokens: list[Token], clause: Clause) -> list[Scope]:
    """My favorite animal is the giraffe: always, wherever it is."""
    group = clause.finite
    if group is None or tokens[group.head].lower not in ("is", "are", "'s") or not clause.subject:
        return []
    words = {token.lower for token in tokens[clause.first : group.first]}
    if not words & {"favorite", "favorites"}:
        return []
    return [Scope(clause.first, clause.last, "past", "elsewhere")]


def _called(
    tokens: list[Token], clause: Clause, group: VerbGroup, found: list[Found], *, dressed_up: bool
) -> list[Scope]:
    head = clause.subject[-1]
    subject = tokens[head]
    first = group.head + 1
    while first <= clause.last and tokens[first].tag in ("ADV", "NEG"):
        first += 1
    if first > clause.last:
        return []
    if subject.noun in LISTS["body"] and subject.tag == "N":
        burning = tokens[first].lower == "on" and first < clause.last and tokens[first + 1].lower == "fire"
        if burning or tokens[first].tag in ("DET", "NUM", "N"):
            return [Scope(first, phrase_end(tokens, first + burning, clause.last), "likened")]
        return []
    named = next((item for item in found if item.first <= head <= item.last), None)
    person = (
        named.concept.kind == "person" if named is not None else subject.lower in LISTS["subject_pronoun"]
    )
    if subject.lower == "it" and tokens[first].tag == "DET":
        place = next((i for i in range(first, clause.last + 1) if tokens[i].tag == "N"), first)
        here = tokens[place + 1].lower if place < clause.last else ""
        if tokens[place].noun in LISTS["hyperbole"] and here in ("in", "out", "today", "here", ""):
            return [Scope(first, place, "likened")]
    believed = subject.noun in LISTS["plays_part"] and tokens[first].tag in ("DET", "POSS")
    if named is not None and believed:
        # The sofa was our ship, the moon was a banana.
        end = phrase_end(tokens, first, clause.last, lists=False)
        kinds = {item.concept.kind for item in found if first <= item.first and item.last == end}
        if kinds & {*_FIGURES, "place", "person"}:
            return [Scope(first, end, "likened")]
    if not person or subject.lower in ("it", "there", "that", "this", "one") or dressed_up:
        return []
    quality = tokens[first].tag == "A" and first < clause.last and tokens[first + 1].tag in ("A", "N")
    if tokens[first].tag not in ("DET", "N", "NUM") and not quality:
        return []
    end = phrase_end(tokens, first, clause.last, lists=False)
    kinds = {item.concept.kind for item in found if first <= item.first and item.last == end}
    if kinds == {"animal"} and (subject.lower in _OTHERS or (named is not None and named.alias)):
        # She may be the poodle that the day is about.
        return []
    masks = any(item.concept.name in LISTS["figure"] and item.last == end for item in found)
    return [Scope(first, end, "likened")] if masks or kinds & {*_FIGURES} else []


def _speaker(tokens: list[Token], said: int, found: list[Found]) -> bool:
    """Watch out for the geese, said Grandpa."""
    return any(item.concept.kind == "person" and said < item.first <= said + 3 for item in found) and (
        not said or tokens[said - 1].tag == "PUNCT"
    )


def _written(tokens: list[Token], clause: Clause) -> bool:
    """A sticker that says Be Nice To Me, the sign says closed."""
    if clause.finite is None or clause.finite.head >= clause.last:
        return False
    named = tokens[clause.finite.head + 1].form[:1].isupper()
    bearer = clause.subject and tokens[clause.subject[-1]].noun in LISTS["printed"] | LISTS["spelling_noun"]
    linked = clause.opening in ("that", "which") and clause.first > 0
    return bool(bearer) or (
        linked and named and tokens[clause.first - 1].noun in LISTS["printed"] | LISTS["spelling_noun"]
    )


def _one(tokens: list[Token], clause: Clause, found: list[Found]) -> list[Scope]:
    """We did a puzzle, the lighthouse one: that tells which."""
    return [
        Scope(item.first, item.last, "likened")
        for item in found
        if item.concept.kind in ("thing", "place")
        and clause.first < item.first
        and item.last < clause.last
        and tokens[item.last + 1].lower in ("one", "ones")
        and tokens[item.first - 1].lower in ("the", "a", ",")
        and (item.last + 2 > clause.last or tokens[item.last + 2].tag in ("PUNCT", "P", "C"))
    ]


def _never_done(tokens: list[Token], clause: Clause) -> list[Scope]:
    """Detention for chewing gum, which I wasn't even chewing."""
    group = clause.finite
    which = "which" in [token.lower for token in tokens[clause.first : clause.first + 2]]
    if not which or group is None or not group.negated or group.head < clause.last:
        return []
    verb = tokens[group.head].verb
    return [
        Scope(index, clause.first - 1, "denied")
        for index in range(clause.first)
        if tokens[index].verb == verb
    ][:1]


def _spelt(text: str, tokens: list[Token]) -> list[Scope]:
    """The password was "banana", he yelled 'shark': a word alone between marks is said, not there."""
    return [
        Scope(index, index, "likened")
        for index, token in enumerate(tokens)
        if index > 1 and tokens[index - 1].lower == ":" and tokens[index - 2].noun in LISTS["spelling_noun"]
    ] + [
        Scope(index, index, "likened")
        for index, token in enumerate(tokens)
        if index
        and text[token.start - 1 : token.start] in _MARKS
        and text[token.end : token.end + 2].strip(".,!?")[:1] in _MARKS
        and any(
            near.verb in LISTS["spelling_verb"] or near.noun in LISTS["spelling_noun"]
            for near in tokens[max(0, index - 6) : index]
        )
    ]
