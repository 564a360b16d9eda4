"""Signing up, writing a day, and the picture that the real model draws for it, as a person sees it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Response, expect

from diaries.models import Entry, User
from illustration.models import Illustration, Status, Style
from tests.browser.conftest import DESK, PHONE
from tests.factories import PASSWORD
from tests.processes import STARTER_ENGINE, Process

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
PATIENCE = 400_000
TEXTS = {
    "ko": ("초코와 공원", "오늘은 강아지랑 공원에 갔다. 햇볕이 따뜻했다."),
    "en": ("At the beach", "I went to the beach with my dog. The sun was warm."),
}
WORDS = {
    "ko": {
        "start": "일기 시작하기",
        "write": "오늘 일기 쓰기",
        "save": "일기 저장하기",
        "saved": "일기를 저장했어요.",
        "empty": "이 달에는 아직 일기가 없어요.",
        "calendar": "달력으로",
        "asked": "화가에게 이렇게 부탁했어요",
        "dog": "강아지",
    },
    "en": {
        "start": "Start my diary",
        "write": "Write today's page",
        "save": "Save this page",
        "saved": "Your page is saved.",
        "empty": "No pages in this month yet.",
        "calendar": "To the calendar",
        "asked": "This is what the painter was asked for",
        "dog": "dog",
    },
}
Shoot = Callable[[Page, str], None]


def sign_up(page: Page, language: str) -> None:
    """Sign up from the front page; the diary opens."""
    page.goto("/")
    page.get_by_role("link", name=WORDS[language]["start"]).click()
    page.locator("[name=email]").fill(f"{language}@example.org")
    page.locator("[name=password1]").fill(PASSWORD)
    page.get_by_role("button", name=WORDS[language]["start"]).click()
    page.wait_for_url("**/diary/")


def is_loaded(page: Page, selector: str) -> bool:
    """Whether a picture is not only named but there."""
    shown = page.locator(selector).first
    expect(shown).to_be_visible()
    return bool(shown.evaluate("picture => picture.decode().then(() => picture.naturalWidth > 0)"))


@pytest.mark.parametrize(("language", "size"), [("ko", PHONE), ("en", DESK)])
def test_a_day_is_written_and_becomes_a_picture(
    language: str,
    size: tuple[int, int],
    new_context: Callable[..., BrowserContext],
    draw_worker: Callable[..., Process],
    shoot: Shoot,
) -> None:
    # So many steps that the page, which asks once a second, is sure to see the drawing under way.
    Style.objects.update(steps=80)
    draw_worker(engine=STARTER_ENGINE)
    words, (title, body) = WORDS[language], TEXTS[language]
    page = new_context(language, size).new_page()
    seen: list[str] = []

    def note(answer: Response) -> None:
        if "/picture-box/" in answer.url:
            seen.append(answer.text())

    page.on("response", note)

    sign_up(page, language)
    expect(page.get_by_text(words["empty"])).to_be_visible()
    assert User.objects.get().time_zone == "Asia/Seoul"
    shoot(page, "empty-calendar")

    page.get_by_role("link", name=words["write"]).click()
    page.locator("[name=title]").fill(title)
    page.locator("[name=body]").fill(body)
    page.locator("[name=weather][value=sunny]").check()
    page.locator("[name=mood][value=happy]").check()
    page.locator(".style-choice").nth(1).click()
    shoot(page, "writing")
    page.get_by_role("button", name=words["save"]).click()
    page.wait_for_url(re.compile(r"/entries/[0-9a-f-]{36}/$"))
    expect(page.get_by_text(words["saved"])).to_be_visible()
    expect(page.locator("#picture-box")).to_have_attribute("data-state", re.compile("waiting|drawing"))
    arrived = page.content()
    shoot(page, "waiting")

    box = page.locator("#picture-box")
    expect(box).to_have_attribute("data-state", "ready", timeout=PATIENCE)
    assert any('data-state="drawing"' in html for html in [arrived, *seen])
    drawing = Illustration.objects.get(status=Status.READY)
    assert drawing.style.slug == "watercolour"
    assert is_loaded(page, f"#picture-box img[src*='{drawing.pk}']")
    expect(page.locator(".stamp")).to_be_visible()
    expect(page.locator("#asked")).to_contain_text(words["asked"])
    expect(page.locator("#asked ul.chips")).to_contain_text(words["dog"])
    expect(box).not_to_have_attribute("hx-trigger", re.compile(".*"))
    shoot(page, "ready")

    page.get_by_role("link", name=words["calendar"]).click()
    assert is_loaded(page, f".calendar img[src*='{drawing.pk}']")
    shoot(page, "calendar")


def test_everything_works_without_javascript(
    new_context: Callable[..., BrowserContext], draw_worker: Callable[..., Process], shoot: Shoot
) -> None:
    draw_worker()
    page = new_context("en", javascript=False).new_page()
    sign_up(page, "en")
    page.goto("/entries/new/")
    page.locator("[name=body]").fill("I went to the park with my dog.")
    page.get_by_role("button", name="Save this page").click()
    page.wait_for_url(re.compile(r"/entries/[0-9a-f-]{36}/$"))
    entry = Entry.objects.get()

    def drawn() -> None:
        look = page.get_by_role("link", name="Look again")
        for _ in range(600):
            if page.locator("#picture-box[data-state=ready]").count():
                return
            if look.count():
                look.click()
            else:
                page.reload()
        raise AssertionError("the picture did not come")

    drawn()
    [first] = entry.drawings()
    page.locator("#drawings .style-choice").nth(3).click()
    page.locator("#drawings").get_by_role("button", name="Draw", exact=True).click()
    drawn()
    second = entry.drawings().first()
    assert second is not None
    assert second.style.slug == "pixel"
    page.get_by_role("button", name="Put on the page").click()
    expect(page.locator(f"#picture-box img[src*='{first.pk}']")).to_be_visible()
    shoot(page, "chosen")
    page.locator(f"#drawing-{second.pk}").get_by_text("Delete", exact=True).click()
    page.get_by_role("button", name="Yes, delete this drawing").click()
    assert list(entry.drawings()) == [first]

    page.get_by_role("link", name="Delete this page").click()
    page.get_by_role("button", name="Yes, delete it").click()
    assert not Entry.objects.exists()
    page.locator("footer button[value=ko]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    page.get_by_role("button", name="로그아웃").click()
    expect(page.get_by_text("로그아웃했어요. 또 만나요!")).to_be_visible()
