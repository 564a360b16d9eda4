"""The one shape of every error under /api/: RFC 9457 problem details with stable codes and translated words."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import (
    BadRequest,
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.exceptions import ValidationError as ModelValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.http.request import UnreadablePostError
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions, serializers

from diaries.services import drawings
from diaries.services.accounts import Suspended
from diaries.services.request_keys import EntryDeleted, KeyReused

logger = logging.getLogger(__name__)
MEDIA_TYPE = "application/problem+json"
TRY_AGAIN_SECONDS = 5


@dataclass(frozen=True)
class Kind:
    """A problem that the API knows: its status and what a person reads."""

    status: int
    title: str | Promise
    detail: str | Promise


KINDS: dict[str, Kind] = {
    "unreadable": Kind(400, _("The request cannot be read"), _("The request is not as it should be.")),
    "not_signed_in": Kind(401, _("Not signed in"), _("Sign in and send the session token.")),
    "session_ended": Kind(401, _("The session has ended"), _("Sign in again.")),
    "wrong_credentials": Kind(
        401, _("Wrong e-mail address or password"), _("The e-mail address or the password is wrong.")
    ),
    "not_allowed": Kind(403, _("Not allowed"), _("You may not do this.")),
    "csrf_failed": Kind(403, _("The CSRF token is missing or wrong"), _("Load the page again.")),
    "suspended": Kind(403, _("The account is suspended"), _("Your account is suspended.")),
    "drawing_stopped": Kind(
        403, _("Drawing is stopped"), _("A moderator has stopped drawing for you for some time.")
    ),
    "not_found": Kind(404, _("Not found"), _("There is nothing at this address.")),
    "method_not_allowed": Kind(
        405, _("Method not allowed"), _("This address does not know this method; see the Allow header.")
    ),
    "already_signed_in": Kind(
        409, _("Signed in already"), _("Leave the session token out, or sign out first.")
    ),
    "already_waiting": Kind(
        409, _("A drawing is under way"), _("A picture of this page is on its way already.")
    ),
    "too_many_waiting": Kind(
        409,
        _("Too many drawings are waiting"),
        _("As many of your pictures as may wait at a time are waiting. Ask again when one is ready."),
    ),
    "daily_limit": Kind(
        409,
        _("Today's drawings are used up"),
        _("Today's drawings are used up. Tomorrow there are new ones."),
    ),
    "no_room_for_all": Kind(
        409,
        _("No room for every style"),
        _(
            "No pictures were requested: one in every style finds no room beside those of yours that are waiting."
        ),
    ),
    "too_few_for_all": Kind(
        409,
        _("Too few drawings left today"),
        _("No pictures were requested: your drawings of today are too few for one in every style."),
    ),
    "drawing_off": Kind(
        409, _("Drawing is switched off"), _("Drawing is switched off in the settings of this account.")
    ),
    "never_drawn": Kind(409, _("Never drawn"), _("This page is set to be never drawn.")),
    "not_failed": Kind(
        409,
        _("Nothing to try again"),
        _("This drawing has not failed, so there is nothing to try again."),
    ),
    "not_ready": Kind(409, _("Not ready"), _("Only a finished picture can be chosen.")),
    "not_waiting": Kind(
        409, _("Waits no longer"), _("This drawing waits no longer, so it cannot be taken back.")
    ),
    "refused": Kind(409, _("Not possible now"), _("That is not possible now.")),
    "entry_deleted": Kind(
        410,
        _("The entry is deleted"),
        _("This key made an entry that has been deleted since; nothing was made again."),
    ),
    "stale_version": Kind(
        412,
        _("Saved elsewhere in the meantime"),
        _("The entry has a newer version, given in `current`. Merge, then send its version."),
    ),
    "too_large": Kind(413, _("The request is too large"), _("A request may hold 1 MB at most.")),
    "unsupported_media_type": Kind(415, _("Not JSON"), _("Send JSON with Content-Type: application/json.")),
    "invalid": Kind(422, _("Some fields do not fit"), _("See `errors` for each field.")),
    "key_reused": Kind(
        422,
        _("The key belongs to another request"),
        _("This Idempotency-Key was sent before with another request."),
    ),
    "version_required": Kind(
        428, _("The version is required"), _("Send the version that you have seen as If-Match.")
    ),
    "throttled": Kind(
        429, _("Too many requests"), _("Wait for as many seconds as Retry-After says, then try again.")
    ),
    "server_error": Kind(
        500,
        _("Something went wrong here"),
        _("The request was not done. It is noted; please try again later."),
    ),
    "unavailable": Kind(
        503, _("Not available now"), _("The site cannot be reached right now. Try again in a moment.")
    ),
}
_BY_STATUS = {
    400: "unreadable",
    401: "not_signed_in",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    413: "too_large",
    415: "unsupported_media_type",
    429: "throttled",
    503: "unavailable",
}


class Problem(exceptions.APIException):
    """Raised by views: a known code, and what goes beside the standard members."""

    def __init__(
        self, code: str, *, detail: str = "", errors: list[dict[str, str]] | None = None, **more: object
    ) -> None:
        self.kind = KINDS[code]
        self.status_code = self.kind.status
        super().__init__(detail or self.kind.detail, code)
        self.code, self.words, self.errors, self.more = code, detail, errors, more


def body(
    code: str, *, detail: str = "", errors: list[dict[str, str]] | None = None, **more: object
) -> dict[str, Any]:
    """Return the members of a problem."""
    kind = KINDS[code]
    members: dict[str, Any] = {
        "type": f"{reverse('api:problems')}#{code}",
        "title": str(kind.title),
        "status": kind.status,
        "detail": detail or str(kind.detail),
        "code": code,
    }
    if errors is not None:
        members["errors"] = errors
    return members | more


def response_to(status: int) -> HttpResponse:
    """Return a problem for a bare status, where an answer was made outside the API's own views."""
    code = _BY_STATUS.get(status) or ("unreadable" if status < 500 else "server_error")
    return _answer(body(code))


