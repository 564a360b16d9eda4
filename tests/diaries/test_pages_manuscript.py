"""How a text falls into squares, and which texts go on ruled lines instead."""

from __future__ import annotations

import unicodedata

import pytest

from diaries.manuscript import mostly_hangul, squares


def rows(text: str, *, columns: int = 10, rows: int = 20) -> list[str]:
    """Return the filled rows, with a low line for an empty square and bars between squares."""
    laid = squares(text, columns=columns, rows=rows).rows
    return ["|".join(cell or "_" for cell in row) for row in laid if any(row)]


def test_the_first_square_of_every_paragraph_stays_empty() -> None:
    assert rows("봄이다\n\n여름이다", columns=5) == ["_|봄|이|다|_", "_|여|름|이|다"]


def test_a_blank_takes_a_square_but_never_the_first_of_a_line() -> None:
    assert rows("가나 다라", columns=3) == ["_|가|나", "다|라|_"]
    assert rows("가 나", columns=4) == ["_|가|_|나"]


@pytest.mark.parametrize("mark", [".", ",", "!", "?", "”", ")", "…"])
def test_a_closing_mark_never_begins_a_line(mark: str) -> None:
    assert rows(f"가나{mark} 다", columns=3) == [f"_|가|나{mark}", "다|_|_"]


def test_marks_that_close_together_stay_together_at_the_end_of_a_line() -> None:
    assert rows("가나!” 다", columns=3) == ["_|가|나!”", "다|_|_"]


@pytest.mark.parametrize("mark", ['"', "'"])
def test_a_straight_quote_begins_a_line_where_it_opens_and_ends_one_where_it_closes(mark: str) -> None:
    assert rows(f"가나 {mark}다", columns=3) == ["_|가|나", f"{mark}|다|_"]
    assert rows(f"가나{mark} 다", columns=3) == [f"_|가|나{mark}", "다|_|_"]


@pytest.mark.parametrize("mark", [".", ","])
def test_full_stops_and_commas_take_a_square(mark: str) -> None:
    assert rows(f"가{mark} 나", columns=6) == [f"_|가|{mark}|_|나|_"]


def test_a_paragraph_that_ends_with_its_line_leaves_no_empty_one() -> None:
    assert rows("가나\n다", columns=3) == ["_|가|나", "_|다|_"]


def test_composed_and_decomposed_syllables_take_one_square_each() -> None:
    assert rows(unicodedata.normalize("NFD", "한글"), columns=3) == [
        "_|" + "|".join(unicodedata.normalize("NFD", syllable) for syllable in "한글")
    ]


def test_digits_and_small_latin_letters_share_a_square() -> None:
    assert rows("2026년 abc KTX", columns=12) == ["_|20|26|년|_|ab|c|_|K|T|X|_"]


def test_what_is_seen_as_one_character_takes_one_square() -> None:
    assert rows("👨‍👩‍👧‍👦와 🇰🇷 é", columns=7) == ["_|👨‍👩‍👧‍👦|와|_|🇰🇷|_|é"]


@pytest.mark.parametrize(
    "text", ["가나다 라마바. " * 40, "첫째\n둘째 셋째 넷째\n\n다섯째 " * 12, "가" * 10_000]
)
def test_what_finds_no_square_goes_on_below_and_nothing_is_lost(text: str) -> None:
    laid = squares(text, columns=10, rows=6)
    assert len(laid.rows) == 6
    assert all(len(row) == 10 for row in laid.rows)
    shown = "".join("".join(row) for row in laid.rows) + laid.rest
    assert "".join(shown.split()) == "".join(text.split())
    assert laid.rest


def test_a_short_text_still_has_a_sheet_of_rows() -> None:
    laid = squares("눈", columns=15, rows=20)
    assert len(laid.rows) == 6
    assert laid.rest == ""


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("오늘은 park에 갔다.", True),
        ("We ate 떡볶이 together.", False),
        ("2026!", True),
        ("", True),
        ("日記を書いた", True),
    ],
)
def test_squares_suit_hangul_and_lines_suit_latin(text: str, fits: bool) -> None:
    assert mostly_hangul(text) is fits
