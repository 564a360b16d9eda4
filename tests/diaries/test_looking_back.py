"""Looking back: the search, its filters, the year, the same day of other years, the days in a row."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from diaries.models import CastMember, Entry, Mood, Tag, User
from diaries.services import looking_back
from tests.factories import EntryFactory, EntryIllustrationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(author: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(author)


def page(author: User, body: str, **more: Any) -> Entry:
    return EntryFactory(author=author, **({"title": ""} | more), body=body)


def found(author: User, text: str = "", **more: Any) -> list[str]:
    wanted = looking_back.Wanted(words=looking_back.split_words(text), **more)
    return [entry.body for entry in looking_back.find(author, wanted)]


@pytest.mark.parametrize("query", ["엄마", unicodedata.normalize("NFD", "엄마"), " 엄마 ", "시장 엄마"])
def test_a_korean_word_of_two_syllables_is_found_inside_another(author: User, query: str) -> None:
    page(author, "오늘은 엄마랑 시장에 갔다.")
    page(author, "아빠와 놀았다.")
    assert found(author, query) == ["오늘은 엄마랑 시장에 갔다."]


def test_title_and_text_are_searched_without_regard_to_capitals(author: User) -> None:
    page(author, "We swam.", title="At the BEACH")
    page(author, "The Beach was empty.")
    page(author, "At home.")
    assert sorted(found(author, "beach")) == ["The Beach was empty.", "We swam."]


@pytest.mark.parametrize("query", ["%", "_", "\\", "100%", "a\x00b", "' OR 1=1 --"])
def test_signs_of_a_query_are_signs_of_the_text(author: User, query: str) -> None:
    page(author, "Nothing of that kind.")
    assert found(author, query) == []


def test_a_query_of_nothing_that_a_text_can_hold_asks_for_every_page(author: User) -> None:
    page(author, "A page.")
    assert found(author, "\x00\ud800 ") == ["A page."]


def test_only_ones_own_pages_are_found(author: User, stranger: User) -> None:
    page(stranger, "엄마의 비밀")
    assert found(author, "엄마") == []


def test_every_filter_must_hold(author: User) -> None:
    entry = page(author, "Rain on the roof.", mood="calm", weather="rainy")
    page(author, "Rain again.", mood="sad", weather="rainy")
    entry.tags.add(Tag.objects.create(author=author, name="roof"))
    assert found(author, mood="calm", weather="rainy", style="crayon", tag="roof") == ["Rain on the roof."]
    assert found(author, mood="calm", weather="sunny") == []
    assert found(author, tag="cellar") == []


def test_a_member_of_the_cast_is_found_by_any_name(author: User) -> None:
    page(author, "초코랑 산책했다.")
    page(author, "Choco slept.")
    page(author, "Nobody was there.")
    assert len(found(author, names=("초코", "Choco"))) == 2


def test_hits_are_marked_and_the_rest_is_escaped() -> None:
    text = "<b>엄마</b> & 아빠"
    assert looking_back.marked(text, ["엄마"]) == "&lt;b&gt;<mark>엄마</mark>&lt;/b&gt; &amp; 아빠"
    assert looking_back.excerpt(text, ["&"]) == "&lt;b&gt;엄마&lt;/b&gt; <mark>&amp;</mark> 아빠"


def test_an_excerpt_shows_the_first_hit_of_a_long_text() -> None:
    told = looking_back.excerpt("word " * 200 + "할머니 댁 " + "word " * 200, ["할머니"])
    assert "<mark>할머니</mark>" in told
    assert told.startswith("…word")
    assert told.endswith("…")


def test_the_list_says_what_it_found(client: Client, author: User) -> None:
    page(author, "오늘은 엄마랑 시장에 갔다.", title="시장")
    answer = client.get(reverse("diaries:entry-list"), {"q": "엄마"}).content.decode()
    assert "1 page found" in answer
    assert "<mark>엄마</mark>" in answer
    assert "No page says that." in client.get(reverse("diaries:entry-list"), {"q": "우주"}).content.decode()


def test_a_member_of_the_cast_can_be_chosen_in_the_list(client: Client, author: User) -> None:
    member = CastMember.objects.create(author=author, relation="pet", names="초코, Choco", drawn_as="dog")
    page(author, "초코랑 산책했다.")
    page(author, "혼자 있었다.")
    answer = client.get(reverse("diaries:entry-list"), {"who": str(member.pk)}).content.decode()
    assert "1 page found" in answer


def test_the_writer_is_no_filter(client: Client, author: User) -> None:
    member = CastMember.objects.create(author=author, relation="me", names="나, I", drawn_as="girl")
    page(author, "나무를 심었다.")
    answer = client.get(reverse("diaries:entry-list"), {"who": str(member.pk)}).content.decode()
    assert f'<option value="{member.pk}"' not in answer
    assert "page found" not in answer


@pytest.mark.parametrize(
    "query",
    [
        {"mood": "purple"},
        {"who": "x"},
        {"who": str(uuid4())},
        {"page": "0"},
        {"page": "x"},
        {"style": "\x00"},
    ],
)
def test_an_address_that_was_tampered_with_is_harmless(
    client: Client, author: User, query: dict[str, str]
) -> None:
    page(author, "A page.")
    assert client.get(reverse("diaries:entry-list"), query).status_code == 200


@pytest.mark.parametrize("address", ["list", "list with a search", "year", "month"])
def test_ten_pages_and_ten_thousand_take_as_many_queries(client: Client, author: User, address: str) -> None:
    day = date(2026, 4, 5)
    url, query = {
        "list": (reverse("diaries:entry-list"), {}),
        "list with a search": (reverse("diaries:entry-list"), {"q": "엄마", "mood": "happy"}),
        "year": (reverse("diaries:year-of", args=[2026]), {}),
        "month": (reverse("diaries:calendar-month", args=[2026, 4]), {}),
    }[address]
    EntryIllustrationFactory(entry__author=author, illustration__ready=True)

    def write(count: int) -> None:
        one = Entry.objects.filter(author=author).first()
        Entry.objects.bulk_create(
            Entry(
                author=author,
                written_on=day - timedelta(days=number % 300),
                body="엄마와 시장",
                style=one.style,
                mood="happy",
            )
            for number in range(count)
        )

    def ask() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(url, query).status_code == 200
        return len(queries)

    write(9)
    ask()
    few = ask()
    write(9_990)
    assert ask() == few


def test_a_year_shows_its_months_and_moods(client: Client, author: User) -> None:
    page(author, "One", written_on=date(2025, 3, 1), mood="happy", title="봄")
    page(author, "Two", written_on=date(2024, 3, 1))
    answer = client.get(reverse("diaries:year-of", args=[2025])).content.decode()
    assert "봄" in answer
    assert str(Mood.HAPPY.label) in answer
    assert reverse("diaries:year-of", args=[2024]) in answer
    assert (
        "No pages in this year yet." in client.get(reverse("diaries:year-of", args=[2023])).content.decode()
    )


@pytest.mark.parametrize("year", [1899, 9999])
def test_a_year_that_no_diary_has_is_not_found(client: Client, year: int) -> None:
    assert client.get(reverse("diaries:year-of", args=[year])).status_code == 404


def test_the_same_day_of_other_years_is_shown(client: Client, author: User) -> None:
    today = author.today()
    earlier = date(today.year - 4, today.month, today.day)
    page(author, "Long ago", title="Four years ago", written_on=earlier)
    page(author, "The day after", title="Another day", written_on=earlier + timedelta(days=1))
    page(author, "Today", title="This very day", written_on=today)
    assert [entry.title for entry in looking_back.on_this_day(author, today)] == ["Four years ago"]
    assert "On this day" in client.get(reverse("diaries:calendar")).content.decode()


@pytest.mark.parametrize(
    ("ago", "row"),
    [
        ([], 0),
        ([0], 1),
        ([1], 1),
        ([0, 1, 2], 3),
        ([1, 2], 2),
        ([0, 0, 1], 2),
        ([2, 3], 0),
        ([0, 2], 1),
        ([-1, 0], 1),
    ],
)
def test_days_in_a_row_end_today_or_yesterday(author: User, ago: list[int], row: int) -> None:
    for days in ago:
        page(author, "x", written_on=author.today() - timedelta(days=days))
    assert looking_back.days_in_a_row(author) == row
