"""Pages and drawings of somebody else, and what nobody has: not found, and left as they are."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from diaries.models import User
from tests.factories import EntryFactory, EntryIllustrationFactory

pytestmark = pytest.mark.django_db
PAGES_OF_AN_ENTRY = ["entry-detail", "entry-edit", "entry-delete", "picture-box"]
ACTS_ON_DRAWINGS = ["drawing-retry", "drawing-choose", "drawing-cancel", "drawing-delete"]


@pytest.fixture
def client(author: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(author)


def test_what_belongs_to_somebody_else_is_not_found(client: Client, stranger: User) -> None:
    page = {"written_on": stranger.today().isoformat(), "body": "changed", "mode": "draw"}
    tie = EntryIllustrationFactory(entry__author=stranger, entry__body="secret", illustration__ready=True)
    entry, drawing = tie.entry.pk, tie.illustration.pk
    for name in PAGES_OF_AN_ENTRY:
        answer = client.get(reverse(f"diaries:{name}", args=[entry]))
        assert answer.status_code == 404, name
        assert b"secret" not in answer.content
    for name in ("entry-edit", "entry-delete", "entry-redraw"):
        assert client.post(reverse(f"diaries:{name}", args=[entry]), page).status_code == 404, name
    for name in ACTS_ON_DRAWINGS:
        address = reverse(f"diaries:{name}", args=[entry, drawing])
        assert client.post(address).status_code == 404, name
    for name in ("picture", "thumbnail", "preview"):
        assert client.get(reverse(f"diaries:{name}", args=[drawing])).status_code == 404, name
    tie.entry.refresh_from_db()
    assert tie.entry.body == "secret"
    assert tie.entry.drawings().count() == 1


def test_somebody_elses_drawing_cannot_be_had_through_a_page_of_ones_own(
    client: Client, author: User, stranger: User
) -> None:
    mine = EntryFactory(author=author)
    theirs = EntryIllustrationFactory(entry__author=stranger, illustration__ready=True).illustration
    for name in ACTS_ON_DRAWINGS:
        for drawing in (theirs.pk, uuid4()):
            address = reverse(f"diaries:{name}", args=[mine.pk, drawing])
            assert client.post(address).status_code == 404, name
    mine.refresh_from_db()
    assert mine.chosen_id is None


def test_an_unknown_style_cannot_be_asked_for(client: Client, author: User) -> None:
    entry = EntryFactory(author=author)
    address = reverse("diaries:entry-redraw", args=[entry.pk])
    assert client.post(address, {"style": "oil"}).status_code == 404
    assert not entry.drawings().exists()
