"""What a Korean sentence only reports of others: 엄마는 늦게 오신다고 했다, 서울은 흐리다고 한다."""

from __future__ import annotations

import itertools

from illustration.scenes.korean.clauses import Clause
from illustration.scenes.korean.days import DOERS, Reading, by_writer, honoured, mark
from illustration.scenes.korean.morphemes import WORDS, Morpheme
from illustration.scenes.korean.words import Found

_HEARD = WORDS["hearsay_ending"] | {"다고", "ᆫ다고", "는다고", "래", "라는데", "라던데", "이래"}
_DONE = ("place", "action", "thing", "food", "animal", "occasion")
_THERE = ("place", "weather", "season", "plant", "thing", "food", "animal")
_COMING_BACK = frozenset({"오다", "돌아오다", "들어오다"})
_LONGEST_REPORT = 4
"""Clauses of one report."""


def mark_reports(reading: Reading) -> None:
    """Set the status of what is only told of, by or of people who are not here, to "wished"."""
    for number, clause in enumerate(reading.clauses):
        following = reading.clauses[number + 1] if number + 1 < len(reading.clauses) else None
        items = reading.items(number)
        heard = {token.form for token in reading.inside(clause)} & _HEARD
        there = any(
            token.form in ("거기", "그곳", "저기") and after.form in ("는", "은", "ᆫ")
            for token, after in itertools.pairwise(reading.inside(clause))
        )
        if heard and (there or any(item.concept.kind == "place" and item.role == "topic" for item in items)):
            mark([item for item in items if reading.after(item) not in WORDS["because"]], "wished", _THERE)
        if following is not None and clause.link in ("다고", "ᆫ다고", "는다고"):
            _of_people(reading, number, following)


def _of_people(reading: Reading, number: int, following: Clause) -> None:
    clause = reading.clauses[number]
    first = _opens_at(reading, number)
    items = [item for at in range(first, number + 1) for item in reading.items(at)]
    doers = [item for item in items if item.concept.kind == "person" and item.role in DOERS]
    by_phone = any(
        before.form in WORDS["calling"] and token.form in ("로", "으로")
        for at in range(first, min(number + 2, len(reading.clauses)))
        for before, token in itertools.pairwise(_at(reading, at))
    )
    if by_phone:
        # 외할머니가 전화로 감자를 캤다고 하셨다
        mark(doers, "wished")
    posted = {token.form for token in _at(reading, number + 1)} & WORDS["feeds"]
    if posted and clause.past and following.lemmas & {"올리다", "보내다", "남기다"}:
        # 친구들은 눈썰매장에 갔다고 단톡방에 사진을 올렸다
        mark(items, "wished", ("person", *_DONE))
    animals = [item for item in items if item.concept.kind == "animal" and item.role in DOERS]
    if animals and "하다" in following.lemmas and not following.past and following.tag == "EF":
        # 고모네 강아지는 아프다고 한다
        mark(items, "wished", ("person", *_DONE))
    if not doers:
        told = following.lemmas & {"하다", "말하다"} and following.tag == "EF"
        # 고슴도치를 봤다고 동생이 우겼다
        told = told or following.lemmas & WORDS["claiming"]
        ours = by_writer(_at(reading, number)) or by_writer(_at(reading, number + 1))
        if clause.past and told and not ours and not clause.adjectival:
            # 탱크를 탔다고 했다
            mark(items, "wished", _DONE)
        return
    told_now = "하다" in following.lemmas and not following.past and following.tag == "EF"
    called = following.lemmas & WORDS["calling"]
    said = following.lemmas & WORDS["saying"] and not by_writer(_at(reading, number + 1))
    if clause.past and said and not clause.adjectival:
        # 할머니가 감자를 캤다고 하셨다: done elsewhere, or long ago.
        mark(items, "wished", _DONE)
    if clause.past and (called or told_now):
        # 언니는 부산에서 배를 탔다고 전화했다, 친구들은 박물관에 갔다고 한다
        mark(items, "wished", _DONE)
    # 엄마는 늦게 오신다고 했다: whoever is honoured only in what is told did not tell it.
    of_another = honoured(reading.inside(clause)) and not honoured(reading.inside(following))
    where = [item for item in items if item.concept.kind == "place" and item.role in ("at", "to")]
    coming = clause.lemmas & WORDS["coming"] and not clause.negated
    late = any(
        token.form in WORDS["later_on"] for at in range(first, number + 1) for token in _at(reading, at)
    )
    # 친구 집에서 자고 온다고 했다
    late = late or (bool(where) and bool(clause.lemmas & _COMING_BACK))
    away = coming and (of_another or late or (told_now and where))
    if away or ((told_now or called) and _staying(reading, clause, where)):
        mark(items, "wished", ("person", *_DONE))


def _staying(reading: Reading, clause: Clause, where: list[Found]) -> bool:
    """누나는 부산에서 바다를 보고 있다고 한다: what goes on elsewhere."""
    lasting = any(token.tag == "VX" and token.lemma == "있다" for token in reading.inside(clause))
    return bool(where) and (lasting or bool(clause.lemmas & WORDS["staying"]))


def _opens_at(reading: Reading, number: int) -> int:
    """The first of the clauses that lead up to the one that closes a report: 회식이라 늦게 오신다고."""
    first = number
    while first and number - first < _LONGEST_REPORT and reading.clauses[first - 1].tag == "EC":
        before = reading.clauses[first - 1]
        if before.past or before.link in ("다가", "는데", "지만", "더니"):
            break
        first -= 1
    return first


def _at(reading: Reading, number: int) -> list[Morpheme]:
    return reading.inside(reading.clauses[number])
