"""make admin and make demo: the administrator's account, and a month of days that are really drawn."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from diaries.management.commands import seed_demo
from diaries.models import Entry, User
from illustration import drawing, loader
from illustration.models import Illustration, Priority, Status, Style
from tests.factories import EntryIllustrationFactory
from tests.processes import SMALL_ENGINE

pytestmark = pytest.mark.django_db
Say = Callable[..., str]


@pytest.fixture
def say() -> Say:
    """Run a command and return what it says."""

    def run(*arguments: str) -> str:
        out = io.StringIO()
        call_command(*arguments, stdout=out, stderr=out)
        return out.getvalue()

    return run


@pytest.fixture(autouse=True)
def _fresh_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """No engine is loaded in this process yet."""
    monkeypatch.setattr(loader, "_loaded", None)
    monkeypatch.setattr(drawing, "_worker", None)


# make admin


def test_an_administrator_is_made_from_options_and_environment(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", "a quite long password")
    assert "Root@Example.org" not in say("make_admin", "--email", "Root@Example.org")
    user = User.objects.get(email="root@example.org")
    assert user.is_staff
    assert user.is_superuser
    assert user.emailaddress_set.get().verified
    form = {"login": "root@example.org", "password": "a quite long password"}
    assert Client().post(reverse("account_login"), form).status_code == 302


def test_an_account_that_exists_is_promoted_and_keeps_its_password(
    say: Say, author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", "another long password")
    before = author.password
    assert "promoted" in say("make_admin", "--email", author.email.upper())
    author.refresh_from_db()
    assert (author.is_superuser, author.password) == (True, before)
    assert "already" in say("make_admin", "--email", author.email)


@pytest.mark.parametrize(
    ("email", "password", "words"),
    [
        ("nobody", "a quite long password", "is not an e-mail address"),
        ("root@example.org", "short", "too short"),
        ("root@example.org", "", "give ADMIN_PASSWORD"),
        ("", "a quite long password", "give --email or ADMIN_EMAIL"),
    ],
)
def test_what_is_wrong_is_said_in_words_and_nothing_is_made(
    email: str, password: str, words: str, say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADMIN_PASSWORD", password)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    with pytest.raises(CommandError, match=words):
        say("make_admin", *(["--email", email] if email else []))
    assert not User.objects.exists()


def test_two_different_passwords_at_the_terminal_make_nothing(
    say: Say, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = iter(["first long password", "second long password"])
    monkeypatch.setattr("getpass.getpass", lambda words: next(answers))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    with pytest.raises(CommandError, match="differ"):
        say("make_admin", "--email", "root@example.org")


# make demo


@pytest.mark.django_db(transaction=True)
def test_the_demo_is_a_month_in_both_languages_drawn_by_the_command_itself(
    say: Say, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SMALL_ENGINE_TAME", "yes")
    settings.ENGINE, settings.PICTURE_SIZE, settings.DRAWINGS_A_DAY = SMALL_ENGINE, 64, 3
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere/broker.sock"
    words = say("seed_demo")
    demo = User.objects.get(email="demo@example.org")
    password = words.split("the password ")[1].split()[0]
    assert demo.check_password(password)
    days = Entry.objects.filter(author=demo)
    assert days.count() == 30
    assert len(set(days.values_list("written_on", flat=True))) == 30
    assert len(set(days.values_list("style__slug", flat=True))) == 4
    languages = {row.scene["language"] for row in Illustration.objects.filter(status=Status.READY)}
    assert languages == {"ko", "en"}
    assert set(Illustration.objects.values_list("status", "priority")) == {(Status.READY, Priority.IMPORTED)}
    assert "30 pictures are ready" in words
    again = say("seed_demo")
    assert "there already" in again
    assert Entry.objects.filter(author=demo).count() == 30


@pytest.mark.django_db(transaction=True)
def test_a_demo_that_cannot_be_drawn_says_why_and_keeps_what_waits(
    say: Say, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere/broker.sock"
    settings.ENGINE = "tests.faults.no_such_engine.Engine"
    with pytest.raises(CommandError, match="No picture can be drawn: ModuleNotFoundError"):
        say("seed_demo")
    assert Illustration.objects.filter(status=Status.QUEUED).count() == 30
    assert User.objects.filter(email="demo@example.org").exists()


@pytest.mark.django_db(transaction=True)
def test_a_demo_goes_on_after_an_engine_that_broke_a_round(author: User, style: Style, settings: Any) -> None:
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere/broker.sock"
    settings.ENGINE, settings.PICTURE_SIZE, settings.RETRY_SECONDS = SMALL_ENGINE, 64, 0
    for subject in ("dog", "lion", "cat"):
        EntryIllustrationFactory(
            entry__author=author, illustration__text=f"I saw a {subject} at the park.", illustration__title=""
        )
    out = io.StringIO()
    seed_demo.Command(stdout=out).follow(author)
    assert out.getvalue().splitlines()[-1] == "2 pictures are ready, 1 could not be drawn."


@pytest.mark.django_db(transaction=True)
def test_a_demo_in_a_style_without_its_file_ends_with_the_reason(
    author: User, style: Style, settings: Any
) -> None:
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere/broker.sock"
    settings.ENGINE, settings.PICTURE_SIZE = SMALL_ENGINE, 64
    Style.objects.filter(pk=style.pk).update(adapter_file="adapters/nowhere.safetensors")
    EntryIllustrationFactory(entry__author=author)
    with pytest.raises(CommandError, match=r"nowhere\.safetensors"):
        seed_demo.Command(stdout=io.StringIO()).follow(author)
    assert Illustration.objects.get().status == Status.QUEUED
