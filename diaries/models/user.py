"""A person who signs in by e-mail."""

from __future__ import annotations

import uuid
import zoneinfo
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def validate_time_zone(value: str) -> None:
    """Accept IANA names only."""
    if value not in zoneinfo.available_timezones():
        raise ValidationError(_("This time zone is not known."), code="unknown_time_zone")


class Paper(models.TextChoices):
    """On what the text of a page stands."""

    SQUARES = "squares", _("Squares")
    LINES = "lines", _("Lines")
    PLAIN = "plain", _("Plain")


class Look(models.TextChoices):
    """The colours of the pages; empty: as the device."""

    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")
    PAPER = "paper", _("Paper")


class UserManager(BaseUserManager["User"]):
    """Makes people by e-mail address; addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a writer; without a password nobody can sign in until one is set."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A writer; moderators and operators are writers with a group."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(_("display name"), max_length=40, blank=True)
    language = models.CharField(
        _("language"),
        max_length=5,
        blank=True,
        choices=[("", _("as the browser")), ("ko", "한국어"), ("en", "English")],
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default=settings.TIME_ZONE, validators=[validate_time_zone]
    )
    default_style = models.ForeignKey(
        "illustration.Style",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("usual style"),
    )
    day_ends_at = models.PositiveSmallIntegerField(
        _("hour at which my day ends"),
        default=4,
        validators=[MaxValueValidator(12)],
        help_text=_("Until this hour after midnight, today's page is still yesterday's."),
    )
    paper = models.CharField(_("paper"), max_length=10, choices=Paper.choices, default=Paper.SQUARES)
    look = models.CharField(
        _("colours"), max_length=10, blank=True, choices=[("", _("as the device")), *Look.choices]
    )
    draws_pictures = models.BooleanField(_("draw pictures of my diary with AI"), default=True)
    is_staff = models.BooleanField(_("may enter the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    suspended_at = models.DateTimeField(_("suspended since"), null=True, blank=True)
    drawing_stopped_until = models.DateTimeField(_("no drawings until"), null=True, blank=True)
    drawings_a_day = models.PositiveIntegerField(
        _("drawings a day"), null=True, blank=True, help_text=_("Empty: as everybody.")
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")

    def __str__(self) -> str:
        return self.display_name or self.email

    def get_full_name(self) -> str:
        """The display name; empty where none was given."""
        return self.display_name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The writer's time zone; the site's own where the kept name is no longer known."""
        try:
            return zoneinfo.ZoneInfo(self.time_zone)
        except (zoneinfo.ZoneInfoNotFoundError, ValueError):
            return zoneinfo.ZoneInfo(settings.TIME_ZONE)

    def today(self, now: datetime | None = None) -> date:
        """The writer's date: until the hour at which the day ends it is still yesterday's page."""
        local = (now or timezone.now()).astimezone(self.zone)
        return (local - timedelta(hours=self.day_ends_at)).date()

    @property
    def is_suspended(self) -> bool:
        """Whether this writer may read, take along and delete, but neither write nor draw."""
        return self.suspended_at is not None

    @property
    def is_drawing_stopped(self) -> bool:
        """Whether a moderator stopped drawing for this writer, for a time that is not over yet."""
        return self.drawing_stopped_until is not None and self.drawing_stopped_until > timezone.now()

    @property
    def requester_key(self) -> str:
        """The opaque key by which the queue takes turns."""
        return self.id.hex
