"""What somebody in an English diary only says, hears or takes for something: no part of the scene. Only spans."""

from __future__ import annotations

from illustration.scenes.english.clauses import Clause
from illustration.scenes.english.found import Found
from illustration.scenes.english.scopes import Scope, phrase_end
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS
from illustration.scenes.mentions import Status

_NAMED = ("animal", "thing", "food", "plant", "place")
_IT = frozenset(("it", "that", "this", "there", "he", "she", "they", "i", "we"))


def told(tokens: list[Token], clauses: list[Clause], found: list[Found], following: list[str]) -> list[Scope]:
    """What is reported, heard of or mistaken for something else. ``following``: the words of the next sentence."""
    scopes: list[Scope] = []
    for number, clause in enumerate(clauses):
        group = clause.finite
        after = clauses[number + 1] if number + 1 < len(clauses) else None
        if group is None or group.negated:
            continue
        verb = tokens[group.head].verb
        hangs = after is not None and after.opening in ("", "that") and tokens[after.first].tag != "PUNCT"
        if after is not None and hangs:
            on_air = verb in ("see", "watch") and after.opening == "that" and _in_the_news(tokens, clause)
            if on_air or (
                verb in LISTS["hear_that"] and (after.opening == "that" or group.head == clause.last)
            ):
                scopes += _through(clauses, number + 1, "shown")
            elif verb in LISTS["report"] and _of_others(tokens, clause) and _of_others(tokens, after):
                scopes += _reported(tokens, clauses, number + 1, found)
            elif verb in LISTS["mistake"]:
                scopes += _mistaken(tokens, clauses, number, found, following)
        if verb in ("mistake", "take", "confuse"):
            scopes += _taken_for(tokens, clause, group.head)
        if verb == "turn" and _turned_out(tokens, clause, group.head):
            scopes += _after_all(tokens, after if hangs and after is not None else clause, found)
    return scopes


def _in_the_news(tokens: list[Token], clause: Clause) -> bool:
    return any(
        token.noun in LISTS["screen"] | LISTS["show"] or token.lower == "online"
        for token in tokens[clause.first : clause.last + 1]
    )


def _of_others(tokens: list[Token], clause: Clause) -> bool:
    return bool(clause.subject) and not any(tokens[at].lower in LISTS["writer"] for at in clause.subject)


def _through(clauses: list[Clause], number: int, status: Status) -> list[Scope]:
    """The clause and what goes on from it."""
    made = [Scope(clauses[number].first, clauses[number].last, status)]
    for later in clauses[number + 1 :]:
        if later.opening not in ("and", "that", "who", "which", "where", "because") or (
            later.opening == "and" and later.subject
        ):
            break
        made.append(Scope(later.first, later.last, status))
    return made


def _reported(tokens: list[Token], clauses: list[Clause], number: int, found: list[Found]) -> list[Scope]:
    """Sally said | she ate lobster on her trip; but: Dad said | the soup was hot."""
    scopes = []
    for span in _through(clauses, number, "shown"):
        words = {token.lower for token in tokens[span.first : span.last + 1]}
        if span.first > clauses[number].last and words & LISTS["writer"]:
            # Mom said she was tired and made me soup.
            break
        clause = next(clause for clause in clauses if clause.has(span.first))
        person = _a_person(tokens, clause, found)
        if clause.finite is not None and {*clause.finite.auxiliaries} & {
            "will",
            "'ll",
            "would",
            "'d",
            "might",
        }:
            # He says he will be a doctor: that is only wished.
            continue
        inside = [item for item in found if span.first <= item.first <= span.last]
        afar = any(item.concept.kind == "place" and tokens[item.first].form[:1].isupper() for item in inside)
        if span.first > clauses[number].last and not _a_person(tokens, clauses[number], found):
            break
        if afar or "there" in [token.lower for token in tokens[span.first : span.last + 1]]:
            scopes.append(span)
            continue
        scopes += [
            Scope(item.first, item.last, "shown")
            for item in inside
            if (item.concept.kind == "action" and person)
            or (item.concept.kind in _NAMED and not _known(tokens, clause, item))
            or (item.concept.kind == "person" and _unknown(tokens, item))
        ]
    return scopes


