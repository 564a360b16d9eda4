"""What has not happened: plans, wishes, days to come. Works on the sentences of a whole diary."""

from __future__ import annotations

from dataclasses import dataclass, field

from illustration.scenes.korean.clauses import Clause, grants
from illustration.scenes.korean.morphemes import WORDS, Morpheme
from illustration.scenes.korean.words import Found

_NOT_YET = frozenset({"desire", "future", "if", "asked", "guess", "told"})
DOERS = ("subject", "topic")
"""Roles of whoever acts."""
_AIMS = ("place", "food", "thing", "animal")


@dataclass(slots=True)
class Reading:
    """One sentence under way: its morphemes, its clauses, the names found in it and the moods of its idioms."""

    tokens: list[Morpheme]
    clauses: list[Clause]
    found: list[Found]
    moods: list[str] = field(default_factory=list)

    def inside(self, clause: Clause) -> list[Morpheme]:
        return self.tokens[clause.first : clause.last + 1]

    def items(self, number: int) -> list[Found]:
        return [item for item in self.found if item.clause == number]

    def after(self, item: Found) -> str:
        """The form of what stands right after ``item``, "" at the end."""
        return self.tokens[item.last + 1].form if item.last + 1 < len(self.tokens) else ""

    def said(self, *words: str) -> bool:
        return any(token.form in words or token.lemma in words for token in self.tokens)


def mark_wishes(readings: list[Reading]) -> None:
    """Set the status of what was only wished, planned, asked or supposed to "wished"."""
    for index, reading in enumerate(readings):
        came_true = index + 1 < len(readings) and _came_true(reading, readings[index + 1])
        taken = {item.concept.name for item in readings[index + 1].found} if came_true else set()
        for number, clause in enumerate(reading.clauses):
            said = clause.quoted and _only_said(clause)
            wished = clause.modality in _NOT_YET or said
            granted = came_true and clause.modality in ("desire", "asked")
            if wished:
                for item in reading.items(number):
                    # 치즈를 넣자, 달걀을 넣자고 했다. 결국 치즈를 넣었다: no egg.
                    other = (
                        item.concept.kind in ("food", "thing") and taken and item.concept.name not in taken
                    )
                    if granted and not (other and item.concept.kind in _kinds_of(readings[index + 1])):
                        continue
                    blamed = reading.after(item) in WORDS["because"]
                    seen = item.concept.kind == "weather" and (clause.modality == "real" or blamed)
                    if not seen and not _there(reading, clause, item, number):
                        item.status = "wished"
            elif clause.modality == "if" or (_longed_for(reading, clause) and not _had(reading, number)):
                mark(reading.items(number), "wished", ("person", "animal", "place", "thing", "food"))
                missed = [item for item in reading.items(number) if item.role in ("object", "subject")]
                mark(missed if clause.modality == "real" else [], "wished", ("action", "occasion"))
            if "기다리다" in clause.lemmas:
                # 비를 기다렸지만 화창했다
                mark(
                    [item for item in reading.items(number) if item.role == "object"], "wished", ("weather",)
                )
            if clause.tag == "ETM" and clause.lemmas & WORDS["coveted"]:
                mark([item for item in reading.items(number) if item.role == "object"], "wished")
        _tomorrow(reading)
        _booked(reading)


def _kinds_of(reading: Reading) -> set[str]:
    return {item.concept.kind for item in reading.found}


def _only_said(clause: Clause) -> bool:
    return clause.predicate is not None and not clause.past and not clause.adjectival


def _came_true(reading: Reading, following: Reading) -> bool:
    """가고 싶었다. 그래서 갔다."""
    opening = {token.form for token in following.tokens[:2]}
    if not opening & WORDS["so_then"] or any(clause.negated for clause in reading.clauses):
        return False
    aims = {item.concept.name for item in following.found if item.concept.kind in _AIMS}
    if aims and not aims & {item.concept.name for item in reading.found}:
        # 병원에 가자고 했다. 결국 학원에 갔다: another place.
        return False
    lemmas = frozenset(lemma for clause in reading.clauses for lemma in clause.lemmas) - {"하다", "되다"}
    return any(grants(following.tokens, clause, lemmas) for clause in following.clauses)


