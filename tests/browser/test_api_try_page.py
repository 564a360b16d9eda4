"""The page that tries the API out, under its real content security policy."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext

from diaries.models import Entry, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_signed_in_writer_reads_and_writes_on_the_page_itself(
    new_context: Callable[..., BrowserContext], site: str, author: User, signed_in: Callable[[User], Client]
) -> None:
    context = new_context()
    name = settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": signed_in(author).cookies[name].value, "url": site}])
    page = context.new_page()
    page.goto("/api/v1/try/")
    page.wait_for_selector("#operations-entries-create_entry")
    assert page.locator(".opblock").count() >= 33

    def execute(operation: str) -> str:
        block = page.locator(f"#operations-{operation}")
        block.locator(".opblock-summary-control").click()
        block.get_by_role("button", name="Try it out").click()
        block.get_by_role("button", name="Execute").click()
        status = block.locator(".live-responses-table tbody .response-col_status").first
        status.wait_for()
        return status.inner_text().strip()[:3]

    assert execute("account-get_me") == "200"
    # The example of the schema, with the CSRF token that the page sends by itself.
    assert execute("entries-create_entry") == "201"
    assert Entry.objects.get().author == author
