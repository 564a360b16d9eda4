"""Reads an English text for the tests: what it makes of each thing it names."""

from __future__ import annotations

from illustration.scenes.english import read_english
from illustration.scenes.lexicon import lexicon
from illustration.scenes.mentions import Mention, Sentence, normalise


def sentences(text: str) -> list[Sentence]:
    return read_english(normalise(text), lexicon())


def mentions(text: str) -> list[Mention]:
    return [mention for sentence in sentences(text) for mention in sentence.mentions]


def status(text: str, said: str) -> set[str]:
    """The statuses of the mentions of ``text`` whose words hold ``said``."""
    found = {mention.status for mention in mentions(text) if said in mention.said.lower()}
    assert found, f"{said!r} is no mention of {text!r}: {[mention.said for mention in mentions(text)]}"
    return found


def real(text: str) -> set[str]:
    """The concepts that are there."""
    return {mention.concept.name for mention in mentions(text) if mention.status == "real"}


def unreal(text: str) -> set[str]:
    """The concepts that are named and not there."""
    return {mention.concept.name for mention in mentions(text) if mention.status != "real"}
