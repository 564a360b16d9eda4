"""Which of the names in a denied clause are denied. Not every one is: a friend who did not cry is there."""

from __future__ import annotations

import itertools

from illustration.scenes.korean.clauses import Clause
from illustration.scenes.korean.lacking import (
    cancelled,
    closed,
    ended,
    foretold,
    left_behind,
    only_smelt,
    run_out,
    too_much,
)
from illustration.scenes.korean.morphemes import WORDS, Morpheme
from illustration.scenes.korean.roles import role_of
from illustration.scenes.korean.topics import (
    called_off,
    stayed_away,
    topic_clause,
    topic_denied,
    topic_left_out,
)
from illustration.scenes.korean.words import Found

_ALIVE = frozenset({"person", "animal"})
_THINGS = frozenset({"thing", "food", "plant", "occasion"})
_ASKED_THERE = frozenset({"받다", "초대하다", "부르다", "초대받다", "오라다", "등록하다", "신청하다", "붙다"})
_MISSING = frozenset({"결석", "불참", "결근", "absent"})
_STATES = frozenset({"weather", "action", "mood"})


def deny(tokens: list[Morpheme], clauses: list[Clause], found: list[Found]) -> None:
    """Set the status of what the sentence denies to "denied"."""
    for item, following in itertools.pairwise(found):
        # 용돈 봉투 대신: nor what only says which one.
        beside = following.first == item.last + 1 and item.role in ("owner", "bare")
        if beside and item.concept.kind in _THINGS and _left_out(tokens, following):
            item.status = "denied"
        if beside and item.concept.kind in (*_THINGS, "action") and foretold(tokens, following):
            # 축제 공연까지 일주일 남았다
            item.status = "wished"
    for number, clause in enumerate(clauses):
        opening = tokens[clause.last + 1].form if clause.last + 1 < len(tokens) else ""
        if clause.tag == "ETN" and opening in WORDS["let_alone"]:
            # 화가 나기는커녕 웃음이 났다
            for item in found:
                within = item.clause == number and item.role != "at" and item.concept.kind != "person"
                item.status = "denied" if within else item.status
        inside = [item for item in found if item.clause == number]
        for item in inside:
            later = [each for each in found if each.first > item.last]
            left_out = _left_out(tokens, item) or _not_had(tokens, clause, item)
            left_out = left_out or too_much(clauses, item, later) or run_out(tokens, clause, item)
            left_out = left_out or only_smelt(tokens, clauses, item)
            left_out = left_out or left_behind(tokens, clauses, found, item)
            if left_out and item.concept.kind in _ALIVE:
                # 아빠는 늦으셔서 아빠 없이 촛불을 껐다
                for other in found:
                    other.status = "denied" if other.concept is item.concept else other.status
            if (
                left_out
                or closed(tokens, clauses, item)
                or ended(clause, item)
                or cancelled(tokens, clause, item)
            ):
                item.status = "denied"
            elif foretold(tokens, item) and item.status == "real":
                item.status = "wished"
        dropped = clause.lemmas & WORDS["dropped"] and not clause.negated and clause.modality == "real"
        if dropped or _passed_over(tokens, clause):
            for item in topic_left_out(tokens, clauses, found, number):
                item.status = "denied"
        for item in called_off(tokens, clauses, found, number):
            item.status = "denied"
        if clause.tag == "ETM" and clause.last + 1 < len(tokens) and tokens[clause.last + 1].form == "대신":
            # 버스를 타는 대신 걸었다
            for item in inside:
                item.status = "denied" if item.concept.kind not in ("person", "time") else item.status
        if clause.tag == "ETM" and _no_such_day(tokens, clause):
            for item in inside:
                item.status = "denied" if item.concept.kind not in ("person", "time") else item.status
        for item in _not_delivered(clauses, found, number):
            item.status = "denied"
        for item in _absent(tokens, clauses, found, number):
            item.status = "denied"
        if clause.negated:
            for item in (
                *_gone_to_without(clauses, found, number),
                *_invited(tokens, clauses, found, number),
            ):
                item.status = "denied"
            for item in [*inside, *topic_denied(tokens, clauses, found, number)]:
                if _denied(tokens, clause, item, inside):
                    item.status = "denied"
                    _with_them(tokens, item, clause, number, found)
    _deny_owners(tokens, found)


