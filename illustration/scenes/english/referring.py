"""What later words of an English diary say of things named before: we never saw them, Mina lent me hers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from illustration.scenes.english.counting import number_of
from illustration.scenes.english.scopes import find_phrase
from illustration.scenes.english.tokens import RawSentence
from illustration.scenes.english.words import LISTS
from illustration.scenes.mentions import Mention, Sentence


def refer_back(read: list[Sentence], raw: list[RawSentence]) -> None:
    """Settle what pronouns and "none" make of the things that they mean, before wishes and days are settled."""
    _never_got(read, raw)
    _lent(read, raw)


def refer_back_at_last(read: list[Sentence], raw: list[RawSentence]) -> None:
    """The same for what depends on the days of the text."""
    _still_to_arrive(read, raw)
    _there_again(read, raw)
    _none_left(read, raw)
    _of_them(read, raw)


def _words(sentence: RawSentence) -> list[str]:
    return [token.lower for token in sentence.tokens]


def _change_last(
    read: list[Sentence], numbers: Sequence[int], before: int, fits: Callable[[Mention], bool], **changes: Any
) -> bool:
    """Change the last fitting mention that starts before ``before``, in the first of the sentences that has one."""
    for number in numbers:
        meant = [
            mention
            for mention in (read[number].mentions if number >= 0 else [])
            if mention.start < before and fits(mention)
        ]
        if meant:
            read[number].mentions = [
                replace(mention, **changes) if mention is meant[-1] else mention
                for mention in read[number].mentions
            ]
            return True
    return False


def _is_there(mention: Mention) -> bool:
    return mention.status == "real" and mention.concept.kind in ("thing", "animal", "food", "plant")


def _lost(mention: Mention) -> bool:
    return mention.status in ("denied", "past") and mention.concept.kind in ("thing", "food")


def _several(mention: Mention) -> bool:
    return mention.count == 2 and mention.concept.kind != "place"


def _never_got(read: list[Sentence], raw: list[RawSentence]) -> None:
    """The lions were asleep inside | and we never saw them; but: I didn't like it."""
    for number, sentence in enumerate(raw):
        tokens = sentence.tokens
        for index in range(1, len(tokens) - 1):
            told = tokens[index + 1].lower
            no = any(near.tag == "NEG" or near.lower == "never" for near in tokens[max(0, index - 3) : index])
            ever = told == "one" and any(near.lower == "never" for near in tokens[max(0, index - 3) : index])
            got = LISTS["got_hold_of"] | (LISTS["never_had_one"] if ever else frozenset())
            if not no or tokens[index].verb not in got or tokens[index].tag not in ("V", "VED"):
                continue
            which = tokens[index + 2].tag if index + 2 < len(tokens) else ""
            if told not in ("it", "them", "him", "her", "one", "any") or which in ("N", "A", "VING"):
                continue
            kinds = ("animal", "person") if told in ("him", "her") else ("animal", "thing", "food", "plant")
            place = tokens[index].start

            def meant(mention: Mention, kinds: tuple[str, ...] = kinds, told: str = told) -> bool:
                fits = (
                    mention.count == 1 if told == "it" else mention.count > 1 or told not in ("them", "any")
                )
                return fits and mention.status == "real" and mention.concept.kind in kinds

            _change_last(read, (number, number - 1), place, meant, status="denied")


def _lent(read: list[Sentence], raw: list[RawSentence]) -> None:
    """I forgot my umbrella. Mina lent me hers: there is one after all."""
    for number, sentence in enumerate(raw):
        tokens = sentence.tokens
        hers = next(
            (
                index
                for index in range(1, len(tokens))
                if tokens[index].lower in ("his", "hers", "theirs", "one", "another")
                and tokens[index].tag != "NUM"
                and (index + 1 == len(tokens) or tokens[index + 1].tag in ("PUNCT", "C", "P", "ADV"))
                and any(near.verb in LISTS["lend"] for near in tokens[max(0, index - 4) : index])
            ),
            0,
        )
        if hers:
            _change_last(read, (number, number - 1), tokens[hers].start, _lost, status="real")


def _still_to_arrive(read: list[Sentence], raw: list[RawSentence]) -> None:
    """We ordered a sofa; it arrives next week."""
    for number, sentence in enumerate(raw):
        tokens = sentence.tokens
        for index in range(len(tokens) - 1):
            if tokens[index].lower not in ("it", "they", "which") or index + 1 >= len(tokens):
                continue
            coming = {near.verb for near in tokens[index + 1 : index + 4]} & {
                "arrive",
                "come",
                "deliver",
                "ship",
            }
            later = {near.lower for near in tokens[index + 1 : index + 7]} & (
                LISTS["soon"] | {"next", "tomorrow"}
            )
            present = tokens[index + 1].lower in ("arrives", "comes", "will", "'ll", "is", "should")
            if not (coming and later and present):
                continue
            near = (number, number - 1) if index < 8 else (number,)
            _change_last(read, near, tokens[index].start, _is_there, status="wished")


def _there_again(read: list[Sentence], raw: list[RawSentence]) -> None:
    """My father used to be a sailor. He showed me a knot: he is there, the sailor is not."""
    for number, sentence in enumerate(raw[1:], start=1):
        words = _words(sentence)
        if words[0] not in ("he", "she", "they") or not LISTS["writer"] & {*words}:
            continue
        before = read[number - 1].mentions
        done = any(
            mention.status == "real" and mention.concept.kind == "action" for mention in read[number].mentions
        )
        if not done or not before or before[0].status != "past" or before[0].concept.kind != "person":
            continue
        if any(mention.status == "real" and mention.concept.kind == "person" for mention in before):
            continue
        read[number - 1].mentions = [replace(before[0], status="real"), *before[1:]]


def _none_left(read: list[Sentence], raw: list[RawSentence]) -> None:
    """The slugs got all the lettuce, there's none left; but: we ate it all, there is none left."""
    for number, sentence in enumerate(raw):
        hit = find_phrase(sentence.tokens, LISTS["none_left"], 0, len(sentence.tokens) - 1)
        if hit is None:
            continue
        place = sentence.tokens[hit[0]].start
        for near in (number, number - 1):
            named = [
                mention
                for mention in (read[near].mentions if near >= 0 else [])
                if mention.concept.kind in ("food", "thing", "plant", "animal") and 0 <= mention.start < place
            ]
            if named and named[-1].status in ("wished", "denied"):
                break
            if near < 0 or {token.verb for token in raw[near].tokens} & LISTS["used_up"]:
                break
            if _change_last(
                read, (near,), place, lambda each: each.start >= 0 and _is_there(each), status="denied"
            ):
                break


def _of_them(read: list[Sentence], raw: list[RawSentence]) -> None:
    """The hamster had babies. Five of them."""
    for number, sentence in enumerate(raw):
        words = _words(sentence)
        for index in range(len(words) - 2):
            if words[index + 1 : index + 3] != ["of", "them"] or not (count := number_of(words[index])):
                continue
            place = sentence.tokens[index].start
            _change_last(read, (number, number - 1), place, _several, count=count)
