"""Whole journeys by keyboard alone: where the focus is can be seen at every stop, and it is never lost."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import BrowserContext, Locator, Page, expect

from diaries.models import Entry, User
from illustration.models import Illustration, Status, Worker
from tests.browser.conftest import DESK, PHONE
from tests.browser.journeys import chip, on_sheet, see_picture
from tests.factories import PASSWORD, EntryFactory, EntryIllustrationFactory
from tests.processes import Process

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
Opened = Callable[..., BrowserContext]
# What is wrong with where the focus is: nothing, or a sentence.
WRONG = """
() => {
  const held = document.activeElement;
  if (!held || held === document.body || !held.isConnected) return "the focus is lost";
  const label = held.closest("label") ?? held.labels?.[0];
  const near = [held, held.nextElementSibling, label, ...(label?.querySelectorAll("*") ?? [])].filter(Boolean);
  const isMarked = near.some((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });
  const name = held.outerHTML.slice(0, 120);
  if (!isMarked) return `no mark on ${name}`;
  // A control that only a reader can find is drawn by its label.
  const seen = held.clientWidth > 4 || !label ? held : label;
  const { left, top, width, height } = seen.getBoundingClientRect();
  const [x, y] = [left + Math.min(width / 2, 40), top + Math.min(height / 2, 20)];
  const above = document.elementFromPoint(x, y);
  if (!above) return `out of sight: ${name}`;
  const isSeen = seen.contains(above) || above.contains(seen) || above.closest("label") === label;
  return isSeen ? "" : `${name} is covered by ${above.outerHTML.slice(0, 120)}`;
}
"""


def tab_to(page: Page, target: Locator, *, most: int = 150, back: bool = False) -> None:
    """Press Tab until the target has the focus, which can be seen at every stop on the way."""
    for _ in range(most):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        if page.evaluate("document.activeElement === document.body"):
            # Past the last stop the browser's own controls come, which a test has not.
            continue
        assert page.evaluate(WRONG) == ""
        if target.evaluate("target => target === document.activeElement"):
            return
    raise AssertionError(f"Tab does not lead to {target}")


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_a_diary_is_begun_written_corrected_and_looked_back_on_by_keyboard(
    size: tuple[int, int], new_context: Opened, draw_worker: Callable[..., Process]
) -> None:
    draw_worker()
    page = new_context("en", size).new_page()
    keys = page.keyboard

    page.goto("/")
    tab_to(page, page.locator(".hero .actions a").first)
    keys.press("Enter")
    page.wait_for_url("**/accounts/signup/")
    tab_to(page, page.locator("[name=email]"))
    keys.type("keys@example.org")
    tab_to(page, page.locator("[name=password1]"))
    keys.type(PASSWORD)
    keys.press("Enter")
    page.wait_for_url("**/diary/")

    tab_to(page, page.locator(".calendar-head a.button"))
    keys.press("Enter")
    page.wait_for_url("**/entries/new/")
    tab_to(page, page.locator("[name=weather]:checked"))
    keys.press("ArrowRight")
    tab_to(page, page.locator("[name=title]"))
    keys.type("With my dog")
    tab_to(page, page.locator("[name=body]"))
    keys.type("I went to the park with my dog.")
    tab_to(page, page.locator("[name=mood]:checked"))
    keys.press("ArrowRight")
    tab_to(page, page.locator("[name=style]:checked"))
    keys.press("ArrowRight")
    tab_to(page, page.locator("[data-saves]"))
    keys.press("Enter")
    on_sheet(page)
    entry = Entry.objects.get()
    assert (entry.title, bool(entry.weather), bool(entry.mood)) == ("With my dog", True, True)
    assert entry.style.slug != "crayon"
    see_picture(page)

    tab_to(page, page.locator("#asked summary"))
    keys.press("Enter")
    tab_to(page, page.locator(chip(page, "dog")))
    keys.press("Space")
    tab_to(page, page.locator("#ask-more"))
    keys.type("cat")
    tab_to(page, page.get_by_role("button", name="Draw it like this"))
    keys.press("Enter")
    expect(page.locator("#picture-box")).to_be_focused()
    see_picture(page)
    expect(page.locator("#asked > .asked-words > .chips")).to_contain_text("cat")
    expect(page.locator(".drawing")).to_have_count(2)
    assert page.evaluate("document.activeElement !== document.body")

    tab_to(page, page.get_by_role("button", name="Put on the page"))
    keys.press("Enter")
    expect(page.locator("#picture-box")).to_be_focused()
    tab_to(page, page.get_by_role("link", name="To the calendar"))
    keys.press("Enter")
    page.wait_for_url("**/diary/20**")
    tab_to(page, page.locator(".day-entry").first)
    keys.press("Enter")
    on_sheet(page)


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_the_diary_is_looked_through_by_keyboard(size: tuple[int, int], author: User, writer: Opened) -> None:
    today = author.today()
    for number in (0, 1, 365):
        entry = EntryFactory(author=author, written_on=today - timedelta(number), mood="calm", title="하루")
        EntryIllustrationFactory(entry=entry, illustration__ready=True)
    for ago, weather in ((2, "rainy"), (3, "sunny")):
        EntryFactory(
            author=author,
            written_on=today - timedelta(ago),
            title="",
            body="오늘은 엄마랑 시장에 갔다.",
            weather=weather,
        )
    page = writer("en", size).new_page()
    page.goto("/diary/")
    tab_to(page, page.locator(".tabs a[href='/diary/year/']"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/diary/year/")
    # Each mood has strokes of its own: colours alone tell nothing to many.
    marks = page.locator(".mood-key i").evaluate_all(
        "all => all.map(one => getComputedStyle(one).backgroundImage)"
    )
    assert len(set(marks)) == len(marks) == 6
    tab_to(page, page.locator(".calendar-steps a[rel=prev]"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/diary/{today.year - 1}/")
    tab_to(page, page.locator(".contact-sheet a").first)
    tab_to(page, page.locator(".tabs a[href='/entries/']"), back=True)
    page.keyboard.press("Enter")
    page.wait_for_url("**/entries/")
    tab_to(page, page.locator("[name=q]"))
    page.keyboard.type("엄마")
    tab_to(page, page.locator("[name=weather]"))
    page.keyboard.type("Rainy")
    tab_to(page, page.locator(".search [type=submit]"), back=True)
    page.keyboard.press("Enter")
    page.wait_for_url("**/entries/?q=*weather=rainy*")
    expect(page.locator(".page-card")).to_have_count(1)
    tab_to(page, page.locator(".page-card").first)
    page.keyboard.press("Enter")
    on_sheet(page)
    expect(page.locator(".plain-text")).to_contain_text("엄마랑")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".sheet-title")).to_contain_text("하루")


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_every_stop_of_a_page_can_be_seen(size: tuple[int, int], author: User, writer: Opened) -> None:
    today = author.today()
    for _ in range(5):
        EntryIllustrationFactory(entry=EntryFactory(author=author, written_on=today))
    page = writer("en", size).new_page()
    for address in (
        "/settings/",
        "/cast/new/",
        "/accounts/email/",
        "/diary/",
        "/diary/year/",
        "/entries/",
        f"/entries/?day={today}",
    ):
        page.goto(address)
        tab_to(page, page.locator("footer button").last)


def test_the_focus_is_not_lost_when_the_button_under_it_goes(author: User, writer: Opened) -> None:
    now = timezone.now()
    Worker.objects.create(name="w", started_at=now, last_seen_at=now, ready=True, seconds_per_picture=4)
    tie = EntryIllustrationFactory(entry__author=author)
    page = writer("en", PHONE).new_page()
    page.goto(f"/entries/{tie.entry_id}/")
    tab_to(page, page.locator("#cancel-drawing"))
    Illustration.objects.filter(pk=tie.illustration_id).update(
        status=Status.DRAWING, token=uuid.uuid4(), lease_until=now + timedelta(minutes=5)
    )
    expect(page.locator("#picture-box")).to_have_attribute("data-state", "drawing")
    expect(page.locator("#cancel-drawing")).to_have_count(0)
    expect(page.locator("#picture-box")).to_be_focused()
