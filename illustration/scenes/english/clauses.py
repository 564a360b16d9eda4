"""Tagged English tokens → clauses with their verb groups and subjects. Nothing of meaning or of drawing here."""

from __future__ import annotations

from dataclasses import dataclass, field

from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS
from illustration.scenes.lexicon import lexicon

_VERBAL = ("V", "VING", "VED")
_BREAKS = frozenset(";:()—–") | {"--"}
_PHRASE = ("DET", "POSS", "NUM", "A", "N", "NAME", "CLITIC", "PRON")


@dataclass(slots=True)
class VerbGroup:
    """A verb with its auxiliaries: tokens ``first``..``head``.

    ``auxiliaries``: their words; ``negated``: by not, n't or never; ``to``: an infinitive.
    """

    first: int
    head: int
    auxiliaries: list[str] = field(default_factory=list)
    negated: bool = False
    to: bool = False


@dataclass(slots=True)
class Clause:
    """Tokens ``first``..``last`` (inclusive).

    ``opening``: the conjunction it starts with; ``subject``: the indices of its heads; ``subject_of``: the clause that
    it shares its subject with.
    """

    first: int
    last: int
    opening: str = ""
    verbs: list[VerbGroup] = field(default_factory=list)
    subject: list[int] = field(default_factory=list)
    subject_of: Clause | None = None

    @property
    def finite(self) -> VerbGroup | None:
        return self.verbs[0] if self.verbs else None

    def has(self, index: int) -> bool:
        return self.first <= index <= self.last


def clauses_of(tokens: list[Token]) -> list[Clause]:
    """The clauses of a sentence in order; together they cover all tokens."""
    bounds = [0]
    for index in range(1, len(tokens)):
        if _starts_clause(tokens, index, bounds[-1]):
            bounds.append(index)
    clauses = [
        Clause(first, last - 1)
        for first, last in zip(bounds, [*bounds[1:], len(tokens)], strict=True)
        if last > first
    ]
    previous: Clause | None = None
    for number, clause in enumerate(clauses):
        opener = tokens[clause.first]
        if opener.tag == "C" or (opener.lower in LISTS["joiner"] and opener.tag in ("C", "ADV")):
            clause.opening = opener.lower
        clause.verbs = _verb_groups(tokens, clause)
        following = clauses[number + 1].first if number + 1 < len(clauses) else 0
        parted = bool(following) and tokens[following].lower in ("who", "which") and not clause.verbs
        clause.subject = _subject(tokens, clause, parted=parted)
        if not clause.subject and previous is not None and clause.opening not in ("because", "if", "where"):
            clause.subject_of = (
                previous.subject_of if not previous.subject and previous.subject_of else previous
            )
        if clause.opening not in ("who", "which", "that") or previous is None:
            previous = clause
    return clauses


def _verb_so_far(tokens: list[Token], first: int, index: int) -> bool:
    return any(token.tag in ("V", "VED", "AUX") or token.tag == "VING" for token in tokens[first:index])


def _starts_clause(tokens: list[Token], index: int, first: int) -> bool:
    token = tokens[index]
    if token.tag == "PUNCT":
        if token.lower in _BREAKS or token.lower == '"':
            return True
        if token.lower in ("-", "/", "~", "+", "@"):
            return token.lower in ("-", "~") and _verb_so_far(tokens, first, index)
        return _verb_so_far(tokens, first, index) and _clause_follows(tokens, index + 1)
    if token.tag == "KO":
        return False
    if token.tag == "C":
        if index and tokens[index - 1].tag == "PUNCT" and first == index - 1:
            return False
        if token.lower in ("and", "or", "&", "nor"):
            return (
                not _joined(tokens, index)
                and _verb_so_far(tokens, first, index)
                and _clause_follows(tokens, index + 1)
            )
        if token.lower == "but":
            return True
        if token.lower in ("that", "who", "which", "whether"):
            return _verb_so_far(tokens, first, index) or token.lower in ("who", "which")
        return True
    return _bare_clause(tokens, index, first) or _told_clause(tokens, index)


def _joined(tokens: list[Token], index: int) -> bool:
    """Whether "and" or "or" stands inside a name of the lexicon: trick or treating, hide and seek."""
    if index + 1 >= len(tokens):
        return False
    before, after = tokens[index - 1], tokens[index + 1]
    names = (
        f"{first} {tokens[index].lower} {last}"
        for first in (before.lower, before.verb)
        for last in (after.lower, after.noun, after.verb)
    )
    words = lexicon()
    return any(words.knows("en", name) or name in words.verbs["en"] for name in names)


def _bare_clause(tokens: list[Token], index: int, first: int) -> bool:
    """A new subject and verb without a conjunction, in run-on writing: "it was fun we ate cake"."""
    token = tokens[index]
    after_verb = tokens[index - 1].tag == "V" and token.lower in ("it", "there", "you")
    known = token.lower in ("i", "we", "he", "she", "they") or after_verb
    if not known or token.tag != "PRON" or index == first:
        return False
    if tokens[index - 1].tag in ("AUX", "C", "PUNCT", "P") or tokens[index - 1].lower in (
        "do",
        "did",
        "does",
    ):
        return False
    if tokens[first].tag == "C" and not _verb_so_far(tokens, first, index):
        return False
    return _verb_so_far(tokens, first, index) and _finite_at(tokens, index + 1)