def _a_person(tokens: list[Token], clause: Clause, found: list[Found]) -> bool:
    """Whether somebody, or an animal, does what the clause tells."""
    return any(
        tokens[at].lower in LISTS["he"] | LISTS["she"] | LISTS["they"]
        or any(item.first <= at <= item.last and item.concept.kind in ("person", "animal") for item in found)
        for at in clause.subject
    )


def _known(tokens: list[Token], clause: Clause, item: Found) -> bool:
    """Whether a thing is one that is there already: the soup, my bag, dinner."""
    first = item.first
    while first > 0 and tokens[first - 1].tag in ("A", "N", "VED", "NUM"):
        first -= 1
    lead = tokens[first - 1].lower if first else ""
    if tokens[item.first].tag in ("DET", "POSS"):
        lead = tokens[item.first].lower
    if lead in ("the", "this", "these", "that", "my", "our"):
        return True
    bare = lead not in ("a", "an", "some", "his", "her", "their", "another", "many", "no", "any")
    return bare and item.last in clause.subject and tokens[item.last].noun == tokens[item.last].lower


def _mistaken(
    tokens: list[Token], clauses: list[Clause], number: int, found: list[Found], following: list[str]
) -> list[Scope]:
    """I thought | it was a ghost, | but it was only the curtain; but: I thought | the cake was good."""
    thought = clauses[number + 1]
    rest = clauses[number + 2 :]
    corrected = any("but" in [token.lower for token in tokens[c.first : c.first + 2]] for c in rest) or (
        not rest and (following[:1] == ["but"] or {"only", "just", "turned", "actually"} & {*following[:6]})
    )
    vague = any(tokens[at].lower in _IT for at in thought.subject)
    if not vague and not corrected:
        return []
    inside = [item for item in found if thought.first <= item.first <= thought.last]
    return [
        Scope(item.first, item.last, "likened")
        for item in inside
        if (item.concept.kind == "action" and corrected)
        or (item.concept.kind in ("animal", "thing", "food", "plant", "person") and _unknown(tokens, item))
    ]


def _unknown(tokens: list[Token], item: Found) -> bool:
    """A ghost, wolves, somebody's cat: named by no article or by "a"."""
    first = item.first
    while first > 0 and tokens[first - 1].tag in ("A", "N", "VED", "NUM"):
        first -= 1
    lead = tokens[first - 1].lower if first else ""
    plural = tokens[item.last].noun != tokens[item.last].lower
    return lead in ("a", "an", "another") or (plural and lead not in ("the", "my", "our", "these", "those"))


def _taken_for(tokens: list[Token], clause: Clause, head: int) -> list[Scope]:
    """I mistook a rope | for a snake."""
    verb = tokens[head].verb
    words = ("for",) if verb != "confuse" else ("with", "for")
    for index in range(head + 2, clause.last):
        near = tokens[index + 1].lower in ("a", "an", "another")
        if tokens[index].lower in words and (verb != "take" or (near and tokens[head + 1].tag == "PRON")):
            return [Scope(index + 1, phrase_end(tokens, index + 1, clause.last), "likened")]
    return []


def _turned_out(tokens: list[Token], clause: Clause, head: int) -> bool:
    return head < clause.last and tokens[head + 1].lower == "out"


def _after_all(tokens: list[Token], clause: Clause, found: list[Found]) -> list[Scope]:
    """It turned out that | the bear was only a big dog: the bear was none."""
    words = {token.lower for token in tokens[clause.first : clause.last + 1]}
    to_be = tokens[min(clause.last, clause.verbs[0].head + 2)].lower == "to" if clause.verbs else False
    if not (words & {"only", "just", "actually", "really"} or to_be) or not clause.subject:
        return []
    return [
        Scope(item.first, item.last, "likened")
        for item in found
        if any(item.first <= at <= item.last for at in clause.subject)
        and item.concept.kind in ("animal", "thing", "person")
        and not (clause.subject[0] and tokens[item.first - 1].tag == "POSS")
    ]
