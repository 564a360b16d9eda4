"""Names that stand for something else: comparisons, idioms, pictures of things, pretences."""

from __future__ import annotations

import itertools

from illustration.scenes.korean.clauses import Clause
from illustration.scenes.korean.morphemes import WORDS, Morpheme
from illustration.scenes.korean.words import Found
from illustration.scenes.lexicon import Lexicon

_SKY = frozenset({"cloud", "dark cloud", "storm", "wave", "fog", "sunshine", "sun", "rainbow"})
_NEAR = 4
_SAID = frozenset({"부르다", "읽다", "보다", "틀다", "듣다", "배우다", "외우다", "쓰다", "적다", "발음하다"})
_FAR = 6
_BEARER = ("subject", "topic")
_SHAPED = frozenset({"animal", "plant", "food", "thing", "person", "weather"})


def liken(tokens: list[Morpheme], clauses: list[Clause], found: list[Found], lexicon: Lexicon) -> list[str]:
    """Set the status of what is only compared with, or part of an idiom, to "likened". Returns the idioms' moods."""
    for number, item in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        if _kind_of(tokens, item, following):
            item.status = "likened"
        if _compared(tokens, clauses, item, following, lexicon) or _shape(tokens, item, following):
            item.status = "likened"
        if _called(tokens, found, item) or _seems(tokens, clauses, item):
            item.status = "likened"
        if _turned_into(tokens, found, item) or _as_if(tokens, clauses, found, item) or _word(tokens, item):
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
                # 강의실에서 소리 지를 뻔했다: it was there that it nearly happened; 부케는 내가 받을 뻔: no bouquet.
                spoken = any(token.tag == "JKS" for token in tokens[clause.first : clause.last + 1])
                meant = item.role == "topic" and spoken and item.concept.kind in ("thing", "food", "plant")
                if item.clause == number and (meant or item.role not in ("topic", "at")):
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
    while index < len(tokens) and tokens[index].tag in ("XSN", "NNB", "SSC") and tokens[index].form != "듯":
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
    named = any(token.form in ("이름", "별명", "태명") for token in tokens)
    if said.form in ("라고", "이라고") and (named or verbs & WORDS["called"]):
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
    if tokens[item.last].form in ("출근", "퇴근", "등교", "하교", "통학", "통근"):
        # 출근 버스: on the way to work, it was.
        return False
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
    singable = item.concept.kind in ("animal", "plant", "food", "weather") and noun is tokens[item.last + 1]
    if singable and noun.form in WORDS["performed"] and tokens[item.last].tag in ("NNG", "NNP"):
        # 나비 노래, 사자춤
        return True
    before = tokens[item.first - 1].form if item.first else ""
    if item.concept.kind == "animal" and before in ("장난감", "모형", "가짜", "플라스틱"):
        # 장난감 쥐
        return True
    creature = item.concept.kind == "animal" or item.concept.name in WORDS["fancy"]
    return (
        creature and noun.form in WORDS["toy"] and following is not None and following.first <= item.last + 2
    )


def _turned_into(tokens: list[Morpheme], found: list[Found], item: Found) -> bool:
    """얼굴이 홍당무가 됐다, 방이 바다가 됐다: no carrot and no sea; 물이 얼음이 됐다 is as it says."""
    rest = tokens[item.last + 1 : item.last + 3]
    becoming = len(rest) == 2 and rest[0].tag in ("JKC", "JKS") and rest[1].lemma in ("되다", "변하다")
    # 호랑이로 변하신다
    becoming = becoming or (
        len(rest) == 2
        and rest[0].form in ("로", "으로")
        and rest[1].lemma in ("변하다", "변신", "돌변", "둔갑")
    )
    if not becoming or item.concept.kind not in (*_SHAPED, "place") or item.concept.kind == "person":
        return False
    before = [
        token for token in tokens[max(0, item.first - _NEAR) : item.first] if token.tag in ("NNG", "NP")
    ]
    bearer = next(
        (
            each
            for each in reversed(found)
            if each.last < item.first and each.role in _BEARER and each.concept.kind not in ("mood", "action")
        ),
        None,
    )
    nicknamed = any(token.form in ("별명", "애칭", "별칭") for token in before)
    body = bool(before) and (nicknamed or before[-1].form in WORDS["body"] | WORDS["inner"] | WORDS["writer"])
    return body or (bearer is not None and bearer.concept.kind in ("person", "place"))


