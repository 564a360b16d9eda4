"""How many of a thing a Korean sentence names: 고양이 세 마리, 배를 세 개, 두 친구, 친구들."""

from __future__ import annotations

import re

from illustration.scenes.korean.morphemes import WORDS, Morpheme
from illustration.scenes.korean.words import Found
from illustration.scenes.mentions import MOST_COUNTED

_NUMBERS = {
    "한": 1,
    "하나": 1,
    "두": 2,
    "둘": 2,
    "세": 3,
    "석": 3,
    "서": 3,
    "셋": 3,
    "네": 4,
    "넉": 4,
    "넷": 4,
    "다섯": 5,
    "여섯": 5,
    "일곱": 5,
    "여덟": 5,
    "아홉": 5,
    "열": 5,
    "스무": 5,
    "수십": 5,
    "여러": 3,
    "몇": 3,
}
_IS_SINO = re.compile("[일이삼사오육칠팔구십백천만억수]+")
_SINO = {"일": 1, "이": 2, "삼": 3, "사": 4}
_COUNTABLE = frozenset({"person", "animal", "plant", "food", "thing"})
_PAIRS = frozenset({"쌍", "커플"})
_PLURAL = 2
_BETWEEN = frozenset({"JKS", "JKO", "JX", "MAG", "XSN", "NNG", "SP", "SSC", "SS"})


def count(tokens: list[Morpheme], found: list[Found]) -> None:
    """Set how many (1..5) of each name there are."""
    for index, token in enumerate(tokens):
        number = _number(token)
        if number is None or (index and _number(tokens[index - 1]) is not None):
            continue
        after = index + 1
        while after < len(tokens) and _number(tokens[after]) is not None:
            number, after = MOST_COUNTED, after + 1
        unit = tokens[after] if after < len(tokens) else None
        counted = unit is not None and (unit.tag == "NNB" or unit.form in WORDS["counter"])
        if counted and unit is not None:
            minutes = unit.form == "분" and token.tag == "SN"
            if unit.form in WORDS["measure"] or minutes:
                continue
            if unit.form in _PAIRS:
                number = min(2 * number, MOST_COUNTED)
            after += 1
        elif token.tag == "SN":
            continue
        item = _counted(tokens, found, index, after, bool(counted), token)
        if item is None and counted:
            item = _carried(tokens, found, index, after)
        if item is not None:
            if counted and item.last < after - 1:
                # 사과 한 봉지: the bag only measures.
                found[:] = [other for other in found if other.first != after - 1]
            item.count = max(item.count, min(number, MOST_COUNTED))
    for item in found:
        suffix = tokens[item.last + 1] if item.last + 1 < len(tokens) else None
        group = tokens[item.last].form in WORDS["groups"]
        if (
            suffix is not None
            and suffix.form == "들"
            and suffix.tag == "XSN"
            and item.count == 1
            and not group
        ):
            item.count = _PLURAL


def _number(token: Morpheme) -> int | None:
    if token.tag == "SN":
        digits = token.form.replace(",", "")
        return max(1, min(int(digits), MOST_COUNTED)) if digits.isdecimal() and len(digits) < 10 else None
    if token.tag not in ("MM", "NR"):
        return None
    sino = (
        next((_SINO.get(sign, MOST_COUNTED) for sign in token.form), 0)
        if _IS_SINO.fullmatch(token.form)
        else 0
    )
    return _NUMBERS.get(token.form) or (sino if len(token.form) == 1 else MOST_COUNTED if sino else None)


def _counted(
    tokens: list[Morpheme], found: list[Found], first: int, after: int, counted: bool, number: Morpheme
) -> Found | None:
    things = [item for item in found if item.concept.kind in _COUNTABLE]
    following = next((item for item in things if item.first >= after), None)
    linked = following is not None and (
        following.first == after or (following.first == after + 1 and tokens[after].form == "의")
    )
    earlier = [item for item in things if item.last < first]
    gap = tokens[earlier[-1].last + 1 : first] if earlier else []
    # 고양이 세 마리, 배를 세 개, 병아리가 네 마리; not across a verb.
    near = bool(earlier) and len(gap) <= 3 and all(token.tag in _BETWEEN for token in gap)
    beside = near and not any(token.tag in ("NNG", "SP") for token in gap)
    if linked and not (
        beside and counted and tokens[after - 1].form != "의" and not _genitive(tokens, after)
    ):
        return following
    if near and (counted or number.tag == "NR" or not linked):
        if number.tag == "MM" and not counted:
            return None
        return earlier[-1]
    return None


def _carried(tokens: list[Morpheme], found: list[Found], first: int, after: int) -> Found | None:
    """요구르트를 친구가 줘서 두 개 마셨다: the object of the clause before is what is counted."""
    verb = tokens[after] if after < len(tokens) else None
    if verb is None or verb.tag != "VV":
        return None
    clause = next((item.clause for item in found if item.first > first), None)
    earlier = [
        item
        for item in found
        if item.last < first
        and item.role in ("object", "topic")
        and item.concept.kind in ("food", "thing", "plant")
    ]
    return earlier[-1] if earlier and earlier[-1].clause != clause else None


def _genitive(tokens: list[Morpheme], after: int) -> bool:
    return after < len(tokens) and tokens[after].form == "의"
