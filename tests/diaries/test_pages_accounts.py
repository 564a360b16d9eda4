"""Signing up, in and out, and a new password, through the pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from diaries.models import User
from tests.conftest import use_redis
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh_counts(redis_url: str, settings: Any) -> None:
    """A real cache, in which nobody has tried anything yet."""
    use_redis(settings, redis_url)
    cache.clear()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "made by artificial intelligence, on this server, from the text you write"),
        ("ko", "인공지능(AI)이 일기에 쓴 글을 보고 이 서버에서 만들어요"),
    ],
)
def test_signing_up_tells_beforehand_who_draws(language: str, words: str) -> None:
    html = Client().get("/accounts/signup/", headers={"accept-language": language}).content.decode()
    assert words in html


def test_signing_up_opens_a_diary_in_the_browsers_language_and_time_zone() -> None:
    client = Client(headers={"accept-language": "ko-KR"})
    sent = {
        "email": "New@Example.org",
        "password1": PASSWORD,
        "display_name": "지우",
        "time_zone": "Europe/Berlin",
    }
    answer = client.post("/accounts/signup/", sent)
    user = User.objects.get(email="new@example.org")
    assert answer.headers["Location"] == "/diary/"
    assert (user.language, user.time_zone, user.display_name) == ("ko", "Europe/Berlin", "지우")
    assert client.get("/diary/").status_code == 200


def test_a_time_zone_nobody_knows_is_not_kept() -> None:
    sent = {"email": "new@example.org", "password1": PASSWORD, "time_zone": "Moon/Base"}
    assert Client().post("/accounts/signup/", sent).status_code == 302
    assert User.objects.get(email="new@example.org").time_zone != "Moon/Base"


@pytest.mark.parametrize(
    ("address", "sent", "language", "words"),
    [
        ("signup", {"email": "x", "password1": "short"}, "ko", "이메일 주소를 입력하세요."),
        ("signup", {"email": "x", "password1": "short"}, "en", "Enter a valid email address."),
        ("login", {"login": "a@example.org", "password": "wrong"}, "en", "not correct"),
    ],
)
def test_unfit_answers_come_back_in_words(
    address: str, sent: dict[str, str], language: str, words: str
) -> None:
    answer = Client().post(f"/accounts/{address}/", sent, headers={"accept-language": language})
    html = answer.content.decode()
    assert words in html
    assert 'role="alert"' in html
    assert f'value="{sent.get("email") or sent.get("login")}"' in html
    assert sent.get("password1", "wrong") not in re.findall(r'value="([^"]*)"', html)


@pytest.mark.parametrize("password", ["", "12345", "minji@example.org"])
def test_what_django_says_of_passwords_is_said_in_our_tone(password: str) -> None:
    sent = {"email": "minji@example.org", "password1": password}
    answer = Client().post("/accounts/signup/", sent, headers={"accept-language": "ko"})
    html = answer.content.decode()
    assert 'class="error-summary"' in html
    assert not re.findall(r"[^<>]*니다[^<>]*", html)


def test_the_summary_of_errors_counts_its_lines() -> None:
    sent = {"email": "nonsense", "password1": "12345"}
    answer = Client().post("/accounts/signup/", sent, headers={"accept-language": "en"})
    summary = re.search(r'class="error-summary".*?</div>', answer.content.decode(), re.S)
    assert summary
    lines = summary[0].count("<li>")
    assert lines > 2
    assert f"{lines} things need another look." in summary[0]


def test_a_person_signs_in_and_out(author: User) -> None:
    client = Client()
    assert (
        client.post("/accounts/login/", {"login": "AUTHOR@example.org", "password": PASSWORD}).status_code
        == 302
    )
    assert client.get("/diary/").status_code == 200
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/diary/").status_code == 200, "only a POST signs out"
    client.post("/accounts/logout/")
    assert client.get("/diary/").status_code == 302


@pytest.mark.parametrize(
    ("language", "words"), [("en", "asked for a new password"), ("ko", "새 비밀번호를 부탁했어요")]
)
def test_a_forgotten_password_is_replaced_through_a_letter(author: User, language: str, words: str) -> None:
    User.objects.update(language="")
    client = Client(headers={"accept-language": language})
    assert client.post("/accounts/password/reset/", {"email": author.email}).status_code == 302
    [letter] = mail.outbox
    assert words in letter.body
    link = re.search(r"https?://[^/]+(/accounts/password/reset/key/\S+)", letter.body)
    assert link
    [drawn] = letter.alternatives
    assert drawn.mimetype == "text/html"
    assert words in drawn.content
    assert f'href="{link.group()}"' in drawn.content
    form = client.get(link.group(1), follow=True)
    assert form.status_code == 200
    new = "another good long password"
    answer = client.post(form.request["PATH_INFO"], {"password1": new, "password2": new}, follow=True)
    assert answer.status_code == 200
    author.refresh_from_db()
    assert author.check_password(new)


def test_too_many_tries_are_told_in_our_look(author: User) -> None:
    client = Client(headers={"accept-language": "en"})
    answers = [client.post("/accounts/password/reset/", {"email": "author@example.org"}) for _ in range(40)]
    assert answers[-1].status_code == 429
    assert "That was a little fast" in answers[-1].content.decode()
