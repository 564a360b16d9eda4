"""The rows as a queue: who is next, and that every act is one that only its holder can do."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction
from django.utils import timezone
from PIL import Image

from illustration import queue, services, storage
from illustration.models import (
    SAMPLE_REQUESTER,
    TRANSITIONS,
    Illustration,
    Priority,
    Status,
    Style,
    Worker,
)
from illustration.models import transition as move
from tests.factories import EntryFactory, EntryIllustrationFactory, IllustrationFactory
from tests.illustration.conftest import Waiting

pytestmark = pytest.mark.django_db


def claim(
    free: int = 1, worker: str = "here:1", in_hand: tuple[Illustration, ...] = ()
) -> list[Illustration]:
    return queue.claim(free=free, in_hand=in_hand, worker=worker)


def expire(row: Illustration) -> None:
    """The worker is dead for longer than its lease."""
    past = timezone.now() - timedelta(seconds=1)
    Illustration.objects.filter(pk=row.pk).update(lease_until=past)


def row_of(row: Illustration) -> Illustration:
    return Illustration.objects.get(pk=row.pk)


# Turns


def test_requesters_take_turns_whoever_asked_first(waiting: Waiting) -> None:
    a1, a2, a3 = (waiting("a") for _ in range(3))
    b1, b2 = (waiting("b") for _ in range(2))
    c1 = waiting("c")
    assert claim(10) == [a1, b1, c1, a2, b2, a3]


def test_a_fresh_save_comes_before_a_redraw_and_before_imported_days(waiting: Waiting) -> None:
    imported = waiting("a", priority=Priority.IMPORTED)
    redrawn = waiting("b", priority=Priority.REDRAWN)
    saved = waiting("c")
    assert claim(10) == [saved, redrawn, imported]


def test_a_row_is_not_claimed_before_its_time(waiting: Waiting) -> None:
    waiting(run_after=timezone.now() + timedelta(minutes=1))
    assert claim() == []


def test_a_worker_claims_no_more_than_it_has_hands_for(waiting: Waiting) -> None:
    first, second, _ = (waiting() for _ in range(3))
    assert claim(2) == [first, second]
    assert claim(0) == []


def test_a_row_with_an_attempt_behind_it_is_claimed_by_empty_hands_alone(waiting: Waiting) -> None:
    fresh, retried = waiting("a"), waiting("b", attempts=1)
    behind = waiting("c")
    assert claim(8) == [fresh], "the retried row holds back those behind it"
    assert claim(8, in_hand=(row_of(fresh),)) == []
    (alone,) = claim(8)
    assert alone == retried
    assert claim(8, in_hand=(alone,)) == [], "nothing joins it"
    assert claim(8) == [behind], "another worker goes on"


def test_a_claim_counts_the_attempt_and_takes_a_lease_with_a_token(waiting: Waiting, settings: Any) -> None:
    waiting()
    (row,) = claim(worker="there:7")
    assert (row.status, row.attempts, row.worker) == (Status.DRAWING, 1, "there:7")
    assert row.token is not None
    left = (row.lease_until - timezone.now()).total_seconds()
    assert settings.LEASE_SECONDS - 5 < left <= settings.LEASE_SECONDS


@pytest.fixture
def another_is_quicker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the reading of the line and the first claim, another worker claims what comes first."""
    take = queue._take

    def taken_before(pk: Any, worker: str) -> Any:
        monkeypatch.setattr(queue, "_take", take)
        assert [claimed.pk for claimed in claim(worker="quick:1")] == [pk]
        return take(pk, worker)

    monkeypatch.setattr(queue, "_take", taken_before)


def test_a_row_is_claimed_once(waiting: Waiting, another_is_quicker: None) -> None:
    row = waiting()
    assert claim(worker="slow:1") == []
    assert row_of(row).worker == "quick:1"
    assert row_of(row).attempts == 1


def test_a_worker_that_was_too_late_takes_the_row_behind(waiting: Waiting, another_is_quicker: None) -> None:
    first, second = waiting(), waiting()
    assert claim(worker="slow:1") == [second]
    assert row_of(first).worker == "quick:1"


