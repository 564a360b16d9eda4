"""How a Korean sentence is told: its feeling and how strong, its turns and highlights, its hour and month."""

from __future__ import annotations

import itertools

from illustration.scenes.korean.days import Reading
from illustration.scenes.korean.morphemes import WORDS, Morpheme
from illustration.scenes.korean.words import Found
from illustration.scenes.lexicon import Lexicon
from illustration.scenes.mentions import Sentence

_PLAIN, _STRONG, _WEAK, _STRONGEST = 1.0, 2.0, 0.5, 3.0
_NUMBERS = {
    word: number
    for number, word in enumerate(["한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열"], 1)
}
_SEASONS = ("겨울", "겨울", "봄", "봄", "봄", "여름", "여름", "여름", "가을", "가을", "가을", "겨울")


def tell(reading: Reading, sentence: Sentence, text: str) -> None:
    """Set feeling, strength, highlight and turn of ``sentence``; ``text`` is what stands up to the next one."""
    forms = {token.form for token in reading.tokens}
    lemmas = {token.lemma for token in reading.tokens}
    sentence.highlight = bool((forms | lemmas) & WORDS["highlight"])
    sentence.turn = bool(forms & WORDS["turn"])
    best: Found | None = None
    for item in reading.found:
        if item.concept.kind != "mood" or item.status != "real":
            continue
        if item.actor:
            continue
        if best is None or _strength(reading, item) >= _strength(reading, best):
            best = item
    loud = "!" in text or bool(forms & {"ㅠㅠ", "ㅜㅜ"})
    if best is not None:
        sentence.feeling = best.concept.name
        sentence.strength = min(_strength(reading, best) + (0.5 if loud else 0.0), _STRONGEST)
    else:
        sentence.feeling = _unnamed(reading, text)
        sentence.strength = _PLAIN if sentence.feeling else 0.0
        if sentence.feeling and any(token.form in WORDS["very"] for token in reading.tokens):
            sentence.strength = _STRONG


def _unnamed(reading: Reading, text: str) -> str:
    """A feeling that no word for one tells: 정말 좋았다, 할머니가 보고 싶다, ㅠㅠ; "" = none."""
    if reading.moods:
        return reading.moods[-1]
    for number, clause in enumerate(reading.clauses):
        inside = reading.inside(clause)
        longing = clause.modality == "desire" and "보다" in clause.lemmas and clause.tag != "ETM"
        if longing and _somebody_missed(reading, number):
            return "missing someone"
        spoilt = clause.negated and any(token.form in ("기분", "마음") for token in inside)
        if spoilt and clause.lemmas & {"좋다", "편하다"}:
            return "sad"
        if clause.modality != "real" or clause.negated or clause.tag == "ETM":
            continue
        of_something = any(
            token.tag in ("NNG", "NNP") and after.tag in ("JKS", "JX") and token.form not in WORDS["the_day"]
            for token, after in itertools.pairwise(inside)
        )
        if not of_something and (
            clause.lemmas & WORDS["good"] or {token.form for token in inside} & WORDS["good"]
        ):
            return "happy"
    if any(sign in text for sign in ("ㅠ", "ㅜ")):
        # 너무 맛있었다ㅠㅠ weeps for joy.
        praised = {form for token in reading.tokens for form in (token.form, token.lemma)} & WORDS[
            "highlight"
        ]
        return "happy" if praised else "sad"
    return "amused" if any(sign in text for sign in ("ㅋㅋ", "ㅎㅎ")) else ""


def _somebody_missed(reading: Reading, number: int) -> bool:
    for item in reading.items(number):
        missed = item.role in ("subject", "topic") or (
            item.role == "object" and item.concept.kind == "person"
        )
        if missed and item.concept.kind in ("person", "animal") and item.status == "wished":
            return True
    inside = reading.inside(reading.clauses[number])
    return not any(token.tag in ("JKS", "JKO", "JKB") for token in inside)


def _strength(reading: Reading, item: Found) -> float:
    clause = reading.clauses[item.clause]
    forms = {token.form for token in reading.inside(clause)}
    if forms & WORDS["very"]:
        return _STRONG
    return _WEAK if forms & WORDS["slightly"] else _PLAIN


_MORNING_WAYS = frozenset({"출근길", "등굣길", "등교길"})


def add_hours(text: str, reading: Reading, lexicon: Lexicon) -> None:
    """Add the time of day that the clock tells (밤 열한 시, 7시에 일어났다) and the season of a month (3월)."""
    tokens = reading.tokens
    known = any(item.concept.kind == "time" for item in reading.found)
    for index, token in enumerate(tokens):
        before = tokens[index - 1] if index else token
        word = ""
        if token.form in _MORNING_WAYS and not known:
            # 출근길 지하철
            word, before = "아침", token
        elif token.tag != "NNB" or not index:
            continue
        elif token.form == "시" and not known:
            word = _part_of_day(_hour(tokens, index), reading)
        elif token.form == "월" and before.tag == "SN" and before.form in map(str, range(1, 13)):
            word = _SEASONS[int(before.form) - 1]
        concept = lexicon.words["ko"].get(word) if word else None
        if concept is None:
            continue
        clause = next(at for at, each in enumerate(reading.clauses) if each.first <= index <= each.last)
        said = text[before.start : token.end]
        first = index if before is token else index - 1
        reading.found.append(Found(concept, said, first, index, clause, "to"))
    reading.found.sort(key=lambda item: item.first)


def _hour(tokens: list[Morpheme], index: int) -> int | None:
    before = tokens[index - 1]
    if before.tag == "SN":
        return int(before.form) if before.form.isdecimal() and len(before.form) <= 2 else None
    hour = _NUMBERS.get(before.form)
    if hour is not None and hour <= 2 and index > 1 and tokens[index - 2].form == "열":
        return hour + 10
    return hour


def _part_of_day(hour: int | None, reading: Reading) -> str:
    """The Korean word for the time at ``hour``; "" where only the day's course could tell."""
    if hour is None or hour > 24:
        return ""
    lemmas = {token.lemma for token in reading.tokens} | {token.form for token in reading.tokens}
    if hour > 12:
        return "오후" if hour < 18 else "저녁" if hour < 21 else "밤"
    if hour == 12:
        return "밤" if lemmas & WORDS["bedtime"] else "낮"
    if lemmas & WORDS["rising"]:
        return "새벽" if hour < 6 else "아침"
    if lemmas & WORDS["bedtime"]:
        return "밤" if hour >= 8 or hour < 4 else ""
    if lemmas & WORDS["leaving_work"]:
        return "저녁" if hour in (5, 6, 7) else "밤" if hour >= 8 else "오후"
    return "오후" if 1 <= hour <= 5 else ""
