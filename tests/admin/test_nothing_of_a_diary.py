"""No page of the admin shows a word of a diary, whoever looks."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from diaries.models import Report, User
from diaries.services import moderation
from illustration.models import Illustration
from tests.admin.conftest import CANARY

LINK = re.compile(r'(?:href|src|action|hx-get)="([^"]*)"')
LEFT_OUT = re.compile(r"/admin/(logout|password_change)/")


def every_page(client: Client) -> dict[str, str]:
    """Follow every link within the admin and read every page; of a list, each filter by itself and one order."""
    pages: dict[str, str] = {}
    waiting = ["/admin/", "/admin/search/?s=a"]
    while waiting:
        address = waiting.pop()
        path, _, query = address.partition("?")
        if "_changelist_filters" in query or query.count("=") > 1 or query.startswith("o="):
            address = path
        if address in pages or LEFT_OUT.match(address):
            continue
        response = client.get(address, follow=True)
        assert response.status_code in (200, 403, 404, 405), address
        content = b"".join(response.streaming_content) if response.streaming else response.content
        pages[address] = content.decode(errors="replace")
        if "html" in response.headers["Content-Type"] and response.status_code == 200:
            for found in LINK.findall(pages[address]):
                found = unescape(found)
                if found.startswith("?"):
                    found = path + found
                if found.startswith("/admin/"):
                    waiting.append(found.split("#")[0])
    return pages


@pytest.mark.parametrize("who", ["moderator", "operator", "administrator"])
def test_no_page_shows_a_word_of_a_diary(
    request: pytest.FixtureRequest,
    who: str,
    signed_in: Callable[[User], Client],
    diary: list[Illustration],
    report: Report,
    moderator: User,
    writer: User,
) -> None:
    moderation.unblur(actor=moderator, report=report)
    moderation.hide_and_warn(actor=moderator, report=report, note="Eyes.")
    staff: User = request.getfixturevalue(who)
    pages = every_page(signed_in(staff))
    assert len(pages) > {"moderator": 8, "operator": 25, "administrator": 40}[who]
    assert [address for address, page in pages.items() if CANARY in page.lower()] == []
    assert [address for address, page in pages.items() if writer.password in page] == []


def test_a_moderator_learns_neither_name_nor_address_of_a_writer(
    signed_in: Callable[[User], Client], report: Report, moderator: User, writer: User
) -> None:
    pages = every_page(signed_in(moderator))
    assert f"/admin/diaries/report/{report.pk}/change/" in pages
    for said in (writer.email, writer.display_name):
        assert [address for address, page in pages.items() if said in page] == []


@pytest.mark.parametrize("who", ["moderator", "operator", "administrator"])
def test_pages_load_nothing_from_elsewhere(
    request: pytest.FixtureRequest, who: str, signed_in: Callable[[User], Client], report: Report
) -> None:
    pages = every_page(signed_in(request.getfixturevalue(who)))
    loaded = re.compile(r'(?:src|<link[^>]*href)="((?:https?:)?//[^"]*)"')
    inline = re.compile(r"<script(?![^>]*(?:src=|application/json))[^>]*>|\son\w+=\"")
    for address, page in pages.items():
        assert loaded.findall(page) == [], address
        if page.lstrip().lower().startswith("<!doctype html"):
            assert inline.findall(page) == [], address


def test_only_the_admin_may_evaluate(signed_in: Callable[[User], Client], moderator: User) -> None:
    client = signed_in(moderator)
    admin = client.get("/admin/").headers["Content-Security-Policy"]
    site = client.get("/diary/", follow=True).headers["Content-Security-Policy"]
    assert "'unsafe-eval'" in admin
    assert "'unsafe-inline'" not in admin.split("script-src")[1].split(";")[0]
    assert "unsafe" not in site


def test_staff_sign_in_where_everybody_does(client: Client, db: None) -> None:
    response = client.get("/admin/diaries/report/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/?next=")
