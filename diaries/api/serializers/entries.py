"""Entries: what an app sends, and what it gets."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from diaries.api.serializers.fields import (
    BodyField,
    ClockField,
    KeywordsField,
    StyleField,
    TagsField,
    Time,
    TitleField,
    WithoutField,
)
from diaries.models import Entry, EntryIllustration, Mode, Mood, Reason, User, Weather
from diaries.validators import clean_date
from illustration.models import Illustration, Status, Style

EXAMPLE = {
    "written_on": "2026-11-23",
    "title": "First snow",
    "body": "It snowed. I made a snowman with my little brother in the park.",
    "weather": "snowy",
    "mood": "happy",
    "style": "crayon",
    "mode": "draw",
    "keywords": [],
    "tags": ["winter"],
    "woke_at": "07:30",
    "slept_at": None,
}

# Not defaults of the fields: apps made from the schema would send them with every PATCH.
LEFT_OUT = {
    "title": "",
    "weather": "",
    "mood": "",
    "mode": Mode.DRAW,
    "keywords": (),
    "tags": (),
    "woke_at": None,
    "slept_at": None,
}


def drawing_url(serializer: serializers.BaseSerializer[Any], name: str, entry_id: Any, pk: Any) -> str:
    """Return the absolute address of something of a drawing."""
    path = reverse(f"api:{name}", kwargs={"entry": entry_id, "drawing": pk})
    return str(serializer.context["request"].build_absolute_uri(path))


def entries_of(user: User) -> QuerySet[Entry]:
    """Return a writer's entries with all that an answer tells of them, in as many queries for one as for many."""
    ties = EntryIllustration.objects.select_related("illustration").defer(
        *(
            f"illustration__{name}"
            for name in ("text", "title", "wishes", "scene", "prompt", "negative_prompt")
        )
    )
    return (
        Entry.objects.visible_to(user)
        .with_picture()
        .select_related("author", "style")
        .prefetch_related(Prefetch("ties", ties), "tags")
    )


@extend_schema_serializer(
    component_name="EntryInput",
    examples=[OpenApiExample("A day with snow", value=EXAMPLE, request_only=True)],
)
class EntryInputSerializer(serializers.Serializer[Any]):
    """What a writer sends of a page. Left out of a PATCH: unchanged. Left out otherwise: empty, or the usual style."""

    written_on = serializers.DateField(
        help_text="The writer's date, from 1900-01-01 to tomorrow; it has no time zone."
    )
    title = TitleField(required=False)
    body = BodyField()
    weather = serializers.ChoiceField(Weather.choices, allow_blank=True, required=False)
    mood = serializers.ChoiceField(Mood.choices, allow_blank=True, required=False)
    style = StyleField(required=False)
    mode = serializers.ChoiceField(
        Mode.choices,
        required=False,
        help_text="`keywords`: drawn from the keywords alone. `never`: never drawn.",
    )
    keywords = KeywordsField(
        required=False, help_text="For the painter; they come before what the text says."
    )
    tags = TagsField(required=False, help_text="Without #, each once, in no order.")
    woke_at = ClockField(required=False, allow_null=True, help_text="When the writer got up.")
    slept_at = ClockField(required=False, allow_null=True, help_text="When the writer went to bed.")

    def validate_written_on(self, value: date) -> date:
        return clean_date(value, today=self.context["request"].user.today())

    def fields_to_save(self, *, entry: Entry | None = None) -> dict[str, Any]:
        """Return what the services take: all fields, with what a PATCH left out taken from the entry."""
        found = dict(self.validated_data)
        if not self.partial:
            found = LEFT_OUT | found
        if entry is not None:
            for name in self.fields if self.partial else ("style",):
                # One by one: `tags` alone costs a query.
                if name not in found:
                    found[name] = entry.tag_names() if name == "tags" else getattr(entry, name)
        elif "style" not in found:
            usual = self.context["request"].user.default_style
            style = usual if usual and usual.active else Style.objects.filter(active=True).first()
            if style is None:
                raise serializers.ValidationError({"style": _("No style is offered.")})
            found["style"] = style
        return found


