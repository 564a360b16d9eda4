"""Names that a diary gives to people, pets and toys, and whom they stand for."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field

from illustration.scenes.korean.days import DOERS, Reading
from illustration.scenes.korean.morphemes import WORDS, Morpheme
from illustration.scenes.korean.roles import role_of
from illustration.scenes.korean.words import Found
from illustration.scenes.lexicon import Concept, Lexicon, grammar

FOREIGN_NAMES = grammar("en")["first_name"]
_ELDERS = frozenset({"누나", "형", "언니", "오빠", "이모", "삼촌"})
"""What the young call somebody at work: 사육사 누나."""
_NAMED = frozenset({"person", "animal", "thing"})
_PET_NAMES = frozenset({"food", "animal", "plant", "weather", "thing", "time"})
_LONGEST_NAME = 4
_SKY = frozenset({"sky", "star", "cloud", "moon", "sun", "sea", "dew", "rainbow", "universe"})


@dataclass(slots=True)
class Names:
    """Names found so far in one diary and what each stands for."""

    known: dict[str, Concept] = field(default_factory=dict)
    last_named: Concept | None = None
    pet: Concept | None = None


def name(text: str, reading: Reading, names: Names, lexicon: Lexicon) -> None:
    """Replace names by whom they stand for, and learn those that the sentence gives."""
    _learn(reading, names)
    _learn_called(reading, names, lexicon)
    _learn_pets(reading, names, lexicon)
    for item in list(reading.found):
        form = "".join(token.form for token in reading.tokens[item.first : item.last + 1])
        if form in names.known:
            reading.found.remove(item)
    for job, title in itertools.pairwise(list(reading.found)):
        polite = title.said in WORDS["polite"] | _ELDERS and title.first == job.last + 1
        if polite and job.concept.kind == "person" and job.said not in WORDS["kin"]:
            job.role = title.role
            reading.found.remove(title)
    taken = {index for item in reading.found for index in range(item.first, item.last + 1)}
    for index, token in enumerate(reading.tokens):
        if index in taken or (token.quoted and token.tag != "NNP"):
            continue
        concept = names.known.get(token.form) or names.known.get(_plain(token.form))
        if concept is None and _is_person(reading.tokens, index):
            concept = names.known[_plain(token.form)] = lexicon.concepts["friend"]
        if concept is not None and token.tag in ("NNP", "NNG", "SL"):
            _add(text, reading, names, index, concept)
    reading.found.sort(key=lambda item: item.first)
    bearers = [item for item in reading.found if item.concept.kind in _NAMED]
    if bearers:
        names.last_named = bearers[-1].concept


def _plain(form: str) -> str:
    """A name without the 이 of speech: 서연이 is 서연."""
    return form.removesuffix("이") if len(form) > 2 else form


def _add(text: str, reading: Reading, names: Names, index: int, concept: Concept) -> None:
    tokens = reading.tokens
    before = next((item for item in reading.found if item.last == index - 1), None)
    after = index + 1
    if after < len(tokens) and tokens[after].tag == "XSN" and tokens[after].form in ("이", "네"):
        after += 1
    following = next((item for item in reading.found if item.first == after), None)
    same = [item for item in (before, following) if item is not None]
    if any(item.concept is concept or item.concept.kind == "person" for item in same):
        # 강아지 초코, 딸 서아, 민수 형: one and the same.
        if before is not None and before.role in ("owner", "bare"):
            before.role = role_of(tokens, index)
            names.known[_plain(tokens[index].form)] = before.concept
        return
    following_forms = {token.form for token in tokens[after : after + 2]}
    if following_forms & {"라는", "란"} or (
        following_forms & {"이", "라고", "로", "으로"} and _naming(tokens, index)
    ):
        return
    clause = next(
        number for number, clause in enumerate(reading.clauses) if clause.first <= index <= clause.last
    )
    said = text[tokens[index].start : tokens[index].end]
    reading.found.append(Found(concept, said, index, index, clause, role_of(tokens, index)))


def _naming(tokens: list[Morpheme], index: int) -> bool:
    return any(token.form == "이름" for token in tokens[max(0, index - 4) : index])


def _learn(reading: Reading, names: Names) -> None:
    tokens = reading.tokens
    for index, token in enumerate(tokens):
        if token.tag not in ("NNP", "NNG") or len(token.form) > _LONGEST_NAME:
            continue
        after = [each.form for each in tokens[index + 1 : index + 4]]
        before = [each.form for each in tokens[max(0, index - 3) : index]]
        owner = _named_thing(reading, index)
        # 초코라는 강아지, 초코란 고양이
        if after[:1] == ["이"] and len(after) > 1 and after[1] in ("라는", "란"):
            bearer = next((item for item in reading.found if item.first in (index + 3, index + 4)), None)
            if bearer is not None and bearer.concept.kind in _NAMED:
                names.known[token.form] = bearer.concept
            continue
        # 이름은 초코다, 이름을 초코라고 지었다, 이름을 치즈로 지었다
        if "이름" in before and (after[:1] == ["이"] or after[:1] in (["로"], ["으로"], ["라고"])):
            bearer_concept = owner or names.last_named
            if bearer_concept is not None:
                names.known[token.form] = bearer_concept
            continue
        # 짝은 지민이다
        if (
            owner is not None
            and owner.kind == "person"
            and token.tag == "NNP"
            and (after[:1] == ["야"] or (after[:1] == ["이"] and tokens[index + 1].tag == "VCP"))
            and any(form in WORDS["topic"] for form in before)
        ):
            names.known[_plain(token.form)] = owner
            continue
        # 우리 강아지 초코랑, 햄스터 뭉치가
        pet = next(
            (
                item
                for item in reading.found
                if item.last == index - 1 and item.concept.kind == "animal" and item.role in ("owner", "bare")
            ),
            None,
        )
        if pet is None or token.start == tokens[index - 1].end:
            continue
        own = next((item for item in reading.found if item.first == index and item.last == index), None)
        role = role_of(tokens, index)
        fit = own is None or own.concept.kind in _PET_NAMES
        common = token.form in WORDS["pet_things"] or (
            own is None and token.tag == "NNG" and role == "object"
        )
        if fit and not common and role in ("subject", "topic", "with"):
            names.known[token.form] = pet.concept


def _learn_called(reading: Reading, names: Names, lexicon: Lexicon) -> None:
    """짝꿍 나비는 결석했다, 하늘이랑 놀았다: an everyday word that is somebody's name."""
    tokens = reading.tokens
    for item in reading.found:
        form = tokens[item.first].form
        if item.first != item.last or form not in WORDS["name_words"] or item.concept.kind == "person":
            continue
        verbs = reading.clauses[item.clause].lemmas
        before = next((each for each in reading.found if each.last == item.first - 1), None)
        told = before is not None and before.role == "owner" and before.said in WORDS["kin"]
        told = told and item.role in (*DOERS, "with") and bool(verbs & WORDS["human"])
        airy = item.concept.kind in ("season", "weather", "time") or item.concept.name in _SKY
        joined = reading.after(item) in ("랑", "이랑", "하고") and airy and bool(verbs & WORDS["social"])
        # 우리 고양이 나비를 찾았다
        pet = before is not None and before.role == "owner" and before.concept.kind == "animal"
        pet = pet and item.concept.kind == "animal" and item.role in (*DOERS, "object", "with")
        if told or joined or pet:
            bearer = before.concept if before is not None and (told or pet) else lexicon.concepts["friend"]
            names.known[form] = bearer


