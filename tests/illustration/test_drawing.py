"""A draw worker's round, in this process, with the small engine: what becomes of each drawing."""

from __future__ import annotations

import errno
import os
from typing import Any

import pytest
from django.db import DatabaseError

from illustration import drawing, loader, queue, services, storage
from illustration.models import Illustration, Status, Worker
from tests.faults.diary import stored_files, text_about
from tests.faults.small_engine import SmallEngine
from tests.illustration.conftest import Waiting
from tests.illustration.rounds import at_step, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_engine")]


def test_what_waits_is_drawn_with_its_recipe_kept(waiting: Waiting) -> None:
    row = waiting(text=text_about("rabbit"), weather="rainy", seed=7)
    assert drawing.draw_waiting() == 1
    done = row_of(row)
    assert done.status == Status.READY
    assert done.prompt.startswith("crayon drawing, ")
    assert "a rabbit" in done.prompt
    assert "rainy" in done.prompt
    assert done.scene["language"] == "en"
    assert done.negative_prompt
    assert len(done.model_hash) == len(done.adapter_hash) == 16
    assert set(done.timings) == {"text", "denoise", "decode", "waited"}
    assert (done.seed, done.width, done.height, done.attempts) == (7, 64, 64, 1)
    assert stored_files() == {done.picture, done.thumbnail}
    assert done.claimed_at < done.finished_at


def test_a_round_draws_more_rows_than_the_engine_holds(waiting: Waiting, settings: Any) -> None:
    settings.ENGINE_CAPACITY = 2
    for number in range(5):
        waiting(f"writer{number}")
    assert drawing.draw_waiting() == 5
    assert drawing.draw_waiting() == 0


def test_rows_that_come_while_others_are_drawn_join_them(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "LOOK_SECONDS", 0)
    waiting()
    at_step(2, waiting, monkeypatch)
    assert drawing.draw_waiting() == 2


