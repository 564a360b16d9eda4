"""Pages travel compressed, whatever serves them. Static files are compressed once, when they are collected."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressPages(GZipMiddleware):
    """Compress HTML alone, padded by a random length so that its size betrays nothing of what it holds.

    Pictures are compressed already, and the API's entity tags must stay as they were made.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