def hidden_reason(row: Illustration) -> str:
    """Return why a moderator hid a picture, or '' where it is shown."""
    return (row.hidden_reason or Reason.OTHER) if row.hidden_at else ""


@extend_schema_serializer(component_name="EntryPicture")
class EntryPictureSerializer(serializers.Serializer[Illustration]):
    """The picture of a page: the chosen one, else the newest that is ready; never a hidden one."""

    drawing = serializers.UUIDField(source="pk")
    picture_url = serializers.SerializerMethodField()
    thumbnail_url = serializers.SerializerMethodField()

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_picture_url(self, row: Illustration) -> str:
        return drawing_url(self, "drawing-picture", row.entry_tie.entry_id, row.pk)

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_thumbnail_url(self, row: Illustration) -> str:
        return drawing_url(self, "drawing-thumbnail", row.entry_tie.entry_id, row.pk)


@extend_schema_serializer(component_name="EntryDrawing")
class EntryDrawingSerializer(serializers.Serializer[Illustration]):
    """The newest drawing of a page, to be asked about while it is unfinished."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(Status.choices)
    failure_code = serializers.CharField()
    hidden_reason = serializers.SerializerMethodField()

    @extend_schema_field(
        {"type": "string", "description": "Why a moderator hid it; empty where it is shown."}
    )
    def get_hidden_reason(self, row: Illustration) -> str:
        return hidden_reason(row)


@extend_schema_serializer(
    component_name="Entry",
    examples=[
        OpenApiExample(
            "A day with snow",
            value={
                "id": "5e0f6c52-7a4c-4b6b-9a64-0d6f1f3a6f10",
                "version": 1,
                **EXAMPLE,
                "without": [],
                "picture": None,
                "newest_drawing": {
                    "id": "b7f1c2f4-5f0e-4f0b-8f0a-3f6f2f1d2c3b",
                    "status": "queued",
                    "failure_code": "",
                    "hidden_reason": "",
                },
                "drawing_refused": "",
                "created_at": "2026-11-23T12:00:00.000000Z",
                "updated_at": "2026-11-23T12:00:00.000000Z",
            },
            response_only=True,
        )
    ],
)
class EntrySerializer(serializers.Serializer[Entry]):
    """A page of the diary."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(
        help_text="Rises with every change that is saved; sent back as If-Match."
    )
    written_on = serializers.DateField()
    title = serializers.CharField()
    body = serializers.CharField()
    weather = serializers.ChoiceField(Weather.choices, allow_blank=True)
    mood = serializers.ChoiceField(Mood.choices, allow_blank=True)
    style = StyleField()
    mode = serializers.ChoiceField(Mode.choices)
    keywords = KeywordsField()
    without = WithoutField(help_text="What the writer took out of the scene; a redraw changes it.")
    tags = TagsField()
    woke_at = ClockField(allow_null=True)
    slept_at = ClockField(allow_null=True)
    picture = EntryPictureSerializer(source="shown_drawing", allow_null=True)
    newest_drawing = EntryDrawingSerializer(allow_null=True)
    drawing_refused = serializers.SerializerMethodField()
    created_at = Time()
    updated_at = Time()

    def to_representation(self, entry: Entry) -> dict[str, Any]:
        rows = [tie.illustration for tie in entry.ties.all() if tie.illustration.status != Status.STALE]
        newest = max(rows, key=lambda row: (row.requested_at, row.pk), default=None)
        shown = next((row for row in rows if row.pk == entry.picture_id), None)  # type: ignore[attr-defined]
        entry.newest_drawing, entry.shown_drawing = newest, shown  # type: ignore[attr-defined]
        return super().to_representation(entry)

    @extend_schema_field(
        {
            "type": "string",
            "description": "In answers to a save: why no drawing was requested though one was due, "
            "as a problem's code. Otherwise empty.",
        }
    )
    def get_drawing_refused(self, entry: Entry) -> str:
        return str(self.context.get("refusal", ""))
