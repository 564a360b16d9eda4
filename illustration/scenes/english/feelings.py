"""How an English sentence is told: its feeling and how strong, delight, turns of the story."""

from __future__ import annotations

from illustration.scenes.english.scopes import find_phrase
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS
from illustration.scenes.mentions import Mention

_STRONG = frozenset(("best", "most", "ever", "worst", "forever", "never", "hardest"))


def feeling_of(tokens: list[Token], moods: list[tuple[Mention, int, bool]], ending: str) -> tuple[str, float]:
    """The mood concept that a sentence tells and its strength 0..3.

    ``moods``: mentions of moods with the index of their token and whether the writer feels it; the strongest wins,
    of equals the last.
    """
    best, strength = "", 0.0
    for mention, index, own in moods:
        if mention.status != "real":
            continue
        force = 1.0
        before = [token.lower for token in tokens[max(0, index - 3) : index]]
        if any(word in LISTS["intensifier"] for word in before):
            force += 0.6
        if any(word in ("little", "bit", "slightly", "kinda", "sorta", "somewhat") for word in before):
            force -= 0.5
        if {token.lower for token in tokens} & _STRONG:
            force += 0.5
        force += 0.3 * min(ending.count("!"), 3)
        force = force if own else force * 0.5
        if force >= strength:
            best, strength = mention.concept.name, force
    told = best or _praise(tokens)
    if not best and told:
        return told, 1.0
    return best, min(strength, 3.0)


def _praise(tokens: list[Token]) -> str:
    """A feeling that only praise or complaint tells: best day ever, it was lovely, not happy."""
    last = len(tokens) - 1
    if find_phrase(tokens, LISTS["joyful_phrase"], 0, last):
        return "happy"
    words = [token.lower for token in tokens if token.tag != "PUNCT"]
    if _not_happy(tokens):
        return "frustrated"
    for index, token in enumerate(tokens):
        after = {near.noun for near in tokens[index + 1 : index + 3]} & LISTS["span"]
        if token.lower in ("best", "worst") and (after or "ever" in words):
            return "happy" if token.lower == "best" else "sad"
        if token.lower not in LISTS["praise"] or any(
            near.tag == "NEG" for near in tokens[max(0, index - 3) : index]
        ):
            continue
        told_of = [
            near
            for near in tokens[:index]
            if near.tag in ("N", "NAME", "KO") and near.noun not in LISTS["span"]
        ]
        heads_on = index + 1 < len(tokens) and tokens[index + 1].tag in ("N", "A", "VING")
        if after or (not heads_on and (not told_of or len(words) <= 3)):
            return "happy"
    return ""


def _not_happy(tokens: list[Token]) -> bool:
    """I am NOT happy, wasn't impressed: the writer alone."""
    mine = any(token.lower == "i" for token in tokens) or tokens[0].tag == "NEG"
    return mine and any(
        token.lower in LISTS["pleased"]
        and any(near.tag == "NEG" for near in tokens[max(0, index - 3) : index])
        for index, token in enumerate(tokens)
    )


def is_highlight(tokens: list[Token], ending: str) -> bool:
    """Whether the sentence has words of delight, of firsts and bests, or several "!"."""
    words = {token.lower for token in tokens} | {token.verb for token in tokens}
    return bool(words & LISTS["highlight"]) or ending.count("!") > 1


def is_turn(tokens: list[Token]) -> bool:
    """Whether the story turns here: but then, suddenly, finally."""
    if find_phrase(tokens, LISTS["turn"], 0, len(tokens) - 1):
        return True
    return tokens[0].lower == "but"
