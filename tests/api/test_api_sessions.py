"""Signing up, in and out with a session token that ends at once, and passwords."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from rest_framework.test import APIClient

from diaries.models import User
from tests.api.apps import V1, app_of, app_with, is_problem
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
NEW = {"email": "new@example.org", "password": PASSWORD, "display_name": "Minji", "time_zone": "Asia/Tokyo"}


def test_signing_up_signs_in_and_keeps_what_was_said(nobody: APIClient) -> None:
    response = nobody.post(f"{V1}/accounts/", NEW | {"language": "en"})
    assert response.status_code == 201
    found = response.json()
    assert found["pending"] == []
    assert found["me"]["email"] == "new@example.org"
    assert found["me"]["display_name"] == "Minji"
    assert (found["me"]["time_zone"], found["me"]["language"]) == ("Asia/Tokyo", "en")
    assert not response.cookies
    me = app_with(found["session_token"]).get(f"{V1}/me/")
    assert me.status_code == 200
    assert me.json()["id"] == found["me"]["id"]


def test_without_a_language_the_account_takes_the_apps(nobody: APIClient) -> None:
    response = nobody.post(f"{V1}/accounts/", NEW, headers={"Accept-Language": "ko"})
    assert response.json()["me"]["language"] == "ko"


def test_a_taken_address_and_a_poor_password_are_told_by_field(nobody: APIClient, author: User) -> None:
    EmailAddress.objects.create(user=author, email=author.email, primary=True, verified=False)
    taken = is_problem(nobody.post(f"{V1}/accounts/", NEW | {"email": author.email}), 422, "invalid")
    assert [error["field"] for error in taken["errors"]] == ["email"]
    poor = is_problem(nobody.post(f"{V1}/accounts/", NEW | {"password": "12345"}), 422, "invalid")
    assert {error["field"] for error in poor["errors"]} == {"password"}
    assert "password_too_common" in {error["code"] for error in poor["errors"]}
    assert User.objects.filter(email="new@example.org").count() == 0


def test_a_sign_up_sets_nothing_but_what_it_may(nobody: APIClient) -> None:
    more = {"is_staff": True, "is_superuser": True, "drawings_a_day": 999, "id": "1" * 32}
    found = nobody.post(f"{V1}/accounts/", NEW | more).json()
    user = User.objects.get(pk=found["me"]["id"])
    assert not user.is_staff
    assert not user.is_superuser
    assert user.drawings_a_day is None


def test_signing_in_gives_a_token_and_signing_out_ends_it_at_once(nobody: APIClient, author: User) -> None:
    response = nobody.post(f"{V1}/session/", {"email": author.email, "password": PASSWORD})
    assert response.status_code == 200
    phone = app_with(response.json()["session_token"])
    tablet = app_of(author)
    assert phone.get(f"{V1}/me/").status_code == 200
    assert phone.delete(f"{V1}/session/").status_code == 204
    is_problem(phone.get(f"{V1}/me/"), 401, "session_ended")
    assert tablet.get(f"{V1}/me/").status_code == 200


@pytest.mark.parametrize("sent", [{"password": "not this one"}, {"email": "who@example.org"}])
def test_wrong_credentials_are_one_problem_whichever_is_wrong(
    nobody: APIClient, author: User, sent: dict[str, str]
) -> None:
    response = nobody.post(f"{V1}/session/", {"email": author.email, "password": PASSWORD} | sent)
    is_problem(response, 401, "wrong_credentials")


def test_signing_in_twice_is_told(mine: APIClient, author: User) -> None:
    response = mine.post(f"{V1}/session/", {"email": author.email, "password": PASSWORD})
    is_problem(response, 409, "already_signed_in")


@pytest.mark.parametrize("token", ["x" * 32, "short", "!" * 32, "0" * 5000, "\u00e9"])
def test_a_token_that_is_none_is_never_taken_for_nobody(nobody: APIClient, token: str) -> None:
    headers = {"X-Session-Token": token}
    is_problem(nobody.get(f"{V1}/me/", headers=headers), 401, "session_ended")
    is_problem(nobody.get(f"{V1}/styles/", headers=headers), 401, "session_ended")
    is_problem(
        nobody.post(f"{V1}/session/", {"email": "a@example.org", "password": "x"}, headers=headers),
        401,
        "session_ended",
    )


def test_without_a_token_every_writers_address_is_401_and_says_how(nobody: APIClient) -> None:
    response = nobody.get(f"{V1}/entries/")
    is_problem(response, 401, "not_signed_in")
    assert response.headers["WWW-Authenticate"] == 'X-Session-Token realm="api"'


def test_changing_the_password_ends_every_other_session(mine: APIClient, author: User) -> None:
    other = app_of(author)
    wrong = mine.post(f"{V1}/password/", {"current_password": "no", "new_password": "another long one"})
    assert is_problem(wrong, 422, "invalid")["errors"][0]["field"] == "current_password"
    response = mine.post(
        f"{V1}/password/", {"current_password": PASSWORD, "new_password": "another long one"}
    )
    assert response.status_code == 200
    assert response.json()["me"]["id"] == str(author.pk)
    is_problem(other.get(f"{V1}/me/"), 401, "session_ended")
    renewed = app_with(response.json()["session_token"])
    assert renewed.get(f"{V1}/me/").status_code == 200


def test_a_forgotten_password_is_reset_by_the_key_in_the_mail(
    nobody: APIClient, author: User, mailoutbox: list[Any]
) -> None:
    EmailAddress.objects.create(user=author, email=author.email, primary=True, verified=True)
    old = app_of(author)
    for email in (author.email, "who@example.org"):
        response = nobody.post(f"{V1}/password/reset-requests/", {"email": email})
        assert (response.status_code, response.content) == (204, b"")
    mail = next(mail for mail in mailoutbox if mail.to == [author.email])
    match = re.search(r"/key/([^/\s]+)/", mail.body)
    assert match
    wrong = nobody.post(f"{V1}/password/resets/", {"key": "1-2", "password": "another long one"})
    assert is_problem(wrong, 422, "invalid")["errors"][0]["field"] == "key"
    key = match[1]
    done = nobody.post(f"{V1}/password/resets/", {"key": key, "password": "another long one"})
    assert done.status_code == 204
    is_problem(old.get(f"{V1}/me/"), 401, "session_ended")
    sent = {"email": author.email, "password": "another long one"}
    assert nobody.post(f"{V1}/session/", sent).status_code == 200


def test_where_addresses_must_be_verified_signing_in_waits_for_the_key(
    nobody: APIClient, settings: Any, mailoutbox: list[Any]
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    response = nobody.post(f"{V1}/accounts/", NEW)
    assert response.status_code == 202
    found = response.json()
    assert (found["pending"], found["me"]) == (["verify_email"], None)
    waiting = app_with(found["session_token"])
    is_problem(waiting.get(f"{V1}/me/"), 401, "session_ended")
    again = nobody.post(f"{V1}/session/", {"email": NEW["email"], "password": PASSWORD})
    assert again.status_code == 202
    match = re.search(r"/confirm-email/([^/\s]+)/", mailoutbox[0].body)
    assert match
    wrong = waiting.post(f"{V1}/email-verifications/", {"key": "no"})
    assert is_problem(wrong, 422, "invalid")["errors"][0]["field"] == "key"
    done = waiting.post(f"{V1}/email-verifications/", {"key": match[1]})
    assert done.status_code == 204
    signed_in = nobody.post(f"{V1}/session/", {"email": NEW["email"], "password": PASSWORD})
    assert signed_in.status_code == 200
    assert signed_in.json()["me"]["email_verified"] is True
    assert signed_in.json()["me"]["display_name"] == "Minji"


def test_the_sites_cookie_reads_but_writes_only_with_its_csrf_token(author: User) -> None:
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(author)
    assert browser.get(f"{V1}/me/").status_code == 200
    is_problem(browser.patch(f"{V1}/me/", {"display_name": "x"}, format="json"), 403, "csrf_failed")
    author.refresh_from_db()
    assert author.display_name == "Author"
