"""The moderator's desk: the queue, the blurred picture, and the page on which a report is decided."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image, ImageChops, ImageStat

from diaries.models import Action, ModerationAct, Outcome, Report, User
from diaries.services import moderation
from illustration import storage
from illustration.models import Illustration
from tests.admin.conftest import page_of
from tests.factories import EntryIllustrationFactory, UserFactory


@pytest.fixture
def desk(signed_in: Callable[[User], Client], moderator: User) -> Client:
    """The moderator's browser."""
    return signed_in(moderator)


@pytest.fixture
def other(moderator: User) -> User:
    """A second moderator."""
    user = UserFactory(is_staff=True)
    user.groups.set(moderator.groups.all())
    return user


def address(report: Report) -> str:
    return reverse("admin:diaries_report_change", args=[report.pk])


def picture(client: Client, report: Report, query: str = "") -> Image.Image:
    response = client.get(reverse("admin:diaries_report_picture", args=[report.pk]) + query)
    assert response.status_code == 200
    assert "no-store" in response.headers["Cache-Control"]
    data = b"".join(response.streaming_content) if response.streaming else response.content
    return Image.open(io.BytesIO(data)).convert("RGB")


def edges(image: Image.Image) -> float:
    """Return how much neighbours differ at most: a sharp picture has a high figure."""
    shifted = ImageChops.offset(image, 1, 0)
    return max(high for _low, high in ImageStat.Stat(ImageChops.difference(image, shifted)).extrema)


def test_the_queue_shows_open_reports_first_and_the_oldest_of_them_on_top(
    desk: Client, report: Report, author: User, moderator: User
) -> None:
    tie = EntryIllustrationFactory(entry__author=author, illustration__ready=True)
    later = moderation.report_picture(reporter=author, illustration_id=tie.illustration_id, reason="sexual")
    tie = EntryIllustrationFactory(entry__author=author, illustration__ready=True)
    done = moderation.report_picture(reporter=author, illustration_id=tie.illustration_id, reason="hateful")
    moderation.keep(actor=moderator, report=done, note="Fine.")
    page = page_of(desk.get(reverse("admin:diaries_report_changelist")))
    places = [page.index(str(row.pk)) for row in (report, later, done)]
    assert places == sorted(places)
    for said in ("Scary or disturbing", "Crayon", "Sexual"):
        assert said in page


def test_a_picture_is_blurred_until_this_moderator_asks_to_see_it(
    desk: Client,
    report: Report,
    other: User,
    moderator: User,
    signed_in: Callable[[User], Client],
    diary: list[Illustration],
) -> None:
    assert edges(picture(desk, report)) < 60
    response = desk.post(reverse("admin:diaries_report_unblur", args=[report.pk]))
    assert response.headers["Location"] == address(report)
    assert edges(picture(desk, report)) > 200
    assert edges(picture(desk, report, "?blurred")) < 60
    assert edges(picture(signed_in(other), report)) < 60
    act = ModerationAct.objects.get()
    assert (act.action, act.actor_id, act.report_id) == (Action.UNBLURRED, moderator.pk, report.pk)
    assert "You see it clearly" in page_of(desk.get(address(report)))


def test_a_picture_that_was_kept_is_blurred_again_for_everybody(
    desk: Client, report: Report, moderator: User
) -> None:
    unblur = reverse("admin:diaries_report_unblur", args=[report.pk])
    desk.post(unblur)
    assert edges(picture(desk, report)) > 200
    desk.post(address(report), {"act": "keep", "note": "Fine."})
    assert edges(picture(desk, report)) < 60
    page = page_of(desk.post(unblur, follow=True))
    assert "so it stays blurred" in page
    assert unblur not in page
    assert edges(picture(desk, report)) < 60


def test_the_queue_tells_who_reported_without_a_name(
    desk: Client, report: Report, other: User, writer: User
) -> None:
    row = desk.get(reverse("admin:diaries_report_changelist")).context["cl"]
    assert "reported_by" in row.list_display
    assert "the writer" in page_of(desk.get(reverse("admin:diaries_report_changelist")))
    Report.objects.filter(pk=report.pk).update(reporter=other)
    page = page_of(desk.get(reverse("admin:diaries_report_changelist")))
    assert "the writer" not in page
    assert str(other.pk)[:8] in page
    assert other.email not in page


def test_looking_at_the_page_writes_nothing_into_the_book(desk: Client, report: Report) -> None:
    desk.get(address(report))
    desk.get(reverse("admin:diaries_report_unblur", args=[report.pk]))
    assert not ModerationAct.objects.exists()


