"""F1: a draw worker killed at any point loses nothing, and its drawing becomes one picture."""

from __future__ import annotations

import signal
import time
from pathlib import Path
from statistics import median
from typing import Any

import pytest
from django.db import connection

from diaries.models import User
from illustration import queue
from illustration.models import Illustration, Status
from tests.faults.diary import (
    SUBJECTS,
    check_pictures,
    save,
    status_of,
    stored_files,
    sweep_and_ring,
    unfinished,
)
from tests.processes import Workers, wait_until

POINTS = ["after_claim", "mid_step", "after_file", "before_commit", "after_commit"]
# What the clock's message and the sweep's own work may add on a busy machine.
LATENCY_SECONDS = 0.5
pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


@pytest.mark.timeout(400)
@pytest.mark.parametrize("point", POINTS)
def test_a_drawing_whose_worker_is_killed_becomes_one_picture(
    point: str, processes: Workers, author: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    worker = processes.draw(FAULT=point, FAULT_ONCE=tmp_path / "killed")
    page = save(author)
    assert worker.ended() == -signal.SIGKILL
    was_ready = status_of(page) == Status.READY
    assert was_ready == (point == "after_commit")
    worker.start()
    wait_until(lambda: status_of(page) == Status.READY, "the picture", meanwhile=sweep_and_ring)
    processes.wait_ready(worker)
    (row,) = Illustration.objects.all()
    assert row.attempts == (1 if was_ready else 2)
    check_pictures([page])
    # The files of the killed attempt belong to no row; the hourly tidying finds them once they are old.
    left = 2 if point in {"after_file", "before_commit"} else 0
    assert len(stored_files()) == 2 + left
    monkeypatch.setattr(queue, "ORPHAN_SECONDS", -60)
    assert queue.tidy() == left
    assert stored_files() == {row.picture, row.thumbnail}


@pytest.mark.soak
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("point", POINTS)
def test_a_hundred_workers_killed_at_one_point(
    point: str, processes: Workers, author: User, tmp_path: Path, settings: Any
) -> None:
    settings.LEASE_SECONDS, settings.SWEEP_SECONDS, rounds = 1.0, 0.5, 100
    mark = tmp_path / "killed"
    worker = processes.forked(FAULT=point, FAULT_ONCE=mark)
    light = processes.light()
    wait_until(lambda: "ready." in light.words(), "the light worker")
    pages, waited, back = [], [], []
    for number in range(rounds):
        mark.unlink(missing_ok=True)
        began = time.monotonic()
        page = save(author, SUBJECTS[number % len(SUBJECTS)])
        wait_until(lambda page=page: mark.exists() and status_of(page) == Status.READY, f"picture {number}")
        pages.append(page)
        waited.append(time.monotonic() - began)
        # The sweep that put the drawing back in the line wrote down when.
        back.append(page.drawings()[0].run_after.timestamp() - mark.stat().st_mtime)
    assert unfinished() == 0
    check_pictures(pages)
    again = point != "after_commit"
    tries = 2 if again else 1
    assert set(Illustration.objects.values_list("attempts", flat=True)) == {tries}
    kills = worker.words().count("deaths")
    assert kills >= rounds
    print(
        f"\nF1 {connection.vendor} {point}: {rounds} pictures, {kills} kills, 0 lost, 0 drawn twice;"
        f" seconds from save to picture: median {median(waited):.2f}, most {max(waited):.2f}"
    )
    if again:
        print(
            f"seconds from death to being back in the line: median {median(back):.2f}, most {max(back):.2f}"
            f" (lease {settings.LEASE_SECONDS:g} + sweep {settings.SWEEP_SECONDS:g})"
        )
        assert max(back) <= settings.LEASE_SECONDS + settings.SWEEP_SECONDS + LATENCY_SECONDS
