"""What an English sentence only wishes, plans, asks or supposes, and what is of another day. Only spans; no lexicon."""

from __future__ import annotations

from illustration.scenes.english.clauses import Clause, VerbGroup
from illustration.scenes.english.scopes import Scope, clause_of, find_phrase, governed, phrase_end
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS

_FUTURE = frozenset(("will", "'ll", "wo", "shall", "might", "may", "should", "must", "would", "'d", "better"))


def wishes(tokens: list[Token], clauses: list[Clause], ending: str) -> list[Scope]:
    """The spans of a sentence that are wished for, planned, asked or supposed."""
    found: list[Scope] = []
    whole = len(tokens) - 1
    if "?" in ending and not _asks_why(tokens):
        start = next(
            (
                index
                for index in range(whole, -1, -1)
                if tokens[index].lower in (",", '"') and index < whole - 1
            ),
            -1,
        )
        first = (
            start + 1
            if start >= 0
            and any(group for clause in clauses if clause.last < start for group in clause.verbs)
            else 0
        )
        found.append(Scope(first, whole, "wished"))
    for clause in clauses:
        for group in clause.verbs:
            found += _wished(tokens, clauses, clause, group)
        if clause.opening in ("if", "unless", "whether"):
            as_if = clause.first > 0 and tokens[clause.first - 1].lower == "as"
            found.append(Scope(clause.first, clause.last, "likened" if as_if else "wished"))
    found += _phrases(tokens, clauses)
    found += _future(tokens, clauses)
    return found


def _asks_why(tokens: list[Token]) -> bool:
    first = tokens[0].lower
    return first in ("why", "guess") or (
        first in ("how", "isn't", "wasn't")
        and len(tokens) > 1
        and tokens[1].lower in ("come", "cute", "cool")
    )


def _wished(tokens: list[Token], clauses: list[Clause], clause: Clause, group: VerbGroup) -> list[Scope]:
    head = tokens[group.head]
    verb = head.verb
    after = [token.lower for token in tokens[group.head + 1 : group.head + 5]]
    last = _goal_end(tokens, clauses, clause, group.head + 1)
    future = [word for word in group.auxiliaries if word in _FUTURE]
    if "could" in group.auxiliaries and {"have", "'ve"} & {*group.auxiliaries} and not group.negated:
        future = ["could"]
    if future == ["'d"] and head.lower != verb:
        # I'd seen one: I had.
        future = []
    if (future and "have" not in group.auxiliaries and not _stubborn(tokens, group)) or (
        future and ("have" in group.auxiliaries or "'ve" in group.auxiliaries)
    ):
        found = [Scope(group.first, last, "wished")]
        subject = clause.subject or []
        if subject and future != ["could"]:
            found.append(Scope(subject[0], last, "wished"))
        return found
    if verb == "go" and head.lower == "going" and after[:1] == ["to"] and group.head + 2 <= clause.last:
        following = tokens[group.head + 2]
        if following.tag in ("V", "AUX", "VED") or (
            following.tag == "ADV"
            and any(item.tag == "V" for item in tokens[group.head + 3 : group.head + 5])
        ):
            return [Scope(group.head, last, "wished")]
    if head.tag == "VING" and set(group.auxiliaries) & {"am", "is", "are", "'m", "'s", "'re"}:
        soon = {token.lower for token in tokens[clause.first : clause.last + 1]} & LISTS["soon"]
        if verb in LISTS["move"] and soon:
            # The tooth fairy is coming tonight.
            return [Scope(clause.subject[0] if clause.subject else group.first, last, "wished")]
    if (verb == "have" and after[:1] == ["to"] and head.lower in ("have", "has")) or (
        verb == "get" and head.lower == "got" and after[:1] == ["to"] and "have" in group.auxiliaries
    ):
        return [Scope(group.head, last, "wished")]
    if verb == "let" and after[:1] in (["'s"], ["us"]) and not group.first > clause.first + 1:
        return [Scope(group.head, last, "wished")]
    return _governor(tokens, clause, group, last)


