"""What a person does on the site in one breath: writing a page, waiting for its picture. For tests of journeys."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

PATIENCE = 120_000
DAYS = {
    "ko": "아침에 학교에 갔다. 학교에서 친구랑 그림을 그렸다. 점심에는 급식으로 카레를 먹었다. "
    "오후에는 할머니 댁에 갔다. 할머니 댁에서 고양이랑 놀았다. 고양이가 너무 귀여웠다. "
    "저녁에는 엄마랑 수영장에 갔다. 수영을 하고 수박을 먹었다.",
    "en": "In the morning I went to school and drew a picture with my friend. At lunch we ate curry. "
    "In the afternoon I went to my grandmother's house. I played with her cat in the garden. The cat was so cute. "
    "In the evening I went to the swimming pool with my mom. We ate watermelon.",
}


def write_page(
    page: Page, body: str, *, title: str = "", date: str = "", in_all_styles: bool = False
) -> None:
    """Write a page and save it; its sheet is shown."""
    page.goto(f"/entries/new/?date={date}" if date else "/entries/new/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=body]").fill(body)
    page.locator("[name=all_styles]").set_checked(in_all_styles)
    page.locator("form.writing [data-saves]").click()
    on_sheet(page)


def on_sheet(page: Page) -> None:
    """Wait until a page of the diary is shown."""
    page.wait_for_url(re.compile(r"/entries/[0-9a-f-]{36}/$"))


def see_picture(page: Page) -> None:
    """Wait for the picture to come by itself, without a reload."""
    expect(page.locator("#picture-box")).to_have_attribute("data-state", "ready", timeout=PATIENCE)


def look_until_drawn(page: Page) -> None:
    """Look again and again, as one does whose browser runs no scripts."""
    for _ in range(600):
        if page.locator("#picture-box[data-state=ready]").count():
            return
        look = page.locator("#picture-box noscript a")
        look.click() if look.count() else page.reload()
    raise AssertionError("the picture did not come")


def chip(page: Page, word: str) -> str:
    """Return what CSS finds the tick of a word by, in what the painter is to be asked for."""
    return f"#asked label.chip-tick:has-text('{word}') input"