def _told_clause(tokens: list[Token], index: int) -> bool:
    """A noun and its verb right after a verb of saying or thinking: Dad said | the soup was hot."""
    before = tokens[index - 1]
    if before.tag == "PRON" and index > 1 and tokens[index - 2].verb == "tell":
        before = tokens[index - 2]
    told = before.tag in ("V", "VED") and before.verb in LISTS["clause_verb"]
    asked = tokens[index].lower in ("how", "what", "why", "when", "where")
    if not told or asked or tokens[index].tag not in ("DET", "POSS", "N", "NAME"):
        return False
    while index < len(tokens) and (tokens[index].tag in (*_PHRASE, "ADV") or tokens[index].lower == "of"):
        index += 1
    return index < len(tokens) and tokens[index].tag in ("V", "AUX")


def _finite_at(tokens: list[Token], index: int) -> bool:
    while index < len(tokens) and tokens[index].tag in ("ADV", "NEG"):
        index += 1
    return index < len(tokens) and tokens[index].tag in ("V", "AUX", "VED")


def _clause_follows(tokens: list[Token], index: int) -> bool:
    """Whether a verb, or a subject with its verb, comes next."""
    while index < len(tokens) and (
        tokens[index].tag in ("ADV",) or tokens[index].lower in ("and", "but", "so", "or", "&")
    ):
        if tokens[index].lower in ("but", "so"):
            return True
        index += 1
    if index >= len(tokens):
        return False
    if tokens[index].tag == "C":
        return True
    if tokens[index].tag in ("V", "AUX", "VED", "VING", "KO"):
        return True
    if tokens[index].tag == "NEG":
        return True
    moved = False
    while index < len(tokens):
        token = tokens[index]
        if token.tag in _PHRASE or (token.lower in ("and", "of", "&") and moved):
            moved = True
        elif token.tag == "ADV" and moved:
            pass
        else:
            break
        if (
            token.tag == "PRON"
            and token.lower in LISTS["subject_pronoun"]
            and token.lower not in ("you", "it", "one")
            and _finite_at(tokens, index + 1)
        ):
            return True
        index += 1
    return moved and index < len(tokens) and tokens[index].tag in ("V", "AUX")


def _verb_groups(tokens: list[Token], clause: Clause) -> list[VerbGroup]:
    groups: list[VerbGroup] = []
    start: int | None = None
    auxiliaries: list[str] = []
    negated = to = False
    for index in range(clause.first, clause.last + 1):
        token = tokens[index]
        if token.tag == "AUX":
            start = index if start is None else start
            auxiliaries.append(token.lower)
        elif token.tag == "NEG" or token.lower == "never":
            follows = tokens[index + 1].lower if index < clause.last else ""
            if (
                start is None
                and follows in ("a", "an", "even", "only", "just", "the", "one")
                and token.lower == "not"
            ):
                continue
            start = index if start is None else start
            negated = True
        elif token.lower == "to" and index < clause.last and _verb_after(tokens, index + 1, clause.last):
            start, to = (index if start is None else start), True
        elif token.tag in _VERBAL:
            groups.append(VerbGroup(index if start is None else start, index, auxiliaries, negated, to))
            # "was n't cold": the negation stands after the verb.
            start, auxiliaries, negated, to = None, [], False, False
        elif token.tag == "ADV" or (start is not None and token.tag == "PRON" and auxiliaries):
            continue
        elif start is not None:
            if (
                negated
                and groups
                and tokens[groups[-1].head].lower in LISTS["be"] | LISTS["have"] | LISTS["do"]
            ):
                groups[-1].negated = True
            elif auxiliaries or negated:
                groups.append(VerbGroup(start, max(start, index - 1), auxiliaries, negated, to))
            start, auxiliaries, negated, to = None, [], False, False
    if start is not None and (auxiliaries or negated):
        if negated and not auxiliaries and groups:
            groups[-1].negated = True
        else:
            groups.append(VerbGroup(start, clause.last, auxiliaries, negated, to))
    return groups


def _verb_after(tokens: list[Token], index: int, last: int) -> bool:
    while index <= last and tokens[index].tag in ("ADV", "NEG"):
        index += 1
    return index <= last and tokens[index].tag in (*_VERBAL, "AUX")


def _subject(tokens: list[Token], clause: Clause, *, parted: bool) -> list[int]:
    """Indices of the heads before the first verb that stand in no prepositional phrase."""
    group = clause.finite
    # My brother, | who hates fish, | ate it all: the subject stands alone.
    end = group.first if group else clause.last + 1 if parted else clause.first
    heads: list[int] = []
    after_preposition = False
    for index in range(clause.first, end):
        token = tokens[index]
        if token.tag == "P":
            after_preposition = True
        elif token.tag in ("PUNCT", "C"):
            after_preposition = after_preposition and token.lower in ("and", "or")
        elif token.tag in ("PRON", "N", "NAME"):
            following = tokens[index + 1].tag if index + 1 < len(tokens) else ""
            if (token.tag == "PRON" or following != "CLITIC") and (
                not after_preposition
                or (
                    token.tag == "PRON"
                    and token.lower in LISTS["subject_pronoun"]
                    and token.lower not in ("it", "you", "one")
                )
            ):
                heads.append(index)
    if not heads and group and group.auxiliaries:
        # A question turns subject and auxiliary round.
        heads = [index for index in range(group.first, group.head) if tokens[index].tag == "PRON"]
    return heads
