"""What the verbs of an English sentence deny: not, never, skipped, stopped, missed. Only spans; no lexicon."""

from __future__ import annotations

from illustration.scenes.english.clauses import Clause, VerbGroup
from illustration.scenes.english.lacking import almost, denied_phrases, never_came, nobody
from illustration.scenes.english.left_behind import left_behind
from illustration.scenes.english.scopes import Scope, governed, phrase_end
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS


def negations(tokens: list[Token], clauses: list[Clause]) -> list[Scope]:
    """The denied spans of a sentence."""
    found: list[Scope] = []
    for clause in clauses:
        for group in clause.verbs:
            found += _denied_verb(tokens, clauses, clause, group)
        found += never_came(tokens, clause)
        found += denied_phrases(tokens, clause)
        found += nobody(tokens, clause)
        found += almost(tokens, clause)
        found += left_behind(tokens, clause)
    return found


def _denied_verb(tokens: list[Token], clauses: list[Clause], clause: Clause, group: VerbGroup) -> list[Scope]:
    verb = tokens[group.head].verb
    after = [token.lower for token in tokens[group.head + 1 : group.head + 4]]
    found: list[Scope] = []
    if group.negated and not _undone(tokens, clause, group):
        word = verb if tokens[group.head].tag in ("V", "VED", "VING") else "be"
        if word == "have" and "to" in after[:1]:
            return []
        if word == "be" and any(tokens[index].lower == "there" for index in clause.subject):
            word = "exist"
        found.append(Scope(group.first, _reach(tokens, clauses, clause, group), "denied", word))
        found += _means_missing(tokens, clause, group)
        found += _absent_subject(tokens, clause, group, word)
        found += _busy_elsewhere(tokens, clauses, clause, group)
    elif verb == "miss" and _missed(tokens, clause, group):
        found.append(Scope(group.head + 1, phrase_end(tokens, group.head + 1, clause.last), "denied"))
    elif verb == "sell" and after[:1] == ["out"] and clause.subject and after[1:2] != ["of"]:
        found.append(Scope(clause.subject[0], clause.subject[-1], "denied"))
    elif verb in LISTS["keep_in"] and after[:1] == ["back"] and group.head + 1 < clause.last:
        found.append(Scope(group.head + 2, phrase_end(tokens, group.head + 2, clause.last), "denied"))
    elif verb in LISTS["deny"] and group.head < clause.last and not (verb == "skip" and _hops(tokens, group)):
        first, last = group.head + 1, clause.last
        if verb == "forget" and after and after[0] in ("about", "that"):
            return []
        if (
            tokens[first].lower == "to"
            or tokens[first].tag == "VING"
            or verb in ("cancel", "skip", "refuse", "prevent", "avoid", "decline")
        ):
            found.append(Scope(first, _purpose(tokens, verb, first, last), "denied"))
        else:
            found.append(Scope(first, phrase_end(tokens, first, last), "denied"))
    elif clause.subject and (
        (verb == "be" and after[:1] and after[0] in LISTS["away"])
        or (tokens[group.head].lower == "gone" and set(group.auxiliaries) & {"was", "were", "is", "are"})
    ):
        found.append(Scope(clause.subject[0], clause.subject[-1], "denied", "appear"))
    elif clause.subject and _put_off(tokens, group, after):
        found.append(Scope(clause.subject[0], clause.subject[-1], "denied"))
    elif verb in ("call", "put") and after[:1] == ["off"] and clause.subject:
        found.append(Scope(clause.first, clause.last, "denied"))
    elif verb in LISTS["stop"] and not group.negated:
        if group.head < clause.last and tokens[group.head + 1].tag == "VING":
            found.append(Scope(group.head + 1, clause.last, "denied", "stop"))
        elif clause.subject and verb in (
            "stop",
            "pass",
            "clear",
            "cease",
            "melt",
            "thaw",
            "lift",
            "ease",
            "fade",
        ):
            found.append(Scope(clause.subject[0], clause.subject[-1], "denied", "stop"))
    elif verb == "keep" and "from" in after and group.head < clause.last:
        place = tokens.index(next(token for token in tokens[group.head :] if token.lower == "from"))
        found.append(Scope(place, clause.last, "denied"))
    elif verb in ("decide", "choose", "try", "promise", "agree") and after[:1] == ["not"]:
        found.append(Scope(group.head + 1, clause.last, "denied"))
    elif verb == "run" and after[:2] == ["out", "of"] and after[2:] not in (["the"], ["our"], ["my"]):
        found.append(Scope(group.head + 3, clause.last, "denied"))
    return found


def _busy_elsewhere(
    tokens: list[Token], clauses: list[Clause], clause: Clause, group: VerbGroup
) -> list[Scope]:
    """He couldn't come to dinner | because he was flying to Tokyo: that is told of somebody who is not there."""
    place = clauses.index(clause) + 1
    if tokens[group.head].verb not in ("come", "join", "attend", "visit") or place >= len(clauses):
        return []
    why = clauses[place]
    who = [tokens[at].lower for at in clause.subject]
    others = bool(who) and not LISTS["writer"] & set(who) and who != ["it"]
    told = [tokens[at].lower for at in why.subject]
    same = told == who or told in (["he"], ["she"], ["they"])
    return [Scope(why.first, why.last, "denied")] if others and same and why.opening == "because" else []


