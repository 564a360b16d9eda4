"""Who does what in a Korean sentence: doers, partners, and the writer, whom Korean leaves unsaid."""

from __future__ import annotations

import itertools

from illustration.scenes.korean.clauses import Clause
from illustration.scenes.korean.days import Reading
from illustration.scenes.korean.morphemes import WORDS, Morpheme
from illustration.scenes.korean.words import Found

_ALIVE = frozenset({"person", "animal"})
_SAME_DOER = frozenset(
    [
        "고",
        "며",
        "면서",
        "으면서",
        "어서",
        "아서",
        "러",
        "으러",
        "려고",
        "으려고",
        "다가",
        "어",
        "아",
        "자마자",
        "느라",
        "느라고",
        "고서",
        "ᆫ",
        "은",
    ]
)
_HUMAN = frozenset(
    {"working", "commuting", "having a meeting", "studying", "leaving work", "shopping", "praying", "cooking"}
    | {"taking an exam", "going to school", "math class", "english class", "part-time job", "presenting"}
)
_CONTESTED = frozenset({"winning", "losing a game", "scoring a goal"})
_LISTED = frozenset({"JC", "SP", "MAJ", "JKB", "XSN"})


def share_roles(reading: Reading) -> None:
    """In a list (사자, 코끼리와 원숭이를) every member has the role of the last."""
    found, tokens = reading.found, reading.tokens
    for number in range(len(found) - 2, -1, -1):
        item, later = found[number], found[number + 1]
        if item.role not in ("with", "owner", "bare"):
            continue
        between = [
            token
            for token in tokens[item.last + 1 : later.first]
            if token.tag not in ("MM", "NR", "SN", "NNB") and token.form not in WORDS["counter"]
        ]
        kinds = {item.concept.kind, later.concept.kind}
        # Two places side by side are one place named closer, not a list.
        alike = len(kinds) == 1 and (bool(between) or kinds == {"person"})
        mixed = (kinds <= {"animal", "thing", "food", "plant"} or kinds == _ALIVE) and item.role == "with"
        mixed = mixed and all(token.tag == "JC" for token in between)
        if (alike or mixed) and all(token.tag in _LISTED for token in between):
            item.role = later.role if later.role != "is" else item.role


def assign(reading: Reading, previous: Found | None, text: str) -> tuple[str | None, Found | None]:
    """Set the doers of the sentence's actions. Returns how the writer is named (None = absent) and the last doer."""
    writer: str | None = None
    named = _named_writer(reading, text)
    doer: Found | None = None
    mine = named is not None
    for number, clause in enumerate(reading.clauses):
        items = reading.items(number)
        inside = reading.inside(clause)
        if clause.quoted:
            continue
        subject = next(
            (item for item in items if item.role in ("subject", "topic") and item.concept.kind in _ALIVE),
            None,
        )
        own = _writer_here(inside)
        if doer is not None and doer.status != "real":
            # 동생이 없어서 혼자 놀았다: whoever is not there does nothing.
            doer = None
        if subject is not None and _describes(inside, clause, subject):
            for item in items:
                _do(item, subject, items, inside)
            continue
        if own:
            mine, doer = True, None
        elif subject is not None and not _object_of_verb(inside, clause, subject):
            mine, doer = False, subject
        elif (
            number
            and reading.clauses[number - 1].link not in _SAME_DOER
            and not reading.clauses[number - 1].quoted
        ):
            stranger = any(token.tag == "JKS" for token in inside)
            if stranger or reading.clauses[number - 1].tag == "EF":
                doer = None
        given = (
            number
            and {"주다"} & _last_verbs(reading, number - 1)
            and reading.clauses[number - 1].link in ("어서", "아서")
        )
        given = given or (number and _leaves_open(reading, number))
        if doer is not None and subject is None and (given or _answered(reading, number)):
            # 친구가 줘서 두 개 먹었다, 엄마가 안 된다고 하셔서 울었다: the writer did.
            doer = None
        alive = previous is not None and previous.status == "real"
        if doer is None and not own and _done_to_writer(inside) and alive:
            doer = previous
        honoured = any(token.tag == "EP" and token.form in ("시", "으시") for token in inside)
        if doer is None and not own and honoured and alive:
            doer = previous
        for item in items:
            _do(item, _whose(item, reading) or doer, items, inside)
        if writer is None and doer is None and (mine or _acts(reading, clause, items)):
            writer = ""
    last = doer or next(
        (
            item
            for item in reversed(reading.found)
            if item.concept.kind in _ALIVE
            and item.status == "real"
            and item.role in ("subject", "topic", "with")
        ),
        previous,
    )
    return (named if named is not None else writer), last


def _leaves_open(reading: Reading, number: int) -> bool:
    """아이가 잠들어서 와인을 마셨다, 아이가 떨어뜨려서 새로 사 줬다: the writer did."""
    before, inside = reading.clauses[number - 1], reading.inside(reading.clauses[number])
    if before.link not in ("어서", "아서") or not before.lemmas & WORDS["giving_reason"]:
        return False
    named = any(token.tag == "JKS" for token in reading.inside(before))
    honoured = any(token.tag == "EP" and token.form in ("시", "으시") for token in inside)
    acted = any(token.tag == "JKO" or (token.tag == "VX" and token.lemma == "주다") for token in inside)
    return named and acted and not honoured


def _answered(reading: Reading, number: int) -> bool:
    """Whether a clause follows from what somebody said, asked or forbade in those before it."""
    if number < 2:
        return False
    said, saying = reading.clauses[number - 2 : number]
    ordered = saying.link == "는데" and said.modality == "asked"
    return ordered or (
        said.link.endswith(("다고", "라고", "자고", "냐고"))
        and saying.link
        in (
            "어서",
            "아서",
            "니까",
            "길래",
        )
    )


