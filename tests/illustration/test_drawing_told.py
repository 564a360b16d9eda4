"""What a draw worker tells of itself, and what waits because it cannot draw it."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from illustration import drawing, loader, services
from illustration.models import Illustration, Status, Style, Worker
from tests.illustration.conftest import Waiting
from tests.illustration.rounds import at_step, row_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("small_engine")]


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


@pytest.mark.parametrize("text", loader.A_DAY_IN_EACH_LANGUAGE)
def test_a_reader_that_cannot_read_a_language_is_told_and_the_rows_wait(
    text: str, waiting: Waiting, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = loader.read

    def stumble(**day: Any) -> Any:
        if day["text"] == text:
            raise OSError("a dictionary is missing")
        return read(**day)

    monkeypatch.setattr(loader, "read", stumble)
    row = waiting()
    assert drawing.draw_waiting() == 0
    assert "a dictionary is missing" in Worker.objects.get().last_problem
    assert row_of(row).attempts == 0


def test_a_style_that_cannot_be_loaded_waits_and_the_others_are_drawn(
    waiting: Waiting, tmp_path: Path
) -> None:
    path = tmp_path / "ink.safetensors"
    ink = Style.objects.create(slug="ink", name_ko="먹", name_en="Ink", adapter_file=str(path), trigger="ink")
    waits, fine = waiting("a", style=ink), waiting("b")
    assert drawing.draw_waiting() == 1
    assert (row_of(waits).status, row_of(waits).attempts) == (Status.QUEUED, 0)
    assert row_of(fine).status == Status.READY
    worker = Worker.objects.get()
    assert (worker.ready, worker.last_problem) == (True, f"style ink: no file at {path}")
    assert services.position(row_of(waits)) == services.Position(1, None, style_unfit=True)
    assert services.position(waiting("c")).seconds is not None
    path.touch()
    assert drawing.draw_waiting() == 2
    assert row_of(waits).status == Status.READY
    assert Worker.objects.get().unfit_styles == []


def test_a_style_without_a_file_is_drawn_by_the_plain_model(waiting: Waiting) -> None:
    plain = Style.objects.create(slug="plain", name_ko="그냥", name_en="Plain", trigger="a drawing")
    row = waiting(style=plain)
    assert drawing.draw_waiting() == 1
    assert (row_of(row).adapter_hash, row_of(row).prompt.split(",")[0]) == ("", "a drawing")


def test_a_long_step_keeps_its_leases_and_a_stuck_one_ends_the_process(
    waiting: Waiting, monkeypatch: pytest.MonkeyPatch, settings: Any
) -> None:
    class Ended(BaseException):
        """Stands for the end of the process."""

    def end(status: int) -> None:
        raise Ended(status)

    monkeypatch.setattr(os, "_exit", end)
    row = waiting()

    def pulse_meanwhile() -> None:
        ran_out = timezone.now() - timedelta(seconds=1)
        Illustration.objects.update(lease_until=ran_out)
        drawing._this_worker().pulse()
        assert row_of(row).lease_until > ran_out
        settings.STEP_SECONDS_MOST = 0
        drawing._this_worker().pulse()

    at_step(2, pulse_meanwhile, monkeypatch)
    with pytest.raises(Ended, match="70"):
        drawing.draw_waiting()
    assert (Worker.objects.get().ready, Worker.objects.get().last_problem) == (False, "a step took too long")


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
        file = Style.objects.get(slug="crayon").adapter_file
        ink = Style.objects.create(slug="ink", name_ko="먹", name_en="Ink", adapter_file=file, trigger="ink")
        added.append(waiting("b", style=ink))

    at_step(2, add_style, monkeypatch)
    assert drawing.draw_waiting() == 2
    assert row_of(old).attempts == 1
    assert row_of(added[0]).prompt.startswith("ink, ")
