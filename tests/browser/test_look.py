"""One look on every page: the front page shows the product, errors and photos belong to it, fonts come in slices."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from PIL import Image
from playwright.sync_api import BrowserContext, Page, Route, expect

from diaries.models import Photo, User
from illustration import storage
from tests.browser.conftest import DESK, PHONE
from tests.factories import EntryFactory, EntryIllustrationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opened = Callable[..., BrowserContext]
Shoot = Callable[[Page, str], None]
SHIFTS = """
    globalThis.moved = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.moved += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("language", "size"), [("ko", PHONE), ("en", DESK)])
def test_the_front_page_shows_the_same_day_by_every_hand(
    language: str, size: tuple[int, int], scheme: str, new_context: Opened, shoot: Shoot
) -> None:
    page = new_context(language, size).new_page()
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.goto("/")
    pictures = page.locator(".hero-picture")
    expect(pictures.nth(0)).to_have_css("opacity", "1")
    expect(pictures.nth(2)).to_have_css("opacity", "0")
    page.locator(".hero-styles input").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(pictures.nth(2)).to_have_css("opacity", "1")
    assert pictures.nth(2).locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)")
    shoot(page, f"landing-{language}-{scheme}")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_page_that_is_not_there_says_so_in_the_same_look(
    language: str, new_context: Opened, shoot: Shoot
) -> None:
    page = new_context(language, PHONE).new_page()
    answer = page.goto("/nowhere/")
    assert answer
    assert answer.status == 404
    expect(page.locator(".error-number i")).to_have_text(["4", "0", "4"])
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    shoot(page, f"404-{language}")


@pytest.mark.parametrize("path", ["/", "entry"])
def test_fonts_that_come_late_move_nothing(
    path: str, author: User, writer: Opened, new_context: Opened
) -> None:
    User.objects.update(language="ko")
    entry = EntryFactory(author=author, title="초코와 바다", body="오늘은 초코랑 바다에 갔다. " * 6)
    EntryIllustrationFactory(entry=entry, illustration__ready=True)
    context = new_context("ko", PHONE) if path == "/" else writer("ko", PHONE)
    context.add_init_script(SHIFTS)

    held: list[Route] = []
    laid_out = False

    def hold(route: Route) -> None:
        if laid_out:
            route.continue_()
        else:
            held.append(route)

    context.route("**/*.woff2", hold)
    page = context.new_page()
    fetched: list[str] = []
    page.on("request", lambda asked: fetched.append(asked.url) if asked.url.endswith(".woff2") else None)
    page.goto(path if path == "/" else f"/entries/{entry.pk}/", wait_until="domcontentloaded")
    # The page stands there in the stand-ins before the first face comes.
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.evaluate("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert held
    laid_out = True
    for route in held:
        route.continue_()
    page.evaluate("document.fonts.ready.then(() => 0)")
    assert page.evaluate("globalThis.moved") < 0.02
    assert len(fetched) == len(set(fetched))
    assert page.evaluate("document.fonts.check('20px Gaegu', '초코')")


def test_an_english_page_fetches_no_korean_font(new_context: Opened) -> None:
    page = new_context("en").new_page()
    fetched: list[str] = []
    page.on("request", lambda asked: fetched.append(asked.url) if asked.url.endswith(".woff2") else None)
    page.goto("/")
    page.evaluate("document.fonts.ready.then(() => 0)")
    assert sorted(url.rsplit("/", 1)[-1] for url in fetched) == [
        "gaegu-latin.woff2",
        "gowun-dodum-latin.woff2",
    ]


def test_staff_find_their_desk_in_the_menu_and_writers_do_not(author: User, writer: Opened) -> None:
    page = writer().new_page()
    page.goto("/settings/")
    desk = page.get_by_role("navigation", name="Main").get_by_role("link", name="Staff's desk")
    expect(desk).to_have_count(0)
    User.objects.update(is_staff=True)
    author.groups.add(Group.objects.get(name="operator"))
    page.reload()
    desk.click()
    page.wait_for_url("**/admin/")


def test_a_photo_opens_large_is_described_and_deleted(author: User, writer: Opened, shoot: Shoot) -> None:
    entry = EntryFactory(author=author)
    for colour in ("green", "orange"):
        names = storage.save_photo(Image.new("RGB", (1200, 800), colour))
        Photo.objects.create(entry=entry, file=names[0], thumbnail=names[1], width=1200, height=800)
    page = writer("en", PHONE).new_page()
    page.goto(f"/entries/{entry.pk}/")
    page.get_by_role("link", name="Photo 1 of this page").click()
    expect(page.get_by_role("img", name="Photo 1 of this page")).to_be_visible()
    page.get_by_label("What the photo shows").fill("The meadow behind our house")
    page.get_by_role("button", name="Save these words").click()
    expect(page.get_by_role("img", name="The meadow behind our house")).to_be_visible()
    shoot(page, "photo")
    page.get_by_role("link", name="Photo after").click()
    page.get_by_text("Delete this photo", exact=True).click()
    page.get_by_role("button", name="Yes, delete this photo").click()
    page.wait_for_url(f"**/entries/{entry.pk}/")
    expect(page.locator(".photo")).to_have_count(1)
    shoot(page, "page-with-photo")
