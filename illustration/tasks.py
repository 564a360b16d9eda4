"""Celery's side: three lines each. A message says only "there is work"; it carries nothing of anybody's diary."""

from __future__ import annotations

from celery import current_app, shared_task
from celery.signals import worker_ready, worker_shutdown, worker_shutting_down
from django.conf import settings

# A saving writer must not wait for a broker that refuses, or that accepts and never answers.
RING_OPTIONS = {
    "socket_timeout": 0.5,
    "socket_connect_timeout": 0.5,
    "retry_on_timeout": False,
    "max_retries": 0,
}


@shared_task(name="illustration.tasks.draw_waiting")
def draw_waiting() -> None:
    """Draw every row that waits, until none does."""
    from illustration import drawing

    drawing.draw_waiting()


@shared_task(name="illustration.tasks.sweep")
def sweep() -> None:
    """Put back what a dead worker held and ring for what waits."""
    from illustration import queue

    if queue.sweep():
        ring()


@shared_task(name="illustration.tasks.tidy")
def tidy() -> None:
    """Remove files that no row names, and the rows of workers that are gone."""
    from illustration import queue

    queue.tidy()


def ring() -> None:
    """Send one wake-up message within about a second, or raise."""
    options = {**settings.CELERY_BROKER_TRANSPORT_OPTIONS, **RING_OPTIONS}
    with current_app.connection_for_write(
        settings.CELERY_BROKER_URL, connect_timeout=0.5, transport_options=options
    ) as connection:
        draw_waiting.apply_async(connection=connection, retry=False)


@worker_ready.connect
def load_at_start(**kwargs: object) -> None:
    """Load the engine before the first drawing, so that a problem shows in the worker's row at once."""
    if "draw" in current_app.amqp.queues.consume_from:
        draw_waiting()


@worker_shutting_down.connect
def stop_admitting(**kwargs: object) -> None:
    """Finish what is in hand and take nothing new."""
    from illustration import drawing

    drawing.stop_admitting()


@worker_shutdown.connect
def stopped(**kwargs: object) -> None:
    """Tell that nothing can be drawn by this worker from now on."""
    from illustration import drawing

    drawing.stopped()
