"""Finds the lexicon's names in a Korean sentence, with the role that the particle after each gives it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from illustration.scenes.korean.clauses import Clause
from illustration.scenes.korean.morphemes import NAMEABLE, WORDS, Morpheme
from illustration.scenes.lexicon import Concept, Lexicon, Surroundings
from illustration.scenes.mentions import Status

_LONGEST_NAME = 6
_LONE_NAME = frozenset({"NNG", "NNP", "XR", "MAG", "SL"})
_STARTS = _LONE_NAME | {"MM", "NR", "SN", "XPN", "NNB", "IC"}
_SHORTEST_HEAD = 2
_COUNTED = frozenset({"SN", "MM", "NR", "NNB", "XSN"})
NUMERAL = frozenset({"SN", "MM", "NR"})


@dataclass(slots=True)
class Found:
    """A name found at the morphemes ``first``..``last`` of a sentence, in the clause with the number ``clause``."""

    concept: Concept
    said: str
    first: int
    last: int
    clause: int
    role: str = "bare"
    status: Status = "real"
    count: int = 1
    actor: str | None = None
    target: str = ""


class Matcher:
    """The names in one sentence. ``text`` is what the morphemes' offsets count in."""

    def __init__(self, text: str, tokens: list[Morpheme], clauses: list[Clause], lexicon: Lexicon) -> None:
        self._text = text
        self._tokens = tokens
        self._clauses = clauses
        self._lexicon = lexicon
        self._words = lexicon.words["ko"]
        self._all = frozenset(form for token in tokens for form in (token.lemma, token.form))

    def found(self) -> list[Found]:
        """All names, in the order of the text; of names that overlap, the longest."""
        return [item for number in range(len(self._clauses)) for item in self._in_clause(number)]

    def _in_clause(self, number: int) -> Iterator[Found]:
        clause = self._clauses[number]
        index = clause.first
        while index <= clause.last:
            hit = self._at(index, clause)
            if hit is None:
                index += 1
                continue
            concept, last = hit
            said = self._text[self._tokens[index].start : self._said_end(last)]
            yield Found(concept, said, index, last, number, role_of(self._tokens, last))
            index = last + 1

    def _at(self, index: int, clause: Clause) -> tuple[Concept, int] | None:
        token = self._tokens[index]
        if token.tag in ("VV", "VA"):
            concept = self._verb(index, clause)
            return (concept, index) if concept else None
        if token.tag not in _STARTS:
            return None
        for last in range(min(index + _LONGEST_NAME, len(self._tokens)) - 1, index - 1, -1):
            piece = self._tokens[index : last + 1]
            if last == index and token.tag not in _LONE_NAME:
                break
            if not all(
                part.tag in NAMEABLE or part.form == "의" or (part.tag == "VV" and follower.tag == "ETN")
                for part, follower in zip(piece, [*piece[1:], piece[-1]], strict=True)
            ):
                continue
            concept = self._noun(index, last, clause)
            if concept is not None:
                return concept, last
        if token.tag in ("NNG", "NNP") and token.form not in WORDS["whole"]:
            concept = self._head(token, index, clause)
            return (concept, index) if concept else None
        return None

    def _noun(self, first: int, last: int, clause: Clause) -> Concept | None:
        tokens = self._tokens
        if all(token.tag == "SL" for token in tokens[first : last + 1]):
            return self._english(first, last)
        after = tokens[last + 1] if last + 1 < len(tokens) else None
        if after is not None and after.tag in ("XSV", "XSA"):
            name = f"{tokens[last].form}{after.lemma}" if first == last else ""
            if name and self._lexicon.knows("ko", name):
                return self._meaning(name, first, last, clause)
        for name in self._names(first, last):
            if self._lexicon.knows("ko", name):
                return self._meaning(name, first, last, clause)
        return None

    def _names(self, first: int, last: int) -> list[str]:
        """How the lexicon may spell what stands there: as written, without spaces, in whole forms."""
        tokens = self._tokens
        surface = self._text[tokens[first].start : tokens[last].end]
        joined = "".join(token.form for token in tokens[first : last + 1])
        names = [surface, joined]
        if len(surface.replace(" ", "")) > 2:
            names.append(surface.replace(" ", ""))
        return list(dict.fromkeys(names))

    def _english(self, first: int, last: int) -> Concept | None:
        words = [token.form.lower().strip(".,!?") for token in self._tokens[first : last + 1]]
        name = " ".join(words)
        for spelt in (name, name.removesuffix("s")):
            if self._lexicon.knows("en", spelt):
                return self._lexicon.meaning("en", spelt, Surroundings(pos="noun"))
        return None

    def _head(self, token: Morpheme, index: int, clause: Clause) -> Concept | None:
        """A compound that the lexicon lacks is the thing that its last part names: 해물파전 is a 파전."""
        shortest = _SHORTEST_HEAD if token.tag == "NNG" else _SHORTEST_HEAD + 1
        for cut in range(1, len(token.form) - shortest + 1):
            if self._lexicon.knows("ko", token.form[cut:]):
                return self._meaning(token.form[cut:], index, index, clause)
        return None

    def _meaning(self, name: str, first: int, last: int, clause: Clause) -> Concept | None:
        tokens = self._tokens
        before = tokens[first - 1] if first else None
        after = tokens[last + 1] if last + 1 < len(tokens) else None
        near = {after.form, after.lemma} if after else set()
        if after and after.tag in ("JKO", "JKS", "JX") and last + 2 < len(tokens):
            near |= {tokens[last + 2].lemma} & WORDS["light"]
        around = Surroundings(
            governor=clause.lemmas,
            sentence=self._all - {name},
            particle=after.form if after and after.tag.startswith("J") else "",
            before=frozenset({before.tag, before.lemma}) if before else frozenset(),
            next=frozenset(near),
            pos="noun",
        )
        return self._lexicon.meaning("ko", name, around)

    def _verb(self, index: int, clause: Clause) -> Concept | None:
        lemma = self._tokens[index].lemma
        for back in range(index - 1, clause.first - 1, -1):
            noun = self._tokens[back]
            if noun.tag in ("NNG", "NNP", "XR"):
                phrase = f"{noun.form} {lemma}"
                if self._lexicon.knows("ko", phrase):
                    return self._lexicon.meaning("ko", phrase, self._around_verb(index, clause))
                if self._tokens[back + 1].tag in ("JKB", "JKO"):
                    continue
        if not self._lexicon.knows("ko", lemma):
            return None
        return self._lexicon.meaning("ko", lemma, self._around_verb(index, clause))

    def _around_verb(self, index: int, clause: Clause) -> Surroundings:
        token = self._tokens[index]
        inside = frozenset(
            form for each in self._tokens[clause.first : clause.last + 1] for form in (each.form, each.lemma)
        )
        return Surroundings(
            governor=inside - {token.lemma},
            sentence=self._all - {token.lemma},
            pos="verb" if token.tag == "VV" else "adj",
        )

    def _said_end(self, last: int) -> int:
        """Where a word ends for a reader: a verb with its endings (흐렸다), a noun without its particles."""
        tokens = self._tokens
        while (
            tokens[last].tag in ("VV", "VA", "EP")
            and last + 1 < len(tokens)
            and tokens[last + 1].tag[0] == "E"
        ):
            last += 1
        return tokens[last].end


