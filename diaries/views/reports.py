"""Reporting a picture, the state of one's own reports, and notices taken off the page."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaries.forms import ReportForm
from diaries.services import moderation, notices


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def picture_report(request: HttpRequest, drawing: UUID) -> HttpResponse:
    """Ask what is wrong with a picture, then hand it to the moderators."""
    picture = get_object_or_404(
        moderation.reportable_by(request.user).select_related("entry_tie"), pk=drawing
    )
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            moderation.report_picture(reporter=request.user, illustration_id=picture.pk, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Thank you. A moderator will look at the picture, and at nothing else.")
            )
            return redirect("diaries:reports")
    context = {"form": form, "picture": picture, "entry_id": picture.entry_tie.entry_id}
    status = 422 if form.errors else 200
    return render(request, "diaries/report_form.html", context, status=status)


@login_required
@require_safe
@never_cache
def reports(request: HttpRequest) -> HttpResponse:
    """List one's own reports with their state."""
    return render(request, "diaries/report_list.html", {"reports": moderation.reports_of(request.user)[:200]})


@login_required
@require_POST
def notice_dismiss(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a notice off one's pages; a second press on the same one does no harm."""
    notices.dismiss(user=request.user, notice_id=pk)
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = reverse("diaries:calendar")
    return redirect(target)
