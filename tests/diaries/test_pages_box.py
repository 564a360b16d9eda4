"""The picture box in each of its states, with JavaScript's fragment and without."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from diaries.models import Entry, EntryIllustration, Mode, User
from illustration import progress
from illustration.models import Illustration, Status, Style, Worker
from tests.conftest import use_redis
from tests.factories import EntryFactory, EntryIllustrationFactory

pytestmark = pytest.mark.django_db
POLLS = 'hx-trigger="every 1s"'


@pytest.fixture
def client(author: User, signed_in: Callable[[User], Client]) -> Client:
    return signed_in(author)


@pytest.fixture
def tie(author: User) -> EntryIllustration:
    """A page whose drawing waits."""
    return EntryIllustrationFactory(entry__author=author)


@pytest.fixture
def painter() -> Worker:
    """A worker that can draw."""
    now = timezone.now()
    return Worker.objects.create(
        name="w", started_at=now, last_seen_at=now, ready=True, seconds_per_picture=4
    )


def box(client: Client, entry: Entry) -> str:
    return client.get(reverse("diaries:picture-box", args=[entry.pk])).content.decode()


def page(client: Client, entry: Entry) -> str:
    return client.get(reverse("diaries:entry-detail", args=[entry.pk])).content.decode()


def be(drawing: Illustration, status: Status, **changes: object) -> None:
    Illustration.objects.filter(pk=drawing.pk).update(status=status, **changes)


def being_drawn(drawing: Illustration) -> None:
    be(drawing, Status.DRAWING, token=uuid4(), lease_until=timezone.now() + timedelta(minutes=1))


@pytest.mark.usefixtures("painter")
def test_a_waiting_drawing_tells_its_place_and_the_seconds(client: Client, tie: EntryIllustration) -> None:
    html = box(client, tie.entry)
    assert "number 1 in line" in html
    assert "about 4 seconds" in html
    assert POLLS in html
    assert reverse("diaries:drawing-cancel", args=[tie.entry.pk, tie.illustration.pk]) in html


@pytest.mark.usefixtures("painter")
def test_a_waiting_drawing_is_told_in_korean(client: Client, author: User, tie: EntryIllustration) -> None:
    User.objects.update(language="ko")
    html = box(client, tie.entry)
    assert "1번째" in html
    assert "약 4초" in html


def test_where_nobody_can_draw_the_page_says_that_it_is_safe(client: Client, tie: EntryIllustration) -> None:
    assert "Nobody can draw just now. Your page is safe" in box(client, tie.entry)


def test_where_the_style_alone_cannot_be_drawn_the_page_says_what_helps(
    client: Client, painter: Worker, tie: EntryIllustration
) -> None:
    Worker.objects.update(unfit_styles=["crayon"])
    html = box(client, tie.entry)
    assert "This style cannot be drawn at the moment. Take the drawing back" in html
    assert "Nobody can draw" not in html
    be(tie.illustration, Status.STALE)
    assert 'value="pixel"' in page(client, tie.entry)


@pytest.mark.usefixtures("painter")
def test_a_drawing_under_way_shows_its_progress_and_preview(
    client: Client, tie: EntryIllustration, redis_url: str, settings: Any
) -> None:
    use_redis(settings, redis_url)
    being_drawn(tie.illustration)
    html = box(client, tie.entry)
    assert "<progress" in html
    assert "max=" not in html
    progress.publish(tie.illustration.pk, step=5, steps=20, preview=Image.new("RGB", (32, 32)))
    html = box(client, tie.entry)
    assert "5 / 20" in html
    assert 'value="5" max="20"' in html
    assert reverse("diaries:preview", args=[tie.illustration.pk]) + "?step=5" in html
    assert POLLS in html


def test_a_finished_drawing_is_shown_with_its_words_and_is_asked_for_no_more(
    client: Client, author: User
) -> None:
    asked = [
        {
            "word": "poodle",
            "kind": "animal",
            "state": "broader",
            "said": "puddle",
            "ko": "푸들",
            "en": "poodle",
            "drawn_ko": "개",
            "drawn_en": "dog",
        },
        {"word": "cat", "kind": "animal", "state": "drawn", "ko": "고양이", "en": "cat", "count": 2},
        {
            "word": "bird",
            "kind": "animal",
            "state": "drawn",
            "ko": "새",
            "en": "bird",
            "count": 5,
            "drawn_count": 2,
        },
        {"word": "happy", "kind": "mood", "state": "no_word", "ko": "기쁨", "en": "happy"},
        {"word": "home", "kind": "place", "state": "no_room", "ko": "집", "en": "home"},
    ]
    scene = {"language": "en", "asked": asked}
    tie = EntryIllustrationFactory(entry__author=author, illustration__ready=True, illustration__scene=scene)
    for html in (box(client, tie.entry), page(client, tie.entry)):
        assert reverse("diaries:picture", args=[tie.illustration.pk]) in html
        words = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))
        for chip in (
            "poodle drawn as dog",
            "cat × 2",
            "bird × 5 drawn × 2",
            "not to be seen: happy",
            "home no room for it",
        ):
            assert chip in words
        assert "with dog, cat, bird, " in html
        assert 'class="stamp"' in html
        assert "hx-trigger" not in html


def test_a_failed_drawing_says_why_and_can_be_tried_again(client: Client, author: User) -> None:
    tie = EntryIllustrationFactory(entry__author=author, illustration__failed=True)
    html = box(client, tie.entry)
    assert "The painter was interrupted too often." in html
    assert "hx-trigger" not in html
    answer = client.post(reverse("diaries:drawing-retry", args=[tie.entry.pk, tie.illustration.pk]))
    assert answer.status_code == 302
    tie.illustration.refresh_from_db()
    assert tie.illustration.status == Status.QUEUED


@pytest.mark.parametrize(
    ("code", "help_to"),
    [
        ("unreadable_text", "entry-edit"),
        ("prompt_too_long", "entry-edit"),
        ("unknown_style", "entry-redraw"),
        ("unknown_scheduler", "entry-redraw"),
        ("black_picture", "drawing-retry"),
        ("engine_failed", "drawing-retry"),
    ],
)
def test_a_failed_drawing_offers_what_helps(client: Client, author: User, code: str, help_to: str) -> None:
    tie = EntryIllustrationFactory(entry__author=author, illustration__failed=True)
    be(tie.illustration, Status.FAILED, failure_code=code)
    caption = box(client, tie.entry).partition("box-caption-tall")[2].partition("</section>")[0]
    page_of, drawing_of = [tie.entry.pk], [tie.entry.pk, tie.illustration.pk]
    ways = {"entry-edit": page_of, "entry-redraw": page_of, "drawing-retry": drawing_of}
    offered = [name for name, of in ways.items() if reverse(f"diaries:{name}", args=of) in caption]
    assert offered == [help_to]
    others = ["watercolour", "storybook", "pixel"] if help_to == "entry-redraw" else []
    assert re.findall(r'name="style" value="(\w+)"', caption) == others
    User.objects.update(draws_pictures=False)
    assert "button" not in box(client, tie.entry).partition("box-caption-tall")[2].partition("</section>")[0]


def test_a_redraw_that_failed_says_why_beside_the_picture_that_was_chosen(
    client: Client, author: User
) -> None:
    liked = EntryIllustrationFactory(entry__author=author, illustration__ready=True)
    Entry.objects.filter(pk=liked.entry.pk).update(chosen=liked.illustration)
    EntryIllustrationFactory(entry=liked.entry, illustration__failed=True)
    html = box(client, liked.entry)
    assert "The painter was interrupted too often." in html
    assert reverse("diaries:picture", args=[liked.illustration.pk]) in html


def test_the_box_goes_on_asking_while_an_earlier_drawing_waits(client: Client, author: User) -> None:
    waiting = EntryIllustrationFactory(entry__author=author)
    EntryIllustrationFactory(entry=waiting.entry, illustration__ready=True)
    html = box(client, waiting.entry)
    assert 'data-state="waiting"' in html
    assert "hx-trigger" in html


@pytest.mark.parametrize(
    ("language", "words"), [("en", "Something went wrong while drawing"), ("ko", "그리다가 문제가 생겼어요")]
)
def test_an_unknown_failure_has_words_too(client: Client, author: User, language: str, words: str) -> None:
    User.objects.update(language=language)
    tie = EntryIllustrationFactory(entry__author=author, illustration__failed=True)
    be(tie.illustration, Status.FAILED, failure_code="meteorite")
    assert words in box(client, tie.entry)


def test_a_hidden_picture_is_not_shown(client: Client, author: User) -> None:
    tie = EntryIllustrationFactory(entry__author=author, illustration__ready=True)
    be(tie.illustration, Status.READY, hidden_at=timezone.now(), hidden_reason="scary")
    html = box(client, tie.entry)
    assert "This picture is hidden." in html
    assert reverse("diaries:picture", args=[tie.illustration.pk]) not in html


@pytest.mark.parametrize(
    ("language", "said", "listed"),
    [
        ("en", "Another picture of this page is hidden: Scary or disturbing", "Hidden: Scary or disturbing"),
        ("ko", "이 일기의 다른 그림은 숨겨졌어요: 무섭거나 불쾌해요", "숨김: 무섭거나 불쾌해요"),
    ],
)
def test_a_hidden_picture_is_told_beside_an_earlier_one(
    client: Client, author: User, language: str, said: str, listed: str
) -> None:
    User.objects.update(language=language)
    earlier = EntryIllustrationFactory(entry__author=author, illustration__ready=True)
    newer = EntryIllustrationFactory(entry=earlier.entry, illustration__ready=True)
    be(newer.illustration, Status.READY, hidden_at=timezone.now(), hidden_reason="scary")
    html = page(client, earlier.entry)
    assert reverse("diaries:picture", args=[earlier.illustration.pk]) in html
    assert said in html
    assert listed in html


def test_a_drawing_under_way_is_told_though_a_newer_one_is_over(
    client: Client, tie: EntryIllustration
) -> None:
    newer = EntryIllustrationFactory(entry=tie.entry, illustration__failed=True)
    html = box(client, newer.entry)
    assert 'data-state="waiting"' in html
    assert "hx-trigger" in html


def test_a_page_that_is_never_drawn_says_so_and_offers_no_drawing(client: Client, author: User) -> None:
    entry = EntryFactory(author=author, mode=Mode.NEVER)
    html = box(client, entry)
    assert "You chose to keep it to words." in html
    assert reverse("diaries:entry-redraw", args=[entry.pk]) not in html


def test_where_drawing_is_switched_off_the_page_says_so(client: Client, author: User) -> None:
    User.objects.update(draws_pictures=False)
    assert "Drawing is switched off in your settings." in box(client, EntryFactory(author=author))


def test_a_page_without_a_drawing_offers_one(client: Client, author: User) -> None:
    entry = EntryFactory(author=author)
    assert "There is no picture yet." in box(client, entry)
    answer = client.post(reverse("diaries:entry-redraw", args=[entry.pk]), {"style": "pixel"})
    assert answer.headers["Location"] == reverse("diaries:entry-detail", args=[entry.pk])
    assert entry.drawings().get().style.slug == "pixel"


def test_a_fragment_brings_along_what_changes_with_the_picture(
    client: Client, tie: EntryIllustration
) -> None:
    html = box(client, tie.entry)
    assert html.lstrip().startswith("<section")
    assert html.count("hx-swap-oob") == 2
    assert "hx-swap-oob" not in page(client, tie.entry)


def test_without_javascript_the_page_looks_again_by_itself(client: Client, tie: EntryIllustration) -> None:
    assert '<noscript><meta http-equiv="refresh"' in page(client, tie.entry)
    be(tie.illustration, Status.STALE)
    assert "http-equiv" not in page(client, tie.entry)


def test_a_refused_wish_is_told_in_the_fragment_and_on_the_page(
    client: Client, tie: EntryIllustration
) -> None:
    address = reverse("diaries:entry-redraw", args=[tie.entry.pk])
    words = "A picture of this page is on its way already."
    assert words in client.post(address, headers={"hx-request": "true"}).content.decode()
    assert words in client.post(address, follow=True).content.decode()


@pytest.mark.parametrize(
    ("changes", "earlier"), [({"body": "other words"}, True), ({"written_on": "2026-04-06"}, False)]
)
def test_a_picture_of_an_earlier_text_is_labelled_so(
    client: Client, author: User, style: Style, changes: dict[str, str], earlier: bool
) -> None:
    tie = EntryIllustrationFactory(entry__author=author, illustration__ready=True)
    sent = {
        "written_on": "2026-04-05",
        "title": tie.entry.title,
        "body": tie.entry.body,
        "style": style.pk,
        "mode": "draw",
        "version": 1,
    }
    address = reverse("diaries:entry-edit", args=[tie.entry.pk])
    assert client.post(address, sent | changes).status_code == 302
    assert ("Drawn from an earlier text." in page(client, tie.entry)) is earlier


def test_every_drawing_can_be_chosen_and_deleted(client: Client, author: User) -> None:
    entry = EntryFactory(author=author)
    first, second = (
        EntryIllustrationFactory(entry=entry, illustration__ready=True).illustration for _ in range(2)
    )
    html = page(client, entry)
    for row in (first, second):
        assert reverse("diaries:thumbnail", args=[row.pk]) in html
        assert reverse("diaries:drawing-delete", args=[entry.pk, row.pk]) in html
    client.post(reverse("diaries:drawing-choose", args=[entry.pk, first.pk]))
    assert reverse("diaries:picture", args=[first.pk]) in box(client, entry)
    client.post(reverse("diaries:drawing-delete", args=[entry.pk, first.pk]))
    assert reverse("diaries:picture", args=[second.pk]) in box(client, entry)


def test_saving_over_the_quota_keeps_the_page_and_says_so(
    client: Client, author: User, style: Style, settings: Any
) -> None:
    settings.DRAWINGS_A_DAY = 0
    sent = {"written_on": author.today(), "body": "A day.", "style": style.pk, "mode": "draw"}
    html = client.post("/entries/new/", sent, follow=True).content.decode()
    assert "Your page is saved." in html
    assert "No picture was requested" in html
    assert "There is no picture yet." in html


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "your 2 of today are used up. New ones come on November 24, 5 a.m."),
        ("ko", "오늘 몫 2장을 다 썼어요. 11월 24일 5시부터 다시 부탁할 수 있어요."),
    ],
)
def test_the_quota_is_told_by_the_writers_own_number_and_day(
    signed_in: Callable[[User], Client], author: User, language: str, words: str
) -> None:
    User.objects.update(language=language, drawings_a_day=2, day_ends_at=5, time_zone="Asia/Seoul")
    addresses = [reverse("diaries:entry-redraw", args=[EntryFactory(author=author).pk]) for _ in range(3)]
    with time_machine.travel(datetime(2026, 11, 23, 12, tzinfo=UTC), tick=False):
        client = signed_in(author)
        answers = [client.post(address, follow=True).content.decode() for address in addresses]
    assert [words in html for html in answers] == [False, False, True]


def test_the_first_picture_of_a_day_alone_gets_the_stamp(
    client: Client, author: User, stranger: User
) -> None:
    first = EntryIllustrationFactory(entry__author=author, illustration__ready=True)
    second = EntryIllustrationFactory(entry__author=author, illustration__ready=True)
    other_day = EntryIllustrationFactory(
        entry__author=author, entry__written_on=date(2026, 4, 6), illustration__ready=True
    )
    EntryIllustrationFactory(
        entry__author=stranger,
        illustration__ready=True,
        illustration__finished_at=timezone.now() - timedelta(1),
    )
    # Drawn anew, the page of the first picture keeps its stamp.
    EntryIllustrationFactory(entry=first.entry, illustration__ready=True)
    stamped = [tie for tie in (first, second, other_day) if 'class="stamp"' in page(client, tie.entry)]
    assert stamped == [first, other_day]
