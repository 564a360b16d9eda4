"""What holds for every page: its weight, where it loads from, its policy, twice the size of text, still pictures."""

from __future__ import annotations

import gzip
import random
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, Response

from diaries.models import Entry, EntryIllustration, Mood, User
from illustration.models import Illustration, Status, Style, Worker
from tests.browser.conftest import DESK, PHONE
from tests.browser.states import STRANGERS
from tests.factories import EntryIllustrationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
Opened = Callable[..., BrowserContext]
MOST_BYTES = 150_000
PICTURES = (".webp", ".png", ".jpg", ".jpeg", ".woff2")
GONE = ("status of 404",)
SYLLABLES = [chr(code) for code in range(ord("가"), ord("힣") + 1)]

# Elements of which a part can neither be seen nor scrolled to. An excerpt, and a title in its square, end in dots.
CUT = """
() => [...document.querySelectorAll("body *")].filter((element) => {
  if (element.closest(".visually-hidden, [aria-hidden=true], .page-text, .day-title, .skip-link, svg")) return false;
  if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) return false;
  const { left, right, width, height } = element.getBoundingClientRect();
  if (!width || !height) return false;
  if (left < -1 || right > innerWidth + 1) return true;
  if (["INPUT", "SELECT", "TEXTAREA", "PROGRESS"].includes(element.tagName)) return false;
  const { overflowX, overflowY } = getComputedStyle(element);
  const cuts = (overflow) => overflow === "hidden" || overflow === "clip";
  return (cuts(overflowX) && element.scrollWidth > element.clientWidth + 1)
    || (cuts(overflowY) && element.scrollHeight > element.clientHeight + 1);
}).map((element) => element.outerHTML.slice(0, 160))
"""
MOVES = """
() => document.getAnimations().map((each) => each.animationName ?? each.transitionProperty)
"""


class Fetched:
    """What a browser got for each page that it opened."""

    def __init__(self, context: BrowserContext) -> None:
        self.answers: list[Response] = []
        context.on("response", lambda answer: self.answers.append(answer))

    def of(self, page: Page, address: str) -> list[Response]:
        """Open an address and return everything that came for it."""
        self.answers.clear()
        page.goto(address)
        page.wait_for_load_state("networkidle")
        # A look at the picture may be answered when its page has been left already.
        return [each for each in self.answers if "hx-request" not in each.request.headers]


def weight(answers: list[Response]) -> int:
    """The bytes of a page as they travel compressed, without its pictures and fonts."""
    kept = [each for each in answers if not urlsplit(each.url).path.endswith(PICTURES)]
    return sum(len(gzip.compress(each.body(), 6)) for each in kept if each.status < 300 or each.status >= 400)


def policies(answers: list[Response]) -> dict[str, str]:
    """The policies of the documents among the answers, by address."""
    return {
        each.url: each.headers.get("content-security-policy", "")
        for each in answers
        if each.headers.get("content-type", "").startswith("text/html")
    }


