"""Entries: written, listed, read, changed against a version, deleted; other people's are not there."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from diaries.models import Entry, User
from diaries.services import moderation
from illustration.models import Illustration, Status, Style
from tests.api.apps import V1, app_of, day, is_problem
from tests.factories import EntryFactory, EntryIllustrationFactory

pytestmark = pytest.mark.django_db
ENTRIES = f"{V1}/entries/"
NAMES = {
    "id", "version", "written_on", "title", "body", "weather", "mood", "style", "mode", "picture",
    "keywords", "without", "tags", "woke_at", "slept_at", "newest_drawing", "drawing_refused",
    "created_at", "updated_at",
}  # fmt: skip


def cursor(*values: str) -> str:
    """Return a cursor as an app could make one up."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


def url(entry: Any) -> str:
    return f"{ENTRIES}{entry.pk}/"


def test_a_page_is_written_and_its_drawing_is_asked_for(mine: APIClient, author: User) -> None:
    sent = day(title="Kite", weather="windy", mood="happy", style="watercolour")
    response = mine.post(f"{ENTRIES}?from=phone", sent)
    assert response.status_code == 201
    found = response.json()
    assert set(found) == NAMES
    assert {name: found[name] for name in sent} == sent
    assert (found["version"], found["mode"], found["picture"], found["drawing_refused"]) == (
        1,
        "draw",
        None,
        "",
    )
    assert found["newest_drawing"]["status"] == "queued"
    assert found["created_at"].endswith("Z")
    assert response.headers["ETag"] == '"1"'
    assert response.headers["Location"] == f"http://testserver{ENTRIES}{found['id']}/"
    assert response.headers["Cache-Control"] == "no-store, private"
    drawing = Illustration.objects.get(entry_tie__entry__author=author)
    assert str(drawing.pk) == found["newest_drawing"]["id"]
    assert mine.get(response.headers["Location"]).json() == found


def test_without_a_style_the_usual_one_is_taken(mine: APIClient, author: User) -> None:
    assert mine.post(ENTRIES, day()).json()["style"] == Style.objects.filter(active=True)[0].slug
    User.objects.filter(pk=author.pk).update(default_style=Style.objects.get(slug="pixel"))
    assert mine.post(ENTRIES, day()).json()["style"] == "pixel"


def test_a_page_that_is_never_drawn_asks_for_nothing(mine: APIClient) -> None:
    found = mine.post(ENTRIES, day(mode="never")).json()
    assert (found["newest_drawing"], found["drawing_refused"]) == (None, "")
    assert not Illustration.objects.exists()


def test_a_page_is_saved_even_where_no_drawing_may_be_asked_for(mine: APIClient, settings: Any) -> None:
    settings.DRAWINGS_A_DAY = 0
    response = mine.post(ENTRIES, day())
    assert response.status_code == 201
    assert response.json()["drawing_refused"] == "daily_limit"


@time_machine.travel(datetime(2026, 3, 10, 12, tzinfo=UTC), tick=False)
def test_times_are_in_utc_and_the_writers_date_stands_apart(author: User) -> None:
    User.objects.filter(pk=author.pk).update(time_zone="Pacific/Kiritimati", day_ends_at=0)
    mine = app_of(author)
    assert mine.get(f"{V1}/me/").json()["today"] == "2026-03-11"
    found = mine.post(ENTRIES, day(written_on="2026-03-12")).json()
    assert found["written_on"] == "2026-03-12"
    assert found["created_at"] == "2026-03-10T12:00:00Z"
    late = is_problem(mine.post(ENTRIES, day(written_on="2026-03-13")), 422, "invalid")
    assert [error["code"] for error in late["errors"]] == ["too_late"]


@pytest.mark.parametrize(
    ("sent", "field", "code"),
    [
        ({"body": ""}, "body", "empty"),
        ({"body": " \n "}, "body", "empty"),
        ({"body": "\u200b\u200d\ufe0f\x1b"}, "body", "empty"),
        ({"body": "x" * 10_001}, "body", "too_long"),
        ({"body": "a\u0000b"}, "body", "nul"),
        ({"body": None}, "body", "null"),
        ({"body": ["x"]}, "body", "invalid"),
        ({"title": "x" * 101}, "title", "too_long"),
        ({"written_on": "2026-02-30"}, "written_on", "invalid"),
        ({"written_on": "1899-12-31"}, "written_on", "too_early"),
        ({"written_on": 20260405}, "written_on", "invalid"),
        ({"weather": "hail"}, "weather", "invalid_choice"),
        ({"mood": {"a": 1}}, "mood", "invalid_choice"),
        ({"mode": "sometimes"}, "mode", "invalid_choice"),
        ({"style": "oil"}, "style", "unknown_style"),
        ({"style": None}, "style", "null"),
    ],
)
def test_what_does_not_fit_is_told_by_field_and_nothing_is_saved(
    mine: APIClient, sent: dict[str, Any], field: str, code: str
) -> None:
    found = is_problem(mine.post(ENTRIES, day(**sent)), 422, "invalid")
    assert [(error["field"], error["code"]) for error in found["errors"]] == [(field, code)]
    assert all(error["detail"] for error in found["errors"])
    assert not Entry.objects.exists()


