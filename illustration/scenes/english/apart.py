"""Who in an English diary is somewhere else, and what is told of them there: it is no part of the scene. Only spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from illustration.scenes.english.clauses import Clause, VerbGroup
from illustration.scenes.english.found import Found
from illustration.scenes.english.scopes import Scope
from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS

_PRONOUNS = frozenset(("he", "she", "they"))
_AT = ("in", "at", "on", "to")
_THEIRS = frozenset(("mine", "hers", "his", "theirs", "ours"))


@dataclass(slots=True)
class Apart:
    """Who is known to be away.

    ``last``: whether the one whom "she" would mean is; ``far``: whether they were only heard of; ``starts``: where in
    the text the words stand that are told of somewhere else.
    """

    names: set[str] = field(default_factory=set)
    last: bool = False
    far: bool = False
    starts: set[int] = field(default_factory=set)

    def note(self, tokens: list[Token], scopes: list[Scope]) -> None:
        """Remember the ``starts`` of a sentence that has been read."""
        for scope in scopes:
            if scope.verb in ("elsewhere", "apart"):
                self.starts |= {token.start for token in tokens[scope.first : scope.last + 1]}

    def scopes(
        self, tokens: list[Token], clauses: list[Clause], found: list[Found], following: Sequence[str]
    ) -> list[Scope]:
        """What the sentence tells of people who are elsewhere. ``following``: the words of the next sentence."""
        scopes: list[Scope] = []
        hangs = False
        for clause in clauses:
            opening = {token.lower for token in tokens[clause.first : clause.first + 2]}
            if hangs and (clause.opening in ("where", "who", "which") or "where" in opening):
                scopes.append(_elsewhere(clause))
                continue
            if not clause.verbs:
                continue
            subject = clause.subject or (clause.subject_of.subject if clause.subject_of else [])
            words = {tokens[index].lower for index in subject}
            if not subject or words & LISTS["writer"]:
                hangs = False
                continue
            names = _people(tokens, subject, found)
            if not names and words & _THEIRS and self._away(tokens, clauses, clause, found, names, following):
                # Her mum fetched us, because mine was at a conference.
                scopes.append(_elsewhere(clause))
                continue
            if not names and not words & _PRONOUNS:
                # "where it was hot, and everyone was …" goes on; "the bus was full" does not.
                # Gran called from Spain; there were palms behind her.
                if hangs and (clause.opening == "and" or words == {"there"}):
                    scopes.append(_elsewhere(clause))
                else:
                    hangs = False
                continue
            known = bool(names & self.names) if names else self.last
            caller = _calls(tokens, clause)
            if _is_here(tokens, clause) or (caller and not known):
                away = False
                self.names -= names
                self.far = caller
                hangs = caller
            else:
                away = known or self._away(tokens, clauses, clause, found, names, following)
                hangs = away
                self.far = False if names else self.far
            if away:
                scopes.append(_elsewhere(clause))
                self.names |= names
            self.last = away
        return scopes

    def _away(
        self,
        tokens: list[Token],
        clauses: list[Clause],
        clause: Clause,
        found: list[Found],
        names: set[str],
        following: Sequence[str],
    ) -> bool:
        group = clause.finite
        if group is None:
            return False
        if not names and self.far and _goes_on(tokens, clause):
            return True
        return (
            _is_somewhere(tokens, clause, group, found)
            or _lives(tokens, clause, group)
            or _is_gone(tokens, group)
            or _guessed(tokens, clause)
            or _would_have(tokens, group)
            or (_left(tokens, clause, group) and _writer_stayed(tokens, clauses, clause, following))
            or _stayed(tokens, clause, group)
            or _could_not_come(tokens, clause, group)
        )


def _elsewhere(clause: Clause) -> Scope:
    return Scope(clause.first, clause.last, "past", "apart")


def _people(tokens: list[Token], subject: list[int], found: list[Found]) -> set[str]:
    """The names of the people among the heads of a subject; none where it is somebody's thing."""
    return {
        tokens[index].lower
        for index in subject
        if any(item.first <= index <= item.last and item.concept.kind == "person" for item in found)
        or (tokens[index].lower in LISTS["everybody"] - {"all", "everything", "every", "each", "always"})
    }