def _last_verbs(reading: Reading, number: int) -> set[str]:
    verbs = [token.lemma for token in reading.inside(reading.clauses[number]) if token.tag in ("VV", "VX")]
    return set(verbs[-1:])


def _strangers(inside: list[Morpheme]) -> bool:
    return any(
        token.tag in ("NNG", "NNP", "XSN") and after.tag == "JKS" and token.form not in ("팀", "우리")
        for token, after in itertools.pairwise(inside)
    ) and not any(token.tag == "NP" and token.form in WORDS["writer"] for token in inside)


def _do(item: Found, doer: Found | None, items: list[Found], inside: list[Morpheme]) -> None:
    if item.concept.kind != "action":
        return
    moved = item.concept.name in ("falling down", "standing", "lying", "crawling") and doer is None
    if moved and any(
        each.role == "subject" and each.concept.kind in ("thing", "food", "plant") for each in items
    ):
        # 울타리가 넘어져 있었다: nobody fell.
        item.status = "likened"
    if doer is not None and doer.concept.kind == "animal" and item.concept.name in _HUMAN:
        # 고양이들이 회의 중이었다, 새들이 출근했다
        item.status = "likened"
    if doer is None and item.concept.name in _CONTESTED and _strangers(inside):
        # 청군이 이겼다: not the writer's doing.
        item.actor = None
        return
    item.actor = doer.concept.name if doer is not None else ""
    if doer is not None and item.status == "real":
        item.status = doer.status
    item.target = _target(items, doer)


def _whose(item: Found, reading: Reading) -> Found | None:
    """아기 울음소리, 언니의 연주: whose deed it is; 갈매기 구경 is not the gull's."""
    if reading.tokens[item.last].form not in WORDS["own_deed"]:
        return None
    return next(
        (
            owner
            for owner in reading.found
            if owner.role == "owner"
            and owner.status == "real"
            and owner.concept.kind in _ALIVE
            and 0 < item.first - owner.last <= 2
        ),
        None,
    )


def _describes(inside: list[Morpheme], clause: Clause, subject: Found) -> bool:
    """Whether a clause before a noun keeps its doer to itself: 엄마가 만든 빵을 먹었다, but 동생은 만든 빵을 …."""
    if clause.tag != "ETM" or subject.role != "subject" or clause.adjectival:
        return False
    done = clause.link in ("ᆫ", "은", "던")
    return done or bool(clause.lemmas & WORDS["describing"])


def _writer_here(inside: list[Morpheme]) -> bool:
    return any(
        token.tag == "NP" and token.form in WORDS["writer"] and after.tag in ("JKS", "JX", "JKC")
        for token, after in itertools.pairwise(inside)
    )


def _done_to_writer(inside: list[Morpheme]) -> bool:
    """나를, 나한테, 내 손을 …: somebody else does it."""
    for token, after in itertools.pairwise(inside):
        if token.tag == "NP" and token.form in ("나", "저", "우리"):
            if after.tag in ("JKO",) or after.form in ("에게", "한테", "께"):
                return True
            if after.tag == "JKG" and any(each.form in WORDS["body"] for each in inside):
                return any(each.lemma in WORDS["touch"] for each in inside)
    return False


def _object_of_verb(inside: list[Morpheme], clause: Clause, subject: Found) -> bool:
    """엄마가 보고 싶다: mother is whom, not who; 기린은 봤다: so is the giraffe."""
    seen = subject.role == "topic" and subject.concept.kind == "animal" and not clause.adjectival
    if seen and clause.lemmas & {"보다", "만나다", "그리다", "찍다", "키우다", "구경하다"}:
        return not any(token.tag in ("JKO", "JKS") for token in inside)
    if clause.adjectival and subject.role == "subject" and clause.lemmas & WORDS["felt"]:
        # 벌이 무서워서 소리를 질렀다
        return True
    return clause.modality == "desire" and bool(clause.lemmas & WORDS["meet"])


def _target(items: list[Found], doer: Found | None) -> str:
    partners = [
        item
        for item in items
        if item.concept.kind in _ALIVE and item is not doer and item.role in ("with", "object", "to")
    ]
    return partners[-1].concept.name if partners else ""


def _named_writer(reading: Reading, text: str) -> str | None:
    tokens = reading.tokens
    for token, after in itertools.pairwise(tokens):
        if (
            token.tag == "NP"
            and token.form in WORDS["writer"]
            and after.tag in ("JKS", "JX", "JC", "JKB", "JKO")
        ):
            return text[token.start : token.end]
    return None


def _acts(reading: Reading, clause: Clause, items: list[Found]) -> bool:
    """A clause without a doer in which somebody acts is the writer's."""
    inside = reading.inside(clause)
    if clause.tag == "ETM" or clause.predicate is None:
        return any(item.concept.kind == "action" for item in items) and clause.tag != "ETM"
    acting = any(
        token.tag in ("VV", "XSV") and token.lemma not in WORDS["appear"] - {"오다", "가다"}
        for token in inside
    )
    subject = any(token.tag in ("JKS", "JKC") for token in inside)
    weather = any(item.concept.kind == "weather" and item.role == "topic" for item in items)
    if not acting or subject or weather:
        return False
    return any(token.tag == "JKO" for token in inside) or any(
        item.role in ("at", "to", "with", "bare") or item.concept.kind == "action" for item in items
    )
