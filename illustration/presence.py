"""A draw worker's own row: seen every few seconds, how fast it draws, and its last problem."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import F
from django.utils import timezone

from illustration.engine.contract import Engine
from illustration.models import Worker

logger = logging.getLogger(__name__)
SMOOTHING = 0.3


class Presence:
    """Keeps one worker's row; the row is about the machine and never about a diary.

    A database that is away costs the row its freshness and the worker nothing.
    """

    def __init__(self, name: str, *, pulse: Callable[[], None]) -> None:
        """`pulse` is called every few seconds on a thread of its own, also while a step takes long."""
        self.name = name
        self._pulse = pulse
        self._stop = threading.Event()
        # What the row should say, to write it anew should it be gone.
        self._told: dict[str, object] = {"started_at": timezone.now(), "ready": False, "last_problem": ""}
        self._mean: float | None = None

    def begin(self) -> None:
        """Write the row of a worker that has just started, and keep it fresh as long as the process lives."""
        self._tell(**self._told)
        threading.Thread(target=self._beat, name="presence", daemon=True).start()

    def ready(self, engine: Engine) -> None:
        """Tell that the engine is loaded, which, and what styles it had to leave out."""
        # A problem with loading is over; one with a drawing stays for the operator to read.
        solved: dict[str, object] = {} if self._told["ready"] else {"last_problem": ""}
        unfit = "; ".join(f"style {style}: {why}" for style, why in sorted(engine.unfit_styles.items()))[:300]
        if unfit and unfit != self._told["last_problem"]:
            solved = {"last_problem": unfit, "last_problem_at": timezone.now()}
        self._tell(
            ready=True,
            device=engine.device,
            dtype=engine.dtype,
            model=f"{engine.model_name} {engine.model_hash[:12]}"[:100],
            capacity=engine.capacity,
            unfit_styles=sorted(engine.unfit_styles),
            **solved,
        )

    def problem(self, text: str, *, ready: bool | None = None) -> None:
        """Tell the operator what went wrong; the text names files and numbers, never a diary."""
        loaded = {} if ready is None else {"ready": ready}
        self._tell(last_problem=text[:300], last_problem_at=timezone.now(), **loaded)

    def drawn(self, *, seconds: float) -> None:
        """Count a finished picture and the worker's seconds that went into it alone."""
        self._mean = seconds if self._mean is None else self._mean + SMOOTHING * (seconds - self._mean)
        self._told["seconds_per_picture"] = self._mean
        self._write(seconds_per_picture=self._mean, pictures_drawn=F("pictures_drawn") + 1)

    def end(self) -> None:
        """Tell that the worker has stopped: nothing can be drawn by it from now on."""
        self._stop.set()
        self._tell(ready=False)

    def _beat(self) -> None:
        while not self._stop.wait(min(5.0, settings.LEASE_SECONDS / 4)):
            close_old_connections()
            self._pulse()
            self._tell()
            connection.close()

    def _tell(self, **changes: object) -> None:
        self._told |= changes
        if self._write(**changes) == 0:
            self._write_anew()

    def _write(self, **changes: object) -> int | None:
        """Change the row; return how many rows there were, or None where the database is away."""
        try:
            return Worker.objects.filter(name=self.name).update(last_seen_at=timezone.now(), **changes)
        except DatabaseError as error:
            logger.warning("worker row not written: %s", type(error).__name__)
            return None

    def _write_anew(self) -> None:
        """Write a first row, or one that was tidied away while this machine slept."""
        try:
            Worker.objects.update_or_create(
                name=self.name, defaults={**self._told, "last_seen_at": timezone.now()}
            )
        except DatabaseError as error:
            logger.warning("worker row not written: %s", type(error).__name__)
