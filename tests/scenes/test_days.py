"""Whole diaries: each gives the subjects, place, weather and time of its one scene."""

import pytest

from illustration.scenes import Scene, read_scene
from tests.scenes import english_days, korean_days


def shown(scene: Scene) -> str:
    """A scene as the tables write it, its subjects in the order of the alphabet."""
    subjects = ", ".join(sorted(word.drawn for word in (*scene.who, *scene.what)))
    where, weather, when = (word.drawn if word else "-" for word in (scene.where, scene.weather, scene.when))
    return f"{subjects} @ {where} / {weather} / {when}"


def days(*tables: tuple[tuple[str, str], ...]) -> list[tuple[str, str]]:
    return [day for table in tables for day in table]


@pytest.mark.parametrize(
    ("text", "expected"),
    days(korean_days.DAYS, korean_days.NEGATED, korean_days.HOMONYMS, korean_days.SEVERAL),
)
def test_korean_day(text: str, expected: str) -> None:
    scene = read_scene(text)
    assert scene.language == "ko"
    assert shown(scene) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    days(english_days.DAYS, english_days.NEGATED, english_days.HOMONYMS, english_days.SEVERAL),
)
def test_english_day(text: str, expected: str) -> None:
    scene = read_scene(text)
    assert scene.language == "en"
    assert shown(scene) == expected
