"""What a Korean sentence says to be over, used up, closed, called off or yet to come, without denying it."""

from __future__ import annotations

import itertools

from illustration.scenes.korean.clauses import Clause
from illustration.scenes.korean.morphemes import WORDS, Morpheme
from illustration.scenes.korean.words import Found

_APART = ("지만", "는데")
_FARTHEST = 3
"""Clauses in which a place's being closed may be told."""


def run_out(tokens: list[Morpheme], clause: Clause, item: Found) -> bool:
    """계란은 다 떨어져서, 벚꽃은 벌써 졌고: what is used up or over."""
    if clause.negated or item.role not in ("subject", "topic", "bare"):
        return False
    if clause.tag == "ETM":
        return False
    if item.concept.kind == "animal" and clause.lemmas & {"사라지다", "없어지다"} and clause.past:
        # 햄스터가 사라졌다
        return True
    if item.concept.kind in ("animal", "thing") and "팔리다" in clause.lemmas and clause.past:
        # 소는 지난봄에 팔렸다
        return item.role in ("subject", "topic")
    vehicle = {token.form for token in tokens[item.first : item.last + 1]} & WORDS["vehicles"]
    if vehicle and clause.lemmas & {"떠나다", "출발하다", "가다"}:
        # 버스는 이미 떠났다
        return any(
            token.form in ("이미", "벌써", "막", "방금") for token in tokens[clause.first : clause.last]
        )
    inside = tokens[item.last + 1 : clause.last + 1]
    wholly = any(
        token.form in ("다", "벌써", "이미", "전부", "싹") and token.tag in ("MAG", "NNG") for token in inside
    )
    if item.concept.kind == "plant" or item.concept.name == "autumn leaves":
        return wholly and bool(clause.lemmas & {"지다", "떨어지다"})
    if item.concept.kind not in ("food", "thing") or "떨어지다" not in clause.lemmas:
        return (
            wholly and item.concept.kind in ("food", "thing") and bool(clause.lemmas & {"팔리다", "없어지다"})
        )
    return wholly and not any(token.tag == "JKB" for token in inside)


def only_smelt(tokens: list[Morpheme], clauses: list[Clause], item: Found) -> bool:
    """떡볶이 냄새가 났지만 참았다: it was not had."""
    after = tokens[item.last + 1].form if item.last + 1 < len(tokens) else ""
    resisted = any(
        each.lemmas & {"참다", "지나치다", "지나가다", "포기하다"} and not each.negated
        for each in clauses[item.clause :]
    )
    return item.concept.kind == "food" and after in ("냄새", "유혹", "향", "향기") and resisted


def left_behind(tokens: list[Morpheme], clauses: list[Clause], found: list[Found], item: Found) -> bool:
    """우산을 두고 왔다, 물안경을 잊어버리고 와서: it stayed where it was."""
    clause = clauses[item.clause]
    following = clauses[item.clause + 1] if item.clause + 1 < len(clauses) else None
    held = item.concept.kind in ("thing", "food") and item.role in ("object", "topic", "bare")
    if following is None or not held or clause.negated or following.negated:
        return False
    fetched = any(token.form in ("다시", "도로", "찾") for token in tokens[following.first :])
    by_another = any(each.concept.kind == "person" and each.role in ("subject", "topic") for each in found)
    if fetched or by_another:
        # 우산을 놓고 와서 다시 뛰어갔다, 손님이 지갑을 두고 내렸다
        return False
    inside = tokens[clause.first : clause.last + 1]
    placed = next(
        (before for before, token in itertools.pairwise(inside) if token.tag == "JKB" and token.form == "에"),
        None,
    )
    left = clause.lemmas & WORDS["left_behind"] and clause.link in ("고", "어서", "아서")
    # 공원 벤치에 국화를 놓고 왔다: there it is; 우산을 학교에 두고 왔다: it is not.
    kept = placed is None or placed.form in WORDS["kept_at"]
    left = left or (bool(clause.lemmas & {"두다", "놓다", "놔두다"}) and clause.link == "고" and kept)
    return bool(left and following.lemmas & WORDS["leaving"])


def ended(clause: Clause, item: Found) -> bool:
    """비가 그쳤다: the rain is over; 비가 그치지 않았다: it is not."""
    weather = item.concept.kind == "weather" and item.role != "at"
    feeling = item.concept.kind == "mood" and item.role in ("subject", "topic")
    gone = clause.lemmas & WORDS["stop"] if weather else clause.lemmas & WORDS["vanish"] if feeling else ()
    ill = item.concept.kind == "action" and "being sick" in (item.concept.name, *item.concept.broader)
    if ill and item.role in ("subject", "topic"):
        # 감기가 다 나아서 놀았다
        gone = clause.lemmas & {"낫다", "나아지다", "떨어지다", "회복되다"}
    return bool(gone) and not clause.negated and clause.modality == "real"


