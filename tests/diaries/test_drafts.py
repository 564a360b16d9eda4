"""Drafts on the server: what is still being written lives on, is never drawn, and never silently replaced."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from diaries.models import Draft, Entry, User
from diaries.services import drafts, entries
from illustration.models import Illustration, Style
from tests.factories import EntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(author: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(author)


def keep(client: Client, page: UUID, body: str, *, seen: int = 0, begun_on: int = 0) -> Any:
    sent = {"fields": {"title": "", "body": body}, "begun_on": begun_on, "seen": seen}
    return client.post(
        reverse("diaries:draft", args=[page]), json.dumps(sent), content_type="application/json"
    )


def test_a_draft_is_kept_and_found_again(client: Client) -> None:
    page = uuid4()
    assert client.get(reverse("diaries:draft", args=[page])).status_code == 404
    assert keep(client, page, "오늘은").json() == {"revision": 1}
    assert keep(client, page, "오늘은 바다에", seen=1).json() == {"revision": 2}
    found = client.get(reverse("diaries:draft", args=[page])).json()
    assert found["fields"]["body"] == "오늘은 바다에"
    assert found["revision"] == 2


def test_a_draft_is_never_drawn_and_is_no_page(client: Client) -> None:
    keep(client, uuid4(), "We went to the beach.")
    assert not Illustration.objects.exists()
    assert not Entry.objects.exists()


def test_another_device_is_told_what_was_kept_meanwhile(client: Client) -> None:
    page = uuid4()
    keep(client, page, "phone")
    answer = keep(client, page, "desk")
    assert answer.status_code == 409
    assert answer.json()["fields"]["body"] == "phone"
    assert Draft.objects.get().fields["body"] == "phone"


def test_the_same_words_again_are_no_conflict(client: Client) -> None:
    page = uuid4()
    keep(client, page, "phone")
    assert keep(client, page, "phone").json() == {"revision": 1}


def test_saving_the_page_forgets_its_draft(client: Client, author: User, style: Style) -> None:
    page = uuid4()
    keep(client, page, "We went to the beach.")
    entries.create_entry(
        author=author, entry_id=page, written_on=author.today(), body="We went to the beach.", style=style
    )
    assert not Draft.objects.exists()
    keep(client, page, "We went to the beach and swam.", begun_on=1)
    entries.delete_entry(entry=Entry.objects.get())
    assert not Draft.objects.exists()


def test_a_draft_is_its_writers_own(client: Client, stranger: User) -> None:
    entry = EntryFactory(author=stranger)
    drafts.keep(author=stranger, page=entry.pk, begun_on=1, fields={"body": "secret"}, seen=0)
    assert client.get(reverse("diaries:draft", args=[entry.pk])).status_code == 404
    client.delete(reverse("diaries:draft", args=[entry.pk]))
    assert Draft.objects.get().author == stranger


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "[]",
        "null",
        '{"fields": []}',
        '{"fields": {"body": 1}, "begun_on": 0, "seen": 0}',
        '{"fields": {}, "begun_on": true, "seen": 0}',
        '{"fields": {}, "begun_on": 0, "seen": -1}',
        "[" * 20_000,
    ],
)
def test_what_cannot_be_read_is_refused(client: Client, sent: str) -> None:
    answer = client.post(reverse("diaries:draft", args=[uuid4()]), sent, content_type="application/json")
    assert answer.status_code == 400


@pytest.mark.parametrize("body", ["a\x00b", "a" * (drafts.DRAFT_LENGTH + 1), "\ud800"])
def test_what_cannot_be_kept_is_refused_in_words(client: Client, body: str) -> None:
    answer = keep(client, uuid4(), body)
    assert answer.status_code == 422
    assert answer.json()["words"]


def test_fifty_unsaved_pages_are_enough(client: Client, author: User) -> None:
    Draft.objects.bulk_create(
        Draft(author=author, page=uuid4(), fields={"body": "x"}) for _ in range(drafts.DRAFTS_MOST)
    )
    assert keep(client, uuid4(), "one more").status_code == 422
    assert keep(client, Draft.objects.all()[0].page, "longer", seen=1).status_code == 200


def test_a_draft_that_comes_late_does_not_outlive_its_page(client: Client, author: User) -> None:
    entry = EntryFactory(author=author)
    late = keep(client, entry.pk, "an earlier half")
    assert (late.status_code, late.json()["same"]) == (410, False)
    Entry.objects.update(title="")
    assert keep(client, entry.pk, entry.body).json()["same"]
    assert not Draft.objects.exists()
    assert keep(client, entry.pk, "a change of what is saved", begun_on=1).status_code == 200


def test_a_button_throws_a_draft_away_and_leads_back_to_its_form(client: Client, author: User) -> None:
    entry, page = EntryFactory(author=author), uuid4()
    keep(client, page, "of no page yet")
    keep(client, entry.pk, "of a page", begun_on=1)
    answer = client.post(reverse("diaries:draft-delete", args=[page]))
    assert answer.headers["Location"] == reverse("diaries:entry-create")
    answer = client.post(reverse("diaries:draft-delete", args=[entry.pk]))
    assert answer.headers["Location"] == reverse("diaries:entry-edit", args=[entry.pk])
    assert not Draft.objects.exists()


def test_pages_that_were_never_saved_are_listed_with_their_day_and_beginning(
    client: Client, author: User
) -> None:
    entry = EntryFactory(author=author)
    keep(client, entry.pk, "a change", begun_on=1)
    for fields in (
        {"written_on": "2026-04-05", "title": "", "body": "오늘은\n바다에 갔다"},
        {"written_on": "2026-02-31", "title": "제목", "body": "x"},
        {"written_on": "2026-04-06", "mood": "calm"},
        {"mood": "calm"},
    ):
        drafts.keep(author=author, page=uuid4(), begun_on=0, fields=fields, seen=0)
    told = [(str(found.day), found.beginning) for found in drafts.unfinished(author)]
    assert told == [("None", ""), ("2026-04-06", ""), ("None", "제목"), ("2026-04-05", "오늘은")]
    page = client.get("/entries/new/").content.decode()
    assert "A page is not saved yet: April 6, 2026" in page
    assert "A page is not saved yet: 오늘은 (Sunday, April 5, 2026)" in page