@pytest.mark.parametrize(
    ("act", "outcome", "hidden"),
    [
        ("keep", Outcome.KEPT, False),
        ("hide", Outcome.HIDDEN, True),
        ("hide_and_warn", Outcome.WARNED, True),
        ("stop_drawing", Outcome.DRAWING_STOPPED, True),
        ("suspend", Outcome.SUSPENDED, True),
    ],
)
def test_a_report_is_decided(
    desk: Client,
    report: Report,
    moderator: User,
    writer: User,
    diary: list[Illustration],
    act: str,
    outcome: str,
    hidden: bool,
) -> None:
    sent = {"act": act, "note": "Eyes.", "reason": "violent", "days": "3"}
    response = desk.post(address(report), sent)
    assert response.headers["Location"] == reverse("admin:diaries_report_changelist")
    report.refresh_from_db()
    assert (report.outcome, report.decided_by) == (outcome, moderator)
    diary[0].refresh_from_db()
    assert (diary[0].hidden_at is not None) == hidden
    assert diary[0].hidden_reason == ("violent" if hidden else "")
    writer.refresh_from_db()
    assert writer.is_suspended == (act == "suspend")
    assert writer.is_drawing_stopped == (act == "stop_drawing")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"act": "hide"}, "This field is required."),
        ({"act": "hide", "note": " "}, "This field is required."),
        ({"act": "hide", "note": "x" * 501}, "500"),
        ({"act": "stop_drawing", "note": "Eyes.", "days": ""}, "For how many days?"),
        ({"act": "stop_drawing", "note": "Eyes.", "days": "0"}, "1"),
        ({"act": "stop_drawing", "note": "Eyes.", "days": "99999999999"}, "365"),
        ({"act": "burn", "note": "Eyes."}, "burn"),
        ({"act": "hide", "note": "Eyes.", "reason": "ugly"}, "ugly"),
        ({"note": "Eyes."}, "Nothing was done yet"),
    ],
)
def test_a_decision_that_is_not_fit_changes_nothing(
    desk: Client, report: Report, sent: dict[str, str], said: str
) -> None:
    response = desk.post(address(report), sent)
    assert response.status_code == 422
    assert said in page_of(response)
    report.refresh_from_db()
    assert report.status == "open"
    assert not ModerationAct.objects.exists()


def test_the_second_moderator_is_told_who_was_not_first(
    desk: Client, report: Report, other: User, signed_in: Callable[[User], Client]
) -> None:
    desk.post(address(report), {"act": "keep", "note": "Fine."})
    response = signed_in(other).post(address(report), {"act": "suspend", "note": "Out."}, follow=True)
    assert "Another moderator was first: Kept" in page_of(response)
    report.refresh_from_db()
    assert report.outcome == Outcome.KEPT
    assert ModerationAct.objects.count() == 1


def test_every_picture_in_the_queue_can_be_loaded(
    desk: Client, report: Report, moderator: User, diary: list[Illustration]
) -> None:
    tie = EntryIllustrationFactory(entry__author=moderator, illustration__ready=True)
    own = moderation.report_picture(reporter=moderator, illustration_id=tie.illustration_id, reason="other")
    page = page_of(desk.get(reverse("admin:diaries_report_changelist")))
    assert str(own.pk) in page
    assert "your own" in page
    shown = re.findall(r'<img class="desk-thumbnail" src="([^"]*)"', page)
    assert shown == [reverse("admin:diaries_report_picture", args=[report.pk]) + "?blurred"]
    assert desk.get(shown[0]).status_code == 200


def test_nobody_acts_on_a_picture_of_their_own(desk: Client, moderator: User) -> None:
    tie = EntryIllustrationFactory(entry__author=moderator, illustration__ready=True)
    own = moderation.report_picture(reporter=moderator, illustration_id=tie.illustration_id, reason="other")
    page = page_of(desk.get(address(own)))
    assert "somebody else has to decide" in page
    assert 'name="act"' not in page
    assert desk.get(reverse("admin:diaries_report_picture", args=[own.pk])).status_code == 404
    desk.post(reverse("admin:diaries_report_unblur", args=[own.pk]))
    response = desk.post(address(own), {"act": "keep", "note": "Mine."})
    assert response.status_code == 200
    own.refresh_from_db()
    assert own.status == "open"
    assert not ModerationAct.objects.exists()


def test_a_hidden_picture_is_shown_again(
    desk: Client, report: Report, diary: list[Illustration], moderator: User
) -> None:
    moderation.hide(actor=moderator, report=report, note="Eyes.")
    assert "Take the hiding back" in page_of(desk.get(address(report)))
    desk.post(address(report), {"act": "show_again", "note": "Buttons."})
    diary[0].refresh_from_db()
    assert diary[0].hidden_at is None


def test_earlier_acts_about_the_writer_are_told(
    desk: Client, report: Report, writer: User, moderator: User
) -> None:
    moderation.hide_and_warn(actor=moderator, report=report, note="First time.")
    tie = EntryIllustrationFactory(entry__author=writer, illustration__ready=True)
    again = moderation.report_picture(reporter=writer, illustration_id=tie.illustration_id, reason="scary")
    assert "First time." in page_of(desk.get(address(again)))


def test_a_picture_without_its_file_is_no_error(
    desk: Client, report: Report, diary: list[Illustration]
) -> None:
    storage.remove([diary[0].picture])
    assert desk.get(address(report)).status_code == 200
    assert desk.get(reverse("admin:diaries_report_picture", args=[report.pk])).status_code == 404


@pytest.mark.parametrize("name", ["not-an-id", "00000000-0000-0000-0000-000000000000"])
def test_a_report_that_does_not_exist_is_not_found(desk: Client, name: str) -> None:
    assert desk.get(f"/admin/diaries/report/{name}/change/").status_code == 404


def test_the_overview_counts_what_waits(desk: Client, report: Report) -> None:
    response: Any = desk.get("/admin/")
    assert response.context["reports"]["count"] == 1
    assert "machine" not in response.context
