"""Bad input and misuse: a problem document each time, never a trace, and nothing half done."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import get_resolver
from rest_framework.test import APIClient

from diaries.api import problems
from diaries.models import Entry, User
from diaries.services import entries
from tests.access.routing import address
from tests.access.table import NOBODY, TABLE
from tests.access.world import world_of
from tests.api.apps import PROBLEM, V1, app_of, day, is_problem
from tests.factories import EntryFactory

pytestmark = pytest.mark.django_db
ENTRIES = f"{V1}/entries/"
JSON = "application/json"
API = {name: route for name, route in TABLE.items() if name.startswith("api:")}


def nested(depth: int) -> str:
    """Return JSON of so many levels, an object outermost."""
    return '{"a":' + "[" * (depth - 1) + "]" * (depth - 1) + "}"


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "null",
        "[]",
        '"text"',
        "12",
        '{"body": NaN}',
        '{"body": Infinity}',
        '{"body": 1e999}',
        '{"body": 1, "body": 2}',
        '{"a": {"b": 1, "b": 2}}',
        '{"a": ' + "9" * 5000 + "}",
        nested(21),
        nested(1000),
        nested(100_000),
        b"\xff\xfe{}",
        b'{"body": "\xed\xa0\x80"}',
        b"\xef\xbb\xbf{}",
        b"\x00",
    ],
)
def test_what_is_not_a_json_object_is_told(mine: APIClient, body: Any) -> None:
    response = mine.post(ENTRIES, body, content_type=JSON)
    if body == "":
        is_problem(response, 422, "invalid")
    else:
        is_problem(response, 400, "unreadable")
    assert not Entry.objects.exists()


def test_twenty_levels_are_read(mine: APIClient) -> None:
    is_problem(mine.post(ENTRIES, nested(20), content_type=JSON), 422, "invalid")


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/xml",
        "x",
        "a/b;c=\u00e9",
    ],
)
@pytest.mark.parametrize("method", ["post", "patch"])
def test_another_content_type_is_told(mine: APIClient, author: User, method: str, content_type: str) -> None:
    entry = EntryFactory(author=author)
    address = ENTRIES if method == "post" else f"{ENTRIES}{entry.pk}/"
    response = mine.generic(
        method.upper(), address, json.dumps(day()), content_type=content_type, headers={"If-Match": '"1"'}
    )
    is_problem(response, 415, "unsupported_media_type")
    assert Entry.objects.get().version == 1


def test_a_content_type_may_name_its_charset(mine: APIClient) -> None:
    response = mine.post(ENTRIES, json.dumps(day()), content_type="Application/JSON; charset=utf-8")
    assert response.status_code == 201


@pytest.mark.parametrize("size", [1_000_001, 11_000_000])
@pytest.mark.parametrize("content_type", [JSON, "application/x-www-form-urlencoded", "image/png"])
def test_a_body_too_large_is_refused(mine: APIClient, size: int, content_type: str) -> None:
    body = b'{"body": "' + b"x" * (size - 12) + b'"}'
    assert len(body) == size
    is_problem(mine.post(ENTRIES, body, content_type=content_type), 413, "too_large")
    assert not Entry.objects.exists()


@pytest.mark.parametrize("path", ["session/", "accounts/", "me/", "entries/", "password/resets/"])
def test_a_body_too_large_is_refused_before_anything_is_asked(nobody: APIClient, path: str) -> None:
    response = nobody.delete if path == "me/" else nobody.post
    is_problem(response(f"{V1}/{path}", b"x" * 1_000_001, content_type=JSON), 413, "too_large")


@pytest.mark.parametrize(
    "path",
    [
        "/api",
        "/api/",
        "/api/v1",
        "/api/v1/",
        "/api/v2/entries/",
        "/api/v1/entries",
        "/api/v1/nothing/",
        "/api/v1/entries/1/",
        "/api/v1/entries/" + "9" * 3000 + "/",
        "/api/v1/entries/%00/",
        "/api/v1/entries/%ED%A0%80/",
        "/api/v1/entries/../../admin/",
    ],
)
@pytest.mark.parametrize("method", ["get", "post", "put", "patch", "delete", "head", "options"])
def test_an_address_that_leads_nowhere_is_a_problem(mine: APIClient, path: str, method: str) -> None:
    response = mine.generic(method.upper(), path)
    assert response.status_code == 404
    assert response.headers["Content-Type"] == PROBLEM
    if method != "head":
        is_problem(response, 404, "not_found")


def test_a_method_that_is_not_known_is_told_with_the_ones_that_are(mine: APIClient) -> None:
    response = mine.delete(ENTRIES)
    is_problem(response, 405, "method_not_allowed")
    assert set(response.headers["Allow"].replace(" ", "").split(",")) == {"GET", "POST", "HEAD"}
    is_problem(mine.generic("BREW", ENTRIES), 405, "method_not_allowed")


@pytest.mark.parametrize("name", sorted(API))
def test_accept_changes_nothing(author: User, moderator: User, shared_cache: None, name: str) -> None:
    """Every address, for some answer with pictures and pages."""
    world, app = world_of(author, moderator), app_of(author)
    world.show_preview()
    path = address(API[name], world)
    plain = app.get(path)
    for accept in ("text/html", "application/xml", "image/webp", "nonsense", ";;;", "*/*;q=x", ""):
        response = app.get(path, headers={"Accept": accept})
        assert response.status_code == plain.status_code < 500
        assert response.headers.get("Content-Type") == plain.headers.get("Content-Type")


@pytest.mark.parametrize("name", sorted(API))
@pytest.mark.parametrize("signed_in", [True, False])
def test_options_is_a_method_that_no_address_knows(
    author: User, moderator: User, name: str, signed_in: bool
) -> None:
    route, app = API[name], app_of(author if signed_in else None)
    response = app.options(address(route, world_of(author, moderator)))
    if response.status_code == 405:
        is_problem(response, 405, "method_not_allowed")
        assert "OPTIONS" not in response.headers["Allow"]
    else:
        assert response.status_code == (404 if route.get == NOBODY else 401)


@pytest.mark.parametrize("host", ["evil.example.org", "", "a b", "x:y"])
def test_a_wrong_host_is_a_problem_too(nobody: APIClient, settings: Any, host: str) -> None:
    settings.ALLOWED_HOSTS = ["testserver"]
    is_problem(nobody.get(f"{V1}/styles/", HTTP_HOST=host), 400, "unreadable")


def test_a_crash_is_a_problem_and_shows_no_trace(
    mine: APIClient, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    def crash(**kwargs: object) -> None:
        raise RuntimeError("zanzibar")

    monkeypatch.setattr(entries, "create_entry", crash)
    for debug in (False, True):
        settings.DEBUG = debug
        response = mine.post(ENTRIES, day())
        is_problem(response, 500, "server_error")
        assert b"zanzibar" not in response.content
        assert b"Traceback" not in response.content


def test_a_database_that_does_not_answer_is_503_with_a_time_to_wait(
    mine: APIClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**kwargs: object) -> None:
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(entries, "create_entry", away)
    response = mine.post(ENTRIES, day())
    is_problem(response, 503, "unavailable")
    assert response.headers["Retry-After"] == "5"


def test_the_sites_own_errors_stay_pages() -> None:
    response = Client().get("/nothing/")
    assert response.status_code == 404
    assert response.headers["Content-Type"].startswith("text/html")


def test_every_problem_is_listed_with_its_words_in_both_languages(nobody: APIClient) -> None:
    listed = {
        language: {
            row["code"]: row
            for row in nobody.get(f"{V1}/problems/", headers={"Accept-Language": language}).json()
        }
        for language in ("en", "ko")
    }
    assert set(listed["en"]) == set(problems.KINDS)
    for code, english in listed["en"].items():
        korean = listed["ko"][code]
        assert english["status"] == korean["status"]
        assert english["title"] != korean["title"], f"{code} has no Korean title"
        assert english["detail"] != korean["detail"], f"{code} has no Korean detail"


def test_every_route_of_the_api_has_a_name() -> None:
    api = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "api")

    def names(patterns: Any) -> list[str | None]:
        found: list[str | None] = []
        for one in patterns:
            found += names(one.url_patterns) if hasattr(one, "url_patterns") else [one.name]
        return found

    found = names(api.url_patterns)
    assert None not in found
    assert len(set(found)) == len(found)


def test_problems_are_plain_utf_8_whatever_they_quote(mine: APIClient, author: User) -> None:
    User.objects.filter(pk=author.pk).update(language="ko")
    response = mine.post(ENTRIES, json.dumps(day(body="", weather="우박")), content_type=JSON)
    is_problem(response, 422, "invalid")
    for words in ("오늘 하루를 몇 마디라도 적어 주세요.", "우박"):
        assert words.encode() in response.content
    halves = mine.post(ENTRIES, json.dumps(day(weather="\ud800")), content_type=JSON)
    found = is_problem(halves, 422, "invalid")
    assert "\ud800" in found["errors"][0]["detail"]
