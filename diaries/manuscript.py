"""How a text falls into the squares of a school diary (원고지); plain Python, nothing about pages or requests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import regex

CLUSTER = regex.compile(r"\X")
PAIRED = regex.compile(r"[0-9]{1,2}|[a-z]{1,2}")
# Marks that close something may not begin a line: they share the last square of the line before.
CLOSING = frozenset(".,!?:;)]}%…·~’”」』》〉】。、，．！？：；）")
# A keyboard has one sign for both ends of a quotation: after a blank it opens one, anywhere else it closes one.
EITHER = frozenset("'\"")
ROWS_AT_LEAST = 6


@dataclass(frozen=True)
class Squares:
    """Rows of squares, all of one width, and the text that goes on below them in ruled lines."""

    rows: list[list[str]]
    rest: str


def squares(text: str, *, columns: int, rows: int) -> Squares:
    """Lay a text into at most `rows` rows of `columns` squares.

    One syllable or cluster a square, digits and small Latin letters two a square. The first square of a
    paragraph stays empty; a blank takes a square but never the first of a line; a closing mark never begins a line.
    """
    filled: list[list[str]] = []
    rest = ""
    paragraphs = text.strip().split("\n")
    for number, paragraph in enumerate(paragraphs):
        words = " ".join(paragraph.split())
        if not words:
            continue
        lines = _lines(words, columns)
        taken = list(islice(lines, rows - len(filled)))
        filled += [line for line, _ in taken]
        kept = taken[-1][1] if taken else 0
        if kept < len(words):
            rest = "\n".join([words[kept:].lstrip(), *paragraphs[number + 1 :]]).strip()
            break
    while len(filled) < min(ROWS_AT_LEAST, rows):
        filled.append([])
    return Squares([line + [""] * (columns - len(line)) for line in filled], rest)


def _lines(words: str, columns: int) -> Iterator[tuple[list[str], int]]:
    """Yield the rows of one paragraph, each with the place in the text up to which it reads."""
    line, end, before = [""], 0, " "
    for piece, after in _pieces(words):
        closes = piece in CLOSING or (piece in EITHER and before != " ")
        if len(line) < columns:
            line.append("" if piece == " " else piece)
        elif piece == " ":
            # The blank between two lines: dropped, and read past.
            pass
        elif closes:
            line[-1] += piece
        else:
            yield line, end
            line = [piece]
        end, before = after, piece
    yield line, end


def _pieces(words: str) -> Iterator[tuple[str, int]]:
    """Yield what goes into one square, each with the place in the text behind it."""
    place = 0
    while place < len(words):
        found = PAIRED.match(words, place) or CLUSTER.match(words, place)
        yield found.group(), found.end()
        place = found.end()


def mostly_hangul(text: str) -> bool:
    """Whether squares suit a text: at least a third of its letters are Hangul (or other full-width script)."""
    letters = regex.findall(r"\p{L}", text)
    wide = sum(1 for letter in letters if letter > "\u1100")
    return not letters or wide * 3 >= len(letters)
