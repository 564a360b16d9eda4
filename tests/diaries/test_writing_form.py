"""What the writing form is given: a question for an empty day, the hour of the day's end, whole text, few queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diaries import questions
from diaries.models import Draft, Entry, Tag, User
from illustration.models import Style
from tests.factories import EntryFactory

pytestmark = pytest.mark.django_db
NEW = reverse("diaries:entry-create")


@pytest.fixture
def client(author: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(author)


def page_of(style: Style, **fields: Any) -> dict[str, Any]:
    return {"written_on": "2026-04-05", "body": "A day.", "style": style.pk, "mode": "draw"} | fields


def test_every_day_has_a_question_in_both_languages() -> None:
    today, tomorrow = date(2026, 4, 5), date(2026, 4, 6)
    korean, english = questions.of_day(today, "ko"), questions.of_day(today, "en")
    assert len(korean) == len(set(korean)) == len(english) == len(set(english)) >= 40
    assert korean[0] != questions.of_day(tomorrow, "ko")[0]
    assert all(words.endswith("?") for words in (*korean, *english))


@pytest.mark.parametrize("number", ["3", "44", "-1", "²", "9" * 40, ""])
def test_any_number_of_a_question_is_answered(client: Client, style: Style, number: str) -> None:
    answer = client.post(NEW, page_of(style, question=number, body="", written_on="nonsense"))
    assert answer.status_code == 200
    assert answer.context["question"] in answer.context["questions"]
    assert not Entry.objects.exists()


def test_until_the_day_ends_the_form_says_that_it_is_yesterdays_page(
    client: Client, author: User, style: Style
) -> None:
    User.objects.update(time_zone="Asia/Seoul", day_ends_at=4)
    words = "still yesterday"
    with time_machine.travel(datetime(2026, 4, 5, 18, 30, tzinfo=UTC), tick=False):
        text = client.get(NEW).content.decode()
        assert words in text
        assert 'data-late="2026-04-05">' in text
        assert 'data-late="2026-04-05" hidden>' in client.get(f"{NEW}?date=2026-04-01").content.decode()
        for day, told in (("2026-04-05", ">"), ("2026-04-01", " hidden>")):
            draft = Draft.objects.create(author=author, page=uuid4(), fields={"written_on": day, "body": "x"})
            opened = client.get(f"{NEW}?draft={draft.page}")
            refused = client.post(NEW, page_of(style, written_on=day, body=""))
            for answer in (opened, refused):
                assert f'data-late="2026-04-05"{told}' in answer.content.decode()
    with time_machine.travel(datetime(2026, 4, 5, 19, 30, tzinfo=UTC), tick=False):
        assert words not in client.get(NEW).content.decode()


def test_a_browsers_own_word_for_a_lost_character_is_the_writers(client: Client, style: Style) -> None:
    assert client.post(NEW, page_of(style, body="half \ufffd")).status_code == 422
    assert client.post(NEW, page_of(style, body="half \ufffd", _charset_="UTF-8")).status_code == 302
    assert Entry.objects.get().body == "half \ufffd"


def test_the_form_costs_no_more_queries_for_more_tags_drafts_and_pages(client: Client, author: User) -> None:
    counts = []
    for many in (1, 30):
        Tag.objects.bulk_create([Tag(author=author, name=f"{many} {number}") for number in range(many)])
        Draft.objects.bulk_create(
            Draft(author=author, page=uuid4(), fields={"body": "x"}) for _ in range(many)
        )
        for _ in range(many):
            EntryFactory(author=author)
        with CaptureQueriesContext(connection) as found:
            assert client.get(NEW).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]
