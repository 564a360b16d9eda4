"""The cast and corrected scenes in the API."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import pytest

from diaries.models import CastMember, Entry, Tag, User
from illustration.models import Illustration
from illustration.wishes import Wishes
from tests.api.apps import app_of
from tests.factories import EntryFactory, EntryIllustrationFactory

pytestmark = pytest.mark.django_db
CARD = {"relation": "pet", "names": "초코, Choco", "drawn_as": "dog", "look": "brown"}


@pytest.fixture
def app(author: User) -> Any:
    return app_of(author)


def test_a_card_lives_its_life(app: Any) -> None:
    made = app.post("/api/v1/cast/", CARD)
    assert made.status_code == 201
    card = made.json()
    assert card == CARD | {"id": card["id"]}
    assert app.get("/api/v1/cast/").json() == [card]
    changed = app.put(f"/api/v1/cast/{card['id']}/", CARD | {"drawn_as": "cat"})
    assert changed.json()["drawn_as"] == "cat"
    assert app.delete(f"/api/v1/cast/{card['id']}/").status_code == 204
    assert app.get(f"/api/v1/cast/{card['id']}/").status_code == 404
    assert app.get(f"/api/v1/cast/{uuid4()}/").status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"names": " , "}, {"names": 3}, {"drawn_as": "dragon"}, {"look": "x" * 121}]
)
def test_a_card_that_is_not_right_is_refused(app: Any, wrong: dict[str, Any]) -> None:
    assert app.post("/api/v1/cast/", CARD | wrong).status_code in (400, 422)
    assert not CastMember.objects.exists()


def test_a_redraw_takes_corrections(app: Any, author: User) -> None:
    tie = EntryIllustrationFactory(entry__author=author, illustration__ready=True)
    url = f"/api/v1/entries/{tie.entry_id}/drawings/"
    answer = app.post(url, {"without": ["beach"], "keywords": ["kite"]})
    assert answer.status_code == 201
    wishes = Wishes.from_dict(Illustration.objects.get(pk=UUID(answer.json()["id"])).wishes)
    assert (wishes.without, wishes.keywords) == (("beach",), ("kite",))
    told = app.get(f"/api/v1/entries/{tie.entry_id}/").json()
    assert (told["without"], told["keywords"], told["version"]) == (["beach"], ["kite"], 2)


def test_keywords_and_tags_survive_a_patch_of_something_else(app: Any, author: User) -> None:
    entry: Entry = EntryFactory(author=author, keywords=["kite"])
    entry.tags.add(Tag.objects.create(author=author, name="sea"))
    answer = app.patch(f"/api/v1/entries/{entry.pk}/", {"mood": "happy"}, headers={"If-Match": '"1"'})
    assert answer.status_code == 200
    assert (answer.json()["keywords"], answer.json()["tags"]) == (["kite"], ["sea"])


def test_pages_are_found_by_words_and_tags(app: Any, author: User) -> None:
    entry: Entry = EntryFactory(author=author, body="엄마랑 시장에 갔다.")
    EntryFactory(author=author, body="아빠랑 놀았다.")
    entry.tags.add(Tag.objects.create(author=author, name="시장"))
    for query in ({"q": "엄마"}, {"tag": "시장"}, {"q": "시장 엄마", "tag": "시장"}):
        found = app.get("/api/v1/entries/", query).json()["results"]
        assert [row["id"] for row in found] == [str(entry.pk)]
    assert app.get("/api/v1/entries/", {"tag": "없음"}).json()["results"] == []
