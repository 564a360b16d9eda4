"""Korean text → sentences of morphemes by kiwipiepy, mended where diaries are written as people talk. No meanings."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from illustration.scenes.lexicon import Concept, Lexicon, grammar

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

WORDS = grammar("ko")
NAMEABLE = frozenset(
    ["NNG", "NNP", "NNB", "NR", "NP", "XR", "XSN", "XPN", "SL", "SN", "MAG", "MM", "IC", "ETN"]
)
"""Tags that a name in the lexicon may be made of."""

_HANGUL = re.compile(r"[가-힣]+")
_LATIN_STOP = re.compile(r"(?<=[A-Za-z])\.(?=\s|$)")
"""A full stop after a Latin word, which the analyser would take into it: skip. 집에서 …"""
_LONGEST_TAUGHT = 5
_NOUN_KINDS = frozenset({"person", "animal", "plant", "food", "thing", "place"})
_ENDS_OF_QUOTE = {'"': '"', "'": "'", "“": "”", "‘": "’", "「": "」", "『": "』"}
_LONGEST_QUOTE = 160
_lock = threading.Lock()
_kiwi: Kiwi | None = None


@dataclass(frozen=True, slots=True)
class Morpheme:
    """A token with its dictionary form: nouns as they stand, verbs and adjectives with 다. Offsets in the text."""

    form: str
    tag: str
    lemma: str
    start: int
    end: int
    quoted: bool = False


def warm_up(lexicon: Lexicon) -> Kiwi:
    """The one analyser of this process (some 500 MB, made on first use), taught the lexicon's names it would split."""
    global _kiwi
    with _lock:
        if _kiwi is None:
            from kiwipiepy import Kiwi

            kiwi = Kiwi(num_workers=1)
            for name in sorted({*WORDS["whole"], *_split_names(kiwi, lexicon.words["ko"])}):
                kiwi.add_user_word(name, "NNG")
            for name in WORDS["given_names"]:
                kiwi.add_user_word(name, "NNP")
            _kiwi = kiwi
    return _kiwi


def _split_names(kiwi: Kiwi, words: Mapping[str, Concept]) -> Iterable[str]:
    """Names whose edges the analyser alone would miss, and short ones that it takes for something else than a noun.

    Long ones are found by their letters (words.py), so that few are taught: each costs something to load.
    """
    names = [
        word
        for word in words
        if 1 < len(word) <= _LONGEST_TAUGHT and _HANGUL.fullmatch(word) and not word.endswith("다")
    ]
    for name, tokens in zip(names, kiwi.tokenize([f"{name}에 대해" for name in names]), strict=True):
        inside = [token for token in tokens if token.start < len(name)]
        tags = [str(token.tag).split("-")[0] for token in inside]
        inflected = tags[0] in ("VV", "VA") and len(tags) > 1
        missed = inside[-1].start + inside[-1].len != len(name)
        # 등에 is more often 등 with a particle than the insect; 저도, me too than the island.
        particled = any(tag[0] == "J" or tag == "NP" for tag in tags)
        short = len(name) == 2 and not particled and not all(tag in NAMEABLE for tag in tags)
        # 프링글스: a thing whose last letters look like a verb.
        verbal = len(name) > 2 and tags[-1] not in NAMEABLE and words[name].kind in _NOUN_KINDS
        # 푸들이 is 푸들 with the 이 of speech.
        if name.endswith("이") and name[:-1] in words:
            continue
        if (missed or short or verbal) and (verbal or not inflected):
            yield name


def sentences(text: str, lexicon: Lexicon) -> list[list[Morpheme]]:
    """The morphemes of each sentence; direct speech stays inside the sentence that reports it."""
    found: list[list[Morpheme]] = [[]]
    quoted = _quoted_spans(text)
    last_end = 0
    for token in warm_up(lexicon).tokenize(_LATIN_STOP.sub("!", text)):
        # 갔다 그래서 …: a full stop left out; 갔다왔다 is one.
        if found[-1] and not found[-1][-1].quoted and token.start > last_end:
            before = found[-1][-1]
            stem = found[-1][-2].tag if len(found[-1]) > 1 else ""
            # 사다 주다 is one, too.
            if (
                before.tag == "EC"
                and before.form == "다"
                and not (stem == "VV" and token.lemma in _FOR_OTHERS)
            ):
                found.append([])
        tag = str(token.tag).split("-")[0]
        start, end = token.start, token.start + token.len
        lemma = f"{token.form}다" if tag in ("XSV", "XSA") else token.lemma
        lemma = _REGULAR.get(lemma, lemma) if str(token.tag).endswith("-R") else _PLAIN.get(lemma, lemma)
        inside = any(first < start < last for first, last in quoted)
        if found[-1] and not inside and "\n" in text[last_end:start]:
            found.append([])
        if tag == "SW" and not found[-1] and len(found) > 1 and "\n" not in text[last_end:start]:
            # ㅋㅋ and ㅠㅠ belong to what they follow.
            found[-2].append(Morpheme(token.form, tag, lemma, start, end))
            last_end = end
            continue
        last_end = end
        found[-1].append(Morpheme(token.form, tag, lemma, start, end, inside))
        ends = tag in ("SF", "EF", "SE")
        if ends and not inside:
            found.append([])
    return [mended for sentence in found if (mended := _mended(_joined_end(sentence)))]


