"""The picture's row, its styles and the workers that draw. The row is the queue; who asked is an opaque key."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from illustration.engine.families import family_of


class Status(models.TextChoices):
    """Where a picture stands, in words a person would say."""

    QUEUED = "queued", _("Waiting")
    DRAWING = "drawing", _("Being drawn")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Failed")
    STALE = "stale", _("Out of date")


TRANSITIONS: dict[str, frozenset[str]] = {
    Status.QUEUED: frozenset({Status.DRAWING, Status.STALE, Status.FAILED}),
    Status.DRAWING: frozenset({Status.READY, Status.FAILED, Status.STALE, Status.QUEUED}),
    Status.FAILED: frozenset({Status.QUEUED}),
    Status.READY: frozenset(),
    Status.STALE: frozenset(),
}
UNFINISHED = (Status.QUEUED, Status.DRAWING)
# What a drawing was made from: its row forgets it as soon as the drawing ends.
FORGOTTEN: dict[str, object] = {"text": "", "title": "", "wishes": {}}
# Who asks for a style's sample picture: nobody's diary.
SAMPLE_REQUESTER = "style-sample"


class Priority(models.IntegerChoices):
    """Whose turn comes first; within one priority requesters take turns."""

    SAVED = 0, _("fresh save")
    REDRAWN = 10, _("redraw")
    IMPORTED = 20, _("imported day")


class Scheduler(models.TextChoices):
    """Noise schedulers by the names people use."""

    DDPM = "ddpm", "DDPM"
    DDIM = "ddim", "DDIM"
    PNDM = "pndm", "PNDM"
    EULER = "euler", "Euler"
    EULER_A = "euler_a", "Euler a"
    DPMPP_2M_KARRAS = "dpmpp_2m_karras", "DPM++ 2M Karras"
    UNIPC = "unipc", "UniPC"
    LCM = "lcm", "LCM"


@dataclass(frozen=True)
class Recipe:
    """The numbers of a drawing: steps 1 to 100, guidance scale 1 (none) to 20."""

    scheduler: str
    steps: int
    guidance_scale: float


class Style(models.Model):
    """An art style: a LoRA adapter file with its trigger words and its recipe; a row, so operators can add one."""

    slug = models.SlugField(_("short name"), max_length=40, unique=True)
    name_ko = models.CharField(_("name in Korean"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=40)
    adapter_file = models.CharField(
        _("adapter file"),
        max_length=255,
        blank=True,
        help_text=_(
            "A LoRA file in diffusers form: an absolute path, or one inside the model folder."
            " Empty: the plain model, with the trigger words alone."
        ),
    )
    trigger = models.CharField(_("trigger words"), max_length=100, blank=True)
    weight = models.FloatField(_("adapter weight"), default=1.0)
    # Where these are empty, the recipe follows the model in use: another kind of model wants other numbers.
    guidance_scale = models.FloatField(
        _("guidance scale"), null=True, blank=True, help_text=_("Empty: what suits the model.")
    )
    scheduler = models.CharField(
        _("scheduler"),
        max_length=20,
        blank=True,
        choices=Scheduler.choices,
        help_text=_("Empty: what suits the model."),
    )
    steps = models.PositiveSmallIntegerField(
        _("steps"), null=True, blank=True, help_text=_("Empty: what suits the model.")
    )
    active = models.BooleanField(_("offered to writers"), default=True)
    position = models.PositiveSmallIntegerField(_("place in lists"), default=0)
    sample = models.CharField(_("sample picture"), max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["position", "slug"]
        verbose_name = _("style")
        verbose_name_plural = _("styles")
        constraints = [
            models.CheckConstraint(condition=Q(steps__gte=1, steps__lte=100), name="style_steps_1_to_100"),
            models.CheckConstraint(
                condition=Q(guidance_scale__gte=1, guidance_scale__lte=20),
                name="style_guidance_scale_1_to_20",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return self.name_ko if (get_language() or "").startswith("ko") else self.name_en

    @property
    def adapter_path(self) -> Path:
        """The adapter's place on this machine: the model folder is the home of a relative path."""
        return Path(settings.MODEL_PATH) / self.adapter_file

    @property
    def recipe(self) -> Recipe:
        """How a picture in this style is drawn with the model in use."""
        family = family_of(Path(settings.MODEL_PATH))
        return Recipe(
            scheduler=self.scheduler or family.scheduler,
            steps=family.steps if self.steps is None else self.steps,
            guidance_scale=family.guidance_scale if self.guidance_scale is None else self.guidance_scale,
        )

    @property
    def sample_path(self) -> Path:
        """The sample picture: one that a worker drew for this style, else the one that came with the model."""
        if self.sample:
            return Path(settings.MEDIA_ROOT) / self.sample
        return Path(settings.MODEL_PATH) / "samples" / f"{self.slug}.webp"