def _governor(tokens: list[Token], clause: Clause, group: VerbGroup, last: int) -> list[Scope]:
    """Verbs of wishing: want to go, hope it snows, asked for a puppy, meant to go."""
    head = tokens[group.head]
    verb = head.verb
    after = [token.lower for token in tokens[group.head + 1 : group.head + 6]]
    following = tokens[group.head + 1].tag if group.head < clause.last else ""
    if verb in ("predict", "forecast", "expect", "promise") and set(group.auxiliaries) & LISTS["be"]:
        return [Scope(clause.subject[0], clause.subject[-1], "wished")] if clause.subject else []
    if not after or group.head == len(tokens) - 1:
        return []
    if head.tag == "VED" and verb in ("suppose", "plan", "schedule", "mean") and "to" in after[:2]:
        return [Scope(group.head + 1, last, "wished")]
    if verb == "be" and after[0] == "for" and any(tokens[at].noun == "forecast" for at in clause.subject):
        return [Scope(group.head + 1, last, "wished")]
    if verb in LISTS["foretell"] and any(tokens[at].noun in LISTS["forecaster"] for at in clause.subject):
        return [Scope(group.head + 1, last, "wished")]
    if verb == "wish" and {"happy", "merry", "luck", "good", "well"} & set(after):
        return []
    if (
        verb in ("owe", "want", "wish", "hope", "crave", "intend", "yearn", "plan", "dream", "fancy")
        and verb != "dream"
    ):
        return [Scope(group.head + 1, last, "wished")]
    if verb in ("need",) and not (head.lower == "needed" and after[0] == "to"):
        return [Scope(group.head + 1, last, "wished")]
    infinitive = "to" in after[:4] and following != "C"
    if (
        verb in LISTS["wish_to"] | LISTS["wish"]
        and infinitive
        and _verb_after_to(tokens, group.head, clause.last)
    ):
        if verb in ("like", "love", "hate", "prefer", "agree", "set", "arrange", "expect") and not set(
            group.auxiliaries
        ) & {"would", "'d"}:
            return []
        if verb == "wait" and not (
            group.negated or "hardly" in [token.lower for token in tokens[group.first : group.head]]
        ):
            return []
        return [Scope(group.head + 1, last, "wished")]
    if (
        verb in ("ask", "beg", "pray", "long", "hope", "wish", "search", "apply", "wait")
        and after[0] == "for"
    ):
        return [] if verb == "wait" and not group.negated else [Scope(group.head + 1, last, "wished")]
    if verb in ("suggest", "propose", "consider", "postpone", "reschedule", "imagine") and following in (
        "VING",
        "DET",
        "POSS",
        "N",
        "C",
    ):
        return [Scope(group.head + 1, last, "wished")]
    if verb == "miss" and (
        following in ("POSS", "NAME") or tokens[group.head + 1].lower in ("him", "her", "them", "you")
    ):
        kept = {"bus", "train", "flight", "stop", "class", "plane", "turn", "chance", "lesson"} & set(after)
        return [] if kept else [Scope(group.head + 1, last, "wished")]
    if verb == "think" and after[0] in ("of", "about"):
        first = group.head + 2
        gerund = first <= clause.last and tokens[first].tag == "VING"
        return [Scope(first, last if gerund else phrase_end(tokens, first, clause.last), "wished")]
    return []


def _verb_after_to(tokens: list[Token], head: int, last: int) -> bool:
    return any(
        tokens[index].lower == "to"
        and index < last
        and tokens[index + 1].tag in ("V", "AUX", "VED", "ADV", "N", "A")
        for index in range(head + 1, min(head + 6, last))
    )


def _stubborn(tokens: list[Token], group: VerbGroup) -> bool:
    """The dog wouldn't stop barking: it did bark."""
    return group.negated and tokens[group.head].verb in ("stop", "quit")


def _goal_end(tokens: list[Token], clauses: list[Clause], clause: Clause, first: int) -> int:
    """How far a wish goes: its clause and the that-clauses and bare verbs that hang on it."""
    last = governed(clauses, clause)
    place = clauses.index(clause)
    if last == clause.last and place + 1 < len(clauses) and first > clause.last:
        # "I hope we go": the wish is a clause of its own.
        following = clauses[place + 1]
        if following.opening not in ("but", "so", "because", "and", "then"):
            last = following.last
    for index in range(first, last):
        if (
            tokens[index].lower in ("but", "so", "because", "instead")
            and index > first
            and tokens[index].tag in ("C", "ADV")
        ):
            return index - 1
    return last


def _phrases(tokens: list[Token], clauses: list[Clause]) -> list[Scope]:
    found = []
    start = 0
    while start < len(tokens):
        hit = find_phrase(tokens, LISTS["wish_phrase"], start, len(tokens) - 1)
        if hit is None:
            break
        first, last = hit
        clause = clause_of(clauses, last)
        verb = next((group for group in clause.verbs if group.first <= first <= group.head), None)
        negated = verb is not None and verb.negated
        begin = last + 1 if not negated else first
        if begin < len(tokens):
            named = tokens[last].lower in ("about", "of") and tokens[begin].tag not in ("VING", "V", "PRON")
            if (
                tokens[last].lower == "like"
                and tokens[last - 1].verb == "feel"
                and tokens[begin].tag != "VING"
            ):
                start = last + 1
                continue
            there = named and tokens[begin].tag in ("DET", "POSS") and tokens[first].tag == "A"
            if not there and tokens[first].lower != "had":
                end = (
                    phrase_end(tokens, begin, clause.last)
                    if named
                    else _goal_end(tokens, clauses, clause, begin)
                )
                found += [Scope(begin, end, "wished")] if end >= begin else []
        start = last + 1
    return found


def _future(tokens: list[Token], clauses: list[Clause]) -> list[Scope]:
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
            ):
                last = later.last
            else:
                break
        found.append(Scope(clause.first, last, "wished"))
    return found


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
    future = any(token.lower in _FUTURE or token.lower == "going" for token in before[-8:])
    return after == "'s" or (bool(before) and clause_past and not future)


def _phrase_around(tokens: list[Token], clause: Clause, index: int) -> tuple[int, int]:
    """The noun phrase before a day ("the party tomorrow") or after it ("tomorrow's test")."""
    if index < clause.last and tokens[index + 1].lower == "'s":
        last = index + 2
        while last < clause.last and tokens[last].tag in ("A", "N") and tokens[last + 1].tag == "N":
            last += 1
        return index, min(last, clause.last)
    first = index
    while first > clause.first and tokens[first - 1].tag in ("N", "NAME", "A", "DET", "POSS", "NUM", "KO"):
        first -= 1
        if tokens[first].tag in ("DET", "POSS"):
            break
    return first, index


def other_days(tokens: list[Token], clauses: list[Clause]) -> list[Scope]:
    """Spans of yesterday, of habit and of memory."""
    found = []
    for index, token in enumerate(tokens):
        ago = token.lower == "ago"
        day = token.lower in LISTS["past_day"] or _starts_here(tokens, index, "past_phrase")
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
            continue
        if token.lower == "used" and tokens[index - 1].lower in LISTS["be"] | {"get", "got"}:
            continue
        first, last = clause.first, clause.last
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
