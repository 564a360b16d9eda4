"""The role that the particle after a Korean noun gives it. Names are found elsewhere."""

from __future__ import annotations

from illustration.scenes.korean.morphemes import WORDS, Morpheme

_COUNTED = frozenset({"SN", "MM", "NR", "NNB", "XSN"})
_NUMERAL = frozenset({"SN", "MM", "NR"})


def role_of(tokens: list[Morpheme], last: int) -> str:
    """subject topic object with at to owner is bare, by what follows the name that ends at ``last``."""
    index = last + 1
    while index < len(tokens) and (
        tokens[index].tag in _COUNTED
        or (index > last + 1 and tokens[index].form in WORDS["counter"] and tokens[index - 1].tag in _NUMERAL)
    ):
        index += 1
    spot = index < len(tokens) and index == last + 1 and tokens[index].form in WORDS["spot"]
    if spot:
        index += 1
    if index >= len(tokens):
        return "bare"
    token = tokens[index]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if token.tag == "JKC":
        return "is"
    if token.tag == "JKS":
        return "subject"
    if token.tag == "JKO":
        return "object"
    if token.tag == "JKG":
        return "owner"
    if token.tag in ("JKB", "JC"):
        if token.tag == "JC" or token.form in WORDS["with"]:
            return "with"
        return "at" if token.form in WORDS["at"] else "to" if token.form in WORDS["to"] else "bare"
    if token.tag == "JX":
        if token.form in WORDS["to"]:
            return "to"
        return "topic" if token.form in WORDS["topic"] else "bare"
    if token.tag == "VCP":
        return "is"
    owns = token.tag in ("NNG", "NNP") and token.form not in WORDS["not_owned"]
    if owns and not (following is not None and following.tag == "NNB"):
        return "owner"
    return "bare"
