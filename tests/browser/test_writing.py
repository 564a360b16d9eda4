"""What a writer types is not lost: second tabs, refused input, closed tabs, the Enter key, compositions."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from diaries.models import Entry, User
from tests.browser.conftest import PHONE
from tests.factories import EntryFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opened = Callable[..., BrowserContext]


@pytest.fixture
def writer(author: User, new_context: Opened, signed_in: Callable[[User], Client], site: str) -> Opened:
    """Open a browser in which the author is signed in."""

    def open_context(*args: object, **kwargs: object) -> BrowserContext:
        context = new_context(*args, **kwargs)
        session = signed_in(author).cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": site}])
        return context

    return open_context


def drafts(page: Page) -> list[str]:
    return list(page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('draft:'))"))


def save(page: Page) -> None:
    page.locator("form.writing button.button[type=submit]").click()


def test_the_second_tab_sees_both_texts_and_decides(author: User, writer: Opened) -> None:
    entry = EntryFactory(author=author, body="as it was")
    context = writer()
    first, second = context.new_page(), context.new_page()
    for tab, text in ((first, "from the first tab"), (second, "from the second tab")):
        tab.goto(f"/entries/{entry.pk}/edit/")
        tab.locator("[name=body]").fill(text)
    save(first)
    expect(first.locator(".plain-text")).to_have_text("from the first tab")

    save(second)
    expect(second.get_by_role("alert")).to_contain_text("This page was saved somewhere else")
    expect(second.get_by_label("The text that is saved")).to_have_value("from the first tab")
    expect(second.locator("[name=body]")).to_have_value("from the second tab")
    entry.refresh_from_db()
    assert entry.body == "from the first tab"

    second.get_by_role("button", name="Save mine over it").click()
    expect(second.locator(".plain-text")).to_have_text("from the second tab")
    entry.refresh_from_db()
    assert entry.body == "from the second tab"
    assert entry.version == 3
    assert drafts(second) == []


def test_a_draft_of_an_older_version_never_overwrites_unasked(author: User, writer: Opened) -> None:
    entry = EntryFactory(author=author, body="as it was")
    page = writer().new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    address = f"/entries/{entry.pk}/edit/"
    page.goto(address)
    page.locator("[name=body]").fill("mine")
    Entry.objects.update(body="somebody was faster", version=2)
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("This page was saved somewhere else")

    page.goto(address)
    expect(page.locator("[name=body]")).to_have_value("mine")
    save(page)
    expect(page.get_by_label("The text that is saved")).to_have_value("somebody was faster")
    page.get_by_role("link", name="Keep this one, drop mine").click()
    expect(page.locator(".plain-text")).to_have_text("somebody was faster")
    assert drafts(page) == []


@pytest.mark.parametrize("javascript", [True, False])
def test_refused_input_comes_back_whole(writer: Opened, javascript: bool) -> None:
    page = writer("en", PHONE, javascript=javascript).new_page()
    page.goto("/entries/new/")
    text = "길" * 10_001
    page.locator("[name=title]").fill("A long day")
    page.locator("[name=body]").fill(text)
    page.locator("[name=mood][value=tired]").check()
    with page.expect_response("**/entries/new/") as answer:
        save(page)
    assert answer.value.status == 422
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("This is too long: 10,001 of at most 10,000 characters.")
    expect(page.locator("[name=body]")).to_have_value(text)
    expect(page.locator("[name=title]")).to_have_value("A long day")
    expect(page.locator("[name=mood][value=tired]")).to_be_checked()
    assert not Entry.objects.exists()
    if javascript:
        expect(summary).to_be_focused()
        expect(page.locator(".counter-number")).to_have_text("1 too many")
    page.locator("[name=body]").fill("Shorter.")
    save(page)
    page.wait_for_url("**/entries/*/")
    assert Entry.objects.get().body == "Shorter."


def test_enter_never_saves(writer: Opened) -> None:
    page = writer().new_page()
    page.goto("/entries/new/")
    page.locator("[name=body]").fill("text")
    page.locator("[name=title]").press("Enter")
    page.locator("[name=body]").press("Enter")
    expect(page.locator("[name=body]")).to_have_value("text\n")
    assert page.url.endswith("/entries/new/")
    assert not Entry.objects.exists()


def test_unsaved_text_waits_for_its_writer_and_goes_with_the_sign_out(author: User, writer: Opened) -> None:
    context = writer()
    page = context.new_page()
    page.goto("/entries/new/")
    page.locator("[name=body]").fill("not saved yet")
    expect(page.locator(".counter-number")).to_have_text("13 characters")
    questions: list[str] = []

    def leave(dialog: Dialog) -> None:
        questions.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.goto("/diary/")
    assert questions == ["beforeunload"]

    page.goto("/entries/new/")
    expect(page.locator("[name=body]")).to_have_value("not saved yet")
    expect(page.get_by_text("Here is what you had not saved yet.")).to_be_visible()
    assert drafts(page) == [f"draft:{author.pk}:new"]

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You have signed out.")).to_be_visible()
    assert drafts(page) == []


def test_saved_text_leaves_no_draft(writer: Opened) -> None:
    page = writer().new_page()
    page.goto("/entries/new/")
    page.locator("[name=body]").fill("to be saved")
    expect(page.locator(".counter-number")).to_have_text("11 characters")
    assert len(drafts(page)) == 1
    save(page)
    page.wait_for_url("**/entries/*/")
    expect(page.get_by_text("Your page is saved.")).to_be_visible()
    assert drafts(page) == []
    page.goto("/entries/new/")
    expect(page.locator("[name=body]")).to_have_value("")


def test_a_syllable_counts_when_it_is_composed(writer: Opened) -> None:
    context = writer()
    page = context.new_page()
    page.goto("/entries/new/")
    counter = page.locator(".counter-number")
    page.locator("[name=body]").focus()
    keyboard = context.new_cdp_session(page)
    for part in ("ㅎ", "하", "한"):
        keyboard.send("Input.imeSetComposition", {"text": part, "selectionStart": 1, "selectionEnd": 1})
    expect(page.locator("[name=body]")).to_have_value("한")
    expect(counter).to_have_text("0 characters")
    keyboard.send("Input.insertText", {"text": "한"})
    expect(counter).to_have_text("1 character")
    page.locator("[name=body]").fill("👨‍👩‍👧‍👦")
    expect(counter).to_have_text("1 character")