# Transitions

EDGES = {(source, target) for source, targets in TRANSITIONS.items() for target in targets}


def test_the_table_of_transitions_is_the_known_one() -> None:
    assert {(str(source), str(target)) for source, target in EDGES} == {
        ("queued", "drawing"),
        ("queued", "stale"),
        ("queued", "failed"),
        ("drawing", "ready"),
        ("drawing", "failed"),
        ("drawing", "stale"),
        ("drawing", "queued"),
        ("failed", "queued"),
    }


@pytest.mark.parametrize("source", Status)
@pytest.mark.parametrize("target", Status)
def test_only_known_transitions_are_made(source: Status, target: Status) -> None:
    rows = Illustration.objects.filter(pk=IllustrationFactory().pk)
    if (source, target) not in EDGES:
        with pytest.raises(ValueError, match="no transition"):
            move(rows, source, target)
    elif source != Status.QUEUED:
        assert move(rows, source, target) == 0, "the row is elsewhere"


def test_the_database_refuses_a_drawing_row_without_a_lease(waiting: Waiting) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Illustration.objects.filter(pk=waiting().pk).update(status=Status.DRAWING)


def test_the_database_refuses_a_ready_row_without_a_picture(waiting: Waiting) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Illustration.objects.filter(pk=waiting().pk).update(status=Status.READY)


# Fences

