"""A style's sample picture: asked for when an operator saves the style, drawn by a worker like any other picture."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from illustration import services
from illustration.models import SAMPLE_REQUESTER, UNFINISHED, Illustration, Priority, Status, Style

# The same few words and the same seed for every style, so that samples can be compared.
SCENE = {"text": "I flew a kite with my dog in the park.", "title": "", "weather": "sunny", "mood": ""}
SEED = 20260405


def request(*, style: Style) -> Illustration:
    """Ask for a new sample; earlier ones go, except the one on show until the new one is ready."""
    with transaction.atomic():
        earlier = of(style)
        services.discard(
            list(earlier.exclude(picture=style.sample, status=Status.READY).values_list("pk", flat=True))
        )
        return services.request(
            **SCENE,
            style=style,
            requester=SAMPLE_REQUESTER,
            priority=Priority.REDRAWN,
            seed=SEED,
        )


def retry(*, illustration_id: UUID) -> bool:
    """Draw a failed sample again; False where it is not FAILED or no sample."""
    row = Illustration.objects.filter(pk=illustration_id, requester=SAMPLE_REQUESTER).first()
    return row is not None and services.retry(illustration_id=row.pk, **SCENE)


def of(style: Style) -> QuerySet[Illustration]:
    """Every sample asked for in this style, newest first."""
    return Illustration.objects.filter(requester=SAMPLE_REQUESTER, style=style).order_by("-requested_at")


def under_way(style: Style) -> bool:
    """Whether a sample of this style waits or is being drawn."""
    return of(style).filter(status__in=UNFINISHED).exists()
