"""What the pages answer to input that cannot be: a translated message, and the text is kept."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from html import escape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.test import Client
from django.urls import reverse
from django.utils import translation

from diaries.models import Entry, User
from diaries.services import entries
from illustration.models import Style
from tests.factories import EntryFactory

pytestmark = pytest.mark.django_db
NEW = "/entries/new/"
FAMILY = "👨‍👩‍👧‍👦"


@pytest.fixture(params=["en", "ko"])
def language(request: pytest.FixtureRequest, author: User) -> str:
    """Each language in turn, as the author's own."""
    author.language = request.param
    author.save(update_fields=["language"])
    return str(request.param)


@pytest.fixture
def client(author: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(author)


@pytest.fixture
def page(author: User, style: Style) -> dict[str, Any]:
    """A page that can be saved, as the form sends it."""
    return {
        "written_on": author.today().isoformat(),
        "title": "Kept title",
        "body": "Kept body",
        "weather": "sunny",
        "mood": "happy",
        "mode": "draw",
        "style": style.pk,
    }


MESSAGES = {
    "empty": ("Write a few words about your day.", "오늘 하루를 몇 마디라도 적어 주세요."),
    "long": (
        "This is too long: 10,001 of at most 10,000 characters.",
        "너무 길어요. 지금 10,001자이고, 10,000자까지 쓸 수 있어요.",
    ),
    "long_title": (
        "This is too long: 101 of at most 100 characters.",
        "너무 길어요. 지금 101자이고, 100자까지 쓸 수 있어요.",
    ),
    "nul": (
        "The text holds a character that cannot be kept (NUL).",
        "저장할 수 없는 글자(NUL)가 들어 있어요.",
    ),
    "half": (
        "The text holds half a character that cannot be kept.",
        "저장할 수 없는 반쪽짜리 글자가 들어 있어요.",
    ),
    "not_whole": (
        "Some of the text did not arrive whole. Look through it, mend it, then save it again.",
        "글의 일부가 온전히 도착하지 않았어요. 살펴보고 고친 다음 다시 저장해 주세요.",
    ),
    "early": ("The diary begins in 1900.", "일기는 1900년부터 쓸 수 있어요."),
    "late": ("That day has not come yet.", "아직 오지 않은 날이에요."),
    "nonsense": ("Enter a valid date.", "올바른 날짜를 입력하세요."),
    "choice": ("Select a valid choice.", "올바르게 선택해 주세요."),
    "required": ("This field is required.", "꼭 필요한 항목이에요."),
}


def said(language: str, name: str) -> str:
    return MESSAGES[name][["en", "ko"].index(language)]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"body": " \n\t "}, "empty"),
        ({"body": ""}, "empty"),
        ({"body": "\u200b \ufeff\u2060\n\u200d\ufe0f"}, "empty"),
        ({"body": "가" * 10_001}, "long"),
        ({"body": "가\x00나"}, "nul"),
        ({"title": "t" * 101}, "long_title"),
        ({"title": "a\x00b"}, "nul"),
        ({"written_on": "0001-01-01"}, "early"),
        ({"written_on": "1899-12-31"}, "early"),
        ({"written_on": "9999-12-31"}, "late"),
        ({"written_on": "soon"}, "nonsense"),
        ({"written_on": "2026-02-30"}, "nonsense"),
        ({"written_on": ""}, "required"),
        ({"weather": "frogs"}, "choice"),
        ({"mood": "frogs"}, "choice"),
        ({"mode": ""}, "required"),
        ({"style": "999999"}, "choice"),
        ({"style": "x"}, "choice"),
    ],
)
def test_a_page_that_cannot_be_saved_comes_back_with_its_text(
    client: Client, page: dict[str, Any], language: str, changed: dict[str, str], message: str
) -> None:
    sent = page | changed
    answer = client.post(NEW, sent)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert said(language, message) in html
    assert not Entry.objects.exists()
    assert f">\n{escape(sent['body'])}</textarea>" in html
    assert not sent["title"] or f'value="{escape(sent["title"])}"' in html


