"""The month's calendar, and the pages of the diary: reading one, deleting one."""

from __future__ import annotations

import calendar as calendars
from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from diaries.models import Entry, Weather
from diaries.models.entry import FIRST_DAY
from diaries.services import entries, looking_back
from diaries.views.box import box_context

DAY_MOST = 4


@login_required
@require_safe
def calendar(request: HttpRequest, year: int | None = None, month: int | None = None) -> HttpResponse:
    """Show one month with its pictures; without a month, the writer's own."""
    today = request.user.today()
    try:
        first = today.replace(day=1) if year is None or month is None else date(year, month, 1)
    except (ValueError, OverflowError):
        raise Http404 from None
    last = date(today.year + 1, 12, 1)
    if not FIRST_DAY <= first <= last:
        raise Http404
    month_days = calendars.monthrange(first.year, first.month)[1]
    written = looking_back.days(request.user, first, first.replace(day=month_days), most=DAY_MOST)
    weeks = [
        [{"date": day, "written": written.get(day), "in_month": day.month == first.month} for day in week]
        for week in calendars.Calendar(calendars.SUNDAY).monthdatescalendar(first.year, first.month)
    ]
    context = {
        "month": first,
        "weeks": weeks,
        "today": today,
        "last_day": today + timedelta(days=1),
        "before": (first - timedelta(days=1)).replace(day=1) if first > FIRST_DAY else None,
        "after": (first + timedelta(days=32)).replace(day=1) if first < last else None,
        "has_entries": bool(written),
        "in_a_row": looking_back.days_in_a_row(request.user),
        "this_day": looking_back.on_this_day(request.user, today),
    }
    return render(request, "diaries/calendar.html", context)


@login_required
@require_safe
def entry_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one page as a sheet, with its picture box."""
    entry = get_entry(request, pk)
    mine = Entry.objects.visible_to(request.user)
    context = {
        "entry": entry,
        "before": mine.filter(_beside(entry, "lt")).first(),
        "after": mine.filter(_beside(entry, "gt")).order_by("written_on", "created_at", "id").first(),
        "weathers": Weather.choices,
        **box_context(entry),
    }
    return render(request, "diaries/entry_detail.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Ask first, then delete a page with its drawings."""
    entry = get_entry(request, pk)
    if request.method == "POST":
        entries.delete_entry(entry=entry)
        messages.success(request, _("The page is deleted."))
        return redirect("diaries:calendar-month", year=entry.written_on.year, month=entry.written_on.month)
    return render(request, "diaries/entry_delete.html", {"entry": entry})


def get_entry(request: HttpRequest, pk: UUID) -> Entry:
    """Return an entry that this person may see; anybody else's is a 404."""
    found = Entry.objects.visible_to(request.user).with_picture().select_related("author", "style")
    return get_object_or_404(found, pk=pk)


def _beside(entry: Entry, side: str) -> Q:
    """Pages before (`lt`) or after (`gt`) a page: by day, and within a day by when they were written."""
    return Q(**{f"written_on__{side}": entry.written_on}) | Q(
        **{"written_on": entry.written_on, f"created_at__{side}": entry.created_at}
    )
