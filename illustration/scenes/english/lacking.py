"""What phrases of an English sentence deny: no, without, instead of, nobody, too … to, almost. Only spans."""

from __future__ import annotations

from illustration.scenes.english.clauses import Clause
from illustration.scenes.english.scopes import Scope, find_phrase, phrase_end
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS
from illustration.scenes.lexicon import lexicon


def denied_phrases(tokens: list[Token], clause: Clause) -> list[Scope]:
    found: list[Scope] = []
    index = clause.first
    while index <= clause.last:
        word = tokens[index].lower
        after = tokens[index + 1].lower if index < clause.last else ""
        if (word == "no" and after == "to" and index and tokens[index - 1].verb == "say") or (
            word == "down"
            and index
            and tokens[index - 1].verb == "turn"
            and tokens[index - 1].tag in ("V", "VED")
        ):
            start = index + 1 + (word == "no")
            found.append(Scope(start, phrase_end(tokens, start, clause.last, lists=False), "denied"))
        elif (word in LISTS["no"] and tokens[index].tag in ("DET", "NUM")) or (
            word == "none" and after == "of"
        ):
            found += _no(tokens, clause, index)
        elif (
            word == "not"
            and after in ("a", "an", "any", "one", "even", "the", "enough", "much", "many")
            and not _in_verb(clause, index)
        ) or (
            word == "not"
            and not _in_verb(clause, index)
            and after
            and after not in ("only", "just", "to", "that", "yet", "until", "too", "bad", "sure", "far")
        ):
            end = phrase_end(tokens, index + 1, clause.last)
            group = clause.finite
            if group is not None and end + 1 == group.first and after in ("a", "one", "even"):
                # Not a drop fell.
                end = group.head
            found.append(Scope(index, end, "denied"))
        elif _never_yet(tokens, index, clause.last):
            found.append(Scope(index, clause.last, "denied"))
        elif word == "far" and after == "from":
            # Far from being boring, it was great.
            found.append(Scope(index, _until_comma(tokens, index + 2, clause.last), "denied"))
        elif word == "without" and after in ("me", "us"):
            # My friends went camping without me.
            found.append(Scope(clause.first, clause.last, "denied"))
        elif (word in LISTS["without"] and after not in ("a", "")) or word == "without":
            if after not in ("doubt", "fail") and not (
                after == "a" and tokens[min(index + 2, clause.last)].lower == "doubt"
            ):
                deed = index < clause.last and tokens[index + 1].tag in ("VING", "V")
                end = (
                    _until_comma(tokens, index + 1, clause.last)
                    if deed
                    else phrase_end(tokens, index + 1, clause.last)
                )
                found.append(Scope(index + 1, end, "denied"))
        elif (
            (word == "instead" and after == "of")
            or (word == "rather" and after == "than")
            or (word == "in" and after == "place")
        ):
            found.append(Scope(index + 2, _until_comma(tokens, index + 2, clause.last), "denied"))
        elif (
            word in LISTS["except"]
            or (word in ("other", "apart", "aside") and after in ("than", "from"))
            or (word == "but" and after in ("not", "no", "never"))
            or (
                word == "but"
                and index
                and tokens[index - 1].lower in ("everyone", "everybody", "all", "everything")
            )
        ):
            start = index + 1 + (after in ("for", "than", "from", "not", "no", "never"))
            # Everyone except Dad came; but: the beach was empty except for a dog.
            whole = word not in LISTS["except"] or any(
                token.lower in LISTS["everybody"] for token in tokens[clause.first : index]
            )
            if whole and not any(group.first == index + 1 for group in clause.verbs):
                found.append(Scope(start, phrase_end(tokens, start, clause.last), "denied"))
        elif word in ("from", "off") and index and _away_from(tokens, clause, index):
            found.append(Scope(index + 1, phrase_end(tokens, index + 1, clause.last, lists=False), "denied"))
        elif word in ("neither", "nor"):
            found += _neither(clause, index)
        elif word == "too" and index < clause.last and tokens[index + 1].tag in ("A", "ADV", "N", "VED"):
            found += _too(tokens, clause, index)
        elif word in ("hardly", "barely", "scarcely", "seldom", "rarely") and after not in (
            "wait",
            "believe",
            "contain",
        ):
            found.append(
                Scope(
                    index,
                    phrase_end(tokens, index + 1, clause.last)
                    if after in ("any", "anyone", "a")
                    else clause.last,
                    "denied",
                    "seldom",
                )
            )
        elif (
            word == "out"
            and after == "of"
            and index
            and tokens[index - 1].lower in ("sell", "sold")
            and not _sold_by_writer(tokens, clause)
        ):
            found.append(Scope(index + 2, phrase_end(tokens, index + 2, clause.last), "denied"))
        index += 1
    found += _no_room(tokens, clause)
    found += _who_is_elsewhere(tokens, clause, found)
    return found


