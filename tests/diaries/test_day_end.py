"""A day ends when its writer says so: until that hour the calendar, a new page and the quota are of the day before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from diaries.models import User
from tests.diaries.writing import create

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("zone", "ends_at", "moment", "today"),
    [
        ("Asia/Seoul", 4, "2026-04-05T18:59:59Z", date(2026, 4, 5)),
        ("Asia/Seoul", 4, "2026-04-05T19:00:00Z", date(2026, 4, 6)),
        ("Asia/Seoul", 0, "2026-04-05T14:59:59Z", date(2026, 4, 5)),
        ("Asia/Seoul", 0, "2026-04-05T15:00:00Z", date(2026, 4, 6)),
        ("Asia/Seoul", 12, "2026-04-06T02:59:59Z", date(2026, 4, 5)),
        ("America/Los_Angeles", 4, "2026-04-05T10:59:59Z", date(2026, 4, 4)),
        ("America/Los_Angeles", 4, "2026-04-05T11:00:00Z", date(2026, 4, 5)),
        # The night in which the clocks of New York skip the hour from two to three.
        ("America/New_York", 4, "2026-03-08T07:59:59Z", date(2026, 3, 7)),
        ("America/New_York", 4, "2026-03-08T08:00:00Z", date(2026, 3, 8)),
        ("Asia/Seoul", 4, "2026-12-31T18:59:59Z", date(2026, 12, 31)),
    ],
)
def test_today_is_the_writers(zone: str, ends_at: int, moment: str, today: date, author: User) -> None:
    author.time_zone, author.day_ends_at = zone, ends_at
    with time_machine.travel(datetime.fromisoformat(moment), tick=False):
        assert author.today() == today


def test_a_day_ends_at_four_in_the_morning_unless_told_otherwise(author: User) -> None:
    assert (author.time_zone, author.day_ends_at) == ("Asia/Seoul", 4)


def test_the_calendar_and_a_new_page_turn_with_the_writers_day(
    author: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(author)
    with time_machine.travel(datetime(2026, 4, 30, 18, 59, tzinfo=UTC), tick=False) as clock:
        for today in (date(2026, 4, 30), date(2026, 5, 1)):
            month = client.get(reverse("diaries:calendar")).context
            assert (month["today"], month["last_day"]) == (today, today + timedelta(days=1))
            assert month["month"] == today.replace(day=1)
            form = client.get(reverse("diaries:entry-create")).context["form"]
            assert form["written_on"].value() == today
            clock.shift(timedelta(minutes=1))


def test_a_page_may_be_of_the_writers_tomorrow_and_no_later(author: User) -> None:
    with time_machine.travel(datetime(2026, 4, 5, 18, 59, tzinfo=UTC), tick=False) as clock:
        create(author, written_on=date(2026, 4, 6))
        with pytest.raises(ValidationError):
            create(author, written_on=date(2026, 4, 7))
        clock.shift(timedelta(minutes=1))
        assert create(author, written_on=date(2026, 4, 7)).entry.written_on == date(2026, 4, 7)