def handle(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """Turn what a view raised into a problem; None leaves an unknown error to Django, which logs it and answers 500."""
    headers: dict[str, str] = {}
    if isinstance(error, exceptions.APIException):
        if header := getattr(error, "auth_header", None):
            headers["WWW-Authenticate"] = header
        if wait := getattr(error, "wait", None):
            headers["Retry-After"] = str(int(wait) + 1)
    problem = error if isinstance(error, Problem) else _known(error)
    if problem is None:
        return None
    if problem.code == "throttled":
        headers.setdefault("Retry-After", "60")
    if problem.code == "unavailable":
        headers["Retry-After"] = str(TRY_AGAIN_SECONDS)
        logger.error("the database did not answer: %s", type(error).__name__)
    members = body(problem.code, detail=problem.words, errors=problem.errors, **problem.more)
    # Not DRF's own Response: a view that answers with pictures or pages has no renderer for problems.
    return _answer(members, headers)


def _answer(members: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> HttpResponse:
    # A choice that does not fit is quoted as it was sent, and half a character has no bytes in UTF-8.
    content = json.dumps(members, cls=DjangoJSONEncoder, ensure_ascii=False).encode(errors="backslashreplace")
    return HttpResponse(
        content, status=members["status"], headers=dict(headers or {}), content_type=MEDIA_TYPE
    )


def _known(error: Exception) -> Problem | None:
    match error:
        case serializers.ValidationError():
            return Problem("invalid", errors=list(_flat(error.detail)))
        case ModelValidationError():
            return Problem("invalid", errors=list(_flat_django(error)))
        case exceptions.ParseError():
            words = str(error.detail) if error.get_codes() != "parse_error" else ""
            return Problem("unreadable", detail=words)
        case exceptions.NotAuthenticated():
            return Problem("not_signed_in")
        case exceptions.AuthenticationFailed():
            return Problem("session_ended")
        case Suspended():
            return Problem("suspended", detail=str(error))
        case exceptions.PermissionDenied():
            code = error.get_codes()
            return Problem(code if code in KINDS else "not_allowed")
        case PermissionDenied():
            return Problem("not_allowed")
        case exceptions.MethodNotAllowed():
            return Problem("method_not_allowed")
        case exceptions.UnsupportedMediaType():
            return Problem("unsupported_media_type")
        case exceptions.Throttled():
            return Problem("throttled")
        case exceptions.NotFound() | Http404() | ObjectDoesNotExist():
            return Problem("not_found")
        case drawings.Refused():
            return Problem(error.code if error.code in KINDS else "refused")
        case KeyReused():
            return Problem("key_reused")
        case EntryDeleted():
            return Problem("entry_deleted")
        case RequestDataTooBig():
            return Problem("too_large")
        case SuspiciousOperation() | UnreadablePostError() | MultiPartParserError() | BadRequest():
            return Problem("unreadable")
        case OperationalError() | InterfaceError():
            return Problem("unavailable")
        case exceptions.APIException() if error.status_code < 500:
            return Problem(_BY_STATUS.get(error.status_code, "unreadable"))
    return None


def _flat(detail: Any, field: str = "") -> Iterator[dict[str, str]]:
    """Yield one line for each thing that does not fit; fields inside fields are named with dots."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            path = field if name == "non_field_errors" else f"{field}.{name}".strip(".")
            yield from _flat(inner, path)
    elif isinstance(detail, list):
        for n, inner in enumerate(detail):
            yield from _flat(inner, f"{field}.{n}" if isinstance(inner, Mapping) else field)
    else:
        yield {"field": field, "code": getattr(detail, "code", "invalid"), "detail": str(detail)}


def _flat_django(error: ModelValidationError) -> Iterator[dict[str, str]]:
    by_field = error.error_dict if hasattr(error, "error_dict") else {"": error.error_list}
    for field, found in by_field.items():
        for one in found:
            words = "; ".join(one.messages)
            yield {
                "field": "" if field == "__all__" else field,
                "code": one.code or "invalid",
                "detail": words,
            }