def never_came(tokens: list[Token], clause: Clause) -> list[Scope]:
    """The rain held off, the cat was nowhere to be found, the pears were too dear: they are missing."""
    group = clause.finite
    if group is None or not clause.subject:
        return []
    verb = tokens[group.head].verb
    way = find_phrase(tokens, LISTS["on_way_to"], clause.first, clause.last)
    small = tokens[group.head + 1].lower if group.head < clause.last else ""
    if way is not None and (verb, small) in (
        ("break", "down"),
        ("get", "lost"),
        ("get", "stuck"),
        ("turn", "back"),
    ):
        first = way[1] + 1
        return (
            [Scope(first, phrase_end(tokens, first, clause.last), "denied")] if first <= clause.last else []
        )
    after = [token.lower for token in tokens[group.head + 1 : clause.last + 1]]
    subject = Scope(clause.subject[0], clause.subject[-1], "denied")
    if not group.negated and (verb, *after[:1]) in (("hold", "off"), ("stay", "away"), ("keep", "away")):
        return [Scope(subject.first, group.head, "denied")]
    if _someone_took(tokens, clause, verb):
        return [Scope(clause.first, phrase_end(tokens, group.head + 1, clause.last), "denied")]
    if verb == "be" and after[:1] == ["nowhere"]:
        return [Scope(clause.first, clause.last, "denied")]
    if verb == "be" and "too" in after and {"expensive", "dear", "pricey"} & {*after}:
        return [subject]
    return []


def _someone_took(tokens: list[Token], clause: Clause, verb: str) -> bool:
    """Somebody had taken the jump rope, someone ate my yogurt: it is gone."""
    who = any(tokens[at].lower in ("someone", "somebody") for at in clause.subject)
    given = any(
        token.lower in ("me", "us", "with", "to", "care") for token in tokens[clause.first : clause.last + 1]
    )
    return who and not given and verb in LISTS["takes_away"]


def _who_is_elsewhere(tokens: list[Token], clause: Clause, found: list[Scope]) -> list[Scope]:
    """Everyone came except Tom, | who was stuck at the airport: neither he nor the airport is there."""
    after = clause.last + 1
    if after + 1 >= len(tokens) or not any(scope.last >= clause.last - 1 for scope in found):
        return []
    excepted = any(token.lower in LISTS["except"] for token in tokens[clause.first : clause.last + 1])
    who = next(
        (at for at in (after, after + 1) if at < len(tokens) and tokens[at].lower in ("who", "whose")), 0
    )
    if not excepted or not who:
        return []
    end = next((at for at in range(who + 1, len(tokens)) if tokens[at].tag == "PUNCT"), len(tokens))
    return [Scope(who, end - 1, "denied")]


def _never_yet(tokens: list[Token], index: int, last: int) -> bool:
    """Have yet to see one, decided against it, passed on it, anything but that."""
    if index >= last or not index:
        return False
    word, before, after = tokens[index].lower, tokens[index - 1], tokens[index + 1].lower
    return (
        (word == "yet" and after == "to" and before.verb in ("have", "be"))
        or (word == "against" and before.verb in ("decide", "advise"))
        or (word == "on" and before.verb == "pass" and before.tag == "V" and tokens[index + 1].tag != "N")
        or (word == "anything" and after == "but")
    )


def _no_room(tokens: list[Token], clause: Clause) -> list[Scope]:
    """The diner was full: one went elsewhere."""
    group = clause.finite
    if group is None or not clause.subject or tokens[group.head].verb != "be":
        return []
    known = lexicon().words["en"].get(tokens[clause.subject[-1]].noun)
    if known is None or known.kind != "place":
        return []
    words = [token.lower for token in tokens[group.head + 1 : clause.last + 1] if token.tag != "PUNCT"]
    full = words in (
        ["full"],
        ["too", "full"],
        ["fully", "booked"],
        ["booked"],
        ["booked", "up"],
        ["completely", "full"],
    )
    return [Scope(clause.subject[0], clause.subject[-1], "denied")] if full else []


def _sold_by_writer(tokens: list[Token], clause: Clause) -> bool:
    """We sold out of croissants by eight: there were some."""
    subject = clause.subject or (clause.subject_of.subject if clause.subject_of else [])
    passive = any(group.auxiliaries for group in clause.verbs)
    return not passive and all(tokens[index].lower in LISTS["writer"] for index in subject)


def _away_from(tokens: list[Token], clause: Clause, index: int) -> bool:
    """Stayed home from school, a day off work: one was not there."""
    before = tokens[index - 1]
    if tokens[index].lower == "off":
        return before.noun in ("day", "week", "time", "afternoon", "morning") and index < clause.last
    stays = any(near.verb in ("stay", "keep", "be") for near in tokens[clause.first : index])
    return before.lower == "home" and stays


