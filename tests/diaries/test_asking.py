"""The words that the painter was asked for: taking some out, putting others in, and the cards of the cast."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from diaries.models import CastMember, Entry, User
from diaries.services import cast, drawings
from illustration.models import Illustration
from illustration.scenes.lexicon import lexicon
from illustration.wishes import Wishes
from tests.factories import EntryFactory, EntryIllustrationFactory

pytestmark = pytest.mark.django_db


def asked(word: str, ko: str, **more: Any) -> dict[str, Any]:
    return {"word": word, "kind": "thing", "state": "drawn", "ko": ko, "en": word, **more}


SCENE = {
    "language": "ko",
    "asked": [
        asked("dog", "강아지", said="초코"),
        asked("beach", "바닷가", kind="place"),
        asked("sunflower", "해바라기", keyword=True),
    ],
    "left": [
        asked("pizza", "피자", state="left"),
        asked("pan pizza", "피자", state="left", en="pizza"),
        asked("dog", "강아지", state="left"),
    ],
}


@pytest.fixture
def entry(author: User) -> Entry:
    tie = EntryIllustrationFactory(
        entry=EntryFactory(author=author, keywords=["sunflower"]),
        illustration__ready=True,
        illustration__scene=SCENE,
    )
    return tie.entry


@pytest.fixture
def client(author: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(author)


def send(client: Client, entry: Entry, **more: Any) -> Any:
    return client.post(
        reverse("diaries:entry-redraw", args=[entry.pk]), {"corrects": "1"} | more, follow=True
    )


def wishes() -> Wishes:
    return Wishes.from_dict(Illustration.objects.order_by("-requested_at")[0].wishes)


def test_the_page_offers_the_scene_its_keywords_and_what_is_left(client: Client, entry: Entry) -> None:
    page = client.get(reverse("diaries:entry-detail", args=[entry.pk])).content.decode()
    assert 'name="stays" value="dog" checked' in page
    assert 'name="keyword" value="sunflower" checked' in page
    assert 'name="stays" value="sunflower"' not in page
    assert page.count('name="add" value="pizza"') == 1
    assert 'name="add" value="dog"' not in page


def test_what_is_not_ticked_is_taken_out_and_what_is_added_is_a_keyword(client: Client, entry: Entry) -> None:
    send(client, entry, offered=["dog", "beach"], stays=["dog"], add=["pizza"], more="빨간 자전거, , kite")
    entry.refresh_from_db()
    assert entry.without == ["beach"]
    assert entry.keywords == ["pizza", "빨간 자전거", "kite"]
    assert wishes().without == ("beach",)
    assert wishes().keywords == ("pizza", "빨간 자전거", "kite")
    assert wishes().text_drawn


def test_what_was_taken_out_can_be_put_back(client: Client, entry: Entry) -> None:
    send(client, entry, offered=["dog", "beach"], stays=["dog"], keyword=["sunflower"])
    drawings.cancel(entry=entry, illustration_id=Illustration.objects.order_by("-requested_at")[0].pk)
    tie = EntryIllustrationFactory(entry=entry, illustration__ready=True)
    Illustration.objects.filter(pk=tie.illustration_id).update(
        scene={"language": "ko", "asked": [asked("dog", "강아지")]}
    )
    page = client.get(reverse("diaries:entry-detail", args=[entry.pk])).content.decode()
    assert 'name="stays" value="beach">' in page
    send(client, entry, offered=["dog", "beach"], stays=["dog", "beach"], keyword=["sunflower"])
    assert wishes().without == ()


def test_a_correction_is_a_version_but_no_other_text(client: Client, entry: Entry) -> None:
    send(client, entry, offered=["dog"], stays=[])
    entry.refresh_from_db()
    assert entry.version == 2
    assert set(entry.ties.values_list("entry_version", flat=True)) == {2}


def test_too_many_words_are_told_and_nothing_is_drawn(client: Client, entry: Entry) -> None:
    answer = send(client, entry, more=",".join(f"word{number}" for number in range(13)))
    assert "too many" in answer.content.decode()
    assert Illustration.objects.count() == 1


def test_a_redraw_without_corrections_leaves_them_as_they_are(client: Client, entry: Entry) -> None:
    Entry.objects.filter(pk=entry.pk).update(without=["beach"])
    client.post(reverse("diaries:entry-redraw", args=[entry.pk]))
    entry.refresh_from_db()
    assert (entry.without, entry.keywords, entry.version) == (["beach"], ["sunflower"], 1)
    assert wishes().without == ("beach",)


@pytest.mark.parametrize(
    "scene", [{}, {"asked": 1}, {"asked": [1], "left": 2}, {"asked": [{}]}, {"left": [{}]}]
)
def test_a_scene_of_an_earlier_time_shows_the_page_all_the_same(
    client: Client, entry: Entry, scene: Any
) -> None:
    Illustration.objects.update(scene=scene)
    assert client.get(reverse("diaries:entry-detail", args=[entry.pk])).status_code == 200


# The cast.


def test_a_card_is_made_changed_and_taken_away(client: Client, author: User) -> None:
    made = {"relation": "pet", "names": "초코, Choco，초코", "drawn_as": "dog", "look": " brown  fur "}
    page = client.post(reverse("diaries:cast-add"), made, follow=True).content.decode()
    card = CastMember.objects.get()
    assert (card.names, card.look) == ("초코, Choco", "brown fur")
    assert "초코, Choco" in page
    client.post(reverse("diaries:cast-edit", args=[card.pk]), made | {"drawn_as": "cat"})
    card.refresh_from_db()
    assert card.drawn_as == "cat"
    client.post(reverse("diaries:cast-delete", args=[card.pk]))
    assert not CastMember.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"names": " , "},
        {"names": "x" * 81},
        {"drawn_as": "dragon"},
        {"relation": "boss"},
        {"look": "x" * 121},
        {"look": "a\x00"},
    ],
)
def test_a_card_that_is_not_right_comes_back_with_its_words(client: Client, wrong: dict[str, str]) -> None:
    made = {"relation": "pet", "names": "초코", "drawn_as": "dog", "look": "brown"} | wrong
    answer = client.post(reverse("diaries:cast-add"), made)
    assert answer.status_code == 422
    assert not CastMember.objects.exists()
    assert made["names"].strip()[:20] in answer.content.decode()


def test_twenty_cards_are_enough(author: User, client: Client) -> None:
    for number in range(20):
        cast.save_member(author=author, relation="friend", names=f"Friend {number}", drawn_as="girl")
    with pytest.raises(ValidationError):
        cast.save_member(author=author, relation="friend", names="One more", drawn_as="girl")
    made = {"relation": "pet", "names": "초코", "drawn_as": "dog", "look": ""}
    assert client.post(reverse("diaries:cast-add"), made).status_code == 422


def test_every_way_to_be_drawn_is_a_word_of_the_reader() -> None:
    assert {word for word in (*cast.PEOPLE, *cast.PETS) if word not in lexicon().concepts} == set()
