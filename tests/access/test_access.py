"""Asks every address as everybody, by every method, and compares the answers with the table."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from diaries.models import User
from tests.access.routing import ADDRESSES, address
from tests.access.sending import AS_JSON, HEADERS, SEND
from tests.access.table import ACTORS, METHODS, TABLE, Route
from tests.access.world import World, world_of
from tests.api.apps import app_of
from tests.factories import UserFactory

LETTERS = {404: "n", 403: "f", 401: "u", 405: "m", 400: "x", 409: "x", 410: "x", 412: "x", 422: "x", 428: "x"}
CHANGING = ("POST", "PUT", "PATCH")
WIDE = {".": "infum", "?": "infumo"}


@pytest.fixture
def cast(
    author: User, stranger: User, moderator: User, operator: User, administrator: User
) -> dict[str, Any]:
    """Everybody who asks, by the names of the table."""
    suspended = UserFactory(email="suspended@example.org", suspended_at=timezone.now())
    return {
        "anonymous": None,
        "author": author,
        "stranger": stranger,
        "suspended": suspended,
        "moderator": moderator,
        "operator": operator,
        "administrator": administrator,
    }


@pytest.fixture
def cache_in_memory(settings: Any) -> None:
    """Limits and previews in this process, emptied before each request."""
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


def test_every_address_is_classified() -> None:
    """A route that nobody classified is named here."""
    assert sorted(set(ADDRESSES) - set(TABLE)) == []


def test_the_table_names_no_address_that_is_gone() -> None:
    assert sorted(set(TABLE) - set(ADDRESSES)) == []


@pytest.mark.parametrize("name", sorted(TABLE))
def test_everybody_gets_the_answer_of_the_table(
    name: str, cast: dict[str, Any], cache_in_memory: None
) -> None:
    route = TABLE[name]
    worlds = {who: world_of(cast[who], cast["moderator"]) for who in ("author", "suspended")}
    wrong = []
    for method in METHODS:
        for actor, expected in zip(ACTORS, route.answers(method), strict=True):
            world = worlds["suspended" if actor == "suspended" else "author"]
            got = answer(route, method, cast[actor], world)
            if got != expected and got not in WIDE.get(expected, ""):
                wrong.append(f"{method} as {actor}: {got}, not {expected}")
    assert wrong == []


def answer(route: Route, method: str, user: User | None, world: World) -> str:
    """Ask once and undo what was done; return the letter of the answer."""
    cache.clear()
    world.show_preview()
    with transaction.atomic():
        if route.name.startswith("api"):
            client: Any = app_of(user)
        else:
            client = Client(raise_request_exception=False)
            if user is not None:
                client.force_login(user)
        payload = SEND[route.send](world) if route.send and method in CHANGING else None
        headers = HEADERS.get(route.send, {}) if method in CHANGING else {}
        as_form = method == "POST" and route.send not in AS_JSON
        kind = {} if route.name.startswith("api") or as_form else {"content_type": "application/json"}
        response = getattr(client, method.lower())(address(route, world), payload, headers=headers, **kind)
        if response.streaming:
            # Reads the file to its end, which closes it.
            list(response.streaming_content)
        transaction.set_rollback(True)
    if 300 <= response.status_code < 400:
        target = response.headers["Location"]
        return "i" if re.match(r"/(accounts|admin)/login/", target) else "o"
    if 200 <= response.status_code < 300:
        return "o"
    return LETTERS.get(response.status_code, str(response.status_code))
