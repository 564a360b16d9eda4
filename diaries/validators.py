"""What text a diary may hold, in one place for forms, the API and imports."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from urllib.parse import unquote_to_bytes

import regex
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from diaries.models.entry import (
    BODY_LENGTH,
    FIRST_DAY,
    KEYWORD_LENGTH,
    KEYWORDS_MOST,
    TITLE_LENGTH,
    WITHOUT_MOST,
)
from diaries.models.tag import TAG_LENGTH, TAGS_MOST

# Keyboards on macOS leave backspaces in Korean text, and word processors their own line and page ends; nobody sees
# them, so nobody could mend a text that is refused for one.
CONTROLS: dict[int, str | None] = {
    **dict.fromkeys((*range(0x01, 0x09), *range(0x0E, 0x20), *range(0x7F, 0xA0)), None),
    **dict.fromkeys((0x0B, 0x0C, 0x85), "\n"),
}
SEEN = regex.compile(r"[^\s\p{Cc}\p{Default_Ignorable_Code_Point}\N{BRAILLE PATTERN BLANK}]")


def clean_text(value: str, *, limit: int) -> str:
    """Return text in NFC with plain line ends and no control characters but tabs.

    Raises ValidationError for what no database can keep and for more than `limit` characters. The limit counts
    code points after normalising, so a Hangul syllable typed as three jamo counts once.
    """
    if "\x00" in value:
        raise ValidationError(_("The text holds a character that cannot be kept (NUL)."), code="nul")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise ValidationError(
            _("The text holds half a character that cannot be kept."), code="lone_surrogate"
        )
    text = unicodedata.normalize("NFC", _plain(value))
    if len(text) > limit:
        raise ValidationError(
            _("This is too long: %(length)s of at most %(limit)s characters."),
            code="too_long",
            params={"length": f"{len(text):,}", "limit": f"{limit:,}"},
        )
    return text


def clean_line(value: str, *, limit: int) -> str:
    """Return words on one line, without blanks around them; such as nobody can see are none."""
    line = clean_text(" ".join(_plain(value).split()), limit=limit)
    return line if SEEN.search(line) else ""


def clean_title(value: str) -> str:
    """Return a title on one line, without blanks around it; one that nobody can see is none."""
    return clean_line(value, limit=TITLE_LENGTH)


def clean_body(value: str) -> str:
    """Return a diary text; one in which there is nothing to see is refused as empty."""
    text = clean_text(value, limit=BODY_LENGTH)
    if not SEEN.search(text):
        raise ValidationError(_("Write a few words about your day."), code="empty")
    return text


def clean_keywords(values: Iterable[str]) -> list[str]:
    """Return the keywords a writer gave the painter, each once and on one line; raises ValidationError for too many."""
    return _clean_words(values, limit=KEYWORD_LENGTH, most=KEYWORDS_MOST)


def clean_without(values: Iterable[str]) -> list[str]:
    """Return the words of a scene that are not to be drawn, each once; raises ValidationError for too many."""
    return _clean_words(values, limit=KEYWORD_LENGTH, most=WITHOUT_MOST)


def clean_tags(values: Iterable[str]) -> list[str]:
    """Return tags without their #, each once; raises ValidationError for too many."""
    return _clean_words((value.strip().lstrip("#") for value in values), limit=TAG_LENGTH, most=TAGS_MOST)


def _clean_words(values: Iterable[str], *, limit: int, most: int) -> list[str]:
    words = [clean_text(" ".join(_plain(value).split()), limit=limit) for value in values]
    found = list({word.casefold(): word for word in words if SEEN.search(word)}.values())
    if len(found) > most:
        raise ValidationError(
            _("These are too many: %(count)s of at most %(most)s."),
            code="too_many",
            params={"count": len(found), "most": most},
        )
    return found


def clean_date(value: date, *, today: date) -> date:
    """Refuse days before 1900 and after the writer's tomorrow."""
    if value < FIRST_DAY:
        raise ValidationError(_("The diary begins in 1900."), code="too_early")
    if value > today + timedelta(days=1):
        raise ValidationError(_("That day has not come yet."), code="too_late")
    return value


def came_whole(request: HttpRequest) -> bool:
    """Tell whether a form's bytes were UTF-8; Django puts U+FFFD in place of what was not, as a writer may too.

    Of a multipart form the bytes are gone. A browser fills the field `_charset_` with the encoding that it used itself,
    and what it encodes is whole; from whoever does not say so, U+FFFD is taken for a loss.
    """
    if request.content_type != "application/x-www-form-urlencoded":
        if request.POST.get("_charset_", "").lower() == "utf-8":
            return True
        return not any("\ufffd" in value for _name, values in request.POST.lists() for value in values)
    try:
        unquote_to_bytes(request.body).decode()
    except UnicodeDecodeError:
        return False
    return True


def _plain(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n").translate(CONTROLS)
