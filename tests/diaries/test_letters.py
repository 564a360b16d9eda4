"""The letters about accounts: each in our words and look, and none that a change waits for."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import allauth.account
import pytest
from django.core import mail
from django.test import Client
from django.utils import translation

from diaries.letters import AccountAdapter
from diaries.models import User
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "another good long password"
# Letters with a code take the place of those with a link where an operator of the library wants it so; here none does.
NEVER_SENT = {"login_code", "password_reset_code"}


def letters() -> set[str]:
    """The letters that the account library knows."""
    sources = Path(allauth.account.__file__).parent.rglob("*.py")
    named = (re.findall(r'"account/email/(\w+)"', source.read_text()) for source in sources)
    return {name for names in named for name in names} - NEVER_SENT


@pytest.mark.parametrize(("language", "title"), [("en", "Picture diary"), ("ko", "그림일기")])
def test_every_letter_is_in_our_words_and_look(language: str, title: str) -> None:
    told = {"current_site": {"domain": "diary.example"}, "email": "a@example.org"}
    assert len(letters()) >= 9
    for name in letters():
        with translation.override(language):
            letter = AccountAdapter().render_mail(f"account/email/{name}", "a@example.org", told)
        ((drawn, kind),) = letter.alternatives
        assert kind == "text/html"
        assert f'<html lang="{language}">' in drawn, name
        for text in (letter.body, drawn):
            assert title in text, name
            assert "diary.example" in text, name
        assert bool(re.search("[가-힣]", letter.subject)) == (language == "ko"), name


def change_password(client: Client) -> None:
    sent = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/accounts/password/change/", sent).status_code == 302


def test_a_change_of_the_password_is_told_by_letter(
    author: User, signed_in: Callable[[User], Client]
) -> None:
    change_password(signed_in(author))
    [letter] = mail.outbox
    assert letter.to == [author.email]
    assert letter.subject == "Your password is changed"
    assert "Your password is changed." in letter.body


def test_a_change_stands_where_no_letter_can_be_sent(
    author: User, signed_in: Callable[[User], Client], settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    change_password(signed_in(author))
    author.refresh_from_db()
    assert author.check_password(NEW)
