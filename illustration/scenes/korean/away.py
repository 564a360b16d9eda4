"""Who a Korean diary names although they have gone, were kept away, or live elsewhere; with where they are."""

from __future__ import annotations

import itertools

from illustration.scenes.korean.days import DOERS, Reading, by_writer, honoured, mark
from illustration.scenes.korean.morphemes import WORDS

_ANYTHING = ("person", "animal", "plant", "food", "thing", "place", "occasion", "action")
_ALONE = ("혼자", "홀로")
_HERE = frozenset({"자다", "잠들다", "졸다", "없다"})
_GONE = frozenset(
    {"가다", "나가다", "떠나다", "출장가다", "외출하다", "여행하다", "입원하다", "내려가다", "없다"}
)
_MOVED = frozenset({"이사하다", "이사가다", "전학하다", "유학하다", "입대하다"})
_FAREWELL = ("배웅", "배웅하다", "마중", "인사", "인사하다", "공항", "안다", "흔들다", "헤어지다", "역")
_MEANWHILE = ("사이", "동안", "틈", "새")


def mark_away(readings: list[Reading]) -> None:
    """Set the status of those who are away, and of where they are, to "wished"."""
    for reading in readings:
        _away(reading)
        _far_off(reading)
        _kept_away(reading)
        _empty(reading)
        _on_leave(reading)
        _away_now(reading)
    for reading, following in itertools.zip_longest(readings, readings[1:]):
        _departed(reading, following)
    _abroad(readings)


def _away(reading: Reading) -> None:
    """아내가 친정에 가서 혼자 있었다, 남편 출장 간 날에, 엄마가 장 보러 간 사이: who is away is not there."""
    clauses = reading.clauses
    for number, clause in enumerate(clauses):
        if not clause.lemmas & _GONE or clause.negated:
            continue
        rest = [token for later in clauses[number + 1 :] for token in reading.inside(later)]
        alone = clause.tag == "EC" and any(token.form in _ALONE for token in rest)
        carried = reading.tokens[clause.last].form
        meanwhile = carried in _MEANWHILE or any(
            token.form in _MEANWHILE and token.tag[0] == "N" for token in reading.inside(clause)[-2:]
        )
        day = clause.tag == "ETM" and clause.last + 1 < len(reading.tokens)
        meanwhile = meanwhile or (day and reading.tokens[clause.last + 1].form in (*_MEANWHILE, "날"))
        following = [token for token in rest[:2] if token.tag[0] != "S"]
        # 친구들은 바다로 휴가를 갔는데 나는 아르바이트를 했다
        apart = (clause.link in ("는데", "지만") or (clause.link == "고" and clause.past)) and [
            token.tag for token in following
        ] == ["NP", "JX"]
        apart = apart and following[0].form in WORDS["writer"]
        left = not apart and (_left_others(reading, number) or _honoured_alone(reading, number))
        if not (alone or meanwhile or apart or left):
            continue
        items = [item for at in _led_to(reading, number) for item in reading.items(at)]
        gone = [item for item in items if item.concept.kind == "person" and item.role not in ("with",)]
        if gone and not by_writer(reading.inside(clause)):
            kinds = ("place", "action", "thing", "animal", "occasion")
            stays = apart and clause.link != "고"
            mark(items, "wished", kinds if stays else ("person", *kinds))


def _left_others(reading: Reading, number: int) -> bool:
    """언니는 수학여행을 가서 집이 조용했다: whoever went somewhere, and what then happened without them."""
    clause = reading.clauses[number]
    if clause.link not in ("어서", "아서") or number + 1 >= len(reading.clauses):
        return False
    going = any(
        item.role in ("to", "object") and item.concept.kind in ("place", "occasion", "action")
        for item in reading.items(number)
    )
    following = reading.inside(reading.clauses[number + 1])
    opening = [(token.tag, token.form) for token in following[:2]]
    if len(opening) == 2 and opening[0][0] == "NP" and opening[0][1] in WORDS["writer"]:
        # 동생이 내 자전거를 타고 나가서 나는 걸어갔다
        return opening[1][1] in ("는", "은", "ᆫ")
    other = any(token.tag == "JKS" for token in following) or any(
        token.tag == "NP" and token.form in WORDS["writer"] and after.form in ("는", "은", "ᆫ")
        for token, after in itertools.pairwise(following)
    )
    return going and other and not honoured(following)


