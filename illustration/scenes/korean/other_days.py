"""What belongs to another day, or to every day, not to this one. Works on the sentences of a whole diary."""

from __future__ import annotations

import itertools

from illustration.scenes.korean.days import DOERS, Reading, has_today, mark
from illustration.scenes.korean.morphemes import WORDS, Morpheme
from illustration.scenes.korean.words import Found


def mark_other_days(readings: list[Reading], *, today: bool = False) -> None:
    """Set the status of what belongs to another day, or to every day, to "past"; a diary all about one stays real."""
    today = today or any(has_today(reading.tokens) for reading in readings)
    recent_first = False
    for index, reading in enumerate(readings):
        contrast = any(
            has_today(each.tokens) and any(token.form in WORDS["topic"] for token in each.tokens)
            for each in readings[index : index + 2]
        )
        other = False
        for number, clause in enumerate(reading.clauses):
            inside = reading.inside(clause)
            if has_today(inside):
                other = False
            marker = _other_day(inside)
            if marker == "habit" and not contrast:
                marker = ""
            if number and reading.clauses[number - 1].link.endswith("다고"):
                # 어제 바다에 갔다고 자랑했다: today.
                other = False
            if marker or other:
                told = _told_by(reading, number)
                mark([item for item in reading.items(number) if item not in told], "past")
                if (
                    marker == "recent"
                    and index == 0
                    and clause.tag != "ETM"
                    and not clause.link.endswith("다고")
                ):
                    recent_first = True
            other = other or bool(marker and clause.tag != "ETM")
            lived = number and clause.tag == "ETM" and reading.clauses[number - 1].link == ""
            if lived and not marker and _other_day(reading.inside(reading.clauses[number - 1])):
                # 어릴 때 살던 집에 가 봤다: today.
                other = False
            just_now = any(token.form in ("아까", "방금", "있") for token in inside)
            if clause.tag == "ETM" and clause.link.endswith("던") and not just_now:
                # 싸웠던 친구가 사과했다, 살던 동네에 갔다
                mark(reading.items(number), "past", ("action",))
            _of_old_photos(reading, number)
        _those_gone(reading)
    _still_here(readings)
    if recent_first and not today:
        _give_back(readings)
    real = [item for reading in readings for item in reading.found if item.status == "real"]
    if not today and not any(item.concept.kind not in ("mood", "time", "season") for item in real):
        _give_back(readings)


def _told_by(reading: Reading, number: int) -> list[Found]:
    """엄마가 어렸을 때 소를 키웠다고 하셨다: she who tells of it is there."""
    for clause, following in itertools.pairwise(reading.clauses[number:]):
        if clause.link.endswith("다고") and following.lemmas & WORDS["saying"]:
            return [
                item for item in reading.items(number) if item.concept.kind == "person" and item.role in DOERS
            ]
        if clause.tag == "EF":
            break
    return []


def _of_old_photos(reading: Reading, number: int) -> None:
    """아기 때 사진: no baby is there."""
    for item in reading.items(number):
        rest = [token.form for token in reading.tokens[item.last + 1 : item.last + 3]]
        old = item.concept.kind == "person" or {item.said} & WORDS["young"]
        if old and rest[:1] in (["때"], ["시절"]):
            mark([item], "past")


def _still_here(readings: list[Reading]) -> None:
    """할아버지는 젊었을 때 배를 타셨다. 오늘은 장기를 두셨다: whom the next sentence honours is there."""
    for reading, following in itertools.pairwise(readings):
        honours = any(token.tag == "EP" and token.form in ("시", "으시") for token in following.tokens)
        named = any(item.concept.kind == "person" and item.role in DOERS for item in following.found)
        if honours and not named:
            for item in reading.found:
                if item.status == "past" and item.concept.kind == "person" and item.role in DOERS:
                    item.status = "real"


def _give_back(readings: list[Reading]) -> None:
    for reading in readings:
        for item in reading.found:
            if item.status == "past":
                item.status = "real"


def _other_day(inside: list[Morpheme]) -> str:
    """ "recent", "long" or "habit" where a clause names another day than this, else ""."""
    for index, token in enumerate(inside):
        after = inside[index + 1] if index + 1 < len(inside) else None
        if token.form in WORDS["yesterday"] or (token.form == "지난" and token.tag == "MM"):
            return "recent"
        if token.form == "지나" and after is not None and after.form == "ᆫ":
            return "recent"
        if token.form in WORDS["long_ago"]:
            dated = token.form in WORDS["last_year"]
            held = index + 2 < len(inside) and (not dated or inside[index + 2].tag == "JKO")
            if after is not None and after.tag == "NNG" and held and after.form not in WORDS["span"]:
                # 옛날 노래: heard on this day; 작년 이맘때는 제주도에서: it was not.
                continue
            return "long"
        if token.form in WORDS["usually"]:
            return "habit"
        if after is not None and token.form in WORDS["span"] and after.form == "전" and after.tag == "NNG":
            return "long"
        if token.form in ("때", "적", "시절") and index >= 1:
            if after is not None and after.tag == "NNG" and inside[index - 1].tag == "NNG":
                # 아기 때 사진: the photo is of this day.
                continue
            earlier = {each.lemma for each in inside[max(0, index - 3) : index]}
            if earlier & WORDS["young"]:
                return "long"
    return ""


def _those_gone(reading: Reading) -> None:
    """돌아가신 할머니, 강아지가 죽은 지 일 년: they are remembered, not there."""
    tokens = reading.tokens
    for index, token in enumerate(tokens[:-1]):
        dead = token.form in ("돌아가", "돌아가시") and (
            tokens[index + 1].form == "시" or token.form == "돌아가시"
        )
        after = [each.form for each in tokens[index + 1 : index + 4]]
        crossed = token.form in ("하늘나라", "무지개다리")
        since = token.lemma in ("죽다", "떠나다") and "지" in after and tokens[index + 1].tag == "ETM"
        if dead or crossed or since:
            for item in reading.found:
                if item.concept.kind in ("person", "animal") and (
                    item.last < index or item.first <= index + 4
                ):
                    mark([item], "past")
