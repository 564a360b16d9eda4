"""The sign-up page, where two may take one address at the same moment."""

from __future__ import annotations

from functools import partial

from allauth.account.views import signup
from django.http import HttpRequest, HttpResponse

from diaries.signup import knowing_the_winner


def sign_up(request: HttpRequest) -> HttpResponse:
    """Let allauth's own view act."""
    return knowing_the_winner(partial(signup, request))
