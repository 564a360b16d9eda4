"""What a clause of a Korean sentence says of the topic that an earlier one named: 치과는 무서워서 내일로 미뤘다."""

from __future__ import annotations

from collections.abc import Iterable

from illustration.scenes.korean.clauses import Clause
from illustration.scenes.korean.morphemes import WORDS, Morpheme
from illustration.scenes.korean.words import Found

_ALIVE = frozenset({"person", "animal"})
_THINGS = frozenset({"thing", "food", "plant", "occasion"})
_FARTHEST = 3
"""Clauses that a topic holds for."""


def topic_clause(tokens: list[Morpheme], clauses: list[Clause], number: int) -> int:
    """The clause before ``number`` that names its topic; the one right before it where none does."""
    for at in range(number - 1, max(-1, number - 1 - _FARTHEST), -1):
        clause = clauses[at]
        topical = any(
            token.tag == "JX" and token.form in ("은", "는", "ᆫ")
            for token in tokens[clause.first : clause.last + 1]
        )
        if topical:
            return at
    return number - 1


def _named_in(clauses: list[Clause], item: Found, source: int) -> bool:
    """Whether the topic's particle stands in the clause ``source``: 젖 짜기는 opens the clause after it."""
    opens = item.clause == source - 1 and item.last + 1 == clauses[source].first
    return item.clause == source or opens


def stayed_away(tokens: list[Morpheme], clause: Clause) -> bool:
    """못 오셨다, 같이 못 했다."""
    together = any(token.form in ("같이", "함께") for token in tokens[clause.first : clause.last + 1])
    return together or bool(clause.lemmas & WORDS["absent"] and "가다" not in clause.lemmas)


def topic_left_out(
    tokens: list[Morpheme], clauses: list[Clause], found: list[Found], number: int
) -> list[Found]:
    """디저트는 배불러서 건너뛰었다, 그 가게는 줄이 길어서 지나쳤다: the topic is what was left out."""
    clause = clauses[number]
    own = any(token.tag in ("JKO", "JKS", "JX") for token in tokens[clause.first : clause.last + 1])
    named = [item for item in found if item.clause == number and item.concept.kind not in ("mood", "time")]
    if own or not number or any(tokens[item.first].form not in WORDS["left_out"] for item in named):
        return []
    kinds = {*_THINGS, "action"} | ({"place"} if clause.lemmas & WORDS["not_entered"] else set())
    source = topic_clause(tokens, clauses, number)
    return [
        item
        for item in found
        if item.role == "topic" and item.concept.kind in kinds and _named_in(clauses, item, source)
    ]


def called_off(tokens: list[Morpheme], clauses: list[Clause], found: list[Found], number: int) -> list[Found]:
    """서핑 강습을 신청했는데 파도가 높아 취소됐다: what an earlier clause named was called off."""
    clause = clauses[number]
    own = any(token.tag in ("JKS", "JX", "JKO") for token in tokens[clause.first : clause.last + 1])
    if own or clause.negated or clause.modality != "real" or not clause.lemmas & WORDS["cancelled"]:
        return []
    kinds = (*_THINGS, "action", "place")
    for at in range(number - 1, -1, -1):
        meant = [
            item
            for item in found
            if item.clause == at
            and item.role in ("object", "topic", "to")
            and item.concept.kind in kinds
            and clauses[at].predicate is not None
            and item.first != clauses[at].predicate
        ]
        if meant and (clauses[at].past or clauses[at].link in ("려고", "기로")):
            return meant
    return []


def topic_denied(
    tokens: list[Morpheme], clauses: list[Clause], found: list[Found], number: int
) -> Iterable[Found]:
    """The topic is the object of a denied clause without its own: 사자는 자고 있어서 못 봤다."""
    clause = clauses[number]
    inside = tokens[clause.first : clause.last + 1]
    if not number:
        return ()
    source = topic_clause(tokens, clauses, number)
    topics = [item for item in found if item.role == "topic" and _named_in(clauses, item, source)]
    if any(token.form in ("같이", "함께") for token in inside):
        # 아빠는 야근이라 저녁을 같이 못 먹었다
        partner = [item for item in topics if item.concept.kind == "person"]
        if partner and not any(token.tag in ("JKS", "JX", "NP") for token in inside):
            return partner
    if stayed_away(tokens, clause) and not any(token.tag in ("JKS", "JX", "JKO") for token in inside):
        before = [item for item in found if item.clause == number - 1]
        awaited = [
            item
            for item in before
            if (item.role == "subject" and item.concept.kind in _ALIVE)
            # 친구를 기다렸는데 오지 않았다
            or (item.role == "object" and "기다리다" in clauses[number - 1].lemmas)
        ]
        kinds = (*_ALIVE, "thing", "food", "plant", *(["place"] if "보이다" in clause.lemmas else []))
        return [*(item for item in topics if item.concept.kind in kinds), *awaited]
    sought = [
        item
        for item in found
        if item.clause == number - 1
        and item.role == "object"
        and clauses[number - 1].lemmas & {"찾다", "기다리다"}
    ]
    if sought and clause.lemmas & {"보다", "찾다", "만나다", "보이다"}:
        # 사슴벌레를 찾았지만 못 봤다
        return sought if not any(token.tag in ("JKO", "JKS") for token in inside) else ()
    reached = clause.lemmas & WORDS["move"] and not any(token.tag in ("JKB", "JKO") for token in inside)
    if reached:
        return [item for item in topics if item.concept.kind == "place"]
    if any(token.form in ("얼굴", "모습") for token in inside) and "보이다" in clause.lemmas:
        # 한라산은 구름에 숨어 얼굴을 안 보여 줬다
        return topics
    verbs = [token for token in inside if token.tag in ("VV", "XSV")]
    transitive = clause.lemmas & WORDS["perceive"] or (
        bool(verbs) and not clause.adjectival and not clause.lemmas & WORDS["stays"]
    )
    if not transitive or any(token.tag in ("JKO", "JKS") for token in inside):
        return ()
    meant = {"animal", "thing", "food", "plant"} | ({"person"} if clause.lemmas & WORDS["meet"] else set())
    # 수영은 추워서 안 했다
    meant |= {"action", "occasion"} if "하다" in clause.lemmas else set()
    return [item for item in topics if item.concept.kind in meant]
