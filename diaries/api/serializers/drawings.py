"""Drawings: how far they are, and what may be asked of them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from diaries.api.serializers.entries import drawing_url, hidden_reason
from diaries.api.serializers.fields import KeywordsField, StyleField, Time, WithoutField
from diaries.scene_words import STATES, Chip, chips
from illustration import progress, services
from illustration.models import Illustration, Status

URL = {"type": ["string", "null"], "format": "uri"}


@extend_schema_serializer(
    component_name="RedrawInput",
    examples=[OpenApiExample("In another style", value={"style": "watercolour"}, request_only=True)],
)
class RedrawInputSerializer(serializers.Serializer[Any]):
    """What a new drawing shall be like."""

    style = StyleField(required=False, help_text="Left out: the page's own style.")
    without = WithoutField(
        required=False,
        help_text="Keys of asked words that are not to be drawn, until the text changes. Left out: as before.",
    )
    keywords = KeywordsField(required=False, help_text="The page's new keywords. Left out: as before.")


@extend_schema_serializer(component_name="AskedWord")
class AskedWordSerializer(serializers.Serializer[Chip]):
    """A word of the scene that the painter was asked for, in the language of the answer."""

    word = serializers.CharField()
    key = serializers.CharField(help_text="By which a redraw can leave it out; empty where it cannot.")
    kind = serializers.CharField(
        help_text="person, animal, plant, food, thing, place, action, weather, time…"
    )
    state = serializers.ChoiceField(
        [(state, state) for state in STATES],
        help_text="`drawn`; `broader`: as what `drawn` says; `no_word`: the painter cannot draw it; `no_room`: not in "
        "this picture; `unknown`: not kept.",
    )
    drawn = serializers.CharField(help_text="What it was drawn as where that is another word; else empty.")
    said = serializers.CharField(
        help_text="The page's own word for it; empty where the page does not say it."
    )
    count = serializers.IntegerField(help_text="How many, 1 to 5.")
    drawn_count = serializers.IntegerField(help_text="How many of them the picture has room for.")


@extend_schema_serializer(component_name="Drawing")
class DrawingSerializer(serializers.Serializer[Illustration]):
    """A drawing of a page."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(Status.choices)
    style = StyleField()
    entry_version = serializers.IntegerField(
        source="entry_tie.entry_version", help_text="The version of the text that it is drawn from."
    )
    chosen = serializers.SerializerMethodField()
    failure_code = serializers.CharField(help_text="Why it failed; empty unless `status` is `failed`.")
    hidden_reason = serializers.SerializerMethodField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    picture_url = serializers.SerializerMethodField()
    thumbnail_url = serializers.SerializerMethodField()
    asked = serializers.SerializerMethodField(
        help_text="What the painter was asked for; empty unless there is a picture to show."
    )
    requested_at = Time()
    finished_at = Time(allow_null=True)

    @extend_schema_field(
        {"type": "boolean", "description": "Whether the writer chose it as the page's picture."}
    )
    def get_chosen(self, row: Illustration) -> bool:
        return row.entry_tie.entry.chosen_id == row.pk

    @extend_schema_field(
        {"type": "string", "description": "Why a moderator hid it; empty where it is shown."}
    )
    def get_hidden_reason(self, row: Illustration) -> str:
        return hidden_reason(row)

    @extend_schema_field(AskedWordSerializer(many=True))
    def get_asked(self, row: Illustration) -> list[dict[str, Any]]:
        shown = row.status == Status.READY and not row.hidden_at
        return AskedWordSerializer(chips(row.scene) if shown else (), many=True).data

    @extend_schema_field(URL)
    def get_picture_url(self, row: Illustration) -> str | None:
        return self._url("drawing-picture", row)

    @extend_schema_field(URL)
    def get_thumbnail_url(self, row: Illustration) -> str | None:
        return self._url("drawing-thumbnail", row)

    def _url(self, name: str, row: Illustration) -> str | None:
        if row.status != Status.READY or row.hidden_at:
            return None
        return drawing_url(self, name, row.entry_tie.entry_id, row.pk)


@extend_schema_serializer(component_name="DrawingProgress")
class ProgressSerializer(serializers.Serializer[Any]):
    """How far an unfinished drawing is."""

    place = serializers.IntegerField(help_text="Place in line: 1 is next, 0 is being drawn.")
    seconds = serializers.IntegerField(
        allow_null=True, help_text="Estimated seconds until it is ready; null while no worker can draw it."
    )
    step = serializers.IntegerField(help_text="Steps done.")
    steps = serializers.IntegerField(help_text="Steps in all.")
    preview_url = serializers.URLField(allow_null=True, help_text="What it looks like so far.")
    poll_after_seconds = serializers.IntegerField(help_text="When to ask again.")


@extend_schema_serializer(component_name="DrawingState")
class DrawingStateSerializer(DrawingSerializer):
    """A drawing, and how far it is."""

    progress = serializers.SerializerMethodField()

    @extend_schema_field(ProgressSerializer(allow_null=True))
    def get_progress(self, row: Illustration) -> dict[str, Any] | None:
        if not row.is_unfinished:
            return None
        done = progress.read(row.pk)
        position = services.position(row, done=done)
        drawing = row.status == Status.DRAWING
        preview = drawing and done is not None and bool(done.preview)
        wait = 1 if drawing else min(max((position.seconds or 60) // 5, 2), 15)
        return {
            "place": position.place,
            "seconds": position.seconds,
            "step": done.step if drawing and done else 0,
            "steps": done.steps if drawing and done else row.steps,
            "preview_url": drawing_url(self, "drawing-preview", row.entry_tie.entry_id, row.pk)
            if preview
            else None,
            "poll_after_seconds": wait,
        }
