"""Writing and changing a page. Whatever becomes of the save, the answer holds the text that was sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diaries.forms import EntryForm
from diaries.models import Entry
from diaries.services import entries
from diaries.services.accounts import require_active_writer
from diaries.validators import came_whole
from diaries.views.box import refusal_words
from illustration.models import Style

View = Callable[..., HttpResponse]


def login_required_for_text(view: View) -> View:
    """Ask strangers to sign in; a text that was sent after the session had ended comes back to be copied."""
    guarded = login_required(view)

    @wraps(view)
    def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not request.user.is_authenticated:
            return render(request, "diaries/signed_out.html", {"next": request.get_full_path()}, status=403)
        return guarded(request, *args, **kwargs)

    return ask


@login_required_for_text
@require_http_methods(["GET", "HEAD", "POST"])
def entry_create(request: HttpRequest) -> HttpResponse:
    """Write a new page. The form brings the page's id along, so that pressing "save" twice makes one page."""
    user = request.user
    require_active_writer(user)
    usual = user.default_style
    first = {
        "entry_id": uuid4(),
        "written_on": parse_date_or(request.GET.get("date", ""), user.today()),
        "style": usual if usual and usual.active else Style.objects.filter(active=True).first(),
    }
    form = EntryForm(request.POST or None, author=user, whole=came_whole(request), initial=first)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["entry_id"]
        try:
            saved = entries.create_entry(author=user, entry_id=chosen, **form.changes())
        except entries.StaleVersion as stale:
            return show_both(request, form, stale.current)
        tell(request, saved)
        return redirect("diaries:entry-detail", pk=saved.entry.pk)
    return render(request, "diaries/entry_form.html", {"form": form}, status=422 if form.errors else 200)


@login_required_for_text
@require_http_methods(["GET", "HEAD", "POST"])
def entry_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a page; where it was saved or deleted elsewhere in the meantime, no text is lost."""
    require_active_writer(request.user)
    entry = Entry.objects.visible_to(request.user).select_related("author", "style").filter(pk=pk).first()
    if entry is None:
        return offer_anew(request, pk)
    form = EntryForm(
        request.POST or None,
        author=request.user,
        whole=came_whole(request),
        instance=entry,
        initial={"version": entry.version},
    )
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            saved = entries.update_entry(entry=entry, version=version, **form.changes())
        except entries.StaleVersion as stale:
            return show_both(request, form, stale.current)
        except Entry.DoesNotExist:
            return offer_anew(request, pk)
        tell(request, saved)
        return redirect("diaries:entry-detail", pk=pk)
    context = {"form": form, "entry": entry}
    return render(request, "diaries/entry_form.html", context, status=422 if form.errors else 200)


def show_both(request: HttpRequest, form: EntryForm, current: Entry) -> HttpResponse:
    """Show what was sent beside what stands; saving it again replaces that, or makes a page of its own."""
    data = form.data.copy()
    data["version"] = str(current.version)
    again = EntryForm(data, author=form.author, instance=current)
    again.is_valid()
    context = {"form": again, "entry": current, "current": current, "fresh": uuid4()}
    return render(request, "diaries/entry_form.html", context, status=409)


def offer_anew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the text that was sent for a page that is no more, as a new page; without a text there is no page."""
    if request.method != "POST":
        raise Http404
    data = request.POST.copy()
    data["entry_id"] = str(pk)
    form = EntryForm(data, author=request.user)
    form.is_valid()
    return render(request, "diaries/entry_form.html", {"form": form, "gone": True}, status=404)


def tell(request: HttpRequest, saved: entries.Saved) -> None:
    """Say that the page is saved, and why no drawing was requested where one was due."""
    messages.success(request, _("Your page is saved."), extra_tags="saved")
    if saved.refusal:
        messages.warning(request, refusal_words(saved.refusal, saved.entry.author))


def parse_date_or(text: str, default: date) -> date:
    """Return the date written as YYYY-MM-DD, or the default for anything else."""
    try:
        return parse_date(text) or default
    except ValueError:
        return default
