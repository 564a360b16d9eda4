"""Where the writing form keeps what is not saved yet; it speaks JSON with the form's script alone."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from diaries.models import Draft, Entry
from diaries.services import drafts
from diaries.services.accounts import require_active_writer

VERSIONS_MOST = 2**31 - 1


@login_required
@require_http_methods(["GET", "HEAD", "POST", "DELETE"])
@never_cache
def draft(request: HttpRequest, page: UUID) -> HttpResponse:
    """Read, keep or forget the draft of one page.

    409 shows what another device kept in the meantime, 410 says that the page was saved since the text was begun.
    """
    if request.method == "POST":
        require_active_writer(request.user)
        return _keep(request, page)
    if request.method == "DELETE":
        drafts.drop(author=request.user, page=page)
        return HttpResponse(status=204)
    found = drafts.of(request.user).filter(page=page).first()
    return JsonResponse(told(found) if found else {}, status=200 if found else 404)


@login_required
@require_POST
def draft_delete(request: HttpRequest, page: UUID) -> HttpResponse:
    """Forget a draft at the press of a button, and go on at the form that offered it."""
    drafts.drop(author=request.user, page=page)
    messages.success(request, _("The unsaved text is thrown away."))
    if Entry.objects.visible_to(request.user).filter(pk=page).exists():
        return redirect("diaries:entry-edit", pk=page)
    return redirect("diaries:entry-create")


def told(draft: Draft) -> dict[str, Any]:
    """What the form's script wants to know of a draft; `at` is in milliseconds, as the browser's clock counts."""
    return {
        "page": str(draft.page),
        "revision": draft.revision,
        "begun_on": draft.begun_on,
        "fields": draft.fields,
        "at": int(draft.updated_at.timestamp() * 1000),
    }


def _keep(request: HttpRequest, page: UUID) -> HttpResponse:
    try:
        sent = json.loads(request.body)
        fields, begun_on, seen = sent["fields"], sent["begun_on"], sent["seen"]
        fit = (
            isinstance(fields, dict)
            and all(isinstance(value, str) for value in fields.values())
            and all(type(number) is int and 0 <= number <= VERSIONS_MOST for number in (begun_on, seen))
        )
    except (ValueError, TypeError, KeyError, RecursionError):
        fit = False
    if not fit:
        return JsonResponse({"code": "unreadable"}, status=400)
    try:
        kept = drafts.keep(author=request.user, page=page, begun_on=begun_on, fields=fields, seen=seen)
    except drafts.DraftMoved as moved:
        return JsonResponse(told(moved.current), status=409)
    except drafts.PageSaved as saved:
        return JsonResponse({"code": "page_saved", "same": saved.same}, status=410)
    except ValidationError as error:
        return JsonResponse({"code": error.code or "unfit", "words": error.messages}, status=422)
    return JsonResponse({"revision": kept.revision})