def test_a_worker_that_was_asked_to_stop_finishes_what_it_holds(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    settings.ENGINE_CAPACITY = 1
    first, second = waiting("a"), waiting("b")
    at_step(1, drawing.stop_admitting, monkeypatch)
    assert drawing.draw_waiting() == 1
    assert (row_of(first).status, row_of(second).status) == (Status.READY, Status.QUEUED)
    assert row_of(second).attempts == 0


@pytest.mark.parametrize("act", ["supersede", "discard"])
def test_a_drawing_taken_away_while_it_is_drawn_leaves_nothing(
    act: str, waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = waiting()
    at_step(3, lambda: getattr(services, act)([row.pk]), monkeypatch)
    assert drawing.draw_waiting() == 0
    assert stored_files() == set()
    assert list(Illustration.objects.values_list("status", "picture")) == (
        [] if act == "discard" else [("stale", "")]
    )


def test_a_drawing_taken_away_between_file_and_row_leaves_nothing(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = waiting()

    def take_away(name: str) -> None:
        if name == "after_file":
            assert len(stored_files()) == 2
            services.supersede([row.pk])

    monkeypatch.setattr(drawing, "point", take_away)
    assert drawing.draw_waiting() == 0
    assert stored_files() == set()
    assert row_of(row).status == Status.STALE


def test_a_lost_lease_is_noticed_at_the_next_look_and_the_drawing_dropped(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "RENEW_SECONDS", 0)
    monkeypatch.setenv("SMALL_ENGINE_STEPS", "50")
    row = waiting()
    dropped: list[str] = []
    drop = SmallEngine.drop
    monkeypatch.setattr(SmallEngine, "drop", lambda engine, key: (dropped.append(key), drop(engine, key))[1])
    steps = 0

    def take_away() -> None:
        dropped.clear()
        services.supersede([row.pk])

    at_step(2, take_away, monkeypatch)
    step = SmallEngine.step

    def counted(engine: SmallEngine) -> Any:
        nonlocal steps
        steps += 1
        return step(engine)

    monkeypatch.setattr(SmallEngine, "step", counted)
    assert drawing.draw_waiting() == 0
    assert dropped == [str(row.pk)]
    assert steps <= 4


# What goes wrong


def test_a_drawing_that_does_not_fit_the_memory_is_tried_once_more_and_smaller(waiting: Waiting) -> None:
    row = waiting(text=text_about("piano"), width=256, height=256)
    assert drawing.draw_waiting() == 1
    done = row_of(row)
    assert (done.status, done.attempts, done.width, done.height) == (Status.READY, 2, 192, 192)


def test_a_drawing_that_does_not_fit_the_second_time_fails_with_its_code(
    waiting: Waiting, settings: Any
) -> None:
    settings.PICTURE_SIZE = 512
    row = waiting(text=text_about("piano"), width=512, height=512)
    assert drawing.draw_waiting() == 0
    done = row_of(row)
    assert (done.status, done.failure_code, done.attempts) == (Status.FAILED, "out_of_memory", 2)
    assert Worker.objects.get().last_problem == "drawing failed: out_of_memory"


def test_drawings_that_did_not_fit_together_are_drawn_alone_at_their_size(
    waiting: Waiting, settings: Any
) -> None:
    settings.RETRY_SECONDS = 0
    rows = [waiting(name, text=text_about("piano"), width=192, height=192) for name in "ab"]
    other = waiting("c", text=text_about("turtle"), width=192, height=192)
    for _ in range(4):
        drawing.draw_waiting()
    assert [(row_of(row).status, row_of(row).width) for row in (*rows, other)] == [(Status.READY, 192)] * 3


def test_a_failure_of_the_whole_company_costs_the_others_one_try(waiting: Waiting, settings: Any) -> None:
    settings.RETRY_SECONDS = 0
    broken, fine = waiting("a", text=text_about("lion")), [waiting(name) for name in "bc"]
    for _ in range(settings.ATTEMPTS_MOST + 1):
        drawing.draw_waiting()
    assert [(row_of(row).status, row_of(row).attempts) for row in fine] == [(Status.READY, 2)] * 2
    done = row_of(broken)
    assert (done.status, done.failure_code, done.attempts) == (Status.FAILED, "engine_failed", 5)


def test_a_broken_step_ends_the_round_and_gives_everything_back(
    waiting: Waiting, caplog: pytest.LogCaptureFixture
) -> None:
    broken = waiting("a", text="I played the guitar with my secret friend Blorptang.")
    fine = waiting("b")
    assert drawing.draw_waiting() == 0
    assert {row_of(row).status for row in (broken, fine)} == {Status.QUEUED}
    assert "RuntimeError" in caplog.text
    assert "guitar" not in caplog.text
    assert Worker.objects.get().last_problem == "drawing stopped: RuntimeError"


def test_a_drawing_that_breaks_every_round_fails_and_the_others_are_drawn(
    waiting: Waiting, settings: Any
) -> None:
    settings.RETRY_SECONDS = 0
    broken = waiting("a", text=text_about("guitar"))
    fine = waiting("b")
    for _ in range(settings.ATTEMPTS_MOST + 1):
        drawing.draw_waiting()
    assert row_of(fine).status == Status.READY
    done = row_of(broken)
    assert (done.status, done.failure_code) == (Status.FAILED, "engine_failed")
    assert (done.attempts, done.text) == (settings.ATTEMPTS_MOST, "")


def test_a_text_that_cannot_be_read_fails_alone_and_is_not_told(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    read = loader.read

    def stumble(*, text: str, **rest: Any) -> Any:
        if "secret" in text:
            raise ValueError(text)
        return read(text=text, **rest)

    monkeypatch.setattr(loader, "read", stumble)
    strange, fine = waiting("a", text="my secret"), waiting("b")
    assert drawing.draw_waiting() == 1
    assert (row_of(strange).status, row_of(strange).failure_code) == (Status.FAILED, "unreadable_text")
    assert row_of(fine).status == Status.READY
    assert "secret" not in caplog.text


def test_a_lost_device_ends_the_process(waiting: Waiting, monkeypatch: pytest.MonkeyPatch) -> None:
    class Ended(BaseException):
        """Stands for the end of the process."""

    def end(status: int) -> None:
        raise Ended(status)

    monkeypatch.setattr(os, "_exit", end)
    waiting(text=text_about("monkey"))
    with pytest.raises(Ended, match="70"):
        drawing.draw_waiting()
    assert (Worker.objects.get().ready, Worker.objects.get().last_problem) == (False, "the device was lost")


@pytest.mark.parametrize(
    "when", ["at the start", "at the first picture", "at the thumbnail", "at their folder"]
)
def test_a_full_disk_leaves_no_file_and_costs_no_try(
    when: str, waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync, count = os.fsync, 0
    # The probe syncs a picture, a thumbnail and two folders first.
    refused = {"at the start": 1, "at the first picture": 5, "at the thumbnail": 6, "at their folder": 7}[
        when
    ]
    full = True

    def refuse(descriptor: int) -> None:
        nonlocal count
        count += 1
        if full and count >= refused:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(descriptor)

    monkeypatch.setattr(storage.os, "fsync", refuse)
    rows = [waiting(name) for name in "ab"]
    for _ in range(6):
        assert drawing.draw_waiting() == 0
    assert {(row_of(row).status, row_of(row).attempts) for row in rows} == {(Status.QUEUED, 0)}
    assert stored_files() == set()
    worker = Worker.objects.get()
    assert (worker.ready, "No space left on device" in worker.last_problem) == (False, True)
    full = False
    assert drawing.draw_waiting() == 2
    worker.refresh_from_db()
    assert (worker.ready, worker.last_problem) == (True, "")


def test_the_folder_is_tried_at_the_start_and_not_for_every_picture(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe, probes = storage.probe, 0

    def counted() -> None:
        nonlocal probes
        probes += 1
        probe()

    monkeypatch.setattr(storage, "probe", counted)
    for _ in range(3):
        waiting()
        assert drawing.draw_waiting() == 1
    assert probes == 1


def test_a_database_that_fails_at_the_commit_costs_a_try_and_no_picture(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish, count = queue.finish, 0

    def fail_once(row: Illustration, **result: object) -> bool:
        nonlocal count
        count += 1
        if count == 1:
            raise DatabaseError("the line was cut")
        return finish(row, **result)

    monkeypatch.setattr(queue, "finish", fail_once)
    row = waiting()
    assert drawing.draw_waiting() == 0
    assert row_of(row).status == Status.QUEUED
    assert drawing.draw_waiting() == 1
    assert (row_of(row).status, row_of(row).attempts) == (Status.READY, 2)
