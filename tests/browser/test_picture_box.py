"""The picture box while a drawing is under way: what a reader opened stays open, and every press is answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image, ImageColor
from playwright.sync_api import BrowserContext, Page, Route, expect

from diaries.models import EntryIllustration, User
from illustration import progress, queue, storage
from illustration.models import Illustration, Status, Worker
from tests.browser.conftest import PHONE
from tests.factories import EntryIllustrationFactory
from tests.processes import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opened = Callable[..., BrowserContext]


@pytest.fixture
def tie(author: User) -> EntryIllustration:
    """A page with a picture, and another one that waits in the line of a worker; its box asks again every second."""
    now = timezone.now()
    Worker.objects.create(name="w", started_at=now, last_seen_at=now, ready=True, seconds_per_picture=4)
    before = now - timedelta(seconds=1)
    ready = EntryIllustrationFactory(
        entry__author=author, illustration__ready=True, illustration__requested_at=before
    )
    EntryIllustrationFactory(entry=ready.entry, illustration__requested_at=now)
    return ready


def sees(page: Page, colour: str) -> None:
    """Wait until the box shows a picture of this colour, not only its address."""

    def shown() -> bool:
        shot = page.locator(".box-picture img").screenshot(animations="disabled")
        middle = Image.open(BytesIO(shot)).convert("RGB").resize((1, 1), box=(100, 100, 200, 200))
        found = middle.getpixel((0, 0))
        return all(abs(one - other) < 40 for one, other in zip(found, ImageColor.getrgb(colour), strict=True))

    wait_until(shown, f"a {colour} picture")


def polls(page: Page, count: int = 2) -> None:
    """Wait until the box has asked again."""
    for _ in range(count):
        with page.expect_response("**/picture-box/"):
            pass


def test_a_picture_arrives_in_two_tabs_after_coming_back_and_on_a_slow_line(
    author: User, writer: Opened, tie: EntryIllustration, shoot: Callable[[Page, str], None]
) -> None:
    tie.illustration.delete()
    User.objects.update(language="ko")
    context = writer("ko", PHONE)
    first, slow = context.new_page(), context.new_page()
    first.goto(f"/entries/{tie.entry.pk}/")
    expect(first.locator(".box-words")).to_contain_text("1번째")
    first.close()
    [row] = queue.claim(free=1, in_hand=[], worker="w")
    progress.publish(row.pk, step=5, steps=20, preview=Image.new("RGB", (32, 32), "teal"))
    back = context.new_page()
    for tab in (back, slow):
        tab.goto(f"/entries/{tie.entry.pk}/")
        tab.evaluate("window.stays = true")
        expect(tab.locator(".box-words")).to_have_text("그리는 중 · 5 / 20")
        sees(tab, "teal")
    shoot(slow, "preview")
    places = "['#picture-box', '.sheet-title'].map((name) => document.querySelector(name).offsetTop)"
    before = slow.evaluate(places)

    held: list[Route] = []
    slow.route(f"**/pictures/{row.pk}.webp", lambda route: held.append(route))
    picture, thumbnail = storage.save_picture(Image.new("RGB", (64, 64), "gold"))
    assert queue.finish(row, picture=picture, thumbnail=thumbnail, scene={"language": "ko"}, prompt="a dog")
    for tab in (back, slow):
        expect(tab.locator("#picture-box")).to_have_attribute("data-state", "ready")
    sees(back, "gold")
    sees(slow, "teal")
    assert slow.evaluate(places) == before
    shoot(slow, "on-its-way")
    for route in held:
        route.continue_()
    sees(slow, "gold")
    assert slow.evaluate(places) == before
    for tab in (back, slow):
        assert tab.evaluate("window.stays")
        expect(tab.locator(".stamp")).to_be_visible()


def test_what_is_opened_stays_open_while_a_drawing_is_under_way(
    author: User, writer: Opened, tie: EntryIllustration
) -> None:
    page = writer("en", PHONE).new_page()
    page.goto(f"/entries/{tie.entry.pk}/")
    drawing = page.locator(f"#drawing-{tie.illustration.pk}")
    drawing.get_by_text("How it was drawn").click()
    drawing.get_by_text("Delete", exact=True).click()
    polls(page)
    expect(drawing.locator("details[open]")).to_have_count(2)
    drawing.get_by_role("button", name="Yes, delete this drawing").click()
    expect(drawing).to_have_count(0)
    assert not Illustration.objects.filter(pk=tie.illustration.pk).exists()


def test_a_refusal_stays_until_it_is_read(author: User, writer: Opened, tie: EntryIllustration) -> None:
    Illustration.objects.exclude(pk=tie.illustration.pk).delete()
    page = writer("en", PHONE).new_page()
    page.goto(f"/entries/{tie.entry.pk}/")
    redraw = page.locator("#drawings").get_by_role("button", name="Draw", exact=True)
    expect(redraw).to_be_visible()
    # Another tab was faster.
    EntryIllustrationFactory(entry=tie.entry)
    redraw.click()
    alert = page.get_by_role("alert")
    expect(alert).to_have_text("A picture of this page is on its way already.")
    expect(alert).to_be_in_viewport()
    polls(page)
    expect(alert).to_have_text("A picture of this page is on its way already.")
    page.get_by_role("button", name="Close").click()
    expect(alert).to_be_hidden()


@pytest.mark.parametrize("trouble", ["the server breaks", "the network is gone"])
def test_a_press_that_came_to_nothing_is_told(
    author: User, writer: Opened, tie: EntryIllustration, trouble: str
) -> None:
    Illustration.objects.exclude(pk=tie.illustration.pk).delete()
    page = writer("ko", PHONE, tolerated=("htmx", "status of 503", "ERR_FAILED")).new_page()
    User.objects.update(language="ko")
    page.goto(f"/entries/{tie.entry.pk}/")

    def fail(route: Route) -> None:
        if trouble == "the server breaks":
            route.fulfill(status=503, body="")
        else:
            route.abort()

    page.route("**/redraw/", fail)
    redraw = page.locator("#drawings").get_by_role("button", name="그리기", exact=True)
    redraw.click()
    alert = page.get_by_role("alert")
    expect(alert).to_have_text("서버에 닿지 못했어요. 잠시 뒤에 다시 눌러 주세요.")
    expect(alert).to_be_in_viewport()

    page.unroute("**/redraw/")
    redraw.click()
    expect(page.locator("#picture-box")).to_have_attribute("data-state", "waiting")
    expect(alert).to_be_hidden()


def test_a_second_press_before_the_answer_asks_for_nothing_more(
    author: User, writer: Opened, tie: EntryIllustration
) -> None:
    Illustration.objects.exclude(pk=tie.illustration.pk).update(
        status=Status.FAILED, failure_code="unknown_style"
    )
    page = writer().new_page()
    page.goto(f"/entries/{tie.entry.pk}/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.locator("#picture-box").get_by_role("button", name="Pixel").dblclick()
    expect(page.locator("#picture-box")).to_have_attribute("data-state", "waiting")
    polls(page)
    expect(page.get_by_role("alert")).to_be_hidden()
    assert len(sent) == 1
    assert tie.entry.drawings().get(status=Status.QUEUED).style.slug == "pixel"
