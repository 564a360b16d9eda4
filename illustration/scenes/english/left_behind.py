"""What an English sentence leaves behind, gives up or never gets hold of: my books are at school. Only spans."""

from __future__ import annotations

from illustration.scenes.english.clauses import Clause
from illustration.scenes.english.scopes import Scope, phrase_end
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS
from illustration.scenes.lexicon import lexicon
from illustration.scenes.vocabulary import SUBJECT_KINDS


def left_behind(tokens: list[Token], clause: Clause) -> list[Scope]:
    """I left my books at school, forgot my umbrella on the bus, left the dog with Grandma."""
    found = []
    for group in clause.verbs:
        first = group.head + 1
        if tokens[group.head].verb not in ("leave", "forget") or group.negated or first >= clause.last:
            continue
        if tokens[first].tag != "POSS" and tokens[first].lower != "the":
            continue
        last = phrase_end(tokens, first, clause.last)
        at = last + 1
        if at >= clause.last or tokens[at].lower not in ("at", "in", "on", "with", "behind"):
            continue
        end = phrase_end(tokens, at + 1, clause.last, lists=False)
        if end > at and _is_a_thing(tokens[last]) and _far(tokens, at, end):
            found.append(Scope(first, end, "past", "elsewhere"))
    return found


def _is_a_thing(token: Token) -> bool:
    known = lexicon().words["en"].get(token.noun)
    return known is not None and known.kind in (*SUBJECT_KINDS, "person")


def _far(tokens: list[Token], at: int, end: int) -> bool:
    """Whether what is left there is out of reach: at school, on the bus, with Grandma; not: on the table."""
    words = lexicon()
    known = words.words["en"].get(tokens[end].lower) or words.words["en"].get(tokens[end].noun)
    if tokens[at].lower == "with":
        return tokens[end].tag == "NAME" or (known is not None and known.kind == "person")
    if known is None:
        return tokens[end].form[:1].isupper() or tokens[end].lower == "home"
    return known.kind == "place" or bool({*words.chain(known.name)} & LISTS["vehicle"])
