"""English diary text → sentences of mentions, by lemma and a few word-order rules. No choosing between them."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from functools import lru_cache

import simplemma

from illustration.scenes.lexicon import Concept, Lexicon, Surroundings, grammar
from illustration.scenes.mentions import Mention, Sentence

_TOKEN = re.compile(
    r"[A-Za-z]+?(?=n['’]t\b)|n['’]t\b|[A-Za-zÀ-ÿ]+(?:-[A-Za-zÀ-ÿ]+)*|\d+|['’](?:s|m|re|ve|ll|d|t)\b|[.!?\n]+|[,;:()—–-]"
)
_SENTENCE_END = re.compile(r"[.!?\n]+")
_WORDS = grammar("en")
_LEMMAS = {
    "playing": "play",
    "rode": "ride",
    "ate": "eat",
    "saw": "see",
    "met": "meet",
    "fell": "fall",
    "felt": "feel",
    "left": "leave",
    "lay": "lie",
    "leaves": "leaf",
    "skies": "sky",
    "won": "win",
    "built": "build",
    "drew": "draw",
    "ca": "can",
    "wo": "will",
}


@dataclass(frozen=True, slots=True)
class Token:
    form: str
    lower: str
    lemma: str
    start: int
    end: int

    @property
    def inflected_verb(self) -> bool:
        """went, ate, playing, rained: a form that only a verb has."""
        if self.lower == self.lemma or self.lower in _WORDS["plural"]:
            return False
        return not self.lower.endswith("s") or self.lower in ("is", "was", "has", "does")


@dataclass(frozen=True, slots=True)
class _Found:
    mention: Mention
    first: int
    last: int


@lru_cache(maxsize=4096)
def lemma_of(word: str) -> str:
    """The dictionary form of a lower-case word; the word itself where unknown."""
    if word in _LEMMAS:
        return _LEMMAS[word]
    lemma = str(simplemma.lemmatize(word, lang="en")).lower()
    if word.endswith("ing") and lemma == word[:-3] + "e" and simplemma.is_known(word[:-3], lang="en"):
        return word[:-3] if not simplemma.is_known(lemma, lang="en") else lemma
    return lemma


def read_english(text: str, lexicon: Lexicon) -> list[Sentence]:
    """The sentences of ``text`` (normalised) with their mentions in order."""
    sentences = []
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        form = match.group().replace("’", "'")
        if _SENTENCE_END.fullmatch(form):
            if tokens:
                sentences.append(tokens)
            tokens = []
            continue
        lower = form.lower()
        tokens.append(Token(form, lower, lemma_of(lower), match.start(), match.end()))
    if tokens:
        sentences.append(tokens)
    return [_sentence(text, tokens, lexicon) for tokens in sentences]


def _clauses(tokens: list[Token]) -> list[tuple[int, int]]:
    """Ranges (first, last) between conjunctions and punctuation; a comma inside a list of nouns does not part."""
    bounds = [0]
    for index, token in enumerate(tokens):
        if not index:
            continue
        nearby = tokens[index + 1 : index + 3]
        verb_follows = any(later.inflected_verb or later.lower in _WORDS["pronoun"] for later in nearby)
        parts = token.lower in _WORDS["join"] or token.lower in _WORDS["break"] - {","}
        if parts or (token.lower in ("and", "or", ",") and verb_follows):
            bounds.append(index)
    bounds.append(len(tokens))
    return [(first, last - 1) for first, last in itertools.pairwise(bounds) if last > first]


def _sentence(text: str, tokens: list[Token], lexicon: Lexicon) -> Sentence:
    lemmas = frozenset(token.lemma for token in tokens) | frozenset(token.lower for token in tokens)
    clauses = _clauses(tokens)
    sentence = Sentence(highlight=bool(lemmas & _WORDS["highlight"]), start=tokens[0].start)
    for first, last in clauses:
        inside = tokens[first : last + 1]
        governors = frozenset(token.lemma for token in inside)
        found: list[_Found] = []
        index = first
        while index <= last:
            hit = _match(tokens, index, last, lexicon, governors, lemmas)
            if hit is None:
                index += 1
                continue
            concept, end = hit
            said = text[tokens[index].start : tokens[end].end]
            sure = not (_WORDS["wish"] & governors)
            whence = index - first > 1 and tokens[index - 1].lower == "from" and concept.kind == "place"
            if not (
                whence
                and found
                and found[-1].last == index - 2
                and found[-1].mention.concept.kind == "person"
            ):
                found.append(
                    _Found(
                        Mention(
                            concept,
                            said,
                            _role(tokens, first, index, end),
                            tokens[index].start,
                            status="real" if sure else "wished",
                        ),
                        index,
                        end,
                    )
                )
            index = end + 1
        found += _named_friends(text, tokens, first, last, found, lexicon)
        denied = _denied(found, tokens, first, last)
        for item in found:
            sentence.mentions.append(
                replace(item.mention, status="denied") if item in denied else item.mention
            )
    sentence.writer = _writer(tokens)
    return sentence


def _match(
    tokens: list[Token],
    index: int,
    limit: int,
    lexicon: Lexicon,
    governors: frozenset[str],
    lemmas: frozenset[str],
) -> tuple[Concept, int] | None:
    for length in range(min(lexicon.longest["en"], limit - index + 1), 0, -1):
        piece = tokens[index : index + length]
        end = index + length - 1
        lower = [token.lower for token in piece]
        names = dict.fromkeys(
            (
                " ".join(lower),
                " ".join([*lower[:-1], piece[-1].lemma]),
                " ".join(token.lemma for token in piece),
            )
        )
        for name in names:
            if not lexicon.knows("en", name):
                continue
            around = Surroundings(
                governor=governors - {name},
                sentence=lemmas - {name},
                before=frozenset({tokens[index - 1].lemma}) if index else frozenset(),
                next=frozenset({tokens[end + 1].lemma, tokens[end + 1].lower})
                if end + 1 < len(tokens)
                else frozenset(),
            )
            concept = lexicon.meaning("en", name, around)
            if concept is not None and (length > 1 or _fits(tokens, index, concept, lexicon, name)):
                return concept, end
    return None


def _fits(tokens: list[Token], index: int, concept: Concept, lexicon: Lexicon, name: str) -> bool:
    """Whether a one-word match can be the part of speech that its concept needs."""
    token = tokens[index]
    if concept.kind in ("action", "weather"):
        return True
    if token.inflected_verb and name != token.lower:
        return False
    if name in _WORDS["given_name"] and token.form[0].isupper() and index:
        return False
    if name not in lexicon.also_verbs:
        return True
    before = tokens[index - 1].lower if index else ""
    if before == "to" and concept.kind == "place":
        return index + 1 == len(tokens) or tokens[index + 1].lower not in _WORDS["article"]
    if before in _WORDS["verb_before"] or before in _WORDS["pronoun"] - {"there"}:
        return False
    if token.lower != token.lemma and token.lower.endswith("s") and before not in _WORDS["determiner"]:
        return not (
            index + 1 < len(tokens) and tokens[index + 1].lower in ("away", "over", "up", "down", "the", "a")
        )
    return True


def _role(tokens: list[Token], first: int, index: int, end: int) -> str:
    if end + 1 < len(tokens) and tokens[end + 1].lower == "'s":
        return "owner"
    for back in range(index - 1, max(first - 1, index - 7), -1):
        token = tokens[back]
        if token.lower == "with":
            return "with"
        if token.lower in _WORDS["at"]:
            return "at"
        if token.lower in _WORDS["to"]:
            return "to"
        if token.inflected_verb:
            return "object"
    verbs_before = any(token.inflected_verb for token in tokens[first:index])
    return "object" if verbs_before else "subject"


def _named_friends(
    text: str, tokens: list[Token], first: int, last: int, found: list[_Found], lexicon: Lexicon
) -> list[_Found]:
    """A capitalised name after "with" is somebody: drawn as a friend."""
    taken = {index for item in found for index in range(item.first, item.last + 1)}
    friends = []
    for index in range(first + 1, last + 1):
        token = tokens[index]
        named = token.form[:1].isupper() and token.form[1:].islower() and token.lower not in _WORDS["writer"]
        if named and tokens[index - 1].lower == "with" and index not in taken:
            said = text[token.start : token.end]
            friends.append(
                _Found(Mention(lexicon.concepts["friend"], said, "with", token.start), index, index)
            )
    return friends


def _denied(found: list[_Found], tokens: list[Token], first: int, last: int) -> list[_Found]:
    denied = []
    inside = tokens[first : last + 1]
    lemmas = {token.lemma for token in inside}
    negator = next(
        (
            index
            for index in range(first, last + 1)
            if tokens[index].lower in _WORDS["not"]
            and tokens[index].lower != "without"
            and not (index + 1 <= last and tokens[index + 1].lemma in _WORDS["false_not"])
        ),
        None,
    )
    verb = ""
    if negator is not None:
        rest = [token.lemma for token in tokens[negator + 1 : min(negator + 4, last + 1)]]
        verb = next(
            (lemma for lemma in rest if lemma in _WORDS["move"] | _WORDS["appear"]), rest[0] if rest else ""
        )
    appear = verb in _WORDS["appear"] or (
        negator is not None and negator > first and tokens[negator - 1].lemma == "be"
    )
    subject_gone = False
    for item in found:
        kind, role = item.mention.concept.kind, item.mention.role
        before = [token.lower for token in tokens[max(first, item.first - 3) : item.first]]
        if (
            (
                _WORDS["no"] & set(before)
                and not (set(before) & _WORDS["at"])
                and "doubt" not in before
                and "matter" not in before
            )
            or "instead of" in " ".join(before)
            or (kind == "weather" and lemmas & _WORDS["stop"] and ("stop" in lemmas or "clear" in lemmas))
        ):
            denied.append(item)
        elif negator is None:
            continue
        elif item.first < negator:
            if appear and role == "subject" and kind in ("person", "animal", "thing") and verb != "be":
                denied.append(item)
                subject_gone = True
        elif (
            (kind in ("person", "animal", "thing") and role not in ("at", "to"))
            or kind in ("weather", "action")
            or (kind == "place" and verb in _WORDS["move"] and not subject_gone)
        ):
            denied.append(item)
    return denied


def _writer(tokens: list[Token]) -> str | None:
    """How the writer is named where they act; "" where a diary drops the "I" ("Went to the beach"); None: absent."""
    for token in tokens:
        if token.lower in _WORDS["writer"]:
            return token.form
    for token in tokens[:2]:
        if token.inflected_verb and token.lemma not in ("be", "rain", "snow"):
            return ""
        if token.lower not in _WORDS["opening"]:
            return None
    return None
