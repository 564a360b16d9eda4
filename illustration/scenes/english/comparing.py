"""What an English sentence only compares with: like a puppy, as big as a house, colder than ice. Only spans."""

from __future__ import annotations

from illustration.scenes.english.clauses import Clause
from illustration.scenes.english.scopes import Scope, clause_of, phrase_end
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS

_SUFFIXES = ("-shaped", "-like", "-themed", "-flavored", "-colored", "-print", "-sized")


def comparisons(tokens: list[Token], clauses: list[Clause]) -> list[Scope]:
    """The likened spans of a sentence."""
    found: list[Scope] = []
    for index, token in enumerate(tokens):
        clause = clause_of(clauses, index)
        word = token.lower
        after = tokens[index + 1].lower if index < clause.last else ""
        if word == "like" and token.tag == "P":
            found += _like(tokens, clauses, clause, index)
        elif word in ("as", "for") and _serves(tokens, clause, index):
            found.append(Scope(index + 1, phrase_end(tokens, index + 1, clause.last, lists=False), "likened"))
        elif word == "as":
            found += _as(tokens, clause, index)
        elif (
            word == "than"
            and not (index and tokens[index - 1].lower in ("rather", "other"))
            and not any(
                near.verb in LISTS["liking"] and near.lower != "like" for near in tokens[clause.first : index]
            )
        ):
            found.append(Scope(index + 1, _short_phrase(tokens, index + 1, clause.last), "likened"))
        elif token.verb in ("call", "name") and (given := _given_name(tokens, clause, index)):
            found.append(Scope(given, given, "likened"))
        elif token.verb == "feel" and after in LISTS["inner_weather"]:
            found.append(Scope(index + 1, index + 1, "likened"))
        elif token.verb in ("pretend", "imagine"):
            found.append(Scope(index + 1, _pretended(clauses, clause, index), "likened"))
        elif word in ("size", "shape", "color") and after == "of":
            found.append(Scope(index + 2, phrase_end(tokens, index + 2, clause.last), "likened"))
        elif token.verb in LISTS["shaping"]:
            found += _into(tokens, clause, index)
        elif (token.verb, after) in (("turn", "into"), ("call", "me"), ("call", "him"), ("call", "us")) and (
            index + 2 <= clause.last and tokens[index + 2].tag in ("DET", "N", "A", "NAME")
        ):
            found.append(Scope(index + 2, clause.last, "likened"))
        elif word.endswith(_SUFFIXES):
            found.append(Scope(index, index, "likened"))
    return [scope for scope in found if scope.first <= scope.last]


def _given_name(tokens: list[Token], clause: Clause, index: int) -> int:
    """Where the name stands that somebody gave: named her Button, a cabin called Porcupine; 0 = nowhere."""
    for place in range(index + 1, min(index + 4, clause.last + 1)):
        if tokens[place].capital and tokens[place].lower not in (
            "i",
            "mom",
            "mum",
            "dad",
            "grandma",
            "grandpa",
        ):
            passive = (
                tokens[index - 1].lower in ("is", "was", "are", "were", "'s", "be", "been")
                if index
                else False
            )
            return place if place > index + 1 or passive or tokens[index].lower == "named" else 0
        if tokens[place].lower not in ("him", "her", "it", "them", "me", "us", "the", "our", "my", "one"):
            return 0
    return 0


def _serves(tokens: list[Token], clause: Clause, index: int) -> bool:
    """Using my bag as a pillow, a box for a table: what a thing serves as is not there."""
    if index >= clause.last or tokens[index + 1].lower not in ("a", "an", "my", "our", "their", "his", "her"):
        return False
    near = tokens[max(clause.first, index - 6) : index]
    if tokens[index].lower == "for":
        return tokens[index + 1].lower in ("a", "an") and any(
            token.lower in ("with", "use", "used", "using") for token in near
        )
    return any(token.verb == "use" for token in near)


