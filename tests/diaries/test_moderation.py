"""Reports of pictures, and what moderators decide about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from diaries.models import Action, Entry, ModerationAct, Notice, Outcome, Report, User
from diaries.services import drawings, entries, moderation, notices
from diaries.services.accounts import Suspended
from illustration.models import Illustration, Status
from tests.factories import EntryIllustrationFactory

pytestmark = pytest.mark.django_db


def day_picture(entry: Entry) -> object:
    return Entry.objects.with_picture().get(pk=entry.pk).picture_id


# Reporting


def test_a_writer_reports_a_picture(author: User, report: Report, picture: Illustration) -> None:
    assert (report.status, report.reason, report.note) == ("open", "scary", "Teeth!")
    assert report.illustration == picture
    assert report.subject == report.reporter == author
    assert list(moderation.reports_of(author)) == [report]


def test_a_second_report_of_the_same_picture_is_the_open_one(
    author: User, report: Report, picture: Illustration
) -> None:
    again = moderation.report_picture(reporter=author, illustration_id=picture.pk, reason="other")
    assert again == report
    assert Report.objects.get().reason == "scary"


def test_a_decided_picture_can_be_reported_anew(
    author: User, moderator: User, report: Report, picture: Illustration
) -> None:
    moderation.keep(actor=moderator, report=report, note="Only a cat.")
    again = moderation.report_picture(reporter=author, illustration_id=picture.pk, reason="other")
    assert again != report
    assert again.status == "open"


def test_a_strangers_picture_cannot_be_reported(stranger: User, picture: Illustration) -> None:
    with pytest.raises(Illustration.DoesNotExist):
        moderation.report_picture(reporter=stranger, illustration_id=picture.pk, reason="scary")
    assert not Report.objects.exists()


@pytest.mark.parametrize("status", [Status.QUEUED, Status.FAILED, Status.STALE])
def test_only_a_finished_picture_can_be_reported(author: User, picture: Illustration, status: str) -> None:
    Illustration.objects.filter(pk=picture.pk).update(status=status)
    with pytest.raises(Illustration.DoesNotExist):
        moderation.report_picture(reporter=author, illustration_id=picture.pk, reason="scary")


def test_an_unknown_picture_cannot_be_reported(author: User) -> None:
    with pytest.raises(Illustration.DoesNotExist):
        moderation.report_picture(reporter=author, illustration_id=uuid4(), reason="scary")


@pytest.mark.parametrize(
    ("reason", "note", "field"),
    [("ugly", "", "reason"), ("scary", "x" * 501, "note"), ("scary", "\x00", "note")],
)
def test_an_unfit_report_is_refused(
    author: User, picture: Illustration, reason: str, note: str, field: str
) -> None:
    with pytest.raises(ValidationError) as caught:
        moderation.report_picture(reporter=author, illustration_id=picture.pk, reason=reason, note=note)
    assert set(caught.value.message_dict) == {field}


# Deciding


def test_keeping_changes_nothing_but_the_report(
    moderator: User, report: Report, picture: Illustration, author: User
) -> None:
    decided = moderation.keep(actor=moderator, report=report, note="Only a cat.")
    assert (decided.status, decided.outcome, decided.decided_by) == ("decided", Outcome.KEPT, moderator)
    picture.refresh_from_db()
    assert picture.hidden_at is None
    assert not notices.notices_of(author).exists()


def test_a_hidden_picture_is_no_longer_the_days_picture(
    moderator: User, report: Report, picture: Illustration, tie: object, author: User
) -> None:
    drawings.choose(entry=tie.entry, illustration_id=picture.pk)
    assert day_picture(tie.entry) == picture.pk
    moderation.hide(actor=moderator, report=report, note="Blood.", reason="violent")
    picture.refresh_from_db()
    assert picture.hidden_at is not None
    assert picture.hidden_reason == "violent"
    assert day_picture(tie.entry) is None
    with pytest.raises(drawings.Refused):
        drawings.choose(entry=tie.entry, illustration_id=picture.pk)
    with pytest.raises(Illustration.DoesNotExist):
        moderation.report_picture(reporter=author, illustration_id=picture.pk, reason="scary")


def test_behind_a_hidden_picture_the_newest_other_one_is_shown(
    moderator: User, report: Report, tie: object
) -> None:
    older = EntryIllustrationFactory(
        entry=tie.entry,
        illustration__ready=True,
        illustration__finished_at=timezone.now() - timedelta(hours=1),
    )
    moderation.hide(actor=moderator, report=report, note="Blood.")
    assert day_picture(tie.entry) == older.illustration_id


def test_the_writer_sees_the_reason_and_may_ask_for_another_drawing(
    moderator: User, report: Report, tie: object, author: User, signed_in: Callable[[User], Client]
) -> None:
    moderation.hide(actor=moderator, report=report, note="For moderators only.")
    client = signed_in(author)
    page = client.get(reverse("diaries:entry-detail", args=[tie.entry_id])).content.decode()
    assert "Scary or disturbing" in page
    assert "For moderators only." not in page
    assert client.get(reverse("diaries:picture", args=[tie.illustration_id])).status_code == 404
    assert client.get(reverse("diaries:thumbnail", args=[tie.illustration_id])).status_code == 404
    client.post(reverse("diaries:entry-redraw", args=[tie.entry_id]))
    assert tie.entry.drawings().filter(status=Status.QUEUED).count() == 1


def test_a_warning_is_on_the_page_and_in_the_mail_without_a_word_of_the_diary(
    moderator: User,
    report: Report,
    tie: object,
    author: User,
    signed_in: Callable[[User], Client],
    mailoutbox: list[object],
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        moderation.hide_and_warn(actor=moderator, report=report, note="Third time.")
    (mail,) = mailoutbox
    assert mail.to == [author.email]
    ((drawn, kind),) = mail.alternatives
    assert kind == "text/html"
    said = mail.subject + mail.body + drawn
    assert "warns you" in mail.body
    assert "warns you" in drawn
    assert "Picture diary" in drawn
    assert "Scary or disturbing" in said
    for private in (tie.entry.title, tie.entry.body, "Third time.", "Teeth!"):
        assert private not in said
    client = signed_in(author)
    notice = notices.notices_of(author).get()
    assert notice.kind == Notice.Kind.WARNING
    assert client.get(reverse("diaries:settings")).content.decode().count(notices.words(notice)) == 1
    client.post(reverse("diaries:notice-dismiss", args=[notice.pk]))
    assert not notices.notices_of(author).exists()


def test_a_stranger_cannot_dismiss_a_notice(author: User, stranger: User) -> None:
    notice = notices.notify(user=author, kind=Notice.Kind.WARNING, reason="scary")
    assert not notices.dismiss(user=stranger, notice_id=notice.pk)
    assert notices.notices_of(author).exists()


def test_drawing_stops_for_some_days(moderator: User, report: Report, tie: object, author: User) -> None:
    waiting = drawings.redraw(entry=tie.entry)
    moderation.stop_drawing(actor=moderator, report=report, note="Again.", days=7)
    author.refresh_from_db()
    assert timedelta(days=6) < author.drawing_stopped_until - timezone.now() <= timedelta(days=7)
    waiting.refresh_from_db()
    assert waiting.status == Status.STALE
    assert drawings.refusal_for(author) == "drawing_stopped"
    style = tie.entry.style
    saved = entries.create_entry(
        author=author, written_on=author.today(), body="Still my diary.", style=style
    )
    assert saved.refusal == "drawing_stopped"


def test_a_shorter_stop_leaves_a_longer_one(moderator: User, report: Report, author: User) -> None:
    until = timezone.now() + timedelta(days=30)
    User.objects.filter(pk=author.pk).update(drawing_stopped_until=until)
    moderation.stop_drawing(actor=moderator, report=report, note="Again.", days=7)
    author.refresh_from_db()
    assert author.drawing_stopped_until == until
    assert notices.notices_of(author).get().until == until


@pytest.mark.parametrize("days", [0, -1, 366, 10**9])
def test_an_odd_number_of_days_is_refused(moderator: User, report: Report, days: int) -> None:
    with pytest.raises(ValidationError):
        moderation.stop_drawing(actor=moderator, report=report, note="Again.", days=days)
    assert Report.objects.open().count() == 1


def test_a_suspended_writer_reads_and_deletes_but_neither_writes_nor_draws(
    moderator: User, report: Report, tie: object, author: User, signed_in: Callable[[User], Client]
) -> None:
    moderation.suspend(actor=moderator, report=report, note="Enough.")
    author.refresh_from_db()
    assert author.is_suspended
    entry = Entry.objects.select_related("author").get(pk=tie.entry_id)
    for act in (
        lambda: entries.create_entry(author=author, written_on=author.today(), body="x", style=entry.style),
        lambda: entries.update_entry(
            entry=entry, version=1, written_on=entry.written_on, body="x", style=entry.style
        ),
        lambda: drawings.redraw(entry=entry),
        lambda: drawings.retry(entry=entry, illustration_id=tie.illustration_id),
        lambda: drawings.choose(entry=entry, illustration_id=tie.illustration_id),
    ):
        with pytest.raises(Suspended):
            act()
    client = signed_in(author)
    assert client.get(reverse("diaries:entry-detail", args=[entry.pk])).status_code == 200
    refused = client.post(reverse("diaries:entry-redraw", args=[entry.pk]))
    assert refused.status_code == 403
    assert "suspended" in refused.content.decode()
    entries.delete_entry(entry=entry)
    assert not Entry.objects.exists()


def test_a_suspension_ends(operator: User, author: User) -> None:
    assert moderation.suspend_account(actor=operator, user=author, note="Spam.")
    assert not moderation.suspend_account(actor=operator, user=author, note="Spam.")
    author.refresh_from_db()
    assert author.is_suspended
    assert moderation.unsuspend(actor=operator, user=author, note="Talked about it.")
    author.refresh_from_db()
    assert not author.is_suspended
    assert [act.action for act in ModerationAct.objects.all()] == [Action.UNSUSPENDED, Action.SUSPENDED]


def test_a_picture_is_shown_again(
    moderator: User, report: Report, picture: Illustration, tie: object
) -> None:
    moderation.hide(actor=moderator, report=report, note="Blood.")
    moderation.show_again(actor=moderator, report=report, note="It was ketchup.")
    assert day_picture(tie.entry) == picture.pk
    with pytest.raises(moderation.AlreadyDecided):
        moderation.show_again(actor=moderator, report=report, note="It was ketchup.")


def test_a_report_outlives_its_picture(moderator: User, report: Report, tie: object, author: User) -> None:
    drawings.delete_drawing(entry=tie.entry, illustration_id=tie.illustration_id)
    report.refresh_from_db()
    assert report.illustration is None
    moderation.hide_and_warn(actor=moderator, report=report, note="Gone, yet seen.")
    assert notices.notices_of(author).get().entry is None


def test_deleting_an_account_takes_its_reports_and_leaves_the_book(
    moderator: User, report: Report, author: User
) -> None:
    moderation.hide(actor=moderator, report=report, note="Blood.")
    author.delete()
    assert not Report.objects.exists()
    assert ModerationAct.objects.get().subject_id == report.subject_id
