"""What a writer does with drawings, the picture box as a fragment, and the pictures themselves."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from diaries.forms import COMMAS
from diaries.services import drawings, pictures
from diaries.views.box import box_context, refusal_words
from diaries.views.entries import get_entry
from illustration.models import Illustration, Style


@login_required
@require_safe
@never_cache
def picture_box(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Send the picture box alone; the page asks for it again while something is under way."""
    context = box_context(get_entry(request, pk)) | {"alone": True, "refusal": None}
    return render(request, "diaries/_picture_box.html", context)


@login_required
@require_POST
def redraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a new drawing, in another style where one is named, of a scene that the writer may have corrected."""
    slug = request.POST.get("style", "")
    style = get_object_or_404(Style, slug=slug, active=True) if slug else None
    corrections = _corrections(request.POST) if "corrects" in request.POST else {}
    return _act(request, pk, lambda entry: drawings.redraw(entry=entry, style=style, **corrections))


def _corrections(sent: QueryDict) -> dict[str, list[str]]:
    """Read the ticked words: what was offered and is not ticked is taken out; what was added becomes a keyword."""
    ticked = set(sent.getlist("stays"))
    return {
        "without": [word for word in sent.getlist("offered") if word not in ticked],
        "keywords": [*sent.getlist("keyword"), *sent.getlist("add"), *COMMAS.split(sent.get("more", ""))],
    }


@login_required
@require_POST
def draw_all(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask for a drawing in every style, among which the writer chooses."""
    return _act(request, pk, lambda entry: drawings.draw_all(entry=entry))


@login_required
@require_POST
def retry(request: HttpRequest, pk: UUID, drawing: UUID) -> HttpResponse:
    """Draw a failed drawing again."""
    return _act(request, pk, lambda entry: drawings.retry(entry=entry, illustration_id=drawing))


@login_required
@require_POST
def choose(request: HttpRequest, pk: UUID, drawing: UUID) -> HttpResponse:
    """Make one of the drawings the picture of the page."""
    return _act(request, pk, lambda entry: drawings.choose(entry=entry, illustration_id=drawing))


@login_required
@require_POST
def cancel(request: HttpRequest, pk: UUID, drawing: UUID) -> HttpResponse:
    """Take a waiting drawing back."""
    return _act(request, pk, lambda entry: drawings.cancel(entry=entry, illustration_id=drawing))


@login_required
@require_POST
def delete(request: HttpRequest, pk: UUID, drawing: UUID) -> HttpResponse:
    """Delete one drawing."""
    return _act(request, pk, lambda entry: drawings.delete_drawing(entry=entry, illustration_id=drawing))


def _act(request: HttpRequest, pk: UUID, act: Callable[..., object]) -> HttpResponse:
    """Do one thing to an entry's drawings, then answer with the box (htmx) or with the page."""
    entry = get_entry(request, pk)
    refusal = ""
    try:
        act(entry)
    except drawings.Refused as refused:
        refusal = refusal_words(refused.code, entry.author)
    except ValidationError as error:
        refusal = " ".join(error.messages)
    except Illustration.DoesNotExist:
        raise Http404 from None
    if request.htmx:  # type: ignore[attr-defined]
        context = box_context(get_entry(request, pk)) | {"alone": True, "refusal": refusal}
        return render(request, "diaries/_picture_box.html", context)
    if refusal:
        messages.warning(request, refusal)
    return redirect("diaries:entry-detail", pk=pk)


@login_required
@require_safe
def picture(request: HttpRequest, drawing: UUID) -> HttpResponseBase:
    """Send a picture to its owner."""
    return pictures.send_stored(request, _own(request, drawing).picture)


@login_required
@require_safe
def thumbnail(request: HttpRequest, drawing: UUID) -> HttpResponseBase:
    """Send a picture's thumbnail to its owner."""
    return pictures.send_stored(request, _own(request, drawing).thumbnail)


@login_required
@require_safe
def preview(request: HttpRequest, drawing: UUID) -> HttpResponseBase:
    """Send the newest preview of a drawing under way to its owner."""
    return pictures.send_preview(request, _own(request, drawing).pk)


def _own(request: HttpRequest, drawing: UUID) -> Illustration:
    try:
        return pictures.visible_picture(user=request.user, illustration_id=drawing)
    except Illustration.DoesNotExist:
        raise Http404 from None
