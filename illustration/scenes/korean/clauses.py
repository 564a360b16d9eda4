"""Morphemes → clauses: one predicate each, whether it is denied, and whether it happened. Nothing here is drawn."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from illustration.scenes.korean.modality import Modality, modality_of
from illustration.scenes.korean.morphemes import WORDS, Morpheme

PREDICATE = frozenset({"VV", "VA", "VCP", "VCN", "XSV", "XSA"})
PARTICLES = frozenset({"JKS", "JKC", "JKG", "JKO", "JKB", "JKV", "JKQ", "JX", "JC"})
_INHERITING = frozenset({"desire", "future"})
"""What the last of several linked clauses says of those before it, too: 공원에 가서 놀고 싶다."""


_ELSEWHERE = frozenset({"다른", "옆", "옆집", "대신", "그냥", "결국", "돌리", "건너편", "맞은편"})


@dataclass(slots=True)
class Clause:
    """Morphemes ``first``..``last`` (inclusive) with one predicate.

    ``predicate``: its index, None = a clause of nouns. ``lemmas``: its dictionary forms (청소하다 as a whole, too).
    ``link``: the ending that closes it; ``tag``: the tag of that ending. ``past``: told in the past tense.
    ``only``: 밖에 turns its denial round. ``adjectival``: says what something is like.
    """

    first: int
    last: int
    predicate: int | None = None
    lemmas: frozenset[str] = frozenset()
    link: str = ""
    tag: str = ""
    past: bool = False
    negated: bool = False
    only: bool = False
    modality: Modality = "real"
    quoted: bool = False
    adjectival: bool = False


def clauses_of(tokens: list[Morpheme]) -> list[Clause]:
    """The clauses of one sentence in order; every morpheme is in exactly one."""
    found: list[Clause] = []
    first = index = 0
    while index < len(tokens):
        token = tokens[index]
        end = _end(tokens, index) if token.tag in ("EC", "EF", "ETM", "ETN") else None
        speech = index + 1 < len(tokens) and tokens[index + 1].quoted != token.quoted
        if end is None and speech and tokens[index + 1].quoted:
            # Direct speech is apart from who speaks.
            end = index
        if (
            end is None
            and token.tag == "SP"
            and tokens[index - 1].form in WORDS["left_out"] | WORDS["closed"]
        ):
            # 외식은 취소, 집에서 먹었다: a noun that tells all.
            end = index
        if end is not None:
            found.append(_clause(tokens, first, end))
            first = index = end + 1
        else:
            index += 1
    if first < len(tokens):
        found.append(_clause(tokens, first, len(tokens) - 1))
    for number, clause in enumerate(found):
        following = found[number + 1] if number + 1 < len(found) else None
        clause.modality = modality_of(tokens, clause.first, clause.last, clause.negated, clause.past)
        _with_the_next(tokens, clause, following)
    _each_time(tokens, found)
    _missed_aims(tokens, found)
    _hand_back(tokens, found)
    _whenever(tokens, found)
    _fulfil(tokens, found)
    _turned_away(tokens, found)
    return found


def _skip_particles(tokens: list[Morpheme], index: int) -> int:
    while index < len(tokens) and tokens[index].tag in PARTICLES:
        index += 1
    return index


def _end(tokens: list[Morpheme], index: int) -> int | None:
    """Where the clause whose ending stands at ``index`` ends; None where an auxiliary carries it on."""
    token = tokens[index]
    after = _skip_particles(tokens, index + 1)
    following = tokens[after] if after < len(tokens) else None
    if token.tag == "EF" or following is None:
        return index
    if token.tag == "EC":
        carried = (
            following.tag == "VX"
            # 초콜릿이라도 주고 싶었다
            or (token.form == "라도" and tokens[index - 1].tag == "VCP")
            or (token.form == "지" and tokens[index + 1].form == "도")
            or (token.form == "지" and (following.form in ("못", "않", "말", "안") or following.tag == "MAG"))
            or (token.form.endswith("야") and following.form in ("하", "되", "겠", "지"))
            or (token.form == "게" and following.form in ("되", "하") and following.tag == "VV")
            or (token.form in WORDS["aim_ending"] and following.form == "하")
            or (token.form in ("어", "아") and following.tag == "VV" and after == index + 1)
        )
        return None if carried else index
    if token.tag == "ETM":
        if following.tag == "NNB" or following.form in WORDS["carrier"]:
            beyond = _skip_particles(tokens, after + 1)
            if beyond < len(tokens) and tokens[beyond].lemma in WORDS["carried"]:
                return None
            if (
                following.form in ("생각", "엄두")
                and beyond < len(tokens)
                and tokens[beyond].form in ("안", "못")
            ):
                # 내려올 생각을 안 한다
                return None
            if beyond < len(tokens) and tokens[beyond].tag in ("VCP", "VCN", "XSV", "XSA"):
                return None
            return beyond - 1
        return index
    # A verb made a noun: 가기로 했다, 가기 싫다.
    if token.form == "기":
        if tokens[index + 1].form == "로" and following.tag[0] == "S":
            # 내일 먹기로.
            return index + 1
        if following.lemma in WORDS["carried_noun"] or following.form in ("시작", "약속", "결심"):
            return None
        return _skip_particles(tokens, after + 1) - 1 if following.form in ("전", "때문", "위하") else index
    return index


def _clause(tokens: list[Morpheme], first: int, last: int) -> Clause:
    inside = tokens[first : last + 1]
    clause = Clause(first, last)
    lemmas: set[str] = set()
    for index in range(first, last + 1):
        token = tokens[index]
        if token.tag not in PREDICATE:
            continue
        if clause.predicate is None:
            clause.predicate = index
            clause.adjectival = token.tag in ("VA", "XSA", "VCP", "VCN")
        lemmas.add(token.lemma)
        foreign = token.tag == "VV" and index > first and tokens[index - 1].tag == "SL"
        foreign = foreign and tokens[index - 1].end == token.start
        if (token.tag in ("XSV", "XSA") or foreign) and index > first:
            lemmas.add(tokens[index - 1].form + token.lemma)
    clause.lemmas = frozenset(lemmas)
    ending = next((token for token in reversed(inside) if token.tag in ("EC", "EF", "ETM", "ETN")), None)
    if ending is not None:
        clause.link, clause.tag = ending.form, ending.tag
        if clause.tag == "ETM" and inside[-1] is not ending:
            # 어릴 때: a time of its own, no description of what follows.
            clause.link, clause.tag = "", inside[-1].tag
    clause.past = any(token.tag == "EP" and token.form in WORDS["past_tense"] for token in inside)
    # '데미안'을 읽고: only a title is in quotes.
    clause.quoted = (
        any(token.quoted for token in inside) if clause.predicate is None else tokens[clause.predicate].quoted
    )
    clause.only = any(token.form == "밖에" for token in inside)
    clause.negated = not clause.only and _negators(tokens, first, last) % 2 == 1
    clause.negated = clause.negated and not _less_than(inside)
    return clause


def _less_than(inside: list[Morpheme]) -> bool:
    """다섯 번도 못 주고받았다, 반도 못 먹었다, 반은 못 먹었다: some was done all the same; 한 번도 was not."""
    for token, after in itertools.pairwise(inside):
        half = token.form in ("반", "절반") and token.tag == "NNG"
        several = token.tag == "NNB" and after.form == "도"
        if half and after.form in ("도", "은", "밖에"):
            return True
        if several:
            number = inside[inside.index(token) - 1]
            return number.tag in ("NR", "MM", "SN") and number.form not in (
                "한",
                "1",
                "몇",
                "아무",
                "어느",
                "그",
            )
    return False


def _negators(tokens: list[Morpheme], first: int, last: int) -> int:
    count = 0
    for index in range(first, last + 1):
        token = tokens[index]
        before = tokens[index - 1] if index else None
        if token.tag == "MAG" and token.form in ("안", "못", "아니"):
            # 초대받지 못해서 is one denial, told by 못 alone.
            count += 1
        elif (
            (token.tag == "VX" and token.lemma in ("않다", "못하다", "말다"))
            or (token.tag == "VV" and token.lemma == "못하다")
            or (token.tag == "VV" and token.lemma == "않다")
        ):
            soon = before is not None and any(
                earlier.lemma in WORDS["soon"] for earlier in tokens[max(first, index - 4) : index]
            )
            count += not soon
        elif token.lemma == "없다" and token.tag in ("VA", "VV"):
            count += 1
        elif token.tag == "VCN":
            besides = before is not None and before.form in ("만", "뿐")
            count += not besides
        elif token.lemma == "모르다" and before is not None and before.form == "줄":
            # 수영할 줄 모른다; but 눈이 올 줄 몰랐다: it did come.
            surprised = any(each.tag == "JKS" for each in tokens[first:index]) and any(
                each.form in WORDS["past_tense"] for each in tokens[index : last + 1]
            )
            endless = any(each.lemma in WORDS["stop"] for each in tokens[first:index])
            count += endless or not surprised
    return count


def _with_the_next(tokens: list[Morpheme], clause: Clause, following: Clause | None) -> None:
    """What a clause's own words leave open and the next one settles."""
    if following is None:
        return
    if clause.modality == "if" and following.predicate is None:
        # 우유를 마시면 목욕 끝!
        clause.modality = "real"
    allowed = clause.link in ("어도", "아도") and following.lemmas & {"되다", "괜찮다"} and not clause.past
    if allowed and following.link in WORDS["telling_ending"]:
        # 먹어도 된다고 하셨다: allowed, not yet done.
        clause.modality = "asked"
    said = {token.lemma for token in tokens[following.first : following.last + 1]}
    lied = {token.form for token in tokens[following.first : following.first + 2]} & WORDS["lying"]
    if lied and clause.link.endswith("고"):
        # 배가 아프다고 거짓말을 했다
        clause.modality = "pretended"
    if following.lemmas & WORDS["believing"] and clause.link.endswith("고") and clause.modality == "real":
        # 산타가 있다고 믿었다
        clause.modality = "guess"
    forms = {token.form for token in tokens[following.first : following.last + 1]}
    if clause.link in WORDS["if_ending"] and "되다" in said and "안" in forms:
        # 뛰면 안 된다 forbids; 안 가면 안 된다 demands.
        clause.negated, clause.modality = not clause.negated, "if" if clause.negated else "real"
        following.negated = False
    if clause.link in WORDS["aim_ending"] | {"러", "으러"} and following.negated:
        clause.negated = True


