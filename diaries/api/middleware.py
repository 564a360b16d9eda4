"""The last word on errors under /api/: whatever was answered outside the API's own views gets the one shape."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from diaries.api import problems

GetResponse = Callable[[HttpRequest], HttpResponse]
KEPT_HEADERS = ("Allow", "Retry-After", "WWW-Authenticate")


class ProblemMiddleware:
    """Turn pages about errors (host, CSRF, session, crash) into problem details, from outside all that may fail."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code < 400 or not request.path_info.startswith("/api/"):
            return response
        if response.headers.get("Content-Type", "").startswith(problems.MEDIA_TYPE):
            return response
        with translation.override(translation.get_language_from_request(request)):
            problem: HttpResponse = problems.response_to(response.status_code)
        for name in KEPT_HEADERS:
            if name in response.headers:
                problem.headers[name] = response.headers[name]
        problem.headers["Cache-Control"] = "no-store, private"
        return problem