def _there(reading: Reading, clause: Clause, item: Found, number: int) -> bool:
    """Whoever wishes or plans is there, and so is the time of day at which it was wished."""
    kind = item.concept.kind
    inside = reading.inside(clause)
    stayed = clause.link in WORDS["abandoned_ending"] or (clause.modality == "future" and clause.negated)
    about_to = clause.modality == "desire" and clause.link == "는데" and not clause.past
    if about_to and item.role == "at" and kind == "place":
        # 편의점에서 콜라를 사려는데
        return True
    if stayed and item.role == "at":
        # PC방에서 밤새우려다 나왔다, 장롱 위에서 내려올 생각을 안 한다
        return True
    if clause.modality == "guess" and item.role in DOERS and kind not in ("weather", "action"):
        # 별이 쏟아질 것 같았다: the stars are there; 손님이 올 것 같았다: no guest is, yet.
        return not clause.lemmas & WORDS["appear"]
    if kind == "mood":
        return clause.modality in ("desire", "told")
    if kind in ("time", "season", "occasion"):
        told = clause.modality == "told" and kind == "time"
        return (told or clause.modality == "desire") and item.role not in ("object", "subject")
    if clause.modality == "desire" and clause.lemmas & {"던지다", "부수다", "껴안다", "쓰다듬다"}:
        # 노트북을 던지고 싶었다: there it is.
        return kind != "action"
    if clause.modality == "desire" and clause.link in ("러", "으러") and item.role == "with":
        # 동료들과 냉면을 먹으러 갔는데 줄이 길어서 옆집으로 갔다
        return True
    if kind not in ("person", "animal") or item.role not in DOERS:
        return False
    if clause.tag == "EC" and reading.after(item) in ("은", "는", "ᆫ"):
        # 엄마는 내가 감기에 걸릴까 봐 목도리를 둘러 주셨다: who does it is the mother.
        rest = reading.tokens[item.last + 2 : clause.last + 1]
        afraid = any(token.form in ("ᆯ까", "을까") for token in rest)
        if afraid or any(token.tag == "JKS" for token in rest):
            return True
    if item.role == "topic" and any(
        other.role == "subject" and other.concept.kind == "person" for other in reading.items(number)
    ):
        # 형이 사슴벌레도 사자고 했다: who says so is the brother.
        return False
    hoped = clause.lemmas & {"바라다", "원하다", "빌다", "기원하다", "희망하다"}
    if clause.modality == "desire" and hoped and reading.after(item) in ("이", "가"):
        # 강아지가 들어 있기를 바랐다
        return False
    if clause.modality == "desire":
        missed = clause.lemmas & WORDS["meet"] and not any(token.tag == "JKO" for token in inside)
        return not missed
    if clause.modality == "future":
        # 내려올 생각을 안 한다; 가기로 했다, but 친구들은 내일 보기로 했다: they are not there.
        met = clause.lemmas & WORDS["meet"] and item.role == "topic"
        # 학자가 되겠다며 좋아하셨다: who says so is there.
        spoken = clause.link.endswith(("다며", "다고", "다면서"))
        coming = clause.lemmas & {"오다", "돌아오다", "도착하다", "들어오다"}
        planned = any(token.tag == "ETN" for token in inside) and not met and not coming
        return clause.negated or spoken or planned
    if clause.modality == "told" and clause.link.endswith("더니") and not clause.lemmas & WORDS["appear"]:
        # 안 운다더니 제일 먼저 울었다
        return True
    if clause.modality == "told" and clause.tag == "EF":
        # 원장님이 그만두신단다: who is talked of is there, unless the talk is of coming and going.
        return not clause.lemmas & (WORDS["appear"] | WORDS["move"])
    if clause.modality == "asked" and any(token.form in ("자는", "라는", "냐는") for token in inside):
        # 남편은 치우자는데
        return clause.tag != "ETM"
    if clause.modality == "asked" and clause.past and reading.after(item) in ("이", "가"):
        # 누나가 고양이를 데려오자고 했지만
        return True
    if (
        clause.modality in ("told", "asked")
        and clause.link.endswith(("고", "어도", "아도"))
        and number + 1 < len(reading.clauses)
    ):
        return not any(token.tag == "JKS" for token in reading.inside(reading.clauses[number + 1]))
    return False


def _had(reading: Reading, number: int) -> bool:
    """라면이 당겨서 끓여 먹었다"""
    return any(grants(reading.tokens, later, frozenset()) for later in reading.clauses[number + 1 :])


def _longed_for(reading: Reading, clause: Clause) -> bool:
    """할머니가 그립다, 할머니 생각이 났다: she is not there."""
    inside = reading.inside(clause)
    thought = any(token.form == "생각" for token in inside) and "나다" in clause.lemmas
    return thought or bool(clause.lemmas & WORDS["longing"])