def _each_time(tokens: list[Morpheme], clauses: list[Clause]) -> None:
    """흙을 걷으면 감자가 나왔다: told of what was done, not of what might have been."""
    for number, clause in enumerate(clauses):
        acted = clause.predicate is not None and tokens[clause.predicate].tag == "VV"
        if clause.modality != "if" or clause.past or clause.negated or not acted:
            continue
        if clause.link not in ("면", "으면"):
            continue
        later = next((each for each in clauses[number + 1 :] if each.tag in ("EF", "EC")), None)
        verbal = later is not None and not later.adjectival and not later.lemmas & WORDS["good"]
        if later is not None and verbal and later.past and later.modality == "real" and not later.negated:
            clause.modality = "real"


def _whenever(tokens: list[Morpheme], clauses: list[Clause]) -> None:
    """놀이터에 가면 미끄럼틀부터 탄다: what is always so is told of no day."""
    for clause, following in itertools.pairwise(clauses):
        acted = following.predicate is not None and tokens[following.predicate].tag == "VV"
        supposed = clause.modality == "if" and clause.link in ("면", "으면") and not clause.past
        told = following.tag == "EF" and not following.past and not following.negated
        if supposed and acted and told and following.modality == "real" and not following.adjectival:
            following.modality = "future"


def _missed_aims(tokens: list[Morpheme], clauses: list[Clause]) -> None:
    """캠핑을 가려고 텐트도 샀는데 아파서 못 갔다: an aim that came to nothing."""
    for number, clause in enumerate(clauses):
        if clause.link not in WORDS["aim_ending"] or clause.modality != "real" or clause.negated:
            continue
        for before, later in itertools.pairwise(clauses[number + 1 :]):
            own = any(token.tag == "JKO" for token in tokens[later.first : later.last + 1])
            missed = later.lemmas & (clause.lemmas | WORDS["appear"])
            described = later.tag == "ETM" or (later.adjectival and "없다" not in later.lemmas)
            if later.negated and missed and not own and not described and before.link not in ("지",):
                clause.modality = "desire"


