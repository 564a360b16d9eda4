"""One drawing in every style at once: what is asked for, what it counts as, and what the box shows of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diaries.models import Entry, Mode, User
from diaries.services import drawings
from diaries.views.box import box_context
from illustration import queue
from illustration.models import Illustration, Priority, Status, Style
from tests.diaries.writing import create, finish_all, statuses, update
from tests.factories import EntryFactory

pytestmark = pytest.mark.django_db
STYLES = {"crayon", "watercolour", "storybook", "pixel"}


def asked(entry: Entry) -> set[str]:
    return {row.style.slug for row in entry.drawings()}


def fresh(entry: Entry) -> Entry:
    return Entry.objects.with_picture().select_related("author", "style").get(pk=entry.pk)


def test_a_page_may_be_saved_with_a_drawing_in_every_style(author: User) -> None:
    saved = create(author, all_styles=True, style=Style.objects.get(slug="pixel"))
    assert saved.refusal == ""
    assert asked(saved.entry) == STYLES
    assert drawings.drawings_today(author) == 4
    own = saved.entry.drawings().get(priority=Priority.SAVED)
    assert own.style.slug == "pixel", (
        "the chosen style comes as soon as any; the others behind what is looked at"
    )
    assert set(saved.entry.drawings().exclude(pk=own.pk).values_list("priority", flat=True)) == {
        Priority.REDRAWN
    }


def test_the_same_form_sent_twice_asks_once(author: User) -> None:
    entry = create(author, all_styles=True).entry
    again = create(author, all_styles=True, entry_id=entry.pk)
    assert (again.entry, again.refusal) == (entry, "")
    assert Illustration.objects.count() == 4


def test_a_changed_page_is_drawn_in_every_style_though_its_text_stays(author: User) -> None:
    entry = create(author).entry
    update(entry, all_styles=True)
    assert statuses(entry) == [*[Status.QUEUED] * 4, Status.STALE]


def test_without_room_for_all_the_page_gets_its_own(author: User, settings: Any) -> None:
    settings.DRAWINGS_A_DAY = 3
    saved = create(author, all_styles=True)
    assert saved.refusal == "only_one"
    assert asked(saved.entry) == {"crayon"}
    assert drawings.drawings_today(author) == 1


def test_never_drawn_stays_never_drawn(author: User) -> None:
    saved = create(author, all_styles=True, mode=Mode.NEVER)
    assert saved.refusal == ""
    assert not Illustration.objects.exists()
    with pytest.raises(drawings.Refused, match="never_drawn"):
        drawings.draw_all(entry=saved.entry)


def test_the_others_join_the_one_that_waits(author: User) -> None:
    entry = create(author).entry
    assert len(drawings.draw_all(entry=entry)) == 3
    assert asked(entry) == STYLES
    assert entry.drawings().values("requested_at").distinct().count() == 1
    with pytest.raises(drawings.Refused, match="already_waiting"):
        drawings.draw_all(entry=entry)


def test_all_or_none_are_asked_for(author: User, settings: Any) -> None:
    settings.DRAWINGS_A_DAY = 3
    entry = EntryFactory(author=author)
    with pytest.raises(drawings.Refused, match="too_few_for_all"):
        drawings.draw_all(entry=entry)
    settings.DRAWINGS_A_DAY, settings.DRAWINGS_WAITING = 30, 4
    create(author)
    with pytest.raises(drawings.Refused, match="no_room_for_all"):
        drawings.draw_all(entry=entry)
    assert not entry.drawings().exists()
    finish_all()
    settings.DRAWINGS_WAITING = 1
    assert len(drawings.draw_all(entry=entry)) == 4, "whoever waits for nothing may ask for every style"


def test_the_row_stays_until_one_is_chosen(author: User) -> None:
    entry = create(author, all_styles=True).entry
    [first] = queue.claim(free=1, in_hand=[], worker="here:1")
    assert queue.finish(first, picture="aa/one.webp", thumbnail="aa/one-s.webp")
    drawings.choose(entry=entry, illustration_id=first.pk)
    row = [drawing for drawing, _done in box_context(fresh(entry))["together"]]
    assert [drawing.style.slug for drawing in row] == [
        style.slug for style in Style.objects.filter(active=True)
    ], "in the order of the styles, and all of them while some are under way"
    finish_all()
    assert box_context(fresh(entry))["together"] == []
    Entry.objects.update(chosen=None)
    assert len(box_context(fresh(entry))["together"]) == 4
    drawings.redraw(entry=entry)
    assert box_context(fresh(entry))["together"] == [], "a drawing that was asked for later stands alone"


def test_the_box_offers_the_choice(author: User, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(author)
    entry = EntryFactory(author=author)
    page = reverse("diaries:entry-detail", args=[entry.pk])
    assert "Draw it in all four styles" in client.get(page).content.decode()
    client.post(reverse("diaries:entry-draw-all", args=[entry.pk]))
    text = client.get(page).content.decode()
    assert "One in every style" in text
    assert "Draw it in all four styles" not in text
    finish_all()
    text = client.get(page).content.decode()
    assert "Which one goes on the page?" in text
    assert text.count("This one<") == 4
    chosen = entry.drawings().get(style__slug="pixel")
    client.post(reverse("diaries:drawing-choose", args=[entry.pk, chosen.pk]))
    assert "Which one goes on the page?" not in client.get(page).content.decode()
    assert fresh(entry).picture_id == chosen.pk


def test_four_drawings_cost_no_more_queries_than_one(
    author: User, signed_in: Callable[[User], Client], settings: Any
) -> None:
    client = signed_in(author)
    counts = []
    for all_styles in (False, True):
        entry = create(author, all_styles=all_styles).entry
        finish_all()
        with CaptureQueriesContext(connection) as found:
            assert client.get(reverse("diaries:picture-box", args=[entry.pk])).status_code == 200
        counts.append(len(found))
    assert counts[0] == counts[1]
