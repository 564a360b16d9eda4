"""The settings page, which writes what was sent and leaves the rest alone, and the end of an account."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from diaries.forms import SettingsForm
from diaries.models import Entry, User
from illustration.models import Illustration, Style
from tests.conftest import use_redis
from tests.factories import PASSWORD, EntryIllustrationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_cache")]
SETTINGS = "/settings/"
DELETE = "/settings/account/delete/"


@pytest.fixture
def client(author: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(author)


def as_shown(user: User, **changes: object) -> dict[str, object]:
    """What a browser sends when somebody opens the page, makes these changes, and saves."""
    form = SettingsForm(instance=user)
    sent = {name: form[name].value() for name in form.fields}
    return {
        name: value for name, value in (sent | changes).items() if value is not None and value is not False
    }


def test_settings_are_kept_and_said_in_the_new_language(client: Client, author: User, style: Style) -> None:
    sent = {
        "display_name": "지우",
        "language": "ko",
        "time_zone": "Europe/Berlin",
        "day_ends_at": "2",
        "default_style": style.pk,
        "paper": "lines",
        "look": "dark",
    }
    answer = client.post(SETTINGS, sent, follow=True)
    author.refresh_from_db()
    assert "설정을 저장했어요." in answer.content.decode()
    assert (author.display_name, author.time_zone, author.day_ends_at) == ("지우", "Europe/Berlin", 2)
    assert (author.paper, author.look) == ("lines", "dark")
    assert not author.draws_pictures


def test_a_look_is_there_from_the_first_byte(client: Client, author: User) -> None:
    page = client.get(SETTINGS).content.decode()
    assert "data-look" not in page
    assert page.count('name="theme-color"') == 2
    User.objects.update(look="paper")
    page = client.get(SETTINGS).content.decode()
    assert '<html lang="en" data-look="paper">' in page
    assert page.count('name="theme-color"') == 1


def test_unfit_settings_come_back_in_words(client: Client) -> None:
    answer = client.post(SETTINGS, {"display_name": "n" * 41, "language": "en", "time_zone": "Moon/Base"})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "n" * 41 in html
    assert "Select a valid choice. Moon/Base" in html


def test_what_staff_change_while_settings_are_saved_stands(client: Client, author: User) -> None:
    """Staff suspend the writer between the reading of the account and the writing of the settings."""
    acted: list[str] = []

    def staff_are_faster(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith('UPDATE "diaries_user"') and "display_name" in sql and not acted:
            acted.append(sql)
            User.objects.update(suspended_at=timezone.now(), drawings_a_day=3)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(staff_are_faster):
        client.post(SETTINGS, as_shown(author, display_name="New name"))
    author.refresh_from_db()
    assert acted
    assert author.display_name == "New name"
    assert author.is_suspended
    assert author.drawings_a_day == 3


def test_saving_changes_nothing_that_the_page_would_not_offer(client: Client, author: User) -> None:
    retired = Style.objects.get(slug="pixel")
    Style.objects.filter(pk=retired.pk).update(active=False)
    User.objects.update(time_zone="ROK", default_style=retired)
    author.refresh_from_db()
    html = client.get(SETTINGS).content.decode()
    assert '<option value="ROK" selected>' in html
    assert client.post(SETTINGS, as_shown(author, display_name="New name")).status_code == 302
    author.refresh_from_db()
    assert (author.display_name, author.time_zone, author.default_style) == ("New name", "ROK", retired)


def test_every_hour_at_which_a_day_may_end_is_offered(client: Client, author: User) -> None:
    for hour in range(13):
        assert client.post(SETTINGS, as_shown(author, day_ends_at=hour)).status_code == 302
        author.refresh_from_db()
        assert author.day_ends_at == hour
    assert client.post(SETTINGS, as_shown(author, day_ends_at=13)).status_code == 422


def test_where_the_usual_style_is_gone_a_new_page_begins_with_another(client: Client, author: User) -> None:
    User.objects.update(default_style=Style.objects.get(slug="pixel"))
    Style.objects.filter(slug="pixel").update(active=False)
    html = client.get("/entries/new/").content.decode()
    first = Style.objects.filter(active=True).first()
    assert first is not None
    checked = re.findall(r'name="style" value="(\d+)"[^>]* checked', html)
    assert checked == [str(first.pk)]


@pytest.mark.parametrize(
    ("language", "asked", "wrong", "done"),
    [
        ("en", "your 2 pages", "Incorrect password", "Your account and your diary are deleted."),
        ("ko", "일기 2편", "올바르지 않은 비밀번호", "계정과 일기를 모두 지웠어요."),
    ],
)
def test_an_account_is_deleted_with_its_password_and_nothing_is_left(
    client: Client,
    author: User,
    stranger: User,
    language: str,
    asked: str,
    wrong: str,
    done: str,
    settings: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    User.objects.update(language=language)
    mine = [EntryIllustrationFactory(entry__author=author, illustration__ready=True) for _ in range(2)]
    theirs = EntryIllustrationFactory(entry__author=stranger, illustration__ready=True)
    assert DELETE in client.get(SETTINGS).content.decode()
    assert asked in client.get(DELETE).content.decode()

    answer = client.post(DELETE, {"password": "not my password"})
    assert answer.status_code == 422
    assert wrong in answer.content.decode()
    assert User.objects.filter(pk=author.pk).exists()

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(
            DELETE, {"password": PASSWORD}, headers={"accept-language": language}, follow=True
        )
    assert answer.redirect_chain == [("/", 302)]
    assert done in answer.content.decode()
    assert "sessionid" not in client.cookies or not client.cookies["sessionid"].value
    assert [entry.author for entry in Entry.objects.all()] == [stranger]
    assert [row.pk for row in Illustration.objects.all()] == [theirs.illustration.pk]
    assert not any(Path(settings.MEDIA_ROOT, tie.illustration.picture).exists() for tie in mine)
    assert Path(settings.MEDIA_ROOT, theirs.illustration.picture).exists()
    assert not User.objects.filter(pk=author.pk).exists()
    assert client.get("/diary/").status_code == 302


def test_a_suspended_writer_may_delete_the_account(client: Client, author: User) -> None:
    User.objects.update(suspended_at=timezone.now())
    assert client.post(DELETE, {"password": PASSWORD}).status_code == 302
    assert not User.objects.exists()


def test_the_password_cannot_be_guessed_on_the_way_out(
    client: Client, author: User, redis_url: str, settings: Any
) -> None:
    use_redis(settings, redis_url)
    cache.clear()
    answers = [client.post(DELETE, {"password": f"guess {number}"}) for number in range(12)]
    assert {answer.status_code for answer in answers} == {422}
    answer = client.post(DELETE, {"password": PASSWORD})
    assert "Too many failed login attempts." in answer.content.decode()
    assert User.objects.filter(pk=author.pk).exists()
    cache.clear()