class Worker(models.Model):
    """A draw worker's own row: how operators and the picture box know whether anything can draw."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    started_at = models.DateTimeField(_("started"))
    last_seen_at = models.DateTimeField(_("last seen"))
    device = models.CharField(_("device"), max_length=40, blank=True)
    dtype = models.CharField(_("number format"), max_length=20, blank=True)
    model = models.CharField(_("model"), max_length=100, blank=True)
    capacity = models.PositiveSmallIntegerField(_("pictures at a time"), default=1)
    seconds_per_picture = models.FloatField(_("seconds a picture"), null=True, blank=True)
    pictures_drawn = models.PositiveIntegerField(_("pictures drawn"), default=0)
    last_problem = models.CharField(_("last problem"), max_length=300, blank=True)
    last_problem_at = models.DateTimeField(_("last problem seen"), null=True, blank=True)
    ready = models.BooleanField(_("engine loaded"), default=False)
    unfit_styles = models.JSONField(_("styles left out"), default=list, blank=True)

    class Meta:
        ordering = ["-last_seen_at"]
        verbose_name = _("worker")
        verbose_name_plural = _("workers")

    def __str__(self) -> str:
        return self.name

    @property
    def alive(self) -> bool:
        """Whether the worker was seen within one lease."""
        return (timezone.now() - self.last_seen_at).total_seconds() < settings.LEASE_SECONDS


class IllustrationQuerySet(models.QuerySet["Illustration"]):
    """Who waits, and in which order."""

    def due(self, now: datetime) -> IllustrationQuerySet:
        """Rows that may be claimed now."""
        return self.filter(status=Status.QUEUED, run_after__lte=now)

    def in_fair_order(self) -> IllustrationQuerySet:
        """Priority first, then every requester's first row before anyone's second, then age."""
        return self.annotate(
            turn=Window(
                RowNumber(),
                partition_by=[F("priority"), F("requester")],
                order_by=[F("requested_at").asc(), F("id").asc()],
            )
        ).order_by("priority", "turn", "requested_at", "id")


class Illustration(models.Model):
    """One requested picture, from the text to be drawn to the file on disk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    requester = models.CharField(_("requester"), max_length=64, help_text=_("An opaque key, for fair turns."))
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.QUEUED)
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority.choices, default=Priority.SAVED
    )
    style = models.ForeignKey(Style, models.PROTECT, verbose_name=_("style"), related_name="+")

    # A snapshot of what to draw from, erased when the drawing ends.
    title = models.TextField(blank=True, editable=False)
    text = models.TextField(blank=True, editable=False)
    weather = models.CharField(max_length=10, blank=True)
    mood = models.CharField(max_length=10, blank=True)
    # What the writer asked for beside the text: keywords, words taken out, cards of the cast.
    wishes = models.JSONField(default=dict, blank=True, editable=False)

    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    run_after = models.DateTimeField(_("not before"))
    token = models.UUIDField(null=True, editable=False)
    lease_until = models.DateTimeField(_("lease until"), null=True, editable=False)
    rung_at = models.DateTimeField(null=True, editable=False)
    failure_code = models.CharField(_("failure code"), max_length=40, blank=True)
    worker = models.CharField(_("worker"), max_length=200, blank=True)

    requested_at = models.DateTimeField(_("requested"))
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)

    scene = models.JSONField(default=dict, blank=True)
    prompt = models.TextField(blank=True)
    negative_prompt = models.TextField(blank=True)
    seed = models.BigIntegerField()
    scheduler = models.CharField(max_length=20, choices=Scheduler.choices, default=Scheduler.DPMPP_2M_KARRAS)
    steps = models.PositiveSmallIntegerField(default=20)
    guidance_scale = models.FloatField(default=4.0)
    width = models.PositiveSmallIntegerField(default=256)
    height = models.PositiveSmallIntegerField(default=256)
    model_hash = models.CharField(max_length=64, blank=True)
    adapter_hash = models.CharField(max_length=64, blank=True)
    timings = models.JSONField(default=dict, blank=True)

    picture = models.CharField(max_length=200, blank=True)
    thumbnail = models.CharField(max_length=200, blank=True)
    hidden_at = models.DateTimeField(null=True, blank=True)
    hidden_reason = models.CharField(max_length=40, blank=True)

    objects = IllustrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("drawing")
        verbose_name_plural = _("drawings")
        indexes = [
            models.Index(fields=["status", "run_after"], name="illustration_status_run_after"),
            models.Index(fields=["requester", "requested_at"], name="illustration_requester_asked"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="drawing") | Q(token__isnull=False, lease_until__isnull=False),
                name="illustration_drawing_has_lease",
            ),
            models.CheckConstraint(
                condition=~Q(status="ready") | ~Q(picture=""), name="illustration_ready_has_picture"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_unfinished(self) -> bool:
        """Whether the drawing still waits or is being drawn."""
        return self.status in UNFINISHED


def transition(
    rows: models.QuerySet[Illustration],
    source: Status | Collection[Status],
    target: Status,
    **changes: object,
) -> int:
    """Move rows from one status, or from any of several, to another in one conditional UPDATE; return how many.

    The count is the verdict: 0 means that another process moved the row first. Raises ValueError for an edge
    that the table of transitions does not know.
    """
    sources = [source] if isinstance(source, Status) else list(source)
    for status in sources:
        if target not in TRANSITIONS[status]:
            raise ValueError(f"no transition from {status} to {target}")
    return rows.filter(status__in=sources).update(status=target, **changes)
