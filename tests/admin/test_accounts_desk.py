"""Accounts at the operator's desk: limits, suspension and roles; each act with a note, and none over staff."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from diaries.models import Action, ModerationAct, User
from diaries.services import moderation, notices
from tests.admin.conftest import page_of


@pytest.fixture
def desk(signed_in: Callable[[User], Client], operator: User) -> Client:
    """The operator's browser."""
    return signed_in(operator)


def test_a_quota_is_set_with_a_note(desk: Client, writer: User, operator: User) -> None:
    page = reverse("admin:diaries_user_change", args=[writer.pk])
    assert "drawings_a_day" in desk.post(page, {"drawings_a_day": "3", "note": ""}).content.decode()
    writer.refresh_from_db()
    assert writer.drawings_a_day is None
    desk.post(page, {"drawings_a_day": "3", "note": "Asked for it."})
    writer.refresh_from_db()
    assert writer.drawings_a_day == 3
    act = ModerationAct.objects.get()
    assert (act.action, act.actor_id, act.subject_id) == (Action.QUOTA_CHANGED, operator.pk, writer.pk)


def stands(client: Client, user: User) -> dict[str, str]:
    """Return what a browser sends of the account's page when only a note is written."""
    form = client.get(reverse("admin:diaries_user_change", args=[user.pk])).context["adminform"].form
    sent = {"note": "Why."}
    for name in form.fields:
        value = form[name].value()
        parts = form.fields[name].widget.decompress(value) if name == "drawing_stopped_until" else [value]
        for n, part in enumerate(parts):
            key = f"{name}_{n}" if name == "drawing_stopped_until" else name
            sent.setdefault(key, "" if part is None else str(part))
    return sent


def test_an_older_form_lifts_no_stop_and_says_what_stands_now(desk: Client, writer: User) -> None:
    page = reverse("admin:diaries_user_change", args=[writer.pk])
    sent = stands(desk, writer) | {"drawings_a_day": "3"}
    until = timezone.now() + timedelta(days=7)
    User.objects.filter(pk=writer.pk).update(drawing_stopped_until=until)
    response = desk.post(page, sent)
    assert "Somebody else changed this meanwhile" in page_of(response)
    writer.refresh_from_db()
    assert (writer.drawings_a_day, writer.drawing_stopped_until) == (None, until)
    assert not ModerationAct.objects.exists()
    # The form came back knowing what stands: sent again, it does as it says.
    again = response.context["adminform"].form
    sent |= {name: again[name].value() for name in ("seen_a_day", "seen_stop")}
    assert sent["seen_stop"] == until.isoformat()
    desk.post(page, sent)
    writer.refresh_from_db()
    assert (writer.drawings_a_day, writer.drawing_stopped_until) == (3, None)


def test_a_new_quota_leaves_a_stop_as_it_is(desk: Client, writer: User) -> None:
    until = timezone.now() + timedelta(days=7)
    User.objects.filter(pk=writer.pk).update(drawing_stopped_until=until)
    desk.post(
        reverse("admin:diaries_user_change", args=[writer.pk]), stands(desk, writer) | {"drawings_a_day": "3"}
    )
    writer.refresh_from_db()
    assert (writer.drawings_a_day, writer.drawing_stopped_until) == (3, until)
    assert not notices.notices_of(writer).exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Nothing is changed yet."),
        ({"drawings_a_day": "100001"}, "At most 100,000."),
        ({"drawings_a_day": "-1"}, "greater than or equal to 0"),
        (
            {"drawing_stopped_until_0": "9999-12-31", "drawing_stopped_until_1": "23:59:59"},
            "At most 10 years",
        ),
        (
            {"drawing_stopped_until_0": "0001-01-01", "drawing_stopped_until_1": "00:00:00"},
            "At most 10 years",
        ),
        ({"drawing_stopped_until_0": "soon", "drawing_stopped_until_1": ""}, "valid"),
    ],
)
def test_limits_that_do_not_fit_change_nothing(
    desk: Client, writer: User, sent: dict[str, str], said: str
) -> None:
    response = desk.post(reverse("admin:diaries_user_change", args=[writer.pk]), stands(desk, writer) | sent)
    assert said in page_of(response)
    assert not ModerationAct.objects.exists()
    assert moderation.Limits.of(User.objects.get(pk=writer.pk)) == moderation.Limits(None, None)


def test_no_name_of_an_account_is_left_in_djangos_own_log(desk: Client, writer: User) -> None:
    desk.post(
        reverse("admin:diaries_user_change", args=[writer.pk]), stands(desk, writer) | {"drawings_a_day": "3"}
    )
    assert User.objects.get(pk=writer.pk).drawings_a_day == 3
    assert not LogEntry.objects.exists()


def test_nothing_else_of_an_account_changes(desk: Client, writer: User) -> None:
    before = User.objects.filter(pk=writer.pk).values().get()
    group = Group.objects.get(name="operator")
    sent = {
        "note": "Me too.",
        "drawings_a_day": "3",
        "is_staff": "on",
        "is_superuser": "on",
        "groups": [str(group.pk)],
        "email": "new@example.org",
        "display_name": "New",
        "password": "new",
        "suspended_at_0": "2026-01-01",
    }
    desk.post(reverse("admin:diaries_user_change", args=[writer.pk]), sent)
    after = User.objects.filter(pk=writer.pk).values().get()
    assert after == before | {"drawings_a_day": 3}
    assert not writer.groups.exists()


@pytest.mark.parametrize("who", ["moderator", "administrator", "operator"])
def test_an_operator_has_no_hold_over_staff_nor_over_the_own_account(
    request: pytest.FixtureRequest, desk: Client, who: str
) -> None:
    staff: User = request.getfixturevalue(who)
    sent = {"drawings_a_day": "3", "note": "More.", "act": "suspend"}
    for name in ("change", "suspension"):
        assert desk.post(reverse(f"admin:diaries_user_{name}", args=[staff.pk]), sent).status_code == 403
    staff.refresh_from_db()
    assert staff.drawings_a_day is None
    assert not staff.is_suspended


def test_an_account_is_suspended_and_the_suspension_ends(desk: Client, writer: User) -> None:
    page = reverse("admin:diaries_user_suspension", args=[writer.pk])
    assert desk.post(page, {"act": "suspend", "note": ""}).status_code == 422
    desk.post(page, {"act": "suspend", "note": "Spam."})
    writer.refresh_from_db()
    assert writer.is_suspended
    again = desk.post(page, {"act": "suspend", "note": "Spam."}, follow=True)
    assert "Somebody else has just done that." in page_of(again)
    desk.post(page, {"act": "unsuspend", "note": "Sorry."})
    writer.refresh_from_db()
    assert not writer.is_suspended


def test_an_administrator_makes_a_moderator(
    signed_in: Callable[[User], Client], administrator: User, writer: User
) -> None:
    group = Group.objects.get(name="moderator")
    sent = {"note": "Welcome.", "is_staff": "on", "groups": [str(group.pk)]}
    signed_in(administrator).post(reverse("admin:diaries_user_change", args=[writer.pk]), sent)
    writer = User.objects.get(pk=writer.pk)
    assert writer.is_staff
    assert writer.has_perm("diaries.change_report")
    assert not writer.is_superuser
    assert ModerationAct.objects.get().action == Action.ROLES_CHANGED


def test_staff_who_are_suspended_do_not_get_in(desk: Client, operator: User) -> None:
    User.objects.filter(pk=operator.pk).update(suspended_at=timezone.now())
    assert desk.get("/admin/").status_code == 403
