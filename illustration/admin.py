"""Styles and workers at the operator's desk. Drawings are in diaries' admin: trying one again needs its text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path
from django.urls.resolvers import URLPattern
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import display

from illustration import adapter_files, samples
from illustration.models import Style, Worker

UNFIT = {
    "missing_file": _("There is no such file: %(path)s"),
    "unreadable": _("This file cannot be read as a safetensors file."),
    "text_encoder": _("This adapter changes the text encoder; only the UNet may be changed."),
    "no_lora": _("This file holds no LoRA weights for a UNet."),
    "other_model": _("This adapter was made for another model than the one in use."),
}


class StyleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A style; its file is looked into before it is saved, for a worker cannot draw with an unfit one."""

    class Meta:
        model = Style
        fields = [
            "slug",
            "name_ko",
            "name_en",
            "adapter_file",
            "trigger",
            "weight",
            "guidance_scale",
            "scheduler",
            "steps",
            "active",
            "position",
        ]

    LIMITS = {"weight": (0.05, 2), "guidance_scale": (1, 20), "steps": (1, 100)}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, (low, high) in self.LIMITS.items():
            if name in self.fields:
                field = self.fields[name]
                field.widget.attrs |= {"min": low, "max": high}

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        for name, (low, high) in self.LIMITS.items():
            value = self.cleaned_data.get(name)
            if value is not None and not low <= value <= high:
                self.add_error(name, _("Between %(low)s and %(high)s.") % {"low": low, "high": high})
        return cleaned

    def clean_adapter_file(self) -> str:
        name: str = self.cleaned_data["adapter_file"]
        if not name:
            return name
        place = settings.MODEL_PATH / name
        try:
            adapter_files.check(place, model=settings.MODEL_PATH)
        except adapter_files.UnfitAdapter as unfit:
            raise forms.ValidationError(str(UNFIT[unfit.code]) % {"path": place}, code=unfit.code) from None
        return name


@admin.register(Style)
class StyleAdmin(ModelAdmin):  # type: ignore[misc]
    """An operator adds a style by naming its file; the sample is drawn by a worker."""

    form = StyleForm
    list_display = (
        "shown_name",
        "slug",
        "trigger",
        "weight",
        "guidance_scale",
        "steps",
        "active",
        "position",
    )
    list_display_links = ("shown_name",)
    ordering = ("position", "slug")
    readonly_fields = ("sample_picture",)
    fieldsets = (
        (None, {"fields": ("sample_picture",)}),
        (_("Name"), {"fields": ("slug", ("name_ko", "name_en"), ("active", "position"))}),
        (_("Adapter"), {"fields": ("adapter_file", ("trigger", "weight"))}),
        (_("Recipe"), {"fields": ("scheduler", ("steps", "guidance_scale"))}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Style | None = None) -> Any:
        return self.fieldsets if obj else self.fieldsets[1:]

    def has_delete_permission(self, request: HttpRequest, obj: Style | None = None) -> bool:
        """A style that pages were drawn in stays; it can be taken off the writers' list instead."""
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Style | None = None) -> tuple[str, ...]:
        # Workers know a style by its short name, and apps keep it.
        return (*self.readonly_fields, "slug") if obj else self.readonly_fields

    @display(description=_("name"))
    def shown_name(self, style: Style) -> str:
        return style.name

    @display(description=_("sample picture"))
    def sample_picture(self, style: Style) -> SafeString:
        newest = samples.of(style).first()
        return SafeString(
            render_to_string("admin/illustration/_sample.html", {"style": style, "newest": newest})
        )

    def save_model(self, request: HttpRequest, obj: Style, form: StyleForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        drawn = {"adapter_file", "trigger", "weight", "guidance_scale", "scheduler", "steps"}
        if not change or drawn & set(form.changed_data):
            samples.request(style=obj)
            messages.info(request, _("A sample was asked for. Look at this style again in a moment."))

    def get_urls(self) -> list[URLPattern]:
        sample = self.admin_site.admin_view(self.sample)
        return [path("<int:pk>/sample.webp", sample, name="illustration_style_sample"), *super().get_urls()]

    def sample(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Send a style's sample as it is now; the public address may be an hour behind."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        style = get_object_or_404(Style, pk=pk)
        try:
            response = FileResponse(style.sample_path.open("rb"), content_type="image/webp")
        except OSError:
            raise Http404 from None
        return response


@admin.register(Worker)
class WorkerAdmin(ModelAdmin):  # type: ignore[misc]
    """What draws, or drew: to be looked at."""

    list_display = (
        "name",
        "state",
        "device",
        "model",
        "seconds",
        "pictures_drawn",
        "last_seen_at",
        "last_problem",
    )
    fields = (
        ("name", "state_words"),
        ("device", "dtype"),
        ("model", "capacity"),
        ("seconds", "pictures_drawn"),
        ("started_at", "last_seen_at"),
        ("last_problem", "last_problem_at"),
    )
    readonly_fields = (
        "state_words",
        "seconds",
        "name",
        "device",
        "dtype",
        "model",
        "capacity",
        "pictures_drawn",
        "started_at",
        "last_seen_at",
        "last_problem",
        "last_problem_at",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Worker | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Worker | None = None) -> bool:
        return False

    @display(description=_("state"), label={"alive": "success", "loading": "warning", "gone": "danger"})
    def state(self, worker: Worker) -> tuple[str, Any]:
        if not worker.alive:
            return "gone", _("gone")
        return ("alive", _("alive")) if worker.ready else ("loading", _("cannot draw yet"))

    @display(description=_("state"))
    def state_words(self, worker: Worker) -> str:
        return str(self.state(worker)[1])

    @display(description=_("seconds a picture"), ordering="seconds_per_picture")
    def seconds(self, worker: Worker) -> str:
        return "–" if worker.seconds_per_picture is None else f"{worker.seconds_per_picture:.1f}"
