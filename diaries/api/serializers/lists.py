"""Styles, moods, weathers, months and reports."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from diaries.api.serializers.entries import drawing_url
from diaries.api.serializers.fields import NoteField, Time
from diaries.models import Mood, Outcome, Reason, Report, Weather
from illustration.models import Style


@extend_schema_serializer(component_name="Choice")
class ChoiceSerializer(serializers.Serializer[Any]):
    """A code, and its name in the reader's language."""

    code = serializers.CharField()
    name = serializers.CharField()


@extend_schema_serializer(component_name="Style")
class StyleSerializer(serializers.Serializer[Style]):
    """An art style that is offered, with a picture drawn in it."""

    code = serializers.CharField(source="slug")
    name = serializers.CharField()
    sample_url = serializers.SerializerMethodField()

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_sample_url(self, style: Style) -> str:
        path = reverse("diaries:style-sample", kwargs={"slug": style.slug})
        return str(self.context["request"].build_absolute_uri(path))


@extend_schema_serializer(component_name="ProblemKind")
class ProblemKindSerializer(serializers.Serializer[Any]):
    """A problem that the API may answer with."""

    code = serializers.CharField()
    status = serializers.IntegerField()
    title = serializers.CharField()
    detail = serializers.CharField()


@extend_schema_serializer(component_name="CalendarEntry")
class CalendarEntrySerializer(serializers.Serializer[Any]):
    """A page as a calendar shows it."""

    id = serializers.UUIDField()
    version = serializers.IntegerField()
    title = serializers.CharField()
    weather = serializers.ChoiceField(Weather.choices, allow_blank=True)
    mood = serializers.ChoiceField(Mood.choices, allow_blank=True)
    is_being_drawn = serializers.BooleanField()
    thumbnail_url = serializers.SerializerMethodField()

    @extend_schema_field({"type": ["string", "null"], "format": "uri"})
    def get_thumbnail_url(self, entry: Any) -> str | None:
        if entry.picture_id is None:
            return None
        return drawing_url(self, "drawing-thumbnail", entry.pk, entry.picture_id)


@extend_schema_serializer(component_name="CalendarDay")
class CalendarDaySerializer(serializers.Serializer[Any]):
    """A day that has pages."""

    date = serializers.DateField()
    entries = CalendarEntrySerializer(many=True)


@extend_schema_serializer(component_name="CalendarMonth")
class CalendarMonthSerializer(serializers.Serializer[Any]):
    """A month with the days that have pages."""

    month = serializers.CharField(help_text="As 2026-11.")
    today = serializers.DateField(help_text="The writer's date now.")
    days = CalendarDaySerializer(many=True)


@extend_schema_serializer(
    component_name="ReportInput",
    examples=[
        OpenApiExample("A frightening picture", value={"reason": "scary", "note": ""}, request_only=True)
    ],
)
class ReportInputSerializer(serializers.Serializer[Any]):
    """Why a picture is reported."""

    reason = serializers.ChoiceField(Reason.choices)
    note = NoteField(required=False, default="")


@extend_schema_serializer(component_name="Report")
class ReportSerializer(serializers.Serializer[Report]):
    """A report, and what became of it."""

    id = serializers.UUIDField()
    drawing = serializers.UUIDField(source="illustration_id", allow_null=True)
    reason = serializers.ChoiceField(Reason.choices)
    note = serializers.CharField()
    status = serializers.ChoiceField(Report.Status.choices)
    outcome = serializers.ChoiceField(Outcome.choices, allow_blank=True)
    created_at = Time()
    decided_at = Time(allow_null=True)
