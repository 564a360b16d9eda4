"""A real Chromium on the live site; a page that logs an error fails its test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, sync_playwright

from diaries.models import User
from tests.browser.states import every_state
from tests.conftest import use_redis

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
PHONE, DESK = (390, 844), (1440, 900)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests here; it is closed before other tests begin.

    Playwright's loop runs in this thread, which makes Django refuse queries unless told otherwise.
    """
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def site(live_server: Any, redis_url: str, settings: Any) -> str:
    """The address of the live site, with the broker and the cache that workers use."""
    use_redis(settings, redis_url)
    return str(live_server.url)


@pytest.fixture
def new_context(browser: Browser, site: str) -> Iterator[Callable[..., BrowserContext]]:
    """Open a browser of its own, with a language and a window; console errors fail the test unless tolerated."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []
    expected: list[str] = []

    def watch(page: Page) -> None:
        page.on("pageerror", threw)
        page.on("console", note)

    def threw(error: Error) -> None:
        # A page that a slow machine shows before the turn to it could begin is shown without turning.
        # Chromium then rejects a promise of its own, which no script can reach.
        if "Page already revealed" not in str(error):
            errors.append(str(error))

    def note(message: ConsoleMessage) -> None:
        if unexpected(message) and not any(words in message.text for words in expected):
            errors.append(message.text)

    def open_context(
        language: str = "en",
        size: tuple[int, int] = DESK,
        *,
        javascript: bool = True,
        scale: float = 1,
        tolerated: tuple[str, ...] = (),
    ) -> BrowserContext:
        expected.extend(tolerated)
        context = browser.new_context(
            base_url=site,
            locale={"ko": "ko-KR", "en": "en-GB"}[language],
            timezone_id="Asia/Seoul",
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=javascript,
            device_scale_factor=scale,
        )
        context.set_default_timeout(15_000)
        context.on("page", watch)
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()
    assert errors == []


def unexpected(message: ConsoleMessage) -> bool:
    """Whether the console says what it should not.

    Chromium logs the statuses that tests ask for as errors too, and a preview may be gone when its drawing ends.
    """
    if message.type != "error" or any(
        f"status of {code}" in message.text for code in (403, 404, 409, 410, 422)
    ):
        return False
    return "/preview.webp" not in message.location.get("url", "")


@pytest.fixture
def writer(
    author: User, new_context: Callable[..., BrowserContext], signed_in: Callable[[User], Client], site: str
) -> Callable[..., BrowserContext]:
    """Open a browser in which the author is signed in."""

    def open_context(*args: Any, **kwargs: Any) -> BrowserContext:
        context = new_context(*args, **kwargs)
        session = signed_in(author).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        return context

    return open_context


@pytest.fixture
def pages(author: User, moderator: User) -> dict[str, str]:
    """An address of the author's for every state of the site, by what it shows."""
    return every_state(author, moderator)


@pytest.fixture
def shoot(tmp_path: Path) -> Callable[[Page, str], None]:
    """Take a picture of a whole page into the test's own folder, and see that nothing sticks out sideways."""

    def take(page: Page, name: str) -> None:
        page.screenshot(path=tmp_path / "screenshots" / f"{name}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{name} is too wide"
        )

    return take