def _pretended(clauses: list[Clause], clause: Clause, index: int) -> int:
    """Pretended | I was on a train to Paris."""
    place = clauses.index(clause) + 1
    following = clauses[place] if place < len(clauses) else None
    hangs = following is not None and following.opening in ("", "that") and index == clause.last
    return following.last if following is not None and hangs else clause.last


def _into(tokens: list[Token], clause: Clause, index: int) -> list[Scope]:
    """It curled up into a ball."""
    for place in range(index + 1, min(index + 5, clause.last)):
        if tokens[place].lower == "into":
            return [Scope(place + 1, phrase_end(tokens, place + 1, clause.last), "likened")]
    return []


def _short_phrase(tokens: list[Token], first: int, last: int) -> int:
    """The noun phrase alone: "like a puppy | all afternoon", "like a wolf | and I hid"."""
    end = phrase_end(tokens, first, last, lists=False)
    for index in range(first, end + 1):
        if (
            tokens[index].lower in ("all", "every", "today", "yesterday", "this")
            and index > first
            and tokens[index - 1].tag in ("N", "NAME")
        ):
            return index - 1
    return end


def _like(tokens: list[Token], clauses: list[Clause], clause: Clause, index: int) -> list[Scope]:
    if index == clause.last:
        following = clauses[clauses.index(clause) + 1 :]
        return [Scope(following[0].first, following[0].last, "likened")] if following else []
    before = tokens[index - 1] if index else None
    if before is not None and before.noun in LISTS["such_as"] and before.tag == "N":
        return []
    if (
        index + 1 <= clause.last
        and tokens[index + 1].lower in ("this", "that", "it", "crazy", "always", "usual")
        and index + 1 == clause.last
    ):
        return []
    clausal = any(token.tag in ("V", "AUX") for token in tokens[index + 1 : clause.last + 1])
    subject = tokens[index + 1].tag == "PRON" and tokens[index + 1].lower in LISTS["subject_pronoun"]
    feels = before is not None and before.verb in ("feel", "look", "seem", "sound") and clausal and subject
    if before is not None and before.verb == "feel" and tokens[index + 1].tag == "VING":
        return [Scope(index + 1, clause.last, "wished")]
    if tokens[index + 1].tag == "VING":
        # It was like walking inside a cloud.
        return [Scope(index + 1, clause.last, "likened")]
    if feels or (subject and clausal):
        return [Scope(index + 1, clause.last, "likened")]
    if (
        before is not None
        and before.verb in ("look", "feel", "seem", "sound", "smell", "taste")
        and before.tag in ("V", "VING", "VED")
    ):
        end = phrase_end(tokens, index + 1, clause.last)
        if (
            end < clause.last
            and tokens[end + 1].tag in ("P", "VING")
            and tokens[end + 1].lower in ("with", "from", "of")
        ):
            end = phrase_end(tokens, end + 2, clause.last)
        return [Scope(index + 1, max(end, index + 1), "likened")]
    return [Scope(index + 1, max(_short_phrase(tokens, index + 1, clause.last), index + 1), "likened")]


def _as(tokens: list[Token], clause: Clause, index: int) -> list[Scope]:
    """As big as a house, white as snow; not: as soon as, as a present, dressed as."""
    before = tokens[index - 1] if index > clause.first else None
    if index == clause.last:
        return []
    following = tokens[index + 1]
    if following.lower in ("if", "though"):
        return [Scope(index + 2, clause.last, "likened")]
    if before is None:
        return []
    far = tokens[index - 2].lower if index - 2 >= clause.first else ""
    compared = before.tag in ("A", "ADV") or before.lower in ("fun", "light", "cold", "hot")
    if (
        before.lower in LISTS["real_as"]
        or not compared
        or following.tag not in ("DET", "POSS", "N", "NAME", "A", "PRON", "NUM")
    ):
        return []
    if far == "same":
        return []
    return [Scope(index + 1, max(_short_phrase(tokens, index + 1, clause.last), index + 1), "likened")]
