"""Which language a diary is in, sentence by sentence, and the reader for each. No choosing between mentions."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

import simplemma

from illustration.scenes.english import read_english
from illustration.scenes.korean import read_korean
from illustration.scenes.lexicon import Lexicon, grammar
from illustration.scenes.mentions import Mention, Sentence, normalise

_HANGUL = re.compile(r"[\uac00-\ud7a3\u3131-\u318e\u1100-\u11ff]")
_SYLLABLES = re.compile(r"[\uac00-\ud7a3]+")
_LATIN = re.compile(r"[A-Za-z]")
_LETTER = re.compile(r"[^\W\d_]")
_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]+(?:['’][a-z]+)?")
_LAST_WORD = re.compile(r"([\uac00-\ud7a3ㅋㅎㅠㅜ]+)[\W\d_]*$")
_KOREAN_END = re.compile(r"(?:다|요|음|임|함|됨|심|네|당|까|지|어|아|해|고|데|[ㅋㅎㅠㅜ]+)$")
_SEGMENT = re.compile(r"[^.!?…\n]*(?:[.!?…\n]+|$)")
_CODE = re.compile(
    r"\w\(|\)\s*[:;{]|[{};]\s*(?:\n|$|--|//)|=>|[=!<>]=|</?\w+>|/>|\w_\w|=\s*['\"\[{]"
    r"|^\s*(?:#include|import |def |SELECT\b.+\bFROM\b|UPDATE\b.+\bSET\b|INSERT INTO\b|DROP TABLE\b)",
    re.MULTILINE,
)
_STRETCHED = re.compile(r"(.)\1{2,}")
# Words so usual in another language, and in English hardly ever, that they count against English.
_FOREIGN = grammar("other")["foreign"]
_FEWEST_WORDS = 3
_KNOWN_SHARE = 0.5
_MANY_SIGNS = 2


def detect_language(text: str, lexicon: Lexicon | None = None) -> str:
    """ "ko", "en", "mixed" (both, sentence by sentence or within one), or "other": no letters, another language, code.

    ``lexicon``: its words count as English ones, whatever their look (tteokbokki).
    """
    text = normalise(text)
    hangul, latin = len(_HANGUL.findall(text)), len(_LATIN.findall(text))
    syllables = sum(len(run) for run in _SYLLABLES.findall(text))
    others = sum(1 for letter in _LETTER.findall(text) if not _HANGUL.match(letter) and not letter.isascii())
    if len(_CODE.findall(text)) >= _MANY_SIGNS and latin > 2 * hangul:
        return "other"
    if not hangul and not latin:
        return "other"
    if others > max(2 * hangul, latin / 2):
        return "other"
    words = _LATIN_WORD.findall(text)
    english = _is_english(words, lexicon)
    if not hangul:
        return "en" if english else "other"
    if not words or not english or syllables == 0:
        return "ko"
    frame = [word for word in words if word.islower() and len(word) > 1]
    return "mixed" if len(words) >= 2 or frame else "ko"


def _is_english(words: list[str], lexicon: Lexicon | None) -> bool:
    """Whether enough of the Latin words are English; a few words are taken to be."""
    counted = known = 0
    for number, word in enumerate(words):
        lower = _STRETCHED.sub(r"\1", word.lower())
        if len(lower) < 2 or (lexicon is not None and lower in lexicon.words["en"] and lower not in _FOREIGN):
            continue
        if number and word[0].isupper() and not word.isupper():
            continue
        counted += 1
        known += lower.isascii() and lower not in _FOREIGN and _is_known(lower)
    named = len(words) - counted
    foreign = sum(word.lower() in _FOREIGN for word in words)
    if counted < _FEWEST_WORDS:
        return foreign == 0 or foreign * 4 < len(words)
    return (known + named / 2) / (counted + named / 2) >= _KNOWN_SHARE


def _is_known(word: str) -> bool:
    bare = word.replace("’", "'")
    stem = bare.split("'")[0]
    return any(simplemma.is_known(form, lang="en") for form in (bare, stem))


def read_sentences(text: str, lexicon: Lexicon, language: str) -> list[Sentence]:
    """The sentences of ``text`` (normalised) in the order of the text; none for "other"."""
    if language == "other" or not text.strip():
        return []
    if language == "ko":
        return read_korean(text, lexicon)
    if language == "en":
        return read_english(text, lexicon)
    sentences: list[Sentence] = []
    today = any(word in text.lower() for word in ("오늘", "today"))
    for first, last, spoken in _runs(text, lexicon):
        piece = text[first:last]
        found = (
            read_korean(piece, lexicon, today=today)
            if spoken == "ko"
            else _READERS[spoken](piece, lexicon, whole=not (first or today))
        )
        for sentence in found:
            sentence.start += first
            sentence.mentions = [_moved(item, first) for item in sentence.mentions]
        sentences += found
    for sentence in sentences:
        _drop_names(sentence, text)
    return sentences


def _drop_names(sentence: Sentence, text: str) -> None:
    """My dog 보리: a Korean word right after an English one for an animal is its name, no barley."""
    items = sentence.mentions
    for bearer, named in list(itertools.pairwise(items)):
        beside = text[bearer.start + len(bearer.said) : named.start].isspace()
        foreign = bearer.said.isascii() and _SYLLABLES.match(named.said)
        fit = bearer.concept.kind == "animal" and (
            named.concept.kind in ("food", "plant", "thing", "weather", "season")
            or named.said in grammar("ko")["name_words"]
        )
        if beside and foreign and fit and named in items and named.said not in grammar("ko")["pet_things"]:
            items.remove(named)


def _moved(item: Mention, by: int) -> Mention:
    return replace(item, start=item.start + by) if item.start >= 0 else item


def _runs(text: str, lexicon: Lexicon) -> list[tuple[int, int, str]]:
    """Ranges of neighbouring sentences that one reader takes: "ko", "en", "korean frame" or "english frame"."""
    runs: list[tuple[int, int, str]] = []
    for match in _SEGMENT.finditer(text):
        piece = match.group()
        if not piece:
            continue
        spoken = _frame(piece, lexicon)
        if runs and (runs[-1][2] == spoken or not _LETTER.search(piece)):
            runs[-1] = (runs[-1][0], match.end(), runs[-1][2])
        else:
            runs.append((match.start(), match.end(), spoken))
    return runs


def _frame(piece: str, lexicon: Lexicon) -> str:
    korean = sum(len(run) for run in _SYLLABLES.findall(piece))
    words = _LATIN_WORD.findall(_SYLLABLES.sub(" ", piece))
    if not words:
        return "ko"
    if not korean:
        return "en"
    last = _LAST_WORD.search(piece)
    verb = last is not None and _KOREAN_END.search(last[1]) and not lexicon.knows("ko", last[1])
    return "english frame" if len(words) * 2 > korean and not verb else "korean frame"


def _korean_frame(text: str, lexicon: Lexicon, *, whole: bool) -> list[Sentence]:
    """Korean with English words in it: what the English reader finds beside is put in."""
    sentences = read_korean(text, lexicon)
    if not sentences:
        return read_english(text, lexicon, whole=whole)
    for english in read_english(_SYLLABLES.sub(_comma, text), lexicon, whole=whole):
        home = next((each for each in reversed(sentences) if each.start <= english.start), sentences[0])
        for item in english.mentions:
            _put_beside(item, home, sentences)
        home.mentions.sort(key=lambda item: item.start)
        if english.feeling and english.strength > home.strength:
            home.feeling, home.strength = english.feeling, english.strength
        home.highlight |= english.highlight
        home.turn |= english.turn
        if home.writer is None:
            home.writer = english.writer
    return sentences


def _comma(run: re.Match[str]) -> str:
    """What parts two English words with Korean between them, as long as that: they are no compound."""
    return f",{' ' * (len(run.group()) - 1)}"


def _put_beside(item: Mention, home: Sentence, sentences: list[Sentence]) -> None:
    """Put an English mention in, in the place of a shorter one or of one whose English denial Korean did not see."""
    span = range(item.start, item.start + len(item.said))
    for sentence in sentences:
        for known in sentence.mentions:
            if not (span.start < known.start + len(known.said) and known.start < span.stop):
                continue
            finer = len(item.said) > len(known.said) or item.status != "real"
            if _SYLLABLES.search(known.said) or not finer:
                return
            sentence.mentions[sentence.mentions.index(known)] = item
            return
    home.mentions.append(item)


def _english_frame(text: str, lexicon: Lexicon, *, whole: bool) -> list[Sentence]:
    """English with Korean words in it: they are read as the English names of what they mean."""
    korean = [item for each in read_korean(text, lexicon) for item in each.mentions]
    pieces: list[str] = []
    # Where each piece starts in the English text, and its range in ``text``.
    places: list[tuple[int, int, int]] = []
    at = length = 0
    for item in sorted(korean, key=lambda item: item.start):
        end = item.start + len(item.said)
        if item.start < at or not _SYLLABLES.search(item.said):
            continue
        # What Korean itself denies or wishes is not for English to read.
        english = item.concept.name if item.status == "real" else ", "
        for first, last, name in ((at, item.start, ""), (item.start, end, english)):
            piece = name or text[first:last]
            places.append((length, first, last))
            pieces.append(piece)
            length += len(piece)
        at = end
    places.append((length, at, len(text)))
    pieces.append(text[at:])
    by_name = {item.concept.name: item for item in korean}
    sentences = read_english("".join(pieces), lexicon, whole=whole)
    for sentence in sentences:
        sentence.start = _origin(sentence.start, places)[0]
        sentence.mentions = [_restored(item, places, by_name, text) for item in sentence.mentions]
    read = {item.concept.name for each in sentences for item in each.mentions}
    missed = [
        item
        for item in korean
        if _SYLLABLES.search(item.said) and (item.status != "real" or item.concept.name not in read)
    ]
    for item in missed:
        home = next((each for each in reversed(sentences) if each.start <= item.start), None)
        if home is not None:
            home.mentions.append(item)
    return sentences


def _origin(start: int, places: list[tuple[int, int, int]]) -> tuple[int, int]:
    """Where a place of the English text stands in the original: its start, and the end of its piece."""
    began, first, last = next((place for place in reversed(places) if place[0] <= start), places[0])
    return min(first + start - began, max(last - 1, first)), last


def _restored(
    item: Mention, places: list[tuple[int, int, int]], korean: dict[str, Mention], text: str
) -> Mention:
    start, _ = _origin(item.start, places)
    said = item.said
    known = korean.get(item.concept.name)
    if (
        known is not None
        and _SYLLABLES.search(known.said)
        and known.start <= start < known.start + len(known.said)
    ):
        said, start = known.said, known.start
    return replace(item, start=start, said=said)


_READERS = {
    "en": read_english,
    "korean frame": _korean_frame,
    "english frame": _english_frame,
}
