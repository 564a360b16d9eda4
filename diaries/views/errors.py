"""The page for a crash. It asks neither the database nor the session, for these may be what broke."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseServerError
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponseServerError:
    """Say that something broke, and give back the text that was sent."""
    try:
        sent = request.POST.dict()
    except Exception:
        # What cannot be read cannot be given back.
        sent = {}
    return HttpResponseServerError(loader.get_template("500.html").render({"sent": sent}))