def _turned_away(tokens: list[Morpheme], clauses: list[Clause]) -> None:
    """냉면을 먹으러 갔는데 줄이 길어서 옆집으로 갔다: what one went for and did not have."""
    for number, (clause, going) in enumerate(itertools.pairwise(clauses)):
        if clause.link not in ("러", "으러") or not going.lemmas & WORDS["move"] or clause.modality != "real":
            continue
        if going.link not in ("는데", "지만", "다가", "더니", "었더니"):
            continue
        rest = [token for later in clauses[number + 2 :] for token in tokens[later.first : later.last + 1]]
        own = {token.form for token in tokens[clause.first : clause.last + 1] if token.tag[0] == "N"}
        elsewhere = any(token.form in _ELSEWHERE for token in rest)
        if elsewhere and not own & {token.form for token in rest}:
            clause.modality = "desire"


def _hand_back(tokens: list[Morpheme], clauses: list[Clause]) -> None:
    """A plan or a wish holds for the clauses that lead up to it: 공원에 가서 자전거를 타고 싶다."""
    for clause, following in zip(clauses[-2::-1], clauses[:0:-1], strict=True):
        purpose = clause.link in ("러", "으러") and following.modality == "asked"
        if (
            (following.modality not in _INHERITING and not purpose)
            or clause.past
            or clause.modality != "real"
        ):
            continue
        if clause.predicate is None or clause.adjectival:
            continue
        # 졸다가 내릴 역을 지나쳤다: only where one got off was to come.
        closely = following.tag != "ETM" or clause.link in ("어", "아", "어서", "아서", "러", "으러")
        leads = clause.link in WORDS["leading_ending"] and closely
        sequence = clause.link in ("어서", "아서") and bool(clause.lemmas & WORDS["move"])
        if leads or sequence:
            clause.modality = following.modality
    planned = bool(clauses) and clauses[-1].modality in _INHERITING
    for before, clause, following in zip(clauses, clauses[1:], clauses[2:], strict=False):
        # 비가 오면 우산을 쓰고 안 오면 걸어가려고 했다.
        supposed = before.modality == following.modality == "if" and clause.link in WORDS["leading_ending"]
        if planned and supposed and clause.modality == "real":
            clause.modality = "future"


