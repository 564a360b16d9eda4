"""Diary entries, and which pictures belong to them."""

from __future__ import annotations

import uuid
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from illustration.models import UNFINISHED, Illustration, Status

if TYPE_CHECKING:
    from diaries.models.user import User

TITLE_LENGTH, BODY_LENGTH = 100, 10_000
KEYWORD_LENGTH, KEYWORDS_MOST, WITHOUT_MOST = 40, 12, 60
FIRST_DAY = date(1900, 1, 1)


class Weather(models.TextChoices):
    """The icons at the top of the page."""

    SUNNY = "sunny", _("Sunny")
    CLOUDY = "cloudy", _("Cloudy")
    RAINY = "rainy", _("Rainy")
    SNOWY = "snowy", _("Snowy")
    WINDY = "windy", _("Windy")


class Mood(models.TextChoices):
    """How the day felt."""

    HAPPY = "happy", _("Happy")
    EXCITED = "excited", _("Excited")
    CALM = "calm", _("Calm")
    TIRED = "tired", _("Tired")
    SAD = "sad", _("Sad")
    ANGRY = "angry", _("Angry")


class Mode(models.TextChoices):
    """Whether an entry is drawn."""

    DRAW = "draw", _("Draw a picture")
    KEYWORDS = "keywords", _("Draw from my keywords only")
    NEVER = "never", _("Never draw")


class EntryQuerySet(models.QuerySet["Entry"]):
    """Who may see what; every view begins with `visible_to`."""

    def visible_to(self, user: User) -> EntryQuerySet:
        """Entries that this person may read: only one's own."""
        return self.filter(author_id=user.pk)

    def on_month(self, year: int, month: int) -> EntryQuerySet:
        """Entries of one calendar month."""
        return self.filter(written_on__year=year, written_on__month=month)

    def with_picture(self) -> EntryQuerySet:
        """Annotate `picture_id`: the chosen drawing where it is ready, else the newest ready; never a hidden one."""
        ready = Illustration.objects.filter(
            entry_tie__entry=OuterRef("pk"), status=Status.READY, hidden_at=None
        )
        newest = ready.order_by("-finished_at", "-requested_at")
        return self.annotate(
            picture_id=Coalesce(
                Subquery(ready.filter(pk=OuterRef("chosen_id")).values("pk")[:1]),
                Subquery(newest.values("pk")[:1]),
            ),
            is_being_drawn=Exists(
                Illustration.objects.filter(entry_tie__entry=OuterRef("pk"), status__in=UNFINISHED)
            ),
        )


class Entry(models.Model):
    """One day's page, or one of several of a day. Its version rises with every change that is saved."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="entries")
    written_on = models.DateField(_("date"))
    title = models.CharField(_("title"), max_length=TITLE_LENGTH, blank=True)
    body = models.TextField(_("diary"), validators=[MaxLengthValidator(BODY_LENGTH)])
    weather = models.CharField(_("weather"), max_length=10, choices=Weather.choices, blank=True)
    mood = models.CharField(_("mood"), max_length=10, choices=Mood.choices, blank=True)
    style = models.ForeignKey("illustration.Style", models.PROTECT, verbose_name=_("style"), related_name="+")
    mode = models.CharField(_("picture"), max_length=10, choices=Mode.choices, default=Mode.DRAW)
    woke_at = models.TimeField(_("got up at"), null=True, blank=True)
    slept_at = models.TimeField(_("went to bed at"), null=True, blank=True)
    keywords = models.JSONField(_("keywords"), default=list, blank=True)
    # What the writer took out of the scene that was read; it holds until the text changes.
    without = models.JSONField(default=list, blank=True, editable=False)
    tags = models.ManyToManyField("diaries.Tag", verbose_name=_("tags"), related_name="entries", blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    chosen = models.ForeignKey(
        "illustration.Illustration", models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    # What a writer fills in, in the order of the form.
    WRITTEN_FIELDS = (
        "written_on",
        "title",
        "body",
        "weather",
        "mood",
        "style",
        "mode",
        "keywords",
        "tags",
        "woke_at",
        "slept_at",
    )

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["-written_on", "-created_at", "-id"]
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        indexes = [
            models.Index(
                fields=["author", "-written_on", "-created_at", "-id"], name="entry_author_newest_first"
            )
        ]
        constraints = [
            models.CheckConstraint(condition=Q(written_on__gte=FIRST_DAY), name="entry_not_before_1900"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @staticmethod
    def drawn_fields(mode: str) -> tuple[str, ...]:
        """Name the fields a picture is drawn from; a save that changes one of them asks for a new drawing."""
        text = () if mode == Mode.KEYWORDS else ("title", "body")
        return (*text, "weather", "mood", "style_id", "keywords")

    def tag_names(self) -> list[str]:
        """The words under which the page is filed, by the alphabet."""
        return sorted(tag.name for tag in self.tags.all())

    def drawings(self) -> models.QuerySet[Illustration]:
        """Every drawing of this entry, newest first."""
        return (
            Illustration.objects.filter(entry_tie__entry=self)
            .select_related("style", "entry_tie")
            .order_by("-requested_at", "-id")
        )


class EntryIllustration(models.Model):
    """Ties a picture to the entry, and to the version of its text, that it was drawn from."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="ties")
    illustration = models.OneToOneField("illustration.Illustration", models.CASCADE, related_name="entry_tie")
    entry_version = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.entry_id} ← {self.illustration_id}"
