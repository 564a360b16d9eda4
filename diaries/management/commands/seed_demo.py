"""Makes the demo account with a month of days in both languages, and sees to it that they are drawn."""

from __future__ import annotations

import json
import secrets
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from diaries.models import User
from diaries.services import entries
from diaries.services.accounts import create_confirmed_account
from illustration import drawing, queue, services
from illustration.models import UNFINISHED, Illustration, Priority, Status, Style, Worker

EMAIL = "demo@example.org"
DAYS = Path(__file__).resolve().parent.parent / "demo_days.json"
LOOK_SECONDS = 1.0


class Command(BaseCommand):
    help = (
        f"Make the account {EMAIL} with a month of days, drawn by a running worker or else by this command."
    )

    def handle(self, *args: object, **options: object) -> None:
        user = User.objects.filter(email=EMAIL).first()
        if user is None:
            password = secrets.token_urlsafe(9)
            with transaction.atomic():
                user = create_confirmed_account(email=EMAIL, password=password, display_name="Demo")
                write_month(user)
            self.stdout.write(f"Sign in as {EMAIL} with the password {password} (it is shown only now).")
        else:
            self.stdout.write(
                f"{EMAIL} is there already; `manage.py changepassword {EMAIL}` changes its password."
            )
        self.follow(user)

    def follow(self, user: User) -> None:
        """Return once the demo's pictures are drawn; where no worker is alive, draw them here."""
        rows = Illustration.objects.filter(requester=user.requester_key)
        try:
            self.wait(rows)
        finally:
            drawing.stopped()
        ready, failed = (rows.filter(status=status).count() for status in (Status.READY, Status.FAILED))
        self.stdout.write(
            f"{ready} pictures are ready" + (f", {failed} could not be drawn." if failed else ".")
        )

    def wait(self, rows: QuerySet[Illustration]) -> None:
        """Tell how many are drawn until all are."""
        told, drawn_here = -1, False
        while waiting := rows.filter(status__in=UNFINISHED).count():
            if waiting != told:
                told = waiting
                self.stdout.write(f"{rows.filter(status=Status.READY).count()} drawn, {waiting} to go")
            # Once this command has drawn it is a worker that was seen lately itself, and waits for no other.
            if not drawn_here and services.can_draw():
                time.sleep(LOOK_SECONDS)
            else:
                drawn_here = True
                draw_here(rows)


def draw_here(rows: QuerySet[Illustration]) -> None:
    """Draw what waits in this process; raises CommandError where nothing moves and nothing is about to."""

    def stand() -> set[tuple[object, ...]]:
        return set(rows.values_list("pk", "status", "attempts"))

    before = stand()
    queue.sweep()
    drawing.draw_waiting()
    if stand() != before:
        return
    # Held by somebody, or tried before and paused: time alone will move these.
    later = rows.filter(Q(status=Status.DRAWING) | Q(status=Status.QUEUED, run_after__gt=timezone.now()))
    if not services.can_draw() or not later.exists():
        raise CommandError(f"No picture can be drawn: {last_problem()}. What waits is kept.")
    time.sleep(LOOK_SECONDS)


def write_month(user: User) -> None:
    """Write the days, the newest first, so that the page that is opened first fills first."""
    styles = {style.slug: style for style in Style.objects.all()}
    days: list[dict[str, Any]] = json.loads(DAYS.read_text(encoding="utf-8"))
    for ago, day in enumerate(days):
        style = styles.get(day.pop("style")) or next(iter(styles.values()))
        entries.create_entry(
            author=user,
            written_on=user.today() - timedelta(days=ago),
            style=style,
            priority=Priority.IMPORTED,
            within_quota=False,
            **day,
        )


def last_problem() -> str:
    """What the newest worker's row says."""
    worker = Worker.objects.first()
    return (worker and worker.last_problem) or "no worker is ready"
