"""A draw worker's own row: seen every few seconds, how fast it draws, and its last problem."""

from __future__ import annotations

import logging
import threading
from datetime import datetime

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone

from illustration.engine.contract import Engine
from illustration.models import Worker

logger = logging.getLogger(__name__)
SMOOTHING = 0.3


class Presence:
    """Keeps one worker's row; the row is about the machine and never about a diary."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._stop = threading.Event()

    def begin(self) -> None:
        """Write the row of a worker that has just started."""
        now = timezone.now()
        Worker.objects.update_or_create(
            name=self.name,
            defaults={"started_at": now, "last_seen_at": now, "ready": False, "last_problem": ""},
        )

    def beat(self) -> None:
        """Keep `last_seen_at` fresh from a thread, as long as the process lives."""

        def run() -> None:
            while not self._stop.wait(min(5.0, settings.LEASE_SECONDS / 4)):
                try:
                    close_old_connections()
                    Worker.objects.filter(name=self.name).update(last_seen_at=timezone.now())
                except Exception as error:
                    logger.warning("worker row not written: %s", type(error).__name__)
                finally:
                    connection.close()

        threading.Thread(target=run, name="presence", daemon=True).start()

    def ready(self, engine: Engine) -> None:
        """Tell that the engine is loaded, and which."""
        self._update(
            ready=True,
            device=engine.device,
            dtype=engine.dtype,
            model=f"{engine.model_name} {engine.model_hash[:12]}"[:100],
            capacity=engine.capacity,
            last_problem="",
        )

    def problem(self, text: str, *, ready: bool | None = None) -> None:
        """Tell the operator what went wrong; the text names files and numbers, never a diary."""
        changes: dict[str, object] = {"last_problem": text[:300], "last_problem_at": timezone.now()}
        if ready is not None:
            changes["ready"] = ready
        self._update(**changes)

    def drawn(self, *, since: datetime, company: int) -> None:
        """Count a finished picture: its own seconds, shared with the drawings in hand beside it."""
        seconds = max((timezone.now() - since).total_seconds(), 0.001) / max(company, 1)
        row = Worker.objects.filter(name=self.name).first()
        if row is None:
            return
        old = row.seconds_per_picture
        mean = seconds if old is None else old + SMOOTHING * (seconds - old)
        self._update(seconds_per_picture=mean, pictures_drawn=row.pictures_drawn + 1)

    def end(self) -> None:
        """Tell that the worker has stopped: nothing can be drawn by it from now on."""
        self._stop.set()
        self._update(ready=False)

    def _update(self, **changes: object) -> None:
        Worker.objects.filter(name=self.name).update(last_seen_at=timezone.now(), **changes)
