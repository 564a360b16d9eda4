"""Who holds several rows and who waits for one never do so in a circle: PostgreSQL would end one of the two."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.utils import timezone

from illustration import queue, services
from illustration.models import Illustration, Status
from tests.factories import IllustrationFactory
from tests.illustration.conftest import Waiting
from tests.processes import wait_until

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks no rows"),
]


@contextmanager
def held_by_another(row: Illustration) -> Iterator[None]:
    """Somebody else changes a row, and has not committed."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(f"SELECT id FROM {Illustration._meta.db_table} WHERE id = %s FOR UPDATE", [row.pk])
            yield
            cursor.execute("ROLLBACK")
    finally:
        other.close()


def check_waits_for_one_alone(
    act: Callable[[], Any], *, waits_for: Illustration, leaves_alone: Illustration
) -> Any:
    """While the act waits for the one row, the other one can be had; return the act's answer."""
    backends: list[int] = []
    answers: list[Any] = []

    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backends.extend(cursor.fetchone())
        answers.append(act())
        connection.close()

    def waits() -> bool:
        with connection.cursor() as cursor:
            cursor.execute("SELECT wait_event_type FROM pg_stat_activity WHERE pid = ANY(%s)", [backends])
            return cursor.fetchone() == ("Lock",)

    with held_by_another(waits_for):
        thread = threading.Thread(target=run)
        thread.start()
        wait_until(waits, "the act before the held row")
        with transaction.atomic():
            Illustration.objects.select_for_update(nowait=True).get(pk=leaves_alone.pk)
    thread.join()
    return answers[0]


def test_who_renews_holds_no_row_while_waiting_for_another(waiting: Waiting) -> None:
    first, second = waiting("a"), waiting("b")
    held = queue.claim(free=2, in_hand=[], worker="here:1")
    lost = check_waits_for_one_alone(lambda: queue.renew(held), waits_for=second, leaves_alone=first)
    assert lost == set()


def test_drawings_are_discarded_in_one_order(db: None) -> None:
    high, low = (IllustrationFactory(pk=UUID(int=number)) for number in (2, 1))
    discarded = check_waits_for_one_alone(
        lambda: services.discard([high.pk, low.pk]), waits_for=low, leaves_alone=high
    )
    assert discarded == 2


@pytest.mark.parametrize("act", ["superseded", "a writer's line"])
def test_drawings_are_taken_back_in_one_order(act: str, db: None) -> None:
    high, low = (IllustrationFactory(pk=UUID(int=number)) for number in (2, 1))
    taken_back = check_waits_for_one_alone(
        (lambda: services.supersede([high.pk, low.pk]))
        if act == "superseded"
        else (lambda: services.clear_line(high.requester)),
        waits_for=low,
        leaves_alone=high,
    )
    assert taken_back == 2


@pytest.mark.parametrize("status", [Status.DRAWING, Status.QUEUED])
def test_a_sweep_waits_for_nobody(status: Status, waiting: Waiting) -> None:
    rows = [waiting(requester) for requester in "ab"]
    if status == Status.DRAWING:
        queue.claim(free=2, in_hand=[], worker="here:1")
        Illustration.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    before = timezone.now()
    with held_by_another(rows[0]), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '10s'")
        assert queue.sweep()
    rung = Illustration.objects.filter(status=Status.QUEUED, rung_at__gte=before)
    assert list(rung) == [rows[1]]
    assert queue.sweep()
    assert set(rung.all()) == set(rows)
