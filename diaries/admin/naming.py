"""How the desk names people and things without telling who or what they are."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _

ROLES = {"moderator": _("moderator"), "operator": _("operator")}


def role_name(group: str) -> str:
    """Return the name of a group in the reader's language; groups that somebody else made are named as they are."""
    return str(ROLES.get(group, group))


def short(value: UUID | str | None) -> str:
    """Return the first characters of an id: enough to recognise it on two pages, too little to find a person."""
    return "–" if value is None else str(value)[:8]


def age(moment: object) -> SafeString | str:
    """Say how long ago something was, with the moment itself on hovering."""
    if moment is None:
        return "–"
    local = timezone.localtime(moment)  # type: ignore[arg-type]
    words = timesince(local, depth=1)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>', local.isoformat(), local.strftime("%F %R"), words
    )
