"""What an English sentence only wishes, plans, asks or supposes. Only spans; no lexicon."""

from __future__ import annotations

from itertools import pairwise

from illustration.scenes.english.clauses import Clause, VerbGroup
from illustration.scenes.english.other_days import FUTURE, days_to_come
from illustration.scenes.english.scopes import Scope, clause_of, find_phrase, governed, phrase_end
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS


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
            place = clauses.index(clause) + 1
            if not as_if and place < len(clauses) and _only_then(clauses[place]):
                found.append(Scope(clauses[place].first, clauses[place].last, "wished"))
    found += _phrases(tokens, clauses) + _only_had(tokens, clauses) + _listed(tokens)
    for clause, following in pairwise(clauses):
        if _allowed(tokens, clause, following) or _asked_about(tokens, clause, following):
            found.append(Scope(following.first, governed(tokens, clauses, following), "wished"))
    found += days_to_come(tokens, clauses)
    return found


def _allowed(tokens: list[Token], teller: Clause, told: Clause) -> bool:
    """Mom said | we could sleep in the tent."""
    group, said = teller.finite, told.finite
    return (
        group is not None
        and said is not None
        and tokens[group.head].verb in LISTS["say"]
        and group.head == teller.last
        and told.opening in ("", "that")
        and bool({*said.auxiliaries} & {"can", "could", "may", "might"})
        and not said.negated
    )


def _asked_about(tokens: list[Token], teller: Clause, told: Clause) -> bool:
    """The teacher asked | who had seen a fox."""
    group = teller.finite
    opening = {token.lower for token in tokens[told.first : told.first + 1]}
    return (
        group is not None
        and tokens[group.head].verb in ("ask", "wonder")
        and teller.last - group.head < 3
        and bool(opening & {"who", "what", "where", "when", "how", "why", "if", "whether", "which"})
    )


def _only_had(tokens: list[Token], clauses: list[Clause]) -> list[Scope]:
    """Had it snowed, | we would have gone sledding; were I a bird, I would fly."""
    found = []
    for number, clause in enumerate(clauses):
        first = clause.first + (tokens[clause.first].tag in ("PUNCT", "C"))
        if first + 1 >= len(tokens) or tokens[first].lower not in ("had", "were", "should"):
            continue
        turned = tokens[first + 1].lower in LISTS["subject_pronoun"] | LISTS["article"] | LISTS["possessive"]
        then = next(
            (
                later
                for later in clauses[number + 1 :]
                if later.finite is not None
                and {*later.finite.auxiliaries} & {"would", "'d", "could", "might"}
            ),
            None,
        )
        if turned and then is not None:
            found.append(Scope(first, then.first - 1, "wished"))
    return found


def _listed(tokens: list[Token]) -> list[Scope]:
    """A list for camping: tent, torch; a shopping list with milk on it: nothing of it is there yet."""
    for index, token in enumerate(tokens[:-1]):
        after = tokens[index + 1].lower
        if token.noun == "list" and token.tag == "N" and after in ("for", "of", ":", "with", ","):
            named = any(near.tag == "POSS" or near.lower == "guest" for near in tokens[index - 1 : index])
            if after != "," or named or tokens[index - 1].lower in ("shopping", "packing", "grocery", "wish"):
                return [Scope(index + 2, len(tokens) - 1, "wished")]
    return []


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
    future = [word for word in group.auxiliaries if word in FUTURE]
    if "could" in group.auxiliaries and {"have", "'ve"} & {*group.auxiliaries} and not group.negated:
        future = ["could"]
    if future == ["'d"] and head.lower != verb:
        # I'd seen one: I had.
        future = []
    if future == ["would"] and group.negated and "have" not in group.auxiliaries:
        # The baby would not sleep: it was there.
        return []
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
    if (
        verb == "let"
        and after[:1] in (["'s"], ["us"])
        and not clause.subject
        and group.first <= clause.first + 1
    ):
        return [Scope(group.head, last, "wished")]
    return _governor(tokens, clauses, clause, group, last)


