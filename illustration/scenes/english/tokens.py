"""English text → sentences of tokens: contractions, slips and slang undone, dictionary forms. No grammar here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

import simplemma

from illustration.scenes.english.words import IRREGULAR, LISTS, PLURALS, SHORTHAND, SPELLINGS
from illustration.scenes.lexicon import lexicon

_TOKEN = re.compile(
    r"\d{1,2}:\d\d|\d+(?:[.,]\d+)*(?:st|nd|rd|th|km|kg|cm|am|pm|k|s|x)?\b|\d+"
    r"|[A-Za-z]+?(?=n['’]t\b)|n['’]t\b|[ap]\.m\.?"
    r"|[A-Za-zÀ-ɏ]+(?:-[A-Za-zÀ-ɏ]+)*|[가-힣ㄱ-ㅣ]+|['’](?:s|m|re|ve|ll|d|em|cause)\b"
    r"|\.{2,}|[.!?…\n。！？]+|[,;:()—–&+@/~]|--?|[\"“”]|w/"
)
_END = re.compile(r"[.!?…\n。！？]+")
_TITLES = frozenset(["mr", "mrs", "ms", "dr", "st", "prof", "vs", "mt", "jr"])
_HANGUL = re.compile(r"[가-힣]")
_BASES = frozenset(IRREGULAR.values())
# Taped comes of tape; of tap it would be tapped.
_SHORT = re.compile(r"[^aeiou]*[aeiou][bdgmnp]")
_SILENT = ("v", "z", "c", "u", "ot", "ak", "ik", "as", "os", "id", "iv", "ad", "ur", "iz", "ut", "ir", "ag")


@dataclass(slots=True)
class Token:
    """A word or sign.

    ``lower``: in common spelling; ``noun`` and ``verb``: its base form as either; ``tag``: its part of speech, set
    later; ``quoted``: between quotation marks.
    """

    form: str
    lower: str
    start: int
    end: int
    noun: str = ""
    verb: str = ""
    tag: str = ""
    quoted: bool = False

    @property
    def capital(self) -> bool:
        return self.form[:1].isupper() and (
            len(self.form) == 1 or self.form[1:].islower() or "-" in self.form
        )

    @property
    def hangul(self) -> bool:
        return bool(_HANGUL.match(self.form))


@dataclass(slots=True)
class RawSentence:
    """Tokens up to a full stop or line end. ``ending``: the signs that close it; ``line``: number of its line."""

    tokens: list[Token] = field(default_factory=list)
    ending: str = ""
    line: int = 0


def sentences(text: str) -> list[RawSentence]:
    """The sentences of ``text`` in order; every token keeps its place in ``text``."""
    done: list[RawSentence] = []
    current = RawSentence()
    quoted = False
    line = 0
    for match in _TOKEN.finditer(text):
        form = match.group().replace("’", "'")
        if form in '"“”':
            quoted = form == "“" or (form == '"' and not quoted)
            current.tokens.append(Token('"', '"', match.start(), match.end(), '"', '"', "PUNCT"))
            continue
        if _END.fullmatch(form):
            before = current.tokens[-1].lower if current.tokens else ""
            abbreviation = form == "." and (before in _TITLES or _initial(current.tokens))
            trailing = set(form) <= {".", "…"} and len(form) > 1 and _goes_on(text, match.end())
            if abbreviation or trailing:
                if trailing:
                    current.tokens.append(Token(",", ",", match.start(), match.end(), ",", ",", "PUNCT"))
                continue
            current.ending += form
            if current.tokens:
                current.line = line
                done.append(current)
            elif done:
                done[-1].ending += form
            if "\n" in form:
                line += 1
                quoted = False
            current = RawSentence()
            continue
        current.tokens += _tokens(form, match.start(), match.end(), quoted, not current.tokens)
    if current.tokens:
        current.line = line
        done.append(current)
    return [sentence for sentence in done if any(token.tag != "PUNCT" for token in sentence.tokens)]


def _initial(tokens: list[Token]) -> bool:
    """Whether the last token is one capital letter after a name: J. Smith."""
    return bool(tokens) and len(tokens[-1].form) == 1 and tokens[-1].form.isupper() and tokens[-1].form != "I"


def _goes_on(text: str, end: int) -> bool:
    rest = text[end : end + 3].lstrip(" ")
    return bool(rest) and rest[0].islower()


def _tokens(form: str, start: int, end: int, quoted: bool, opens: bool) -> list[Token]:
    lower = form.lower()
    if lower in SHORTHAND and not (opens and form[0].isupper() and lower in ("w", "u", "r", "n", "v")):
        parts = SHORTHAND[lower].split()
    else:
        # A capital may begin a name: Connor is no slip for condor.
        parts = [common_spelling(lower, mends=not form[0].isupper() or form.isupper())]
    made = []
    for part in parts:
        piece = form if len(parts) == 1 else part
        tag = "PUNCT" if not re.search(r"\w", part) and part != "&" else ""
        made.append(Token(piece, part, start, end, noun_of(part), verb_of(part), tag, quoted))
    return made


@lru_cache(maxsize=8192)
def known(word: str) -> bool:
    """Whether ``word`` (lower case) is in the lexicon or the English dictionary."""
    words = lexicon()
    return (
        word in words.words["en"]
        or word in words.verbs["en"]
        or word in words.senses["en"]
        or word in IRREGULAR
        or simplemma.is_known(word, lang="en")
    )


@lru_cache(maxsize=8192)
def common_spelling(word: str, *, mends: bool = True) -> str:
    """``word`` without drawn-out letters and in American spelling, as the lexicon writes it."""
    if word in SPELLINGS:
        return SPELLINGS[word]
    if not word.isascii() or not word.isalpha():
        return word
    if re.search(r"(.)\1\1", word):
        twice, once = (re.sub(r"(.)\1{2,}", sign, word) for sign in (r"\1\1", r"\1"))
        word = twice if known(twice) else once
        while len(word) > 3 and word[-1] == word[-2] and not known(word):
            word = word[:-1]
    for british, american in (
        ("our", "or"),
        ("isation", "ization"),
        ("ise", "ize"),
        ("yse", "yze"),
        ("ogue", "og"),
        ("lled", "led"),
        ("lling", "ling"),
    ):
        if british in word and not _named(word):
            other = word.replace(british, american, 1)
            if _named(other):
                return other
    return _mended(word) if mends and not known(word) else word


def _named(word: str) -> bool:
    words = lexicon()
    return any(
        form in words.words["en"] or form in words.verbs["en"]
        for form in (word, noun_of(word), verb_of(word))
    )


@lru_cache(maxsize=1)
def _one_letter_less() -> dict[str, str]:
    """Words of the lexicon and of its action verbs by what is left of them without one letter, for slips of the pen."""
    table: dict[str, str] = {}
    words = lexicon()
    for word in (*words.words["en"], *words.verbs["en"]):
        if len(word) < 6 or not word.isalpha():
            continue
        for index in range(1, len(word)):
            table.setdefault(word[:index] + word[index + 1 :], word)
    return table


def _mended(word: str) -> str:
    """The word of the lexicon that an unknown ``word`` of six letters or more is one slip away from, else itself."""
    if len(word) < 6 or known(noun_of(word)) or known(verb_of(word)):
        return word
    table = _one_letter_less()
    if word in table:
        return table[word]
    for index in range(1, len(word)):
        less = word[:index] + word[index + 1 :]
        if less in lexicon().words["en"]:
            return less
        near = table.get(less)
        if near and len(near) == len(word) and (sorted(near) == sorted(word) or near[-1] == word[-1]):
            return near
    return word


@lru_cache(maxsize=8192)
def noun_of(word: str) -> str:
    """The singular of a plural noun; other words as they stand."""
    if word in PLURALS:
        return PLURALS[word]
    head, _, last = word.rpartition("-")
    if head:
        return f"{head}-{noun_of(last)}"
    if len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is", "ous")):
        return word
    if word.endswith("ies") and len(word) > 4:
        return (
            f"{word[:-3]}y"
            if not word.endswith(("kies", "vies", "ties")) or _exists(f"{word[:-3]}y")
            else word[:-1]
        )
    if word.endswith(("ses", "xes", "zes", "ches", "shes", "oes")):
        return word[:-1] if _exists(word[:-1]) else word[:-2]
    return word[:-1] if _exists(word[:-1]) or not _exists(word) else word


def _exists(word: str) -> bool:
    return word in lexicon().words["en"] or simplemma.is_known(word, lang="en")


@lru_cache(maxsize=8192)
def verb_of(word: str) -> str:
    """The base form of a verb; other words as they stand."""
    if word in IRREGULAR:
        return IRREGULAR[word]
    stems: list[str] = []
    if word.endswith("ing") and len(word) > 4:
        stems = _stems(word[:-3])
    elif word.endswith("ied") and len(word) > 4:
        stems = [f"{word[:-3]}y", word[:-1]]
    elif word.endswith("ed") and len(word) > 3:
        stems = _stems(word[:-2])
    elif word.endswith("ies") and len(word) > 4:
        stems = [f"{word[:-3]}y", word[:-1]]
    elif word.endswith("es") and len(word) > 3:
        stems = [word[:-1], word[:-2]]
    elif word.endswith("s") and len(word) > 3 and not word.endswith(("ss", "us", "is")):
        stems = [word[:-1]]
    found = next((stem for stem in stems if is_verb(stem)), "")
    if not found and word.endswith(("ed", "ing")) and word not in LISTS["noun_like"]:
        lemma = str(simplemma.lemmatize(word, lang="en")).lower()
        found = lemma if lemma in stems else ""
    return found or word


def _stems(stem: str) -> list[str]:
    """What a form in -ed or -ing may come from: stop(p), bak(e), walk."""
    doubled = len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in "aeiou"
    if doubled:
        return [stem, stem[:-1]]
    silent = stem.endswith(_SILENT) or bool(_SHORT.fullmatch(stem))
    return [f"{stem}e", stem] if silent else [stem, f"{stem}e"]


@lru_cache(maxsize=8192)
def is_verb(word: str) -> bool:
    """Whether ``word`` is the base form of a verb that the lexicon or the grammar knows."""
    return word in LISTS["verb"] or word in lexicon().verbs["en"] or word in _BASES
