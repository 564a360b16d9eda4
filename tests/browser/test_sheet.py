"""The page as a sheet: its papers, its print, how it turns, and that nothing moves when the picture comes."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from diaries.models import Entry, User
from illustration import progress
from illustration.models import Illustration, Status, Worker
from tests.browser.conftest import DESK, PHONE
from tests.factories import EntryFactory, EntryIllustrationFactory, IllustrationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opened = Callable[..., BrowserContext]
BODY = {
    "ko": "오늘은 초코랑 바다에 갔다. 초코가 파도를 보고 깜짝 놀라서 나한테 안겼다.\n점심에는 김밥 두 줄을 먹었다. "
    "동생은 세 줄이나 먹었다! 우리는 모래로 커다란 성을 쌓았는데, 파도가 와서 무너뜨렸다. 그래도 재미있었다. "
    "집에 오는 길에 무지개를 봤다. 내일 또 가고 싶다. 다음에는 할머니도 같이 가면 좋겠다.",
    "en": "We went to the beach with Choco today. The waves scared him, so he jumped into my arms.\n"
    "For lunch we had two rolls of kimbap. Then we built a big castle of sand, but a wave came and took it. "
    "On the way home we saw a rainbow. It was fun, and I want to go again tomorrow.",
}


@pytest.fixture
def days(author: User) -> list[Entry]:
    """Three days in a row; the middle one has all that a page can have."""
    found = []
    for number in range(3):
        entry = EntryFactory(
            author=author,
            written_on=date(2026, 4, 4) + timedelta(days=number),
            title=f"Day {number + 1}",
            body=BODY["ko"],
            weather="sunny",
            mood="happy",
            woke_at=time(7, 30) if number == 1 else None,
            slept_at=time(21, 0) if number == 1 else None,
        )
        EntryIllustrationFactory(entry=entry, illustration__ready=True)
        found.append(entry)
    return found


def address(entry: Entry) -> str:
    return f"/entries/{entry.pk}/"


def test_the_school_form_shows_what_the_day_was(author: User, writer: Opened, days: list[Entry]) -> None:
    User.objects.update(language="ko")
    page = writer("ko", PHONE).new_page()
    page.goto(address(days[1]))
    expect(page.locator(".sheet-date b")).to_have_text(["2026", "4", "5", "일"])
    expect(page.locator(".weather-today")).to_have_attribute("title", "맑음")
    expect(page.locator(".sheet-hours")).to_contain_text("일어난 시각: 오전 7:30")
    expect(page.locator(".sheet-hours")).to_contain_text("잠자는 시각: 오후 9:00")
    expect(page.locator(".stamp")).to_be_visible()
    page.goto(address(days[0]))
    expect(page.locator(".sheet-hours")).to_have_count(0)


@pytest.mark.parametrize(("size", "columns"), [(PHONE, 10), (DESK, 15)])
def test_squares_are_for_the_eye_and_the_plain_text_for_the_ear(
    size: tuple[int, int], columns: int, writer: Opened, days: list[Entry]
) -> None:
    page = writer("en", size).new_page()
    page.goto(address(days[0]))
    shown = page.locator(".squares:visible")
    expect(shown).to_have_count(1)
    tops = shown.locator("i").evaluate_all("cells => cells.map(cell => cell.getBoundingClientRect().top)")
    assert sum(top == tops[0] for top in tops) == columns
    said = page.locator("article.sheet").aria_snapshot()
    assert "오늘은 초코랑 바다에 갔다." in said
    assert "오 늘" not in said


@pytest.mark.parametrize(
    ("paper", "kind"), [("squares", "squares"), ("lines", "ruled"), ("plain", "unruled")]
)
def test_the_text_stands_on_the_paper_that_the_writer_chose(
    paper: str, kind: str, author: User, writer: Opened, days: list[Entry]
) -> None:
    User.objects.update(paper=paper)
    page = writer().new_page()
    page.goto(address(days[0]))
    expect(page.locator(f".paper .{kind}:visible")).to_have_count(1)
    expect(page.locator(".plain-text")).to_contain_text("내일 또 가고 싶다.")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_day_prints_on_one_side_of_a4(
    language: str, author: User, writer: Opened, days: list[Entry]
) -> None:
    User.objects.update(language=language, look="dark")
    Entry.objects.update(body=BODY[language])
    page = writer(language, PHONE).new_page()
    page.goto(address(days[1]))
    printed = page.pdf(prefer_css_page_size=True, print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    [size] = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    assert [round(float(side)) for side in size] == [595, 842]

    page.emulate_media(media="print")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    expect(page.locator("header.site-header, .beside, .page-turns")).to_have_count(3)
    for gone in page.locator("header.site-header, .beside, .page-turns").all():
        expect(gone).to_be_hidden()


def test_arrow_keys_and_links_turn_the_page(writer: Opened, days: list[Entry]) -> None:
    page = writer().new_page()
    page.goto(address(days[1]))
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**{address(days[2])}")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**{address(days[1])}")
    page.keyboard.press("Alt+Shift+ArrowLeft")
    page.locator("nav.page-turns a[rel=prev]").click()
    page.wait_for_url(f"**{address(days[0])}")


def test_a_page_turns_the_way_it_was_turned_and_leaving_the_diary_turns_nothing(
    writer: Opened, days: list[Entry]
) -> None:
    context = writer()
    context.add_init_script(
        """
        globalThis.turned = "nothing";
        addEventListener("pagereveal", async ({ viewTransition }) => {
            if (viewTransition) globalThis.turned = await viewTransition.ready.then(
                () => [...viewTransition.types].join(), () => "skipped");
        });
        """
    )
    page = context.new_page()
    page.goto(address(days[1]))
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**{address(days[2])}")
    assert page.evaluate("globalThis.turned") == "forwards"
    page.locator("nav.page-turns a[rel=prev]").click()
    page.wait_for_url(f"**{address(days[1])}")
    assert page.evaluate("globalThis.turned") == "backwards"
    page.get_by_role("link", name="To the calendar").click()
    page.wait_for_url("**/diary/**")
    assert page.evaluate("globalThis.turned") == "nothing"


def test_arrow_keys_that_belong_to_a_control_turn_nothing(writer: Opened, days: list[Entry]) -> None:
    page = writer().new_page()
    page.goto(address(days[1]))
    page.locator("#drawings input[name=style]").first.focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#drawings input[name=style]").nth(1)).to_be_checked()
    assert page.url.endswith(address(days[1]))


@pytest.fixture
def touched(writer: Opened, days: list[Entry]) -> Page:
    """The middle day on a phone."""
    page = writer("en", PHONE).new_page()
    page.goto(address(days[1]))
    return page


def swipe(page: Page, *points: tuple[int, int]) -> None:
    """Draw a finger over the glass, as Chromium sees one, once the page lies flat."""
    page.evaluate(
        "Promise.all(document.getAnimations().map((animation) => animation.finished)).then(() => 0)"
    )
    glass: CDPSession = page.context.new_cdp_session(page)
    glass.send("Emulation.setTouchEmulationEnabled", {"enabled": True})
    for kind, (x, y) in zip(["touchStart", *["touchMove"] * (len(points) - 1)], points, strict=True):
        glass.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
    glass.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_a_swipe_turns_the_page_both_ways(touched: Page, days: list[Entry]) -> None:
    swipe(touched, (300, 300), (240, 302), (150, 305))
    touched.wait_for_url(f"**{address(days[2])}")
    swipe(touched, (100, 300), (180, 302), (260, 305))
    touched.wait_for_url(f"**{address(days[1])}")


@pytest.mark.parametrize(
    "points",
    [
        [(300, 600), (280, 450), (220, 200)],
        [(20, 300), (80, 300), (200, 300)],
        [(300, 300), (290, 300), (270, 300)],
    ],
    ids=["up the page", "from the edge, which is the way back", "hardly at all"],
)
def test_what_is_no_swipe_turns_nothing(
    points: list[tuple[int, int]], touched: Page, days: list[Entry]
) -> None:
    swipe(touched, *points)
    # A turn would be under way by the time the page has answered this.
    touched.wait_for_load_state("networkidle")
    assert touched.url.endswith(address(days[1]))
    expect(touched.locator("article.sheet")).not_to_have_class(re.compile("sheet-pulled"))


WATCH = """
    globalThis.moved = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) globalThis.moved += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_nothing_moves_when_the_picture_comes_and_the_stamp_falls_once(
    size: tuple[int, int], author: User, writer: Opened
) -> None:
    now = timezone.now()
    Worker.objects.create(name="w", started_at=now, last_seen_at=now, ready=True, seconds_per_picture=4)
    tie = EntryIllustrationFactory(entry__author=author, entry__body=BODY["ko"])
    done = IllustrationFactory(ready=True)
    context = writer("en", size)
    context.add_init_script(WATCH)
    page = context.new_page()
    page.goto(address(tie.entry))
    expect(page.locator("#picture-box")).to_have_attribute("data-state", "waiting")
    expect(page.locator(".stamp")).to_have_count(0)
    page.evaluate("document.fonts.ready.then(() => 0)")
    before = page.locator(".sheet-title").bounding_box()

    Illustration.objects.filter(pk=tie.illustration.pk).update(
        status=Status.READY,
        picture=done.picture,
        thumbnail=done.thumbnail,
        finished_at=now,
        scene=done.scene,
        prompt=done.prompt,
    )
    expect(page.locator("#picture-box")).to_have_attribute("data-state", "ready")
    expect(page.locator(".stamp")).to_have_class(re.compile("stamp-falls"))
    assert page.locator(".sheet-title").bounding_box() == before
    assert page.evaluate("globalThis.moved") < 0.02

    page.reload()
    expect(page.locator(".stamp")).to_be_visible()
    expect(page.locator(".stamp")).not_to_have_class(re.compile("stamp-falls"))


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_the_picture_emerges_from_its_previews_in_one_image(
    motion: str, author: User, writer: Opened
) -> None:
    now = timezone.now()
    Worker.objects.create(name="w", started_at=now, last_seen_at=now, ready=True, seconds_per_picture=4)
    tie = EntryIllustrationFactory(entry__author=author)
    drawing, done = tie.illustration, IllustrationFactory(ready=True)
    Illustration.objects.filter(pk=drawing.pk).update(
        status=Status.DRAWING, token=uuid.uuid4(), lease_until=now + timedelta(minutes=5)
    )
    progress.publish(drawing.pk, step=3, steps=12, preview=Image.new("RGB", (64, 64), "orange"))
    page = writer("en", PHONE).new_page()
    page.emulate_media(reduced_motion=motion)
    page.goto(address(tie.entry))
    image = page.locator("#picture-box img")
    expect(image).to_have_class("box-preview box-preview-1")
    expect(image).to_have_css("filter", re.compile(r"blur\(10px\)"))
    image.evaluate("image => { image.isTheFirst = true; }")
    progress.publish(drawing.pk, step=9, steps=12, preview=Image.new("RGB", (64, 64), "red"))
    expect(image).to_have_class("box-preview box-preview-3")

    Illustration.objects.filter(pk=drawing.pk).update(
        status=Status.READY, picture=done.picture, thumbnail=done.thumbnail, finished_at=now, scene=done.scene
    )
    expect(page.locator("#picture-box")).to_have_attribute("data-state", "ready")
    expect(image).to_have_attribute("src", f"/pictures/{drawing.pk}.webp")
    assert image.evaluate("image => image.isTheFirst")
    expect(image).to_have_css("filter", "none")
    lasts = image.evaluate("image => parseFloat(getComputedStyle(image).transitionDuration)")
    assert (lasts > 0.5) is (motion == "no-preference")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_follows_the_device_until_the_writer_chooses(
    scheme: str, author: User, writer: Opened, days: list[Entry]
) -> None:
    page = writer().new_page()
    page.emulate_media(color_scheme=scheme)
    page.goto(address(days[0]))
    desk = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(desk) == {"light": "rgb(233, 226, 211)", "dark": "rgb(25, 24, 29)"}[scheme]
    User.objects.update(look="paper")
    page.reload()
    assert page.evaluate(desk) == "rgb(217, 201, 166)"
