"""How the tests of the Korean reader look at what it found: by the words that the text itself says."""

from collections.abc import Iterable

from illustration.scenes.korean import read_korean
from illustration.scenes.lexicon import lexicon
from illustration.scenes.mentions import Mention


def mentions(text: str) -> list[Mention]:
    return [item for sentence in read_korean(text, lexicon()) for item in sentence.mentions]


def real(text: str) -> list[str]:
    """The words said of what is there."""
    return [item.said for item in mentions(text) if item.status == "real"]


def status_of(text: str, said: str) -> set[str]:
    return {item.status for item in mentions(text) if item.said.startswith(said)}


def assert_read(text: str, there: str, absent: str) -> None:
    """Each word of ``there`` is said of something that is there, and no word of ``absent`` is."""
    found = real(text)
    assert [word for word in there.split() if not _any_starts(found, word)] == [], (text, found)
    assert [word for word in absent.split() if _any_starts(found, word)] == [], (text, found)


def _any_starts(found: Iterable[str], word: str) -> bool:
    return any(said.replace(" ", "").startswith(word) for said in found)
