"""The rows as a queue: claim, renew, hand back, finish, sweep. Each act is one conditional UPDATE."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Collection
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from illustration import storage
from illustration.faults import point
from illustration.models import Illustration, Status, transition

logger = logging.getLogger(__name__)
ORPHAN_SECONDS = 3600


def claim(*, free: int, in_hand: int, worker: str) -> list[Illustration]:
    """Claim up to `free` rows in fair order for a worker that already holds `in_hand` drawings.

    1. Read the next rows in fair order.
    2. A row with an attempt behind it may have killed its worker, so it is drawn alone: it is claimed only by
       empty hands, and it holds back the rows behind it until then.
    3. Take each row by one UPDATE; a row that another worker took first is left to it.
    """
    now = timezone.now()
    candidates = list(
        Illustration.objects.due(now).in_fair_order().values_list("pk", "attempts")[: max(free, 0)]
    )
    chosen: list[uuid.UUID] = []
    for pk, attempts in candidates:
        if attempts == 0:
            chosen.append(pk)
            continue
        if not chosen and not in_hand:
            chosen.append(pk)
        break
    tokens = {pk: token for pk in chosen if (token := _take(pk, worker))}
    if not tokens:
        return []
    rows = Illustration.objects.select_related("style").filter(token__in=tokens.values())
    claimed = sorted(rows, key=lambda row: chosen.index(row.pk))
    point("after_claim")
    return claimed


def _take(pk: uuid.UUID, worker: str) -> uuid.UUID | None:
    now, token = timezone.now(), uuid.uuid4()
    taken = transition(
        Illustration.objects.filter(pk=pk, run_after__lte=now),
        Status.QUEUED,
        Status.DRAWING,
        token=token,
        lease_until=now + timedelta(seconds=settings.LEASE_SECONDS),
        attempts=F("attempts") + 1,
        claimed_at=now,
        worker=worker,
    )
    return token if taken else None


def renew(held: Collection[Illustration]) -> set[uuid.UUID]:
    """Renew the leases of drawings in hand; return the ids that are lost: superseded, deleted or taken over."""
    until = timezone.now() + timedelta(seconds=settings.LEASE_SECONDS)
    return {
        row.pk
        for row in held
        if not Illustration.objects.filter(pk=row.pk, token=row.token, status=Status.DRAWING).update(
            lease_until=until
        )
    }


def finish(row: Illustration, **result: object) -> bool:
    """Make a drawing READY where it is still held; False means that its result must be thrown away."""
    point("before_commit")
    done = transition(_held(row), Status.DRAWING, Status.READY, **_ended(), failure_code="", **result)
    point("after_commit")
    return bool(done)


def fail(row: Illustration, code: str) -> bool:
    """Make a drawing FAILED with a code where it is still held."""
    return bool(transition(_held(row), Status.DRAWING, Status.FAILED, **_ended(), failure_code=code))


def hand_back(row: Illustration, **changes: object) -> bool:
    """Put a held drawing back in the line at once, for one more try."""
    return bool(
        transition(
            _held(row), Status.DRAWING, Status.QUEUED, token=None, lease_until=None, rung_at=None, **changes
        )
    )


def _held(row: Illustration):  # type: ignore[no-untyped-def]
    return Illustration.objects.filter(pk=row.pk, token=row.token)


def _ended() -> dict[str, object]:
    return {"finished_at": timezone.now(), "token": None, "lease_until": None, "text": "", "title": ""}


def sweep() -> bool:
    """Repair what dead processes left, and say whether somebody must ring. Safe to run anywhere, any number of times.

    1. A lease that ran out with every attempt used up: FAILED.
    2. Any other lease that ran out: back in the line; at once after the first attempt, then later and later.
    3. A row that waits and was not rung for lately: ring.
    """
    now = timezone.now()
    expired = Illustration.objects.filter(lease_until__lt=now)
    failed = transition(
        expired.filter(attempts__gte=settings.ATTEMPTS_MOST),
        Status.DRAWING,
        Status.FAILED,
        **_ended(),
        failure_code="worker_lost",
    )
    back = 0
    for attempts in range(settings.ATTEMPTS_MOST):
        pause = 0 if attempts <= 1 else settings.RETRY_SECONDS * 2 ** (attempts - 2)
        back += transition(
            expired.filter(attempts=attempts),
            Status.DRAWING,
            Status.QUEUED,
            token=None,
            lease_until=None,
            rung_at=None,
            run_after=now + timedelta(seconds=pause),
        )
    if failed or back:
        logger.warning("sweep: %d drawings back in the line, %d given up", back, failed)
    quiet = now - timedelta(seconds=settings.SWEEP_SECONDS)
    waiting = Illustration.objects.due(now).filter(Q(rung_at__isnull=True) | Q(rung_at__lt=quiet))
    return bool(waiting.update(rung_at=now))


def tidy() -> int:
    """Remove stored files older than an hour that no row names; return how many."""
    names = list(storage.stored_before(ORPHAN_SECONDS))
    orphans = set(names)
    for start in range(0, len(names), 500):
        part = names[start : start + 500]
        for pair in Illustration.objects.filter(Q(picture__in=part) | Q(thumbnail__in=part)).values_list(
            "picture", "thumbnail"
        ):
            orphans.difference_update(pair)
    storage.remove(orphans)
    return len(orphans)
