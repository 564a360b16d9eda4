"""Questions for a day that has no page yet: read beside the form, never put into anybody's text."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from pathlib import Path


@cache
def _all() -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(Path(__file__).with_name("questions.json").read_text("utf-8"))
    return found


def of_day(day: date, language: str) -> list[str]:
    """Return every question in a language ("ko", else English), the day's own first."""
    words = [pair["ko" if language == "ko" else "en"] for pair in _all()]
    first = day.toordinal() % len(words)
    return words[first:] + words[:first]