def _honoured_alone(reading: Reading, number: int) -> bool:
    """엄마는 모임에 나가시고 아빠와 저녁을 차렸다: who is honoured in going out only does no more."""
    clause = reading.clauses[number]
    if clause.link != "고" or number + 1 >= len(reading.clauses):
        return False
    first, *rest = (honoured(reading.inside(each)) for each in reading.clauses[number:])
    topic = any(
        item.concept.kind == "person" and reading.after(item) in ("은", "는", "ᆫ")
        for item in reading.items(number)
    )
    there = any(item.role == "to" for item in reading.items(number))
    return topic and there and first and not any(rest)


def _led_to(reading: Reading, number: int) -> list[int]:
    """A clause and those that lead up to it: 첫째를 데리고 친정에 가서."""
    found = [number]
    while number and reading.clauses[number - 1].link in ("고", "러", "으러"):
        number -= 1
        found.append(number)
    return found


def _kept_away(reading: Reading) -> None:
    """남자친구가 야근이라 혼자 영화관에 갔다: whom something keeps from coming along."""
    for number, clause in enumerate(reading.clauses):
        if clause.link not in ("라", "이라", "어서", "아서", "느라", "니까", "느라고") or clause.negated:
            continue
        rest = [token for later in reading.clauses[number + 1 :] for token in reading.inside(later)]
        # 아빠는 출장 가서 못 도와줬다
        unable = bool(clause.lemmas & _GONE) and any(token.form == "못" for token in rest)
        if clause.lemmas & _HERE or not (unable or any(token.form in _ALONE for token in rest)):
            continue
        items = reading.items(number)
        if any(item.concept.kind == "person" and item.role in DOERS for item in items):
            mark(items, "wished", ("person", "place", "action", "thing", "occasion"))


def _on_leave(reading: Reading) -> None:
    """언니는 파리에서 유학 중이다, 아빠는 출장 중이라: who is there, is not here."""
    for number, clause in enumerate(reading.clauses):
        inside = reading.inside(clause)
        for token, after in itertools.pairwise(inside):
            if token.form not in WORDS["away_for"] or after.form != "중":
                continue
            items = [
                item for item in reading.items(number) if item.first <= inside.index(token) + clause.first
            ]
            if not by_writer(inside) and any(
                item.concept.kind == "person" and item.role in DOERS for item in items
            ):
                mark(items, "wished", _ANYTHING)


def _departed(reading: Reading, following: Reading | None) -> None:
    """형은 친구들과 여행을 떠났다. 나는 방에 있었다: where others have gone is not here."""
    opening = following.tokens[:2] if following is not None else []
    apart = len(opening) == 2 and opening[0].tag == "NP" and opening[0].form in WORDS["writer"]
    apart = apart and opening[1].form in ("는", "은", "ᆫ", "만")
    for number, clause in enumerate(reading.clauses):
        staying = apart and not clause.past and clause.lemmas & (WORDS["staying"] | {"하다"})
        moved = clause.lemmas & _MOVED or (
            clause.lemmas & {"가다", "떠나다"}
            and any(token.form in WORDS["away_for"] for token in reading.inside(clause))
        )
        seen_off = following is not None and following.said(*_FAREWELL)
        apart = apart or (bool(moved) and clause.tag == "EF" and not seen_off)
        left = "떠나다" in clause.lemmas or moved or (clause.lemmas & (_GONE - {"없다"}) and apart)
        if clause.tag != "EF" or clause.negated or not (staying or (left and clause.past)):
            continue
        items = [item for at in _led_to(reading, number) for item in reading.items(at)]
        who = [item for item in reading.found if item.concept.kind == "person" and item.role in DOERS]
        ours = any(
            token.tag == "NP" and token.form in WORDS["writer"] and token.form not in ("내", "제")
            for token in reading.tokens
        )
        where = [
            item
            for item in items
            if item.role in ("to", "object") and item.concept.kind in ("place", "occasion", "action")
        ]
        if who and where and not ours:
            mark(items, "wished", ("place", "action", "occasion"))
            with_them = [item for item in items if item.role == "with"]
            fetched = [item for item in items if item.role == "object"]
            mark([*with_them, *fetched, *who] if apart else with_them, "wished", ("person",))


