"""The site in every state that a page can be in, for tests that hold for all of them."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from PIL import Image

from diaries.models import CastMember, Entry, Mode, Photo, Tag, User
from diaries.services import moderation
from illustration import storage
from illustration.models import Worker
from tests.factories import EntryFactory, EntryIllustrationFactory

STRANGERS = ["/", "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/nowhere/"]
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


def every_state(author: User, moderator: User) -> dict[str, str]:
    """Return an address of the author's for every state of the site, by what it shows."""
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
    failed = EntryIllustrationFactory(
        entry=EntryFactory(author=author),
        illustration__failed=True,
        illustration__failure_code="unknown_style",
    )
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
