"""Fields that obey the diary's own rules for text, styles and times."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, time
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from diaries import validators
from diaries.models import Tag
from diaries.models.cast_member import LOOK_LENGTH, NAMES_LENGTH
from diaries.models.entry import BODY_LENGTH, KEYWORD_LENGTH, KEYWORDS_MOST, TITLE_LENGTH, WITHOUT_MOST
from diaries.models.tag import TAG_LENGTH, TAGS_MOST
from diaries.services import cast
from illustration.models import Style

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,40}")
CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]", re.ASCII)
NO_NUL = r"^[^\u0000]*$"

Time = partial(serializers.DateTimeField, default_timezone=UTC)


class CleanText(serializers.CharField):
    """Text as `validators` want it; only a JSON string is one."""

    clean: Callable[[str], str]

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(trim_whitespace=False, **kwargs)

    def run_validation(self, data: Any = empty) -> Any:
        # Past CharField's own short cut for empty text: the validators judge that too.
        return super(serializers.CharField, self).run_validation(data)

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return type(self).clean(data)


@extend_schema_field({"type": "string", "maxLength": TITLE_LENGTH, "pattern": NO_NUL})
class TitleField(CleanText):
    """A title on one line."""

    clean = staticmethod(validators.clean_title)


@extend_schema_field(
    {
        "type": "string",
        "minLength": 1,
        "maxLength": BODY_LENGTH,
        "pattern": r"^[^\u0000]*[^\s\u0000][^\u0000]*$",
    }
)
class BodyField(CleanText):
    """A diary's text."""

    clean = staticmethod(validators.clean_body)


@extend_schema_field({"type": "string", "maxLength": 40, "pattern": NO_NUL})
class DisplayNameField(CleanText):
    """A name on one line."""

    @staticmethod
    def clean(value: str) -> str:
        return validators.clean_text(" ".join(value.split()), limit=40)


@extend_schema_field(
    {
        "type": "string",
        "minLength": 1,
        "maxLength": NAMES_LENGTH,
        "pattern": r"^[^\u0000]*[^\s,，、\u0000][^\u0000]*$",
    }
)
class NamesField(CleanText):
    """The names of somebody, with commas between them."""

    clean = staticmethod(cast.clean_names)


@extend_schema_field({"type": "string", "maxLength": LOOK_LENGTH, "pattern": NO_NUL})
class LookField(CleanText):
    """How somebody looks, on one line."""

    @staticmethod
    def clean(value: str) -> str:
        return validators.clean_line(value, limit=LOOK_LENGTH)


@extend_schema_field({"type": "string", "maxLength": 500, "pattern": NO_NUL})
class NoteField(CleanText):
    """A few words to the moderators."""

    @staticmethod
    def clean(value: str) -> str:
        return validators.clean_text(value.strip(), limit=500)


def _words_schema(length: int, most: int) -> dict[str, Any]:
    word = {"type": "string", "maxLength": length, "pattern": NO_NUL}
    return {"type": "array", "items": word, "maxItems": most}


class WordsField(serializers.Field[Any, Any, Any, Any]):
    """A few words, each once; those in which there is nothing to see are left out."""

    default_error_messages = {"not_words": _("This is a list of texts.")}
    clean: Callable[[Iterable[str]], list[str]]

    def to_internal_value(self, data: Any) -> list[str]:
        if not isinstance(data, list) or not all(isinstance(word, str) for word in data):
            self.fail("not_words")
        return type(self).clean(data)


@extend_schema_field(_words_schema(KEYWORD_LENGTH, KEYWORDS_MOST))
class KeywordsField(WordsField):
    """What the writer told the painter."""

    clean = staticmethod(validators.clean_keywords)

    def to_representation(self, value: list[str]) -> list[str]:
        return value


@extend_schema_field(_words_schema(KEYWORD_LENGTH, WITHOUT_MOST))
class WithoutField(KeywordsField):
    """Words of a scene that are not to be drawn."""

    clean = staticmethod(validators.clean_without)


@extend_schema_field(_words_schema(TAG_LENGTH, TAGS_MOST))
class TagsField(WordsField):
    """The words under which a page is filed."""

    clean = staticmethod(validators.clean_tags)

    def to_representation(self, value: Any) -> list[str]:
        tags: Iterable[Tag] = value.all()
        return sorted(tag.name for tag in tags)


@extend_schema_field({"type": "string", "pattern": "^([01][0-9]|2[0-3]):[0-5][0-9]$"})
class ClockField(serializers.Field[Any, Any, Any, Any]):
    """A time of day on the writer's clock, as 07:30."""

    default_error_messages = {"not_a_time": _("Write a time as 07:30.")}

    def to_internal_value(self, data: Any) -> time:
        if not isinstance(data, str) or not CLOCK.fullmatch(data):
            self.fail("not_a_time")
        return time.fromisoformat(data)

    def to_representation(self, value: time) -> str:
        return value.strftime("%H:%M")


@extend_schema_field({"type": "string", "pattern": "^[-a-zA-Z0-9_]{1,40}$"})
class StyleField(serializers.Field[Any, Any, Any, Any]):
    """An art style by its short name; one that is offered no more fits only where it stands already."""

    default_error_messages = {"unknown_style": _("This style is not known.")}

    def to_internal_value(self, data: Any) -> Style:
        if isinstance(data, str) and SLUG.fullmatch(data):
            style = Style.objects.filter(slug=data).first()
            if style and (style.active or style.pk == self.context.get("style_id")):
                return style
        self.fail("unknown_style")

    def to_representation(self, value: Style) -> str:
        return value.slug
