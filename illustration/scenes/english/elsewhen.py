"""Spans of an English sentence that name another time only: since October, in 1988. Only spans; no lexicon."""

from __future__ import annotations

from illustration.scenes.english.clauses import Clause
from illustration.scenes.english.scopes import Scope, clause_of, phrase_end
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS

_BOUNDS = ("since", "until", "till")


def elsewhen(tokens: list[Token], clauses: list[Clause]) -> list[Scope]:
    """What only bounds a time, and what years gone by held."""
    found = []
    for index, token in enumerate(tokens[:-1]):
        clause = clause_of(clauses, index)
        after = tokens[index + 1]
        if token.lower in _BOUNDS and token.tag == "P" and index < clause.last:
            found.append(Scope(index + 1, phrase_end(tokens, index + 1, clause.last, lists=False), "past"))
        elif token.lower == "from" and (
            tokens[index - 1].verb == "be"
            or any(near.verb in LISTS["sent"] for near in tokens[clause.first : index])
        ):
            # She is from Brazil; Grandma sent pears from her orchard.
            found.append(Scope(index + 1, phrase_end(tokens, index + 1, clause.last, lists=False), "past"))
        elif token.noun in LISTS["passage"] and after.lower in ("to", "for") and index + 1 < clause.last:
            if any(near.verb in LISTS["off"] for near in tokens[clause.first : clause.last + 1]):
                end = phrase_end(tokens, index + 2, clause.last, lists=False)
                found.append(Scope(index + 2, end, "wished"))
        elif token.lower in ("in", "since", "around") and _year(after.lower):
            found.append(Scope(clause.first, clause.last, "past"))
    return found


def _year(word: str) -> bool:
    return len(word) in (4, 5) and word[:4].isdigit() and 1900 <= int(word[:4]) <= 2019
