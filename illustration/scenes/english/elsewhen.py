"""Spans of an English sentence that name another time only: since October, in 1988."""

from __future__ import annotations

from illustration.scenes.english.clauses import Clause
from illustration.scenes.english.scopes import Scope, clause_of, find_phrase, phrase_end
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS
from illustration.scenes.lexicon import lexicon

_BOUNDS = ("since", "until", "till")


def elsewhen(tokens: list[Token], clauses: list[Clause]) -> list[Scope]:
    """What only bounds a time, tells where somebody or something came from, or was in years gone by."""
    found = []
    for index, token in enumerate(tokens):
        clause = clause_of(clauses, index)
        after = tokens[min(index + 1, len(tokens) - 1)]
        if (
            index == clause.first
            and clause.opening in ("before", "until", "till", "in case")
            and _still_to_come(tokens, clause)
        ):
            found.append(Scope(index + 1, clause.last, "wished"))
        elif index < clause.last and _of_another(tokens, clause, index):
            found.append(Scope(index + 1, phrase_end(tokens, index + 1, clause.last, lists=False), "past"))
        elif token.lower in ("weeks", "days", "months", "years", "hours") and after.lower == "of" and index:
            before = {near.lower for near in tokens[max(0, index - 4) : index]}
            if before & {"after", "following"}:
                found.append(
                    Scope(index + 2, phrase_end(tokens, index + 2, clause.last, lists=False), "past")
                )
        elif token.noun in LISTS["passage"] and after.lower in ("to", "for") and index + 1 < clause.last:
            if any(near.verb in LISTS["off"] for near in tokens[clause.first : clause.last + 1]):
                end = phrase_end(tokens, index + 2, clause.last, lists=False)
                found.append(Scope(index + 2, end, "wished"))
        elif _starts(tokens, index, LISTS["home_country"]):
            # In my country we have no snow: nothing of it is about here, nor is it denied here.
            found.append(Scope(clause.first, clause.last, "past", "elsewhere"))
        elif (token.lower == "there" and _told_from_afar(tokens, clauses, clause, index)) or (
            token.lower in ("in", "since", "around") and _year(after.lower)
        ):
            found.append(Scope(clause.first, clause.last, "past"))
    return found


def _starts(tokens: list[Token], index: int, phrases: frozenset[str]) -> bool:
    hit = find_phrase(tokens, phrases, index, min(index + 4, len(tokens) - 1))
    return hit is not None and hit[0] == index


def _still_to_come(tokens: list[Token], clause: Clause) -> bool:
    """Before the frost comes, until it rains: it has not."""
    group = clause.finite
    if group is not None and clause.opening == "before" and {*group.auxiliaries} & {"could", "can"}:
        # It fell down before I could fetch my camera.
        return True
    if group is None or any(tokens[at].lower in LISTS["writer"] for at in clause.subject):
        return False
    verb = tokens[group.first]
    return (
        verb.tag in ("V", "AUX") and verb.lower.endswith("s") and verb.lower not in ("was", "has", "'s")
    ) or (
        verb.lower == verb.verb
        and verb.tag == "V"
        and verb.lower not in ("read", "put", "hit", "let", "set", "come", "shut")
    )


def _of_another(tokens: list[Token], clause: Clause, index: int) -> bool:
    """Whether what follows the preposition at ``index`` is of another time or place."""
    word = tokens[index].lower
    if word in _BOUNDS:
        # Didn't eat until sunset: then it was that hour.
        hour = any(token.noun in LISTS["hour"] for token in tokens[index + 1 : index + 4])
        return tokens[index].tag == "P" and not (word != "since" and hour)
    if word in ("in", "from", "at") and _got_there(tokens, clause, index):
        return True
    if word == "from" and _hails(tokens, clause, index):
        return True
    # She is from Brazil; Grandma sent pears from her orchard.
    return word == "from" and (
        tokens[index - 1].verb == "be"
        or _came(tokens, clause, index)
        or (
            any(near.verb in LISTS["sent"] for near in tokens[clause.first : index])
            and bool(clause.subject)
            and not any(tokens[at].lower in LISTS["writer"] for at in clause.subject)
        )
    )


def _hails(tokens: list[Token], clause: Clause, index: int) -> bool:
    """A friend from college; but: picked my brother up from school."""
    if not index:
        return False
    known = lexicon().words["en"].get(tokens[index - 1].noun)
    mine = not clause.subject or any(tokens[at].lower in LISTS["writer"] for at in clause.subject)
    if mine and any(near.verb in LISTS["reach"] for near in tokens[clause.first : index]):
        # I called my wife from the train: I was there.
        return False
    fetched = any(near.verb in LISTS["fetch"] for near in tokens[clause.first : index])
    return known is not None and known.kind == "person" and not fetched


def _came(tokens: list[Token], clause: Clause, index: int) -> bool:
    """My daughter flew in from Boston: she did, the day is elsewhere."""
    others = bool(clause.subject) and not any(
        tokens[place].lower in LISTS["writer"] or tokens[place].lower == "it" for place in clause.subject
    )
    named = tokens[index + 1].form[:1].isupper()
    return others and named and any(near.verb in LISTS["come"] for near in tokens[clause.first : index])


def _told_from_afar(tokens: list[Token], clauses: list[Clause], clause: Clause, index: int) -> bool:
    """Grandma called from Florida and said it was raining there."""
    if index == clause.first or (tokens[index].tag != "ADV" and index < clause.last):
        return False
    place = clauses.index(clause)
    teller = clauses[place - 1] if place else None
    return (
        teller is not None
        and teller.finite is not None
        and tokens[teller.finite.head].verb in LISTS["say"] | LISTS["sent"]
        and not any(tokens[at].lower in LISTS["writer"] for at in teller.subject)
        and not any(tokens[at].lower in LISTS["writer"] for at in clause.subject)
    )


def _got_there(tokens: list[Token], clause: Clause, index: int) -> bool:
    """The vase | Mom got in Italy: where a thing once came from."""
    verb = index - 1
    if verb - 2 < clause.first or tokens[verb].verb not in LISTS["acquire"]:
        return False
    doer = tokens[verb - 1]
    before = tokens[verb - 2 - (tokens[verb - 2].tag == "POSS")]
    told = any(token.tag == "V" for token in tokens[clause.first : verb - 2])
    return told and before.tag == "N" and (doer.tag in ("NAME", "PRON") or doer.lower in LISTS["kin"])


def _year(word: str) -> bool:
    return len(word) in (4, 5) and word[:4].isdigit() and 1900 <= int(word[:4]) <= 2019
