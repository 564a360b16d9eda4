"""What later sentences change in earlier ones: a wish then done, a dream that goes on, a day told from yesterday."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from illustration.scenes.english.referring import refer_back, refer_back_at_last
from illustration.scenes.english.retelling import goes_on_telling
from illustration.scenes.english.scopes import find_phrase
from illustration.scenes.english.tokens import RawSentence
from illustration.scenes.english.words import LISTS
from illustration.scenes.mentions import Mention, Sentence, Status


def settle(
    read: list[Sentence], raw: list[RawSentence], *, apart: frozenset[int], whole: bool
) -> list[Sentence]:
    """The sentences with the statuses that only the whole text can tell.

    ``apart``: where words stand that are told of somewhere else; ``whole``: the text is all of a diary.
    """
    _dreams_go_on(read, raw)
    goes_on_telling(read, raw)
    _shown_again(read, raw)
    refer_back(read, raw)
    _wishes_done(read, raw)
    _yesterday_told(read, raw, apart, whole=whole)
    _days_before(read, raw)
    _taken_back(read, raw)
    refer_back_at_last(read, raw)
    _shouts_for_joy(read, raw)
    return read


def _restatus(sentence: Sentence, old: Status, new: Status) -> None:
    sentence.mentions = [
        replace(mention, status=new) if mention.status == old else mention for mention in sentence.mentions
    ]


def _words(sentence: RawSentence) -> list[str]:
    return [token.lower for token in sentence.tokens]


def _dreams_go_on(read: list[Sentence], raw: list[RawSentence]) -> None:
    """After "I dreamt …" a dream lasts until somebody wakes, or while "it", "she" and "then" go on with it."""
    dreaming = False
    for number, sentence in enumerate(raw):
        words = _words(sentence)
        wakes = bool(LISTS["wake"] & {*words})
        starts = any(mention.status == "dreamt" for mention in read[number].mentions)
        if dreaming and not starts:
            later_wake = any(LISTS["wake"] & {*_words(other)} for other in raw[number + 1 :])
            goes_on = words[0] in ("it", "he", "she", "they", "there", "and") and not {
                "today",
                "real",
                "really",
            } & {*words}
            if wakes:
                dreaming = False
            elif later_wake or (goes_on and not (LISTS["now"] & {*words})):
                _restatus(read[number], "real", "dreamt")
                read[number].writer = None
            else:
                dreaming = False
        if starts:
            place = next((index for index, word in enumerate(words) if word in LISTS["wake"]), -1)
            dreaming = place < 0


def _shown_again(read: list[Sentence], raw: list[RawSentence]) -> None:
    """We saw a film about a dog. The dog died: what was only shown or dreamt is spoken of again."""
    unreal: dict[str, Status] = {}
    there: set[str] = set()
    for number, sentence in enumerate(raw):
        before = {later.start: first.lower for first, later in pairwise(sentence.tokens)}
        mentions = read[number].mentions
        read[number].mentions = [
            replace(mention, status=unreal[mention.concept.name])
            if mention.status == "real"
            and mention.concept.name in unreal
            and mention.concept.name not in there
            and before.get(mention.start) in ("the", "that", "this", "those")
            and not LISTS["handle"] & {token.verb for token in sentence.tokens}
            else mention
            for mention in mentions
        ]
        for mention in read[number].mentions:
            if mention.concept.kind not in ("person", "animal", "plant", "thing", "food"):
                continue
            if mention.status == "real":
                there.add(mention.concept.name)
            elif mention.status in ("shown", "dreamt"):
                unreal.setdefault(mention.concept.name, mention.status)


def _wishes_done(read: list[Sentence], raw: list[RawSentence]) -> None:
    """I wanted ice cream, so Mom bought me one. We hoped for snow and it did!"""
    for number, sentence in enumerate(raw):
        if not any(mention.status == "wished" for mention in read[number].mentions) or "?" in sentence.ending:
            continue
        last = max(
            mention.start + len(mention.said)
            for mention in read[number].mentions
            if mention.status == "wished"
        )
        rest = [token for token in sentence.tokens if token.start >= last]
        following = (
            raw[number + 1].tokens
            if number + 1 < len(raw) and raw[number + 1].line - sentence.line < 2
            else []
        )
        if _done([token.lower for token in rest]) or _done([token.lower for token in following][:9]):
            _restatus(read[number], "wished", "real")


def _done(words: list[str]) -> bool:
    """Whether words tell that a wish was done, naming nothing new: "and we did", "so Mom bought me one"."""
    if not words or {"n't", "not", "no", "never", "but"} & {*words}:
        return False
    text = f" {' '.join(words)} "
    if any(
        phrase in text
        for phrase in (
            " came true ",
            " got my wish ",
            " finally did ",
            " and did ",
            " so we did ",
            " so i did ",
            " really did ",
            " managed to ",
            " got to do it ",
            " today i did ",
            " today we did ",
            " it worked ",
        )
    ):
        return True
    body = words[:-1] if words[-1] in ("today", "too", "finally", "it") and len(words) > 1 else words
    if body[-1] == "did" and len(body) <= 6:
        return True
    point = {"one", "some", "it", "them", "there"} & {*words[-3:]}
    acted = {"got", "bought", "went", "made", "gave", "took", "did", "had", "ordered", "tried", "ate"} & {
        *words
    }
    return (
        bool(point and acted)
        and len(words) <= 9
        and words[0]
        in (
            "so",
            "and",
            "then",
            "finally",
            ",",
            "i",
            "we",
            "mom",
            "dad",
            "my",
            "today",
            "he",
            "she",
            "grandma",
            "grandpa",
        )
    )


def _yesterday_told(
    read: list[Sentence], raw: list[RawSentence], apart: frozenset[int], *, whole: bool
) -> None:
    """A diary that opens with "Yesterday …" and never comes to today tells of that day."""
    if not whole:
        return
    words = {word for sentence in raw for word in _words(sentence)}
    now = any(
        one == "this" and two in LISTS["part_of_day"]
        for sentence in raw
        for one, two in pairwise(_words(sentence))
    )
    if words & LISTS["now"] or now or ("but" in words and len(raw) == 1):
        return
    first = [word for word in _words(raw[0]) if word not in (",", "so")] if raw else []
    opens = bool(first) and (first[0] in ("yesterday", "last") or first[:3] == ["the", "other", "day"])
    alone = not any(_of_today(mention) for sentence in read for mention in sentence.mentions)
    if opens or alone:
        for sentence in read:
            sentence.mentions = [
                replace(mention, status="real")
                if mention.status == "past" and mention.start not in apart
                else mention
                for mention in sentence.mentions
            ]


def _days_before(read: list[Sentence], raw: list[RawSentence]) -> None:
    """On Monday I had a test. Today was easier; the storm was last night, this morning it was calm."""
    words = [_words(sentence) for sentence in raw]
    todays = [
        "today" in each or any(one == "this" and two in LISTS["part_of_day"] for one, two in pairwise(each))
        for each in words
    ]
    for number, each in enumerate(words):
        if not any(todays):
            return
        weekday = each[:1] == ["on"] and len(each) > 1 and each[1] in LISTS["weekday"] and not todays[number]
        if weekday:
            _restatus(read[number], "real", "past")
        night = next((at for at in range(len(each) - 1) if each[at : at + 2] == ["last", "night"]), -1)
        if night < 0:
            continue
        end = next(
            (at for at in range(night, len(each)) if each[at] in (",", ";", "but", "this")), len(each) - 1
        )
        until = raw[number].tokens[end].start
        read[number].mentions = [
            replace(mention, status="past")
            if mention.status == "real"
            and mention.start <= until
            and (mention.concept.kind == "weather" or mention.said.lower() in ("night", "last night"))
            else mention
            for mention in read[number].mentions
        ]


def _of_today(mention: Mention) -> bool:
    return mention.status == "real" and mention.concept.kind not in ("mood", "time", "season")


def _taken_back(read: list[Sentence], raw: list[RawSentence]) -> None:
    """Snow day! Just kidding. What a sentence takes back was never there."""
    for number, sentence in enumerate(raw[1:], start=1):
        opening = min(7, len(sentence.tokens) - 1)
        if find_phrase(sentence.tokens, LISTS["only_planned"], 0, opening):
            _restatus(read[number - 1], "real", "wished")
        if find_phrase(sentence.tokens, LISTS["take_back"], 0, opening):
            _restatus(read[number - 1], "real", "denied")


def _shouts_for_joy(read: list[Sentence], raw: list[RawSentence]) -> None:
    """I passed!!! A day that names no feeling and shouts of what went well is a happy one."""
    if any(sentence.feeling for sentence in read):
        return
    for number, sentence in enumerate(raw):
        words = {form for token in sentence.tokens for form in (token.lower, token.verb)}
        loud = sentence.ending.count("!") > 1 or (words & LISTS["triumph"] and "!" in sentence.ending)
        if loud and not words & (LISTS["gloom"] | LISTS["not"]):
            read[number].feeling, read[number].strength = "excited", 1.0
            return