def _away_now(reading: Reading) -> None:
    """아빠는 지금 배를 타고 먼바다에 계신다: told as going on elsewhere."""
    for number, clause in enumerate(reading.clauses):
        led = range(number + 1)
        inside = [token for at in led for token in reading.inside(reading.clauses[at])]
        now = any(token.form in ("지금", "요즘", "요새") for token in inside)
        if (
            not now
            or by_writer(inside)
            or clause.past
            or clause.negated
            or not clause.lemmas & WORDS["staying"]
        ):
            continue
        items = [item for at in led for item in reading.items(at)]
        who = any(item.concept.kind == "person" and item.role in DOERS for item in items)
        if who and any(item.concept.kind == "place" and item.role in ("to", "at") for item in items):
            mark(items, "wished", _ANYTHING)


def _abroad(readings: list[Reading]) -> None:
    """사진을 언니한테 보냈다. 언니는 호주에 있다: neither she nor that place is here."""
    gone: set[str] = set()
    for reading in readings:
        for number, clause in enumerate(reading.clauses):
            items = reading.items(number)
            who = [item for item in items if item.concept.kind == "person" and item.role in DOERS]
            far = [
                item
                for item in items
                if item.concept.kind == "place"
                and item.role in ("to", "at")
                and (
                    reading.tokens[item.last].tag in ("NNP", "SL")
                    or reading.tokens[item.last].form in WORDS["far_off"]
                )
            ]
            if who and far and clause.lemmas & WORDS["staying"] and not clause.past:
                mark([*who, *far], "wished")
                gone |= {item.concept.name for item in who}
    for reading in readings:
        for item in reading.found:
            sent = reading.clauses[item.clause].lemmas & (WORDS["sent"] | WORDS["calling"])
            if item.concept.name in gone and item.role in ("with", "to") and sent:
                mark([item], "wished")


def _far_off(reading: Reading) -> None:
    """제주도에 있는 언니가 귤을 보내 줬다, 군대에 간 오빠: that place is not here."""
    for number, clause in enumerate(reading.clauses[:-1]):
        if clause.tag != "ETM" or not clause.lemmas & (WORDS["staying"] | {"가다", "떠나다"}):
            continue
        head = next((item for item in reading.found if item.first > clause.last), None)
        if head is None or head.first > clause.last + 2 or head.concept.kind != "person":
            continue
        far = [
            item
            for item in reading.items(number)
            if item.concept.kind == "place"
            and item.role in ("to", "at", "bare")
            and (reading.tokens[item.last].tag == "NNP" or reading.tokens[item.last].form in WORDS["far_off"])
        ]
        mark(far, "wished")
        gone = clause.lemmas & {"가다", "떠나다"} and any(
            item.concept.kind in ("place", "occasion", "action") for item in reading.items(number)
        )
        sent = reading.clauses[head.clause].lemmas & (WORDS["sent"] | WORDS["calling"])
        if (far or gone) and (sent or head.role == "with"):
            mark([head], "wished")


def _empty(reading: Reading) -> None:
    """다람쥐 우리는 비어 있었다: whose place is empty is not there."""
    for item in reading.found:
        lemmas = reading.clauses[item.clause].lemmas
        owner = item.role == "owner" or reading.after(item) == "우리"
        if item.concept.kind in ("person", "animal") and owner and "비다" in lemmas:
            mark([item], "wished")
        # 짝꿍은 결석했다
        missing = lemmas & {"결석하다", "결근하다", "불참하다"} and item.role in DOERS
        if missing and not reading.clauses[item.clause].negated:
            mark([item], "wished", ("person",))
