"""Spans of an English sentence that are of another day: tomorrow, next week, yesterday, every summer. No concepts."""

from __future__ import annotations

from illustration.scenes.english.clauses import Clause
from illustration.scenes.english.scopes import Scope, clause_of, find_phrase, phrase_end
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS

FUTURE = frozenset(("will", "'ll", "wo", "shall", "might", "may", "should", "must", "would", "'d", "better"))
"""Auxiliaries of what is still to come."""


def days_to_come(tokens: list[Token], clauses: list[Clause]) -> list[Scope]:
    """Tomorrow, next week: the clause they stand in, and the ones that go on from it."""
    found = []
    for index, token in enumerate(tokens):
        day = token.noun in LISTS["future_day"] or (
            find_phrase(tokens, LISTS["future_phrase"], index, min(index + 5, len(tokens) - 1)) is not None
            and _starts_here(tokens, index, "future_phrase")
        )
        if not day:
            continue
        clause = clause_of(clauses, index)
        if _modifies(tokens, index):
            # "the party tomorrow", "tomorrow's test": that alone is of tomorrow.
            first, last = _phrase_around(tokens, clause, index)
            found.append(Scope(first, last, "wished"))
            continue
        last = clause.last
        for later in clauses[clauses.index(clause) + 1 :]:
            if (
                later.opening in ("and", "or", "that", "")
                and not any(
                    tokens[place].lower in LISTS["now"] for place in range(later.first, later.last + 1)
                )
                and not _past(tokens, later)
                and not (later.opening == "" and _says(tokens, later))
            ):
                last = later.last
            else:
                break
        now = next((at for at in range(index + 1, last + 1) if tokens[at].lower in LISTS["now"]), 0)
        found.append(Scope(clause.first, now - 1 if now else last, "wished"))
    return found


def _says(tokens: list[Token], clause: Clause) -> bool:
    group = clause.finite
    return (
        group is not None
        and bool(clause.subject)
        and tokens[group.head].verb in LISTS["say"] | {"think", "know"}
    )


def _starts_here(tokens: list[Token], index: int, name: str) -> bool:
    hit = find_phrase(tokens, LISTS[name], index, min(index + 5, len(tokens) - 1))
    return hit is not None and hit[0] == index


def _past(tokens: list[Token], clause: Clause) -> bool:
    group = clause.finite
    if group is None:
        return False
    word = tokens[(group.auxiliaries and group.first) or group.head]
    return word.lower in ("was", "were", "did", "had") or (
        word.tag == "V" and word.lower != word.verb and not word.lower.endswith("s")
    )


def _modifies(tokens: list[Token], index: int) -> bool:
    """Whether a day of the future only says which one: after a past verb ("bought cakes for the party tomorrow")."""
    before = tokens[:index]
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    clause_past = any(
        token.tag == "V"
        and token.lower != token.verb
        and not token.lower.endswith(("s", "ing"))
        and token.verb not in ("be",)
        for token in before
    )
    future = any(token.lower in FUTURE or token.lower == "going" for token in before[-8:])
    return after == "'s" or (bool(before) and clause_past and not future)


def _phrase_around(tokens: list[Token], clause: Clause, index: int) -> tuple[int, int]:
    """The noun phrase before a day ("the party tomorrow") or after it ("tomorrow's test")."""
    if index < clause.last and tokens[index + 1].lower == "'s":
        last = index + 2
        while last < clause.last and tokens[last].tag in ("A", "N") and tokens[last + 1].tag == "N":
            last += 1
        if last < clause.last and tokens[last + 1].lower in ("to", "at", "in", "with"):
            # Tomorrow's trip to the farm.
            last = phrase_end(tokens, last + 2, clause.last, lists=False)
        return index, min(last, clause.last)
    first = index
    while first > clause.first and tokens[first - 1].tag in ("N", "NAME", "A", "DET", "POSS", "NUM", "KO"):
        first -= 1
        if tokens[first].tag in ("DET", "POSS"):
            break
    return first, index


