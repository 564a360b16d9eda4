"""Draw what waits without any broker: the same code as the draw worker's."""

from __future__ import annotations

import signal
import threading

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from illustration import drawing, queue


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
            queue.sweep()
            count = drawing.draw_waiting()
            if count:
                self.stdout.write(f"{count} drawn")
            if not loop:
                break
            stop.wait(min(2.0, settings.SWEEP_SECONDS))
        drawing.stopped()
