"""Which of the scopes over a word counts, and what a negation leaves standing: "didn't see a dog at the park"."""

from __future__ import annotations

from illustration.scenes.english.clauses import Clause
from illustration.scenes.english.found import Found
from illustration.scenes.english.scopes import Scope
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS
from illustration.scenes.mentions import Status

_RANK: tuple[Status, ...] = ("denied", "dreamt", "likened", "shown", "wished", "past")
_SUBJECTS = ("animal", "plant", "food", "thing")


def status_of(tokens: list[Token], clause: Clause, item: Found, scopes: list[Scope]) -> Status:
    """The status of ``item``: that of the strongest scope over it that holds for its kind and role."""
    # The moon, our house: names that begin with their article.
    first = item.first + (item.last > item.first and tokens[item.first].tag in ("DET", "POSS"))
    over = {scope.verb for scope in scopes if scope.first <= first <= scope.last}
    if "elsewhere" in over:
        return "past"
    held: set[Status] = set()
    for scope in scopes:
        if not scope.first <= first <= scope.last:
            continue
        if scope.only_verbs and item.concept.kind != "action":
            continue
        if scope.status == "denied" and scope.verb and _spared(tokens, clause, item, scope):
            continue
        if (
            scope.status in ("past", "wished")
            and item.concept.kind == "time"
            and scope.status == "past"
            and tokens[item.first].lower in LISTS["now"]
        ):
            continue
        if (
            scope.status == "shown"
            and item.concept.kind == "time"
            and tokens[first - 1].lower in ("all", "this")
        ):
            # Played a game with dragons in it all afternoon.
            continue
        medium = tokens[item.last]
        if (
            scope.status == "shown"
            and medium.noun in LISTS["show"] | LISTS["screen"]
            and medium.form.islower()
        ):
            continue
        held.add(scope.status)
    if "apart" in over:
        return "denied" if "denied" in held else "past"
    if held == {"wished"} and item.concept.kind == "occasion" and _wished_then(tokens, item):
        return "real"
    if held == {"wished"} and item.concept.kind == "mood" and _feels_now(tokens, item):
        return "real"
    return next((status for status in _RANK if status in held), "real")


def _wished_then(tokens: list[Token], item: Found) -> bool:
    """I wanted a dog for my birthday, but I got a goldfish: it was the birthday."""
    past = any(token.lower in ("wanted", "wished", "hoped", "asked") for token in tokens[: item.first])
    return past and any(token.lower in ("for", "on") for token in tokens[max(0, item.first - 3) : item.first])


def _feels_now(tokens: list[Token], item: Found) -> bool:
    """A feeling about what is to come is felt today: excited about tomorrow."""
    return item.first + 1 < len(tokens) and tokens[item.first + 1].lower in ("about", "for", "to", "of")


def _preposition(tokens: list[Token], clause: Clause, index: int) -> str:
    """The preposition of the phrase that ``index`` stands in, "" for none."""
    for back in range(index - 1, clause.first - 1, -1):
        token = tokens[back]
        if token.tag == "P":
            return token.lower
        if token.tag in ("V", "VING", "VED", "AUX", "PUNCT", "C", "PRON"):
            return ""
    return ""


def _spared(tokens: list[Token], clause: Clause, item: Found, scope: Scope) -> bool:
    """Whether a denied verb leaves ``item`` as it is."""
    kind, verb = item.concept.kind, scope.verb
    preposition = _preposition(tokens, clause, item.first)
    if verb == "appear":
        return kind in ("place", "time", "season")
    if verb == "stop":
        return kind not in ("weather", "action") or (item.first != scope.first and kind == "action")
    if kind in ("time", "season"):
        return True
    if kind == "action" and tokens[item.first].tag == "N" and preposition in ("in", "at", "during"):
        # Could hardly keep my eyes open in math class: one was there.
        return verb not in LISTS["stay"] | LISTS["takes_part"]
    if kind == "occasion":
        return preposition in ("on", "at", "for")
    if kind in (*_SUBJECTS, "person") and verb == "be" and preposition in ("of", "about", "by", "at"):
        return any(
            token.tag == "POSS" or token.lower in ("the", "this", "that")
            for token in tokens[item.first - 3 : item.first]
        )
    if verb == "exist":
        return bool(preposition) and preposition not in ("of", "with")
    if kind == "weather":
        return preposition in ("in", "of", "despite", "through") or (
            tokens[item.first].tag == "N" and verb in ("stop", "melt", "mind", "let", "bother")
        )
    if kind == "place":
        if verb == "be":
            return False
        if preposition == "from" and verb in ("see", "find", "hear", "spot"):
            return True
        if preposition in LISTS["where"]:
            return verb not in LISTS["stay"] or verb == "get"
        return verb in ("nobody", "seldom") and any(token.verb == "come" for token in tokens)
    if kind == "person":
        return (
            preposition != "with" and verb not in LISTS["meet"] | {"be", "join"} and item.first > scope.first
        )
    if kind in _SUBJECTS and verb in LISTS["spares_object"]:
        return True
    if kind in _SUBJECTS and preposition in LISTS["where"] | {"from"}:
        return verb in LISTS["spares_where"]
    return False
