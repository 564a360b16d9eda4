"""Accounts at the operator's desk: quota, suspension and, for administrators, who is staff. Never a diary."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from unfold.admin import ModelAdmin
from unfold.decorators import action, display
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultiple,
    UnfoldAdminTextareaWidget,
    UnfoldBooleanSwitchWidget,
)

from diaries.admin.lookups import FiltersOnly
from diaries.admin.naming import role_name
from diaries.admin.reports import actor_of, refusal_words
from diaries.models import User
from diaries.models.report import NOTE_LENGTH
from diaries.services import moderation

NOTE_HELP = gettext_lazy("Why you act so. It goes into the book of acts; the writer does not see it.")


# Far beyond what anybody means, and within what every time zone can tell.
STOP_YEARS = 10


class RolesField(forms.ModelMultipleChoiceField):
    """The groups of staff, named in the reader's language."""

    def label_from_instance(self, obj: Group) -> str:
        return role_name(obj.name)


class RolesFilter(admin.RelatedFieldListFilter):
    """Narrows the list to one group."""

    def field_choices(self, field: Any, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(pk, role_name(str(name))) for pk, name in super().field_choices(field, request, model_admin)]


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """What staff may change about an account, each time with a note; `seen_…` tell what stood there beforehand."""

    seen_a_day = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seen_stop = forms.DateTimeField(required=False, widget=forms.HiddenInput)
    note = forms.CharField(
        label=gettext_lazy("Note for the book"),
        help_text=NOTE_HELP,
        max_length=NOTE_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )

    class Meta:
        model = User
        fields = ["drawings_a_day", "drawing_stopped_until", "is_staff", "groups"]
        labels = {"id": gettext_lazy("ID")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(_seen(self.instance))

    def clean_drawings_a_day(self) -> int | None:
        value: int | None = self.cleaned_data["drawings_a_day"]
        if value is not None and value > 100_000:
            raise forms.ValidationError(_("At most 100,000."))
        return value

    def clean_drawing_stopped_until(self) -> datetime | None:
        value: datetime | None = self.cleaned_data["drawing_stopped_until"]
        if value is not None and abs(value.year - timezone.now().year) > STOP_YEARS:
            raise forms.ValidationError(_("At most %(years)d years from now.") % {"years": STOP_YEARS})
        return value

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        stands = moderation.Limits.of(self.instance)
        if {"seen_a_day", "seen_stop"} & self.fields.keys() and self.seen() != stands:
            # Sent once more, the form replaces what it now tells of.
            data = cast(QueryDict, self.data).copy()
            for name, value in _seen(self.instance).items():
                data[name] = "" if value is None else str(value)
            self.data = data
            until = stands.drawing_stopped_until
            told = {
                "a_day": _("as everybody") if stands.drawings_a_day is None else stands.drawings_a_day,
                "until": formats.date_format(timezone.localtime(until), "DATETIME_FORMAT") if until else "–",
            }
            raise forms.ValidationError(
                _(
                    "Somebody else changed this meanwhile. Save again to replace what stands now – "
                    "drawings a day: %(a_day)s; no drawings until: %(until)s"
                )
                % told
            )
        if not self.errors and not set(self.changed_data) - {"note", "seen_a_day", "seen_stop"}:
            raise forms.ValidationError(_("Nothing is changed yet."))
        return cleaned

    def seen(self) -> moderation.Limits:
        """Return the limits that stood there when the page was made."""
        return moderation.Limits(self.cleaned_data.get("seen_a_day"), self.cleaned_data.get("seen_stop"))

    def wanted(self) -> moderation.Limits:
        """Return the limits that shall stand; what was not touched stays to the microsecond."""
        names = ("drawings_a_day", "drawing_stopped_until")
        return replace(
            self.seen(), **{name: self.cleaned_data[name] for name in names if name in self.changed_data}
        )


def _seen(user: User) -> dict[str, Any]:
    until = user.drawing_stopped_until
    return {"seen_a_day": user.drawings_a_day, "seen_stop": until and until.isoformat()}


class SuspensionForm(forms.Form):
    """Why an account is suspended, or is no longer. It says which, for two may press the button at once."""

    act = forms.ChoiceField(choices=[("suspend", "suspend"), ("unsuspend", "unsuspend")])
    note = forms.CharField(
        label=gettext_lazy("Note for the book"),
        help_text=NOTE_HELP,
        max_length=NOTE_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )


@admin.register(User)
class UserAdmin(FiltersOnly, ModelAdmin):  # type: ignore[misc]
    """People who sign in. Their diaries, passwords and pictures have no page here."""

    form = AccountForm
    list_display = ("email", "display_name", "state", "role", "drawings_a_day", "date_joined")
    list_filter = (
        ("suspended_at", admin.EmptyFieldListFilter),
        ("drawing_stopped_until", admin.EmptyFieldListFilter),
        "is_staff",
        ("groups", RolesFilter),
    )
    search_fields = ("email", "display_name", "id")
    ordering = ("-date_joined",)
    readonly_fields = ("id", "email", "display_name", "state_words", "role", "date_joined", "last_login")
    actions_detail = ("suspension",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People sign up themselves; the first administrator is made at the terminal."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """An account is deleted by its owner alone."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        allowed: bool = super().has_change_permission(request, obj)
        if obj is None or not allowed:
            return allowed
        return obj.pk != request.user.pk and (request.user.is_superuser or not obj.is_staff)

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        account = (("id", "email"), ("display_name", "state_words"), ("date_joined", "last_login"))
        limits: tuple[Any, ...] = ("drawings_a_day", "drawing_stopped_until")
        if self.has_change_permission(request, obj):
            limits += ("seen_a_day", "seen_stop")
        parts: list[Any] = [(None, {"fields": account}), (gettext_lazy("Drawings"), {"fields": limits})]
        if request.user.is_superuser:
            parts.append((gettext_lazy("Staff"), {"fields": ("is_staff", "groups")}))
        if self.has_change_permission(request, obj):
            parts.append((gettext_lazy("Note"), {"fields": ("note",)}))
        return parts

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "is_staff":
            kwargs["widget"] = UnfoldBooleanSwitchWidget
        if db_field.name == "groups":
            return RolesField(
                Group.objects.all(),
                label=gettext_lazy("groups"),
                required=False,
                widget=UnfoldAdminCheckboxSelectMultiple,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: User, form: AccountForm, change: bool) -> None:
        """Hand each change to its service; the row itself is not saved, so nothing else of it can change."""
        actor = actor_of(request)
        note = form.cleaned_data["note"]
        if form.seen() != form.wanted():
            moderation.set_limits(actor=actor, user=obj, note=note, seen=form.seen(), wanted=form.wanted())
        if {"is_staff", "groups"} & set(form.changed_data):
            moderation.set_roles(
                actor=actor,
                user=obj,
                note=note,
                is_staff=form.cleaned_data["is_staff"],
                groups=form.cleaned_data["groups"],
            )

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show or save an account; what a service refuses is told, and nothing of the form is done."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except moderation.Refused as refused:
            messages.error(request, refusal_words(refused))
            return redirect("admin:diaries_user_change", object_id)

    def log_change(self, request: HttpRequest, obj: User, message: Any) -> None:  # type: ignore[override]
        """Write nothing: the act is in the book, and Django's log would keep the name of an account that is gone."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """Groups were set by the service."""

    def has_suspend_permission(self, request: HttpRequest, object_id: str | None = None) -> bool:
        """Unfold asks with an id; an id that nobody has is left to the page, which answers 404."""
        user = self.get_object(request, object_id) if object_id else None
        return self.has_change_permission(request, user)

    @action(
        description=gettext_lazy("Suspend or end suspension"),
        permissions=["suspend"],
        url_path="suspension",
        icon="block",
    )
    def suspension(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Suspend an account, or end its suspension, with a note."""
        user = self.get_object(request, object_id)
        if user is None:
            raise Http404
        form = SuspensionForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            ending = form.cleaned_data["act"] == "unsuspend"
            verb = moderation.unsuspend if ending else moderation.suspend_account
            try:
                done = verb(actor=actor_of(request), user=user, note=form.cleaned_data["note"])
            except moderation.Refused as refused:
                messages.error(request, refusal_words(refused))
            else:
                if done:
                    messages.success(request, _("Done, and written in the book."))
                else:
                    messages.warning(request, _("Somebody else has just done that."))
            return redirect("admin:diaries_user_change", object_id)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("End the suspension") if user.is_suspended else _("Suspend the account"),
            "account": user,
            "form": form,
        }
        status = 422 if form.errors else 200
        return render(request, "admin/diaries/user_suspension.html", context, status=status)

    @display(
        description=gettext_lazy("state"),
        label={"active": "success", "stopped": "warning", "suspended": "danger"},
    )
    def state(self, user: User) -> tuple[str, str]:
        if user.is_suspended:
            return "suspended", _("suspended")
        if user.is_drawing_stopped:
            return "stopped", _("drawing stopped")
        return "active", _("active")

    @display(description=gettext_lazy("state"))
    def state_words(self, user: User) -> str:
        return self.state(user)[1]

    @display(description=gettext_lazy("role"))
    def role(self, user: User) -> str:
        if user.is_superuser:
            return _("administrator")
        return ", ".join(role_name(group.name) for group in user.groups.all()) or "–"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")