_SPANS = frozenset(
    {"봄", "여름", "가을", "겨울", "주", "달", "해", "주말", "번", "학기", "방학", "밤", "생일"}
)
_FOR_OTHERS = frozenset({"주다", "주", "드리다", "놓다", "두다", "나르다", "바치다", "쓰다"})
_REGULAR = {"걷다": "거두다", "묻다": "파묻다"}
"""Verbs that another one is spelt like, and that keep their last letter: 걷었다, gathered in; 걸었다, walked."""
_OPENED = frozenset({"꺼내다", "펼치다", "펴다", "틀다", "올리다", "넘기다"})
_IN_BRIEF = {"봄": "보다", "감": "가다", "잠": "자다", "옴": "오다", "삼": "사다", "탐": "타다"}
_PLAIN = {
    "가시다": "가다",
    "오시다": "오다",
    "계시다": "있다",
    "드시다": "먹다",
    "잡수시다": "먹다",
    "주무시다": "자다",
    "뵈다": "보다",
    "뵙다": "보다",
    "드리다": "주다",
    "여쭈다": "묻다",
}


def _quoted_spans(text: str) -> list[tuple[int, int]]:
    """Where direct speech stands, as (opening sign, closing sign); an opening without its close is none."""
    spans = []
    index = 0
    while index < len(text):
        close = _ENDS_OF_QUOTE.get(text[index])
        if close and not (text[index] == "'" and text[index - 1 : index].isalnum()):
            end = text.find(close, index + 1, index + _LONGEST_QUOTE)
            if end > 0 and "\n" not in text[index:end]:
                spans.append((index, end))
                index = end
        index += 1
    return spans


def _joined_end(tokens: list[Morpheme]) -> list[Morpheme]:
    """A sentence without the signs that the one before it left over."""
    first = 0
    while first < len(tokens) and tokens[first].tag in ("SF", "SE", "SSC"):
        first += 1
    return tokens[first:]


def _mended(tokens: list[Morpheme]) -> list[Morpheme]:
    """Put right what everyday writing misleads the analyser to."""
    mended: list[Morpheme] = []
    for index, token in enumerate(tokens):
        after = tokens[index + 1] if index + 1 < len(tokens) else None
        touching = after is not None and after.start == token.end
        if token.form == "개" and token.tag == "NNG" and touching and after is not None:
            stressed = after.tag in ("VA", "VV", "XR") or after.form in WORDS["stressed"]
            if stressed:
                token = replace(token, tag="XPX", lemma="매우")
        if (
            token.form == "서"
            and token.tag == "NNG"
            and after is not None
            and after.form == "서"
            and touching
        ):
            # 서서 먹었다
            token = replace(token, tag="VV", lemma="서다")
        if token.form == "서" and token.tag == "NNG" and mended and mended[-1].lemma == "서다":
            token = replace(token, form="어서", tag="EC", lemma="어서")
        if token.form == "참고" and mended and mended[-1].tag in ("JX", "JKO") and not _particle(after):
            # 치킨은 참고 샐러드를 먹었다
            mended.append(replace(token, form="참", tag="VV", lemma="참다", end=token.end - 1))
            token = replace(token, form="고", tag="EC", lemma="고", start=token.end - 1)
        if after is not None and touching and token.tag == "XPN" and after.tag[0] == "J":
            # 무만 썰었다
            token = replace(token, tag="NNG")
        if (
            after is not None
            and touching
            and token.tag == "VV"
            and len(token.form) == 1
            and after.form == "도"
        ):
            # 죽도: 도 is no ending after a verb.
            token = replace(token, tag="NNG", lemma=token.form)
        if token.form == "도" and token.tag == "EC" and mended and mended[-1].tag == "NNG":
            token = replace(token, tag="JX")
        if token.tag == "VCN" and token.form == "아니" and after and after.form == "면" and not mended:
            token = replace(token, tag="MAJ", lemma="아니면")
        if token.form == "서" and token.tag == "VV" and mended and (after is None or after.tag[0] != "E"):
            before = mended[-1]
            if before.tag == "EC" and before.form in ("어", "아") and before.end >= token.start:
                # 끊어져서, taken apart.
                mended[-1] = replace(before, form="어서", lemma="어서", end=token.end)
                continue
        if token.form == "하" and token.tag == "VX" and mended and mended[-1].tag == "JKO":
            # 볶음밥을 했더니
            token = replace(token, tag="VV")
        if token.form == "요" and token.tag == "MM" and after is not None and after.lemma in ("깔다", "펴다"):
            # 요 깔고 잤다
            token = replace(token, tag="NNG")
        gone_by = token.form == "ᆫ" and mended and mended[-1].form == "지나"
        if gone_by and after is not None and after.form in _SPANS:
            # 지난봄, 지난주
            mended[-1] = replace(mended[-1], form="지난", tag="MM", lemma="지난", end=token.end)
            continue
        if token.tag == "VX" and token.form == "보" and len(mended) > 1 and mended[-2].lemma in _OPENED:
            # 앨범을 꺼내 봤다: that is what it was for.
            token = replace(token, tag="VV")
        if token.tag == "VX" and mended and mended[-1].tag[0] in ("N", "J") and mended[-1].tag != "JX":
            # 케이크를 만드는 동안
            token = replace(token, tag="VV")
        closing = after is None or after.tag in ("SF", "SE", "SP", "SW")
        verb = _IN_BRIEF.get(token.form) if token.tag == "NNG" and closing and mended else None
        if verb and mended[-1].tag in ("NNG", "NNP", "SL", "JKO", "JKB") and _no_date(mended[-1]):
            # 노을 봄, 집에 감: a verb told in brief, no season and no fruit.
            mended.append(replace(token, form=verb.removesuffix("다"), tag="VV", lemma=verb))
            token = replace(token, form="ᆷ", tag="ETN", lemma="ᆷ", start=token.end)
        mended.append(token)
    return mended


def _particle(token: Morpheme | None) -> bool:
    return token is not None and (token.tag[0] == "J" or token.tag in ("XSV", "VV"))


def _no_date(token: Morpheme) -> bool:
    return token.form not in WORDS["today"] | WORDS["long_ago"] | WORDS["span"]
