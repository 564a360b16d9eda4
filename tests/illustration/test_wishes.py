"""What a writer wishes of a picture beside the text: it reaches the reader, and is forgotten when the drawing ends."""

from __future__ import annotations

import datetime

import pytest

from illustration import drawing, services
from illustration.models import Status
from illustration.wishes import Card, Wishes
from tests.illustration.conftest import Waiting
from tests.illustration.rounds import row_of

ALL = Wishes(
    keywords=("balloon", "뿡뿡이별"),
    without=("beach", "dog"),
    cast=(Card(("Leo",), "man", "glasses"), Card(("Mom",), "woman")),
    text_drawn=False,
    date=datetime.date(2026, 1, 5),
)
TEXT = "I went to the beach with Leo and my dog."


def test_wishes_are_kept_as_json_and_come_back_equal() -> None:
    for wishes in (Wishes(), ALL, Wishes(keywords=("kite",))):
        assert Wishes.from_dict(wishes.to_dict()) == wishes
    assert Wishes().to_dict() == {}


@pytest.mark.django_db
@pytest.mark.usefixtures("small_engine")
def test_wishes_steer_the_picture_and_are_forgotten_with_the_text(waiting: Waiting) -> None:
    wishes = Wishes(keywords=("balloon",), without=("beach", "dog"), cast=ALL.cast)
    row = waiting(text=TEXT, wishes=wishes.to_dict())
    assert row_of(row).wishes["keywords"] == ["balloon"]
    assert drawing.draw_waiting() == 1
    done = row_of(row)
    assert done.wishes == {}
    assert "a balloon" in done.prompt
    assert "a man" in done.prompt
    assert "dog" not in done.prompt
    assert "beach" not in done.prompt
    assert "Leo" not in done.prompt
    words = {each["word"]: each for each in done.scene["asked"]}
    assert words["balloon"]["state"] == "drawn"
    assert not {"beach", "dog"} & set(words)


@pytest.mark.django_db
@pytest.mark.usefixtures("small_engine")
def test_a_picture_of_keywords_alone_says_nothing_of_the_text(waiting: Waiting) -> None:
    row = waiting(text=TEXT, title="Beach", weather="rainy", wishes=ALL.to_dict())
    assert drawing.draw_waiting() == 1
    done = row_of(row)
    assert "a balloon" in done.prompt
    assert "rainy" in done.prompt
    assert "beach" not in done.prompt
    assert [each["state"] for each in done.scene["asked"] if each["en"] == "뿡뿡이별"] == ["no_word"]
    assert [item["word"] for item in done.scene["season"]] == ["winter"]


@pytest.mark.django_db
def test_wishes_are_forgotten_when_a_drawing_is_taken_back(waiting: Waiting) -> None:
    cancelled, superseded = waiting(text=TEXT, wishes=ALL.to_dict()), waiting(text=TEXT, wishes=ALL.to_dict())
    assert services.cancel(cancelled.pk)
    assert services.supersede([superseded.pk]) == 1
    for row in (cancelled, superseded):
        done = row_of(row)
        assert (done.status, done.wishes, done.text) == (Status.STALE, {}, "")
