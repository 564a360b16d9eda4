"""Accounts at the operator's desk: quota, suspension and, for administrators, who is staff. Never a diary."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
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
from diaries.admin.reports import actor_of, refusal_words
from diaries.models import User
from diaries.models.report import NOTE_LENGTH
from diaries.services import moderation

NOTE_HELP = gettext_lazy("Why you act so. It goes into the book of acts; the writer does not see it.")


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]
    """What staff may change about an account, each time with a note."""

    note = forms.CharField(
        label=gettext_lazy("Note for the book"),
        help_text=NOTE_HELP,
        max_length=NOTE_LENGTH,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
    )

    class Meta:
        model = User
        fields = ["drawings_a_day", "drawing_stopped_until", "is_staff", "groups"]

    def clean_drawings_a_day(self) -> int | None:
        value: int | None = self.cleaned_data["drawings_a_day"]
        if value is not None and value > 100_000:
            raise forms.ValidationError(_("At most 100,000."))
        return value


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
        "groups",
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
            return forms.ModelMultipleChoiceField(
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
        try:
            if {"drawings_a_day", "drawing_stopped_until"} & set(form.changed_data):
                moderation.set_quota(
                    actor=actor,
                    user=obj,
                    note=note,
                    drawings_a_day=form.cleaned_data["drawings_a_day"],
                    drawing_stopped_until=form.cleaned_data["drawing_stopped_until"],
                )
            if {"is_staff", "groups"} & set(form.changed_data):
                moderation.set_roles(
                    actor=actor,
                    user=obj,
                    note=note,
                    is_staff=form.cleaned_data["is_staff"],
                    groups=form.cleaned_data["groups"],
                )
        except moderation.Refused as refused:
            messages.error(request, refusal_words(refused))

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
        return ", ".join(group.name for group in user.groups.all()) or "–"

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("groups")