def test_a_day_after_tomorrow_is_refused_and_tomorrow_is_not(
    client: Client, page: dict[str, Any], author: User
) -> None:
    after = (author.today() + timedelta(days=2)).isoformat()
    assert client.post(NEW, page | {"written_on": after}).status_code == 422
    tomorrow = (author.today() + timedelta(days=1)).isoformat()
    assert client.post(NEW, page | {"written_on": tomorrow}).status_code == 302


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        (b"a%FFb", "a\ufffdb"),
        (b"a%ED%A0%80b", "a\ufffd\ufffd\ufffdb"),
        (b"a\xffb", "a\xffb"),
        (b"%BE%C8%B3%E7", "\ufffd\u0233\ufffd"),
    ],
)
def test_a_text_that_did_not_arrive_whole_comes_back_to_be_mended(
    client: Client, page: dict[str, Any], author: User, language: str, body: bytes, shown: str
) -> None:
    entry = EntryFactory(author=author, body="before")
    sent = urlencode({name: value for name, value in page.items() if name != "body"} | {"version": 1})
    data = sent.encode() + b"&body=" + body
    for address in (NEW, reverse("diaries:entry-edit", args=[entry.pk])):
        answer = client.post(address, data, content_type="application/x-www-form-urlencoded")
        assert answer.status_code == 422
        html = answer.content.decode()
        assert said(language, "not_whole") in html
        assert f">\n{shown}</textarea>" in html
    entry.refresh_from_db()
    assert (entry.body, Entry.objects.count()) == ("before", 1)


def test_a_replacement_sign_that_a_writer_sends_is_kept(client: Client, page: dict[str, Any]) -> None:
    data = urlencode(page | {"body": "half \ufffd"})
    assert client.post(NEW, data, content_type="application/x-www-form-urlencoded").status_code == 302
    assert Entry.objects.get().body == "half \ufffd"
    # Here nobody can tell whether bytes were lost.
    assert client.post(NEW, page | {"body": "half \ufffd"}).status_code == 422


def test_half_a_character_from_elsewhere_is_refused_in_words(
    author: User, style: Style, language: str
) -> None:
    with translation.override(language), pytest.raises(ValidationError) as refused:
        entries.create_entry(author=author, written_on=author.today(), body="half\ud800way", style=style)
    assert refused.value.messages == [said(language, "half")]
    assert not Entry.objects.exists()


def test_decomposed_hangul_counts_by_syllable_and_is_kept_composed(
    client: Client, page: dict[str, Any]
) -> None:
    syllables = "한" * 10_000
    answer = client.post(NEW, page | {"body": unicodedata.normalize("NFD", syllables)})
    assert answer.status_code == 302
    assert Entry.objects.get().body == syllables


def test_emoji_families_stay_whole(client: Client, page: dict[str, Any]) -> None:
    families = FAMILY * (10_000 // len(FAMILY))
    assert client.post(NEW, page | {"body": families}).status_code == 302
    assert Entry.objects.get().body == families
    answer = client.post(NEW, page | {"body": families + FAMILY})
    assert answer.status_code == 422
    assert families + FAMILY in answer.content.decode()


def test_the_form_cuts_nothing_in_the_browser(client: Client) -> None:
    assert b"maxlength" not in client.get(NEW).content


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "tomorrow", "2026-02-30", "\x00", "-1-1-1"])
def test_a_strange_day_in_the_address_is_no_error(client: Client, day: str) -> None:
    assert client.get(NEW, {"date": day}).status_code == 200


@pytest.mark.parametrize(
    "month", ["0/1", "1899/12", "2026/0", "2026/13", "9999/12", "99999999999999999999/1"]
)
def test_a_month_outside_the_diary_is_not_found(client: Client, month: str) -> None:
    assert client.get(f"/diary/{month}/").status_code == 404