def _deny_owners(tokens: list[Morpheme], found: list[Found]) -> None:
    """바다 여행은 미뤄졌다: nor is there the sea that the trip was to."""
    for item, following in itertools.pairwise(found):
        beside = following.first == item.last + 1 and item.role in ("owner", "bare")
        gone = following.status == "denied" and following.concept.kind in ("action", "occasion")
        called_so = following.first != following.last or tokens[following.first].tag in ("NNG", "NNP")
        where = item.concept.kind == "place" and item.concept.name not in ("home", "school", "room")
        if beside and gone and called_so and where and item.status == "real":
            item.status = "denied"


def _with_them(tokens: list[Morpheme], item: Found, clause: Clause, number: int, found: list[Found]) -> None:
    """삼촌이 바빠서 못 오셨다: whoever is not there is not busy there either."""
    doer = item.concept.kind == "person" and item.role in ("topic", "subject")
    if doer and item.clause < number and stayed_away(tokens, clause):
        for other in found:
            if other.clause == item.clause and other.concept.kind in ("mood", "action", "place"):
                other.status = "denied"


def _left_out(tokens: list[Morpheme], item: Found) -> bool:
    """피자 말고, 피자 대신, 피자 빼고, 피자 없이, 피자는커녕; not 피자 말고도."""
    index = item.last + 1
    while index < len(tokens) and tokens[index].tag in ("MM", "NR", "NNB"):
        index += 1
    rest = tokens[index : index + 4]
    if not rest:
        return False
    if rest[0].form in WORDS["let_alone"]:
        return True
    if rest[0].tag in ("JKO", "JX", "JC", "JKS"):
        particle, rest = rest[0], rest[1:]
        if not rest or particle.form == "도":
            return False
    first, after = rest[0], rest[1:3]
    besides = any(token.form == "도" for token in after)
    if first.lemma in ("말다", "빼다") and after and after[0].form == "고":
        return not besides
    return first.form in WORDS["instead"]


def _passed_over(tokens: list[Morpheme], clause: Clause) -> bool:
    """Whether a clause says that something was left out: 건너뛰었다, 커피는 패스."""
    if clause.negated or clause.modality != "real":
        return False
    if clause.lemmas & (WORDS["left_out"] | WORDS["cancelled"]):
        return True
    last = next(
        (
            token
            for token in reversed(tokens[clause.first : clause.last + 1])
            if token.tag[0] != "S" or token.tag == "SL"
        ),
        None,
    )
    told = last is not None and clause.predicate is None and last.form.lower() in WORDS["left_out"]
    copula = clause.predicate is not None and tokens[clause.predicate].tag == "VCP"
    # 표가 매진이라
    return told or (copula and tokens[max(clause.predicate or 0, 1) - 1].form in WORDS["left_out"])


def _not_had(tokens: list[Morpheme], clause: Clause, item: Found) -> bool:
    """아침을 걸렀다, 야자 째고, 술은 끊었다, 우유가 품절이라: what was not had or done."""
    if (
        "놓치다" in clause.lemmas
        and clause.tag == "EC"
        and not clause.negated
        and item.role in ("object", "bare")
    ):
        return bool({token.form for token in tokens[item.first : item.last + 1]} & WORDS["vehicles"])
    if "놓치다" in clause.lemmas and item.concept.kind == "action" and item.role == "object":
        # 일등을 놓쳤다
        return not clause.negated
    if "빼다" in clause.lemmas and item.concept.kind == "food" and item.role == "object":
        # 김밥에서 오이를 뺐다
        return not clause.negated
    kinds = ("action", "food", "occasion", "thing", "place")
    if item.concept.kind not in kinds or not _passed_over(tokens, clause):
        return False
    if item.concept.kind == "place" and not clause.lemmas & WORDS["truant"]:
        return False
    predicate = clause.last if clause.predicate is None else clause.predicate
    if item.first >= predicate:
        return False
    gone = clause.lemmas & WORDS["sold_out"] or any(
        token.form in WORDS["sold_out"] for token in tokens[clause.first : clause.last + 1]
    )
    if "끊다" in clause.lemmas and item.concept.kind == "action":
        # 전화를 끊었다
        return False
    thing = item.concept.kind == "thing"
    forms = {token.form for token in tokens[clause.first : clause.last + 1]}
    given_up = "끊다" in clause.lemmas and tokens[item.last].form in WORDS["vices"]
    if thing and not gone and not given_up and not (clause.lemmas | forms) & WORDS["skipped"]:
        return False
    noun = item.role == "owner" and tokens[item.last + 1].form in WORDS["left_out"]
    return noun or item.role in ("object", "topic", "bare") or (item.role == "subject" and bool(gone))


