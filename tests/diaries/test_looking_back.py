"""Looking back: the search, its filters, the year, the same day of other years, the days in a row."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse, reverse_lazy
from django.utils import timezone

from diaries.models import CastMember, Entry, EntryIllustration, Mood, Photo, Tag, User
from diaries.services import drawings, looking_back
from illustration import loader
from illustration.models import Illustration, Status, Style
from illustration.wishes import Wishes
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


def card(author: User, names: str, drawn_as: str = "dog") -> CastMember:
    return CastMember.objects.create(author=author, relation="pet", names=names, drawn_as=drawn_as)


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ("초코, Choco", "초코랑 산책했다."),
        ("초코, Choco", "We took choco's ball."),
        ("초코, Choco", "Choco랑 놀았다."),
        ("비", "비가 왔다."),
        ("지민", "오늘은 지민이한테는 비밀이다."),
        ("보리", "우리 강아지는 (보리예요)!"),
        ("Mr. Fox", "We met Mr. Fox."),
    ],
)
def test_a_member_of_the_cast_is_found_by_any_name(author: User, names: str, text: str) -> None:
    page(author, text)
    assert found(author, who=card(author, names)) == [text]


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ("비", "준비가 끝났다. 나비가 왔다. 비빔밥을 먹었다."),
        ("보리", "보리밥을 먹었다."),
        ("Ann", "Granny Annie planned it."),
        ("Mr. Fox", "Mr, Fox ran."),
    ],
)
def test_a_name_inside_another_word_is_nobody(author: User, names: str, text: str) -> None:
    page(author, text)
    assert found(author, who=card(author, names)) == []


def test_a_member_of_the_cast_is_found_where_the_scene_has_the_card(author: User) -> None:
    mum, aunt = card(author, "Mum", "woman"), card(author, "Auntie", "woman")
    entry = page(author, "엄마랑 시장에 갔다.")
    asked = drawings.asked_of_painter(entry)
    scene = loader.read(text=asked["text"], wishes=Wishes.from_dict(asked["wishes"].to_dict()))
    tie = EntryIllustrationFactory(
        entry=entry, illustration__ready=True, illustration__scene=json.loads(json.dumps(scene.to_dict()))
    )
    assert found(author, who=mum) == ["엄마랑 시장에 갔다."]
    assert found(author, who=aunt) == []
    # What was drawn of an earlier text says nothing of this one.
    Entry.objects.filter(pk=tie.entry_id).update(version=2)
    assert found(author, who=mum) == []


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
        {"day": "x"},
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


def test_ten_pages_and_ten_thousand_take_as_many_queries(client: Client, author: User, style: Style) -> None:
    day = date(2026, 4, 5)
    who = str(card(author, "엄마", "woman").pk)
    asked: list[tuple[str, dict[str, str]]] = [
        (reverse("diaries:entry-list"), {}),
        (reverse("diaries:entry-list"), {"q": "엄마", "mood": "happy"}),
        (reverse("diaries:entry-list"), {"who": who}),
        (reverse("diaries:year-of", args=[2026]), {}),
        (reverse("diaries:calendar-month", args=[2026, 4]), {}),
    ]
    sea, now = Tag.objects.create(author=author, name="sea"), timezone.now()

    def write(count: int) -> None:
        """Every other page has a picture, a photo and a tag."""
        pages = Entry.objects.bulk_create(
            Entry(
                author=author,
                written_on=day - timedelta(days=number % 300),
                body="엄마와 시장",
                style=style,
                mood="happy",
            )
            for number in range(count)
        )
        rich = pages[::2]
        drawn = Illustration.objects.bulk_create(
            Illustration(
                style=style,
                seed=1,
                status=Status.READY,
                requested_at=now,
                run_after=now,
                finished_at=now,
                picture="x.webp",
                thumbnail="x.webp",
            )
            for _ in rich
        )
        EntryIllustration.objects.bulk_create(
            EntryIllustration(entry=page, illustration=row, entry_version=1)
            for page, row in zip(rich, drawn, strict=True)
        )
        Photo.objects.bulk_create(
            Photo(entry=page, file="x.webp", thumbnail="x.webp", width=8, height=8) for page in rich
        )
        Entry.tags.through.objects.bulk_create(Entry.tags.through(entry=page, tag=sea) for page in rich)
        # The database counts its rows by itself, later than a test can wait, and plans for a few until then.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def ask() -> list[int]:
        counts = []
        for url, query in asked:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url, query).status_code == 200
            counts.append(len(queries))
        return counts

    write(10)
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


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (reverse_lazy("diaries:calendar-month", args=[2026, 4]), 4),
        (reverse_lazy("diaries:year-of", args=[2026]), 2),
    ],
)
def test_a_day_of_many_pages_shows_a_few_and_leads_to_all(
    client: Client, author: User, address: str, shown: int
) -> None:
    day = date(2026, 4, 5)
    titles = [page(author, "x", title=f"Page {number}", written_on=day).title for number in range(6)]
    page(author, "x", title="Next day", written_on=day + timedelta(days=1))
    answer = client.get(address).content.decode()
    assert [title for title in titles if title in answer] == titles[:shown]
    assert "All 6 pages" in answer
    listed = client.get(reverse("diaries:entry-list"), {"day": "2026-04-05"}).content.decode()
    assert all(title in listed for title in titles)
    assert "Next day" not in listed


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
