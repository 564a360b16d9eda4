"""An app's side of the API for tests: sessions, what is sent, and what every problem must be like."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils.module_loading import import_string
from rest_framework.test import APIClient

from diaries.models import User

V1 = "/api/v1"
PROBLEM = "application/problem+json"


def token_of(user: User) -> str:
    """Return the token of a new session, as signing in gives one."""
    request = HttpRequest()
    request.session = import_string(f"{settings.SESSION_ENGINE}.SessionStore")()
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.save()
    return str(request.session.session_key)


def app_with(token: str) -> APIClient:
    """Return an app that holds a session token, or none."""
    client = APIClient(raise_request_exception=False)
    client.default_format = "json"
    if token:
        client.defaults["HTTP_X_SESSION_TOKEN"] = token
    return client


def app_of(user: User | None) -> APIClient:
    """Return an app that a writer has signed in to, or one that nobody has."""
    return app_with(token_of(user) if user else "")


def day(**fields: Any) -> dict[str, Any]:
    """Return what an app sends of a page."""
    return {"written_on": "2026-04-05", "body": "I flew a kite with my dog."} | fields


def is_problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """Check that an answer is a problem document of this kind, and return it."""
    assert response.status_code == status, response.content[:500]
    assert response.headers["Content-Type"] == PROBLEM
    found: dict[str, Any] = response.json()
    assert found["status"] == status
    assert found["code"] == code
    assert found["type"] == f"{V1}/problems/#{code}"
    assert found["title"]
    assert found["detail"]
    return found