def role_of(tokens: list[Morpheme], last: int) -> str:
    """subject topic object with at to owner is bare, by what follows the name that ends at ``last``."""
    index = last + 1
    while index < len(tokens) and (
        tokens[index].tag in _COUNTED
        or (index > last + 1 and tokens[index].form in WORDS["counter"] and tokens[index - 1].tag in NUMERAL)
    ):
        index += 1
    spot = index < len(tokens) and index == last + 1 and tokens[index].form in WORDS["spot"]
    if spot:
        index += 1
    if index >= len(tokens):
        return "bare"
    token = tokens[index]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if token.tag in ("JKS", "JKC"):
        return "subject"
    if token.tag == "JKO":
        return "object"
    if token.tag == "JKG":
        return "owner"
    if token.tag in ("JKB", "JC"):
        if token.tag == "JC" or token.form in WORDS["with"]:
            return "with"
        return "at" if token.form in WORDS["at"] else "to" if token.form in WORDS["to"] else "bare"
    if token.tag == "JX":
        if token.form in WORDS["to"]:
            return "to"
        return "topic" if token.form in WORDS["topic"] else "bare"
    if token.tag == "VCP":
        return "is"
    owns = token.tag in ("NNG", "NNP") and token.form not in WORDS["not_owned"]
    if owns and not (following is not None and following.tag == "NNB"):
        return "owner"
    return "bare"
