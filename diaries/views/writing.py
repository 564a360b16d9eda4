"""Writing and changing a page. Whatever becomes of the save, the answer holds the text that was sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from diaries import questions
from diaries.forms import EntryForm
from diaries.models import Draft, Entry, User
from diaries.models.photo import PHOTOS_MOST
from diaries.services import drafts, entries
from diaries.services.accounts import require_active_writer
from diaries.services.photos import PHOTO_SIDE
from diaries.validators import came_whole
from diaries.views.box import refusal_words
from diaries.views.drafts import told
from diaries.views.photos import put_beside
from illustration.models import Style

TAGS_OFFERED = 200
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
    if request.method == "POST" and "question" in request.POST:
        return ask_another(request, first)
    if request.method == "POST":
        form = EntryForm(request.POST, author=user, whole=came_whole(request), initial=first)
        if form.is_valid():
            chosen = form.cleaned_data["entry_id"]
            try:
                saved = entries.create_entry(author=user, entry_id=chosen, **form.changes())
            except entries.StaleVersion as stale:
                return show_both(request, form, stale.current)
            return finish(request, saved)
        return show(request, form, status=422)
    draft = _opened(request, user)
    if draft is not None and Entry.objects.visible_to(user).filter(pk=draft.page).exists():
        return redirect(f"{reverse('diaries:entry-edit', args=[draft.page])}?draft={draft.page}")
    if draft is not None:
        first |= draft.fields | {"entry_id": draft.page}
    waiting = [asdict(one) for one in drafts.unfinished(user) if draft is None or one.page != draft.page]
    form = EntryForm(author=user, initial=first)
    return show(request, form, opened=draft, unfinished=waiting, **question_of(form))


@login_required_for_text
@require_http_methods(["GET", "HEAD", "POST"])
def entry_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a page; where it was saved or deleted elsewhere in the meantime, no text is lost."""
    user = request.user
    require_active_writer(user)
    entry = Entry.objects.visible_to(user).select_related("author", "style").filter(pk=pk).first()
    if entry is None:
        return offer_anew(request, pk)
    if request.method != "POST":
        draft = drafts.of(user).filter(page=pk).first()
        if draft is not None and "draft" in request.GET:
            first = draft.fields | {"version": draft.begun_on or entry.version}
            form = EntryForm(author=user, instance=entry, initial=first)
            return show(request, form, entry=entry, opened=draft)
        form = EntryForm(author=user, instance=entry, initial={"version": entry.version})
        return show(request, form, entry=entry, draft=told(draft) if draft else None)
    form = EntryForm(request.POST, author=user, whole=came_whole(request), instance=entry)
    if not form.is_valid():
        return show(request, form, entry=entry, status=422)
    version = form.cleaned_data["version"] or 0
    try:
        saved = entries.update_entry(entry=entry, version=version, **form.changes())
    except entries.StaleVersion as stale:
        return show_both(request, form, stale.current)
    except Entry.DoesNotExist:
        return offer_anew(request, pk)
    return finish(request, saved)


def show(request: HttpRequest, form: EntryForm, *, status: int = 200, **more: Any) -> HttpResponse:
    """Show the form, with what its fields offer beside what they hold."""
    user, entry = form.author, more.get("entry")
    context = {
        "form": form,
        "own_tags": user.tags.values_list("name", flat=True)[:TAGS_OFFERED],
        "photos_left": PHOTOS_MOST - (entry.photos.count() if entry else 0),
        "photos_lost": bool(request.FILES),
        "photo_side": PHOTO_SIDE,
        "late_day": user.today() if timezone.now().astimezone(user.zone).date() != user.today() else None,
        **more,
    }
    return render(request, "diaries/entry_form.html", context, status=status)


def question_of(form: EntryForm, number: int = 0) -> dict[str, Any]:
    """Return the questions of a day that has no page yet, and which of them is asked."""
    day = form.initial["written_on"]
    day = day if isinstance(day, date) else parse_date_or(day, form.author.today())
    if Entry.objects.visible_to(form.author).filter(written_on=day).exists():
        return {}
    found = questions.of_day(day, get_language() or "")
    number %= len(found)
    return {"questions": found, "question": found[number], "next_question": number + 1}


def ask_another(request: HttpRequest, first: dict[str, Any]) -> HttpResponse:
    """Show the form as it was sent, with another question beside it; this is how it goes without the script."""
    sent = {name: request.POST[name] for name in (*EntryForm.base_fields, "entry_id") if name in request.POST}
    form = EntryForm(author=request.user, initial=first | sent)
    number = request.POST["question"]
    chosen = question_of(form, int(number) if number.isdecimal() and len(number) < 9 else 0)
    return show(request, form, again=True, **chosen)


def _opened(request: HttpRequest, user: User) -> Draft | None:
    try:
        return drafts.of(user).filter(page=UUID(request.GET.get("draft", ""))).first()
    except ValueError:
        return None


def finish(request: HttpRequest, saved: entries.Saved) -> HttpResponse:
    """Put the photos that came along beside the page, say that it is saved, and show it."""
    # A form that is sent twice brings its photos twice.
    if not saved.again or not saved.entry.photos.exists():
        put_beside(request, saved.entry)
    tell(request, saved)
    return redirect("diaries:entry-detail", pk=saved.entry.pk)


def show_both(request: HttpRequest, form: EntryForm, current: Entry) -> HttpResponse:
    """Show what was sent beside what stands; saving it again replaces that, or makes a page of its own."""
    data = form.data.copy()
    data["version"] = str(current.version)
    again = EntryForm(data, author=form.author, instance=current)
    again.is_valid()
    return show(request, again, status=409, entry=current, current=current, fresh=uuid4())


def offer_anew(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the text that was sent for a page that is no more, as a new page; without a text there is no page."""
    if request.method != "POST":
        raise Http404
    data = request.POST.copy()
    data["entry_id"], data["version"] = str(pk), ""
    form = EntryForm(data, author=request.user)
    form.is_valid()
    return show(request, form, status=404, gone=True)


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