def _in_verb(clause: Clause, index: int) -> bool:
    return any(group.negated and group.first <= index <= group.head + 1 for group in clause.verbs)


def _until_comma(tokens: list[Token], first: int, last: int) -> int:
    for index in range(first, last + 1):
        token = tokens[index]
        finite = token.tag in ("V", "AUX") and index > first
        if (
            finite
            or (token.tag == "PRON" and token.lower in ("i", "we", "he", "she", "they"))
            or token.lower in ("but", "so", "because")
        ):
            return index - 1
        if token.lower == "," and not (
            (index < last and tokens[index + 1].lower in ("or", "and")) or _listed(tokens, index, last)
        ):
            return index - 1
    return last


def _listed(tokens: list[Token], index: int, last: int) -> bool:
    """Whether a comma goes on with a list that ends in "or": without a hat, gloves or a scarf."""
    ahead = [token.lower for token in tokens[index + 1 : min(index + 6, last + 1)]]
    return "or" in ahead


def _no(tokens: list[Token], clause: Clause, index: int) -> list[Scope]:
    following = tokens[index + 1 : index + 3]
    more = bool(following) and following[0].lower == "more" and following[-1].lower != "than"
    if any(token.lower in LISTS["false_no"] for token in following[:1]) and not more:
        return []
    end = phrase_end(tokens, index + 1, clause.last)
    found = [Scope(index, end, "denied")]
    if any(token.lower in ("time", "chance", "need", "plan", "energy", "money") for token in following):
        found.append(Scope(index, clause.last, "denied"))
    group = clause.finite
    if (
        group
        and index < group.first
        and index in range(clause.first, group.first)
        and following
        and following[0].lower in ("one", "body")
    ):
        last = _before_except(tokens, group.first, clause.last)
        found.append(Scope(group.first, last, "denied", "nobody"))
    elif (
        group and clause.subject and index < group.first and end + 1 >= group.first - 1 and group.first > end
    ):
        found.append(Scope(group.first, group.head, "denied", "seldom"))
    return found


def nobody(tokens: list[Token], clause: Clause) -> list[Scope]:
    group = clause.finite
    if not group:
        return []
    none = [index for index in clause.subject if tokens[index].lower in LISTS["negative_subject"]]
    if not none:
        none = [
            index
            for index in range(clause.first, group.first)
            if tokens[index].lower in ("nobody", "none", "nothing", "no-one")
        ]
    if not none:
        return []
    return [Scope(group.first, _before_except(tokens, group.first, clause.last), "denied", "nobody")]


def _before_except(tokens: list[Token], first: int, last: int) -> int:
    """Nobody came | except Dad: he did."""
    words = LISTS["except"] | {"but"}
    return next(
        (
            index - 1
            for index in range(first, last + 1)
            if tokens[index].lower in words
            or (tokens[index].lower in ("just", "only") and tokens[index - 1].tag == "PUNCT")
        ),
        last,
    )


def _neither(clause: Clause, index: int) -> list[Scope]:
    group = clause.finite
    if group and index < group.first:
        return [
            Scope(index, group.first - 1, "denied"),
            Scope(group.first, clause.last, "denied", "nobody"),
        ]
    return [Scope(index, clause.last, "denied")]


def _too(tokens: list[Token], clause: Clause, index: int) -> list[Scope]:
    """Too tired to cook: no cooking."""
    for ahead in range(index + 2, min(index + 7, clause.last)):
        deed = ahead + 1 + (tokens[ahead + 1].lower in ("even", "really", "ever"))
        if tokens[ahead].lower == "to" and tokens[min(deed, clause.last)].tag in ("V", "VING", "N", "AUX"):
            return [Scope(ahead, clause.last, "denied")]
        if tokens[ahead].lower == "for":
            state = tokens[index + 1].lower in LISTS["too_state"]
            return [Scope(ahead, phrase_end(tokens, ahead + 1, clause.last), "denied", only_verbs=not state)]
        if tokens[ahead].tag in ("PUNCT", "C", "V"):
            break
    return []


def almost(tokens: list[Token], clause: Clause) -> list[Scope]:
    found = []
    for index in range(clause.first, clause.last):
        if tokens[index].lower in LISTS["almost"] and tokens[index + 1].tag in ("V", "VED", "VING"):
            # Almost adopted a puppy: there is none; almost hit a deer: there was one.
            gone_without = tokens[index + 1].verb in LISTS["gone_without"]
            end = phrase_end(tokens, index + 2, clause.last, lists=False) if gone_without else clause.last
            found.append(Scope(index + 1, clause.last, "denied", "almost", only_verbs=True))
            if gone_without and end > index + 1:
                found.append(Scope(index + 2, end, "denied"))
    return found