def days_gone(tokens: list[Token], clauses: list[Clause]) -> list[Scope]:
    """Spans of yesterday, of habit and of memory."""
    found = _yearly(tokens, clauses)
    for index, token in enumerate(tokens):
        ago = token.lower == "ago"
        day = (
            token.lower in LISTS["past_day"]
            or _starts_here(tokens, index, "past_phrase")
            or _once(tokens, clauses, index)
            or _at_that_age(tokens, index)
        )
        habit = (
            token.lower in LISTS["habit"]
            and token.tag in ("ADV", "DET")
            and _starts_here(tokens, index, "habit_phrase")
        ) or token.lower in ("usually", "normally", "always", "often")
        if not (day or habit or _starts_here(tokens, index, "habit_phrase")):
            continue
        clause = clause_of(clauses, index)
        if (habit or not day) and not _present(tokens, clause):
            continue
        if day and not ago and _owned_by_a_day(tokens, index):
            found.append(Scope(index, phrase_end(tokens, index, clause.last, lists=False), "past"))
            continue
        if (
            day
            and not ago
            and index > 0
            and tokens[index - 1].lower in ("than", "as", "since", "like", "from", "unlike")
        ):
            continue
        if (
            day
            and _starts_here(tokens, index, "past_phrase")
            and (token.lower in ("remind", "memory", "remember", "think") or token.verb == "remember")
        ):
            found.append(Scope(index, clause.last, "past"))
            for later in clauses[clauses.index(clause) + 1 :]:
                if later.opening not in ("when", "how", "that", "where", "and", "who", "which"):
                    break
                found.append(Scope(later.first, later.last, "past"))
            continue
        if token.lower == "used" and tokens[index - 1].lower in LISTS["be"] | {"get", "got"}:
            continue
        first, last = clause.first, clause.last
        if token.lower in ("last", "the") and index == clause.first == 0 and "time" in _lowers(tokens, 0, 3):
            # The last time we came, there were ducks.
            found.append(Scope(0, len(tokens) - 1, "past"))
            continue
        if (
            clause.opening in ("when", "since", "because", "before", "after", "that", "who", "which")
            or token.lower == "when"
        ):
            found.append(Scope(first, last, "past"))
            if clause.opening in ("when",):
                neighbour = clauses.index(clause) + (
                    1 if clause.first == 0 or clauses.index(clause) == 0 else -1
                )
                if 0 <= neighbour < len(clauses):
                    found.append(Scope(clauses[neighbour].first, clauses[neighbour].last, "past"))
            continue
        for later in clauses[clauses.index(clause) + 1 :]:
            if later.opening in ("and", "or", "that", "who", "which", "because", "when") and not any(
                tokens[place].lower in LISTS["now"] for place in range(later.first, later.last + 1)
            ):
                last = later.last
            else:
                break
        found.append(Scope(first, last, "past"))
    return found


def _yearly(tokens: list[Token], clauses: list[Clause]) -> list[Scope]:
    """In winter we sled here; a year since we adopted our cat: habits, and deeds that were long ago."""
    found = []
    words = _lowers(tokens, 0, 4)
    season = words[:1] in (["in"], ["during"]) and bool({*words[1:3]} & LISTS["season"])
    if season and _present(tokens, clauses[0]) and not {*words} & {"this"}:
        found.append(Scope(0, clauses[0].last, "past"))
    for clause in clauses:
        long = {token.noun for token in tokens[: clause.first]} & {"year", "month", "week"}
        if clause.opening == "since" and long:
            found.append(Scope(clause.first, clause.last, "past", only_verbs=True))
    return found


def _lowers(tokens: list[Token], first: int, last: int) -> list[str]:
    return [token.lower for token in tokens[first:last]]


def _at_that_age(tokens: list[Token], index: int) -> bool:
    """When I was five, at the age of six."""
    words = [token.lower for token in tokens[index : index + 5]]
    if words[:3] == ["at", "the", "age"]:
        return True
    if words[:1] != ["when"] or len(words) < 4:
        return False
    aged = tokens[index + 3].tag == "NUM" or words[3:] in (["in", "kindergarten"], ["in", "college"])
    return words[2] in ("was", "were") and aged and ":" not in words[3]


def _once(tokens: list[Token], clauses: list[Clause], index: int) -> bool:
    """Dad said he once saw a wolf here; but: it fell once, once more, at once, once we got there, we ate."""
    if tokens[index].lower != "once" or index + 1 >= len(tokens):
        return False
    if not index:
        return len(clauses) == 1 and tokens[1].tag in ("PRON", "N", "NAME", "DET", "POSS", "PUNCT")
    doer = tokens[index - 1].tag in ("PRON", "N", "NAME") or tokens[index - 1].lower == "'d"
    return doer and tokens[index + 1].tag == "V"


def _owned_by_a_day(tokens: list[Token], index: int) -> bool:
    """Last year's Easter egg, yesterday's soup: that alone is of another day."""
    return any(token.tag == "CLITIC" for token in tokens[index + 1 : index + 3])


def _present(tokens: list[Token], clause: Clause) -> bool:
    group = clause.finite
    if group is None:
        return False
    first = tokens[group.first]
    if first.tag == "AUX":
        return first.lower in ("do", "does", "am", "is", "are", "'m", "'re", "'s")
    word = tokens[group.head]
    return (
        word.lower == word.verb
        and word.lower not in ("read", "put", "hit", "cut", "let", "set", "hurt", "shut")
    ) or (word.lower.endswith("s") and word.lower not in ("was",))
