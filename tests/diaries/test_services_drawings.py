"""What a writer may do with drawings, and how many may be asked for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from diaries.models import Entry, User
from diaries.services import drawings, entries, operating
from illustration import queue
from illustration.models import Illustration, Priority, Status, Style
from tests.diaries.writing import BODY, create, finish_all, statuses, update
from tests.factories import EntryIllustrationFactory, IllustrationFactory

pytestmark = pytest.mark.django_db


# Quotas


def test_no_more_than_so_many_wait_at_once_and_the_page_is_saved_all_the_same(
    author: User, stranger: User, settings: Any
) -> None:
    settings.DRAWINGS_WAITING = 2
    assert [create(author).refusal for _ in range(3)] == ["", "", "too_many_waiting"]
    assert Entry.objects.count() == 3
    assert create(stranger).refusal == "", "everybody has their own"
    finish_all()
    assert create(author).refusal == ""


def test_no_more_than_so_many_a_day_and_new_ones_when_the_writers_day_ends(
    author: User, settings: Any
) -> None:
    settings.DRAWINGS_A_DAY = 2
    author.time_zone, author.day_ends_at = "Asia/Seoul", 4
    author.save()
    with time_machine.travel(datetime(2026, 4, 5, 18, 59, tzinfo=UTC), tick=False) as clock:
        assert [create(author).refusal for _ in range(3)] == ["", "", "daily_limit"]
        assert drawings.next_day(author).isoformat() == "2026-04-06T04:00:00+09:00"
        clock.shift(timedelta(minutes=1))
        assert create(author).refusal == ""
        assert drawings.drawings_today(author) == 1


def test_deleting_gives_no_drawing_of_the_day_back(author: User, settings: Any) -> None:
    settings.DRAWINGS_A_DAY = 3
    kept, gone = create(author).entry, create(author).entry
    entries.delete_entry(entry=gone)
    finish_all()
    drawings.delete_drawing(entry=kept, illustration_id=kept.drawings()[0].pk)
    assert drawings.drawings_today(author) == 2
    drawings.redraw(entry=kept)
    assert create(author).refusal == "daily_limit"


def test_a_writers_retry_counts_and_an_operators_does_not(author: User, operator: User) -> None:
    entry = create(author).entry
    for count in (1, 2):
        (row,) = queue.claim(free=1, in_hand=[], worker="here:1")
        queue.fail(row, "engine_failed")
        assert operating.retry_drawings(actor=operator, ids=[row.pk]) == 1
        assert drawings.drawings_today(author) == count
        (row,) = queue.claim(free=1, in_hand=[], worker="here:1")
        queue.fail(row, "engine_failed")
        drawings.retry(entry=entry, illustration_id=row.pk)
    assert drawings.drawings_today(author) == 3


def test_travelling_there_and_back_begins_no_day_twice(author: User, settings: Any) -> None:
    settings.DRAWINGS_A_DAY = 1
    with time_machine.travel(datetime(2026, 4, 5, 11, 0, tzinfo=UTC), tick=False):
        for zone, refusal in [
            ("Pacific/Pago_Pago", ""),
            ("Pacific/Kiritimati", ""),
            ("Pacific/Pago_Pago", "daily_limit"),
            ("Pacific/Kiritimati", "daily_limit"),
        ]:
            author.time_zone = zone
            author.save()
            assert create(author).refusal == refusal
        author.time_zone = "Pacific/Pago_Pago"
        assert drawings.next_day(author).isoformat() == "2026-04-06T04:00:00-11:00"


def test_a_writers_own_limit_comes_before_everybodys(author: User, settings: Any) -> None:
    settings.DRAWINGS_A_DAY = 5
    author.drawings_a_day = 0
    author.save()
    assert create(author).refusal == "daily_limit"


def test_an_operator_may_ask_beyond_the_quota_and_behind_everybody(author: User, settings: Any) -> None:
    settings.DRAWINGS_A_DAY, settings.DRAWINGS_WAITING = 0, 1
    for _ in range(3):
        assert create(author, priority=Priority.IMPORTED, within_quota=False).refusal == ""
    assert set(Illustration.objects.values_list("priority", flat=True)) == {Priority.IMPORTED}
    assert drawings.drawings_today(author) == 0, "the writer's own are all there still"
    author.draws_pictures = False
    author.save()
    assert create(author, within_quota=False).entry.drawings().count() == 0


def test_a_refusal_names_the_heavier_act(author: User) -> None:
    author.drawing_stopped_until = datetime.now(UTC) + timedelta(days=1)
    assert drawings.refusal_for(author) == "drawing_stopped"
    author.suspended_at = datetime.now(UTC)
    assert drawings.refusal_for(author) == "suspended"


# Drawings of a page


def refused(code: str) -> Any:
    return pytest.raises(drawings.Refused, match=f"^{code}$")


def test_a_redraw_is_a_new_row_with_a_new_seed_beside_the_old_picture(author: User) -> None:
    entry = create(author).entry
    with refused("already_waiting"):
        drawings.redraw(entry=entry)
    finish_all()
    row = drawings.redraw(entry=entry, style=Style.objects.get(slug="pixel"))
    old = entry.drawings().get(status=Status.READY)
    assert row.seed != old.seed
    assert (row.style.slug, row.priority) == ("pixel", Priority.REDRAWN)


def test_a_redraw_leaves_the_writers_choice_alone(author: User) -> None:
    entry = create(author).entry
    finish_all()
    liked = entry.drawings()[0].pk
    drawings.redraw(entry=entry)
    finish_all()
    drawings.choose(entry=entry, illustration_id=liked)
    waiting = drawings.redraw(entry=entry)
    drawings.cancel(entry=entry, illustration_id=waiting.pk)
    assert Entry.objects.with_picture().get(pk=entry.pk).picture_id == liked
    drawings.redraw(entry=entry)
    finish_all()
    assert Entry.objects.with_picture().get(pk=entry.pk).picture_id == liked


def test_a_retry_beside_a_drawing_under_way_is_refused(author: User) -> None:
    entry = create(author).entry
    (failed,) = queue.claim(free=1, in_hand=[], worker="here:1")
    queue.fail(failed, "engine_failed")
    drawings.redraw(entry=entry)
    with refused("already_waiting"):
        drawings.retry(entry=entry, illustration_id=failed.pk)
    assert statuses(entry) == ["failed", "queued"]


def test_an_operators_retry_beside_a_drawing_under_way_is_passed_over(author: User, operator: User) -> None:
    entry = create(author).entry
    (failed,) = queue.claim(free=1, in_hand=[], worker="here:1")
    queue.fail(failed, "engine_failed")
    drawings.redraw(entry=entry)
    assert operating.retry_drawings(actor=operator, ids=[failed.pk]) == 0
    assert statuses(entry) == ["failed", "queued"]


def test_a_retry_draws_the_present_text_with_the_same_seed(author: User) -> None:
    entry = create(author).entry
    (row,) = queue.claim(free=1, in_hand=[], worker="here:1")
    queue.fail(row, "engine_failed")
    update(entry, weather="snowy")
    finish_all()
    drawings.retry(entry=entry, illustration_id=row.pk)
    again = Illustration.objects.get(pk=row.pk)
    assert (again.status, again.seed, again.text, again.weather) == ("queued", row.seed, BODY, "snowy")
    assert again.entry_tie.entry_version == 2
    with refused("not_failed"):
        drawings.retry(entry=entry, illustration_id=row.pk)


def test_a_choice_holds_and_only_a_ready_one_can_be_chosen(author: User) -> None:
    entry = create(author).entry
    (row,) = entry.drawings()
    with refused("not_ready"):
        drawings.choose(entry=entry, illustration_id=row.pk)
    finish_all()
    drawings.choose(entry=entry, illustration_id=row.pk)
    update(entry, body="Something else.")
    finish_all()
    assert Entry.objects.with_picture().get(pk=entry.pk).picture_id == row.pk
    drawings.delete_drawing(entry=entry, illustration_id=row.pk)
    assert Entry.objects.with_picture().get(pk=entry.pk).picture_id not in (None, row.pk)


def test_only_a_waiting_drawing_can_be_taken_back(author: User) -> None:
    entry = create(author).entry
    (row,) = entry.drawings()
    drawings.cancel(entry=entry, illustration_id=row.pk)
    assert statuses(entry) == ["stale"]
    with refused("not_waiting"):
        drawings.cancel(entry=entry, illustration_id=row.pk)


@pytest.mark.parametrize("act", [drawings.choose, drawings.cancel, drawings.retry, drawings.delete_drawing])
def test_another_pages_drawing_is_out_of_reach(act: Any, author: User) -> None:
    mine = create(author).entry
    theirs = EntryIllustrationFactory(illustration__ready=True)
    for stray in (theirs.illustration, IllustrationFactory()):
        with pytest.raises(Illustration.DoesNotExist):
            act(entry=mine, illustration_id=stray.pk)
    assert Illustration.objects.filter(pk=theirs.illustration.pk, status=Status.READY).exists()
