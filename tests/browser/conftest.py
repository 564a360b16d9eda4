"""A real Chromium on the live site; a page that logs an error fails its test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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
    """Open a browser of its own, with a language and a window; console errors of its pages fail the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if unexpected(message) else None)

    def open_context(
        language: str = "en", size: tuple[int, int] = DESK, *, javascript: bool = True
    ) -> BrowserContext:
        context = browser.new_context(
            base_url=site,
            locale={"ko": "ko-KR", "en": "en-GB"}[language],
            timezone_id="Asia/Seoul",
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=javascript,
        )
        context.set_default_timeout(15_000)
        context.on("page", watch)
        contexts.append(context)
        return context

    yield open_context
    for context in contexts:
        context.close()
    assert errors == []


def unexpected(message: Any) -> bool:
    """Whether the console says what it should not.

    Chromium logs the statuses that tests ask for as errors too, and a preview may be gone when its drawing ends.
    """
    if message.type != "error" or any(f"status of {code}" in message.text for code in (409, 422)):
        return False
    return "/preview.webp" not in message.location.get("url", "")


@pytest.fixture
def shoot(tmp_path: Path) -> Callable[[Page, str], None]:
    """Take a picture of a whole page into the test's own folder, and see that nothing sticks out sideways."""

    def take(page: Page, name: str) -> None:
        page.screenshot(path=tmp_path / "screenshots" / f"{name}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            f"{name} is too wide"
        )

    return take