def _learn_pets(reading: Reading, names: Names, lexicon: Lexicon) -> None:
    """강아지 산책. 초코가 꼬리를 흔들었다: what sounds like a food, but acts, is the pet told of before."""
    for token in reading.tokens:
        # 강아지 미용: a pet inside another name, too.
        if token.form in WORDS["pets"]:
            names.pet = names.pet or lexicon.words["ko"].get(token.form)
    for item in reading.found:
        clause = reading.clauses[item.clause]
        form = reading.tokens[item.first].form
        lone = item.first == item.last and 1 < len(form) <= _LONGEST_NAME
        acts = clause.lemmas & WORDS["animate"] and item.role in ("subject", "topic")
        if names.pet and lone and acts and item.concept.kind in ("food", "plant", "thing"):
            names.known[form] = names.pet


def _named_thing(reading: Reading, index: int) -> Concept | None:
    earlier = [item for item in reading.found if item.last < index and item.concept.kind in _NAMED]
    return earlier[-1].concept if earlier else None


def _is_person(tokens: list[Morpheme], index: int) -> bool:
    token = tokens[index]
    surname = len(token.form) == 1 and index + 1 < len(tokens) and tokens[index + 1].form == "씨"
    if token.tag == "SL":
        # Jenny는 안 왔다
        return token.form.lower() in FOREIGN_NAMES and role_of(tokens, index) not in ("at", "to")
    if token.tag != "NNP" or not (surname or 2 <= len(token.form) <= _LONGEST_NAME):
        return False
    if surname:
        return True
    if _plain(token.form) in WORDS["given_names"]:
        return role_of(tokens, index) not in ("at", "to")
    if token.form.endswith(tuple(WORDS["place_tail"])) or not all(
        "가" <= sign <= "힣" for sign in token.form
    ):
        return False
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if after is not None and after.tag == "XSN" and after.form in ("이", "네", "님", "씨"):
        return True
    if after is not None and (after.tag == "SP" or after.form in ("씨", "양", "군")):
        # 민지, 서연이랑: a list is as its last member.
        later = next((at for at in range(index + 2, min(index + 4, len(tokens)))), None)
        return after.tag != "SP" or (
            later is not None
            and tokens[index + 2].tag == "NNP"
            and role_of(tokens, index + 2) in ("with", "subject", "topic")
        )
    role = role_of(tokens, index)
    acts = any(later.lemma in WORDS["human"] for later in tokens[index:])
    return role == "with" or (role in ("subject", "topic") and acts) or (token.form.endswith("이") and acts)
