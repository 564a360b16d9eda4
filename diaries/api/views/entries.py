"""Entries: list, write, read, change, delete; and a month at a glance."""

from __future__ import annotations

import re
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from diaries.api.base import ApiView
from diaries.api.pagination import NewestFirst
from diaries.api.problems import Problem
from diaries.api.schema import problems
from diaries.api.serializers.entries import EntryInputSerializer, EntrySerializer, entries_of
from diaries.api.serializers.fields import SLUG
from diaries.api.serializers.lists import CalendarMonthSerializer
from diaries.models import Entry, Mood, Weather
from diaries.models.entry import FIRST_DAY
from diaries.services import entries, looking_back, request_keys

KEY = re.compile(r"[\x21-\x7e]{1,100}")
VERSION = re.compile(r'(?:W/)?"([0-9]{1,9})"')
MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
ETAG = OpenApiParameter(
    "ETag",
    {"type": "string", "pattern": '^"[0-9]+"$'},
    OpenApiParameter.HEADER,
    response=[200, 201],
    description="The version, in quotes: what If-Match takes.",
    required=True,
)


def if_match(*, required: bool) -> OpenApiParameter:
    """Describe If-Match for the schema."""
    return OpenApiParameter(
        "If-Match",
        {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
        OpenApiParameter.HEADER,
        required=required,
        description='The version that the change was made to, in quotes: `"3"`.',
    )


def query(name: str, description: str, **schema: Any) -> OpenApiParameter:
    """Describe a filter for the schema."""
    return OpenApiParameter(name, {"type": "string", **schema}, description=description)


class EntryView(ApiView):
    """What the two addresses of entries share."""

    schema_tag = "entries"

    def answer(
        self, request: Request, entry_id: UUID, *, refusal: str = "", code: int = status.HTTP_200_OK
    ) -> Response:
        """Answer with an entry as it stands now."""
        entry = get_object_or_404(entries_of(request.user), pk=entry_id)
        data = EntrySerializer(entry, context=self.get_serializer_context() | {"refusal": refusal}).data
        return Response(data, status=code, headers={"ETag": f'"{entry.version}"'})

    def stale(self, request: Request, stale: entries.StaleVersion) -> Problem:
        """Return the problem that shows what stands there now."""
        current = get_object_or_404(entries_of(request.user), pk=stale.current.pk)
        return Problem(
            "stale_version", current=EntrySerializer(current, context=self.get_serializer_context()).data
        )


class EntryListView(EntryView):
    """All pages of a writer."""

    names = {"GET": "list_entries", "POST": "create_entry"}
    serializer_class = EntrySerializer
    pagination_class = NewestFirst
    cursor_fields = ("written_on", "created_at", "id")
    throttle_scope = {"POST": "write"}

    @extend_schema(
        parameters=[
            query("month", "Only this month, as 2026-11.", pattern="^[0-9]{4}-[0-9]{2}$"),
            query("mood", "Only this mood.", enum=Mood.values),
            query("weather", "Only this weather.", enum=Weather.values),
            query("style", "Only this style.", pattern="^[-a-zA-Z0-9_]{1,40}$"),
            query("tag", "Only pages filed under this tag.", pattern=r"^[^\u0000]{1,30}$"),
            query(
                "q",
                "Only pages whose title or text holds each of these words.",
                pattern=r"^[^\u0000]{0,100}$",
            ),
        ],
        responses=EntrySerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        """List entries by cursor, newest first."""
        rows = self.paginate_queryset(self._filtered(request, entries_of(request.user)))
        data = EntrySerializer(rows, many=True, context=self.get_serializer_context()).data
        return self.get_paginated_response(data)

    def _filtered(self, request: Request, found: QuerySet[Entry]) -> QuerySet[Entry]:
        wanted, errors = request.query_params, {}
        if (month := wanted.get("month")) is not None:
            match = MONTH.fullmatch(month)
            if match and match[1] != "0000" and "01" <= match[2] <= "12":
                found = found.on_month(int(match[1]), int(match[2]))  # type: ignore[attr-defined]
            else:
                errors["month"] = _("Write a month as 2026-11.")
        for name, known in (("mood", Mood.values), ("weather", Weather.values)):
            if (value := wanted.get(name)) is not None:
                if value in known:
                    found = found.filter(**{name: value})
                else:
                    errors[name] = _("This value is not known.")
        if (style := wanted.get("style")) is not None:
            if SLUG.fullmatch(style):
                found = found.filter(style__slug=style)
            else:
                errors["style"] = _("This value is not known.")
        if errors:
            raise serializers.ValidationError(errors)
        words = looking_back.split_words(wanted.get("q", ""))
        tag = wanted.get("tag", "").replace("\x00", "")
        return looking_back.narrow(found, looking_back.Wanted(words=words, tag=tag))

    @extend_schema(
        parameters=[
            OpenApiParameter(
                "Idempotency-Key",
                {"type": "string", "pattern": "^[!-~]{1,100}$"},
                OpenApiParameter.HEADER,
                description="A random text of the app's own, kept for 24 hours. Sent again with the same request, "
                "it is answered with the entry that was made the first time.",
            ),
            OpenApiParameter(
                "Location",
                OpenApiTypes.URI,
                OpenApiParameter.HEADER,
                response=[201],
                required=True,
                description="Address of the entry.",
            ),
            ETAG,
        ],
        request=EntryInputSerializer,
        responses={201: EntrySerializer, **problems(410)},
    )
    def post(self, request: Request) -> Response:
        """Write a page; its picture is asked for in the same moment."""
        sent = EntryInputSerializer(data=request.data, context=self.get_serializer_context())
        key = request.headers.get("Idempotency-Key", "")
        if "Idempotency-Key" in request.headers and not KEY.fullmatch(key):
            raise Problem("unreadable", detail=_("Idempotency-Key is 1 to 100 visible ASCII characters."))

        def create() -> entries.Saved:
            # Judged only here: what fitted when it was first sent is answered even if it would fit no longer.
            sent.is_valid(raise_exception=True)
            return entries.create_entry(author=request.user, **sent.fields_to_save())

        if key:
            saved, _again = request_keys.once(author=request.user, key=key, asked=request.data, create=create)
        else:
            saved = create()
        response = self.answer(request, saved.entry.pk, refusal=saved.refusal, code=status.HTTP_201_CREATED)
        path = reverse("api:entry-detail", kwargs={"entry": saved.entry.pk})
        response.headers["Location"] = request.build_absolute_uri(path)
        return response


class EntryDetailView(EntryView):
    """One page."""

    names = {
        "GET": "get_entry",
        "PUT": "replace_entry",
        "PATCH": "update_entry",
        "DELETE": "delete_entry",
    }
    serializer_class = EntrySerializer
    throttle_scope = {"PUT": "write", "PATCH": "write"}

    @extend_schema(parameters=[ETAG], responses=EntrySerializer)
    def get(self, request: Request, entry: UUID) -> Response:
        """Read a page."""
        return self.answer(request, entry)

    @extend_schema(
        parameters=[ETAG, if_match(required=True)],
        request=EntryInputSerializer,
        responses={200: EntrySerializer, **problems(412, 428)},
    )
    def put(self, request: Request, entry: UUID) -> Response:
        """Replace a page. Unless title, text, weather, mood or style change, no new picture is drawn."""
        return self._update(request, entry, partial=False)

    @extend_schema(
        parameters=[ETAG, if_match(required=True)],
        request=EntryInputSerializer,
        responses={200: EntrySerializer, **problems(412, 428)},
    )
    def patch(self, request: Request, entry: UUID) -> Response:
        """Change some fields of a page."""
        return self._update(request, entry, partial=True)

    @extend_schema(
        parameters=[if_match(required=False)], request=None, responses={204: None, **problems(412)}
    )
    def delete(self, request: Request, entry: UUID) -> Response:
        """Delete a page with its pictures. With If-Match, only the version that was seen."""
        found = get_object_or_404(Entry.objects.visible_to(request.user), pk=entry)
        try:
            entries.delete_entry(entry=found, version=self._version(request))
        except entries.StaleVersion as stale:
            raise self.stale(request, stale) from None
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _update(self, request: Request, entry: UUID, *, partial: bool) -> Response:
        found = get_object_or_404(
            Entry.objects.visible_to(request.user).select_related("author", "style"), pk=entry
        )
        version = self._version(request)
        if version is None:
            raise Problem("version_required")
        context = self.get_serializer_context() | {"style_id": found.style_id}
        sent = EntryInputSerializer(data=request.data, partial=partial, context=context)
        sent.is_valid(raise_exception=True)
        try:
            saved = entries.update_entry(entry=found, version=version, **sent.fields_to_save(entry=found))
        except entries.StaleVersion as stale:
            raise self.stale(request, stale) from None
        return self.answer(request, entry, refusal=saved.refusal)

    def _version(self, request: Request) -> int | None:
        text = request.headers.get("If-Match")
        if text is None:
            return None
        match = VERSION.fullmatch(text.strip())
        if match is None:
            raise Problem("unreadable", detail=_('If-Match is one version in quotes, as "3".'))
        return int(match[1])


class CalendarView(ApiView):
    """A month at a glance."""

    schema_tag = "entries"
    names = {"GET": "get_calendar_month"}
    serializer_class = CalendarMonthSerializer

    @extend_schema(
        parameters=[
            OpenApiParameter("year", {"type": "integer", "minimum": 1900, "maximum": 9999}, "path"),
            OpenApiParameter("month", {"type": "integer", "minimum": 1, "maximum": 12}, "path"),
        ],
        responses={200: OpenApiResponse(CalendarMonthSerializer)},
    )
    def get(self, request: Request, year: int, month: int) -> Response:
        """Tell the days of a month that have pages, oldest first."""
        if not (FIRST_DAY.year <= year <= 9999 and 1 <= month <= 12):
            raise Http404
        rows = Entry.objects.visible_to(request.user).on_month(year, month).with_picture().defer("body")
        by_day: dict[date, list[Entry]] = {}
        for row in rows.order_by("written_on", "created_at", "id"):
            by_day.setdefault(row.written_on, []).append(row)
        found = {
            "month": f"{year:04}-{month:02}",
            "today": request.user.today(),
            "days": [{"date": day, "entries": rows} for day, rows in by_day.items()],
        }
        return Response(CalendarMonthSerializer(found, context=self.get_serializer_context()).data)
