"""Every page in both languages: whole, closed to strangers, fit for the content security policy, few queries."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diaries.models import Entry, User
from tests.factories import EntryFactory, EntryIllustrationFactory

pytestmark = pytest.mark.django_db
OPEN = [
    "/",
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-nonsense/",
    "/accounts/password/reset/key/done/",
    "/accounts/confirm-email/",
    "/accounts/confirm-email/nonsense/",
    "/accounts/inactive/",
]
OWN = [
    "/diary/",
    "/diary/2026/4/",
    "/entries/new/",
    "/settings/",
    "/settings/account/delete/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/reauthenticate/",
]
HANGUL = re.compile(r"[가-힣]")


@pytest.fixture
def client(author: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(author)


@pytest.fixture
def entry(author: User) -> Entry:
    return EntryIllustrationFactory(entry__author=author, illustration__ready=True).entry


def own_pages(entry: Entry) -> list[str]:
    names = ("entry-detail", "entry-edit", "entry-delete", "picture-box")
    return [*OWN, *(reverse(f"diaries:{name}", args=[entry.pk]) for name in names)]


def read(answer: Any) -> str:
    return str(answer.content.decode())


def without_language_names(html: str) -> str:
    """Leave out what names a language or a style in that language itself, and the text of the page."""
    return re.sub(r'(?s)<(button|option|span|label)[^>]*(lang="ko"|value="ko").*?</\1>', "", html)


@pytest.mark.parametrize("address", OPEN)
def test_open_pages_speak_the_browsers_language(client: Client, address: str) -> None:
    reader = Client()
    korean = read(reader.get(address, headers={"accept-language": "ko-KR,ko;q=0.9"}))
    english = read(reader.get(address, headers={"accept-language": "en-GB"}))
    assert '<html lang="ko">' in korean
    assert "그림일기" in korean
    assert '<html lang="en">' in english
    assert not HANGUL.search(without_language_names(english))


def test_own_pages_speak_the_accounts_language(client: Client, author: User, entry: Entry) -> None:
    for address in own_pages(entry):
        answer = client.get(address, headers={"accept-language": "ko-KR"})
        assert answer.status_code == 200, address
        assert not HANGUL.search(without_language_names(read(answer))), address
    User.objects.update(language="ko")
    for address in own_pages(entry):
        assert HANGUL.search(read(client.get(address, headers={"accept-language": "en"}))), address


def test_own_pages_ask_strangers_to_sign_in(entry: Entry) -> None:
    for address in own_pages(entry):
        answer = Client().get(address)
        assert answer.status_code == 302, address
    assert Client().get("/diary/").headers["Location"] == "/accounts/login/?next=/diary/"


def test_no_page_needs_what_the_content_security_policy_forbids(client: Client, entry: Entry) -> None:
    for reader, addresses in ((Client(), OPEN), (client, own_pages(entry))):
        for address in addresses:
            answer = reader.get(address)
            html = read(answer)
            assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
            assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", html), address
            assert not re.search(r'<script(?![^>]*\s(src=|type="application/json"))', html), address
            assert not re.search(r'(src|href|action)="(https?:)?//', html), address


def test_a_month_takes_the_same_queries_however_full_it_is(client: Client, author: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            assert client.get("/diary/2026/4/").status_code == 200
        return len(seen)

    EntryIllustrationFactory(entry__author=author, illustration__ready=True)
    one = queries()
    for day in range(1, 31):
        EntryIllustrationFactory(
            entry__author=author, entry__written_on=date(2026, 4, day), illustration__ready=True
        )
        EntryFactory(author=author, written_on=date(2026, 4, day))
    assert queries() == one


def test_the_calendar_shows_own_pictures_alone_and_invites_where_there_are_none(
    client: Client, author: User, stranger: User
) -> None:
    assert "No pages in this month yet." in read(client.get("/diary/2026/4/"))
    mine = EntryIllustrationFactory(entry__author=author, entry__title="Mine", illustration__ready=True)
    theirs = EntryIllustrationFactory(entry__author=stranger, entry__title="Theirs", illustration__ready=True)
    html = read(client.get("/diary/2026/4/"))
    assert reverse("diaries:thumbnail", args=[mine.illustration.pk]) in html
    assert str(theirs.illustration.pk) not in html
    assert "Theirs" not in html


def test_pages_of_one_day_are_turned_one_after_another(client: Client, author: User) -> None:
    pages = [EntryFactory(author=author, written_on=date(2026, 4, 5)) for _ in range(3)]
    html = read(client.get(reverse("diaries:entry-detail", args=[pages[1].pk])))
    assert f'href="/entries/{pages[0].pk}/" rel="prev"' in html
    assert f'href="/entries/{pages[2].pk}/" rel="next"' in html


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_language_is_kept_on_the_account_and_in_a_cookie(
    client: Client, author: User, language: str
) -> None:
    answer = client.post("/language/", {"language": language, "next": "/settings/"})
    author.refresh_from_db()
    assert answer.headers["Location"] == "/settings/"
    assert author.language == language
    assert answer.cookies["django_language"].value == language


@pytest.mark.parametrize("target", ["https://elsewhere.example/", "//elsewhere.example", "javascript:1", ""])
def test_switching_the_language_leads_nowhere_else(target: str) -> None:
    answer = Client().post("/language/", {"language": "ko", "next": target})
    assert answer.headers["Location"] == "/"


def test_a_language_that_is_not_spoken_changes_nothing(client: Client, author: User) -> None:
    client.post("/language/", {"language": "tlh", "next": "/"})
    author.refresh_from_db()
    assert author.language == "en"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "There is no such page"), ("ko", "그런 페이지가 없어요")]
)
def test_a_missing_page_is_told_in_our_look(language: str, words: str) -> None:
    answer = Client().get("/nowhere/", headers={"accept-language": language})
    assert answer.status_code == 404
    assert words in read(answer)
    assert 'class="site-header"' in read(answer)


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Something broke on our side"), ("ko", "문제가 생겼어요")]
)
def test_a_crash_is_told_in_our_look(monkeypatch: pytest.MonkeyPatch, language: str, words: str) -> None:
    def crash(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("django.db.models.query.QuerySet.filter", crash)
    answer = Client(raise_request_exception=False).get("/", headers={"accept-language": language})
    assert answer.status_code == 500
    assert words in read(answer)


def test_a_form_without_its_token_is_refused_in_words_and_keeps_the_text(author: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author)
    answer = strict.post("/entries/new/", {"body": "a text <long> in the making"})
    assert answer.status_code == 403
    assert "This form was too old" in read(answer)
    assert "a text &lt;long&gt; in the making" in read(answer)


def test_a_request_that_cannot_be_read_is_told_in_our_look(client: Client) -> None:
    answer = client.post("/entries/new/", {"body": "x" * 1_100_000})
    assert answer.status_code == 400
    assert "That could not be read" in read(answer)


def test_deleting_asks_first(client: Client, entry: Entry) -> None:
    address = reverse("diaries:entry-delete", args=[entry.pk])
    assert "Delete this page?" in read(client.get(address))
    assert Entry.objects.exists()
    assert client.post(address).headers["Location"] == "/diary/2026/4/"
    assert not Entry.objects.exists()


def test_a_text_cannot_bring_mark_up_along(client: Client, author: User) -> None:
    entry = EntryFactory(author=author, title="<b>bold</b>", body="<script>alert(1)</script> 그리고 <i>")
    html = read(client.get(reverse("diaries:entry-detail", args=[entry.pk])))
    assert "<script>alert" not in html
    assert "<b>bold" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_pages_travel_compressed_and_pictures_as_they_are(client: Client, author: User) -> None:
    tie = EntryIllustrationFactory(entry=EntryFactory(author=author), illustration__ready=True)
    client.defaults["HTTP_ACCEPT_ENCODING"] = "gzip"
    page = client.get(f"/entries/{tie.entry_id}/")
    assert page["Content-Encoding"] == "gzip"
    assert b"At the beach" in gzip.decompress(page.content)
    assert "Content-Encoding" not in client.get(f"/pictures/{tie.illustration_id}.webp")
    assert "Content-Encoding" not in client.get("/api/schema/")
