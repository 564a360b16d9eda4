"""Whose picture it is, and the one way in which a picture leaves the site: to its owner, never kept by a proxy."""

from __future__ import annotations

from uuid import UUID

from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotModified,
)
from django.utils.crypto import salted_hmac
from django.utils.http import parse_etags

from diaries.models import Entry, User
from illustration import progress, storage
from illustration.models import Illustration


def visible_picture(*, user: User, illustration_id: UUID) -> Illustration:
    """Return a drawing of one of the person's own pages that is not hidden; raises Illustration.DoesNotExist."""
    entries = Entry.objects.visible_to(user).values("pk")
    return Illustration.objects.get(pk=illustration_id, entry_tie__entry__in=entries, hidden_at=None)


def send_stored(request: HttpRequest, name: str) -> HttpResponseBase:
    """Answer with a stored file; raises Http404 where there is none.

    Names are random and files never change, so the name's own stem is the ETag.
    """
    if not name:
        raise Http404
    path = storage.full_path(name)
    etag = f'"{path.stem}"'
    if _is_known(request, etag):
        return _private(HttpResponseNotModified(), etag)
    try:
        return _private(FileResponse(path.open("rb"), content_type="image/webp"), etag)
    except FileNotFoundError:
        raise Http404 from None


def send_preview(request: HttpRequest, illustration_id: UUID) -> HttpResponseBase:
    """Answer with the newest preview of a drawing under way; raises Http404 where there is none."""
    data = progress.read_preview(illustration_id)
    if data is None:
        raise Http404
    etag = f'"{salted_hmac("diaries.preview", data).hexdigest()}"'
    if _is_known(request, etag):
        return _private(HttpResponseNotModified(), etag)
    return _private(HttpResponse(data, content_type="image/webp"), etag)


def _is_known(request: HttpRequest, etag: str) -> bool:
    """Whether the asker holds this very file. Nobody changes pictures, so If-Match and the like ask for nothing."""
    sent = parse_etags(request.headers.get("If-None-Match", ""))
    return "*" in sent or etag in (one.removeprefix("W/") for one in sent)


def _private(response: HttpResponseBase, etag: str) -> HttpResponseBase:
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
