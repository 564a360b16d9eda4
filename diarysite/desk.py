"""The staff's desk: who gets in, what its pages may load, and the figures on its first page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from allauth.account.decorators import secure_admin_login
from csp.decorators import csp_update
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import Min, Model
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from unfold.sites import UnfoldAdminSite

from diaries.models import Report, User
from illustration import figures

# Unfold's menus are Alpine expressions, evaluated at run time, and its theme is a style element; no script is inline.
POLICY = {"script-src": ["'self'", "'unsafe-eval'"], "style-src": ["'self'", "'unsafe-inline'"]}
OUR_APPS = frozenset({"diaries", "illustration"})


class DeskSite(UnfoldAdminSite):
    """The admin site: staff sign in as every writer does, and only tables of our own apps have pages."""

    index_title = _("Overview")
    index_template = "admin/desk.html"

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: type[ModelAdmin[Any]] | None = None,
        **options: Any,
    ) -> None:
        """Leave out what libraries register: groups, permissions and addresses are not for changing by hand."""
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else model_or_iterable
        ours = [model for model in models if model._meta.app_label in OUR_APPS]
        super().register(ours, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Staff who are not suspended."""
        user = request.user
        return super().has_permission(request) and isinstance(user, User) and not user.is_suspended

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Callable[..., Any]:
        """Say no to someone who is signed in and may not enter; only strangers are sent to sign in."""
        page = super().admin_view(csp_update(POLICY)(view), cacheable)

        @wraps(page)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if request.user.is_authenticated and not self.has_permission(request):
                raise PermissionDenied
            return page(request, *args, **kwargs)

        return guarded

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send the visitor to the site's own sign-in; someone who is signed in and may not enter gets a 403."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise PermissionDenied
        return secure_admin_login(super().login)(request, extra_context)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Passwords are changed in one place."""
        return redirect("account_change_password")

    def password_change_done(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return redirect("account_change_password")

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Show operators how drawing goes, and moderators how many reports wait."""
        context: dict[str, Any] = {}
        if request.user.has_perm("illustration.view_illustration"):
            context["machine"] = figures.overview()
        if request.user.has_perm("diaries.view_report"):
            waiting = Report.objects.open().exclude(subject_id=request.user.pk)
            context["reports"] = {
                "count": waiting.count(),
                "oldest": waiting.aggregate(oldest=Min("created_at"))["oldest"],
            }
        return super().index(request, context | (extra_context or {}))
