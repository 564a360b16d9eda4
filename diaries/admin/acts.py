"""The book of moderators' acts: to be read, and nothing else."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from diaries.admin.lookups import FiltersOnly
from diaries.admin.naming import short
from diaries.models import ModerationAct


@admin.register(ModerationAct)
class ModerationActAdmin(FiltersOnly, ModelAdmin):  # type: ignore[misc]
    """Who did what to which picture or writer, and why; newest first."""

    list_display = ("created_at", "action", "actor_name", "writer", "report", "note")
    list_filter = ("action", "actor_name")
    search_fields = ("subject_id", "report_id", "illustration_id")
    search_help_text = _("ID of a writer, report or picture")
    fields = ("created_at", "action", "actor_name", "writer", "report", "picture", "note")
    readonly_fields = fields
    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: ModerationAct | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: ModerationAct | None = None) -> bool:
        return False

    @display(description=_("writer"))
    def writer(self, act: ModerationAct) -> str:
        return short(act.subject_id)

    @display(description=_("report"))
    def report(self, act: ModerationAct) -> str:
        return short(act.report_id)

    @display(description=_("picture"))
    def picture(self, act: ModerationAct) -> str:
        return short(act.illustration_id)
