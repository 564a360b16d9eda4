"""A draw worker's round, in this process, with the small engine: what becomes of each drawing and what is told."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError

from illustration import drawing, loader, queue, services, storage
from illustration.models import Illustration, Status, Style, Worker
from tests.faults.diary import stored_files, text_about
from tests.faults.small_engine import SmallEngine
from tests.illustration.conftest import Waiting

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_engine")]


def row_of(row: Illustration) -> Illustration:
    return Illustration.objects.get(pk=row.pk)


def at_step(number: int, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Do something right before the engine's n-th step."""
    step, count = SmallEngine.step, 0

    def counted(engine: SmallEngine) -> Any:
        nonlocal count
        count += 1
        if count == number:
            act()
        return step(engine)

    monkeypatch.setattr(SmallEngine, "step", counted)


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


def test_a_drawing_that_does_not_fit_the_second_time_fails_with_its_code(waiting: Waiting) -> None:
    row = waiting(text=text_about("piano"), width=512, height=512)
    assert drawing.draw_waiting() == 0
    done = row_of(row)
    assert (done.status, done.failure_code, done.attempts) == (Status.FAILED, "out_of_memory", 2)
    assert Worker.objects.get().last_problem == "drawing failed: out_of_memory"


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


@pytest.mark.parametrize("when", ["write", "second file"])
def test_a_full_disk_fails_the_drawing_and_leaves_no_file(
    when: str, waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync, count = os.fsync, 0

    def full(descriptor: int) -> None:
        nonlocal count
        count += 1
        if when == "write" or count == 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        fsync(descriptor)

    monkeypatch.setattr(storage.os, "fsync", full)
    row = waiting()
    assert drawing.draw_waiting() == 0
    done = row_of(row)
    assert (done.status, done.failure_code, done.picture) == (Status.FAILED, "storage_failed", "")
    assert stored_files() == set()
    assert Worker.objects.get().last_problem == "picture not stored: No space left on device"


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


# What the operator sees


def test_an_engine_that_cannot_load_is_told_and_the_rows_wait(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    missing = tmp_path / "unet.safetensors"
    monkeypatch.setenv("SMALL_ENGINE_MISSING", str(missing))
    row = waiting()
    assert drawing.draw_waiting() == 0
    worker = Worker.objects.get()
    assert (worker.ready, worker.last_problem) == (False, "missing_file: unet.safetensors is missing")
    assert (row_of(row).status, row_of(row).attempts) == (Status.QUEUED, 0)
    assert not services.can_draw()
    assert services.position(row).seconds is None
    missing.touch()
    assert drawing.draw_waiting() == 1
    worker.refresh_from_db()
    assert (worker.ready, worker.last_problem) == (True, "")


@pytest.mark.parametrize("name", ["ENGINE", "SCENE_READER"])
def test_a_wrong_name_in_the_settings_is_told_and_the_rows_wait(
    name: str, waiting: Waiting, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    loader._reader.cache_clear()
    setattr(settings, name, "illustration.no_such_module.Thing")
    row = waiting()
    assert drawing.draw_waiting() == 0
    loader._reader.cache_clear()
    assert Worker.objects.get().last_problem.startswith("ModuleNotFoundError")
    assert row_of(row).attempts == 0


def test_the_workers_row_tells_what_it_is_and_how_fast_it_draws(waiting: Waiting) -> None:
    for number in range(3):
        waiting(f"writer{number}")
    drawing.draw_waiting()
    worker = Worker.objects.get()
    assert worker.name.endswith(f":{os.getpid()}")
    assert (worker.device, worker.dtype, worker.capacity, worker.pictures_drawn) == ("cpu", "float32", 8, 3)
    assert worker.model.startswith("small ")
    assert worker.seconds_per_picture is not None
    assert worker.alive


def test_pictures_drawn_in_company_share_the_seconds(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMALL_ENGINE_STEP_SECONDS", "0.08")
    for number in range(4):
        waiting(f"writer{number}")
    told: list[float] = []
    monkeypatch.setattr(drawing.Presence, "drawn", lambda presence, *, seconds: told.append(seconds))
    drawing.draw_waiting()
    # Three steps of 0.08 s for all four: each picture has cost the worker a quarter of that.
    assert len(told) == 4
    assert sum(told) >= 0.24
    assert max(told) - min(told) < 0.01


def test_a_workers_row_that_was_tidied_away_comes_back(waiting: Waiting) -> None:
    waiting()
    drawing.draw_waiting()
    Worker.objects.all().delete()
    drawing._this_worker().presence._tell()
    worker = Worker.objects.get()
    assert (worker.ready, worker.device) == (True, "cpu")
    drawing.stopped()
    worker.refresh_from_db()
    assert not worker.ready


def test_a_new_style_is_drawn_once_the_engine_is_loaded_anew(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "LOOK_SECONDS", 0)
    old = waiting("a")
    added: list[Illustration] = []

    def add_style() -> None:
        ink = Style.objects.create(slug="ink", name_ko="먹", name_en="Ink", adapter_file="ink", trigger="ink")
        added.append(waiting("b", style=ink))

    at_step(2, add_style, monkeypatch)
    assert drawing.draw_waiting() == 2
    assert row_of(old).attempts == 1
    assert row_of(added[0]).prompt.startswith("ink, ")
