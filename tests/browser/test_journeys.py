"""What writers do in one go: put right what the painter was asked for, tell who is who, look back, find, attach."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import BrowserContext, Page, expect

from diaries.models import CastMember, Entry, User
from illustration.models import Illustration
from tests.browser.conftest import DESK, PHONE
from tests.browser.journeys import DAYS, PATIENCE, chip, look_until_drawn, see_picture, write_page
from tests.factories import EntryFactory, EntryIllustrationFactory
from tests.processes import Process

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.timeout(300)]
Opened = Callable[..., BrowserContext]
Drawing = Callable[..., Process]
Shoot = Callable[[Page, str], None]
# Taken out, added from the rest of the day, typed; then what the new picture says, and the button.
CORRECTED = {
    "ko": ("고양이", "수영장", "빨간 자전거", "자전거", "이렇게 다시 그리기"),
    "en": ("cat", "pool", "red bicycle", "bicycle", "Draw it like this"),
}


@pytest.mark.parametrize(("language", "size"), [("ko", PHONE), ("en", DESK)])
def test_the_writer_corrects_the_scene_by_chips(
    language: str, size: tuple[int, int], author: User, writer: Opened, draw_worker: Drawing, shoot: Shoot
) -> None:
    User.objects.update(language=language)
    draw_worker()
    page = writer(language, size).new_page()
    write_page(page, DAYS[language])
    see_picture(page)
    out, left, typed, heard, button = CORRECTED[language]
    said = page.locator("#asked > .asked-words > .chips")
    expect(said).to_contain_text(out)
    first = page.locator("#picture-box img").get_attribute("alt")
    assert first
    assert out in first

    page.locator("#asked summary").click()
    page.locator(chip(page, out)).uncheck()
    page.locator(chip(page, left)).check()
    page.locator("#ask-more").fill(typed)
    shoot(page, "correcting")
    page.get_by_role("button", name=button).click()
    expect(page.locator("#picture-box")).not_to_have_attribute("data-state", "ready")
    see_picture(page)
    expect(said).to_contain_text(heard)
    expect(said).to_contain_text(left)
    expect(said).not_to_contain_text(out)
    second = page.locator("#picture-box img").get_attribute("alt")
    assert second
    assert heard in second
    assert out not in second
    shoot(page, "corrected")

    entry = Entry.objects.get()
    assert entry.without == ["cat"]
    assert typed in entry.keywords
    assert entry.drawings().count() == 2
    expect(page.locator(".drawing")).to_have_count(2)


@pytest.mark.parametrize(("language", "size"), [("ko", PHONE), ("en", DESK)])
def test_who_has_a_card_is_drawn_by_it_in_all_styles_and_one_is_chosen(
    language: str, size: tuple[int, int], author: User, writer: Opened, draw_worker: Drawing, shoot: Shoot
) -> None:
    User.objects.update(language=language)
    draw_worker()
    page = writer(language, size).new_page()
    page.goto("/settings/")
    page.locator("a[href='/cast/']").click()
    shoot(page, "no-cards")
    page.locator("a[href='/cast/new/']").click()
    page.locator("[name=relation][value=pet]").check()
    page.locator("[name=names]").fill("초코" if language == "ko" else "Choco")
    page.locator("[name=drawn_as]").select_option("dog")
    page.locator("[name=look]").fill("brown")
    shoot(page, "card")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/cast/")
    expect(page.locator(".cast-card")).to_have_count(1)
    assert CastMember.objects.get().author == author

    day = "오늘은 초코랑 공원에 갔다." if language == "ko" else "I went to the park with Choco."
    write_page(page, day, in_all_styles=True)
    if size == DESK:
        sheet, beside = (page.locator(name).bounding_box() for name in (".sheet", ".beside"))
        assert sheet
        assert beside
        assert sheet["y"] == beside["y"], "though a message stands above both"
    row = page.locator(".together-one")
    expect(row).to_have_count(4)
    expect(row.get_by_role("button")).to_have_count(4, timeout=PATIENCE)
    # Without the card the name is read as what it means otherwise: chocolate.
    assert all("a dog" in drawing.prompt for drawing in Illustration.objects.all())
    dog = {"ko": "강아지", "en": "dog"}[language]
    expect(page.locator("#asked > .asked-words > .chips")).to_contain_text(dog)
    expect(row.last.get_by_role("img")).to_have_attribute("alt", re.compile(dog))
    shoot(page, "four-drawn-by-card")
    row.last.get_by_role("button").click()
    expect(row).to_have_count(0)
    chosen = Entry.objects.get().chosen
    assert chosen is not None
    assert chosen.style.slug == "pixel"
    expect(page.locator(f"#picture-box img[src*='{chosen.pk}']")).to_be_visible()
    expect(page.locator(".drawing")).to_have_count(4)
    shoot(page, "one-of-four")


@pytest.mark.parametrize(("language", "size"), [("ko", PHONE), ("en", DESK)])
def test_a_korean_word_of_two_syllables_is_found_and_marked(
    language: str, size: tuple[int, int], author: User, writer: Opened, shoot: Shoot
) -> None:
    User.objects.update(language=language)
    EntryFactory(author=author, title="시장", body="오늘은 엄마랑 시장에 갔다. 붕어빵이 맛있었다.")
    EntryFactory(author=author, title="아빠와 엄마", body="셋이서 밥을 먹었다.")
    EntryFactory(author=author, title="학교", body="아빠가 데려다주셨다.")
    page = writer(language, size).new_page()
    page.goto("/diary/")
    page.locator(".tabs a[href='/entries/']").click()
    page.locator("[name=q]").fill("엄마")
    page.locator("[name=q]").press("Enter")
    expect(page.locator(".page-card")).to_have_count(2)
    expect(page.locator("mark")).to_have_text(["엄마", "엄마"])
    shoot(page, "found")
    page.locator(".page-card", has_text="붕어빵").click()
    expect(page.locator(".plain-text")).to_contain_text("오늘은 엄마랑 시장에 갔다.")


@pytest.mark.parametrize(("language", "size"), [("ko", PHONE), ("en", DESK)])
def test_the_year_lies_as_a_sheet_of_pictures(
    language: str, size: tuple[int, int], author: User, writer: Opened, shoot: Shoot
) -> None:
    User.objects.update(language=language)
    today = author.today()
    for number in (0, 1, 40, 365):
        entry = EntryFactory(author=author, written_on=today - timedelta(number), mood="happy", title="하루")
        EntryIllustrationFactory(entry=entry, illustration__ready=True)
    page = writer(language, size).new_page()
    page.goto("/diary/year/")
    pictures = page.locator(".contact-sheet img")
    written = Entry.objects.filter(written_on__year=today.year).count()
    expect(pictures).to_have_count(written)
    for picture in pictures.all():
        picture.scroll_into_view_if_needed()
        assert picture.evaluate("picture => picture.decode().then(() => picture.naturalWidth > 0)")
    shoot(page, "year")
    page.locator(".calendar-steps a[rel=prev]").click()
    page.wait_for_url(f"**/diary/{today.year - 1}/")
    page.locator(".contact-sheet a").last.click()
    expect(page.locator(".sheet-title")).to_contain_text("하루")


def test_a_page_keeps_its_photos_and_tags(author: User, writer: Opened, tmp_path: Path, shoot: Shoot) -> None:
    entry = EntryFactory(author=author)
    photo = tmp_path / "meadow.jpg"
    Image.new("RGB", (640, 480), "green").save(photo)
    page = writer("en", PHONE).new_page()
    page.goto(f"/entries/{entry.pk}/edit/")
    page.get_by_text("Write down more").click()
    page.get_by_label("Tags").press_sequentially("sea,family,")
    page.locator("form.writing [type=file]").set_input_files(photo)
    page.locator("form.writing [data-saves]").click()
    page.wait_for_url(f"**/entries/{entry.pk}/")
    expect(page.locator(".photo img")).to_have_count(1)
    shoot(page, "tags-and-photo")
    page.get_by_role("link", name="#family").click()
    page.wait_for_url("**/entries/?tag=family")
    expect(page.locator(".page-card")).to_have_count(1)


def test_without_scripts_a_scene_is_corrected_a_card_is_made_and_a_page_is_found(
    author: User, writer: Opened, draw_worker: Drawing, shoot: Shoot
) -> None:
    User.objects.update(language="ko")
    draw_worker()
    page = writer("ko", PHONE, javascript=False).new_page()
    page.goto("/cast/new/")
    page.locator("[name=relation][value=pet]").check()
    page.locator("[name=names]").fill("초코")
    page.locator("[name=drawn_as]").select_option("dog")
    page.locator("main button[type=submit]").click()
    expect(page.locator(".cast-card")).to_have_count(1)

    write_page(page, "초코랑 공원에 갔다.")
    look_until_drawn(page)
    said = page.locator("#asked > .asked-words > .chips")
    expect(said).to_contain_text("강아지")
    page.locator("#asked summary").click()
    page.locator(chip(page, "공원")).uncheck()
    page.locator("#ask-more").fill("바닷가")
    page.get_by_role("button", name="이렇게 다시 그리기").click()
    page.wait_for_load_state()
    look_until_drawn(page)
    expect(said).to_contain_text("바닷가")
    expect(said).not_to_contain_text("공원")
    shoot(page, "corrected-without-scripts")

    page.goto("/entries/")
    page.locator("[name=q]").fill("초코")
    page.get_by_role("button", name="찾기").click()
    expect(page.locator("mark")).to_have_text("초코")
    page.locator(".page-card").click()
    expect(page.locator(".plain-text")).to_contain_text("초코랑 공원에 갔다.")