def _seems(tokens: list[Morpheme], clauses: list[Clause], item: Found) -> bool:
    """벌써 바다 냄새가 나는 것 같다"""
    after = tokens[item.last + 1].form if item.last + 1 < len(tokens) else ""
    return after in ("냄새", "소리", "향기", "향") and "같다" in clauses[item.clause].lemmas


def _called(tokens: list[Morpheme], found: list[Found], item: Found) -> bool:
    """내 동생은 원숭이다, 내 별명은 토끼다: no animal."""
    after = tokens[item.last + 1] if item.last + 1 < len(tokens) else None
    if after is None or after.tag != "VCP" or item.concept.kind not in ("animal", "plant"):
        return False
    before = tokens[max(0, item.first - _FAR) : item.first]
    topic = next((at for at in range(len(before) - 1, 0, -1) if before[at].tag in ("JX", "JKS")), None)
    if topic is None:
        return False
    noun = before[topic - 1]
    named = noun.form in ("별명", "이름", "태명", "애칭") or (
        noun.tag == "NP" and noun.form in WORDS["writer"]
    )
    bearer = any(
        each.concept.kind == "person" and tokens[each.last] is noun for each in found if each is not item
    )
    return named or bearer


def _as_if(tokens: list[Morpheme], clauses: list[Clause], found: list[Found], item: Found) -> bool:
    """배가 수박을 안은 것 같다, 별이 설탕 뿌린 것 같았다: what a thing does as people do; 거울 속에 펭귄: oneself."""
    clause = clauses[item.clause]
    before = [token.form for token in tokens[clause.first : item.first]]
    if item.concept.kind == "animal" and "거울" in before:
        return True
    seems = "같다" in clause.lemmas and any(
        token.tag == "ETM" and token.form in ("ᆫ", "은") and after.form in ("것", "거")
        for token, after in itertools.pairwise(tokens[clause.first : clause.last + 1])
    )
    if not seems or item.role not in ("object", "bare"):
        return False
    doer = next((each for each in found if each.clause == item.clause and each.role in _BEARER), None)
    named = next(
        (
            token
            for token, after in itertools.pairwise(tokens[clause.first : item.first])
            if after.tag in ("JKS", "JX")
        ),
        None,
    )
    lifeless = doer is None or doer.concept.kind not in ("person", "animal")
    return named is not None and named.tag in ("NNG", "NNP") and lifeless and item is not doer


def _word(tokens: list[Morpheme], item: Found) -> bool:
    """'봄'자를 썼다, 동요 '나비야'를 불렀다, apple이라고 말했다: the word, the song, not the thing."""
    if item.concept.kind not in (*_SHAPED, "season", "place", "action"):
        return False
    after = item.last + 1
    part = tokens[item.first].form == "역" and item.first and tokens[item.first - 1].tag == "NNG"
    if part and tokens[item.first - 1].form not in WORDS["station_of"] and after < len(tokens):
        # 제비 역이었다, 토끼 역을 맡았다
        return tokens[after].tag in ("VCP", "JKO") and item.concept.kind == "place"
    quoted = tokens[item.first].quoted
    while after < len(tokens) and tokens[after].quoted:
        after += 1
    closed = after < len(tokens) and tokens[after].tag in ("SS", "SSC", "SW", "SY")
    rest = tokens[after + closed : after + closed + 3]
    if not rest:
        return False
    if quoted and not any(token.tag in ("VV", "VA", "VCP") for token in tokens[item.first : after]):
        sung = rest[0].tag == "JKO" and any(token.lemma in _SAID for token in tokens[after : after + 8])
        return (
            rest[0].form in WORDS["sign"] or sung or any(token.form in WORDS["sign"] for token in rest[1:2])
        )
    said = rest[0].form in ("라고", "이라고") or (
        rest[0].tag == "VCP" and len(rest) > 1 and rest[1].form == "라고"
    )
    verb = next((token for token in rest[1:] if token.tag in ("VV", "XSV")), None)
    foreign = tokens[item.last].tag == "SL" and any(token.lemma == "하다" for token in rest[1:])
    named = verb is not None and verb.lemma in WORDS["naming"]
    return said and (named or foreign) and item.concept.kind != "person"


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
