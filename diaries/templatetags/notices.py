"""The notices that a writer has not dismissed, for the top of every page."""

from __future__ import annotations

from typing import Any

from django import template

from diaries.services import notices as service

register = template.Library()


@register.inclusion_tag("diaries/_notices.html", takes_context=True)
def notices(context: template.RequestContext) -> dict[str, Any]:
    """Show what moderators did about this writer's pictures or account, each until it is dismissed."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"notices": []}
    found = [
        {"row": row, "words": service.words(row)} for row in service.notices_of(user).select_related("user")
    ]
    return {"notices": found, "request": request, "csrf_token": context.get("csrf_token")}
