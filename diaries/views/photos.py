"""Photographs of a page: adding one, showing it to its owner, saying what it shows, taking it away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaries.forms import PhotoForm
from diaries.models import Entry, Photo, User
from diaries.services import photos, pictures
from diaries.services.accounts import require_active_writer
from diaries.views.entries import get_entry


@login_required
@require_POST
def photo_add(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Put photographs beside a page; those that fit are kept even where another does not."""
    require_active_writer(request.user)
    entry = get_entry(request, pk)
    kept = put_beside(request, entry)
    if kept:
        words = ngettext("The photo is beside your page.", "The photos are beside your page.", kept)
        messages.success(request, words)
    elif not request.FILES.getlist("photos"):
        messages.warning(request, _("Choose a photo first."))
    return redirect("diaries:entry-detail", pk=pk)


def put_beside(request: HttpRequest, entry: Entry) -> int:
    """Put the photographs that came along beside a page, tell of those that do not fit, and return how many did."""
    kept = 0
    sent = request.FILES.getlist("photos")
    for file in sent:
        try:
            photos.add_photo(entry=entry, file=file, size=file.size or 0)
            kept += 1
        except ValidationError as error:
            messages.warning(request, " ".join(error.messages))
        except OSError:
            messages.warning(
                request, _("The photo could not be put away on this server. Please try again later.")
            )
    return kept


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def photo_detail(request: HttpRequest, photo: UUID) -> HttpResponse:
    """Show a photograph large, with its words, the way to the others of its page, and a way to delete it."""
    found = _own(request.user, photo)
    form = PhotoForm(request.POST or None, initial={"description": found.description})
    if request.method == "POST":
        require_active_writer(request.user)
        if form.is_valid():
            photos.describe_photo(photo=found, description=form.cleaned_data["description"])
            messages.success(request, _("The words are under the photo."))
            return redirect("diaries:photo-detail", photo=photo)
    beside = list(found.entry.photos.all())
    place = beside.index(found)
    context = {
        "photo": found,
        "form": form,
        "number": place + 1,
        "count": len(beside),
        "before": beside[place - 1] if place else None,
        "after": beside[place + 1] if place + 1 < len(beside) else None,
    }
    return render(request, "diaries/photo_detail.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def photo_delete(request: HttpRequest, photo: UUID) -> HttpResponse:
    """Take a photograph away."""
    found = _own(request.user, photo)
    Photo.objects.filter(pk=found.pk).discard()
    messages.success(request, _("The photo is deleted."))
    return redirect("diaries:entry-detail", pk=found.entry_id)


@login_required
@require_safe
def photo_file(request: HttpRequest, photo: UUID) -> HttpResponseBase:
    """Send a photograph to its owner."""
    return pictures.send_stored(request, _own(request.user, photo).file)


@login_required
@require_safe
def photo_thumbnail(request: HttpRequest, photo: UUID) -> HttpResponseBase:
    """Send a photograph's thumbnail to its owner."""
    return pictures.send_stored(request, _own(request.user, photo).thumbnail)


def _own(user: User, photo: UUID) -> Photo:
    return get_object_or_404(Photo.objects.select_related("entry__author"), pk=photo, entry__author=user.pk)