def test_decomposed_hangul_counts_once_a_syllable(mine: APIClient) -> None:
    found = mine.post(ENTRIES, day(title="\u1112\u1161\u11ab" * 100)).json()
    assert found["title"] == "한" * 100


def test_errors_speak_the_writers_language_and_keep_their_codes(mine: APIClient, author: User) -> None:
    english = is_problem(mine.post(ENTRIES, day(body="")), 422, "invalid")
    User.objects.filter(pk=author.pk).update(language="ko")
    korean = is_problem(mine.post(ENTRIES, day(body="")), 422, "invalid")
    assert english["errors"][0]["code"] == korean["errors"][0]["code"]
    assert english["errors"][0]["detail"] != korean["errors"][0]["detail"]


# Lists.


def test_pages_are_listed_newest_first_by_cursor_and_none_twice(mine: APIClient, author: User) -> None:
    for n in range(7):
        EntryFactory(author=author, written_on=date(2026, 4, 1 + n // 3))
    EntryFactory()
    expected = [str(pk) for pk in Entry.objects.filter(author=author).values_list("pk", flat=True)]
    found, address, pages = [], f"{ENTRIES}?limit=3", 0
    while address:
        page = mine.get(address).json()
        found += [entry["id"] for entry in page["results"]]
        address, pages = page["next"], pages + 1
        if pages == 1:
            # Neither a newer page nor a deleted one shifts what comes next.
            EntryFactory(author=author, written_on=date(2026, 5, 1))
            Entry.objects.filter(pk=found[-1]).delete()
    assert found == expected
    assert pages == 3


def test_lists_are_filtered(mine: APIClient, author: User) -> None:
    april = EntryFactory(author=author, mood="happy", weather="sunny")
    may = EntryFactory(
        author=author, written_on=date(2026, 5, 1), mood="sad", style=Style.objects.get(slug="pixel")
    )

    def listed(query: str) -> list[str]:
        return [entry["id"] for entry in mine.get(f"{ENTRIES}?{query}").json()["results"]]

    for query in ("month=2026-04", "mood=happy", "weather=sunny", "style=crayon", "month=2026-04&mood=happy"):
        assert listed(query) == [str(april.pk)], query
    for query in ("month=2026-05", "mood=sad", "style=pixel"):
        assert listed(query) == [str(may.pk)], query
    assert listed("month=2026-05&mood=happy") == []
    assert listed("style=nothing-like-it") == []


@pytest.mark.parametrize(
    "query",
    [
        "cursor=x",
        "cursor=%00",
        "cursor=WyIyMDI2LTA0LTA1Il0",
        "cursor=bnVsbA",
        "cursor=W1tbXSxbXSxbXV0",
        "cursor=" + "W" * 4000,
        "cursor=%ED%A0%80",
        *(
            f"cursor={cursor('2026-04-05', moment, str(UUID(int=1)))}"
            for moment in ("0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2026-04-05T00:00:00")
        ),
        "limit=",
        "limit=0",
        "limit=-1",
        "limit=101",
        "limit=99999999999999999999",
        "limit=%D9%A3",
        "month=",
        "mood=",
        "style=",
        "month=2026-13",
        "month=0000-01",
        "month=2026-4",
        "month=%00",
        "mood=%00",
        "mood=bored",
        "weather=hail",
        "style=%00",
        "style=a%20b",
    ],
)
def test_a_question_that_does_not_fit_is_told(mine: APIClient, query: str) -> None:
    found = is_problem(mine.get(f"{ENTRIES}?{query}"), 422, "invalid")
    assert [error["field"] for error in found["errors"]] == [query.split("=")[0]]


def _full_page(author: User) -> None:
    """A page with drawings, of which one is reported, and one more style."""
    entry = EntryFactory(author=author)
    ties = EntryIllustrationFactory.create_batch(3, entry=entry, illustration__ready=True)
    EntryIllustrationFactory(entry=entry)
    moderation.report_picture(reporter=author, illustration_id=ties[0].illustration_id, reason="scary")
    count = Style.objects.count()
    Style.objects.create(slug=f"style-{count}", name_ko="색", name_en="Colour", trigger="c", position=count)


@pytest.mark.parametrize("path", ["entries/", "calendar/2026/4/", "reports/", "styles/"])
def test_a_long_list_takes_as_many_queries_as_a_short_one(mine: APIClient, author: User, path: str) -> None:
    counts, lengths = [], []
    for _ in range(2):
        for _ in range(4):
            _full_page(author)
        mine.get(f"{V1}/{path}")
        with CaptureQueriesContext(connection) as queries:
            lengths.append(len(mine.get(f"{V1}/{path}").content))
        counts.append(len(queries))
    assert lengths[1] > lengths[0] + 4 * 60
    assert counts[0] == counts[1]
    assert counts[0] <= 8


def test_the_list_of_drawings_takes_as_many_queries_however_long(mine: APIClient, author: User) -> None:
    entry, counts = EntryFactory(author=author), []
    mine.get(url(entry))
    for _ in range(2):
        EntryIllustrationFactory.create_batch(3, entry=entry, illustration__ready=True)
        with CaptureQueriesContext(connection) as queries:
            found = mine.get(f"{url(entry)}drawings/").json()
        counts.append((len(queries), len(found)))
    assert counts == [(counts[0][0], 3), (counts[0][0], 6)]


# Changes.


def test_a_change_takes_the_version_that_was_seen(mine: APIClient) -> None:
    entry = mine.post(ENTRIES, day()).json()
    address = f"{ENTRIES}{entry['id']}/"
    is_problem(mine.patch(address, {"title": "x"}), 428, "version_required")
    changed = mine.patch(address, {"title": "First"}, headers={"If-Match": '"1"'})
    assert changed.status_code == 200
    assert (changed.json()["version"], changed.headers["ETag"]) == (2, '"2"')
    assert changed.json()["body"] == entry["body"]
    stale = is_problem(
        mine.patch(address, {"title": "Second"}, headers={"If-Match": '"1"'}), 412, "stale_version"
    )
    assert stale["current"] == mine.get(address).json()
    assert stale["current"]["title"] == "First"
    merged = mine.patch(address, {"title": "Second"}, headers={"If-Match": 'W/"2"'})
    assert (merged.status_code, merged.json()["version"]) == (200, 3)


@pytest.mark.parametrize(
    "version", ["", "*", "1", '"1", "2"', '"-1"', '"1.0"', '"' + "9" * 40 + '"', '"\u0661"']
)
def test_an_if_match_that_is_no_version_is_told(mine: APIClient, author: User, version: str) -> None:
    entry = EntryFactory(author=author)
    response = mine.patch(url(entry), {"title": "x"}, headers={"If-Match": version})
    is_problem(response, 400, "unreadable")
    entry.refresh_from_db()
    assert (entry.version, entry.title) == (1, "At the beach")


def test_a_put_replaces_the_whole_page(mine: APIClient, author: User) -> None:
    entry = EntryFactory(author=author, mood="sad", weather="rainy", style=Style.objects.get(slug="pixel"))
    found = mine.put(url(entry), day(), headers={"If-Match": '"1"'}).json()
    assert (found["title"], found["mood"], found["weather"], found["style"]) == ("", "", "", "pixel")
    missing = is_problem(mine.put(url(entry), {"title": "x"}, headers={"If-Match": '"2"'}), 422, "invalid")
    assert {error["field"] for error in missing["errors"]} == {"body", "written_on"}


def test_only_a_change_of_what_is_drawn_asks_for_a_drawing(mine: APIClient) -> None:
    entry = mine.post(ENTRIES, day()).json()
    address, first = f"{ENTRIES}{entry['id']}/", entry["newest_drawing"]["id"]
    moved = mine.patch(address, {"written_on": "2026-04-06"}, headers={"If-Match": '"1"'}).json()
    assert moved["newest_drawing"]["id"] == first
    rewritten = mine.patch(address, {"body": "It rained."}, headers={"If-Match": '"2"'}).json()
    assert rewritten["newest_drawing"]["id"] != first
    assert Illustration.objects.get(pk=first).status == Status.STALE


def test_patching_every_field_of_the_model_changes_only_what_a_writer_may(
    mine: APIClient, author: User, stranger: User
) -> None:
    other = EntryFactory(author=stranger)
    tie = EntryIllustrationFactory(entry=other, illustration__ready=True)
    entry = EntryFactory(author=author)
    before = Entry.objects.filter(pk=entry.pk).values().get()
    sent: dict[str, Any] = {field.attname: "1" for field in Entry._meta.concrete_fields}
    sent |= {
        "id": str(other.pk),
        "author": str(stranger.pk),
        "author_id": str(stranger.pk),
        "chosen": str(tie.illustration_id),
        "chosen_id": str(tie.illustration_id),
        "version": 99,
        "written_on": "2026-04-06",
        "title": "New",
        "body": "New",
        "weather": "sunny",
        "mood": "calm",
        "style": "pixel",
        "mode": "never",
        "keywords": ["kite"],
        "without": ["beach"],
        "woke_at": "07:30",
        "slept_at": None,
        "tags": ["sea"],
        "picture": {"drawing": str(tie.illustration_id)},
        "ties": [tie.pk],
    }
    assert mine.patch(url(entry), sent, headers={"If-Match": '"1"'}).status_code == 200
    after = Entry.objects.filter(pk=entry.pk).values().get()
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {
        "written_on", "title", "body", "weather", "mood", "style_id", "mode", "keywords", "woke_at",
        "version", "updated_at",
    }  # fmt: skip
    assert after["version"] == 2


def test_a_style_that_is_offered_no_more_stays_on_its_page(mine: APIClient, author: User) -> None:
    entry = EntryFactory(author=author)
    Style.objects.filter(slug="crayon").update(active=False)
    kept = mine.patch(url(entry), {"style": "crayon", "title": "x"}, headers={"If-Match": '"1"'})
    assert kept.status_code == 200
    assert (
        is_problem(mine.post(ENTRIES, day(style="crayon")), 422, "invalid")["errors"][0]["field"] == "style"
    )


# Deletion, and other people's pages.


def test_a_page_is_deleted_with_its_drawings(mine: APIClient) -> None:
    entry = mine.post(ENTRIES, day()).json()
    address = f"{ENTRIES}{entry['id']}/"
    stale = is_problem(mine.delete(address, headers={"If-Match": '"7"'}), 412, "stale_version")
    assert stale["current"]["id"] == entry["id"]
    assert mine.delete(address, headers={"If-Match": '"1"'}).status_code == 204
    for method in ("get", "delete"):
        is_problem(getattr(mine, method)(address), 404, "not_found")
    assert not Illustration.objects.exists()


@pytest.mark.parametrize("whose", ["a stranger's", "nobody's"])
def test_what_is_not_ones_own_is_not_there(mine: APIClient, stranger: User, whose: str) -> None:
    tie = EntryIllustrationFactory(entry__author=stranger, illustration__ready=True)
    entry, drawing = tie.entry_id, tie.illustration_id
    if whose == "nobody's":
        entry, drawing = uuid4(), uuid4()
    before = list(Entry.objects.values()), list(Illustration.objects.values())
    one, own = f"{ENTRIES}{entry}/", EntryFactory(author=User.objects.get(email="author@example.org"))
    for base in (f"{one}drawings/{drawing}/", f"{url(own)}drawings/{drawing}/"):
        for name in ("", "picture/", "thumbnail/", "preview/"):
            is_problem(mine.get(base + name), 404, "not_found")
        for name in ("retry/", "cancel/", "choose/"):
            is_problem(mine.post(base + name), 404, "not_found")
        is_problem(mine.post(f"{base}report/", {"reason": "scary"}), 404, "not_found")
        is_problem(mine.delete(base), 404, "not_found")
    is_problem(mine.get(one), 404, "not_found")
    is_problem(mine.put(one, day(), headers={"If-Match": '"1"'}), 404, "not_found")
    is_problem(mine.patch(one, {"title": "x"}), 404, "not_found")
    is_problem(mine.delete(one), 404, "not_found")
    is_problem(mine.get(f"{one}drawings/"), 404, "not_found")
    is_problem(mine.post(f"{one}drawings/"), 404, "not_found")
    own.delete()
    assert (list(Entry.objects.values()), list(Illustration.objects.values())) == before


def test_the_picture_of_a_page_is_the_chosen_one_else_the_newest(mine: APIClient, author: User) -> None:
    entry = EntryFactory(author=author)
    old = EntryIllustrationFactory(entry=entry, illustration__ready=True)
    new = EntryIllustrationFactory(entry=entry, illustration__ready=True)
    now = datetime.now(UTC)
    Illustration.objects.filter(pk=old.illustration_id).update(finished_at=now - timedelta(hours=1))
    assert mine.get(url(entry)).json()["picture"]["drawing"] == str(new.illustration_id)
    mine.post(f"{url(entry)}drawings/{old.illustration_id}/choose/")
    picture = mine.get(url(entry)).json()["picture"]
    assert picture["drawing"] == str(old.illustration_id)
    assert mine.get(picture["picture_url"]).headers["Content-Type"] == "image/webp"
    Illustration.objects.filter(pk=old.illustration_id).update(hidden_at=now, hidden_reason="scary")
    assert mine.get(url(entry)).json()["picture"]["drawing"] == str(new.illustration_id)
    Illustration.objects.filter(pk=new.illustration_id).update(hidden_at=now, hidden_reason="scary")
    hidden = mine.get(url(entry)).json()
    assert hidden["picture"] is None
    assert hidden["newest_drawing"]["hidden_reason"] == "scary"
