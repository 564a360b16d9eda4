"""Landing, settings, the end of an account, language and the styles' sample pictures."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaries.forms import AccountDeletionForm, SettingsForm
from diaries.services import accounts
from illustration.models import Style


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """Show what this place is; a signed-in writer goes straight to the diary."""
    if request.user.is_authenticated:
        return redirect("diaries:calendar")
    context = {"styles": Style.objects.filter(active=True), "sample_day": timezone.localdate()}
    return render(request, "diaries/landing.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings_edit(request: HttpRequest) -> HttpResponse:
    """Change one's name, language, time zone, day's end, usual style, and whether pictures are drawn at all."""
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST":
        accounts.require_active_writer(request.user)
    if request.method == "POST" and form.is_valid():
        accounts.change_settings(user=request.user, changes=form.cleaned_data)
        with translation.override(request.user.language or translation.get_language()):
            messages.success(request, _("Your settings are saved."))
        return redirect("diaries:settings")
    return render(request, "diaries/settings.html", {"form": form}, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def account_delete(request: HttpRequest) -> HttpResponse:
    """Ask for the password, then delete the account with all that it holds; suspended writers may as well."""
    user = request.user
    form = AccountDeletionForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        accounts.delete_account(user=user)
        logout(request)
        messages.success(request, _("Your account and your diary are deleted."), extra_tags="wipes-drafts")
        return redirect("diaries:landing")
    context = {"form": form, "pages": user.entries.count()}
    return render(request, "diaries/account_delete.html", context, status=422 if form.errors else 200)


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the language: on the account where there is one, and in a cookie."""
    language = request.POST.get("language", "")
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = reverse("diaries:landing")
    response = redirect(target)
    if translation.check_for_language(language) and language in {"ko", "en"}:
        if request.user.is_authenticated:
            request.user.language = language
            request.user.save(update_fields=["language"])
        response.set_cookie("django_language", language, max_age=31_536_000, samesite="Lax", httponly=True)
    return response


@require_safe
@cache_control(public=True, max_age=3600)
def style_sample(request: HttpRequest, slug: str) -> FileResponse:
    """Send a style's sample picture, drawn by the model itself."""
    style = get_object_or_404(Style, slug=slug)
    try:
        return FileResponse(style.sample_path.open("rb"), content_type="image/webp")
    except (FileNotFoundError, IsADirectoryError):
        raise Http404 from None
