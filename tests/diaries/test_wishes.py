"""What the painter is given beside the text: keywords, what was taken out, the cast; and keywords alone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from diaries.models import CastMember, Entry, Mode, User
from diaries.services import drawings, entries
from illustration.models import Illustration, Style
from illustration.wishes import Card, Wishes

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 5)


@pytest.fixture
def save(author: User, style: Style) -> Any:
    def create(**more: Any) -> Entry:
        fields = {"written_on": DAY, "title": "Sea", "body": "We swam.", "style": style}
        return entries.create_entry(author=author, **(fields | more)).entry

    return create


def change(entry: Entry, **changes: Any) -> Entry:
    kept = {
        name: getattr(entry, name)
        for name in ("written_on", "title", "body", "weather", "mood", "style", "mode", "keywords")
    }
    kept["tags"] = entry.tag_names()
    return entries.update_entry(entry=entry, version=entry.version, **(kept | changes)).entry


def newest() -> Illustration:
    return Illustration.objects.order_by("-requested_at")[0]


def test_keywords_and_cast_go_with_the_text(save: Any, author: User, stranger: User) -> None:
    choco = CastMember.objects.create(
        author=author, relation="pet", names="초코, Choco", drawn_as="dog", look="brown"
    )
    CastMember.objects.create(author=stranger, relation="pet", names="Rex", drawn_as="dog")
    save(keywords=["sunflower"])
    row = newest()
    assert row.text == "We swam."
    assert Wishes.from_dict(row.wishes) == Wishes(
        keywords=("sunflower",), cast=(Card(("초코", "Choco"), "dog", "brown", str(choco.pk)),), date=DAY
    )


def test_keywords_alone_keep_the_text_from_the_painter(save: Any) -> None:
    save(mode=Mode.KEYWORDS, keywords=["sunflower"])
    row = newest()
    assert (row.text, row.title) == ("", "")
    assert not Wishes.from_dict(row.wishes).text_drawn


def test_a_change_of_keywords_draws_anew(save: Any) -> None:
    entry = save()
    assert change(entry, keywords=["kite"]).drawings().exclude(status="stale").count() == 1
    assert Wishes.from_dict(newest().wishes).keywords == ("kite",)


def test_a_change_of_the_text_draws_nothing_where_keywords_alone_are_drawn(save: Any) -> None:
    entry = save(mode=Mode.KEYWORDS, keywords=["kite"])
    change(entry, body="We swam twice.")
    assert Illustration.objects.count() == 1


def test_from_words_to_keywords_alone_and_back_draws_anew(save: Any) -> None:
    entry = save(keywords=["kite"])
    entry = change(entry, mode=Mode.KEYWORDS)
    change(entry, mode=Mode.DRAW)
    assert Illustration.objects.count() == 3


def test_tags_and_hours_draw_nothing(save: Any) -> None:
    entry = save()
    change(entry, tags=["sea"], woke_at=None)
    assert Illustration.objects.count() == 1


def test_what_was_taken_out_holds_until_the_text_changes(save: Any) -> None:
    entry = save()
    Entry.objects.filter(pk=entry.pk).update(without=["beach"])
    entry.refresh_from_db()
    drawings.cancel(entry=entry, illustration_id=newest().pk)
    drawings.redraw(entry=entry)
    assert Wishes.from_dict(newest().wishes).without == ("beach",)
    entry = change(entry, mood="happy")
    assert entry.without == ["beach"]
    assert change(entry, body="We slept.").without == []


def test_a_tag_that_no_page_has_is_forgotten(save: Any, author: User) -> None:
    entry = save(tags=["#sea", "sea", " Sand "])
    assert entry.tag_names() == ["Sand", "sea"]
    entry = change(entry, tags=["sea"])
    assert [tag.name for tag in author.tags.all()] == ["sea"]
    entries.delete_entry(entry=entry)
    assert not author.tags.exists()
