"""Who is asking: an app by its session token, or a signed-in browser on the page that tries the API out."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any

from allauth.headless.contrib.rest_framework.authentication import XSessionTokenAuthentication
from django.contrib.sessions.backends.base import SessionBase, UpdateError
from django.utils import timezone
from rest_framework import exceptions
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

TOKEN = re.compile(r"[a-z0-9]{32}")


class SessionTokenAuthentication(XSessionTokenAuthentication):  # type: ignore[misc]
    """Read X-Session-Token. A token that is sent must be good: a wrong one is never taken for nobody."""

    def authenticate(self, request: Request) -> tuple[Any, SessionBase] | None:
        token = self.get_session_token(request)
        if not token:
            return None
        found = super().authenticate(request) if TOKEN.fullmatch(token) else None
        if found is None:
            raise exceptions.AuthenticationFailed
        _renew(found[1])
        return found

    def authenticate_header(self, request: Request) -> str:
        return 'X-Session-Token realm="api"'


class CookieAuthentication(SessionAuthentication):
    """Read the site's session cookie, with its CSRF token for everything but reading."""

    def enforce_csrf(self, request: Any) -> None:
        try:
            super().enforce_csrf(request)
        except exceptions.PermissionDenied:
            raise exceptions.PermissionDenied(code="csrf_failed") from None


def _renew(session: SessionBase) -> None:
    """Begin a session's time anew, once a day, so that an app in use is never signed out."""
    today = timezone.now().date().isoformat()
    if session.get("renewed_on") != today:
        session["renewed_on"] = today
        # A session that was ended at this very moment stays ended.
        with suppress(UpdateError):
            session.save()
