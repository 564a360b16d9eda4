"""What no address alone leads to: what a page comes to by what is done, or by what happened meanwhile."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.core.cache import cache
from django.db.models import F
from django.test import Client
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page

from diaries.models import CastMember, Draft, Entry, User
from diaries.services import looking_back
from illustration import progress
from illustration.models import Illustration, Status, Worker
from tests.browser.states import SCENE
from tests.factories import EntryFactory, EntryIllustrationFactory, IllustrationFactory

NOBODY_DRAWS = "#picture-box[hx-trigger='every 5s']"


def letters_links(user: User) -> list[str]:
    """Where the letters about an account lead to, and what follows there; with links that are no good."""
    address, _ = EmailAddress.objects.get_or_create(user=user, email=user.email)
    return [
        "/accounts/password/reset/done/",
        f"/accounts/password/reset/key/{user_pk_to_url_str(user)}-{default_token_generator.make_token(user)}/",
        "/accounts/password/reset/key/1-worn/",
        "/accounts/password/reset/key/done/",
        "/accounts/confirm-email/",
        f"/accounts/confirm-email/{EmailConfirmationHMAC(address).key}/",
        "/accounts/confirm-email/worn/",
        "/accounts/inactive/",
    ]


def being_drawn(entry: Entry, **more: object) -> Illustration:
    """A drawing of which there is a preview."""
    now = timezone.now()
    row = EntryIllustrationFactory(
        entry=entry,
        illustration__status=Status.DRAWING,
        illustration__token=uuid.uuid4(),
        illustration__lease_until=now + timedelta(minutes=5),
        illustration__claimed_at=now,
        **more,
    ).illustration
    progress.publish(row.pk, step=9, steps=20, preview=Image.new("RGB", (64, 64), "orange"))
    return row


def of_pictures(page: Page, author: User) -> Iterator[str]:
    """A picture as it comes, four at once, and nobody who could draw."""
    Worker.objects.update(last_seen_at=timezone.now())
    lone, four = EntryFactory(author=author), EntryFactory(author=author)
    being_drawn(lone)
    at = being_drawn(four).requested_at
    for made in ({"ready": True, "scene": SCENE}, {"failed": True}, {}):
        EntryIllustrationFactory(entry=four, illustration=IllustrationFactory(requested_at=at, **made))
    page.goto(f"/entries/{lone.pk}/")
    page.locator(".box-preview").wait_for()
    yield "a picture as it comes"
    page.goto(f"/entries/{four.pk}/")
    page.locator(".together-one").nth(3).wait_for()
    yield "four at once"
    Worker.objects.update(last_seen_at=timezone.now() - timedelta(days=1))
    page.reload()
    page.locator(NOBODY_DRAWS).wait_for()
    yield "nobody can draw"
    Illustration.objects.filter(pk=lone.ties.get().illustration_id).update(status=Status.QUEUED, token=None)
    page.goto(f"/entries/{lone.pk}/")
    page.locator(f"[data-state=waiting]{NOBODY_DRAWS}").wait_for()
    yield "nobody can draw what waits"


def of_writing(page: Page, author: User) -> Iterator[str]:
    """Errors, unsaved text, a page that was saved or deleted elsewhere."""
    page.goto("/entries/new/")
    page.locator("form.writing").evaluate("(form) => form.requestSubmit()")
    page.locator(".field-wrong").first.wait_for()
    yield "a page with errors"
    entry, other = EntryFactory(author=author), EntryFactory(author=author)
    for kept in (uuid.uuid4(), entry.pk):
        Draft.objects.create(author=author, page=kept, begun_on=1, fields={"title": "", "body": "Not yet"})
    page.goto("/entries/new/")
    page.locator(".draft-note").first.wait_for()
    yield "unsaved text of a new page"
    page.goto(f"/entries/{entry.pk}/edit/")
    page.locator(".draft-note").first.wait_for()
    yield "unsaved text of a page"
    page.goto(f"/entries/{other.pk}/edit/")
    Entry.objects.filter(pk=other.pk).update(version=F("version") + 1)
    _save(page)
    page.locator(".conflict-note").wait_for()
    yield "two texts"
    page.goto(f"/entries/{other.pk}/edit/")
    Entry.objects.filter(pk=other.pk).delete()
    _save(page)
    page.locator("main [role=alert]").wait_for()
    yield "a page deleted elsewhere"


def of_refusals(page: Page, author: User, patch: pytest.MonkeyPatch) -> Iterator[str]:
    """The pages that say no, or that something broke."""
    page.goto("/entries/?" + "&".join(["a="] * 1_001))
    yield _refused(page, 400)
    User.objects.filter(pk=author.pk).update(suspended_at=timezone.now())
    page.goto("/entries/new/")
    yield _refused(page, 403)
    User.objects.filter(pk=author.pk).update(suspended_at=None)
    for _ in range(20):
        Client().post("/accounts/password/reset/", {"email": "nobody@example.org"})
    page.goto("/accounts/password/reset/")
    page.locator("[name=email]").fill("nobody@example.org")
    page.locator("[name=email]").press("Enter")
    yield _refused(page, 429)
    cache.clear()
    with patch.context() as broken:
        broken.setattr(looking_back, "days_in_a_row", None)
        page.goto("/diary/")
    yield _refused(page, 500)
    page.goto("/settings/")
    page.context.clear_cookies(name="csrftoken")
    page.locator("[name=display_name]").press("Enter")
    yield _refused(page, 403)
    page.goto("/entries/new/")
    page.context.clear_cookies(name="sessionid")
    _save(page)
    page.locator("a[target=_blank]").wait_for()
    yield "signed out while writing"


def of_a_new_diary(page: Page) -> Iterator[str]:
    """What a diary shows that holds nothing yet."""
    Entry.objects.all().delete()
    CastMember.objects.all().delete()
    for address in ("/diary/", "/diary/year/", "/entries/", "/cast/"):
        page.goto(address)
        yield f"nothing yet at {address}"


def _refused(page: Page, status: int) -> str:
    page.locator(".error-number", has_text=str(status)).wait_for()
    return f"{status} at {page.url[:80]}"


def _save(page: Page) -> None:
    page.locator("[name=body]").fill("Mine.")
    page.locator("[data-saves]").click()
