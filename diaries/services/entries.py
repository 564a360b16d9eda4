"""Writing, changing and deleting entries; a save that changes what is drawn asks for one drawing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from diaries.models import Entry, EntryIllustration, Mode, Tag, User
from diaries.services import drafts, drawings
from diaries.services.accounts import hold, hold_writer
from diaries.validators import (
    clean_body,
    clean_date,
    clean_keywords,
    clean_tags,
    clean_title,
)
from illustration import services as illustration
from illustration.models import UNFINISHED, Priority, Status, Style


class StaleVersion(Exception):
    """The entry was saved elsewhere since it was opened; `current` is what stands there now."""

    def __init__(self, current: Entry) -> None:
        super().__init__("the entry has a newer version")
        self.current = current


@dataclass(frozen=True)
class Saved:
    """A saved entry, and why no drawing was requested though one was due ('' where all went well).

    `again` tells that the same form had been saved before.
    """

    entry: Entry
    refusal: str = ""
    again: bool = False


def create_entry(
    *,
    author: User,
    written_on: date,
    body: str,
    title: str = "",
    weather: str = "",
    mood: str = "",
    style: Style,
    mode: str = Mode.DRAW,
    keywords: Collection[str] = (),
    tags: Collection[str] = (),
    woke_at: time | None = None,
    slept_at: time | None = None,
    all_styles: bool = False,
    entry_id: UUID | None = None,
    priority: Priority = Priority.SAVED,
    within_quota: bool = True,
) -> Saved:
    """Save a new entry and ask for its drawing, in one transaction.

    `entry_id` is what a form chose for its page when it was opened, so that pressing "save" twice makes one page:
    where the author's page of this id has the same fields already, that page is returned and nothing is drawn
    again; where it has others, StaleVersion is raised and both texts live on. Somebody else's id counts as none.

    An operator's own commands may ask for more drawings than a writer could, by `within_quota=False`, behind
    everybody's by `priority`. Raises ValidationError for unfit text or date, Suspended for a suspended writer.
    """
    fields = {
        **_clean(author=author, written_on=written_on, title=title, body=body, keywords=keywords),
        "weather": weather,
        "mood": mood,
        "style_id": style.pk,
        "mode": mode,
        "woke_at": woke_at,
        "slept_at": slept_at,
    }
    names = clean_tags(tags)
    with transaction.atomic():
        author = hold_writer(author)
        if entry_id and (
            known := Entry.objects.select_related("author", "style").filter(pk=entry_id).first()
        ):
            if known.author_id == author.pk:
                return _saved_before(known, fields, names, all_styles=all_styles)
            entry_id = None
        entry = Entry.objects.create(id=entry_id or uuid4(), author=author, **fields)
        _file_under(entry, names)
        drafts.drop(author=author, page=entry.pk)
        refusal = drawings.request_for(
            entry, priority=priority, within_quota=within_quota, all_styles=all_styles
        )
        return Saved(entry, refusal)


def update_entry(
    *,
    entry: Entry,
    version: int,
    written_on: date,
    body: str,
    title: str = "",
    weather: str = "",
    mood: str = "",
    style: Style,
    mode: str = Mode.DRAW,
    keywords: Collection[str] = (),
    tags: Collection[str] = (),
    woke_at: time | None = None,
    slept_at: time | None = None,
    all_styles: bool = False,
) -> Saved:
    """Save a change made to a known version.

    Raises StaleVersion where the entry has moved on since, unless just this was saved: a form that is sent twice is
    saved once. Raises ValidationError for unfit text or date, and Suspended for a suspended writer. Unfinished
    drawings of the old text are superseded; a change of date or of nothing drawn asks for no drawing.
    """
    changes: dict[str, Any] = {
        **_clean(author=entry.author, written_on=written_on, title=title, body=body, keywords=keywords),
        "weather": weather,
        "mood": mood,
        "style_id": style.pk,
        "mode": mode,
        "woke_at": woke_at,
        "slept_at": slept_at,
    }
    names = clean_tags(tags)
    with transaction.atomic():
        hold_writer(entry.author)
        # What the writer took out of the scene was taken out of the text that stood there then.
        rewritten = any(getattr(entry, name) != changes[name] for name in ("title", "body"))
        changed = Entry.objects.filter(pk=entry.pk, version=version).update(
            **changes,
            **({"without": []} if rewritten else {}),
            version=F("version") + 1,
            updated_at=timezone.now(),
        )
        current = Entry.objects.select_related("author", "style").filter(pk=entry.pk).first()
        if current is None:
            raise Entry.DoesNotExist
        if not changed:
            return _saved_before(current, changes, names, all_styles=all_styles)
        _file_under(current, names)
        drafts.drop(author=entry.author, page=current.pk)
        # `entry` was read before the write; the version matched, so it still tells what stood there.
        redrawn = any(getattr(entry, name) != changes[name] for name in Entry.drawn_fields(mode))
        redrawn = redrawn or {entry.mode, mode} == {Mode.DRAW, Mode.KEYWORDS}
        if not redrawn:
            # What was drawn from the version before was drawn from this one's text as well.
            EntryIllustration.objects.filter(entry=current, entry_version=version).update(
                entry_version=current.version
            )
        drawn = current.drawings().filter(
            status__in=(*UNFINISHED, Status.READY), entry_tie__entry_version=current.version
        )
        begun = entry.mode != mode and mode != Mode.NEVER and not drawn.exists()
        if redrawn or all_styles or mode == Mode.NEVER:
            illustration.supersede(_unfinished(current))
        asked = redrawn or begun or all_styles
        refusal = drawings.request_for(current, all_styles=all_styles) if asked else ""
        return Saved(current, refusal)


def delete_entry(*, entry: Entry, version: int | None = None) -> None:
    """Delete an entry with its drawings and their files; a drawing in hand is dropped.

    With a version, raises StaleVersion where the entry has moved on since.
    """
    with transaction.atomic():
        hold(entry.author)
        current = Entry.objects.select_for_update().filter(pk=entry.pk).first()
        if current is not None and version not in (None, current.version):
            raise StaleVersion(current)
        ids = list(entry.drawings().values_list("pk", flat=True))
        entry.photos.all().discard()
        drafts.drop(author=entry.author, page=entry.pk)
        entry.delete()
        _forget_unused_tags(entry.author)
        illustration.discard(ids)


def _saved_before(entry: Entry, fields: dict[str, Any], tags: list[str], *, all_styles: bool) -> Saved:
    """Answer a form that was sent again; raises StaleVersion where the entry says something else."""
    told = {**{name: getattr(entry, name) for name in fields}, "tags": entry.tag_names()}
    if told != {**fields, "tags": sorted(tags)}:
        raise StaleVersion(entry)
    asked = EntryIllustration.objects.filter(entry=entry, entry_version=entry.version).exists()
    return Saved(entry, "" if asked else drawings.request_for(entry, all_styles=all_styles), again=True)


def _unfinished(entry: Entry) -> list[UUID]:
    return list(entry.drawings().filter(status__in=UNFINISHED).values_list("pk", flat=True))


def _file_under(entry: Entry, names: list[str]) -> None:
    """Give an entry exactly these tags; call it under `hold`. A tag that no page has any more is forgotten."""
    if entry.tag_names() == sorted(names):
        return
    Tag.objects.bulk_create(
        [Tag(author_id=entry.author_id, name=name) for name in names], ignore_conflicts=True
    )
    entry.tags.set(Tag.objects.filter(author_id=entry.author_id, name__in=names))
    _forget_unused_tags(entry.author)


def _forget_unused_tags(author: User) -> None:
    Tag.objects.filter(author=author, entries=None).delete()


def _clean(
    *, author: User, written_on: date, title: str, body: str, keywords: Collection[str]
) -> dict[str, Any]:
    return {
        "written_on": clean_date(written_on, today=author.today()),
        "title": clean_title(title),
        "body": clean_body(body),
        "keywords": clean_keywords(keywords),
    }
