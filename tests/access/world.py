"""What the addresses of the table are about: a writer's pages and pictures, and what staff have on their desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from PIL import Image

from diaries.models import CastMember, Draft, Entry, ModerationAct, Notice, Photo, User
from diaries.services import moderation, notices
from illustration import progress, storage
from illustration.models import Style, Worker
from tests.factories import EntryFactory, EntryIllustrationFactory


@dataclass(frozen=True)
class World:
    """Things by the names that the table uses."""

    things: dict[str, Any]

    def show_preview(self) -> None:
        """Put the preview of the waiting drawing into the cache, where previews are."""
        picture = Image.new("RGB", (32, 32), "red")
        progress.publish(self["waiting"], step=3, steps=20, preview=picture)

    def __getitem__(self, name: str) -> Any:
        return self.things[name]


def photo_of(entry: Entry) -> Photo:
    """Put a small photograph beside a page, without a moderator's leave: its owner may be suspended."""
    names = storage.save_photo(Image.new("RGB", (16, 16), "green"))
    return Photo.objects.create(entry=entry, file=names[0], thumbnail=names[1], width=16, height=16)


def world_of(owner: User, moderator: User) -> World:
    """Make one writer's pages, with a finished, a failed and a waiting drawing, and a report that is open."""
    ready = EntryIllustrationFactory(entry__author=owner, illustration__ready=True)
    failed = EntryIllustrationFactory(entry=ready.entry, illustration__failed=True)
    waiting = EntryIllustrationFactory(entry=EntryFactory(author=owner))
    reported = EntryIllustrationFactory(entry=EntryFactory(author=owner), illustration__ready=True)
    report = moderation.report_picture(
        reporter=owner, illustration_id=reported.illustration_id, reason="scary"
    )
    moderation.unblur(actor=moderator, report=report)
    Style.objects.filter(slug="crayon").update(sample=ready.illustration.picture)
    return World(
        {
            "entry": ready.entry_id,
            "ready": ready.illustration_id,
            "failed": failed.illustration_id,
            "waiting_entry": waiting.entry_id,
            "waiting": waiting.illustration_id,
            "card": CastMember.objects.create(author=owner, relation="pet", names="Choco", drawn_as="dog").pk,
            "photo": photo_of(ready.entry).pk,
            "draft": Draft.objects.create(author=owner, page=ready.entry_id, fields={"body": "A walk"}).page,
            "notice": notices.notify(user=owner, kind=Notice.Kind.WARNING, reason="scary").pk,
            "report": report.pk,
            "act": ModerationAct.objects.values_list("pk", flat=True)[0],
            "user": owner.pk,
            "style": "crayon",
            "style_id": Style.objects.get(slug="crayon").pk,
            "worker": Worker.objects.create(
                name=f"studio:{owner.pk}", started_at=timezone.now(), last_seen_at=timezone.now()
            ).pk,
            "year": 2026,
            "month": 4,
            "word": "abc",
            "app": "diaries",
        }
    )
