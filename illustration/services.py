"""The only door for other apps: request, supersede, retry, discard and position. Nothing here draws."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Value, When
from django.utils import timezone

from illustration import storage, tasks
from illustration.faults import point
from illustration.models import (
    FORGOTTEN,
    UNFINISHED,
    Illustration,
    Priority,
    Status,
    Style,
    Worker,
    transition,
)
from illustration.progress import Progress
from illustration.wishes import Wishes

logger = logging.getLogger(__name__)
SECONDS_A_PICTURE_AT_FIRST = 10.0
# The same seed would spoil the picture again.
SPOILT_BY_THE_SEED = ("black_picture", "not_a_number")
# From here on a drawing's own pace says more than that of those before it.
STEPS_THAT_TELL = 3


@dataclass(frozen=True)
class Position:
    """Place in line (1 = next) and estimated seconds until the picture is ready; None where nothing can draw.

    `style_unfit`: nothing can draw because every worker had to leave out the drawing's style.
    """

    place: int
    seconds: int | None
    style_unfit: bool = False


def request(
    *,
    text: str,
    title: str,
    weather: str,
    mood: str,
    style: Style,
    requester: str,
    priority: Priority = Priority.SAVED,
    seed: int | None = None,
    wishes: Wishes | None = None,
    at: datetime | None = None,
) -> Illustration:
    """Ask for a picture of a text; call it in the transaction that saves what the picture belongs to.

    The text and the wishes are kept only until the drawing ends. The seed is random unless given (0 to 2**63 - 1).
    Pictures that were asked for together share their moment, `at`; otherwise it is now.
    """
    now = at or timezone.now()
    recipe = style.recipe
    row = Illustration.objects.create(
        requester=requester,
        priority=priority,
        style=style,
        title=title,
        text=text,
        weather=weather,
        mood=mood,
        wishes=wishes.to_dict() if wishes else {},
        run_after=now,
        requested_at=now,
        rung_at=now,
        seed=secrets.randbelow(2**63) if seed is None else seed,
        scheduler=recipe.scheduler,
        steps=recipe.steps,
        guidance_scale=recipe.guidance_scale,
        width=settings.PICTURE_SIZE,
        height=settings.PICTURE_SIZE,
    )
    transaction.on_commit(ring)
    return row


def ring() -> None:
    """Wake a draw worker. A ring that fails is no error: the sweep rings again for every row that waits."""
    point("before_ring")
    try:
        tasks.ring()
    except Exception as error:
        logger.warning("could not ring the draw workers: %s", type(error).__name__)


def supersede(ids: Collection[UUID]) -> int:
    """Make unfinished drawings STALE because their text has changed; return how many were."""
    return _take_back(Illustration.objects.filter(pk__in=ids))


def clear_line(requester: str) -> int:
    """Make all unfinished drawings of one requester STALE; return how many were."""
    return _take_back(Illustration.objects.filter(requester=requester))


@transaction.atomic
def _take_back(rows: QuerySet[Illustration]) -> int:
    # Locked by key first, for an operator may take back some of the same rows.
    list(rows.filter(status__in=UNFINISHED).order_by("pk").select_for_update().values_list("pk"))
    # One UPDATE for both kinds: between two, a sweep could move a row from the one to the other.
    ended = {"finished_at": timezone.now(), "token": None, "lease_until": None, **FORGOTTEN}
    return transition(rows, UNFINISHED, Status.STALE, **ended)


def cancel(illustration_id: UUID) -> bool:
    """Take a drawing out of the line; False where it waits no longer."""
    rows = Illustration.objects.filter(pk=illustration_id)
    return bool(transition(rows, Status.QUEUED, Status.STALE, finished_at=timezone.now(), **FORGOTTEN))


def retry(
    *, illustration_id: UUID, text: str, title: str, weather: str, mood: str, wishes: Wishes | None = None
) -> bool:
    """Draw a failed drawing again, with the same row and style; False where it is not FAILED any more.

    The seed stays as well, unless it is what spoilt the picture.
    """
    now = timezone.now()
    other = Value(secrets.randbelow(2**63), output_field=BigIntegerField())
    moved = transition(
        Illustration.objects.filter(pk=illustration_id),
        Status.FAILED,
        Status.QUEUED,
        attempts=0,
        seed=Case(When(failure_code__in=SPOILT_BY_THE_SEED, then=other), default=F("seed")),
        width=settings.PICTURE_SIZE,
        height=settings.PICTURE_SIZE,
        failure_code="",
        run_after=now,
        requested_at=now,
        rung_at=now,
        finished_at=None,
        text=text,
        title=title,
        weather=weather,
        mood=mood,
        wishes=wishes.to_dict() if wishes else {},
    )
    if moved:
        transaction.on_commit(ring)
    return bool(moved)


def discard(ids: Collection[UUID]) -> int:
    """Delete drawings, rows now and files after the commit; a worker that holds one drops it at its next step."""
    with transaction.atomic():
        # Held, so that a worker cannot name a file between the reading of the names and the delete; in one order,
        # so that two who discard the same drawings never wait for each other.
        rows = Illustration.objects.select_for_update().filter(pk__in=ids).order_by("pk")
        names = [name for pair in rows.values_list("picture", "thumbnail") for name in pair if name]
        _, deleted = Illustration.objects.filter(pk__in=ids).delete()
        # What cannot be removed now, the hourly tidying removes.
        transaction.on_commit(lambda: storage.remove(names), robust=True)
    return deleted.get(Illustration._meta.label, 0)


def position(illustration: Illustration, *, done: Progress | None = None) -> Position:
    """Return a waiting drawing's place in the fair line and the seconds until it should be ready.

    The place of a drawing that waits no longer is 0; with `done`, how far it is, its seconds count down.
    """
    now = timezone.now()
    place = _place(illustration) if illustration.status == Status.QUEUED else 0
    known = list(Worker.objects.order_by("-last_seen_at"))
    alive = [worker for worker in known if worker.ready and worker.alive]
    workers = [worker for worker in alive if illustration.style.slug not in worker.unfit_styles]
    if not workers:
        return Position(place, None, style_unfit=bool(alive))
    # A worker that has drawn nothing yet is taken to be as fast as the last one that has.
    speeds = (worker.seconds_per_picture for worker in known if worker.seconds_per_picture)
    usual = next(speeds, SECONDS_A_PICTURE_AT_FIRST)
    drawing = Illustration.objects.filter(status=Status.DRAWING)
    mine = next((worker for worker in workers if worker.name == illustration.worker), None)
    if illustration.status == Status.DRAWING and mine is not None:
        if done and done.step >= STEPS_THAT_TELL and illustration.claimed_at:
            pace = (now - illustration.claimed_at).total_seconds() / done.step
            return Position(place, max(1, round(pace * (done.steps - done.step))))
        # The worker's seconds a picture are one picture's share; those drawn beside it take theirs.
        left = 1 - done.step / done.steps if done else 1.0
        company = drawing.filter(worker=mine.name).count()
        return Position(place, max(1, round(left * company * (mine.seconds_per_picture or usual))))
    pictures_a_second = sum(1 / (worker.seconds_per_picture or usual) for worker in workers)
    seconds = (max(place, 1) + drawing.count() / 2) / pictures_a_second
    pause = max((illustration.run_after - now).total_seconds(), 0)
    return Position(place, max(1, round(seconds + pause)))


def _place(row: Illustration) -> int:
    """Count who comes before a waiting row in the order in which rows are claimed; the next one's place is 1."""
    line = Illustration.objects.filter(status=Status.QUEUED)
    older = Q(requested_at__lt=row.requested_at) | Q(requested_at=row.requested_at, pk__lt=row.pk)
    turn = line.filter(older, priority=row.priority, requester=row.requester).count() + 1
    sooner = (
        Q(priority__lt=row.priority)
        | Q(priority=row.priority, turn__lt=turn)
        | Q(older, priority=row.priority, turn=turn)
    )
    return line.in_fair_order().filter(sooner).count() + 1


def can_draw() -> bool:
    """Whether any worker with a loaded engine was seen lately."""
    since = timezone.now() - timedelta(seconds=settings.LEASE_SECONDS)
    return Worker.objects.filter(ready=True, last_seen_at__gte=since).exists()


def waiting_count(requester: str) -> int:
    """How many drawings of one requester wait or are being drawn."""
    return Illustration.objects.filter(requester=requester, status__in=UNFINISHED).count()
