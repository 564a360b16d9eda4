"""axe-core finds nothing to mend by WCAG 2.2 AA on any page, in any state, language or look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from PIL import Image
from playwright.sync_api import BrowserContext, Page

from diaries.models import CastMember, Entry, Mode, Photo, Tag, User
from diaries.services import moderation
from illustration import storage
from illustration.models import Worker
from tests.browser.conftest import DESK, PHONE
from tests.factories import EntryFactory, EntryIllustrationFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opened = Callable[..., BrowserContext]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SCENE = {
    "language": "ko",
    "asked": [
        {
            "word": "dog",
            "kind": "animal",
            "state": "broader",
            "ko": "푸들",
            "en": "poodle",
            "drawn_ko": "개",
            "drawn_en": "dog",
        },
        {"word": "kite", "kind": "thing", "state": "no_room", "ko": "연", "en": "kite"},
        {"word": "jam", "kind": "food", "state": "no_word", "ko": "잼", "en": "jam"},
    ],
    "left": [{"word": "swing", "kind": "thing", "state": "left", "ko": "그네", "en": "swing"}],
}


def violations(page: Page) -> list[str]:
    """What axe finds, with what each is about; details are opened first, for what is folded away counts, too."""
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]} — {node['failureSummary'][:300]}"
        for each in found
        for node in each["nodes"]
    ]


@pytest.fixture
def pages(author: User, moderator: User) -> dict[str, str]:
    """An address for every state of the site, by what it shows."""
    now = timezone.now()
    Worker.objects.create(name="w", started_at=now, last_seen_at=now, ready=True, seconds_per_picture=4)
    author.draws_pictures = True
    ready = EntryIllustrationFactory(
        entry__author=author,
        entry__written_on=author.today(),
        entry__weather="sunny",
        entry__mood="happy",
        entry__woke_at="07:30",
        entry__slept_at="21:00",
        entry__keywords=["kite"],
        illustration__ready=True,
        illustration__scene=SCENE,
    )
    EntryIllustrationFactory(entry=ready.entry, illustration__ready=True)
    ready.entry.tags.add(Tag.objects.create(author=author, name="sea"))
    names = storage.save_photo(Image.new("RGB", (16, 16), "green"))
    photo = Photo.objects.create(entry=ready.entry, file=names[0], thumbnail=names[1], width=16, height=16)
    EntryFactory(author=author, written_on=author.today() - timedelta(days=365), title="")
    waiting = EntryIllustrationFactory(entry=EntryFactory(author=author))
    failed = EntryIllustrationFactory(entry=EntryFactory(author=author), illustration__failed=True)
    hidden = EntryIllustrationFactory(entry=EntryFactory(author=author), illustration__ready=True)
    report = moderation.report_picture(
        reporter=author, illustration_id=hidden.illustration_id, reason="scary"
    )
    moderation.unblur(actor=moderator, report=report)
    moderation.hide(actor=moderator, report=report, note="Not for children.")
    words = EntryFactory(author=author, mode=Mode.NEVER)
    member = CastMember.objects.create(
        author=author, relation="pet", names="초코", drawn_as="dog", look="brown"
    )
    entry: Entry = ready.entry
    return {
        "a month": "/diary/",
        "an empty month": "/diary/1950/1/",
        "a year": "/diary/year/",
        "an empty year": "/diary/1950/",
        "every page": "/entries/",
        "what was found": "/entries/?q=beach",
        "nothing found": "/entries/?q=nothing",
        "a new page": "/entries/new/",
        "a page": f"/entries/{entry.pk}/",
        "a page that waits": f"/entries/{waiting.entry_id}/",
        "a page whose picture failed": f"/entries/{failed.entry_id}/",
        "a page whose picture is hidden": f"/entries/{hidden.entry_id}/",
        "a page of words": f"/entries/{words.pk}/",
        "a page being changed": f"/entries/{entry.pk}/edit/",
        "a page to be deleted": f"/entries/{entry.pk}/delete/",
        "a photo": f"/photos/{photo.pk}/",
        "a report": f"/pictures/{ready.illustration_id}/report/",
        "reports": "/reports/",
        "the cast": "/cast/",
        "a new card": "/cast/new/",
        "a card": f"/cast/{member.pk}/",
        "settings": "/settings/",
        "deleting the account": "/settings/account/delete/",
        "the address": "/accounts/email/",
        "a new password": "/accounts/password/change/",
        "no such page": "/nowhere/",
    }


STRANGERS = ["/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/nowhere/"]


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
