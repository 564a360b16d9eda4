"""Figures of the drawing line for operators: how many wait, how fast it goes, what fails. No words of any diary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Min
from django.db.models.functions import TruncDate
from django.utils import timezone

from illustration.models import SAMPLE_REQUESTER, Illustration, Status, Style, Worker

DAYS = 14
PICTURES_MEASURED = 1000


@dataclass(frozen=True)
class Spread:
    """Seconds that half (p50) and nineteen of twenty (p95) pictures stayed under; None where none was drawn."""

    p50: float | None
    p95: float | None


@dataclass(frozen=True)
class Bar:
    """One day's pictures of one style, placed in a drawing 100 wide and 40 high."""

    style: str
    series: int
    count: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Day:
    """One day's pictures."""

    date: date
    total: int
    x: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Overview:
    """What an operator wants to know at a glance."""

    waiting: int
    drawing: int
    oldest: datetime | None
    days: tuple[Day, ...]
    most_a_day: int
    styles: tuple[tuple[int, str, int], ...]
    asked_to_ready: Spread
    drawn_in: Spread
    failures: tuple[tuple[str, int, int], ...]
    workers: tuple[Worker, ...]
    workers_alive: int


def overview() -> Overview:
    """Read every figure: the line as it is now, pictures and failures of the last 14 days."""
    now = timezone.now()
    waiting = Illustration.objects.filter(status=Status.QUEUED)
    days, styles, most = _days(timezone.localdate(now))
    asked, drawn = _seconds(now - timedelta(days=DAYS))
    workers = tuple(Worker.objects.all()[:50])
    return Overview(
        waiting=waiting.count(),
        drawing=Illustration.objects.filter(status=Status.DRAWING).count(),
        oldest=waiting.aggregate(oldest=Min("requested_at"))["oldest"],
        days=days,
        most_a_day=most,
        styles=styles,
        asked_to_ready=asked,
        drawn_in=drawn,
        failures=_failures(now - timedelta(days=DAYS)),
        workers=workers,
        workers_alive=sum(worker.ready and worker.alive for worker in workers),
    )


def spread(seconds: Sequence[float]) -> Spread:
    """Return the p50 and p95 of some durations, as the nearest of them."""
    if not seconds:
        return Spread(None, None)
    ordered = sorted(seconds)
    last = len(ordered) - 1
    return Spread(ordered[round(0.5 * last)], ordered[round(0.95 * last)])


def _days(today: date) -> tuple[tuple[Day, ...], tuple[tuple[int, str, int], ...], int]:
    first = today - timedelta(days=DAYS - 1)
    rows = (
        Illustration.objects.filter(status=Status.READY, finished_at__date__gte=first)
        .exclude(requester=SAMPLE_REQUESTER)
        .values("style_id", day=TruncDate("finished_at"))
        .annotate(count=Count("pk"))
        .order_by()
    )
    counts = Counter({(row["day"], row["style_id"]): row["count"] for row in rows})
    styles = list(Style.objects.all())
    totals = [sum(counts[first + timedelta(days=n), style.pk] for style in styles) for n in range(DAYS)]
    most = max(totals)
    days = []
    for n, total in enumerate(totals):
        x, y, bars = 100 / DAYS * n, 40.0, []
        for series, style in enumerate(styles):
            if count := counts[first + timedelta(days=n), style.pk]:
                height = 40 * count / most
                y -= height
                bars.append(Bar(style.name, series % 8, count, x + 0.8, y, 100 / DAYS - 1.6, height))
        days.append(Day(first + timedelta(days=n), total, x, tuple(bars)))
    legend = tuple(
        (n % 8, style.name, sum(count for (_day, pk), count in counts.items() if pk == style.pk))
        for n, style in enumerate(styles)
    )
    return tuple(days), legend, most


def _seconds(since: datetime) -> tuple[Spread, Spread]:
    rows = (
        Illustration.objects.filter(status=Status.READY, finished_at__gte=since, claimed_at__isnull=False)
        .order_by("-finished_at")
        .values_list("requested_at", "claimed_at", "finished_at")[:PICTURES_MEASURED]
    )
    times = [(asked, claimed, ready) for asked, claimed, ready in rows if claimed and ready]
    return (
        spread([(ready - asked).total_seconds() for asked, _claimed, ready in times]),
        spread([(ready - claimed).total_seconds() for _asked, claimed, ready in times]),
    )


def _failures(since: datetime) -> tuple[tuple[str, int, int], ...]:
    """Return (code, how many, percent of the most frequent), the most frequent first."""
    rows = (
        Illustration.objects.filter(status=Status.FAILED, finished_at__gte=since)
        .values(code=F("failure_code"))
        .annotate(count=Count("pk"))
        .order_by("-count", "code")
    )
    found = [(row["code"], row["count"]) for row in rows]
    return tuple((code, count, round(100 * count / found[0][1])) for code, count in found)