def _gone_to_without(clauses: list[Clause], found: list[Found], number: int) -> list[Found]:
    """친구들은 축제에 갔지만 나는 가지 않았다: where others went without the writer."""
    clause, before = clauses[number], clauses[max(number - 1, 0)]
    same = number and clause.lemmas & before.lemmas & WORDS["move"] and not before.negated
    if not same or any(
        item.clause == number and item.concept.kind in ("place", "occasion") for item in found
    ):
        return []
    gone = [item for item in found if item.clause == number - 1]
    return [
        item
        for item in gone
        if item.first == before.predicate
        or (item.role == "to" and item.concept.kind in ("place", "occasion", "action"))
    ]


def _no_such_day(tokens: list[Morpheme], clause: Clause) -> bool:
    """쓰레기 버리는 날이 아니라서"""
    rest = tokens[clause.last + 1 : clause.last + 5]
    day = bool(rest) and rest[0].form in ("날", "시간", "때", "철", "계절", "차례")
    return day and any(token.tag == "VCN" for token in rest[1:3])


def _not_delivered(clauses: list[Clause], found: list[Found], number: int) -> list[Found]:
    """피자를 시켰는데 배달이 안 와서: what was ordered and never came."""
    clause = clauses[number]
    if not clause.negated or not clause.lemmas & {"오다", "도착하다", "나오다"}:
        return []
    for at in range(number - 1, -1, -1):
        if clauses[at].lemmas & {"시키다", "주문하다"} and clauses[at].link in ("는데", "지만", "었는데"):
            return [item for item in found if item.clause == at and item.concept.kind in ("food", "thing")]
    return []


def _absent(tokens: list[Morpheme], clauses: list[Clause], found: list[Found], number: int) -> list[Found]:
    """서준이는 아파서 결석: who is missing."""
    clause = clauses[number]
    inside = [token for token in tokens[clause.first : clause.last + 1] if token.tag != "SF"]
    if clause.predicate is None and inside and inside[-1].form.lower() in _MISSING:
        source = number
        if not any(item.clause == number and item.role == "topic" for item in found):
            source = topic_clause(tokens, clauses, number)
        return [
            item
            for item in found
            if item.clause == source and item.concept.kind == "person" and item.role in ("topic", "subject")
        ]
    return []


def _invited(tokens: list[Morpheme], clauses: list[Clause], found: list[Found], number: int) -> list[Found]:
    """결혼식에 초대받았지만 못 갔다: where one was to go."""
    clause = clauses[number]
    own = any(
        token.tag in ("JKB", "JKO", "JKS")
        and token.form not in ("로", "으로")
        and before.form not in WORDS["because"]
        for before, token in itertools.pairwise(tokens[clause.first : clause.last + 1])
    )
    if own or not clause.lemmas & WORDS["move"]:
        return []
    for at in range(number - 1, -1, -1):
        if clauses[at].lemmas & WORDS["move"]:
            return []
        meant = [
            item
            for item in found
            if item.clause == at and item.role == "to" and item.concept.kind in ("place", "occasion")
        ]
        if meant:
            after = tokens[meant[-1].last + 1].form
            return meant if after in ("에", "로", "으로") and clauses[at].lemmas & _ASKED_THERE else []
    return []