def _words(tokens: list[Token], clause: Clause) -> list[str]:
    return [token.lower for token in tokens[clause.first : clause.last + 1]]


def _is_here(tokens: list[Token], clause: Clause) -> bool:
    """Whether the clause brings somebody to the writer: came home, waited for us, is here now."""
    words = {*_words(tokens, clause)}
    group = clause.finite
    if "there" in [token.lower for token in tokens[clause.first : min([clause.last, *clause.subject])]]:
        # There he was on the landing.
        return True
    if (
        words & LISTS["here"]
        or tokens[clause.last].lower == "too"
        or (words & LISTS["writer"] and not _calls(tokens, clause))
    ):
        return True
    return (
        group is not None
        and not group.negated
        and tokens[group.head].verb in LISTS["returns"]
        and not set(group.auxiliaries) & LISTS["modal"]
    )


def _calls(tokens: list[Token], clause: Clause) -> bool:
    """Dad phoned, Mia wrote, Gran called from Spain."""
    group = clause.finite
    if group is None or group.negated:
        return False
    verb = tokens[group.head].verb
    rest = [token.lower for token in tokens[group.head + 1 : clause.last + 1]]
    if verb == "call" and rest and rest[0] not in ("from", "me", "us", "to", "and", "again", ","):
        return False
    return verb in LISTS["calls_far"] and not (verb == "call" and {"for", "in", "over"} & {*rest[1:3]})


def _goes_on(tokens: list[Token], clause: Clause) -> bool:
    """He was feeding his chickens, she is at the beach: told by the one who called."""
    group = clause.finite
    return group is not None and (
        tokens[group.head].verb == "be"
        or bool(set(group.auxiliaries) & LISTS["be"])
        or "had" in group.auxiliaries
    )


def _is_somewhere(tokens: list[Token], clause: Clause, group: VerbGroup, found: list[Found]) -> bool:
    """Mum is in Jeju, my roommate was at the gym, Tom is skiing in Canada this week; not: in the kitchen."""
    first, now = tokens[group.first].lower, {*_words(tokens, clause)} & LISTS["these_days"]
    doing = tokens[group.head].tag == "VING" and bool(set(group.auxiliaries) & LISTS["be"])
    if group.negated or not (tokens[group.head].verb == "be" or doing):
        return False
    present = first in ("is", "are", "'s", "'re")
    if doing and now and present:
        return True
    for index in range(group.head + 1, clause.last):
        if tokens[index].lower == "from" and tokens[index + 1].lower == "home" and doing:
            return True
        if tokens[index].lower not in _AT or tokens[index].tag not in ("P", "ADV"):
            continue
        spot = next((item for item in found if index < item.first <= index + 4), None)
        noun = next(
            (token for token in tokens[index + 1 : clause.last + 1] if token.tag in ("N", "NAME")), None
        )
        if noun is not None and noun.noun in LISTS["away_on"] and not doing:
            return True
        if spot is None or spot.concept.kind != "place":
            continue
        whose = tokens[spot.last - 1] if spot.last > index + 1 else tokens[index]
        theirs = whose.tag == "CLITIC" and tokens[spot.last].noun in LISTS["dwelling"]
        if tokens[spot.last].noun in LISTS["about_home"] and not theirs:
            continue
        named = tokens[spot.first].form[:1].isupper()
        if not doing or (named and (present or tokens[group.head].verb in LISTS["leaves"])):
            return True
    return (
        not doing
        and group.head < clause.last
        and tokens[group.head + 1].lower in ("abroad", "overseas", "away")
    )


def _is_gone(tokens: list[Token], group: VerbGroup) -> bool:
    """My sister has gone to a concert."""
    return tokens[group.head].lower == "gone" and bool(
        {*group.auxiliaries} & {"has", "have", "had", "'s", "'ve"}
    )