def test_a_stale_version_shows_both_texts_and_saves_over_only_when_asked(
    client: Client, page: dict[str, Any], author: User, language: str
) -> None:
    entry = EntryFactory(author=author, body="first", written_on=date(2026, 4, 5))
    address = reverse("diaries:entry-edit", args=[entry.pk])
    assert client.post(address, page | {"body": "the other tab's", "version": 1}).status_code == 302

    answer = client.post(address, page | {"body": "mine", "version": 1})
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "the other tab&#x27;s</textarea>" in html
    assert ">\nmine</textarea>" in html
    assert {"en": "Save mine over it", "ko": "내 글로 덮어 저장하기"}[language] in html
    assert 'name="version" value="2"' in html
    assert Entry.objects.get().body == "the other tab's"

    assert client.post(address, page | {"body": "mine", "version": 2}).status_code == 302
    assert Entry.objects.get().body == "mine"


@pytest.mark.parametrize("version", ["", "0", "-1", "x", "99999999999"])
def test_a_page_without_a_fit_version_is_not_saved_and_its_text_is_kept(
    client: Client, page: dict[str, Any], author: User, version: str
) -> None:
    entry = EntryFactory(author=author, body="first")
    address = reverse("diaries:entry-edit", args=[entry.pk])
    answer = client.post(address, page | {"body": "mine", "version": version})
    assert answer.status_code in {409, 422}
    assert ">\nmine</textarea>" in answer.content.decode()
    assert Entry.objects.get().body == "first"


@pytest.mark.parametrize("place", ["new", "edit"])
def test_a_text_sent_after_the_session_ended_comes_back_with_a_way_to_sign_in(
    page: dict[str, Any], author: User, place: str
) -> None:
    entry = EntryFactory(author=author, body="first")
    address = NEW if place == "new" else reverse("diaries:entry-edit", args=[entry.pk])
    for language, words in (("en", "You are signed out"), ("ko", "로그인이 풀렸어요")):
        answer = Client().post(address, page, headers={"accept-language": language})
        html = answer.content.decode()
        assert answer.status_code == 403
        assert words in html
        assert "Kept body</textarea>" in html
        assert 'value="Kept title"' in html
        assert f'href="/accounts/login/?next={address}" target="_blank"' in html
    assert Entry.objects.get().body == "first"
    assert Client().get(address).status_code == 302


def test_a_text_for_a_page_deleted_elsewhere_comes_back_as_a_new_page(
    client: Client, page: dict[str, Any], author: User, language: str
) -> None:
    entry = EntryFactory(author=author)
    pk, gone = entry.pk, reverse("diaries:entry-edit", args=[entry.pk])
    entry.delete()
    answer = client.post(gone, page | {"version": 1})
    html = answer.content.decode()
    assert answer.status_code == 404
    assert {"en": "deleted somewhere else", "ko": "다른 곳에서 지웠어요"}[language] in html
    assert ">\nKept body</textarea>" in html
    assert 'value="Kept title"' in html
    assert f'action="{NEW}"' in html
    assert not Entry.objects.exists()

    assert f'name="entry_id" value="{pk}"' in html
    again = client.post(NEW, page | {"entry_id": pk})
    assert again.headers["Location"] == reverse("diaries:entry-detail", args=[pk])
    assert Entry.objects.get().body == "Kept body"


