"""Reports of pictures and what moderators do about them. Each act is one conditional UPDATE and one line in the book.

Nothing here reads a diary: a moderator's work needs the picture, the reason and opaque ids.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from diaries.models import (
    Action,
    Entry,
    EntryIllustration,
    ModerationAct,
    Notice,
    Outcome,
    Reason,
    Report,
    User,
)
from diaries.models.report import NOTE_LENGTH
from diaries.services import notices
from diaries.services.accounts import hold
from diaries.validators import clean_text
from illustration import services as illustration
from illustration.models import Illustration, Status

DAYS_MOST = 365


class Refused(Exception):
    """An act that cannot be done; the code says why."""

    code = "refused"


class AlreadyDecided(Refused):
    """Another moderator was first; `report` is the report as it stands now."""

    code = "already_decided"

    def __init__(self, report: Report) -> None:
        super().__init__(self.code)
        self.report = report


class NotYours(Refused):
    """Nobody acts on a picture or an account of their own."""

    code = "own_picture"


class NotOverStaff(Refused):
    """Only an administrator stops or suspends somebody who is staff."""

    code = "staff_account"


class ChangedMeanwhile(Refused):
    """Somebody else changed the same thing since it was looked at."""

    code = "changed_meanwhile"


class NotOnTheDesk(Refused):
    """A picture is looked at clearly only while its report is open or the picture is hidden."""

    code = "not_on_the_desk"


@dataclass(frozen=True)
class Limits:
    """How many drawings a writer may ask for in a day (None: as everybody) and until when there are none."""

    drawings_a_day: int | None
    drawing_stopped_until: datetime | None

    @classmethod
    def of(cls, user: User) -> Limits:
        """Return an account's limits as they were read."""
        return cls(user.drawings_a_day, user.drawing_stopped_until)


def report_picture(*, reporter: User, illustration_id: UUID, reason: str, note: str = "") -> Report:
    """Report a finished picture that one may see; a picture whose report is open gives that report.

    Raises Illustration.DoesNotExist for any other picture, ValidationError for an unknown reason or an unfit note.
    """
    if reason not in Reason.values:
        raise ValidationError({"reason": _("Choose one of the reasons.")})
    try:
        note = clean_text(note.strip(), limit=NOTE_LENGTH)
    except ValidationError as error:
        raise ValidationError({"note": error}) from None
    tie = (
        EntryIllustration.objects.select_related("entry__author").filter(illustration=illustration_id).first()
    )
    if tie is None:
        raise Illustration.DoesNotExist
    with transaction.atomic():
        # Held, so that the writer cannot delete the picture, nor report it in another tab, meanwhile.
        hold(tie.entry.author)
        report, _made = Report.objects.get_or_create(
            illustration=reportable_by(reporter).get(pk=illustration_id),
            status=Report.Status.OPEN,
            defaults={"reporter": reporter, "subject": tie.entry.author, "reason": reason, "note": note},
        )
    return report


def reportable_by(user: User) -> QuerySet[Illustration]:
    """Pictures that this person sees and may report: finished ones of one's own pages that are not hidden."""
    entries = Entry.objects.visible_to(user).values("pk")
    return Illustration.objects.filter(entry_tie__entry__in=entries, status=Status.READY, hidden_at=None)


def reports_of(user: User) -> QuerySet[Report]:
    """A person's own reports, newest first."""
    return Report.objects.filter(reporter=user).select_related("illustration__entry_tie__entry")


def keep(*, actor: User, report: Report, note: str) -> Report:
    """Decide that the picture stays."""
    return _decide(actor, report, note, Outcome.KEPT, Action.KEPT)


def hide(*, actor: User, report: Report, note: str, reason: str = "") -> Report:
    """Hide the picture and tell the writer why; the reason is the report's unless another is given."""
    return _decide(actor, report, note, Outcome.HIDDEN, Action.HIDDEN, reason=reason)


def hide_and_warn(*, actor: User, report: Report, note: str, reason: str = "") -> Report:
    """Hide the picture and warn the writer."""
    return _decide(actor, report, note, Outcome.WARNED, Action.WARNED, reason=reason)


def stop_drawing(*, actor: User, report: Report, note: str, days: int, reason: str = "") -> Report:
    """Hide the picture and draw nothing for its writer for 1 to 365 days; waiting drawings leave the line."""
    if not 1 <= days <= DAYS_MOST:
        raise ValidationError({"days": _("Name between 1 and %(most)d days.") % {"most": DAYS_MOST}})
    until = timezone.now() + timedelta(days=days)
    return _decide(
        actor, report, note, Outcome.DRAWING_STOPPED, Action.DRAWING_STOPPED, reason=reason, until=until
    )


