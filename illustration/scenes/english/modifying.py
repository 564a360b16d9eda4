"""Which English nouns only tell the kind of the next one: the dog of dog food, the snow of snow boots."""

from __future__ import annotations

from illustration.scenes.english.found import Found
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS
from illustration.scenes.vocabulary import SUBJECT_KINDS


def without_modifiers(tokens: list[Token], found: list[Found]) -> list[Found]:
    """Mark what only says which kind of thing the next noun is: the dog of dog food, the snow of snow boots."""
    for number, item in enumerate(found):
        end = item.last + 1
        if (
            end >= len(tokens)
            or item.alias
            or item.whole
            or tokens[item.last].tag != "N"
            or tokens[end].tag != "N"
        ):
            continue
        after = found[number + 1] if number + 1 < len(found) and found[number + 1].first == end else None
        item.modifier = _is_modifier(item, after, tokens[end])
    return found


def _is_modifier(item: Found, after: Found | None, head: Token) -> bool:
    kind = item.concept.kind
    known = after.concept.kind if after is not None else ""
    event = head.noun in LISTS["event"]
    if kind == "action":
        return known in SUBJECT_KINDS and not event
    if kind in ("food", "animal") and head.noun in LISTS["husk"]:
        return True
    if known == "person" and (head.lower in LISTS["kin"] or head.form[:1].isupper()):
        # The vase Mom got: hers, no kind of Mom.
        return False
    if kind in ("thing", "food", "plant"):
        return known in SUBJECT_KINDS and not (kind == "thing" and head.noun == "player")
    if kind == "weather":
        return known in SUBJECT_KINDS
    if kind == "animal":
        return known != "action" and not (known and event) and head.noun not in ("ride", "family")
    if kind == "person":
        return known in SUBJECT_KINDS
    return False
