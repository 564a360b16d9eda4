"""The door for other apps: asking, taking back, places in line, and a ring that may fail."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

import pytest
import redis
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from illustration import queue, services, storage
from illustration.models import Illustration, Priority, Status, Style, Worker
from illustration.progress import Progress
from tests.conftest import use_redis
from tests.factories import IllustrationFactory
from tests.illustration.conftest import Waiting

pytestmark = pytest.mark.django_db


def ask(style: Style, **fields: Any) -> Illustration:
    given = {"text": "a day", "title": "", "weather": "", "mood": "", "requester": "somebody"} | fields
    return services.request(style=style, **given)


# Asking


def test_a_request_takes_its_recipe_from_the_style(style: Style, settings: Any) -> None:
    style.steps, style.guidance_scale, style.scheduler = 12, 6.5, "ddim"
    row = ask(style, text="오늘은 비가 왔다", seed=5)
    row.refresh_from_db()
    assert (row.steps, row.guidance_scale, row.scheduler, row.seed) == (12, 6.5, "ddim", 5)
    assert (row.status, row.text, row.attempts) == (Status.QUEUED, "오늘은 비가 왔다", 0)
    assert (row.width, row.height) == (settings.PICTURE_SIZE, settings.PICTURE_SIZE)


def test_seeds_differ_unless_given(style: Style) -> None:
    seeds = {ask(style).seed for _ in range(10)}
    assert len(seeds) == 10
    assert all(0 <= seed < 2**63 for seed in seeds)


def test_the_ring_comes_after_the_commit(
    style: Style, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(services.tasks, "ring", lambda: rung.append(True))
    with django_capture_on_commit_callbacks(execute=True):
        ask(style)
        assert rung == []
    assert rung == [True]


def test_superseding_ends_what_is_unfinished_and_nothing_else(waiting: Waiting) -> None:
    queued, drawn = waiting("a"), waiting("b")
    (held,) = queue.claim(free=1, in_hand=[], worker="here:1")
    done = IllustrationFactory(ready=True)
    assert held == queued
    assert services.supersede([queued.pk, drawn.pk, done.pk]) == 2
    assert dict(Illustration.objects.values_list("pk", "status")) == {
        queued.pk: Status.STALE,
        drawn.pk: Status.STALE,
        done.pk: Status.READY,
    }


def test_only_a_waiting_drawing_can_be_cancelled(waiting: Waiting) -> None:
    first, second = waiting("a"), waiting("b")
    queue.claim(free=1, in_hand=[], worker="here:1")
    assert not services.cancel(first.pk)
    assert services.cancel(second.pk)
    assert not services.cancel(second.pk)


def test_a_retry_is_the_same_row_and_seed_with_new_attempts() -> None:
    row = IllustrationFactory(failed=True, seed=99)
    again = {"text": "the text", "title": "t", "weather": "rainy", "mood": "calm"}
    assert services.retry(illustration_id=row.pk, **again)
    assert not services.retry(illustration_id=row.pk, **again), "it waits already"
    row.refresh_from_db()
    assert (row.status, row.seed, row.attempts, row.failure_code) == (Status.QUEUED, 99, 0, "")
    assert (row.text, row.weather, row.mood, row.finished_at) == ("the text", "rainy", "calm", None)


@pytest.mark.parametrize("code", services.SPOILT_BY_THE_SEED)
def test_what_its_seed_spoilt_is_drawn_again_with_another(code: str) -> None:
    row = IllustrationFactory(failed=True, seed=99, failure_code=code)
    assert services.retry(illustration_id=row.pk, text="", title="", weather="", mood="")
    row.refresh_from_db()
    assert row.status == Status.QUEUED
    assert row.seed != 99


def test_discarding_removes_rows_at_once_and_files_after_the_commit(
    django_capture_on_commit_callbacks: Any,
) -> None:
    gone, kept = IllustrationFactory(ready=True), IllustrationFactory(ready=True)
    with django_capture_on_commit_callbacks(execute=True):
        assert services.discard([gone.pk]) == 1
        assert storage.full_path(gone.picture).exists()
    assert not storage.full_path(gone.picture).exists()
    assert not storage.full_path(gone.thumbnail).exists()
    assert storage.full_path(kept.picture).exists()
    assert list(Illustration.objects.all()) == [kept]


# Places in line


def worker(name: str = "here:1", **fields: Any) -> Worker:
    now = timezone.now()
    return Worker.objects.create(
        **{"name": name, "started_at": now, "last_seen_at": now, "ready": True} | fields
    )


def places(rows: list[Illustration]) -> list[int]:
    return [services.position(row).place for row in rows]


def test_places_are_the_order_in_which_rows_are_claimed(waiting: Waiting) -> None:
    dice = Random(3)
    rows = [waiting(dice.choice("abcd"), priority=dice.choice(list(Priority)), attempts=0) for _ in range(40)]
    # Some asked in the very same moment.
    Illustration.objects.filter(pk__in=[row.pk for row in rows[::4]]).update(requested_at=timezone.now())
    rows = list(Illustration.objects.all())
    claimed = queue.claim(free=40, in_hand=[], worker="here:1")
    Illustration.objects.update(status=Status.QUEUED, token=None, lease_until=None)
    by_id = {row.pk: row for row in rows}
    assert places([by_id[row.pk] for row in claimed]) == list(range(1, 41))


def test_the_estimate_follows_the_measured_speed(waiting: Waiting) -> None:
    rows = [waiting(f"writer{number}") for number in range(4)]
    assert services.position(rows[3]).seconds is None, "nobody can draw"
    worker(seconds_per_picture=5.0)
    assert services.position(rows[3]) == services.Position(4, 20)
    worker("here:2", seconds_per_picture=5.0)
    assert services.position(rows[3]) == services.Position(4, 10)


def test_a_worker_without_pictures_is_taken_to_be_as_fast_as_the_last_one(waiting: Waiting) -> None:
    row = waiting()
    worker()
    assert services.position(row).seconds == services.SECONDS_A_PICTURE_AT_FIRST
    worker("gone:1", ready=False, seconds_per_picture=3.0, last_seen_at=timezone.now() - timedelta(hours=1))
    assert services.position(row).seconds == 3


def test_dead_and_unloaded_workers_promise_nothing(waiting: Waiting, settings: Any) -> None:
    row = waiting()
    silent = timezone.now() - timedelta(seconds=settings.LEASE_SECONDS + 1)
    worker("dead:1", last_seen_at=silent)
    worker("loading:1", ready=False)
    assert services.position(row).seconds is None
    assert not services.can_draw()
    worker("here:1")
    assert services.can_draw()


def test_the_seconds_of_a_drawing_count_down_with_its_steps(waiting: Waiting) -> None:
    waiting()
    worker(seconds_per_picture=20.0)
    (held,) = queue.claim(free=1, in_hand=[], worker="here:1")
    assert services.position(held) == services.Position(0, 20), "nothing is told of its steps yet"
    told = [services.position(held, done=Progress(step, 20, "")).seconds for step in (0, 1, 2)]
    assert told == [20, 19, 18]
    held.claimed_at = timezone.now() - timedelta(seconds=60)
    told = [services.position(held, done=Progress(step, 20, "")).seconds for step in (10, 19, 20)]
    assert told == [60, 3, 1], "its own pace, however fast those before it were"


def test_a_drawing_waits_for_those_drawn_beside_it_and_for_no_others(waiting: Waiting) -> None:
    for name in "abc":
        waiting(name)
    worker(seconds_per_picture=20.0)
    worker("here:2", seconds_per_picture=2.0)
    held, _beside = queue.claim(free=2, in_hand=[], worker="here:1")
    (elsewhere,) = queue.claim(free=1, in_hand=[], worker="here:2")
    first = Progress(1, 20, "")
    assert services.position(held, done=first).seconds == 38
    assert services.position(elsewhere, done=first).seconds == 2


def test_a_place_among_a_thousand_costs_a_few_queries(waiting: Waiting, style: Style) -> None:
    now = timezone.now()
    Illustration.objects.bulk_create(
        IllustrationFactory.build(
            requester=f"writer{number % 70}", style=style, requested_at=now, run_after=now
        )
        for number in range(1000)
    )
    last = waiting("writer1", priority=Priority.IMPORTED)
    with CaptureQueriesContext(connection) as queries:
        assert services.position(last).place == 1001
    assert len(queries) <= 4


# The ring


@pytest.fixture
def black_hole() -> Iterator[str]:
    """A server that accepts and never answers."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.fixture
def refusing() -> str:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"redis://127.0.0.1:{probe.getsockname()[1]}/0"


# Without its timeouts a ring into the black hole would take more than a minute.
@pytest.mark.timeout(40)
@pytest.mark.parametrize("broker", ["black_hole", "refusing", "unix socket"])
def test_a_ring_that_fails_is_harmless_and_ends(
    broker: str, request: pytest.FixtureRequest, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    url = "unix:///nowhere/broker.sock" if broker == "unix socket" else request.getfixturevalue(broker)
    use_redis(settings, url)
    services.ring()
    services.ring()
    assert caplog.text.count("could not ring the draw workers: OperationalError") == 2


def test_a_ring_names_nothing_and_nobody(redis_url: str, settings: Any, style: Style) -> None:
    use_redis(settings, redis_url)
    server = redis.Redis.from_url(redis_url)
    server.delete("draw")
    ask(style, text="a secret text", requester="a secret writer")
    services.ring()
    (message,) = server.lrange("draw", 0, -1)
    server.delete("draw")
    assert b"illustration.tasks.draw_waiting" in message
    assert b"secret" not in message
