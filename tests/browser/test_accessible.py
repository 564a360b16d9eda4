"""axe-core finds nothing to mend by WCAG 2.2 AA on any page, in any state, language or look."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from diaries.models import User
from tests.browser.conftest import DESK, PHONE
from tests.browser.states import STRANGERS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opened = Callable[..., BrowserContext]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


def violations(page: Page) -> list[str]:
    """What axe finds, with what each is about; details are opened first, for what is folded away counts, too."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]} — {node['failureSummary'][:300]}"
        for each in found
        for node in each["nodes"]
    ]


@pytest.mark.parametrize(
    ("language", "size", "look"),
    [("ko", PHONE, "light"), ("en", DESK, "dark"), ("ko", DESK, "paper"), ("en", PHONE, "paper")],
)
def test_a_writers_pages_are_right_for_everyone(
    writer: Opened, author: User, pages: dict[str, str], language: str, size: tuple[int, int], look: str
) -> None:
    author.language, author.look = language, look
    author.save()
    page = writer(language, size, tolerated=("status of 404",)).new_page()
    wrong: dict[str, Any] = {}
    for name, address in pages.items():
        page.goto(address)
        if found := violations(page):
            wrong[name] = found
    page.goto("/entries/new/")
    page.locator("form.writing").evaluate("(form) => form.requestSubmit()")
    page.locator(".field-wrong").first.wait_for()
    if found := violations(page):
        wrong["a page with errors"] = found
    assert wrong == {}


def test_what_is_wrong_is_found(new_context: Opened) -> None:
    page = new_context("en", DESK).new_page()
    page.goto("/")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert any(found.startswith("button-name") for found in violations(page))


@pytest.mark.parametrize(("language", "size"), [("ko", PHONE), ("en", DESK)])
def test_the_pages_for_strangers_are_right_for_everyone(
    new_context: Opened, language: str, size: tuple[int, int]
) -> None:
    page = new_context(language, size, tolerated=("status of 404",)).new_page()
    wrong = {}
    for address in STRANGERS:
        page.goto(address)
        if found := violations(page):
            wrong[address] = found
    assert wrong == {}
