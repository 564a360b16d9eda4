"""Drawings at the operator's desk: where each stands and how it went. Neither its picture nor its words are here."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from unfold.admin import ModelAdmin
from unfold.decorators import action, display

from diaries.admin.lookups import FiltersOnly
from diaries.admin.naming import age, short
from diaries.admin.reports import NEVER_READ, actor_of
from diaries.services import operating
from illustration.models import SAMPLE_REQUESTER, Illustration, Status


class ValuesThereAre(admin.AllValuesFieldListFilter):
    """Offers the values that rows have; none at all is a dash."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield choice | {"display": choice["display"] or "–"}


class DrawingForm(forms.ModelForm):  # type: ignore[type-arg]
    """Nothing is changed by it; it names what the page shows."""

    class Meta:
        model = Illustration
        fields: tuple[str, ...] = ()
        labels = {
            "id": _("ID"),
            "timings": _("seconds by step of the work"),
            "scheduler": _("scheduler"),
            "steps": _("steps"),
            "guidance_scale": _("guidance scale"),
            "width": _("width"),
            "height": _("height"),
            "seed": _("seed"),
            "model_hash": _("model's hash"),
            "adapter_hash": _("adapter's hash"),
            "hidden_at": _("hidden since"),
        }


@admin.register(Illustration)
class IllustrationAdmin(FiltersOnly, ModelAdmin):  # type: ignore[misc]
    """The line and its history, newest first."""

    form = DrawingForm
    list_display = (
        "short_id",
        "state",
        "place",
        "style",
        "asked_by",
        "asked_since",
        "attempts",
        "waited",
        "drawn_in",
        "failure_code",
        "worker",
    )
    list_filter = (
        "status",
        "style",
        ("failure_code", ValuesThereAre),
        "priority",
        ("worker", ValuesThereAre),
    )
    list_select_related = ("style",)
    ordering = ("-requested_at", "-id")
    list_per_page = 50
    show_full_result_count = False
    actions = ("retry", "discard")
    fields = (
        ("id", "status"),
        ("style", "priority"),
        ("asked_by", "attempts"),
        ("requested_at", "claimed_at", "finished_at"),
        ("run_after", "lease_until"),
        ("worker", "failure_code"),
        "timings",
        ("scheduler", "steps", "guidance_scale"),
        ("width", "height", "seed"),
        "model_hash",
        "adapter_hash",
        "hidden_at",
    )
    readonly_fields = (
        "id",
        "status",
        "style",
        "priority",
        "asked_by",
        "attempts",
        "requested_at",
        "claimed_at",
        "finished_at",
        "run_after",
        "lease_until",
        "worker",
        "failure_code",
        "timings",
        "scheduler",
        "steps",
        "guidance_scale",
        "width",
        "height",
        "seed",
        "model_hash",
        "adapter_hash",
        "hidden_at",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Illustration | None = None) -> bool:
        """Nothing is changed by hand; the actions below have a permission of their own."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Illustration | None = None) -> bool:
        return False

    def has_operate_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("illustration.change_illustration")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Illustration]:
        found: QuerySet[Illustration] = super().get_queryset(request)
        return found.defer(*NEVER_READ)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Read the whole line once, for the places on this page."""
        changelist = super().get_changelist_instance(request)
        line = Illustration.objects.filter(status=Status.QUEUED).in_fair_order().values_list("pk", flat=True)
        places = {pk: place for place, pk in enumerate(line, start=1)}
        for row in changelist.result_list:
            row.place_in_line = places.get(row.pk)
        return changelist

    @action(description=_("Draw again (failed ones)"), permissions=["operate"])
    def retry(self, request: HttpRequest, queryset: QuerySet[Illustration]) -> None:
        count = operating.retry_drawings(
            actor=actor_of(request), ids=list(queryset.values_list("pk", flat=True))
        )
        self._tell(
            request,
            count,
            ngettext("%(count)d drawing waits again.", "%(count)d drawings wait again.", count),
            _("Nothing to draw again: only failed drawings whose writers may draw are tried anew."),
        )

    @action(description=_("Discard (unfinished, failed and out-of-date ones)"), permissions=["operate"])
    def discard(self, request: HttpRequest, queryset: QuerySet[Illustration]) -> None:
        count = operating.discard_drawings(
            actor=actor_of(request), ids=list(queryset.values_list("pk", flat=True))
        )
        self._tell(
            request,
            count,
            ngettext("%(count)d drawing is discarded.", "%(count)d drawings are discarded.", count),
            _("Nothing to discard: finished pictures belong to their writers."),
        )

    def _tell(self, request: HttpRequest, count: int, done: str, nothing: Any) -> None:
        if count:
            messages.success(request, done % {"count": count})
        else:
            messages.warning(request, nothing)

    @display(description=_("drawing"))
    def short_id(self, row: Illustration) -> str:
        return short(row.pk)

    @display(
        description=_("state"),
        ordering="status",
        label={
            Status.QUEUED.value: "info",
            Status.DRAWING.value: "warning",
            Status.READY.value: "success",
            Status.FAILED.value: "danger",
            Status.STALE.value: "default",
        },
    )
    def state(self, row: Illustration) -> tuple[str, str]:
        return row.status, row.get_status_display()

    @display(description=_("place"))
    def place(self, row: Illustration) -> str:
        place = getattr(row, "place_in_line", None)
        return "–" if place is None else str(place)

    @display(description=_("asked by"))
    def asked_by(self, row: Illustration) -> Any:
        return _("a style's sample") if row.requester == SAMPLE_REQUESTER else short(row.requester)

    @display(description=_("asked"), ordering="requested_at")
    def asked_since(self, row: Illustration) -> SafeString | str:
        return age(row.requested_at)

    @display(description=_("waited"))
    def waited(self, row: Illustration) -> str:
        return _seconds(row.requested_at, row.claimed_at)

    @display(description=_("drawn in"))
    def drawn_in(self, row: Illustration) -> str:
        return _seconds(row.claimed_at, row.finished_at)


def _seconds(start: Any, end: Any) -> str:
    if start is None or end is None or end < start:
        return "–"
    return str(_("%(seconds)s s") % {"seconds": f"{(end - start).total_seconds():.1f}"})