@pytest.fixture
def heavy(author: User, style: Style) -> dict[str, str]:
    """The heaviest pages there can be: a year of three thousand pages, and the longest text in rare syllables."""
    chance = random.Random(1)

    def rare(length: int) -> str:
        return "".join(chance.choice(SYLLABLES) for _ in range(length))

    tie = EntryIllustrationFactory(entry__author=author, illustration__ready=True)
    days = Entry.objects.bulk_create(
        Entry(
            author=author,
            written_on=date(2024, 1, 1) + timedelta(number % 366),
            title=rare(100),
            body="하루하루",
            style=style,
            mood=chance.choice(Mood.values),
        )
        for number in range(3_000)
    )
    drawn = Illustration.objects.bulk_create(
        Illustration(
            style=style,
            status=Status.READY,
            seed=1,
            requested_at=tie.illustration.requested_at,
            run_after=tie.illustration.run_after,
            finished_at=tie.illustration.finished_at,
            picture=tie.illustration.picture,
            thumbnail=tie.illustration.thumbnail,
        )
        for _ in days
    )
    EntryIllustration.objects.bulk_create(
        EntryIllustration(entry=day, illustration=row, entry_version=1)
        for day, row in zip(days, drawn, strict=True)
    )
    Entry.objects.filter(pk=tie.entry_id).update(body=rare(10_000))
    # The database counts its rows by itself, later than a test can wait, and plans for a few until then.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {
        "a full year": "/diary/2024/",
        "a full month": "/diary/2024/1/",
        "a long text": f"/entries/{tie.entry_id}/",
        "a long text being changed": f"/entries/{tie.entry_id}/edit/",
    }


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_page_is_light_and_comes_from_here_alone(
    language: str, writer: Opened, new_context: Opened, author: User, pages: dict[str, str], site: str
) -> None:
    User.objects.update(language=language)
    wrong: dict[str, list[str]] = defaultdict(list)
    for context, addresses in (
        (writer(language, DESK, tolerated=GONE), pages),
        (new_context(language, DESK, tolerated=GONE), {each: each for each in STRANGERS}),
    ):
        fetched, page = Fetched(context), context.new_page()
        for name, address in addresses.items():
            answers = fetched.of(page, address)
            if (bytes_ := weight(answers)) > MOST_BYTES:
                wrong[name].append(f"{bytes_} bytes")
            wrong[name] += [each.url for each in answers if not each.url.startswith((site, "data:", "blob:"))]
            shown = policies(answers)
            assert shown, name
            wrong[name] += [policy for policy in shown.values() if not is_strict(policy)]
    assert {name: found for name, found in wrong.items() if found} == {}


def is_strict(policy: str) -> bool:
    """Whether a policy lets nothing run or be fetched that is not the site's own."""
    return "default-src 'self'" in policy and "unsafe" not in policy and "http" not in policy


def test_the_heaviest_pages_are_light(writer: Opened, heavy: dict[str, str]) -> None:
    context = writer("ko", PHONE)
    fetched, page = Fetched(context), context.new_page()
    weights = {name: weight(fetched.of(page, address)) for name, address in heavy.items()}
    Entry.objects.filter(pk=heavy["a long text"].split("/")[2]).update(version=2)
    fetched.answers.clear()
    page.locator("#id_body").evaluate("(area) => { area.value = [...area.value].reverse().join('') }")
    page.locator("[data-saves]").click()
    page.locator(".conflict-note").wait_for()
    weights["two long texts"] = weight(fetched.answers)
    assert {name: found for name, found in weights.items() if found > MOST_BYTES} == {}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("width", [720, 320])
def test_nothing_is_cut_when_the_page_is_twice_as_large(
    width: int,
    language: str,
    writer: Opened,
    new_context: Opened,
    author: User,
    pages: dict[str, str],
) -> None:
    # A window of 1440 pixels at 200 %, and one of 1280 at 400 %, are so wide to the page.
    User.objects.update(language=language)
    size = (width, 450)
    wrong: dict[str, list[str]] = {}
    for context, addresses in (
        (writer(language, size, scale=2, tolerated=GONE), pages),
        (new_context(language, size, scale=2, tolerated=GONE), {each: each for each in STRANGERS}),
    ):
        page = context.new_page()
        for name, address in addresses.items():
            page.goto(address)
            page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
            found = page.evaluate(CUT)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                found.append("sideways")
            if found:
                wrong[name] = found
    assert wrong == {}


def test_nothing_moves_for_those_who_asked_for_stillness(writer: Opened, author: User) -> None:
    now = timezone.now()
    Worker.objects.create(name="w", started_at=now, last_seen_at=now, ready=True, seconds_per_picture=4)
    waiting = EntryIllustrationFactory(entry__author=author)
    page = writer("en", PHONE).new_page()
    moving = {}
    for motion in ("no-preference", "reduce"):
        page.emulate_media(reduced_motion=motion)
        page.goto(f"/entries/{waiting.entry_id}/")
        page.locator("#picture-box[data-state=waiting]").wait_for()
        moving[motion] = page.evaluate(MOVES)
    assert moving["reduce"] == []
    assert "scribble" in moving["no-preference"]