def suspend(*, actor: User, report: Report, note: str, reason: str = "") -> Report:
    """Hide the picture and suspend its writer, who may then read, take along and delete, but not write or draw."""
    return _decide(actor, report, note, Outcome.SUSPENDED, Action.SUSPENDED, reason=reason)


def show_again(*, actor: User, report: Report, note: str) -> None:
    """Take back the hiding of a picture; the decision stays in the book. Raises AlreadyDecided where none is hidden."""
    note = _checked(actor, report, note)
    with transaction.atomic():
        hold(report.subject)
        shown = Illustration.objects.filter(reports=report.pk, hidden_at__isnull=False).update(
            hidden_at=None, hidden_reason=""
        )
        if not shown:
            raise AlreadyDecided(_again(report))
        _write(actor, Action.SHOWN_AGAIN, note, report=report)
        notices.notify(user=report.subject, kind=Notice.Kind.SHOWN_AGAIN, entry=_entry(report))


def unblur(*, actor: User, report: Report) -> None:
    """Let this moderator see the picture of this report clearly; that is written in the book."""
    _require(actor, "diaries.change_report")
    if actor.pk == report.subject_id:
        raise NotYours
    if not is_on_the_desk(report):
        raise NotOnTheDesk
    _write(actor, Action.UNBLURRED, "", report=report)


def is_on_the_desk(report: Report) -> bool:
    """Whether there is something to look at: a picture that was kept, or is shown again, is its writer's alone."""
    picture = report.illustration
    return picture is not None and (report.status == Report.Status.OPEN or picture.hidden_at is not None)


def sees_clearly(*, actor: User, report: Report) -> bool:
    """Whether this moderator asked to see the picture of this report clearly, and may still."""
    asked = ModerationAct.objects.filter(actor_id=actor.pk, report_id=report.pk, action=Action.UNBLURRED)
    return is_on_the_desk(report) and asked.exists()


def suspend_account(*, actor: User, user: User, note: str) -> bool:
    """Suspend a writer without a report; False where the account is suspended already."""
    note = _checked_account(actor, user, note)
    with transaction.atomic():
        hold(user)
        if not User.objects.filter(pk=user.pk, suspended_at=None).update(suspended_at=timezone.now()):
            return False
        illustration.clear_line(user.requester_key)
        _write(actor, Action.SUSPENDED, note, subject_id=user.pk)
        notices.notify(user=user, kind=Notice.Kind.SUSPENDED)
    return True


def unsuspend(*, actor: User, user: User, note: str) -> bool:
    """End a suspension; False where there is none."""
    note = _checked_account(actor, user, note)
    with transaction.atomic():
        hold(user)
        if not User.objects.filter(pk=user.pk, suspended_at__isnull=False).update(suspended_at=None):
            return False
        _write(actor, Action.UNSUSPENDED, note, subject_id=user.pk)
        notices.notify(user=user, kind=Notice.Kind.UNSUSPENDED)
    return True


def set_limits(*, actor: User, user: User, note: str, seen: Limits, wanted: Limits) -> None:
    """Set a writer's limits, if they are still as they were seen; raises ChangedMeanwhile otherwise.

    Where drawing is stopped for longer than it was, what waits leaves the line and the writer is told.
    """
    note = _checked_account(actor, user, note)
    until, now = wanted.drawing_stopped_until, timezone.now()
    with transaction.atomic():
        hold(user)
        if not User.objects.filter(pk=user.pk, **asdict(seen)).update(**asdict(wanted)):
            raise ChangedMeanwhile
        if until and until > max(now, seen.drawing_stopped_until or now):
            illustration.clear_line(user.requester_key)
            notices.notify(user=user, kind=Notice.Kind.DRAWING_STOPPED, until=until)
        _write(actor, Action.QUOTA_CHANGED, note, subject_id=user.pk)


def set_roles(*, actor: User, user: User, note: str, is_staff: bool, groups: Collection[Group]) -> None:
    """Make somebody a moderator or an operator, or end that. Only administrators may."""
    if not actor.is_superuser:
        raise PermissionDenied
    note = _checked_account(actor, user, note)
    with transaction.atomic():
        User.objects.filter(pk=user.pk).update(is_staff=is_staff)
        user.groups.set(groups)
        _write(actor, Action.ROLES_CHANGED, note, subject_id=user.pk)


