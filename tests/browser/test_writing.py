"""What a writer types is not lost: second tabs, refused input, closed tabs, the Enter key, compositions."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import BrowserContext, Dialog, Page, Request, expect

from diaries.models import Entry, User
from tests.browser.conftest import PHONE
from tests.factories import PASSWORD, EntryFactory
from tests.processes import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opened = Callable[..., BrowserContext]


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
    wait_until(lambda: drafts(second) == [], "the drafts to go")


def test_a_reload_keeps_what_was_typed(writer: Opened) -> None:
    page = writer().new_page()
    page.goto("/entries/new/")
    page.locator("[name=body]").fill("before the reload")
    wait_for_draft(page, "before the reload")
    [draft] = drafts(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("[name=body]")).to_have_value("before the reload")
    page.locator("[name=body]").press_sequentially("!")
    wait_for_draft(page, "!")
    assert drafts(page) == [draft]


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
    wait_until(lambda: drafts(page) == [], "the drafts to go")


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
        expect(page.locator(".counter-said")).to_have_text("1 too many")
    page.locator("[name=body]").fill("Shorter.")
    if javascript:
        expect(page.locator(".counter-said")).to_have_text("")
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


def leave(page: Page, address: str) -> None:
    """Go away from unsaved text, saying yes to the browser's question."""
    questions: list[str] = []

    def agree(dialog: Dialog) -> None:
        questions.append(dialog.type)
        dialog.accept()

    page.on("dialog", agree)
    page.goto(address)
    page.remove_listener("dialog", agree)
    assert questions == ["beforeunload"]


def wait_for_draft(page: Page, words: str) -> None:
    """Wait until the browser has kept these words."""
    page.wait_for_function(
        "words => Object.entries(localStorage).some(([key, kept]) => key.startsWith('draft:') && kept.includes(words))",
        arg=words,
    )


def test_unsaved_text_waits_for_its_writer_and_goes_with_the_sign_out(author: User, writer: Opened) -> None:
    page = writer().new_page()
    page.goto("/entries/new/?date=2026-04-05")
    page.locator("[name=body]").fill("not saved yet")
    page.locator("[name=mood][value=tired]").check()
    wait_for_draft(page, '"mood":"tired"')
    [draft] = drafts(page)
    leave(page, "/diary/")

    page.goto("/entries/new/")
    expect(page.get_by_text("A page is not saved yet: April 5, 2026 · not saved yet")).to_be_visible()
    page.get_by_role("button", name="Go on with it").click()
    expect(page.locator("[name=body]")).to_have_value("not saved yet")
    expect(page.locator("[name=written_on]")).to_have_value("2026-04-05")
    expect(page.locator("[name=mood][value=tired]")).to_be_checked()
    expect(page.get_by_text("Here is what you had not saved yet.")).to_be_visible()
    assert drafts(page) == [draft]
    assert draft.startswith(f"draft:{author.pk}:")

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You have signed out.")).to_be_visible()
    wait_until(lambda: drafts(page) == [], "the drafts to go")


@pytest.mark.usefixtures("clean_cache")
def test_nothing_unsaved_is_left_in_the_browser_of_a_deleted_account(author: User, writer: Opened) -> None:
    page = writer().new_page()
    page.goto("/entries/new/")
    page.locator("[name=body]").fill("not saved yet")
    wait_for_draft(page, "not saved yet")
    leave(page, "/settings/")
    page.get_by_role("link", name="Delete my account").click()
    page.get_by_label("Password").fill("a slip of the finger")
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_role("alert")).to_be_focused()
    assert len(drafts(page)) == 1
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Yes, delete everything").click()
    expect(page.get_by_text("Your account and your diary are deleted.")).to_be_visible()
    assert not User.objects.exists()
    wait_until(lambda: drafts(page) == [], "the drafts to go")


def test_what_one_tab_writes_is_kept_out_of_another(writer: Opened) -> None:
    context = writer()
    first, second = context.new_page(), context.new_page()
    for tab, text in ((first, "of the first tab"), (second, "of the second tab")):
        tab.goto("/entries/new/")
        tab.locator("[name=body]").fill(text)
        wait_for_draft(tab, text)
    third = context.new_page()
    third.goto("/entries/new/")
    expect(third.locator(".draft-note")).to_have_count(0)
    expect(third.locator("[name=body]")).to_have_value("")

    leave(first, "/diary/")
    third.reload()
    expect(third.locator(".draft-note")).to_have_count(1)
    expect(third.locator(".draft-note")).to_contain_text("of the first tab")
    third.get_by_role("button", name="Throw it away").click()
    expect(third.locator(".draft-note")).to_have_count(0)
    expect(second.locator("[name=body]")).to_have_value("of the second tab")
    assert len(drafts(third)) == 1
    save(second)
    second.wait_for_url("**/entries/*/")
    assert Entry.objects.get().body == "of the second tab"
    wait_until(lambda: drafts(second) == [], "the drafts to go")


def test_going_on_with_a_draft_loses_nothing_that_was_typed_meanwhile(writer: Opened) -> None:
    page = writer().new_page()
    page.goto("/entries/new/")
    page.locator("[name=body]").fill("the earlier one")
    wait_for_draft(page, "the earlier one")
    leave(page, "/diary/")
    page.goto("/entries/new/")
    page.locator("[name=body]").fill("the later one")
    page.get_by_role("button", name="Go on with it").click()
    expect(page.locator("[name=body]")).to_have_value("the earlier one")
    save(page)
    page.wait_for_url("**/entries/*/")
    page.goto("/entries/new/")
    expect(page.locator(".draft-note")).to_contain_text("the later one")


