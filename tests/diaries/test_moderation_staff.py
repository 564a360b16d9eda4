"""Who may act as staff, on what they saw, and the book in which every act is written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from diaries.models import Action, AppendOnly, ModerationAct, Notice, Report, User
from diaries.services import drawings, moderation, notices
from illustration.models import Illustration, Status
from tests.factories import EntryIllustrationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_limits_are_set_only_where_they_stand_as_they_were_seen(
    moderator: User, operator: User, report: Report, author: User
) -> None:
    seen = moderation.Limits.of(author)
    moderation.stop_drawing(actor=moderator, report=report, note="Again.", days=7)
    stopped = moderation.Limits.of(User.objects.get(pk=author.pk))
    wanted = moderation.Limits(3, None)
    with pytest.raises(moderation.ChangedMeanwhile):
        moderation.set_limits(actor=operator, user=author, note="More.", seen=seen, wanted=wanted)
    assert moderation.Limits.of(User.objects.get(pk=author.pk)) == stopped
    assert not ModerationAct.objects.filter(action=Action.QUOTA_CHANGED).exists()
    moderation.set_limits(actor=operator, user=author, note="Enough.", seen=stopped, wanted=wanted)
    assert moderation.Limits.of(User.objects.get(pk=author.pk)) == wanted


def test_a_stop_that_is_set_by_hand_clears_the_line_and_tells_the_writer(
    operator: User, tie: object, author: User
) -> None:
    waiting = drawings.redraw(entry=tie.entry)
    seen, until = moderation.Limits.of(author), timezone.now() + timedelta(days=2)
    stop = moderation.Limits(None, until)
    moderation.set_limits(actor=operator, user=author, note="Broken pictures.", seen=seen, wanted=stop)
    waiting.refresh_from_db()
    assert waiting.status == Status.STALE
    notice = notices.notices_of(author).get()
    assert (notice.kind, notice.until) == (Notice.Kind.DRAWING_STOPPED, until)
    assert "hid" not in notices.words(notice)
    # Neither ending a stop nor another number of drawings is a stop.
    freed = moderation.Limits(5, None)
    moderation.set_limits(actor=operator, user=author, note="Mended.", seen=stop, wanted=freed)
    assert notices.notices_of(author).count() == 1


def test_a_picture_that_was_kept_is_not_looked_at_any_more(moderator: User, report: Report) -> None:
    moderation.unblur(actor=moderator, report=report)
    assert moderation.sees_clearly(actor=moderator, report=report)
    kept = moderation.keep(actor=moderator, report=report, note="Only a cat.")
    assert not moderation.sees_clearly(actor=moderator, report=kept)
    with pytest.raises(moderation.NotOnTheDesk):
        moderation.unblur(actor=moderator, report=kept)
    assert ModerationAct.objects.filter(action=Action.UNBLURRED).count() == 1


def test_a_hidden_picture_is_looked_at_until_it_is_shown_again(moderator: User, report: Report) -> None:
    moderation.unblur(actor=moderator, report=report)
    hidden = moderation.hide(actor=moderator, report=report, note="Blood.")
    assert moderation.sees_clearly(actor=moderator, report=hidden)
    moderation.show_again(actor=moderator, report=hidden, note="It was ketchup.")
    assert not moderation.sees_clearly(actor=moderator, report=Report.objects.get(pk=report.pk))


def test_nobody_acts_on_a_picture_of_their_own(moderator: User) -> None:
    tie = EntryIllustrationFactory(entry__author=moderator, illustration__ready=True)
    report = moderation.report_picture(
        reporter=moderator, illustration_id=tie.illustration_id, reason="scary"
    )
    for act in (moderation.keep, moderation.hide, moderation.hide_and_warn, moderation.suspend):
        with pytest.raises(moderation.NotYours):
            act(actor=moderator, report=report, note="Mine.")
    with pytest.raises(moderation.NotYours):
        moderation.unblur(actor=moderator, report=report)
    assert Report.objects.open().count() == 1
    assert not ModerationAct.objects.exists()


@pytest.mark.parametrize("who", ["author", "stranger", "operator", "suspended"])
def test_only_moderators_decide(request: pytest.FixtureRequest, report: Report, who: str) -> None:
    if who == "suspended":
        actor = request.getfixturevalue("moderator")
        actor.suspended_at = timezone.now()
    else:
        actor = request.getfixturevalue(who)
    for act in (moderation.keep, moderation.hide, moderation.hide_and_warn, moderation.suspend):
        with pytest.raises(PermissionDenied):
            act(actor=actor, report=report, note="Let me.")
    assert Report.objects.open().count() == 1


def test_only_an_administrator_suspends_staff(moderator: User, operator: User, administrator: User) -> None:
    tie = EntryIllustrationFactory(entry__author=operator, illustration__ready=True)
    report = moderation.report_picture(reporter=operator, illustration_id=tie.illustration_id, reason="scary")
    with pytest.raises(moderation.NotOverStaff):
        moderation.suspend(actor=moderator, report=report, note="Out.")
    assert Report.objects.open().count() == 1
    moderation.suspend(actor=administrator, report=report, note="Out.")
    operator.refresh_from_db()
    assert operator.is_suspended


@pytest.mark.parametrize("note", ["", "  \n", "x" * 501])
def test_every_act_needs_a_fit_note(moderator: User, report: Report, note: str) -> None:
    with pytest.raises(ValidationError):
        moderation.keep(actor=moderator, report=report, note=note)
    assert Report.objects.open().count() == 1


# The book


def test_every_act_leaves_a_line(
    moderator: User, report: Report, picture: Illustration, author: User
) -> None:
    moderation.unblur(actor=moderator, report=report)
    moderation.hide(actor=moderator, report=report, note="Blood.")
    newest, first = ModerationAct.objects.all()
    assert (first.action, newest.action) == (Action.UNBLURRED, Action.HIDDEN)
    assert newest.actor_id == moderator.pk
    assert newest.report_id == report.pk
    assert newest.illustration_id == picture.pk
    assert newest.subject_id == author.pk
    assert newest.note == "Blood."
    report.refresh_from_db()
    assert moderation.sees_clearly(actor=moderator, report=report)
    assert not moderation.sees_clearly(actor=UserFactory(is_staff=True), report=report)


def test_the_book_takes_new_lines_only(moderator: User, report: Report) -> None:
    moderation.keep(actor=moderator, report=report, note="Only a cat.")
    act = ModerationAct.objects.get()
    act.note = "Nothing."
    for change in (
        act.save,
        act.delete,
        lambda: ModerationAct.objects.update(note="Nothing."),
        lambda: ModerationAct.objects.all().delete(),
        lambda: ModerationAct.objects.bulk_update([act], ["note"]),
    ):
        with pytest.raises(AppendOnly):
            change()
    assert ModerationAct.objects.get().note == "Only a cat."


def test_the_database_itself_refuses_to_change_a_line(moderator: User, report: Report) -> None:
    moderation.keep(actor=moderator, report=report, note="Only a cat.")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE diaries_moderationact SET note = 'Nothing.'")
    assert ModerationAct.objects.get().note == "Only a cat."
