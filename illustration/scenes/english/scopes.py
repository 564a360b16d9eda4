"""Spans of a sentence that are denied, wished, likened, shown, dreamt or past, and how they are found."""

from __future__ import annotations

from dataclasses import dataclass

from illustration.scenes.english.clauses import Clause, VerbGroup
from illustration.scenes.english.tokens import Token
from illustration.scenes.mentions import Status

_PHRASE = ("DET", "POSS", "NUM", "A", "N", "NAME", "CLITIC", "ADV", "VED", "VING", "KO")


@dataclass(frozen=True, slots=True)
class Scope:
    """Tokens ``first``..``last`` have ``status``.

    ``verb``: for a negation, the verb that is denied (what it spares depends on it), "" = everything is denied.
    ``only_verbs``: holds for actions alone ("almost fell").
    """

    first: int
    last: int
    status: Status
    verb: str = ""
    only_verbs: bool = False


def phrase_end(tokens: list[Token], index: int, last: int, *, lists: bool = True) -> int:
    """The last token of the noun phrase that starts at ``index``: with "of …", and "or …", ", …" where ``lists``."""
    end = index - 1
    noun = False
    while index <= last:
        token = tokens[index]
        if token.lower in ("just", "only", "instead"):
            break
        if token.tag in _PHRASE and not (noun and token.tag in ("VED", "VING", "DET", "POSS", "ADV")):
            noun = noun or token.tag in ("N", "NAME", "KO")
            end = index
        elif token.tag == "PRON" and not noun:
            return index
        elif token.lower == "of" or token.tag == "NUM":
            noun = False
        elif lists and noun and token.lower in ("or", "nor", "and", ",", "&"):
            noun = False
            if index < last and (tokens[index + 1].tag not in (*_PHRASE, "C") or _anew(tokens, index)):
                break
        else:
            break
        index += 1
    return end


def _anew(tokens: list[Token], index: int) -> bool:
    """Whether something else is told after a comma: no rescues, | two lost kids; no sleep, | the baby has a cold."""
    if tokens[index].lower != ",":
        return False
    after = tokens[index + 1]
    if (after.tag == "NUM" and after.lower != "zero") or after.lower in (
        "just",
        "only",
        "lots",
        "some",
        "many",
    ):
        return True
    ahead = index + 1
    while ahead < len(tokens) and tokens[ahead].tag in ("DET", "POSS", "A", "N", "NAME", "NUM", "CLITIC"):
        ahead += 1
    return ahead < len(tokens) and tokens[ahead].tag in ("V", "AUX")


def find_phrase(
    tokens: list[Token], phrases: frozenset[str], first: int, last: int
) -> tuple[int, int] | None:
    """First and last token of the first of ``phrases`` (words or base forms with spaces) within first..last."""
    for index in range(first, last + 1):
        for phrase in _by_first(phrases, tokens[index]):
            words = phrase.split()
            if index + len(words) - 1 > last:
                continue
            if all(_is(tokens[index + offset], word) for offset, word in enumerate(words)):
                return index, index + len(words) - 1
    return None


def _is(token: Token, word: str) -> bool:
    return word in (token.lower, token.verb, token.noun)


_INDEX: dict[frozenset[str], dict[str, list[str]]] = {}


def _by_first(phrases: frozenset[str], token: Token) -> list[str]:
    table = _INDEX.get(phrases)
    if table is None:
        table = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            table.setdefault(phrase.split()[0], []).append(phrase)
        _INDEX[phrases] = table
    found = table.get(token.lower, [])
    if token.verb != token.lower:
        found = found + table.get(token.verb, [])
    if token.noun not in (token.lower, token.verb):
        found = found + table.get(token.noun, [])
    return found


def clause_of(clauses: list[Clause], index: int) -> Clause:
    return next(clause for clause in clauses if clause.has(index))


def governed(tokens: list[Token], clauses: list[Clause], clause: Clause) -> int:
    """The last token of what ``clause`` governs: itself and the "that"-clauses and bare -and-verbs that follow it."""
    last = clause.last
    place = clauses.index(clause)
    for later in clauses[place + 1 :]:
        if later.opening in ("that", "whether", "who", "which") or (
            later.opening in ("and", "or")
            and later.verbs
            and not later.subject
            and not _tensed(later)
            and not _done_then(tokens, clause, later)
        ):
            last = later.last
        else:
            break
    return last


def _done_then(tokens: list[Token], clause: Clause, later: Clause) -> bool:
    """Whether a verb after "and" tells what was done: I didn't go to school | and stayed in bed."""
    group, then = clause.finite, later.finite
    if group is None or then is None or (group.negated and not group.auxiliaries):
        return False
    head = tokens[then.head]
    past = head.lower != head.verb and not head.lower.endswith(("s", "ing"))
    return head.tag == "V" and past and not then.to


def _tensed(clause: Clause) -> bool:
    group: VerbGroup | None = clause.finite
    return group is not None and bool(group.auxiliaries)