def _lives(tokens: list[Token], clause: Clause, group: VerbGroup) -> bool:
    """My pen pal lives in Peru, Grandpa was born on a farm, my uncle works on a ship."""
    verb = tokens[group.head]
    after = tokens[group.head + 1].lower if group.head < clause.last else ""
    if verb.verb in ("live", "reside") or (verb.verb == "grow" and after == "up"):
        return after not in ("", "with")
    if verb.lower == "born":
        return after in ("in", "on", "at", "near")
    settled = verb.lower in ("works", "work", "studies", "study", "lives", "stays") and not group.auxiliaries
    return settled and after in ("in", "at", "on", "near", "as", "for", "abroad")


def _would_have(tokens: list[Token], group: VerbGroup) -> bool:
    """Mum would have loved it."""
    words = {*group.auxiliaries}
    wish = tokens[group.head].verb in ("love", "like", "enjoy", "come", "want", "laugh")
    return wish and bool(words & {"would", "'d"}) and bool(words & {"have", "'ve"})


def _guessed(tokens: list[Token], clause: Clause) -> bool:
    """She is probably asleep by now."""
    words = {*_words(tokens, clause)}
    return bool(words & LISTS["guess"]) and bool(words & {"is", "are", "'s", "'re", "must"})


def _left(tokens: list[Token], clause: Clause, group: VerbGroup) -> bool:
    """Went sledding, drove to the lake, took my sister to the dentist, got to ride."""
    verb = tokens[group.head].verb
    rest = [token.lower for token in tokens[group.head + 1 : clause.last + 1]]
    if group.negated:
        return False
    if verb in ("take", "bring", "get"):
        return "to" in rest
    return verb in LISTS["leaves"]


def _writer_stayed(
    tokens: list[Token], clauses: list[Clause], clause: Clause, following: Sequence[str]
) -> bool:
    """Whether the writer is told to have stayed behind, in the same sentence or the next."""
    for other in clauses:
        subject = other.subject or (other.subject_of.subject if other.subject_of else [])
        mine = other is not clause and any(tokens[index].lower in ("i", "we") for index in subject)
        if mine and (_behind(_words(tokens, other)) or other.opening in ("while", "whereas")):
            return True
    words = list(following)
    if words[:1] and words[0] in ("but", "so", "and", "meanwhile", ",", "then"):
        words = words[1:]
    opens = bool(words) and words[0] in ("i", "we", "my", "me", "only")
    return opens and _behind(words[:9])


def _behind(words: Sequence[str]) -> bool:
    """I stayed home, had to work, was left alone."""
    text = f" {' '.join(words)} "
    return any(f" {phrase.replace('_', ' ')} " in text for phrase in LISTS["left_behind"])


def _stayed(tokens: list[Token], clause: Clause, group: VerbGroup) -> bool:
    """My son stayed home, Dad stayed behind, Gran remained at the hotel."""
    rest = [token.lower for token in tokens[group.head + 1 : clause.last + 1]]
    if group.negated or tokens[group.head].verb not in ("stay", "remain") or not rest:
        return False
    return rest[0] in ("home", "behind", "in", "inside", "at", "there") and "with" not in rest[:3]


def _could_not_come(tokens: list[Token], clause: Clause, group: VerbGroup) -> bool:
    """Rose couldn't come, Grandma was too ill to come, Tom skipped practice."""
    rest = [token.lower for token in tokens[group.head + 1 : clause.last + 1]]
    verb = tokens[group.head].verb
    if group.negated:
        made = verb == "make" and rest[:1] == ["it"]
        there = verb == "be" and {"there", "here", "home", "around", "school", "with"} & {*rest[:3]}
        return verb in ("come", "join", "attend", "visit") or made or bool(there)
    ill = "too" in rest and "to" in rest and bool({"come", "join", "go", "visit", "play"} & {*rest})
    return (verb == "be" and (ill or rest[:1] in (["absent"], ["missing"]))) or verb == "skip"
