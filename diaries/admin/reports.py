"""The moderator's desk: the queue of reported pictures, blurred, and the page on which one is decided."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F, Q, QuerySet
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import display
from unfold.widgets import UnfoldAdminIntegerFieldWidget, UnfoldAdminSelectWidget, UnfoldAdminTextareaWidget

from diaries.admin.lookups import FiltersOnly
from diaries.admin.naming import age, short
from diaries.models import Reason, Report, User
from diaries.models.report import NOTE_LENGTH
from diaries.services import moderation
from illustration import blurring, storage

# Words of the drawing are never read from the database here, so that no template can show them.
NEVER_READ = ("text", "title", "wishes", "scene", "prompt", "negative_prompt", "weather", "mood")


class DecisionForm(forms.Form):
    """A moderator's decision, or the taking back of one."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason the writer is told"),
        choices=Reason.choices,
        required=False,
        widget=UnfoldAdminSelectWidget,
    )
    days = forms.IntegerField(
        label=gettext_lazy("Days without drawing"),
        min_value=1,
        max_value=moderation.DAYS_MOST,
        required=False,
        widget=UnfoldAdminIntegerFieldWidget,
    )
    note = forms.CharField(
        label=gettext_lazy("Note for the book"),
        help_text=gettext_lazy("Why you act so. Moderators read it, the writer does not."),
        max_length=NOTE_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )
    act = forms.ChoiceField(
        choices=[
            (act, act) for act in ("keep", "hide", "hide_and_warn", "stop_drawing", "suspend", "show_again")
        ]
    )

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        given = self.cleaned_data.get("days") is not None or "days" in self.errors
        if self.cleaned_data.get("act") == "stop_drawing" and not given:
            self.add_error("days", _("For how many days?"))
        return cleaned


