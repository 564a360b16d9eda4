"""A style's sample picture: asked for when an operator saves the style, drawn by a worker like any other picture."""

from __future__ import annotations

from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from PIL import Image

from illustration import services, storage
from illustration.models import SAMPLE_REQUESTER, UNFINISHED, Illustration, Priority, Status, Style


class Day(TypedDict):
    """What a page says, as the scene reader takes it."""

    text: str
    title: str
    weather: str
    mood: str


# The same few words and the same seed for every style, so that samples can be compared.
SCENE: Day = {"text": "I flew a kite with my dog in the park.", "title": "", "weather": "sunny", "mood": ""}
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


def keep(*, style: Style, image: Image.Image, **drawn: object) -> Illustration:
    """Make a picture that was drawn elsewhere the style's sample; call it in a transaction.

    `drawn`: prompt, seed, model_hash and adapter_hash of the drawing. Raises OSError where it cannot be stored.
    """
    picture, thumbnail = storage.save_picture(image)
    now = timezone.now()
    recipe = style.recipe
    row = Illustration.objects.create(
        requester=SAMPLE_REQUESTER,
        status=Status.READY,
        style=style,
        scheduler=recipe.scheduler,
        steps=recipe.steps,
        guidance_scale=recipe.guidance_scale,
        width=image.width,
        height=image.height,
        picture=picture,
        thumbnail=thumbnail,
        run_after=now,
        requested_at=now,
        finished_at=now,
        **drawn,
    )
    services.discard(list(of(style).exclude(pk=row.pk).values_list("pk", flat=True)))
    style.sample = picture
    style.save(update_fields=["sample"])
    return row


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
