"""Looking back: the list of pages with its search, and a year as a contact sheet."""

from __future__ import annotations

import calendar as calendars
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from diaries.models import CastMember, Mood, Relation, Tag, User, Weather
from diaries.models.entry import FIRST_DAY
from diaries.services import looking_back
from illustration.models import Style

PAGES_AT_ONCE, DAY_MOST = 24, 2


@login_required
@require_safe
def entry_list(request: HttpRequest) -> HttpResponse:
    """Every page, newest first, or those that answer a search; an unknown filter is none."""
    # The writer is on every page, and one's own names (I, 나) are part of half the words.
    cast = list(CastMember.objects.filter(author=request.user).exclude(relation=Relation.ME))
    wanted, chosen = _wanted(request.GET, cast)
    found = looking_back.find(request.user, wanted).with_picture().select_related("style")
    page = Paginator(found, PAGES_AT_ONCE).get_page(request.GET.get("page"))
    shown = [
        {
            "entry": entry,
            "title": looking_back.marked(entry.title, wanted.words),
            "excerpt": looking_back.excerpt(entry.body, wanted.words),
        }
        for entry in page.object_list
    ]
    context = {
        "page": page,
        "shown": shown,
        "wanted": wanted,
        "query": request.GET.get("q", ""),
        "filters": _filters(request.user, cast, chosen),
        "others": _others(request.GET),
    }
    return render(request, "diaries/entry_list.html", context)


@login_required
@require_safe
def year(request: HttpRequest, year: int | None = None) -> HttpResponse:
    """A year's pictures on one sheet, month by month, and its moods day by day."""
    today = request.user.today()
    shown = today.year if year is None else year
    if not FIRST_DAY.year <= shown <= today.year + 1:
        raise Http404
    written = looking_back.days(request.user, date(shown, 1, 1), date(shown, 12, 31), most=DAY_MOST)
    moods = looking_back.moods_of(request.user, shown)
    others = looking_back.years(request.user)
    months = [
        {
            "first": date(shown, month, 1),
            "written": [(day, pages) for day, pages in written.items() if day.month == month],
            "days": [
                {
                    "day": day,
                    "mood": moods.get(day, ""),
                    "label": Mood(moods[day]).label if day in moods else "",
                }
                for day in _days_of(shown, month)
            ],
        }
        for month in range(1, 13)
    ]
    context = {
        "year": shown,
        "months": months,
        "count": sum(pages.count for pages in written.values()),
        "has_moods": bool(moods),
        "moods": Mood.choices,
        "before": max((other for other in others if other < shown), default=None),
        "after": min((other for other in others if other > shown), default=None),
    }
    return render(request, "diaries/year.html", context)


def _days_of(year: int, month: int) -> list[date]:
    return [date(year, month, day + 1) for day in range(calendars.monthrange(year, month)[1])]


def _wanted(query: QueryDict, cast: list[CastMember]) -> tuple[looking_back.Wanted, dict[str, str]]:
    """What the address asks for, and the choice that stands in each filter."""
    chosen = {
        "mood": _known(query.get("mood", ""), Mood.values),
        "weather": _known(query.get("weather", ""), Weather.values),
        "style": query.get("style", "")[:40].replace("\x00", ""),
        "tag": query.get("tag", "")[:40].replace("\x00", ""),
        "who": query.get("who", ""),
    }
    try:
        member = next((each for each in cast if each.pk == UUID(chosen["who"])), None)
    except ValueError:
        member = None
    try:
        day = date.fromisoformat(query.get("day", ""))
    except ValueError:
        day = None
    wanted = looking_back.Wanted(
        words=looking_back.split_words(query.get("q", "")),
        mood=chosen["mood"],
        weather=chosen["weather"],
        style=chosen["style"],
        tag=chosen["tag"],
        who=member,
        day=day,
    )
    return wanted, chosen


def _known(value: str, values: list[str]) -> str:
    return value if value in values else ""


def _filters(user: User, cast: list[CastMember], chosen: dict[str, str]) -> list[dict[str, Any]]:
    """What each list of the filter form offers; one with nothing to choose from is left out."""
    offered: dict[str, list[tuple[str, Any]]] = {
        "mood": list(Mood.choices),
        "weather": list(Weather.choices),
        "style": [(style.slug, style.name) for style in Style.objects.all()],
        "who": [(str(member.pk), member.names) for member in cast],
        "tag": [(name, name) for name in Tag.objects.filter(author=user).values_list("name", flat=True)],
    }
    return [
        {"name": name, "choices": choices, "chosen": chosen[name]}
        for name, choices in offered.items()
        if choices
    ]


def _others(query: QueryDict) -> str:
    """The query without its page, for the links to the other pages."""
    kept = query.copy()
    kept.pop("page", None)
    return kept.urlencode()