@admin.register(Report)
class ReportAdmin(FiltersOnly, ModelAdmin):  # type: ignore[misc]
    """Reported pictures; those that wait come first, the oldest at the top."""

    list_display = (
        "blurred_picture",
        "reported_for",
        "style",
        "waiting_since",
        "reported_by",
        "writer",
        "state",
        "outcome",
    )
    list_display_links = ("blurred_picture", "reported_for")
    list_filter = ("status", "reason", "outcome")
    ordering = (F("decided_at").desc(nulls_first=True), "created_at")
    list_per_page = 20

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Report | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Report]:
        found: QuerySet[Report] = super().get_queryset(request)
        unread = (f"illustration__{name}" for name in NEVER_READ)
        is_own = Q(subject_id=request.user.pk)
        return found.select_related("illustration__style").defer(*unread).annotate(is_own=is_own)

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("<uuid:pk>/picture.webp", wrap(self.picture), name="diaries_report_picture"),
            path("<uuid:pk>/unblur/", wrap(self.unblur), name="diaries_report_unblur"),
            *super().get_urls(),
        ]

    @display(description=gettext_lazy("picture"))
    def blurred_picture(self, report: Any) -> SafeString | str:
        if report.illustration is None:
            return _("deleted")
        if report.is_own:
            return _("your own")
        place = reverse("admin:diaries_report_picture", args=[report.pk])
        return format_html(
            '<img class="desk-thumbnail" src="{}?blurred" alt="" width="64" height="64">', place
        )

    @display(description=gettext_lazy("reason"), ordering="reason")
    def reported_for(self, report: Report) -> str:
        return str(report.get_reason_display())

    @display(description=gettext_lazy("style"))
    def style(self, report: Report) -> str:
        return report.illustration.style.name if report.illustration else "–"

    @display(description=gettext_lazy("age"), ordering="created_at")
    def waiting_since(self, report: Report) -> SafeString | str:
        return age(report.created_at)

    @display(description=gettext_lazy("reported by"))
    def reported_by(self, report: Report) -> str:
        return reporter_words(report)

    @display(description=gettext_lazy("writer"))
    def writer(self, report: Report) -> str:
        return short(report.subject_id)

    @display(
        description=gettext_lazy("state"),
        label={Report.Status.OPEN.value: "warning", Report.Status.DECIDED.value: "success"},
    )
    def state(self, report: Report) -> tuple[str, str]:
        return report.status, report.get_status_display()

    # The page on which a report is decided

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show a report with its blurred picture; a POST decides it."""
        try:
            report = self._report(request, UUID(object_id))
        except ValueError:
            raise Http404 from None
        form = DecisionForm(request.POST or None, initial={"reason": report.reason, "days": 7})
        if request.method == "POST" and form.is_valid() and self._decide(request, report, form):
            return redirect("admin:diaries_report_changelist")
        report = self._report(request, report.pk)
        picture = report.illustration
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Report %(id)s") % {"id": short(report.pk)},
            "report": report,
            "reporter": reporter_words(report),
            "subject": short(report.subject_id),
            "age": age(report.created_at),
            "form": form,
            "clear": moderation.sees_clearly(actor=actor_of(request), report=report),
            "may_look": moderation.is_on_the_desk(report),
            "is_own": report.subject_id == request.user.pk,
            "may_decide": self.has_change_permission(request, report),
            "hidden": picture is not None and picture.hidden_at is not None,
            "acts": moderation.acts_about(report=report)[:50],
        }
        return render(request, "admin/diaries/report_desk.html", context, status=422 if form.errors else 200)

    def picture(self, request: HttpRequest, pk: UUID) -> HttpResponseBase:
        """Send a reported picture: blurred, or clear to the moderator who asked to see it so. Never kept anywhere."""
        report = self._report(request, pk)
        picture = report.illustration
        if picture is None or not picture.picture or report.subject_id == request.user.pk:
            raise Http404
        clear = "blurred" not in request.GET and moderation.sees_clearly(
            actor=actor_of(request), report=report
        )
        response: HttpResponseBase
        try:
            if clear:
                response = FileResponse(
                    storage.full_path(picture.picture).open("rb"), content_type="image/webp"
                )
            else:
                response = HttpResponse(blurring.blurred(picture.picture), content_type="image/webp")
        except OSError:
            raise Http404 from None
        response.headers["Cache-Control"] = "private, no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    def unblur(self, request: HttpRequest, pk: UUID) -> HttpResponse:
        """Write in the book that this moderator looks, then show the picture clearly."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        report = self._report(request, pk)
        try:
            moderation.unblur(actor=actor_of(request), report=report)
        except moderation.Refused as refused:
            messages.error(request, refusal_words(refused))
        return redirect("admin:diaries_report_change", pk)

    def _report(self, request: HttpRequest, pk: UUID) -> Report:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _decide(self, request: HttpRequest, report: Report, form: DecisionForm) -> bool:
        """Do what the form says; False where the page must be shown again with the reason."""
        act, note, reason = (form.cleaned_data[name] for name in ("act", "note", "reason"))
        actor = actor_of(request)
        try:
            if act == "keep":
                moderation.keep(actor=actor, report=report, note=note)
            elif act == "show_again":
                moderation.show_again(actor=actor, report=report, note=note)
            elif act == "stop_drawing":
                days = form.cleaned_data["days"]
                moderation.stop_drawing(actor=actor, report=report, note=note, reason=reason, days=days)
            else:
                verbs = {
                    "hide": moderation.hide,
                    "hide_and_warn": moderation.hide_and_warn,
                    "suspend": moderation.suspend,
                }
                verbs[act](actor=actor, report=report, note=note, reason=reason)
        except ValidationError as error:
            form.add_error(None, error)
            return False
        except moderation.Refused as refused:
            messages.error(request, refusal_words(refused))
            return isinstance(refused, moderation.AlreadyDecided)
        messages.success(request, _("Done, and written in the book."))
        return True


def actor_of(request: HttpRequest) -> User:
    """Return who acts: the admin site lets nobody in who is not signed in."""
    assert isinstance(request.user, User)
    return request.user


def reporter_words(report: Report) -> str:
    """Say who reported, without a name."""
    return _("the writer") if report.reporter_id == report.subject_id else short(report.reporter_id)


def refusal_words(refused: moderation.Refused) -> str:
    """Say to a moderator why an act was not done."""
    if isinstance(refused, moderation.AlreadyDecided):
        outcome = refused.report.get_outcome_display()
        return _("Another moderator was first: %(outcome)s. Nothing of yours was done.") % {
            "outcome": outcome
        }
    words = {
        "own_picture": _("This is your own: somebody else has to decide."),
        "changed_meanwhile": _("Somebody else changed this meanwhile. Nothing of yours was done."),
        "not_on_the_desk": _("This picture is its writer's alone again, so it stays blurred."),
        "staff_account": _("This account is staff: only an administrator may stop or suspend it."),
    }
    return words[refused.code]
