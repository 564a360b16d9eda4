"""Repair what dead workers left, once; the light worker does the same on a clock."""

from django.core.management.base import BaseCommand

from illustration import queue, services


class Command(BaseCommand):
    help = "Put drawings whose worker died back in the line, and wake the draw workers."

    def handle(self, *args: object, **options: object) -> None:
        if queue.sweep():
            services.ring()
            self.stdout.write("drawings wait; the draw workers were rung")
        self.stdout.write(f"{queue.tidy()} files without a row removed")
