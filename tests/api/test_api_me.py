"""The account as an app sees it: read, change, delete."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from diaries.models import Entry, EntryIllustration, RequestKey, User
from illustration import queue, storage
from illustration.models import Illustration, Status, Style
from tests.api.apps import V1, app_of, day, is_problem
from tests.factories import PASSWORD, EntryFactory, EntryIllustrationFactory

pytestmark = pytest.mark.django_db
ME = f"{V1}/me/"


def test_me_tells_settings_and_what_is_left_of_the_drawings(
    mine: APIClient, author: User, settings: Any
) -> None:
    settings.DRAWINGS_A_DAY, settings.DRAWINGS_WAITING = 3, 2
    assert mine.post(f"{V1}/entries/", day()).status_code == 201
    found = mine.get(ME).json()
    assert found["id"] == str(author.pk)
    assert found["today"] == author.today().isoformat()
    assert found["joined_at"].endswith("Z")
    assert found["drawings"] == {
        "a_day": 3,
        "today": 1,
        "waiting_most": 2,
        "waiting": 1,
        "renewed_at": found["drawings"]["renewed_at"],
        "refusal": "",
    }
    assert found["drawings"]["renewed_at"].endswith("Z")


def test_settings_are_changed_one_by_one(mine: APIClient, author: User) -> None:
    sent = {
        "display_name": "  Kim   Minji ",
        "language": "ko",
        "time_zone": "Europe/Berlin",
        "default_style": "pixel",
        "day_ends_at": 0,
        "draws_pictures": False,
    }
    response = mine.patch(ME, sent)
    assert response.status_code == 200
    assert {name: response.json()[name] for name in sent} == sent | {"display_name": "Kim Minji"}
    assert mine.patch(ME, {"default_style": None}).json()["default_style"] is None
    author.refresh_from_db()
    assert (author.display_name, author.language, author.day_ends_at) == ("Kim Minji", "ko", 0)


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"display_name": "x" * 41}, "too_long"),
        ({"display_name": "a\u0000b"}, "nul"),
        ({"display_name": "\ud800"}, "lone_surrogate"),
        ({"display_name": 5}, "invalid"),
        ({"language": "fr"}, "invalid_choice"),
        ({"time_zone": "Asia/Atlantis"}, "unknown_time_zone"),
        ({"default_style": "oil"}, "unknown_style"),
        ({"default_style": {"slug": "crayon"}}, "unknown_style"),
        ({"day_ends_at": 13}, "max_value"),
        ({"day_ends_at": 10**300}, "max_value"),
        ({"day_ends_at": -1}, "min_value"),
        ({"day_ends_at": None}, "null"),
        ({"draws_pictures": "perhaps"}, "invalid"),
    ],
)
def test_a_setting_that_does_not_fit_is_told_and_nothing_changes(
    mine: APIClient, author: User, sent: dict[str, Any], code: str
) -> None:
    before = User.objects.filter(pk=author.pk).values().get()
    body = json.dumps({"draws_pictures": False} | sent)
    found = is_problem(mine.patch(ME, body, content_type="application/json"), 422, "invalid")
    assert [(error["field"], error["code"]) for error in found["errors"]] == [(next(iter(sent)), code)]
    assert User.objects.filter(pk=author.pk).values().get() == before


def test_patching_every_field_of_the_model_changes_only_what_a_writer_may(
    mine: APIClient, author: User
) -> None:
    before = User.objects.filter(pk=author.pk).values().get()
    sent: dict[str, Any] = {
        field.attname: "1" for field in User._meta.concrete_fields if field.attname != "default_style_id"
    }
    sent |= {
        "email": "other@example.org",
        "display_name": "New name",
        "time_zone": "Asia/Tokyo",
        "language": "ko",
        "is_staff": True,
        "is_superuser": True,
        "groups": [1],
        "user_permissions": [1],
        "suspended_at": timezone.now().isoformat(),
        "drawing_stopped_until": None,
        "drawings_a_day": 10_000,
        "is_suspended": True,
        "drawings": {"a_day": 10_000},
    }
    assert mine.patch(ME, sent).status_code == 200
    after = User.objects.filter(pk=author.pk).values().get()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"display_name", "time_zone", "language", "day_ends_at"}


def test_deleting_the_account_takes_the_password(mine: APIClient, author: User) -> None:
    assert is_problem(mine.delete(ME), 422, "invalid")["errors"][0]["field"] == "password"
    wrong = is_problem(mine.delete(ME, {"password": "no"}), 422, "invalid")
    assert wrong["errors"][0]["code"] == "wrong_password"
    assert User.objects.filter(pk=author.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_deleting_the_account_takes_rows_and_files_and_drops_drawings_in_hand(
    author: User, stranger: User, settings: Any
) -> None:
    mine, other = app_of(author), EntryIllustrationFactory(entry__author=stranger, illustration__ready=True)
    ready = EntryIllustrationFactory(entry__author=author, illustration__ready=True)
    Entry.objects.filter(pk=ready.entry_id).update(chosen=ready.illustration)
    assert mine.post(f"{V1}/entries/", day(), headers={"Idempotency-Key": "k"}).status_code == 201
    held = queue.claim(free=1, in_hand=[], worker="w")
    assert [row.status for row in held] == [Status.DRAWING]
    assert mine.delete(ME, {"password": PASSWORD}).status_code == 204

    is_problem(mine.get(ME), 401, "session_ended")
    assert not User.objects.filter(pk=author.pk).exists()
    assert set(Entry.objects.values_list("author_id", flat=True)) == {stranger.pk}
    assert set(Illustration.objects.values_list("pk", flat=True)) == {other.illustration_id}
    assert not RequestKey.objects.exists()
    assert EntryIllustration.objects.get().pk == other.pk
    files = {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}
    kept = {storage.full_path(name) for name in (other.illustration.picture, other.illustration.thumbnail)}
    assert files == kept
    assert queue.renew(held) == {held[0].pk}


def test_a_suspended_writer_reads_and_leaves_but_does_not_write(mine: APIClient, author: User) -> None:
    tie = EntryIllustrationFactory(entry=EntryFactory(author=author), illustration__ready=True)
    entry, drawing = tie.entry_id, tie.illustration_id
    User.objects.filter(pk=author.pk).update(suspended_at=timezone.now())
    for path in ("me/", "entries/", f"entries/{entry}/", f"entries/{entry}/drawings/", "calendar/2026/4/"):
        assert mine.get(f"{V1}/{path}").status_code == 200, path
    assert mine.get(f"{V1}/entries/{entry}/drawings/{drawing}/picture/").status_code == 200
    refused = [
        mine.post(f"{V1}/entries/", day()),
        mine.put(f"{V1}/entries/{entry}/", day(), headers={"If-Match": '"1"'}),
        mine.patch(f"{V1}/entries/{entry}/", {"title": "x"}, headers={"If-Match": '"1"'}),
        mine.post(f"{V1}/entries/{entry}/drawings/"),
        mine.post(f"{V1}/entries/{entry}/drawings/{drawing}/retry/"),
        mine.post(f"{V1}/entries/{entry}/drawings/{drawing}/choose/"),
        mine.patch(ME, {"display_name": "x"}),
    ]
    for response in refused:
        is_problem(response, 403, "suspended")
    assert Entry.objects.get().version == 1
    assert mine.get(ME).json()["is_suspended"] is True
    assert mine.delete(f"{V1}/entries/{entry}/").status_code == 204
    assert mine.delete(ME, {"password": PASSWORD}).status_code == 204


def test_a_style_that_is_offered_no_more_stays_where_it_is(mine: APIClient, author: User) -> None:
    User.objects.filter(pk=author.pk).update(default_style=Style.objects.get(slug="pixel"))
    Style.objects.filter(slug="pixel").update(active=False)
    assert mine.patch(ME, {"default_style": "pixel"}).status_code == 200
    User.objects.filter(pk=author.pk).update(default_style=None)
    found = is_problem(mine.patch(ME, {"default_style": "pixel"}), 422, "invalid")
    assert found["errors"][0]["code"] == "unknown_style"