ACTS: dict[str, Callable[[Illustration], object]] = {
    "finish": lambda row: queue.finish(row, picture="aa/late.webp"),
    "fail": lambda row: queue.fail(row, "engine_failed"),
    "hand back": lambda row: queue.hand_back(row, code="engine_failed"),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("status", [Status.STALE, Status.QUEUED, Status.DRAWING, None])
def test_who_lost_the_lease_changes_nothing(act: str, status: Status | None, waiting: Waiting) -> None:
    waiting()
    (held,) = claim()
    rows = Illustration.objects.filter(pk=held.pk)
    if status is None:
        rows.delete()
    elif status == Status.DRAWING:
        rows.update(token=uuid4(), worker="another:1")
    else:
        rows.update(status=status, token=None, lease_until=None)
    before = list(rows.values())
    assert queue.renew([held]) == {held.pk}
    assert not ACTS[act](held)
    assert list(rows.values()) == before


def test_renewing_moves_the_leases_of_what_is_held(waiting: Waiting) -> None:
    kept, lost = waiting("a"), waiting("b")
    held = claim(2)
    for row in held:
        expire(row)
    Illustration.objects.filter(pk=lost.pk).update(status=Status.STALE)
    assert queue.renew(held) == {lost.pk}
    assert row_of(kept).lease_until > timezone.now()
    assert not queue.sweep()


@pytest.mark.parametrize("act", ["finish", "fail", "supersede", "cancel", "sweep"])
def test_the_text_is_erased_when_the_drawing_ends(act: str, waiting: Waiting, settings: Any) -> None:
    row = waiting()
    assert row.text
    if act == "cancel":
        services.cancel(row.pk)
    elif act == "supersede":
        services.supersede([row.pk])
    else:
        settings.ATTEMPTS_MOST = 1
        (held,) = claim()
        if act == "sweep":
            expire(held)
            queue.sweep()
        else:
            ACTS[act](held)
    ended = row_of(row)
    assert not ended.is_unfinished
    assert (ended.text, ended.title, ended.token, ended.lease_until) == ("", "", None, None)
    assert ended.finished_at is not None


def test_a_sample_is_ready_and_shown_by_its_style_or_neither(waiting: Waiting) -> None:
    waiting(requester=SAMPLE_REQUESTER)
    (held,) = claim()
    name = f'UPDATE "{Style._meta.db_table}"'

    def refuse(execute: Any, sql: str, *args: Any) -> Any:
        if sql.startswith(name):
            raise OperationalError("the connection is lost")
        return execute(sql, *args)

    with connection.execute_wrapper(refuse), pytest.raises(OperationalError):
        queue.finish(held, picture="aa/sample.webp")
    assert row_of(held).status == Status.DRAWING
    assert queue.finish(held, picture="aa/sample.webp")
    assert Style.objects.get(pk=held.style_id).sample == "aa/sample.webp"


# Going back in the line


def test_the_first_try_is_repeated_at_once_and_later_ones_later_and_later(
    waiting: Waiting, settings: Any
) -> None:
    settings.RETRY_SECONDS = 10
    row = waiting()
    pauses = []
    for _ in range(settings.ATTEMPTS_MOST - 1):
        Illustration.objects.filter(pk=row.pk).update(run_after=timezone.now())
        (held,) = claim()
        expire(held)
        assert queue.sweep() == (held.attempts == 1), "a row that pauses is rung for later"
        pauses.append(round((row_of(row).run_after - timezone.now()).total_seconds()))
    assert pauses == [0, 10, 20, 40]


@pytest.mark.parametrize("way", ["sweep", "hand back"])
def test_the_last_attempt_is_the_last(way: str, waiting: Waiting, settings: Any) -> None:
    row = waiting(attempts=settings.ATTEMPTS_MOST - 1)
    (held,) = claim()
    if way == "sweep":
        expire(held)
        assert not queue.sweep()
    else:
        assert queue.hand_back(held, code="engine_failed")
    ended = row_of(row)
    code = "worker_lost" if way == "sweep" else "engine_failed"
    assert (ended.status, ended.failure_code, ended.attempts) == (Status.FAILED, code, settings.ATTEMPTS_MOST)


def test_a_lease_that_still_runs_is_left_alone(waiting: Waiting) -> None:
    waiting()
    (held,) = claim()
    assert not queue.sweep()
    assert row_of(held).status == Status.DRAWING


def test_a_sweep_rings_for_rows_that_wait_and_not_again_at_once(waiting: Waiting) -> None:
    row = waiting(rung_at=timezone.now() - timedelta(minutes=1))
    assert queue.sweep()
    assert not queue.sweep()
    Illustration.objects.filter(pk=row.pk).update(rung_at=None)
    assert queue.sweep()


# Tidying


def test_tidying_removes_old_files_that_no_row_names_and_no_others() -> None:
    kept = IllustrationFactory(ready=True)
    orphan = storage.save_picture(_square())
    young = storage.save_picture(_square())
    for name in (kept.picture, kept.thumbnail, *orphan):
        os.utime(storage.full_path(name), (0, 0))
    part = storage.full_path("aa/cut.part")
    part.parent.mkdir(exist_ok=True)
    part.write_bytes(b"half")
    os.utime(part, (0, 0))
    assert queue.tidy() == 3
    assert [storage.full_path(name).exists() for name in (*orphan, "aa/cut.part")] == [False] * 3
    assert all(storage.full_path(name).exists() for name in (kept.picture, kept.thumbnail, *young))


def test_tidying_forgets_workers_unseen_for_a_day() -> None:
    now = timezone.now()
    for name, hours in (("old:1", 25), ("young:2", 23)):
        Worker.objects.create(name=name, started_at=now, last_seen_at=now - timedelta(hours=hours))
    queue.tidy()
    assert list(Worker.objects.values_list("name", flat=True)) == ["young:2"]


def test_tidying_forgets_what_has_been_stale_for_a_day_and_keeps_the_page() -> None:
    page, now = EntryFactory(), timezone.now()
    kept = []
    for status in Status:
        lease = {"token": uuid4(), "lease_until": now} if status == Status.DRAWING else {}
        for hours in (25, 23):
            tie = EntryIllustrationFactory(
                entry=page,
                illustration__status=status,
                illustration__finished_at=now - timedelta(hours=hours),
                **{f"illustration__{name}": value for name, value in lease.items()},
            )
            if (status, hours) != (Status.STALE, 25):
                kept.append(tie.illustration)
    queue.tidy()
    assert set(page.drawings()) == set(Illustration.objects.all()) == set(kept)


def test_tidying_an_installation_without_pictures_is_fine(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "not yet"
    assert queue.tidy() == 0


def _square() -> Image.Image:
    return Image.new("RGB", (16, 16), (1, 2, 3))
