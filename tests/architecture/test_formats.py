"""How moments are written: the half of the day stands where the language puts it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.utils import formats, translation


@pytest.mark.parametrize(
    ("language", "words"), [("ko", "2026년 11월 23일 오후 10:21"), ("en", "Nov. 23, 2026, 10:21 p.m.")]
)
def test_a_moment_in_words(language: str, words: str) -> None:
    with translation.override(language):
        assert formats.date_format(datetime(2026, 11, 23, 22, 21, tzinfo=UTC), "DATETIME_FORMAT") == words