def _fulfil(tokens: list[Morpheme], clauses: list[Clause]) -> None:
    """What was wished, asked for or proposed and then done, counts: 먹고 싶어서 사 먹었다, 가자고 해서 갔다."""
    for number, clause in enumerate(clauses):
        rest = clauses[number + 1 :]
        if clause.modality in ("future", "told") and clause.tag != "ETM":
            _come_true(tokens, clause, rest)
        if clause.modality not in ("desire", "asked") or any(later.negated for later in rest):
            continue
        if clause.link in WORDS["abandoned_ending"] | {"다가"}:
            # 먹을까 하다가 …
            continue
        causal = any(later.link in WORDS["cause_ending"] for later in (clause, *rest[:1]))
        end = next((each for each in (clause, *rest) if each.link not in WORDS["leading_ending"]), clause)
        after = next((each for each in rest if each.first > end.last), end)
        if after.lemmas == {"하다"}:
            end = after
        opposed = clause.modality == "asked" and end.link in ("는데", "지만")
        for later in rest:
            if opposed and not later.lemmas & (clause.lemmas - WORDS["light"]):
                # 떡볶이 먹자고 했는데 다들 바빠서 혼자 왔다.
                continue
            if grants(tokens, later, clause.lemmas - {"하다", "되다"}) and (
                causal or not _named(tokens, later, ("에", "로", "으로"))
            ):
                clause.modality = "real"


def _come_true(tokens: list[Morpheme], clause: Clause, rest: list[Clause]) -> None:
    """걷기로 하고 걸었다, 비 온다더니 정말 왔다: what was planned or foretold, told by the same verb as done."""
    verbs = clause.lemmas - WORDS["light"]
    foretold = clause.modality == "told"
    if not foretold and clause.link not in ("고", "어서", "아서"):
        return
    for later in rest:
        forms = {token.form for token in tokens[later.first : later.last + 1]}
        sure = not foretold or bool(forms & WORDS["indeed"])
        if later.past and not later.negated and later.modality == "real" and later.lemmas & verbs and sure:
            clause.modality = "real"


def grants(tokens: list[Morpheme], clause: Clause, wished: frozenset[str]) -> bool:
    """Whether ``clause`` says that a wish with the verbs ``wished`` came true, and names no other object."""
    if clause.modality != "real" or clause.negated or not clause.past or clause.adjectival:
        return False
    inside = tokens[clause.first : clause.last + 1]
    said = {token.lemma for token in inside if token.tag in ("VV", "VX", "XSV")}
    own = any(token.tag == "JKO" for token in inside) or _bare_object(inside)
    return bool(said & (wished | WORDS["granting"])) and not own


def _bare_object(inside: list[Morpheme]) -> bool:
    """치킨 먹었다: a noun right before a verb that wants an object."""
    return any(
        token.tag in ("NNG", "NNP", "SL") and after.tag == "VV" and after.lemma in WORDS["consume"]
        for token, after in itertools.pairwise(inside)
    )


def _named(tokens: list[Morpheme], clause: Clause, particles: tuple[str, ...]) -> bool:
    return any(
        token.tag == "JKB" and token.form in particles for token in tokens[clause.first : clause.last + 1]
    )
