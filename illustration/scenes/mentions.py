"""What the two languages' readers hand over: the drawable words of each sentence. No language rules here."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Literal

from illustration.scenes.lexicon import Concept, Lexicon

LONGEST_TEXT = 12_000
"""Code points looked at; a diary holds at most 10,000 and its title 100."""

_UNFIT = re.compile(
    r"[\u0000-\u0008\u000b-\u001f\u007f\u200b\u200c\u2060\ufeff\ud800-\udfff]|(?<=\w)\u200d|\u200d(?=\w)"
)
_LOOK_OF_EMOJI = re.compile(r"[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")
_EMOJI = re.compile(r"[\U0001f1e6-\U0001f1ff]{2}|[^\w\s](?:\u200d[^\w\s])*")
"""A flag, or a sign with those that are joined to it: a woman and a school are a teacher."""

Status = Literal["real", "denied", "wished", "dreamt", "shown", "likened", "past"]
"""What a sentence makes of a thing: there; said not to be; wished, planned, asked or supposed; dreamt; in a film, book,
photo or game; compared with; of another day."""
MOST_COUNTED = 5


@dataclass(frozen=True, slots=True)
class Mention:
    """A concept that the text names.

    ``start``: index in the text, -1 = unknown. ``role``: subject topic object with at to owner bare emoji.
    ``count``: 1..5. ``actor``, of an action: the name of the concept that does it, "" = the writer, None = nobody said.
    ``target``, of an action: the name of the concept it is done with or to, "" = none said.
    """

    concept: Concept
    said: str
    role: str = "bare"
    start: int = -1
    count: int = 1
    status: Status = "real"
    actor: str | None = None
    target: str = ""

    @property
    def sure(self) -> bool:
        return self.status == "real"


@dataclass(slots=True)
class Sentence:
    """The mentions of one sentence in the order of the text, whatever their status, and how it is told.

    ``writer``: how the writer is named where they act, "" where that goes without saying, None where they do not act.
    ``feeling``: name of a mood concept, "" = none; ``strength`` of it 0..3. ``highlight``: words of delight or of
    firsts and lasts. ``turn``: the story turns here ("그런데 갑자기", "but then"). ``start``: index in the text.
    """

    mentions: list[Mention] = field(default_factory=list)
    writer: str | None = None
    feeling: str = ""
    strength: float = 0.0
    highlight: bool = False
    turn: bool = False
    start: int = 0


def normalise(text: str) -> str:
    """NFC, without control and zero-width characters, lone surrogates and shades of emoji; cut at LONGEST_TEXT."""
    return unicodedata.normalize("NFC", _UNFIT.sub(" ", _LOOK_OF_EMOJI.sub("", text[:LONGEST_TEXT])))


def drop_owners(sentence: Sentence) -> None:
    """Leave out what only tells which one is meant: the friend in 친구 강아지, the school in 학교 친구."""
    pairs = {("person", "animal"), ("place", "person")}
    items = sentence.mentions
    sentence.mentions = [
        item
        for item, after in zip_longest(items, items[1:])
        if not (item.role == "owner" and after and (item.concept.kind, after.concept.kind) in pairs)
    ]


def add_emoji(text: str, sentences: list[Sentence], lexicon: Lexicon) -> None:
    """Put the emoji of ``text`` that name something into the sentences they stand in or after."""
    for match in _EMOJI.finditer(text):
        whole = match.group()
        for offset, sign in [(0, whole)] if whole in lexicon.emoji else enumerate(whole):
            concept = lexicon.emoji.get(sign)
            if concept is None:
                continue
            start = match.start() + offset
            earlier = [sentence for sentence in sentences if sentence.start <= start]
            if not earlier:
                earlier = [Sentence()]
                sentences.insert(0, earlier[0])
            earlier[-1].mentions.append(Mention(concept, sign, "emoji", start))
