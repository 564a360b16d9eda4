"""The fields of the writing form: chips, photos, a question, the modes, and saving by the keyboard."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import BrowserContext, FilePayload, Page, expect

from diaries.models import Draft, Entry, Tag, User
from tests.browser.conftest import PHONE
from tests.browser.test_writing import save
from tests.factories import EntryFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Opened = Callable[..., BrowserContext]
SAVED = re.compile(r"/entries/[0-9a-f-]{36}/$")
PICTURE = Path(__file__).resolve().parents[2] / "docs" / "img" / "page.png"


def photo(name: str) -> FilePayload:
    return {"name": name, "mimeType": "image/png", "buffer": PICTURE.read_bytes() + name.encode()}


def from_a_phone() -> FilePayload:
    """A photo of twelve million pixels, taken upright: as phones do, it lies on its side and says so."""
    turned = Image.Exif()
    turned[ExifTags.Base.Orientation] = 6
    file = BytesIO()
    Image.new("RGB", (4000, 3000), "green").save(file, "JPEG", exif=turned)
    return {"name": "phone.jpg", "mimeType": "image/jpeg", "buffer": file.getvalue()}


def chips(page: Page, field: str) -> Any:
    return page.locator(f"[data-words]:has([name={field}]) .word-list li")


@pytest.fixture
def page(writer: Opened) -> Page:
    found = writer("en", PHONE).new_page()
    found.goto("/entries/new/")
    found.locator("[name=body]").fill("A day.")
    return found


@pytest.mark.parametrize("keys", ["Control+Enter", "Meta+Enter"])
def test_the_keyboard_saves_from_any_field(page: Page, keys: str) -> None:
    page.locator("[name=title]").press(keys)
    page.wait_for_url(SAVED)
    assert Entry.objects.get().body == "A day."


def test_keywords_become_chips_and_enter_saves_nothing(page: Page) -> None:
    field = page.get_by_label("Keywords for the painter")
    field.press_sequentially("my dog,sunflowers")
    field.press("Enter")
    expect(chips(page, "keywords")).to_have_text(["my dog×", "sunflowers×"])
    assert page.url.endswith("/entries/new/")
    field.press_sequentially("MY DOG,red bicycle,")
    expect(chips(page, "keywords")).to_have_count(3)
    page.get_by_role("button", name="Take out sunflowers").click()
    field.press_sequentially("x")
    field.press("Backspace")
    expect(chips(page, "keywords")).to_have_count(2)
    field.press("Backspace")
    expect(chips(page, "keywords")).to_have_text(["my dog×"])
    field.press_sequentially("not closed by a comma")
    save(page)
    page.wait_for_url(SAVED)
    assert Entry.objects.get().keywords == ["my dog", "not closed by a comma"]


def test_the_enter_that_ends_a_syllable_makes_no_chip(page: Page) -> None:
    field = page.get_by_label("Keywords for the painter")
    field.focus()
    keyboard = page.context.new_cdp_session(page)
    keyboard.send("Input.imeSetComposition", {"text": "강", "selectionStart": 1, "selectionEnd": 1})
    field.dispatch_event("keydown", {"key": "Enter", "isComposing": True, "bubbles": True})
    field.dispatch_event("keydown", {"key": "Enter", "ctrlKey": True, "isComposing": True, "bubbles": True})
    expect(chips(page, "keywords")).to_have_count(0)
    assert page.url.endswith("/entries/new/")
    keyboard.send("Input.insertText", {"text": "강아지"})
    field.press("Enter")
    expect(chips(page, "keywords")).to_have_text(["강아지×"])


def test_own_tags_are_offered_and_come_back_with_the_draft(author: User, writer: Opened) -> None:
    Tag.objects.create(author=author, name="family")
    page = writer().new_page()
    page.goto("/entries/new/")
    expect(page.locator("details.more")).not_to_have_attribute("open", "")
    page.get_by_text("Write down more").click()
    field = page.get_by_label("Tags")
    options = "field => [...field.list.options].map((option) => option.value)"
    assert field.evaluate(options) == ["family"]
    page.locator("[name=body]").fill("A day.")
    field.fill("family,")
    expect(page.locator(".kept[data-state=kept]")).to_be_visible()
    assert Draft.objects.get().fields["tags"] == "family"
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(chips(page, "tags")).to_have_text(["family×"])
    save(page)
    page.wait_for_url(SAVED)
    page.goto(f"/entries/{Entry.objects.get().pk}/edit/")
    expect(page.locator("details.more")).to_have_attribute("open", "")


def test_words_that_count_are_never_hidden(page: Page) -> None:
    field = page.get_by_label("Keywords for the painter")
    page.get_by_label("Never draw").check()
    expect(field).to_be_hidden()
    expect(page.locator(".style-field")).to_be_hidden()
    page.get_by_label("Draw from my keywords only").check()
    field.fill("my dog,")
    page.get_by_label("Never draw").check()
    expect(field).to_be_visible()
    expect(chips(page, "keywords")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_photos_come_with_the_page_and_are_asked_for_again_where_the_form_comes_back(
    writer: Opened, javascript: bool
) -> None:
    page = writer("en", PHONE, javascript=javascript).new_page()
    page.goto("/entries/new/")
    page.locator("#id_photos").set_input_files([photo("one.png"), photo("two.png")])
    save(page)
    expect(page.get_by_text("Please choose the photos again")).to_be_visible()
    page.locator("[name=body]").fill("A day with two photos, and a \ufffd that I typed.")
    page.locator("#id_photos").set_input_files([photo("one.png"), from_a_phone()])
    if javascript:
        expect(page.locator(".photo-previews img")).to_have_count(2)
        page.locator("#id_photos").set_input_files([photo("three.png")])
        page.get_by_role("button", name="Leave photo 1 out").click()
        expect(page.locator(".photo-previews img")).to_have_count(2)
        # As large, and the same way up, as the server keeps it.
        page.wait_for_function(
            "createImageBitmap(document.getElementById('id_photos').files[0], { imageOrientation: 'none' })"
            ".then((image) => image.width === 1536 && image.height === 2048)"
        )
    save(page)
    page.wait_for_url(SAVED)
    sizes = Entry.objects.get().photos.values_list("width", "height")
    assert len(sizes) == 2
    assert (1536, 2048) in sizes


@pytest.mark.parametrize("javascript", [True, False])
def test_another_question_leaves_the_text_alone(writer: Opened, javascript: bool) -> None:
    page = writer("ko", PHONE, javascript=javascript).new_page()
    User.objects.update(language="ko")
    page.goto("/entries/new/")
    first = page.locator(".question-words").inner_text()
    page.locator("[name=body]").fill("쓰다 만 글")
    page.locator("[name=mood][value=calm]").check()
    page.get_by_role("button", name="다른 질문").click()
    expect(page.locator(".question-words")).not_to_have_text(first)
    expect(page.locator(".question-words")).to_contain_text("?")
    expect(page.locator("[name=body]")).to_have_value("쓰다 만 글")
    expect(page.locator("[name=mood][value=calm]")).to_be_checked()
    expect(page.locator(".error-summary")).to_have_count(0)
    assert not Entry.objects.exists()


def test_a_day_that_has_a_page_is_asked_nothing(author: User, writer: Opened) -> None:
    EntryFactory(author=author, written_on=author.today())
    page = writer().new_page()
    page.goto("/entries/new/")
    expect(page.locator(".question")).to_have_count(0)


def test_saving_is_in_reach_and_hides_no_text(page: Page) -> None:
    body = page.locator("[name=body]")
    body.fill("line\n" * 60 + "the last line")
    assert body.evaluate("field => field.scrollHeight <= field.clientHeight + 1"), "it grows with the text"
    button = page.get_by_role("button", name="Save this page")
    expect(button).to_be_in_viewport()
    page.get_by_text("Write down more").click()
    field = page.get_by_label("Tags")
    field.focus()
    box, bar = field.bounding_box(), page.locator(".save-bar").bounding_box()
    assert box
    assert bar
    assert box["y"] + box["height"] <= bar["y"]
