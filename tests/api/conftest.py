"""Apps that speak to the API in this process, with the session token of whoever uses them."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from diaries.models import User
from tests.api.apps import app_of
from tests.conftest import use_redis


@pytest.fixture
def mine(author: User) -> APIClient:
    """The author's app."""
    return app_of(author)


@pytest.fixture
def theirs(stranger: User) -> APIClient:
    """The stranger's app."""
    return app_of(stranger)


@pytest.fixture
def nobody(db: None) -> APIClient:
    """An app that nobody has signed in to."""
    return app_of(None)


@pytest.fixture
def shared_cache(redis_url: str, settings: Any, request: pytest.FixtureRequest) -> None:
    """A real cache, empty: throttles count in it."""
    use_redis(settings, redis_url)
    request.getfixturevalue("clean_cache")
