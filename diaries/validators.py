"""What text a diary may hold, in one place for forms, the API and imports."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from diaries.models.entry import BODY_LENGTH, FIRST_DAY, TITLE_LENGTH


def clean_text(value: str, *, limit: int) -> str:
    """Return text in NFC with plain line ends; raises ValidationError for what no database can keep.

    The limit counts code points after normalising, so a Hangul syllable typed as three jamo counts once.
    """
    if "\x00" in value:
        raise ValidationError(_("The text holds a character that cannot be kept (NUL)."), code="nul")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValidationError(
            _("The text holds half a character that cannot be kept."), code="lone_surrogate"
        )
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > limit:
        raise ValidationError(
            _("This is too long: %(length)s of at most %(limit)s characters."),
            code="too_long",
            params={"length": f"{len(text):,}", "limit": f"{limit:,}"},
        )
    return text


def clean_title(value: str) -> str:
    """Return a title on one line, without blanks around it."""
    return clean_text(" ".join(value.split()), limit=TITLE_LENGTH)


def clean_body(value: str) -> str:
    """Return a diary text; an empty one is refused."""
    text = clean_text(value, limit=BODY_LENGTH)
    if not text.strip():
        raise ValidationError(_("Write a few words about your day."), code="empty")
    return text


def clean_date(value: date, *, today: date) -> date:
    """Refuse days before 1900 and after the writer's tomorrow."""
    if value < FIRST_DAY:
        raise ValidationError(_("The diary begins in 1900."), code="too_early")
    if value > today + timedelta(days=1):
        raise ValidationError(_("That day has not come yet."), code="too_late")
    return value