def _missed(tokens: list[Token], clause: Clause, group: VerbGroup) -> bool:
    """Missed my flight, the party; but: missed the ball, which was there."""
    first = group.head + 1
    if first > clause.last or tokens[first].tag not in ("DET", "POSS", "N"):
        return False
    end = phrase_end(tokens, first, clause.last, lists=False)
    longed_for = tokens[group.head].lower in ("miss", "misses") or tokens[end].lower in LISTS["kin"]
    return end >= first and not longed_for and tokens[end].noun not in LISTS["aimed_at"]


def _purpose(tokens: list[Token], verb: str, first: int, last: int) -> int:
    """Skipped gym | to finish my essay: what it was left out for was done."""
    if verb not in ("skip", "cancel"):
        return last
    return next(
        (
            index - 1
            for index in range(first + 1, last)
            if tokens[index].lower in ("to", "and", "for") and tokens[index + 1].tag in ("V", "VED", "DET")
        ),
        last,
    )


def _hops(tokens: list[Token], group: VerbGroup) -> bool:
    """Skipping stones, rope, along: no leaving out."""
    after = tokens[group.head + 1 : group.head + 4]
    return any(token.noun in LISTS["skipped"] or token.tag == "P" for token in after[:1]) or any(
        token.noun in LISTS["skipped"] for token in after
    )


def _means_missing(tokens: list[Token], clause: Clause, group: VerbGroup) -> list[Scope]:
    """Haven't got the nerve to look in the mirror, had no time to stop at the shop: nothing of it came about."""
    return [
        Scope(later.first, clause.last, "denied")
        for later in clause.verbs
        if later.to and later.first > group.head and tokens[later.first - 1].noun in LISTS["means"]
    ]


def _put_off(tokens: list[Token], group: VerbGroup, after: list[str]) -> bool:
    """The picnic was cancelled; the museum was closed, so we went elsewhere."""
    verb = tokens[group.head].verb
    if tokens[group.head].tag == "VED" and verb in ("cancel", "skip", "postpone"):
        return True
    shut = verb in ("close", "shut") or (verb == "be" and bool({"closed", "shut"} & {*after[:2]}))
    return shut


def _undone(tokens: list[Token], clause: Clause, group: VerbGroup) -> bool:
    """A "not" that denies nothing: not only, couldn't stop laughing, never seen such a big one, couldn't be happier."""
    span = tokens[group.first : min(group.head + 4, clause.last + 1)]
    words = [token.lower for token in span]
    verb = tokens[group.head].verb
    if "only" in words[: group.head - group.first + 2] or "just" in words[: group.head - group.first + 1]:
        return True
    if verb in LISTS["undo_not"] - {"only", "just"}:
        return verb not in ("wait",)
    if "never" in words and any(word in ("such", "so") for word in words):
        return True
    rest = [token.lower for token in tokens[group.head + 1 : clause.last + 1]]
    if "never" in words and "before" in rest[-2:]:
        return True
    if verb == "put" and "down" in rest:
        return True
    if (
        verb == "be"
        and rest
        and ((rest[0].endswith("er") and len(rest[0]) > 4) or rest[0] in ("better", "more", "bad"))
    ):
        return bool({"could", "bad", "ca", "can", "never"} & {*words})
    if verb == "have" and rest and rest[0] == "been" and any(word.endswith("er") for word in rest[1:3]):
        return True
    if "without" in rest:
        return True
    if verb in ("let", "stop", "keep") or verb == "matter":
        return True
    if (
        verb == "know"
        and rest[:1]
        and rest[0] in ("that", "how", "what", "where", "there", "it", "he", "she", "they", "we", "i")
    ):
        return True
    return "but" in rest[:2] and "nothing" in words


def _reach(tokens: list[Token], clauses: list[Clause], clause: Clause, group: VerbGroup) -> int:
    """How far a negation goes: to the end of its clause and of what hangs on it, not past "but", "until", "because"."""
    last = governed(tokens, clauses, clause)
    for index in range(group.head + 1, last + 1):
        token = tokens[index]
        if (
            token.lower in ("but", "except", "until", "till", "because", "despite", "thanks")
            and index > group.head + 1
        ):
            return index - 1
        if token.lower in ("because", "due"):
            return index - 1
        if token.lower in ("just", "only") and tokens[index - 1].tag == "PUNCT":
            return index - 1
        if token.lower == "instead" and index < last and tokens[index + 1].lower != "of":
            return index - 1
    return last


def _absent_subject(tokens: list[Token], clause: Clause, group: VerbGroup, verb: str) -> list[Scope]:
    """The subject of "didn't come", "wasn't there" is not there either."""
    after = [token.lower for token in tokens[group.head + 1 : clause.last + 1] if token.tag != "NEG"]
    turned = verb == "turn" and after[:1] not in (["up"], ["out"])
    missing = verb in LISTS["appear"] and not turned and verb not in ("fall", "return", "blow")
    if verb == "be" and after and after[0] in ("there", "here", "home", "around", "with", "out"):
        missing = True
    if verb == "be" and any(tokens[index].lower in ("there", "it") for index in clause.subject):
        missing = False
    if missing and clause.subject:
        return [Scope(clause.subject[0], clause.subject[-1], "denied", "appear")]
    return []
