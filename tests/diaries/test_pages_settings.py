"""The settings page: it writes what was sent and nothing else, and what it cannot offer it leaves alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from diaries.forms import SettingsForm
from diaries.models import User
from illustration.models import Style

pytestmark = pytest.mark.django_db
SETTINGS = "/settings/"


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
    }
    answer = client.post(SETTINGS, sent, follow=True)
    author.refresh_from_db()
    assert "설정을 저장했어요." in answer.content.decode()
    assert (author.display_name, author.time_zone, author.day_ends_at) == ("지우", "Europe/Berlin", 2)
    assert not author.draws_pictures


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
