"""Throttles: by writer and by address, told with a time to wait; while the cache is down nobody is held back."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from rest_framework.settings import api_settings
from rest_framework.test import APIClient

from diaries.models import Entry, User
from diarysite import env
from tests.api.apps import V1, app_of, day, is_problem
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
STYLES, ENTRIES = f"{V1}/styles/", f"{V1}/entries/"


def test_ten_times_the_limit_of_a_writer_is_told_and_others_go_on(
    author: User, stranger: User, shared_cache: None, settings: Any
) -> None:
    settings.API_RATES = settings.API_RATES | {"writer": "5/m"}
    mine, theirs = app_of(author), app_of(stranger)
    answers = [mine.get(f"{V1}/me/") for _ in range(50)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [429] * 45
    for answer in answers[5:]:
        is_problem(answer, 429, "throttled")
        assert 1 <= int(answer.headers["Retry-After"]) <= 61
    # Another app of the same writer counts with the first; another writer does not.
    is_problem(app_of(author).get(f"{V1}/me/"), 429, "throttled")
    assert theirs.get(f"{V1}/me/").status_code == 200


def test_nobody_in_particular_is_counted_by_address(
    nobody: APIClient, shared_cache: None, settings: Any
) -> None:
    settings.API_RATES = settings.API_RATES | {"address": "3/m"}
    here = [nobody.get(STYLES, REMOTE_ADDR="10.0.0.1").status_code for _ in range(30)]
    assert here == [200] * 3 + [429] * 27
    assert nobody.get(STYLES, REMOTE_ADDR="10.0.0.2").status_code == 200


@pytest.mark.parametrize(
    "headers", [{}, {"X-Session-Token": "a" * 32}, {"X-Session-Token": "?"}], ids=["none", "wrong", "odd"]
)
def test_who_is_not_let_in_is_counted_too(
    nobody: APIClient, shared_cache: None, settings: Any, headers: dict[str, str]
) -> None:
    settings.API_RATES = settings.API_RATES | {"address": "3/m"}
    codes = [nobody.get(f"{V1}/me/", headers=headers).status_code for _ in range(6)]
    assert codes == [401] * 3 + [429] * 3


def test_a_suspended_writer_who_keeps_on_is_counted_too(
    author: User, shared_cache: None, settings: Any
) -> None:
    settings.API_RATES = settings.API_RATES | {"writer": "3/m"}
    User.objects.filter(pk=author.pk).update(suspended_at=timezone.now())
    mine = app_of(author)
    assert [mine.post(ENTRIES, day()).status_code for _ in range(6)] == [403] * 3 + [429] * 3


def test_a_forged_request_of_a_browser_is_counted_too(
    author: User, shared_cache: None, settings: Any
) -> None:
    settings.API_RATES = settings.API_RATES | {"address": "3/m"}
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(author)
    assert [browser.post(ENTRIES, day()).status_code for _ in range(6)] == [403] * 3 + [429] * 3


@pytest.mark.parametrize(
    ("first", "other", "counted_together"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("::ffff:10.0.0.1", "::ffff:10.0.0.2", False),
    ],
)
def test_one_network_of_ipv6_has_one_budget(
    nobody: APIClient, shared_cache: None, settings: Any, first: str, other: str, counted_together: bool
) -> None:
    settings.API_RATES = settings.API_RATES | {"address": "1/m"}
    assert nobody.get(STYLES, REMOTE_ADDR=first).status_code == 200
    expected = 429 if counted_together else 200
    assert nobody.get(STYLES, REMOTE_ADDR=other).status_code == expected


def test_an_address_behind_proxies_is_read_from_their_end(
    nobody: APIClient, shared_cache: None, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.API_RATES = settings.API_RATES | {"address": "2/m"}
    # Without proxies, what a client says of its own address counts for nothing.
    forged = [nobody.get(STYLES, headers={"X-Forwarded-For": f"1.1.1.{n}"}).status_code for n in range(4)]
    assert forged == [200, 200, 429, 429]
    monkeypatch.setattr(api_settings, "NUM_PROXIES", 1)
    behind = [
        nobody.get(STYLES, headers={"X-Forwarded-For": f"9.9.9.{n}, 2.2.2.2"}).status_code for n in range(4)
    ]
    assert behind == [200, 200, 429, 429]


def test_writing_too_fast_saves_what_fits_and_nothing_more(
    mine: APIClient, shared_cache: None, settings: Any
) -> None:
    settings.API_RATES = settings.API_RATES | {"write": "4/m"}
    codes = [mine.post(ENTRIES, day(mode="never")).status_code for _ in range(40)]
    assert codes == [201] * 4 + [429] * 36
    assert Entry.objects.count() == 4
    assert mine.get(ENTRIES).status_code == 200


def test_guessing_passwords_is_slowed_down(
    nobody: APIClient, author: User, shared_cache: None, settings: Any
) -> None:
    settings.API_RATES = settings.API_RATES | {"sign_in": "3/m"}
    wrong = {"email": author.email, "password": "guess"}
    codes = [nobody.post(f"{V1}/session/", wrong).status_code for _ in range(5)]
    assert codes == [401] * 3 + [429] * 2
    right = {"email": author.email, "password": PASSWORD}
    is_problem(nobody.post(f"{V1}/session/", right), 429, "throttled")
    assert nobody.post(f"{V1}/session/", right, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_many_guesses_at_one_account_are_slowed_down_from_any_address(
    nobody: APIClient, author: User, shared_cache: None
) -> None:
    wrong = {"email": author.email, "password": "guess"}
    answers = [nobody.post(f"{V1}/session/", wrong, REMOTE_ADDR=f"10.0.1.{n}") for n in range(8)]
    is_problem(answers[-1], 429, "throttled")
    assert answers[-1].headers["Retry-After"] == "60"


def test_a_limit_can_be_switched_off(nobody: APIClient, shared_cache: None, settings: Any) -> None:
    settings.API_RATES = settings.API_RATES | {"address": ""}
    assert {nobody.get(STYLES).status_code for _ in range(150)} == {200}


def test_while_the_cache_is_down_everything_goes_on(nobody: APIClient, settings: Any) -> None:
    down = settings.CACHES["default"] | {"LOCATION": "redis://127.0.0.1:1/0"}
    settings.CACHES = {"default": down}
    settings.API_RATES = dict.fromkeys(settings.API_RATES, "1/d")
    sent = {"email": "new@example.org", "password": PASSWORD}
    token = nobody.post(f"{V1}/accounts/", sent).json()["session_token"]
    assert nobody.post(f"{V1}/session/", sent).status_code == 200
    headers = {"X-Session-Token": token}
    for _ in range(3):
        assert nobody.get(STYLES).status_code == 200
        response = nobody.post(ENTRIES, day(), headers=headers)
        assert response.status_code == 201
        drawing = f"{response.headers['Location']}drawings/{response.json()['newest_drawing']['id']}/"
        assert nobody.get(drawing, headers=headers).json()["progress"]["step"] == 0
    assert get_user_model().objects.count() == 1


@pytest.mark.parametrize(("value", "rate"), [("60/m", "60/m"), ("1/s", "1/s"), ("off", ""), ("", "5/h")])
def test_a_rate_is_read(monkeypatch: pytest.MonkeyPatch, value: str, rate: str) -> None:
    monkeypatch.setenv("API_RATE_TEST", value)
    assert env.rate("API_RATE_TEST", "5/h") == rate


@pytest.mark.parametrize("value", ["60", "0/m", "-1/m", "60/min", "m/60", "1.5/s", "60/m "[:4] + "x", "none"])
def test_a_rate_that_is_none_stops_the_start(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("API_RATE_TEST", value)
    with pytest.raises(ImproperlyConfigured, match="API_RATE_TEST must be like 60/m"):
        env.rate("API_RATE_TEST", "5/h")
