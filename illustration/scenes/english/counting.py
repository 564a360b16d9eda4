"""How many, and what o'clock, in an English phrase. Numbers only."""

from __future__ import annotations

import re

from illustration.scenes.english.tokens import Token
from illustration.scenes.english.words import LISTS
from illustration.scenes.mentions import MOST_COUNTED

_NUMBERS = {
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "both": 2,
    "couple": 2,
    "pair": 2,
    "twin": 2,
    "few": 3,
    "several": 3,
    "triplet": 3,
}
_MANY = frozenset(
    [
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "hundred",
        "thousand",
        "dozen",
        "dozens",
        "hundreds",
        "thousands",
        "many",
        "lots",
        "loads",
        "tons",
        "bunch",
        "plenty",
        "million",
    ]
)
_ONE = frozenset(["a", "an", "one", "another", "each", "every", "single", "my", "the", "this"])
_CLOCK = re.compile(r"^(\d{1,2})(?::(\d\d))?(am|pm)?$")
_HOURS = {
    word: number
    for number, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
        start=1,
    )
}


def number_of(word: str) -> int:
    """1..5 for a number in words or digits, 0 for another word."""
    if word.isdigit():
        return max(1, min(int(word[:6]), MOST_COUNTED))
    return MOST_COUNTED if word in _MANY else _NUMBERS.get(word, 0)


def count_of(tokens: list[Token], first: int, last: int) -> int:
    """How many (1..5) of the noun at ``first``..``last`` are said; a plural without a number is two."""
    noun = tokens[last]
    plural = noun.lower != noun.noun and noun.lower not in LISTS["uncounted"] and noun.tag == "N"
    number = _number_before(tokens, first)
    if number and (plural or noun.lower in LISTS["uncounted"] or not _loosely(tokens, first)):
        return number
    return 2 if plural else 1


def _loosely(tokens: list[Token], first: int) -> bool:
    """Lots of water: much of it, not many."""
    before = {token.lower for token in tokens[max(0, first - 4) : first]}
    return bool(before & {"lots", "lot", "tons", "loads", "plenty", "bunch", "few", "many"})


def _number_before(tokens: list[Token], first: int) -> int:
    index = first - 1
    steps = 0
    while index >= 0 and steps < 6:
        token = tokens[index]
        word = token.lower
        if word == "of":
            index -= 1
            steps += 1
            continue
        if word in _NUMBERS:
            half = index and tokens[index - 1].lower in ("half", "quite")
            return 5 if half and word == "few" else _NUMBERS[word]
        if word in _MANY:
            return MOST_COUNTED
        if word.isdigit():
            before = tokens[index - 1].lower if index else ""
            return (
                0
                if before in ("number", "grade", "page", "level", "at")
                else max(1, min(int(word[:6]), MOST_COUNTED))
            )
        parts = token.lower == "piece" and tokens[index + 1].lower != "of" and index + 1 < first
        if token.noun in LISTS["unit"] or parts:
            return 0
        if token.tag in ("A", "VED", "POSS", "DET", "NUM") or (
            token.tag == "N"
            and (
                token.noun in LISTS["measure"]
                or (index + 1 < first and tokens[index + 1].tag in ("N", "A"))
                or index + 1 == first
            )
        ):
            if (
                word in _ONE
                and token.tag == "DET"
                and not (index and tokens[index - 1].lower in ("of", "all", "both"))
                and not (index + 1 < len(tokens) and tokens[index + 1].lower in _NUMBERS)
            ):
                return 0
            index -= 1
            steps += 1
            continue
        return 0
    return 0


def hour_of(tokens: list[Token], index: int, lemmas: frozenset[str]) -> str:
    """The name of the time of day that a clock time at ``index`` says, "" where it is none."""
    token = tokens[index]
    before = tokens[index - 1].lower if index else ""
    after = tokens[index + 1].lower if index + 1 < len(tokens) else ""
    match = _CLOCK.match(token.lower)
    if match:
        hour, half = int(match[1]), match[3] or ""
        colon = bool(match[2])
    elif token.lower in _HOURS:
        hour, half, colon = _HOURS[token.lower], "", False
    else:
        return ""
    if after.replace(".", "") in ("am", "pm"):
        half = after.replace(".", "")
    said = half or colon or after in ("o'clock", "oclock", "sharp") or after == "o"
    if not said and not (
        before in ("at", "by", "until", "till", "around", "past") and _ends_phrase(tokens, index + 1)
    ):
        return ""
    if hour > 24:
        return ""
    if half == "pm" and hour < 12:
        hour += 12
    elif half == "am" and hour == 12:
        hour = 0
    elif not half and 1 <= hour <= 12:
        hour = _guess(hour, lemmas)
    return _part_of_day(hour % 24)


def _ends_phrase(tokens: list[Token], index: int) -> bool:
    return index >= len(tokens) or tokens[index].tag in ("PUNCT", "C", "P", "PRON", "ADV", "V", "AUX")


def _guess(hour: int, lemmas: frozenset[str]) -> int:
    """Twelve-hour clock without am or pm: by what is done then."""
    morning = lemmas & LISTS["morning_done"]
    evening = lemmas & LISTS["evening_done"]
    if morning:
        return hour % 12 if hour == 12 else hour
    if hour == 12:
        return 0 if evening - {"dinner", "home", "movie"} else 12
    if hour <= 6 or evening:
        return hour + 12
    return hour


def _part_of_day(hour: int) -> str:
    if 4 <= hour < 6:
        return "dawn"
    if 6 <= hour < 11:
        return "morning"
    if 11 <= hour < 13:
        return "noon"
    if 13 <= hour < 17:
        return "afternoon"
    return "evening" if 17 <= hour < 21 else "night"
