"""Unsaved text on several devices and without a line: kept, merged, and never dropped in silence."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Dialog, Page, expect

from diaries.models import Draft, Entry, User
from diaries.services import drafts
from illustration.models import Illustration
from tests.browser.conftest import PHONE
from tests.browser.test_writing import leave, save, wait_for_draft
from tests.factories import EntryFactory
from tests.processes import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opened = Callable[..., BrowserContext]
AWAY = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_FAILED")


def kept(page: Page) -> None:
    """Wait until the server has what the form holds."""
    expect(page.locator(".kept[data-state=kept]")).to_be_visible()


def write(page: Page, text: str) -> None:
    """Type, and wait until the server has just these words."""
    with page.expect_response(
        lambda answer: (
            "/drafts/" in answer.url
            and answer.request.method == "POST"
            and json.loads(answer.request.post_data or "{}")["fields"]["body"] == text
        )
    ):
        page.locator("[name=body]").fill(text)
    kept(page)


@pytest.fixture
def two_devices(writer: Opened) -> tuple[Page, Page]:
    """A phone and a desktop of one writer, which share nothing but the account."""
    return writer("en", PHONE).new_page(), writer("en").new_page()


def test_what_is_typed_on_one_device_goes_on_on_another(author: User, two_devices: tuple[Page, Page]) -> None:
    phone, desk = two_devices
    phone.goto("/entries/new/?date=2026-04-05")
    write(phone, "begun on the bus")
    expect(phone.locator(".kept-words")).to_have_text("Your unsaved text is kept · just now")
    expect(phone.locator(".kept-said")).to_have_text("Your unsaved text is kept")

    desk.goto("/entries/new/")
    expect(desk.get_by_text("A page is not saved yet: April 5, 2026 · begun on the bus")).to_be_visible()
    desk.get_by_role("button", name="Go on with it").click()
    expect(desk.locator("[name=body]")).to_have_value("begun on the bus")
    expect(desk.locator("[name=written_on]")).to_have_value("2026-04-05")
    write(desk, "begun on the bus, ended at home")
    assert Draft.objects.count() == 1
    assert not Illustration.objects.exists(), "a draft is never drawn"
    save(desk)
    desk.wait_for_url("**/entries/*/")
    assert Entry.objects.get().body == "begun on the bus, ended at home"
    assert not Draft.objects.exists()

    phone.on("dialog", lambda dialog: dialog.accept())
    phone.goto("/entries/new/")
    expect(phone.locator(".draft-note")).to_have_count(0)


@pytest.mark.parametrize("choice", ["Take those words", "Stay with these", "Keep both as two pages"])
def test_two_devices_at_one_page_ask_the_writer(
    author: User, two_devices: tuple[Page, Page], choice: str
) -> None:
    entry = EntryFactory(author=author, title="", body="as it was")
    phone, desk = two_devices
    for page in two_devices:
        page.goto(f"/entries/{entry.pk}/edit/")
    write(phone, "from the phone")
    desk.locator("[name=body]").fill("from the desk")
    asked = desk.locator(".draft-note", has_text="you went on like this")
    expect(asked).to_contain_text("from the phone")
    assert Draft.objects.get().fields["body"] == "from the phone", "nothing is replaced unasked"

    desk.get_by_role("button", name=choice).click()
    expect(asked).to_have_count(0)
    body = "from the phone" if choice == "Take those words" else "from the desk"
    expect(desk.locator("[name=body]")).to_have_value(body)
    kept(desk)
    held = {draft.page: draft.fields["body"] for draft in drafts.of(author)}
    assert held.pop(entry.pk) == body
    assert list(held.values()) == (["from the phone"] if choice == "Keep both as two pages" else [])


def test_written_offline_and_sent_when_the_line_is_back(author: User, writer: Opened) -> None:
    User.objects.update(language="ko")
    context = writer("ko", PHONE, tolerated=AWAY)
    page = context.new_page()
    page.goto("/entries/new/")
    write(page, "with a line")
    context.set_offline(True)
    page.locator("[name=body]").fill("without a line")
    expect(page.locator(".kept-words")).to_have_text("인터넷이 끊겨서 이 기기에 보관했어요 · 방금")
    wait_for_draft(page, "without a line")
    save(page)
    expect(page.locator(".kept-said")).to_contain_text("아직 저장하지 못했어요")
    expect(page.locator("[name=body]")).to_have_value("without a line")
    assert Draft.objects.get().fields["body"] == "with a line"

    with page.expect_response("**/drafts/*/"):
        context.set_offline(False)
    kept(page)
    assert Draft.objects.get().fields["body"] == "without a line"
    save(page)
    page.wait_for_url("**/entries/*/")
    assert Entry.objects.get().body == "without a line"


def test_a_line_that_is_gone_without_a_word_replaces_the_form_by_nothing(writer: Opened) -> None:
    page = writer(tolerated=AWAY).new_page()
    page.goto("/entries/new/")
    page.route("**/*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.locator("[name=body]").fill("into a dead line")
    expect(page.locator(".kept[data-state=device]")).to_be_visible()
    save(page)
    expect(page.locator(".kept-said")).to_contain_text("your text is kept on this device")
    expect(page.locator("[name=body]")).to_have_value("into a dead line")
    page.unroute("**/*")
    save(page)
    page.wait_for_url("**/entries/*/")
    wait_until(Entry.objects.filter(body="into a dead line").exists, "the page to be saved")


def test_both_sides_written_while_the_line_was_gone_are_shown(
    author: User, two_devices: tuple[Page, Page], writer: Opened
) -> None:
    entry = EntryFactory(author=author, title="", body="as it was")
    context = writer("en", PHONE, tolerated=AWAY)
    phone, desk = context.new_page(), two_devices[1]
    phone.goto(f"/entries/{entry.pk}/edit/")
    write(phone, "known to both")
    desk.goto(f"/entries/{entry.pk}/edit/")
    expect(desk.locator("[name=body]")).to_have_value("known to both")
    context.set_offline(True)
    phone.locator("[name=body]").fill("from the tunnel")
    wait_for_draft(phone, "from the tunnel")
    write(desk, "from the desk")
    context.set_offline(False)
    expect(phone.locator(".draft-note", has_text="you went on like this")).to_contain_text("from the desk")
    expect(phone.locator("[name=body]")).to_have_value("from the tunnel")
    assert Draft.objects.get().fields["body"] == "from the desk"


def test_the_last_words_go_along_when_the_page_is_left(writer: Opened) -> None:
    page = writer().new_page()
    page.goto("/entries/new/")
    page.locator("[name=body]").fill("and gone")
    leave(page, "/diary/")
    wait_until(lambda: Draft.objects.filter(fields__body="and gone").exists(), "the draft to arrive")


def test_what_is_chosen_is_kept_without_a_word_and_after_the_servers_trouble(writer: Opened) -> None:
    page = writer("en", PHONE, tolerated=("status of 503",)).new_page()
    page.clock.install()
    page.goto("/entries/new/?date=2026-04-05")
    page.route("**/drafts/*/", lambda route: route.fulfill(status=503))
    page.locator("[name=mood][value=calm]").check()
    expect(page.locator(".kept-said")).to_have_text(
        "The server did not take it; your text is kept on this device"
    )
    page.unroute("**/drafts/*/")
    page.clock.fast_forward(10_000)
    kept(page)
    assert Draft.objects.get().fields["mood"] == "calm"

    page.on("dialog", lambda dialog: dialog.accept())
    page.goto("/entries/new/")
    expect(page.locator(".draft-note p")).to_have_text("A page is not saved yet: April 5, 2026")
    page.get_by_role("button", name="Go on with it").click()
    expect(page.locator("[name=mood][value=calm]")).to_be_checked()
    page.locator("[name=mood][value='']").check()
    wait_until(lambda: not Draft.objects.exists(), "the draft that says nothing any more to go")


def test_an_erased_text_stays_erased_until_the_writer_says_otherwise(author: User, writer: Opened) -> None:
    entry = EntryFactory(author=author, body="as it was")
    page = writer().new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/entries/{entry.pk}/edit/")
    write(page, "")
    assert Draft.objects.get().fields["body"] == ""
    page.goto(f"/entries/{entry.pk}/edit/")
    expect(page.locator("[name=body]")).to_have_value("")
    page.get_by_role("button", name="Throw it away").click()
    expect(page.locator("[name=body]")).to_have_value("as it was")
    wait_until(lambda: not Draft.objects.exists(), "the draft to go")


def test_without_script_a_link_opens_the_draft_and_a_button_drops_it(author: User, writer: Opened) -> None:
    entry = EntryFactory(author=author)
    page = writer("en", javascript=False).new_page()
    for where, body in ((entry.pk, "of a page"), ("6f0f0c5e-0000-4000-8000-000000000001", "of none")):
        drafts.keep(
            author=author,
            page=where,
            begun_on=int(where == entry.pk),
            fields={"body": body, "mood": "calm"},
            seen=0,
        )
    page.goto("/entries/new/")
    page.get_by_role("link", name="Go on with it").click()
    expect(page.locator("[name=body]")).to_have_value("of none")
    expect(page.locator("[name=mood][value=calm]")).to_be_checked()
    save(page)
    page.wait_for_url("**/entries/6f0f0c5e-0000-4000-8000-000000000001/")
    assert drafts.of(author).get().page == entry.pk

    page.goto(f"/entries/{entry.pk}/edit/")
    page.get_by_role("link", name="Go on with it").click()
    expect(page.locator("[name=body]")).to_have_value("of a page")
    page.goto(f"/entries/{entry.pk}/edit/")
    page.get_by_role("button", name="Throw it away").click()
    expect(page.get_by_text("The unsaved text is thrown away.")).to_be_visible()
    assert not Draft.objects.exists()


def test_signing_out_keeps_the_servers_and_asks_about_what_is_here_alone(
    author: User, writer: Opened
) -> None:
    page = writer(tolerated=AWAY).new_page()
    page.goto("/entries/new/")
    write(page, "on the server")
    leave(page, "/diary/")
    page.evaluate(
        "user => localStorage.setItem(`draft:${user}:6f0f0c5e-0000-4000-8000-000000000002`,"
        " JSON.stringify({ body: 'here alone', isNew: true, at: 1, version: '' }))",
        str(author.pk),
    )
    said: list[str] = []

    def stay(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", stay)
    page.route("**/drafts/*/", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Sign out").click()
    page.wait_for_function("Object.keys(localStorage).length === 2")
    assert "on this device alone" in said[0]
    page.unroute("**/drafts/*/")
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You have signed out.")).to_be_visible()
    assert page.evaluate("Object.keys(localStorage).length") == 0
    bodies: list[Any] = sorted(draft.fields["body"] for draft in drafts.of(author))
    assert bodies == ["here alone", "on the server"]