def acts_about(*, report: Report) -> QuerySet[ModerationAct]:
    """The lines of the book about this report's writer, newest first."""
    return ModerationAct.objects.filter(subject_id=report.subject_id)


def _decide(
    actor: User,
    report: Report,
    note: str,
    outcome: Outcome,
    action: Action,
    *,
    reason: str = "",
    until: datetime | None = None,
) -> Report:
    """Decide an open report.

    1. Check who acts, on whom, and the note.
    2. Hold the writer, as every save of theirs does, then UPDATE the report where it is still open; the count of
       rows says who won.
    3. Hide the picture, sanction the writer, write the line, leave the notice: all in the same transaction.
    """
    if reason and reason not in Reason.values:
        raise ValidationError({"reason": _("Choose one of the reasons.")})
    note = _checked(actor, report, note)
    subject = report.subject
    if outcome in (Outcome.DRAWING_STOPPED, Outcome.SUSPENDED):
        _not_over_staff(actor, subject)
    now = timezone.now()
    with transaction.atomic():
        hold(subject)
        won = Report.objects.filter(pk=report.pk, status=Report.Status.OPEN).update(
            status=Report.Status.DECIDED, outcome=outcome, decided_by=actor, decided_at=now
        )
        if not won:
            raise AlreadyDecided(_again(report))
        if outcome != Outcome.KEPT:
            reason = reason or report.reason
            _hide(report, reason, now)
            if until is not None:
                until = _stop(subject, until)
            elif outcome == Outcome.SUSPENDED:
                User.objects.filter(pk=subject.pk, suspended_at=None).update(suspended_at=now)
                illustration.clear_line(subject.requester_key)
            notices.notify(
                user=subject, kind=_NOTICES[outcome], reason=reason, until=until, entry=_entry(report)
            )
        _write(actor, action, note, report=report)
    return _again(report)


_NOTICES = {
    Outcome.HIDDEN: Notice.Kind.HIDDEN,
    Outcome.WARNED: Notice.Kind.WARNING,
    Outcome.DRAWING_STOPPED: Notice.Kind.DRAWING_STOPPED,
    Outcome.SUSPENDED: Notice.Kind.SUSPENDED,
}


def _stop(writer: User, until: datetime) -> datetime:
    """Stop drawing for a writer who is held, or leave a stop that lasts longer; return when it ends."""
    row = User.objects.filter(pk=writer.pk)
    until = max(until, row.values_list("drawing_stopped_until", flat=True).get() or until)
    row.update(drawing_stopped_until=until)
    illustration.clear_line(writer.requester_key)
    return until


def _hide(report: Report, reason: str, now: datetime) -> None:
    Illustration.objects.filter(reports=report.pk, hidden_at=None).update(hidden_at=now, hidden_reason=reason)
    Entry.objects.filter(chosen__reports=report.pk).update(chosen=None)


def _entry(report: Report) -> Entry | None:
    return Entry.objects.filter(ties__illustration__reports=report.pk).only("pk").first()


def _write(
    actor: User, action: Action, note: str, *, report: Report | None = None, subject_id: UUID | None = None
) -> None:
    ModerationAct.objects.create(
        action=action,
        actor_id=actor.pk,
        actor_name=str(actor),
        report_id=report.pk if report else None,
        illustration_id=report.illustration_id if report else None,
        subject_id=report.subject_id if report else subject_id,
        note=note,
    )


def _checked(actor: User, report: Report, note: str) -> str:
    _require(actor, "diaries.change_report")
    if actor.pk == report.subject_id:
        raise NotYours
    return _required_note(note)


def _checked_account(actor: User, user: User, note: str) -> str:
    _require(actor, "diaries.change_user")
    if actor.pk == user.pk:
        raise NotYours
    _not_over_staff(actor, user)
    return _required_note(note)


def _required_note(note: str) -> str:
    try:
        note = clean_text(note.strip(), limit=NOTE_LENGTH)
    except ValidationError as error:
        raise ValidationError({"note": error}) from None
    if not note:
        raise ValidationError({"note": _("Write a note: why do you act so?")})
    return note


def _require(actor: User, permission: str) -> None:
    if actor.is_suspended or not actor.is_staff or not actor.has_perm(permission):
        raise PermissionDenied


def _not_over_staff(actor: User, user: User) -> None:
    if user.is_staff and not actor.is_superuser:
        raise NotOverStaff


def _again(report: Report) -> Report:
    return Report.objects.get(pk=report.pk)