def _denied(tokens: list[Morpheme], clause: Clause, item: Found, inside: list[Found]) -> bool:
    kind, role = item.concept.kind, item.role
    if role == "owner" and kind in ("food", "thing", "plant") and tokens[item.last + 1].tag == "NNG":
        # 라떼 아트는 못 한다: it goes with the word that it belongs to.
        role = role_of(tokens, item.last + 1)
    said = clause.lemmas
    after = tokens[item.last + 1].form if item.last < clause.last else ""
    ill = kind == "action" and "being sick" in (item.concept.name, *item.concept.broader)
    if after in WORDS["because"] and (kind in ("weather", "mood") or ill):
        # 안개 때문에 못 갔다: the fog was there.
        return False
    if after in WORDS["because"] and kind in ("place", "occasion", "action"):
        # 형은 학원 때문에 못 왔다
        return True
    if kind in ("time", "season"):
        return "아니다" in said and role in ("subject", "bare", "topic", "is")
    if item.first == clause.predicate and tokens[item.first].lemma == "없다":
        # 구름 한 점 없다 is itself a word for clear.
        return False
    if kind in _STATES and item.first == clause.predicate:
        return True
    if said & WORDS["endless"] and role in ("subject", "topic", "bare"):
        # 수다가 끊이지 않았다: on it went.
        return False
    if said & WORDS["keeps"] and kind != "action":
        return False
    if kind == "action":
        return role != "owner" and role != "with"
    if kind in ("weather", "mood"):
        return role not in ("at", "with") and not _only_described(clause, item)
    if "아니다" in said:
        return role in ("subject", "topic", "bare", "is")
    if clause.adjectival and "없다" not in said:
        return False
    own_object = any(other.role == "object" for other in inside if other is not item)
    spoken = any(token.tag == "JKO" for token in tokens[clause.first : clause.last + 1])
    if "없다" in said and role == "to" and kind in ("thing", "place") and _looked_in(tokens, item):
        return True
    if kind == "place" and "없다" in said and role in ("subject", "topic", "bare") and after != "에":
        # 학원도 없는 날
        own = any(each.role == "subject" for each in inside if each is not item)
        return not (own and after in ("은", "는", "ᆫ"))
    if (
        kind == "place"
        and said & {"보이다", "보다"}
        and (role in ("topic", "object") or (role == "subject" and "보이다" in said))
    ):
        return True
    if kind == "place":
        return bool(said & WORDS["move"]) and role in ("to", "bare", "object", "topic")
    if role == "to":
        return bool(said & WORDS["suffered"]) or (bool(said & WORDS["attend"]) and kind not in _ALIVE)
    out = [each for each in inside if each.role == "at" and tokens[each.last].form not in WORDS["shown"]]
    if said & {"나오다", "나가다"} and kind in _ALIVE and out:
        # 오빠는 방에서 나오지 않았다: there he is.
        return False
    if said & WORDS["appear"] and role in ("subject", "topic", "bare") and not (spoken or own_object):
        # 엄마는 안 오고: she is not there. 우산이 없었다: nor is it.
        return True
    if "팔다" in said and role in ("subject", "topic", "bare") and kind in _THINGS:
        # 삶은 달걀은 안 팔아서
        return True
    if kind == "person" and item.last < clause.first and stayed_away(tokens, clause):
        return True
    if said & WORDS["handle"]:
        return False
    if role == "object":
        return kind not in _ALIVE or bool(said & WORDS["meet"]) or kind == "animal"
    if role in ("topic", "bare", "subject") and kind in _THINGS:
        return role != "subject" or bool(said & WORDS["undergo"])
    if kind == "person" and role == "topic" and said & WORDS["meet"] and not spoken:
        # 여자친구는 시험 기간이라 못 만났다.
        return item.last < clause.first
    if kind == "animal" and role in ("topic", "bare"):
        return bool(said & WORDS["perceive"]) and not spoken
    if role == "subject" and said & WORDS["undergo"]:
        return True
    if role == "with" and kind in _ALIVE:
        return bool(said & WORDS["social"]) and not spoken
    return False


def _looked_in(tokens: list[Morpheme], item: Found) -> bool:
    """신발장에도 없었다: where something was not either."""
    after = [token.form for token in tokens[item.last + 1 : item.last + 3]]
    return after == ["에", "도"]


def _only_described(clause: Clause, item: Found) -> bool:
    """바람이 차갑지 않았다: the wind blew all the same."""
    return clause.adjectival and "없다" not in clause.lemmas and item.role in ("subject", "topic")
