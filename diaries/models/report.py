"""Reports of pictures, the moderators' acts, and what a writer is told. Nothing here holds a diary's words."""

from __future__ import annotations

import uuid
from typing import Any, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

NOTE_LENGTH = 500


class Reason(models.TextChoices):
    """Why a picture is reported, and why one is hidden."""

    SCARY = "scary", _("Scary or disturbing")
    SEXUAL = "sexual", _("Sexual")
    VIOLENT = "violent", _("Violent or bloody")
    HATEFUL = "hateful", _("Hateful or insulting")
    WRONG = "wrong", _("Has nothing to do with the day")
    OTHER = "other", _("Something else")


class Outcome(models.TextChoices):
    """What a moderator decided."""

    KEPT = "kept", _("Kept")
    HIDDEN = "hidden", _("Hidden")
    WARNED = "warned", _("Hidden, with a warning")
    DRAWING_STOPPED = "drawing_stopped", _("Hidden, drawing stopped for a time")
    SUSPENDED = "suspended", _("Hidden, writer suspended")


class ReportQuerySet(models.QuerySet["Report"]):
    """What waits for a moderator."""

    def open(self) -> ReportQuerySet:
        """Reports that nobody has decided yet."""
        return self.filter(status=Report.Status.OPEN)


class Report(models.Model):
    """One person's report of one picture; a picture has at most one that is open.

    `subject` is the writer of the page that the picture belongs to. Account deletion takes reports along; the
    acts of the moderators stay, with ids that lead nowhere.
    """

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DECIDED = "decided", _("Decided")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    illustration = models.ForeignKey(
        "illustration.Illustration", models.SET_NULL, null=True, related_name="reports", editable=False
    )
    subject = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", editable=False)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reports", editable=False
    )
    reason = models.CharField(_("reason"), max_length=20, choices=Reason.choices)
    note = models.TextField(_("note"), max_length=NOTE_LENGTH, blank=True)
    status = models.CharField(_("state"), max_length=10, choices=Status.choices, default=Status.OPEN)
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    created_at = models.DateTimeField(_("reported"), auto_now_add=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        indexes = [models.Index(fields=["status", "created_at"], name="report_status_created")]
        constraints = [
            models.UniqueConstraint(
                fields=["illustration"], condition=Q(status="open"), name="report_one_open_a_picture"
            ),
            models.CheckConstraint(
                condition=Q(status="open", outcome="", decided_at__isnull=True)
                | (Q(status="decided", decided_at__isnull=False) & ~Q(outcome="")),
                name="report_decided_has_outcome",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)[:8]


class Action(models.TextChoices):
    """Everything that staff can do to a picture or a writer; each leaves a line in the book."""

    UNBLURRED = "unblurred", _("Looked at the clear picture")
    KEPT = "kept", _("Kept the picture")
    HIDDEN = "hidden", _("Hid the picture")
    WARNED = "warned", _("Hid the picture and warned the writer")
    DRAWING_STOPPED = "drawing_stopped", _("Hid the picture and stopped drawing")
    SUSPENDED = "suspended", _("Suspended the writer")
    SHOWN_AGAIN = "shown_again", _("Showed the picture again")
    UNSUSPENDED = "unsuspended", _("Ended the suspension")
    QUOTA_CHANGED = "quota_changed", _("Changed the drawing quota")
    ROLES_CHANGED = "roles_changed", _("Changed what the account may do")


class AppendOnly(Exception):
    """The book of moderators' acts takes new lines and gives none back."""


class ModerationActQuerySet(models.QuerySet["ModerationAct"]):
    """Reads and adds; refuses to change or delete."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class ModerationAct(models.Model):
    """One line of the book: who did what to which picture or writer, and why.

    People and pictures are plain ids: the line stays as it was written when an account or a picture is gone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.CharField(_("act"), max_length=20, choices=Action.choices)
    actor_id = models.UUIDField(_("by"), db_index=True)
    actor_name = models.CharField(_("by"), max_length=254)
    report_id = models.UUIDField(_("report"), null=True, db_index=True)
    illustration_id = models.UUIDField(_("picture"), null=True)
    subject_id = models.UUIDField(_("writer"), null=True, db_index=True)
    note = models.TextField(_("note"), max_length=NOTE_LENGTH, blank=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    objects = ModerationActQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        verbose_name = _("act of a moderator")
        verbose_name_plural = _("acts of moderators")

    def __str__(self) -> str:
        return f"{self.get_action_display()} ({str(self.id)[:8]})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly


class Notice(models.Model):
    """What a writer is told about an act on a picture or the account; stays on the page until dismissed."""

    class Kind(models.TextChoices):
        HIDDEN = "hidden", _("A picture of yours was hidden")
        WARNING = "warning", _("A picture of yours was hidden: this is a warning")
        DRAWING_STOPPED = "drawing_stopped", _("Drawing is stopped for a time")
        SUSPENDED = "suspended", _("Your account is suspended")
        SHOWN_AGAIN = "shown_again", _("A picture of yours is shown again")
        UNSUSPENDED = "unsuspended", _("Your account is no longer suspended")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    reason = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    until = models.DateTimeField(null=True)
    entry = models.ForeignKey("diaries.Entry", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    dismissed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["user", "dismissed_at"], name="notice_user_dismissed")]

    def __str__(self) -> str:
        return str(self.id)
