"""Unfold brings no translations: what its pages say is said in Korean by Django's catalogues or by ours."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import unfold
from babel.messages.extract import extract
from django.utils import translation
from django.utils.translation.template import templatize

from deploy.messages import KEYWORDS

ROOT = Path(unfold.__file__).parent
# Parts of unfold that no page of ours has.
ELSEWHERE = ("contrib", "crispy", "auth", "dataset", "nested", "login", "logged_out")
UNSAID = {
    "Raw passwords are not stored, so there is no way to see this user’s password, but you can change the "
    'password using <a href="{}" class="text-primary-600 dark:text-primary-500">this form</a>.',
    "Select currency",
}


def said() -> Iterator[tuple[str, str | None]]:
    for path in sorted(ROOT.rglob("*")):
        name = str(path.relative_to(ROOT))
        if path.suffix not in (".py", ".html") or any(part in name for part in ELSEWHERE):
            continue
        source = path.read_text()
        if path.suffix == ".html":
            source = "(" + templatize(source, origin=name) + "\n)"
        for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
            text = message if isinstance(message, str) else message[0]
            if text and text not in UNSAID:
                yield text, context


@pytest.mark.parametrize(("text", "context"), sorted(set(said()), key=str))
def test_what_unfold_says_is_said_in_korean(text: str, context: str | None) -> None:
    with translation.override("ko"):
        korean = (
            translation.pgettext(context, text) if context else translation.ngettext(text, text, 1)
        ) or text
        if korean == text and not context:
            korean = translation.gettext(text)
    assert korean != text
