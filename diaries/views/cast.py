"""The cards of the cast: all of them, a new one, changing one, taking one away."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from diaries.forms_cast import CastMemberForm
from diaries.models import CastMember
from diaries.services import cast
from diaries.services.accounts import require_active_writer


@login_required
@require_safe
def cast_list(request: HttpRequest) -> HttpResponse:
    """Show every card."""
    cards = CastMember.objects.filter(author=request.user)
    return render(request, "diaries/cast_list.html", {"cards": cards})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cast_add(request: HttpRequest) -> HttpResponse:
    """Make a card."""
    return _edit(request, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cast_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a card."""
    return _edit(request, get_object_or_404(CastMember, pk=pk, author=request.user))


@login_required
@require_POST
def cast_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a card away; pictures drawn with it stay."""
    get_object_or_404(CastMember, pk=pk, author=request.user).delete()
    messages.success(request, _("The card is gone."))
    return redirect("diaries:cast")


def _edit(request: HttpRequest, member: CastMember | None) -> HttpResponse:
    require_active_writer(request.user)
    form = CastMemberForm(request.POST or None, instance=member)
    if request.method == "POST" and form.is_valid():
        try:
            cast.save_member(author=request.user, member=member, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("The card is saved. It holds from the next drawing on."))
            return redirect("diaries:cast")
    context = {"form": form, "member": member}
    return render(request, "diaries/cast_form.html", context, status=422 if form.errors else 200)