@pytest.mark.parametrize(
    ("language", "words"), [("en", "What you wrote is still here"), ("ko", "쓰던 글은 여기 있어요")]
)
def test_a_text_sent_into_a_crash_or_nowhere_comes_back(
    author: User, page: dict[str, Any], monkeypatch: pytest.MonkeyPatch, language: str, words: str
) -> None:
    client = Client(raise_request_exception=False, headers={"accept-language": language})
    client.force_login(author)
    User.objects.update(language=language)
    answers = [client.post("/entries/nowhere/", page)]

    def crash(*args: object, **kwargs: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("django.db.models.query.QuerySet._fetch_all", crash)
    monkeypatch.setattr("django.db.backends.utils.CursorWrapper.execute", crash)
    answers.append(client.post(NEW, page))
    assert [answer.status_code for answer in answers] == [404, 500]
    for answer in answers:
        html = answer.content.decode()
        assert words in html
        assert "Kept body</textarea>" in html
        assert 'value="Kept title"' in html


def test_pressing_save_twice_makes_one_page(client: Client, page: dict[str, Any]) -> None:
    chosen = re.search(r'name="entry_id" value="([^"]+)"', client.get(NEW).content.decode())
    assert chosen
    sent = page | {"entry_id": chosen[1]}
    answers = [client.post(NEW, sent) for _ in range(2)]
    entry = Entry.objects.get()
    assert {answer.headers["Location"] for answer in answers} == {f"/entries/{chosen[1]}/"}
    assert entry.drawings().count() == 1

    other = client.post(NEW, sent | {"body": "other words"})
    html = other.content.decode()
    assert other.status_code == 409
    assert "Kept body</textarea>" in html
    assert ">\nother words</textarea>" in html
    assert f'action="/entries/{entry.pk}/edit/"' in html
    assert (
        client.post(f"/entries/{entry.pk}/edit/", sent | {"body": "other words", "version": 1}).status_code
        == 302
    )
    assert Entry.objects.get().body == "other words"


def test_pressing_save_twice_on_a_change_saves_it_once(
    client: Client, page: dict[str, Any], author: User
) -> None:
    entry = EntryFactory(author=author, body="first")
    address = reverse("diaries:entry-edit", args=[entry.pk])
    assert [client.post(address, page | {"version": 1}).status_code for _ in range(2)] == [302, 302]
    entry.refresh_from_db()
    assert (entry.version, entry.drawings().count()) == (2, 1)


def test_somebody_elses_page_is_not_touched_through_its_id(
    client: Client, page: dict[str, Any], author: User, stranger: User
) -> None:
    theirs = EntryFactory(author=stranger, body="secret")
    for chosen in (str(theirs.pk), "no id", ""):
        answer = client.post(NEW, page | {"entry_id": chosen})
        assert answer.status_code == 302
        assert str(theirs.pk) not in answer.headers["Location"]
    theirs.refresh_from_db()
    assert theirs.body == "secret"
    assert author.entries.count() == 3


def test_weather_and_mood_can_be_taken_back(client: Client, page: dict[str, Any], author: User) -> None:
    entry = EntryFactory(author=author, weather="sunny", mood="happy")
    address = reverse("diaries:entry-edit", args=[entry.pk])
    html = client.get(address).content.decode()
    for name in ("weather", "mood"):
        assert re.search(rf'name="{name}" value=""', html)
    assert client.post(address, page | {"weather": "", "mood": "", "version": 1}).status_code == 302
    entry.refresh_from_db()
    assert (entry.weather, entry.mood) == ("", "")


def test_the_summary_of_errors_leads_to_each_of_them(client: Client, page: dict[str, Any]) -> None:
    wrong = {"written_on": "soon", "weather": "frogs", "mood": "frogs", "mode": "", "style": "x", "body": ""}
    html = client.post(NEW, page | wrong | {"version": "x"}).content.decode()
    assert "6 things need another look." in html
    targets = re.findall(r'<li><a href="#([^"]+)">', html)
    assert len(targets) == 6
    for name in targets:
        tag = re.search(rf'<[^>]* id="{name}"[^>]*>', html)
        assert tag
        described = re.search(r'aria-describedby="([^"]*)"', tag[0])
        assert described
        for part in described[1].split():
            assert f'id="{part}"' in html
        assert f"{name}_error" in described[1]
