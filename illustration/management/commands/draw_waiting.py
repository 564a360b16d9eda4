"""Draw what waits without any broker: the same code as the draw worker's."""

from __future__ import annotations

import logging
import signal
import threading

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from illustration import drawing, queue

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Draw every waiting row. With --loop: keep drawing until asked to stop; needs no broker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on when nothing waits")

    def handle(self, *args: object, loop: bool, **options: object) -> None:
        stop = threading.Event()

        def ask_to_stop(*_: object) -> None:
            stop.set()
            drawing.stop_admitting()

        signal.signal(signal.SIGTERM, ask_to_stop)
        signal.signal(signal.SIGINT, ask_to_stop)
        while not stop.is_set():
            try:
                queue.sweep()
            except DatabaseError as error:
                if not loop:
                    raise
                # A database that is restarted must not end what is left running for days.
                logger.warning("the line could not be swept: %s", type(error).__name__)
                close_old_connections()
            count = drawing.draw_waiting()
            if count:
                self.stdout.write(f"{count} drawn")
            if not loop:
                break
            stop.wait(min(2.0, settings.SWEEP_SECONDS))
        drawing.stopped()
