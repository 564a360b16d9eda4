"""Korean diary text → sentences of mentions, by the morphemes that kiwipiepy finds. No choosing between them."""

from __future__ import annotations

import itertools

from illustration.scenes.korean.clauses import clauses_of
from illustration.scenes.korean.counts import count
from illustration.scenes.korean.days import Reading, mark_wishes
from illustration.scenes.korean.denial import deny
from illustration.scenes.korean.elsewhere import mark_elsewhere
from illustration.scenes.korean.lacking import shut
from illustration.scenes.korean.likeness import liken
from illustration.scenes.korean.moods import add_hours, tell
from illustration.scenes.korean.morphemes import sentences, warm_up
from illustration.scenes.korean.names import Names, name
from illustration.scenes.korean.nicknames import join_nicknames
from illustration.scenes.korean.other_days import mark_other_days
from illustration.scenes.korean.people import assign, share_roles
from illustration.scenes.korean.stories import mark_stories
from illustration.scenes.korean.words import Found, Matcher
from illustration.scenes.lexicon import Lexicon
from illustration.scenes.mentions import Mention, Sentence, Status

__all__ = ["read_korean", "warm_up"]


def read_korean(text: str, lexicon: Lexicon, *, today: bool = False) -> list[Sentence]:
    """The sentences of ``text`` (normalised) with their mentions in order.

    ``today``: whether what stands around ``text`` speaks of today, so that another day is not the diary's own.
    """
    readings = []
    names = Names()
    matcher = Matcher(text, lexicon)
    for plain in sentences(text, lexicon):
        tokens = join_nicknames(plain)
        clauses = clauses_of(tokens)
        reading = Reading(tokens, clauses, matcher.found(tokens, clauses))
        name(text, reading, names, lexicon)
        share_roles(reading)
        add_hours(text, reading, lexicon)
        count(tokens, reading.found)
        readings.append(reading)
    mark_wishes(readings)
    mark_elsewhere(readings)
    mark_other_days(readings, today=today)
    mark_stories(readings)
    for reading in readings:
        reading.moods = liken(reading.tokens, reading.clauses, reading.found, lexicon)
        deny(reading.tokens, reading.clauses, reading.found)
        _deeds_as_topics(reading)
        _inherit(reading)
    _missed(readings)
    _undo_inferred(readings)
    return _told(text, readings)


def _deeds_as_topics(reading: Reading) -> None:
    """양털 깎기는 봄에만 한다고 해서 못 봤다: a deed that a clause is about is as real as that."""
    clauses = reading.clauses
    for number, (clause, following) in enumerate(itertools.pairwise(clauses)):
        opening = reading.tokens[following.first]
        thing = clause.tag in ("JX", "JKS", "JKO") and any(
            token.form in ("거", "것") for token in reading.inside(clause)[-3:]
        )
        if not thing and (clause.tag != "ETN" or opening.tag[0] != "J"):
            continue
        last = (
            clauses[number + 2] if following.modality == "told" and number + 2 < len(clauses) else following
        )
        own = any(token.tag == "JKO" for token in reading.inside(last)[1:])
        status: Status | None = "denied" if last.negated and not own and not last.adjectival else None
        if following.modality in ("future", "desire", "told", "if"):
            status = status or "wished"
        for item in reading.items(number) if status else ():
            if item.status == "real" and item.concept.kind not in ("person", "time", "place"):
                item.status = status or item.status


def _inherit(reading: Reading) -> None:
    """What only describes a thing that is not there is not there either: 하늘을 나는 새 같았다."""
    for number, clause in enumerate(reading.clauses):
        if clause.tag != "ETM" or number + 1 == len(reading.clauses):
            continue
        head = next((item for item in reading.found if item.first > clause.last), None)
        after = reading.tokens[head.last + 1 : head.last + 2] if head is not None else []
        if after and after[0].tag == "NNG":
            # 유치원에서 배운 나비 노래: what is described is the song.
            continue
        if head is None or head.status in ("real", "past") or head.first > clause.last + 3:
            continue
        for item in reading.items(number):
            if item.status == "real" and item.concept.kind not in ("person", "time"):
                item.status = head.status
            elif item.status == "real" and item.concept.kind == "person" and item.role == "subject":
                # 동생이 빌려 간 자전거는 안 돌아왔다: nor need the borrower be there.
                item.status = "wished"


_DOOR = 2
"""Clauses after going somewhere in which its being closed is told."""


def _missed(readings: list[Reading]) -> None:
    """코끼리를 보러 갔는데 코끼리가 안 나왔다: nor is there one where it was only meant to be seen."""
    absent = {
        item.concept.name
        for reading in readings
        for item in reading.found
        if item.status == "denied" and item.concept.kind in ("person", "animal")
    }
    for reading in readings:
        for item in reading.found:
            aim = reading.clauses[item.clause].link in ("러", "으러", "려고", "으려고")
            if aim and item.concept.name in absent and item.status == "real":
                item.status = "denied"


def _undo_inferred(readings: list[Reading]) -> None:
    """수영장에 갔지만 수영은 못 했다: what going there would mean is not done where it is denied or only wished."""
    not_done = {
        item.concept.name: item.status
        for reading in readings
        for item in reading.found
        if item.concept.kind == "action" and item.status in ("denied", "wished")
    }
    for reading, following in itertools.zip_longest(readings, readings[1:]):
        for item in reading.found:
            later = [*reading.clauses[item.clause + 1 :], *(following.clauses if following else [])]
            met = any(
                shut(each.tokens, clause)
                for each in (reading, following)
                if each is not None
                for clause in each.clauses
                if any(clause is other for other in later[:_DOOR])
            )
            going = reading.tokens[item.first].lemma in ("가다", "다녀오다", "오다", "들르다")
            if going and item.status == "real" and item.concept.name in not_done:
                item.status = not_done[item.concept.name]
            if going and met and item.status == "real" and item.concept.kind == "action":
                # 수영장에 갔는데 문이 닫혀 있었다
                item.status = "denied"


def _told(text: str, readings: list[Reading]) -> list[Sentence]:
    told: list[Sentence] = []
    doer: Found | None = None
    for index, reading in enumerate(readings):
        sentence = Sentence(start=reading.tokens[0].start)
        sentence.writer, doer = assign(reading, doer, text)
        end = readings[index + 1].tokens[0].start if index + 1 < len(readings) else len(text)
        tell(reading, sentence, text[sentence.start : end])
        sentence.mentions = [_mention(reading, item) for item in reading.found]
        told.append(sentence)
    return told


def _mention(reading: Reading, item: Found) -> Mention:
    return Mention(
        item.concept,
        item.said,
        "bare" if item.role == "is" else item.role,
        reading.tokens[item.first].start,
        item.count,
        item.status,
        item.actor,
        item.target,
    )
