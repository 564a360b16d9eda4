"""F2 and F3: workers killed at random while pages are edited, and drawings that kill whoever draws them."""

from __future__ import annotations

import random
import signal
import time
from typing import Any

import pytest
from django.db import connection

from diaries.models import Entry, User
from illustration.models import Illustration, Status
from tests.factories import UserFactory
from tests.faults.diary import SUBJECTS, check_pictures, edit, save, stored_files, unfinished, unnamed_files
from tests.processes import Process, Workers, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


def deaths(crew: list[Process]) -> int:
    return sum(worker.words().count("deaths") for worker in crew)


def chaos(processes: Workers, *, pages: int, workers: int, kills: int, pause: float) -> dict[str, int]:
    """Save pages, edit them at random and kill workers at random until there were `kills`; then let all be drawn.

    Nobody is to be given up: a drawing whose worker was killed is tried alone from then on, so that a kill must hit
    that very drawing four times more. With a kill a second among four workers, and a third of a second for a drawing
    alone on a busy machine, that happens to one in some 20,000 of those that were hit once.
    """
    dice = random.Random(20261123)
    crew = [processes.forked(SMALL_ENGINE_STEP_SECONDS=0.02, ENGINE_CAPACITY=4) for _ in range(workers)]
    light = processes.light()
    wait_until(lambda: "ready." in light.words(), "the light worker")
    authors = [UserFactory() for _ in range(5)]
    saved: list[Entry] = []
    edits = 0
    last_kill = time.monotonic()
    while len(saved) < pages or deaths(crew) < kills:
        if len(saved) < pages:
            saved.append(save(dice.choice(authors), dice.choice(SUBJECTS)))
        else:
            edit(dice.choice(saved), dice.choice(SUBJECTS))
            edits += 1
        if len(saved) > 5 and dice.random() < 0.5 and len(saved) < pages:
            edit(dice.choice(saved), dice.choice(SUBJECTS))
            edits += 1
        if time.monotonic() - last_kill > pause:
            last_kill = time.monotonic()
            dice.choice(crew).signal(signal.SIGUSR1)
    wait_until(lambda: unfinished() == 0, "every page drawn", seconds=300)
    given_up = Illustration.objects.filter(status=Status.FAILED).values_list("failure_code", "attempts")
    assert list(given_up) == [], "an innocent drawing was given up"
    check_pictures(saved)
    assert Entry.objects.with_picture().filter(picture_id=None).count() == 0
    return {
        "pages": len(saved),
        "edits": edits,
        "kills": deaths(crew),
        "drawn again": Illustration.objects.filter(attempts__gt=1).count(),
        "attempts at most": max(Illustration.objects.values_list("attempts", flat=True)),
        "files left for tidying": len(unnamed_files()),
    }


@pytest.mark.timeout(500)
def test_random_kills_and_edits_lose_nothing(processes: Workers, settings: Any) -> None:
    settings.LEASE_SECONDS = 2.0
    figures = chaos(processes, pages=30, workers=3, kills=8, pause=1.0)
    assert figures["edits"] > 10


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_fifty_random_kills_and_edits_lose_nothing(processes: Workers, settings: Any) -> None:
    settings.LEASE_SECONDS = 2.0
    figures = chaos(processes, pages=400, workers=4, kills=60, pause=1.0)
    print(
        f"\nF2 {connection.vendor}: {figures}: 0 lost, 0 attached twice, every picture of its page's last text"
    )
    assert figures["kills"] >= 50


def draw_all(processes: Workers, author: User, others: list[User], *, poisoned: bool, **env: object) -> float:
    """Save everybody's page, the poisoned one first; return the seconds until the others' pictures are there."""
    poison = save(author, "elephant") if poisoned else None
    pages = [save(other, SUBJECTS[number % len(SUBJECTS)]) for number, other in enumerate(others)]
    began = time.monotonic()
    worker, light = processes.forked(**env), processes.light()
    ids = [page.pk for page in pages]
    waiting = Illustration.objects.filter(entry_tie__entry__in=ids).exclude(status=Status.READY)
    wait_until(lambda: not waiting.exists(), "the others' pictures", seconds=300)
    seconds = time.monotonic() - began
    if poison:
        row = poison.drawings()[0]
        wait_until(lambda: not poison.drawings()[0].is_unfinished, "the end of the poisoned drawing")
        row.refresh_from_db()
        assert (row.status, row.failure_code, row.attempts) == (Status.FAILED, "worker_lost", 5)
        assert row.text == ""
        assert deaths([worker]) >= 5
    worker.kill()
    light.kill()
    assert max(Illustration.objects.filter(entry_tie__entry__in=ids).values_list("attempts", flat=True)) <= 2
    check_pictures(Entry.objects.exclude(pk=poison.pk) if poison else Entry.objects.all())
    return seconds


@pytest.mark.timeout(400)
def test_a_poisoned_drawing_fails_after_five_deaths_and_the_others_are_drawn(
    processes: Workers, author: User
) -> None:
    draw_all(processes, author, [UserFactory() for _ in range(6)], poisoned=True, ENGINE_CAPACITY=3)
    assert stored_files()


@pytest.mark.soak
@pytest.mark.timeout(1800)
def test_a_poisoned_drawing_delays_the_others_at_most_twofold(processes: Workers, author: User) -> None:
    others = [UserFactory() for _ in range(60)]
    env = {"ENGINE_CAPACITY": 4, "SMALL_ENGINE_STEP_SECONDS": 0.4}
    alone = draw_all(processes, author, others, poisoned=False, **env)
    beside = draw_all(processes, author, others, poisoned=True, **env)
    print(
        f"\nF3 {connection.vendor}: 60 others drawn in {alone:.1f} s without and {beside:.1f} s with a poisoned one"
    )
    assert beside <= 2 * alone
