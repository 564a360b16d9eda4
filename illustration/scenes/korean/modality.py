"""Whether a clause tells what happened, or what was wished, planned, supposed, asked or nearly done."""

from __future__ import annotations

import itertools
from typing import Literal

from illustration.scenes.korean.morphemes import WORDS, Morpheme

Modality = Literal["real", "desire", "future", "if", "asked", "guess", "almost", "pretended", "told"]
"""desire: 가고 싶다, whose doer is there; future: plans and duties; if: conditions; asked: questions, requests,
proposals; guess: 올 것 같다; almost: 넘어질 뻔했다; pretended: 자는 척하다, 터질 만큼; told: what somebody said
would be."""


def modality_of(tokens: list[Morpheme], first: int, last: int, negated: bool, past: bool) -> Modality:
    """The modality that the endings of the clause ``first``..``last`` give it, without the clauses around it."""
    inside = tokens[first : last + 1]
    ending = next((token for token in reversed(inside) if token.tag in ("EC", "EF", "ETM", "ETN")), None)
    lemmas = {token.lemma for token in inside}
    forms = {token.form for token in inside}
    if ending is None:
        return _by_sign(tokens, last, inside)
    if "실화" in forms:
        # 백 포기 실화냐: no question.
        return "real"
    if any(
        one.form in ("plan", "계획", "예정") and two.tag == "VCP" for one, two in itertools.pairwise(inside)
    ):
        return "future"
    supposed = _after_adnominal(tokens, inside, lemmas, past, negated)
    if supposed is not None:
        return supposed
    if any(token.tag == "VX" and token.lemma == "싶다" for token in inside):
        # 보고 싶다 is a wish; 왔나 싶다 a thought.
        found_out = forms & {"구나", "는구나", "다", "네"}
        return "desire" if "고" in forms else "real" if found_out else "guess"
    if any(
        token.tag == "ETN" and token.form == "기" and follower.form in ("로", "약속", "결심")
        for token, follower in itertools.pairwise(inside)
    ):
        return "future"
    if ending.tag == "ETN" and _too(tokens, last):
        # 먹기엔 너무 춥다
        return "future"
    if lemmas & {"바라다", "원하다", "빌다", "기원하다", "희망하다"} and any(
        token.tag == "ETN" and token.form == "기" for token in inside
    ):
        # 의사가 되길 바라신다
        return "desire"
    if any(token.form == "싫" for token in inside) and any(token.tag == "ETN" for token in inside):
        return "desire"
    if any(token.tag == "EP" and token.form == "겠" for token in inside) and not lemmas & WORDS["certain"]:
        return "future"
    if any(token.form.endswith("야") and token.tag == "EC" for token in inside) and (
        not past or ending.form in ("는데", "지만")
    ):
        return "future"
    if ending.form in WORDS["abandoned_ending"]:
        return "desire"
    if ending.form in WORDS["aim_ending"] and last + 1 < len(tokens):
        return "real"
    if any(token.tag == "EC" and token.form in WORDS["aim_ending"] for token in inside):
        return "desire"
    proposed = any(
        one.tag == "EC" and one.form in WORDS["asking_ending"] and two.form == "하"
        for one, two in itertools.pairwise(inside)
    )
    if proposed and ending.tag in ("EC", "EF"):
        # 고양이를 데려오자고 했지만
        return "asked"
    if ending.form in WORDS["if_ending"] and not lemmas & WORDS["not_if"]:
        return "if"
    ordered = ending.form in ("라고", "으라고", "어라") and not any(token.tag == "VCP" for token in inside)
    final = ending.tag == "EF" and ending.form in WORDS["asking_final"]
    if (
        ordered
        or final
        or ending.form in WORDS["asking_ending"]
        or any(token.form in ("ᆯ까", "을까") for token in inside)
    ):
        return "asked"
    if (
        ending.tag == "EC"
        and ending.form in ("는지", "은지", "ᆫ지")
        and any(token.tag == "VV" for token in inside)
    ):
        # 고라니가 내려왔는지: only guessed at; 얼마나 웃었는지: certain.
        return "real" if forms & WORDS["wondering"] or not past else "guess"
    if ending.form in WORDS["will_ending"]:
        return "future"
    if ending.form in WORDS["hearsay_ending"]:
        return "told" if any(token.tag in ("VV", "XSV") for token in inside) else "real"
    if ending.form in WORDS["telling_ending"]:
        verbal = any(token.tag in ("VV", "XSV") for token in inside)
        return "told" if verbal and not past else "real"
    if ending.form == "기" and last > first and any(token.form == "전" for token in inside[-3:]):
        return "real"
    return _by_sign(tokens, last, inside)