def mark(items: list[Found], status: str, kinds: tuple[str, ...] = ()) -> None:
    """Set the status of those of ``items`` that are real, and of one of ``kinds`` (none given: of any)."""
    for item in items:
        if item.status == "real" and (not kinds or item.concept.kind in kinds):
            item.status = status  # type: ignore[assignment]


def _booked(reading: Reading) -> None:
    """미용실을 예약했다: nobody is there yet, unless they go."""
    for number, clause in enumerate(reading.clauses):
        at = next(
            (i for i in range(clause.first, clause.last + 1) if reading.tokens[i].form in WORDS["booking"]),
            None,
        )
        rest = reading.clauses[number + 1 :]
        went = any(each.lemmas & WORDS["move"] and each.modality == "real" for each in (clause, *rest))
        if at is None or clause.tag == "ETM" or went:
            continue
        kinds = ("place", "occasion", "action", "food")
        going = reading.clauses[number - 1] if number else None
        ride = [
            item
            for item in reading.items(number)
            if item.role == "object" and reading.tokens[item.last].form in WORDS["vehicles"]
        ]
        if ride:
            # 강릉에 가는 기차를 예매했다
            mark(ride, "wished")
            if going is not None and going.tag == "ETM":
                mark(reading.items(number - 1), "wished")
        mark(
            [item for item in reading.items(number) if item.first < at and item.role != "at"], "wished", kinds
        )


def _tomorrow(reading: Reading) -> None:
    for number, clause in enumerate(reading.clauses):
        start = _future_day(reading, clause)
        if start is None or clause.past:
            continue
        later_past = any(later.past for later in reading.clauses[number + 1 :])
        # 기사님은 모레 오신다: who comes then is not there yet.
        coming = bool(clause.lemmas & WORDS["appear"]) and not later_past
        said_so = clause.predicate is not None and reading.tokens[clause.predicate].tag == "VCP"
        ahead = clause.predicate is None or clause.modality in _NOT_YET or coming or said_so
        for item in reading.items(number):
            # 병원은 내일 예약: what the plan is about.
            alive = item.concept.kind in ("person", "animal")
            about = ahead and item.role in ("topic", "owner", "subject") and item.concept.kind != "time"
            about = about and (coming or not alive)
            if item.first >= start or about:
                mark([item], "wished")
        for later_number in range(number + 1, len(reading.clauses)):
            before, later = reading.clauses[later_number - 1], reading.clauses[later_number]
            led = before.link in WORDS["leading_ending"] | {"면", "으면"} or before.tag == "ETM"
            if not led or later.past or has_today(reading.inside(later)):
                break
            mark(reading.items(later_number), "wished")


def _future_day(reading: Reading, clause: Clause) -> int | None:
    tokens = reading.tokens
    for index in range(clause.first, clause.last + 1):
        form = tokens[index].form
        after = tokens[index + 1].form if index < clause.last else ""
        if form in WORDS["tomorrow"] or (form in ("다음", "담") and after in WORDS["span"]):
            return index
        if form == "다음" and after == "에":
            return index
        starting = form in WORDS["span"] and after == "부터" and not clause.past and clause.tag == "EF"
        if starting and not has_today(tokens):
            # 새 학기부터는 버스로 통학한다
            return index
        weekday = form == "주말" or (form.endswith("요일") and len(form) == 3)
        coming = weekday and after == "에" and not clause.past and clause.tag == "EF"
        verbal = clause.predicate is not None and tokens[clause.predicate].tag == "VV"
        if coming and verbal and not has_today(tokens):
            # 주말에 부모님이 오신다
            return index
        counted = index > clause.first and tokens[index - 1].form in WORDS["span"] | WORDS["days"]
        ahead = not any(each.past for each in reading.clauses if each.last >= clause.first)
        if form in ("뒤", "후") and counted and after == "에" and ahead:
            # 한 달 뒤에 찾으러 간다.
            return index - 1
    return None


def has_today(tokens: list[Morpheme]) -> bool:
    """Whether a word among ``tokens`` speaks of this very day."""
    return any(token.form in WORDS["today"] for token in tokens)


def by_writer(inside: list[Morpheme]) -> bool:
    """Whether the writer is named: 나, 내가, 우리."""
    return any(token.tag == "NP" and token.form in WORDS["writer"] for token in inside)


def honoured(inside: list[Morpheme]) -> bool:
    """Whether the verb honours its doer: 가시다, 계셨다."""
    return any(token.tag == "EP" and token.form in ("시", "으시") for token in inside)
