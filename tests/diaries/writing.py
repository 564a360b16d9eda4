"""What tests of the services do with pages: write one, change it, and finish what it asked for."""

from __future__ import annotations

from typing import Any

from diaries.models import Entry, User
from diaries.services import entries
from illustration import queue
from illustration.models import Style

BODY = "I went to the beach with my dog."


def create(author: User, **fields: Any) -> entries.Saved:
    style = fields.pop("style", None) or Style.objects.get(slug="crayon")
    return entries.create_entry(
        **{"author": author, "written_on": author.today(), "body": BODY, "style": style} | fields
    )


def update(entry: Entry, version: int | None = None, **changes: Any) -> entries.Saved:
    entry = Entry.objects.select_related("author", "style").get(pk=entry.pk)
    names = ("written_on", "title", "body", "weather", "mood", "style", "mode")
    now = {name: getattr(entry, name) for name in names}
    return entries.update_entry(entry=entry, version=version or entry.version, **now | changes)


def statuses(entry: Entry) -> list[str]:
    return sorted(entry.drawings().values_list("status", flat=True))


def finish_all() -> None:
    for row in queue.claim(free=100, in_hand=[], worker="here:1"):
        assert queue.finish(row, picture=f"aa/{row.pk}.webp", thumbnail=f"aa/{row.pk}-s.webp")
