"""The rows as a queue: claim, renew, hand back, finish, sweep. Each act is one conditional UPDATE."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from itertools import chain

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from illustration import storage
from illustration.faults import point
from illustration.models import (
    FORGOTTEN,
    SAMPLE_REQUESTER,
    Illustration,
    IllustrationQuerySet,
    Status,
    Style,
    Worker,
    transition,
)

logger = logging.getLogger(__name__)
ORPHAN_SECONDS = 3600
FORGET_WORKER_SECONDS = FORGET_STALE_SECONDS = 86_400


def claim(
    *, free: int, in_hand: Collection[Illustration], worker: str, styles: Collection[str] | None = None
) -> list[Illustration]:
    """Claim up to `free` rows in fair order for a worker that already holds `in_hand`.

    `styles` are the short names of those that the worker can draw; None stands for every style.

    1. Read the next rows in fair order.
    2. A row with an attempt behind it may have killed its worker, so it is drawn alone: only empty hands claim
       it, nothing joins it, and it holds back the rows behind it until then.
    3. Take each row by one UPDATE; a row that another worker took first is left to it. Where others took every
       row, read the line again: a worker that rested now would leave the rows behind them to the next sweep.
    """
    if free < 1 or any(row.attempts > 1 for row in in_hand):
        return []
    taken: dict[uuid.UUID, uuid.UUID] = {}
    while not taken:
        chosen = _choose(free, in_hand, styles)
        if not chosen:
            return []
        taken = {pk: token for pk in chosen if (token := _take(pk, worker))}
    rows = Illustration.objects.select_related("style").filter(pk__in=taken, token__in=taken.values())
    claimed = sorted(rows, key=lambda row: chosen.index(row.pk))
    point("after_claim")
    return claimed


def _choose(free: int, in_hand: Collection[Illustration], styles: Collection[str] | None) -> list[uuid.UUID]:
    due = Illustration.objects.due(timezone.now())
    line = (due if styles is None else due.filter(style__slug__in=styles)).in_fair_order()
    chosen: list[uuid.UUID] = []
    for pk, attempts in line.values_list("pk", "attempts")[:free]:
        if attempts and (chosen or in_hand):
            break
        chosen.append(pk)
        if attempts:
            break
    return chosen


def _take(pk: uuid.UUID, worker: str) -> uuid.UUID | None:
    now, token = timezone.now(), uuid.uuid4()
    taken = transition(
        Illustration.objects.due(now).filter(pk=pk),
        Status.QUEUED,
        Status.DRAWING,
        token=token,
        lease_until=_lease(now),
        attempts=F("attempts") + 1,
        claimed_at=now,
        worker=worker,
    )
    return token if taken else None


def renew(held: Collection[Illustration]) -> set[uuid.UUID]:
    """Renew the leases of drawings in hand; return the ids that are lost: superseded, deleted or taken over."""
    lease = _lease(timezone.now())
    # One row at a time: who holds no row while waiting for another cannot deadlock with a writer's many.
    return {row.pk for row in held if not _held(row).filter(status=Status.DRAWING).update(lease_until=lease)}


def finish(row: Illustration, **result: object) -> bool:
    """Make a drawing READY where it is still held; False means that its result must be thrown away."""
    point("before_commit")
    with transaction.atomic():
        done = transition(_held(row), Status.DRAWING, Status.READY, **_ended(), failure_code="", **result)
        if done and row.requester == SAMPLE_REQUESTER:
            Style.objects.filter(pk=row.style_id).update(sample=result["picture"])
    point("after_commit")
    return bool(done)


def fail(row: Illustration, code: str) -> bool:
    """Make a drawing FAILED with a code where it is still held."""
    return bool(transition(_held(row), Status.DRAWING, Status.FAILED, **_ended(), failure_code=code))


def hand_back(row: Illustration, *, code: str, counted: bool = True, **changes: object) -> bool:
    """Put a held drawing back in the line for one more try; FAILED with the code where the last one is used up.

    A try that says nothing about the drawing itself is not counted.
    """
    if not counted:
        changes["attempts"] = row.attempts - 1
    elif row.attempts >= settings.ATTEMPTS_MOST:
        return fail(row, code)
    waiting = _waiting(timezone.now(), row.attempts)
    return bool(transition(_held(row), Status.DRAWING, Status.QUEUED, **waiting, **changes))


@transaction.atomic
def sweep() -> bool:
    """Repair what dead processes left, and say whether somebody must ring. Safe to run anywhere, any number of times.

    1. A lease that ran out with every attempt used up: FAILED.
    2. Any other lease that ran out: back in the line; at once after the first attempt, then later and later.
    3. A row that waits and was not rung for lately: ring.
    """
    now = timezone.now()
    expired = Illustration.objects.filter(lease_until__lt=now)
    failed = transition(
        _unlocked(expired.filter(attempts__gte=settings.ATTEMPTS_MOST)),
        Status.DRAWING,
        Status.FAILED,
        **_ended(),
        failure_code="worker_lost",
    )
    back = sum(
        transition(
            _unlocked(expired.filter(attempts=attempts)),
            Status.DRAWING,
            Status.QUEUED,
            **_waiting(now, attempts),
        )
        for attempts in range(1, settings.ATTEMPTS_MOST)
    )
    if failed or back:
        logger.warning("sweep: %d drawings back in the line, %d given up", back, failed)
    # Half the pace: a row that the last sweep just missed must not wait for two more.
    quiet = now - timedelta(seconds=settings.SWEEP_SECONDS / 2)
    waiting = Illustration.objects.due(now).filter(Q(rung_at__isnull=True) | Q(rung_at__lt=quiet))
    return bool(_unlocked(waiting).update(rung_at=now))


def tidy() -> int:
    """Forget workers unseen for a day, drawings STALE for a day, and stored files older than an hour of no row.

    Return how many files were removed.
    """
    now = timezone.now()
    Worker.objects.filter(last_seen_at__lt=now - timedelta(seconds=FORGET_WORKER_SECONDS)).delete()
    _forget_stale(now - timedelta(seconds=FORGET_STALE_SECONDS))
    return storage.remove_orphans(ORPHAN_SECONDS, _named)


def _named(names: list[str]) -> Iterator[str]:
    rows = Illustration.objects.filter(Q(picture__in=names) | Q(thumbnail__in=names))
    return chain.from_iterable(rows.values_list("picture", "thumbnail"))


def _forget_stale(before: datetime) -> None:
    """Delete what was superseded or cancelled: it has no picture, and every edit of a waiting page leaves one."""
    old = Illustration.objects.filter(status=Status.STALE, finished_at__lt=before)
    # One by one, so that a writer never waits long for the only pen of SQLite, nor for many rows elsewhere.
    for pk in old.values_list("pk", flat=True):
        with transaction.atomic():
            for row in old.filter(pk=pk).select_for_update(skip_locked=True):
                row.delete()


def _unlocked(rows: IllustrationQuerySet) -> IllustrationQuerySet:
    """Hold those rows that nobody else holds. The others are being changed; waiting for them could deadlock."""
    free = rows.select_for_update(skip_locked=True, no_key=True).values("pk")
    return Illustration.objects.filter(pk__in=free)


def _held(row: Illustration) -> IllustrationQuerySet:
    return Illustration.objects.filter(pk=row.pk, token=row.token)


def _lease(now: datetime) -> datetime:
    return now + timedelta(seconds=settings.LEASE_SECONDS)


def _ended() -> dict[str, object]:
    return {"finished_at": timezone.now(), "token": None, "lease_until": None, **FORGOTTEN}


def _waiting(now: datetime, attempts: int) -> dict[str, object]:
    """What a row is that goes back in the line; the pause doubles from the second attempt on."""
    pause = 0 if attempts <= 1 else settings.RETRY_SECONDS * 2 ** (attempts - 2)
    return {
        "token": None,
        "lease_until": None,
        "rung_at": None,
        "run_after": now + timedelta(seconds=pause),
    }