@pytest.mark.parametrize("place", ["new", "edit"])
def test_a_text_survives_a_session_that_ended(author: User, writer: Opened, place: str) -> None:
    context = writer()
    page = context.new_page()
    page.goto("/entries/new/" if place == "new" else f"/entries/{EntryFactory(author=author).pk}/edit/")
    page.locator("[name=title]").fill("Late")
    page.locator("[name=body]").fill("written slowly")
    page.locator("[name=weather][value=rainy]").check()
    Session.objects.all().delete()
    save(page)
    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(page.get_by_label("Diary", exact=True)).to_have_value("written slowly")
    expect(page.get_by_label("Title")).to_have_value("Late")

    with context.expect_page() as opened:
        page.get_by_role("link", name="Sign in (opens a new tab)").click()
    tab = opened.value
    tab.locator("[name=login]").fill(author.email)
    tab.locator("[name=password]").fill(PASSWORD)
    tab.get_by_role("button", name="Sign in").click()
    if place == "new":
        tab.get_by_role("button", name="Go on with it").click()
    expect(tab.locator("[name=body]")).to_have_value("written slowly")
    expect(tab.locator("[name=weather][value=rainy]")).to_be_checked()
    save(tab)
    tab.wait_for_url(re.compile(r"/entries/[0-9a-f-]{36}/$"))
    assert Entry.objects.get().title == "Late"
    wait_until(lambda: drafts(tab) == [], "the drafts to go")


def test_a_page_deleted_in_another_tab_is_saved_as_a_new_one(author: User, writer: Opened) -> None:
    entry = EntryFactory(author=author)
    page = writer().new_page()
    page.goto(f"/entries/{entry.pk}/edit/")
    page.locator("[name=body]").fill("still wanted")
    Entry.objects.all().delete()
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("This page was deleted somewhere else")
    expect(page.locator("[name=body]")).to_have_value("still wanted")
    save(page)
    expect(page.locator(".plain-text")).to_have_text("still wanted")
    assert Entry.objects.get().body == "still wanted"
    wait_until(lambda: drafts(page) == [], "the drafts to go")


def test_pressing_save_again_on_a_slow_network_makes_one_page(writer: Opened) -> None:
    page = writer().new_page()
    page.goto("/entries/new/")
    page.locator("[name=body]").fill("once")
    sent: list[Request] = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.evaluate(
        "() => { const button = document.querySelector('form.writing button.button[type=submit]');"
        " button.click(); button.click(); button.click(); }"
    )
    page.wait_for_url(re.compile(r"/entries/[0-9a-f-]{36}/$"))
    assert len(sent) == 1
    page.go_back()
    expect(page.locator("[name=body]")).to_have_value("once")
    save(page)
    page.wait_for_url(re.compile(r"/entries/[0-9a-f-]{36}/$"))
    assert len(sent) == 2
    assert Entry.objects.count() == 1


def test_saved_text_leaves_no_draft(writer: Opened) -> None:
    page = writer().new_page()
    page.goto("/entries/new/")
    page.locator("[name=body]").fill("to be saved")
    expect(page.locator(".counter-number")).to_have_text("11 characters")
    assert len(drafts(page)) == 1
    save(page)
    page.wait_for_url("**/entries/*/")
    expect(page.get_by_text("Your page is saved.")).to_be_visible()
    wait_until(lambda: drafts(page) == [], "the drafts to go")
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


@pytest.mark.parametrize("way", ["link", "back"])
def test_the_next_page_is_a_page_of_its_own_however_the_form_is_reached(
    author: User, writer: Opened, way: str
) -> None:
    page = writer().new_page()
    page.goto("/entries/new/")
    page.locator("[name=body]").fill("the first page")
    save(page)
    expect(page.locator(".plain-text")).to_have_text("the first page")
    page.go_back()
    if way == "link":
        page.get_by_role("link", name="Write", exact=True).click()
        expect(page.locator("[name=body]")).to_have_value("")
    page.locator("[name=body]").fill("quite another page")
    save(page)
    if way == "back":
        # The form still holds the first page's text, so this may be meant as a change of it: the writer says which.
        page.get_by_role("button", name="Keep both").click()
    expect(page.locator(".plain-text")).to_have_text("quite another page")
    assert set(Entry.objects.values_list("body", flat=True)) == {"the first page", "quite another page"}
    wait_until(lambda: drafts(page) == [], "the drafts to go")


def test_both_texts_of_a_conflict_can_be_kept(author: User, writer: Opened) -> None:
    entry = EntryFactory(author=author, body="as it was")
    page = writer().new_page()
    page.goto(f"/entries/{entry.pk}/edit/")
    page.locator("[name=body]").fill("mine")
    Entry.objects.update(body="theirs", version=2)
    save(page)
    page.get_by_role("button", name="Keep both").click()
    expect(page.locator(".plain-text")).to_have_text("mine")
    assert set(Entry.objects.values_list("body", flat=True)) == {"mine", "theirs"}
    wait_until(lambda: drafts(page) == [], "the drafts to go")
