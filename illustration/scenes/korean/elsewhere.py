"""Who and what a Korean diary names although they are somewhere else, or have yet to come."""

from __future__ import annotations

import itertools

from illustration.scenes.korean.away import mark_away
from illustration.scenes.korean.days import DOERS, Reading, mark
from illustration.scenes.korean.morphemes import WORDS
from illustration.scenes.korean.reports import mark_reports

_ANYTHING = ("person", "animal", "plant", "food", "thing", "place", "occasion", "action")
_HELD = frozenset({"열리다", "있다", "하다", "치르다", "시작되다", "시작하다", "보다"})
_COMING = frozenset({"오다", "내려오다", "올라오다", "돌아오다", "건너오다", "나오다"})
_TRIED = frozenset({"다고", "대", "다는데", "다던데", "다며"})


def mark_elsewhere(readings: list[Reading]) -> None:
    """Set the status of what is not here to "wished", of what was once done elsewhere to "past"."""
    for reading in readings:
        mark_reports(reading)
        _not_yet(reading)
        _for_somebody(reading)
        _kept_by(reading)
        _spoken_of(reading)
        _senders(reading)
        _sent_to(reading)
        _called_up(reading)
        _origins(reading)
        _to_come(reading)
    mark_away(readings)


def _not_yet(reading: Reading) -> None:
    """남편은 아직 퇴근 전, 합격 문자는 아직, 수능까지 백일, 강아지는 안 된댔다: what has not come."""
    tokens = reading.tokens
    for number, clause in enumerate(reading.clauses):
        inside = reading.inside(clause)
        forms = [token.form for token in inside if token.tag[0] != "S"]
        before = "아직" in forms and any(
            token.form == "전" and token.tag == "NNG" and (not after or after[0].tag in ("VCP", "SF", "SP"))
            for token, *after in ((each, *inside[at + 1 : at + 2]) for at, each in enumerate(inside))
        )
        open_still = clause.predicate is None and forms[-1:] == ["아직"]
        # 단풍은 아직이었다
        open_still = open_still or any(
            token.form == "아직" and after.tag == "VCP" for token, after in itertools.pairwise(inside)
        )
        if before or open_still:
            mark(reading.items(number), "wished", _ANYTHING)
        forbidden = clause.negated and clause.lemmas == {"되다"} and clause.modality == "told"
        for item in reading.items(number):
            rest = tokens[item.last + 1 : item.last + 3]
            kin = item.concept.kind == "person"
            days = len(rest) > 1 and rest[0].form == "까지" and clause.predicate is None
            counted = days and (rest[1].form in WORDS["days"] | {"백일", "며칠"} or rest[1].tag == "SN")
            if counted or (forbidden and item.role in ("topic", "bare", "subject") and not kin):
                mark([item], "wished", _ANYTHING)


def _for_somebody(reading: Reading) -> None:
    """손주 주려고 샀다, 엄마 갖다주려고: for whom it is need not be there."""
    for number, clause in enumerate(reading.clauses):
        aim = {token.form for token in reading.inside(clause)} & WORDS["aim_ending"]
        giving = any(token.lemma in ("주다", "보내다", "부치다") for token in reading.inside(clause))
        if aim and giving and not clause.negated:
            near = [item for item in reading.items(number) if item.role in ("bare", "with", "to")]
            before = (
                reading.items(number - 1)
                if number and clause.first - 1 == reading.clauses[number - 1].last
                else []
            )
            led = [
                item for item in before if item.role == "bare" and reading.clauses[number - 1].link == "다"
            ]
            mark([*near, *led], "wished", ("person",))


def _to_come(reading: Reading) -> None:
    """이번 주말에 열릴 축제를 위해 현수막을 그렸다: what is yet to be held."""
    for clause in reading.clauses[:-1]:
        if clause.tag != "ETM" or clause.modality != "future" or not clause.lemmas & _HELD:
            continue
        head = next((item for item in reading.found if item.first > clause.last), None)
        if head is not None and head.first <= clause.last + 2:
            mark([head], "wished", ("occasion", "action"))


def _kept_by(reading: Reading) -> None:
    """아빠는 회사 일 때문에 늦으셨다: what keeps somebody is elsewhere."""
    for number, _ in enumerate(reading.clauses):
        items = reading.items(number)
        kept = any(item.concept.kind == "person" and item.role in DOERS for item in items)
        for item in items if kept else ():
            after = reading.tokens[item.last + 1 : item.last + 3]
            if item.concept.kind in ("place", "action") and any(
                token.form in WORDS["because"] for token in after
            ):
                mark([item], "wished")


def _sent_to(reading: Reading) -> None:
    """할머니께 편지를 보냈다: she is not here."""
    for number, clause in enumerate(reading.clauses):
        if clause.lemmas & {"보내다", "부치다", "전송하다", "보내주다"} and not clause.negated:
            sent = any(token.tag == "JKO" for token in reading.inside(clause))
            for item in reading.items(number) if sent else ():
                if reading.after(item) in ("에게", "한테", "께"):
                    mark([item], "wished", ("person",))


def _called_up(reading: Reading) -> None:
    """할머니 댁에 전화를 했다: neither the house nor who lives there is here."""
    for number, clause in enumerate(reading.clauses):
        phoned = "전화하다" in clause.lemmas or any(
            token.form in ("전화", "통화") and after.tag == "JKO"
            for token, after in itertools.pairwise(reading.inside(clause))
        )
        for place in reading.items(number) if phoned else ():
            if place.concept.kind == "place" and place.role == "to":
                mark(
                    [item for item in reading.items(number) if item.first >= place.first],
                    "wished",
                    ("place",),
                )
                mark(
                    [item for item in reading.items(number) if place.first <= item.first <= place.last],
                    "wished",
                    ("person",),
                )


def _origins(reading: Reading) -> None:
    """전학생이 제주도에서 왔다, 말을 타 봤다고 했다: where somebody is from, and what they have once done."""
    for number, clause in enumerate(reading.clauses):
        inside = reading.inside(clause)
        once = clause.past and {token.form for token in inside} & _TRIED and clause.predicate is not None
        tried = any(
            token.tag == "VX" and token.form == "보" and after.form in WORDS["past_tense"]
            for token, after in itertools.pairwise(inside)
        )
        if once and tried:
            mark(reading.items(number), "past", _ANYTHING[1:])
        for item in reading.items(number):
            town = reading.tokens[item.last]
            abroad = item.concept.kind == "place" and item.role == "at"
            abroad = abroad and (town.tag == "NNP" or town.form in WORDS["far_off"])
            if abroad and clause.lemmas & _COMING and not clause.lemmas & {"가다", "나가다"}:
                mark([item], "past")


def _senders(reading: Reading) -> None:
    """손주가 보낸 털모자: who sent it is not there."""
    for number, clause in enumerate(reading.clauses):
        if clause.tag == "ETM" and clause.lemmas & WORDS["sent"] and clause.link in ("ᆫ", "은"):
            doers = [item for item in reading.items(number) if item.role == "subject"]
            mark(doers, "past", ("person",))


def _spoken_of(reading: Reading) -> None:
    """친구 사정으로, 언니 소식을 듣고: the person is not there."""
    for item in reading.found:
        rest = reading.tokens[item.last + 1 : item.last + 3]
        rest = rest[1:] if rest and rest[0].form in ("의", "네", "들") else rest
        named = bool(rest) and rest[0].form == "이름" and reading.clauses[item.clause].negated
        if item.concept.kind == "person" and rest and (rest[0].form in WORDS["matter"] or named):
            mark([item], "wished")
