"""F15 and F16: a page edited, deleted or whose writer leaves, and a worker told to stop, while a picture is drawn."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from diaries.models import Entry, User
from diaries.services import drawings, entries
from diaries.services.accounts import delete_account
from illustration.models import Illustration, Status, Worker
from tests.faults.diary import check_pictures, edit, save, status_of, stored_files, sweep_and_ring, unfinished
from tests.processes import Process, Workers, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]


@pytest.fixture
def gate(tmp_path: Path) -> Path:
    """While this file is missing, drawings in hand stay where they are."""
    return tmp_path / "gate"


@pytest.fixture
def painter(processes: Workers, gate: Path) -> Process:
    return processes.draw(SMALL_ENGINE_GATE=gate, ENGINE_CAPACITY=1)


def being_drawn(author: User) -> Entry:
    """Save a page and wait until it is in a worker's hand."""
    page = save(author, "cat")
    wait_until(lambda: status_of(page) == Status.DRAWING, "the drawing's begin")
    return page


def draws_on(gate: Path, author: User) -> Entry:
    """Open the gate; a page saved now is drawn after whatever was in hand has ended."""
    gate.touch()
    page = save(author, "duck")
    wait_until(lambda: status_of(page) == Status.READY, "the next picture", meanwhile=sweep_and_ring)
    return page


def test_a_page_edited_while_it_is_drawn_gets_the_new_picture_alone(
    painter: Process, gate: Path, author: User
) -> None:
    page = being_drawn(author)
    edited = edit(page, "rabbit")
    next_page = draws_on(gate, author)
    wait_until(lambda: unfinished() == 0, "both drawn")
    check_pictures([edited, next_page])
    assert sorted(row.status for row in page.drawings()) == [Status.READY, Status.STALE]
    assert len(stored_files()) == 4


def test_a_page_deleted_while_it_is_drawn_leaves_nothing(painter: Process, gate: Path, author: User) -> None:
    page = being_drawn(author)
    entries.delete_entry(entry=page)
    next_page = draws_on(gate, author)
    assert list(Illustration.objects.all()) == list(next_page.drawings())
    check_pictures([next_page])
    assert len(stored_files()) == 2


def test_one_drawing_deleted_while_it_is_drawn_leaves_nothing(
    painter: Process, gate: Path, author: User
) -> None:
    page = being_drawn(author)
    drawings.delete_drawing(entry=page, illustration_id=page.drawings()[0].pk)
    next_page = draws_on(gate, author)
    assert not page.drawings().exists()
    assert len(stored_files()) == 2
    check_pictures([next_page])


def test_an_account_deleted_while_its_page_is_drawn_leaves_nothing(
    painter: Process, gate: Path, author: User, stranger: User
) -> None:
    being_drawn(author)
    save(author)
    delete_account(user=author)
    next_page = draws_on(gate, stranger)
    assert list(Illustration.objects.all()) == list(next_page.drawings())
    assert len(stored_files()) == 2


def stopped_worker(process: Process) -> None:
    """The worker has ended in order and said so."""
    assert process.ended() == 0, process.words()[-2000:]
    assert not Worker.objects.get(name__endswith=f":{process.pid}").ready


def test_a_worker_told_to_stop_finishes_its_picture_and_takes_no_other(
    painter: Process, gate: Path, author: User
) -> None:
    page = being_drawn(author)
    waiting = save(author, "horse")
    painter.signal(signal.SIGTERM)
    wait_until(lambda: "Warm shutdown" in painter.words(), "the worker's answer to TERM")
    assert status_of(page) == Status.DRAWING
    gate.touch()
    stopped_worker(painter)
    assert (status_of(page), status_of(waiting)) == (Status.READY, Status.QUEUED)
    assert waiting.drawings()[0].attempts == 0
    painter.start()
    wait_until(lambda: status_of(waiting) == Status.READY, "the other one, by the worker after it")
    check_pictures([page, waiting])
    assert set(Illustration.objects.values_list("attempts", flat=True)) == {1}


def test_a_worker_told_to_stop_while_it_draws_what_waited_at_its_start_does_the_same(
    processes: Workers, gate: Path, author: User
) -> None:
    page, waiting = save(author, "cat"), save(author, "horse")
    painter = processes.draw(SMALL_ENGINE_GATE=gate, ENGINE_CAPACITY=1)
    wait_until(lambda: status_of(page) == Status.DRAWING, "the drawing's begin")
    painter.signal(signal.SIGTERM)
    wait_until(lambda: "Warm shutdown" in painter.words(), "the worker's answer to TERM")
    gate.touch()
    stopped_worker(painter)
    assert (status_of(page), status_of(waiting)) == (Status.READY, Status.QUEUED)


def test_a_worker_told_to_stop_with_empty_hands_stops_at_once(painter: Process) -> None:
    painter.signal(signal.SIGTERM)
    stopped_worker(painter)


def test_a_command_told_to_stop_finishes_its_picture(processes: Workers, gate: Path, author: User) -> None:
    command = processes.manage("draw_waiting", "--loop", SMALL_ENGINE_GATE=gate, ENGINE_CAPACITY=1)
    page = being_drawn(author)
    waiting = save(author, "horse")
    command.signal(signal.SIGTERM)
    gate.touch()
    stopped_worker(command)
    assert (status_of(page), status_of(waiting)) == (Status.READY, Status.QUEUED)
