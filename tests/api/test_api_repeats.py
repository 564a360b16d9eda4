"""A request sent again with its key makes nothing twice, however and whenever it comes."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from rest_framework.test import APIClient

from diaries import tasks
from diaries.models import Entry, RequestKey, User
from illustration.models import Illustration, Style
from tests.api.apps import V1, app_of, day, is_problem

pytestmark = pytest.mark.django_db
ENTRIES = f"{V1}/entries/"
KEY = {"Idempotency-Key": "5f3b-1"}


def test_five_equal_posts_with_one_key_make_one_entry(mine: APIClient) -> None:
    answers = [mine.post(ENTRIES, day(), headers=KEY) for _ in range(5)]
    assert [answer.status_code for answer in answers] == [201] * 5
    assert len({answer.content for answer in answers}) == 1
    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert (Entry.objects.count(), Illustration.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_five_equal_posts_at_the_same_moment_make_one_entry(author: User) -> None:
    apps, answers = [app_of(author) for _ in range(5)], []
    gate = threading.Barrier(5)

    def send(app: APIClient) -> None:
        gate.wait()
        try:
            answers.append(app.post(ENTRIES, day(), headers=KEY))
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[app]) for app in apps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answer.status_code for answer in answers] == [201] * 5
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert (Entry.objects.count(), Illustration.objects.count()) == (1, 1)


def test_the_order_of_names_makes_no_other_request(mine: APIClient) -> None:
    sent = day(title="Kite")
    first = mine.post(ENTRIES, sent, headers=KEY).json()
    assert mine.post(ENTRIES, dict(reversed(sent.items())), headers=KEY).json() == first


def test_a_key_with_another_request_is_refused(mine: APIClient) -> None:
    mine.post(ENTRIES, day(), headers=KEY)
    is_problem(mine.post(ENTRIES, day(title="Other"), headers=KEY), 422, "key_reused")
    assert Entry.objects.count() == 1


def test_the_refusal_of_a_drawing_is_told_again(mine: APIClient, settings: Any) -> None:
    settings.DRAWINGS_A_DAY = 0
    answers = [mine.post(ENTRIES, day(), headers=KEY).json() for _ in range(2)]
    assert [answer["drawing_refused"] for answer in answers] == ["daily_limit"] * 2


def test_sending_again_gives_the_first_answer_though_it_would_fit_no_longer(mine: APIClient) -> None:
    first = mine.post(ENTRIES, day(style="pixel"), headers=KEY)
    Style.objects.filter(slug="pixel").update(active=False)
    again = mine.post(ENTRIES, day(style="pixel"), headers=KEY)
    assert (again.status_code, again.json()) == (201, first.json())
    is_problem(mine.post(ENTRIES, day(style="pixel")), 422, "invalid")
    assert Entry.objects.count() == 1


def test_a_request_that_did_not_fit_may_be_sent_again_with_its_key(mine: APIClient) -> None:
    is_problem(mine.post(ENTRIES, day(body=""), headers=KEY), 422, "invalid")
    assert mine.post(ENTRIES, day(), headers=KEY).status_code == 201


def test_sending_again_brings_no_deleted_page_back(mine: APIClient) -> None:
    mine.delete(mine.post(ENTRIES, day(), headers=KEY).headers["Location"])
    is_problem(mine.post(ENTRIES, day(), headers=KEY), 410, "entry_deleted")
    assert not Entry.objects.exists()


def test_two_writers_may_use_the_same_key(mine: APIClient, theirs: APIClient) -> None:
    assert (
        mine.post(ENTRIES, day(), headers=KEY).json()["id"]
        != theirs.post(ENTRIES, day(), headers=KEY).json()["id"]
    )
    assert Entry.objects.count() == 2


def test_a_key_is_kept_for_a_day(mine: APIClient) -> None:
    mine.post(ENTRIES, day(), headers=KEY)
    RequestKey.objects.update(created_at=timezone.now() - timedelta(hours=23))
    mine.post(ENTRIES, day(), headers=KEY)
    tasks.tidy()
    assert Entry.objects.count() == 1
    RequestKey.objects.update(created_at=timezone.now() - timedelta(hours=25))
    mine.post(ENTRIES, day(), headers=KEY)
    assert Entry.objects.count() == 2
    RequestKey.objects.update(created_at=timezone.now() - timedelta(hours=25))
    tasks.tidy()
    assert not RequestKey.objects.exists()


def test_no_words_of_the_diary_are_kept_with_a_key(mine: APIClient) -> None:
    mine.post(ENTRIES, day(body="zanzibar"), headers=KEY)
    kept = RequestKey.objects.values().get()
    assert "zanzibar" not in str(kept)
    assert len(kept["fingerprint"]) == 64


@pytest.mark.parametrize("key", ["", " ", "a b", "x" * 101, "\u00e9", "\u00ff\u0000"])
def test_a_key_that_is_none_is_told(mine: APIClient, key: str) -> None:
    is_problem(mine.post(ENTRIES, day(), headers={"Idempotency-Key": key}), 400, "unreadable")
    assert not Entry.objects.exists()