def _governor(
    tokens: list[Token], clauses: list[Clause], clause: Clause, group: VerbGroup, last: int
) -> list[Scope]:
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
        verb
        in ("owe", "deserve", "want", "wish", "hope", "crave", "intend", "yearn", "plan", "dream", "fancy")
        and verb != "dream"
    ):
        return [Scope(group.head + 1, last, "wished")]
    if verb in ("need",) and not (head.lower == "needed" and after[0] == "to"):
        return [Scope(group.head + 1, last, "wished")]
    if verb in ("schedule", "book", "reserve", "postpone") and following in ("DET", "POSS", "N", "NUM", "A"):
        return [Scope(group.head + 1, last, "wished")]
    if verb == "search" and following in ("DET", "POSS", "N") and "for" in after[1:]:
        first = group.head + 2 + after.index("for")
        return [Scope(first, phrase_end(tokens, first, clause.last), "wished")]
    sought = next((later for later in clause.verbs if later.to and later.first == group.head + 1), None)
    if verb == "try" and sought is not None and tokens[sought.head].verb in LISTS["meet"] | {"reach", "take"}:
        place = clauses.index(clause) + 1
        answer = clauses[place] if place < len(clauses) else None
        if answer and "but" in [token.lower for token in tokens[answer.first : answer.first + 2]]:
            # Tried to find the Big Dipper, | but clouds covered the sky.
            return [Scope(sought.head, last, "wished")]
    if verb in ("look", "search", "hunt", "reach") and after[:1] == ["for"]:
        place = clauses.index(clause) + 1
        answer = clauses[place] if place < len(clauses) else None
        opening = [token.lower for token in tokens[answer.first : answer.first + 2]] if answer else []
        if "but" in opening:
            # Looked for lambs, | but there were only cows.
            return [Scope(group.head + 2, last, "denied")]
    invited = _turned_down(tokens, clauses, clause, group)
    if invited:
        return [Scope(invited, last, "wished")]
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
        verb == "save"
        and "for" in after[1:]
        and {"money", "up", "allowance", "cash", "penny"}
        & {form for token in tokens[group.head + 1 : group.head + 6] for form in (token.lower, token.noun)}
    ):
        return [Scope(group.head + 2 + after.index("for"), last, "wished")]
    if verb == "promise" and following in ("PRON", "NAME", "POSS", "DET", "N") and "that" not in after[:2]:
        return [Scope(group.head + 1 + (following == "PRON"), last, "wished")]
    if verb in ("ask", "beg") and "for" in after[1:4] and following in ("PRON", "NAME", "N", "POSS"):
        first = group.head + 1 + after.index("for")
        return [Scope(first + 1, last, "wished")]
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


def _only_then(clause: Clause) -> bool:
    """If I finish my peas | I can have pie."""
    group = clause.finite
    return (
        clause.opening == ""
        and group is not None
        and bool({*group.auxiliaries} & (FUTURE | {"can", "could"}))
    )


def _turned_down(tokens: list[Token], clauses: list[Clause], clause: Clause, group: VerbGroup) -> int:
    """Asked me | to a concert, but I didn't go; my friends went | to the fair, but I stayed home: 0 where one went."""
    verb = tokens[group.head].verb
    others = bool(clause.subject) and not any(tokens[at].lower in LISTS["writer"] for at in clause.subject)
    place = clauses.index(clause) + 1
    passive = bool({*group.auxiliaries} & LISTS["be"]) and tokens[group.head].tag == "VED"
    if verb in LISTS["offer"] and (others or passive) and place < len(clauses) and group.head < clause.last:
        answer = clauses[place]
        opening = {token.lower for token in tokens[answer.first : answer.first + 2]}
        if "but" in opening and any(tokens[at].lower in LISTS["writer"] for at in answer.subject):
            # He offered me coffee, | but I had tea.
            return group.head + 1
    if not others or verb not in LISTS["move"] | {"ask", "invite"} or place >= len(clauses):
        return 0
    answer = clauses[place]
    mine = bool(
        {token.lower for token in tokens[answer.first : answer.first + 2]} & {"but", "while"}
    ) and any(tokens[at].lower in LISTS["writer"] for at in answer.subject)
    if not mine or answer.finite is None:
        return 0
    no = answer.finite.negated and tokens[answer.finite.head].verb in LISTS["move"] | {
        "can",
        "want",
        "feel",
        "join",
        "be",
    }
    if not no and tokens[answer.finite.head].verb not in ("stay", "decline", "refuse"):
        return 0
    goal = (at for at in range(group.head + 1, clause.last) if tokens[at].lower in ("to", "into", "at", "on"))
    return next(goal, 0)


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
    last = governed(tokens, clauses, clause)
    place = clauses.index(clause)
    if last == clause.last and place + 1 < len(clauses) and first > clause.last:
        # "I hope we go": the wish is a clause of its own.
        following = clauses[place + 1]
        if tokens[following.first].tag == "PUNCT":
            return last
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