def _too(tokens: list[Morpheme], last: int) -> bool:
    """Whether 기에는 follows, and that it is too early, too dear or too much for it."""
    rest = tokens[last + 1 : last + 7]
    return bool(rest) and rest[0].form == "에" and any(token.lemma in WORDS["too"] for token in rest)


def _by_sign(tokens: list[Morpheme], last: int, inside: list[Morpheme]) -> Modality:
    """A question is none where it only wonders at what is: 왜 이렇게 맛있지?"""
    sign = tokens[last + 1].form if last + 1 < len(tokens) else inside[-1].form
    if "?" not in sign:
        return "real"
    return "real" if {token.form for token in inside} & WORDS["wondering"] else "asked"


def _after_adnominal(
    tokens: list[Morpheme], inside: list[Morpheme], lemmas: set[str], past: bool, negated: bool
) -> Modality | None:
    for index, token in enumerate(inside[:-1]):
        if token.tag != "ETM":
            continue
        noun = inside[index + 1]
        to_come = token.form in ("ᆯ", "을")
        if noun.form in ("척", "체") or (to_come and noun.form in ("만큼", "정도", "지경")):
            return "pretended"
        if noun.form == "줄" and "알다" in lemmas and not to_come and (past or inside[-1].form == "고"):
            # 불이 난 줄 알았다, 눈 오는 줄 알고: it was none.
            return "pretended"
        claimed = noun.form in ("것", "거") and inside[-1].form in ("라며", "라면서") and not past
        if claimed and "이다" in lemmas:
            # 아기들이나 타는 거라며 놀렸다
            return "told"
        if noun.form == "듯" or (noun.form == "것" and "같다" in lemmas and to_come):
            as_if = {token.lemma for token in inside[:index]} & WORDS["as_if"]
            return "guess" if to_come and not as_if else "real"
        if noun.form == "것" and "같다" in lemmas and inside[index - 1].lemma in ("놓다", "두다"):
            # 벽돌을 쌓아 놓은 것 같았다
            return "pretended"
        if not to_come:
            continue
        if noun.form == "뻔":
            return "almost"
        if noun.form == "수" and "있다" in lemmas and not past and inside[-1].tag == "EF":
            # 곶감은 겨울에 먹을 수 있다
            return "future"
        if noun.form == "줄":
            # 올 줄 알았다, 수영을 할 줄 안다
            return "real" if "모르다" in lemmas else "guess" if "알다" in lemmas else "real"
        if noun.form in WORDS["planning"] or (
            noun.form in ("것", "거", "걸") and lemmas & {"이다", "아니다", "그렇다", "같다"}
        ):
            return "future"
        if noun.form == "거" or noun.form == "지":
            return "future" if inside[-1].tag in ("EF", "ETM") else None
    last = inside[-1]
    kept = any(
        token.tag == "ETM" and after.form in ("것", "거") for token, after in itertools.pairwise(inside)
    )
    if (
        kept
        and last.tag[0] == "J"
        and any(token.tag == "ETM" and token.form in ("ᆯ", "을") for token in inside)
    ):
        # 어머니께 드릴 것도: for later.
        return "future"
    if last.tag == "ETM" and last.form in ("ᆯ", "을"):
        # 먹을 빵 is bread for later; 갈 때 is a time that was.
        return "future"
    return None
