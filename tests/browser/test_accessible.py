"""axe-core finds nothing to mend by WCAG 2.2 AA on any page, in any state, language or look."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from diaries.models import User
from tests.browser import moments
from tests.browser.conftest import DESK, PHONE
from tests.browser.states import STRANGERS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
Opened = Callable[..., BrowserContext]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
REFUSALS = ("status of 400", "status of 404", "status of 429", "status of 500")
SIGNED_IN = {"signing out": "/accounts/logout/", "saying it again": "/accounts/reauthenticate/"}


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
def test_every_page_is_right_for_everyone(
    new_context: Opened,
    writer: Opened,
    author: User,
    pages: dict[str, str],
    language: str,
    size: tuple[int, int],
    look: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    author.language, author.look = language, look
    author.save()
    wrong: dict[str, Any] = {}
    stranger = new_context(language, size, tolerated=REFUSALS).new_page()
    # A stranger has no look but the device's.
    stranger.emulate_media(color_scheme="dark" if language == "en" else "light")
    for address in [*STRANGERS, *moments.letters_links(author)]:
        stranger.goto(address)
        wrong[address] = violations(stranger)
    page = writer(language, size).new_page()
    for name, address in (pages | SIGNED_IN).items():
        page.goto(address)
        wrong[name] = violations(page)
    for name in chain(
        moments.of_pictures(page, author),
        moments.of_writing(page, author),
        moments.of_a_new_diary(page),
        moments.of_refusals(page, author, monkeypatch),
    ):
        wrong[name] = violations(page)
    assert {name: found for name, found in wrong.items() if found} == {}


def test_what_is_wrong_is_found(new_context: Opened) -> None:
    page = new_context("en", DESK).new_page()
    page.goto("/")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    assert any(found.startswith("button-name") for found in violations(page))