def cancelled(tokens: list[Morpheme], clause: Clause, item: Found) -> bool:
    """소풍이 취소됐다: there was none."""
    water = "건너가다" in clause.lemmas and any(
        token.form == "물" for token in tokens[clause.first : clause.last + 1]
    )
    if clause.negated or not (water or clause.lemmas & WORDS["cancelled"]):
        return False
    return item.role in ("subject", "object", "topic", "bare") and item.concept.kind not in (
        "person",
        "weather",
    )


def closed(tokens: list[Morpheme], clauses: list[Clause], item: Found) -> bool:
    """도서관이 휴관이라, 동물원은 월요일이라 쉬는 날이었다, 빵집은 문을 안 열었다: nobody got in."""
    clause = clauses[item.clause]
    if tokens[item.first].form in WORDS["closed"]:
        return item.concept.kind == "occasion"
    stayed_away = item.concept.kind == "place" and item.role in ("object", "topic") and not clause.negated
    if stayed_away and clause.lemmas & WORDS["staying_away"] and not _day_off(tokens, clause, clauses):
        # 학교를 쉬고 누워 있었다
        return True
    of_its_door = tokens[item.last + 1 : item.last + 2]
    door = bool(of_its_door) and of_its_door[0].form == "문"
    if item.concept.kind in ("action", "occasion") and item.role in ("subject", "topic"):
        # 첼로 레슨이 쉬는 날이라
        return _day_off(tokens, clause, clauses)
    if item.concept.kind != "place" or (item.role not in ("subject", "topic", "bare") and not door):
        return False
    last = item.clause
    while last + 1 < len(clauses) and clauses[last].link not in _APART and last < item.clause + _FARTHEST:
        opening = tokens[clauses[last + 1].first : clauses[last + 1].last + 1]
        if any(token.tag == "JX" and token.form in ("은", "는") for token in opening):
            break
        last += 1
    told = clauses[item.clause : last + 1] if item.role == "topic" else [clause]
    return any(
        shut(tokens, each, item.last + 1, owned=item.role == "owner") or _day_off(tokens, each, clauses)
        for each in told
    )


def shut(tokens: list[Morpheme], clause: Clause, first: int = 0, *, owned: bool = False) -> bool:
    """Whether a clause (from ``first`` on) says that a door is shut; ``owned``: that of a place named right before."""
    inside = tokens[max(first, clause.first) : clause.last + 1]
    door = any(token.form == "문" for token in inside)
    if door and "열다" in clause.lemmas:
        return clause.negated
    by_hand = (owned or not first) and any(token.tag == "JKO" for token in inside)
    closed_door = door and not by_hand and clause.lemmas & {"닫다", "닫히다", "잠기다"}
    if clause.tag in ("ETM", "EF") and not closed_door:
        return False
    return not clause.negated and bool(closed_door or any(token.form in WORDS["closed"] for token in inside))


def _day_off(tokens: list[Morpheme], clause: Clause, clauses: list[Clause]) -> bool:
    """쉬는 날이었다"""
    after = tokens[clause.last + 1 : clause.last + 3]
    day = bool(after) and after[0].form == "날"
    return clause.tag == "ETM" and "쉬다" in clause.lemmas and day and clause is not clauses[-1]


def too_much(clauses: list[Clause], item: Found, later: list[Found]) -> bool:
    """흑돼지는 비싸서 고기국수를 먹었다: the one was had for the other."""
    clause = clauses[item.clause]
    reason = clause.lemmas & WORDS["too_much"] and clause.link in WORDS["cause_ending"] and not clause.negated
    if not reason or item.role != "topic" or item.concept.kind not in ("food", "thing", "place", "animal"):
        return False
    following = clauses[item.clause + 1] if item.clause + 1 < len(clauses) else None
    other = [
        each for each in later if each.clause == item.clause + 1 and each.concept.kind == item.concept.kind
    ]
    same_kind = other or (
        item.concept.kind == "animal" and any(each.concept.kind == "food" for each in later)
    )
    return following is not None and following.modality == "real" and bool(same_kind)


def foretold(tokens: list[Morpheme], item: Found) -> bool:
    """비 예보, 눈 소식: no rain and no snow yet; 휴가까지 열흘 남았다: nor leave."""
    rest = tokens[item.last + 1 : item.last + 3]
    after = rest[0].form if rest else ""
    if len(rest) == 2 and rest[0].tag == "NNG" and rest[1].form == "까지":
        # 축제 공연까지 일주일 남았다
        after = "까지"
    coming = after in ("까지", "전") and any(
        token.lemma in WORDS["left_to_wait"] for token in tokens[item.last :]
    )
    left = after in ("이", "가", "은", "는") and any(token.lemma == "남다" for token in tokens[item.last :])
    counted = any(token.form in WORDS["days"] | {"주일", "달", "주", "밤"} for token in tokens[item.last :])
    if left and counted and item.concept.kind == "occasion":
        # 어린이날이 일주일 남았다
        return True
    eve = after in ("전날", "전야", "앞두") and item.concept.kind in ("occasion", "action", "place", "thing")
    return (item.concept.kind == "weather" and after in WORDS["foretold"]) or coming or eve
