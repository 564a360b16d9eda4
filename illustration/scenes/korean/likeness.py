"""Names that stand for something else: comparisons, idioms, pictures of things, pretences."""

from __future__ import annotations

import itertools

from illustration.scenes.korean.clauses import Clause
from illustration.scenes.korean.morphemes import WORDS, Morpheme
from illustration.scenes.korean.words import Found
from illustration.scenes.lexicon import Lexicon

_SKY = frozenset({"cloud", "dark cloud", "storm", "wave", "fog", "sunshine", "sun", "rainbow"})
_NEAR = 4
_SHAPED = frozenset({"animal", "plant", "food", "thing", "person", "weather"})


def liken(tokens: list[Morpheme], clauses: list[Clause], found: list[Found], lexicon: Lexicon) -> list[str]:
    """Set the status of what is only compared with, or part of an idiom, to "likened". Returns the idioms' moods."""
    for number, item in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        if _kind_of(tokens, item, following):
            item.status = "likened"
        if _compared(tokens, clauses, item, following, lexicon) or _shape(tokens, item, following):
            item.status = "likened"
    for item, following in itertools.pairwise(found):
        # 인형 옷만 했다
        whose = item.role in ("owner", "bare") and following.first == item.last + 1
        if whose and following.status == "likened" and item.concept.kind in _SHAPED:
            item.status = "likened"
    moods = []
    for first, last, mood in _idioms(tokens):
        moods += [mood] if mood else []
        for item in found:
            if first <= item.first and item.last <= last and item.concept.kind not in ("mood",):
                item.status = "likened"
    moods += _inner_weather(tokens, found)
    for number, clause in enumerate(clauses):
        if clause.modality in ("pretended", "almost"):
            for item in found:
                # 강의실에서 소리 지를 뻔했다: it was there that it nearly happened.
                if item.clause == number and item.role not in ("topic", "at"):
                    item.status = "likened"
    return moods


def _compared(
    tokens: list[Morpheme],
    clauses: list[Clause],
    item: Found,
    following: Found | None,
    lexicon: Lexicon,
) -> bool:
    index = item.last + 1
    while index < len(tokens) and tokens[index].tag in ("XSN", "NNB") and tokens[index].form != "듯":
        index += 1
    rest = tokens[index : index + 5]
    if not rest:
        return False
    # 양 떼 같았다: the flock is part of what is compared with.
    if rest[0].tag == "NNG" and len(rest) > 1 and rest[1].lemma == "같다":
        rest = rest[1:]
    first = rest[0]
    if first.form == "같이" and item.concept.kind == "time":
        # 새벽같이 일어났다
        return False
    if first.form in WORDS["like_particle"]:
        return True
    if first.lemma == "같다":
        exemplar = len(rest) > 2 and rest[1].tag == "ETM" and rest[2].form in ("거", "것")
        if following is not None and following.first == index + 2 and rest[1].tag == "ETM":
            exemplar = following.concept.name in list(lexicon.chain(item.concept.name))[1:]
        return not exemplar
    # 주먹만 한, 콩알만 해졌다
    if (
        first.form == "만"
        and len(rest) > 1
        and rest[1].lemma == "하다"
        and rest[1].tag in ("VV", "VA", "XSA")
    ):
        return tokens[item.last].tag in ("NNG", "NNP")
    # 솜사탕인 줄 알았다
    if first.tag == "VCP" and [token.form for token in rest[1:3]] in (["ᆫ", "줄"], ["ᆫ", "양"], ["ᆫ", "듯"]):
        return True
    # 이모라고 부르셨다
    said = first if first.tag != "VCP" else rest[1] if len(rest) > 1 else first
    verbs = {token.lemma for token in tokens[index : index + 6]}
    if said.form in ("라고", "이라고") and verbs & WORDS["called"]:
        return True
    # 비 오듯, 날아갈 듯이
    clause = clauses[item.clause]
    if (
        clause.link in WORDS["like_ending"]
        and item.role in ("bare", "subject", "object")
        and first.tag != "JX"
    ):
        return item.last < clause.last
    particles = [token for token in rest if token.tag in ("JKO", "JC", "JKB", "JKS")]
    after = rest[1] if particles[:1] == [first] and len(rest) > 1 else first
    return after.lemma in WORDS["resemble"] and item.role in ("object", "with", "bare")


def _kind_of(tokens: list[Morpheme], item: Found, following: Found | None) -> bool:
    """요가 바지, 축구 선수: a deed's noun only says what kind of thing, or whose."""
    noun = item.concept.kind == "action" and tokens[item.last].tag in ("NNG", "NNP", "XR")
    beside = following is not None and following.first == item.last + 1
    return noun and beside and following is not None and following.concept.kind in ("thing", "person")


def _shape(tokens: list[Morpheme], item: Found, following: Found | None) -> bool:
    """토끼 모양, 공룡 인형, 꽃무늬: not the thing itself; 딸기 맛 goes for what tastes so."""
    if item.concept.kind not in _SHAPED or item.last + 1 >= len(tokens):
        return False
    noun = tokens[item.last + 1]
    if noun.form == "의" and item.last + 2 < len(tokens):
        noun = tokens[item.last + 2]
    if noun.form in WORDS["shape"]:
        return True
    worn = (
        item.concept.kind in ("food", "plant")
        and noun.form in WORDS["worn"]
        and noun is tokens[item.last + 1]
    )
    if worn:
        # 호박 옷, 딸기 잠옷
        return True
    creature = item.concept.kind == "animal" or item.concept.name in WORDS["fancy"]
    return (
        creature and noun.form in WORDS["toy"] and following is not None and following.first <= item.last + 2
    )


def _inner_weather(tokens: list[Morpheme], found: list[Found]) -> list[str]:
    """내 마음에는 먹구름이 꼈다: no weather of this day; the moods that it tells."""
    moods = []
    for item in found:
        if item.concept.kind not in ("weather", "season", "plant") and item.concept.name not in _SKY:
            continue
        before = tokens[max(0, item.first - _NEAR) : item.first]
        if any(token.form in WORDS["inner"] for token in before) and item.status == "real":
            item.status = "likened"
            fair = item.concept.kind != "weather" or item.concept.name in ("sunny", "warm")
            moods.append("happy" if fair else "sad")
    return moods


def _idioms(tokens: list[Morpheme]) -> list[tuple[int, int, str]]:
    """Where all words of an idiom stand in their order, with at most two morphemes between neighbours; its mood."""
    found = []
    lemmas = [token.lemma for token in tokens]
    forms = [token.form for token in tokens]
    for first in range(len(tokens)):
        for idiom, mood in (*IDIOMS.get(forms[first], ()), *IDIOMS.get(lemmas[first], ())):
            index = first
            for word in idiom[1:]:
                reach = range(index + 1, min(index + 4, len(tokens)))
                index = next((at for at in reach if word in (lemmas[at], forms[at])), -1)
                if index < 0:
                    break
            if index >= 0:
                found.append((first, index, mood))
    return found


def _by_first_word() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for line in WORDS["idioms"]:
        phrase, _, mood = line.partition("=")
        words = tuple(phrase.split("_"))
        table.setdefault(words[0], []).append((words, mood.replace("-", " ")))
    return table


IDIOMS = _by_first_word()
"""Idioms by their first word: all their words and, where they tell one, their mood."""
