"""Unsaved text kept on the server, so that another device can go on with it. A draft is never drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from diaries.models import Draft, Entry, User
from diaries.models.entry import BODY_LENGTH
from diaries.services.accounts import hold_writer
from diaries.validators import clean_line, clean_text

FIELDS = frozenset({*Entry.WRITTEN_FIELDS, "all_styles"})
# A text that is too long to be saved is kept as a draft all the same, up to here.
DRAFT_LENGTH, DRAFTS_MOST = 4 * BODY_LENGTH, 50
BEGINNING = 40


class DraftMoved(Exception):
    """Another device kept this page's draft since; `current` is what it kept."""

    def __init__(self, current: Draft) -> None:
        super().__init__("the draft has moved on")
        self.current = current


class PageSaved(Exception):
    """The page was saved after this text was begun, perhaps from another device; `same` where it says just this."""

    def __init__(self, *, same: bool) -> None:
        super().__init__("the page is saved")
        self.same = same


@dataclass(frozen=True)
class Unfinished:
    """A page that was never saved, as a list tells of it: its day where that can be read, and how it begins."""

    page: UUID
    day: date | None
    beginning: str
    at: int

    @classmethod
    def of(cls, draft: Draft) -> Unfinished:
        """Tell of a draft; `at` is in milliseconds, as browsers count."""
        try:
            day = parse_date(draft.fields.get("written_on", ""))
        except ValueError:
            day = None
        words = (draft.fields.get("title") or draft.fields.get("body") or "").strip()
        beginning = words.partition("\n")[0][:BEGINNING]
        return cls(draft.page, day, beginning, int(draft.updated_at.timestamp() * 1000))


def of(author: User) -> QuerySet[Draft]:
    """A writer's drafts, the newest first."""
    return Draft.objects.filter(author=author)


def unfinished(author: User) -> list[Unfinished]:
    """A writer's pages that were never saved, the newest first."""
    saved = Entry.objects.filter(pk=OuterRef("page"))
    return [Unfinished.of(draft) for draft in of(author).filter(~Exists(saved))]


def keep(*, author: User, page: UUID, begun_on: int, fields: Mapping[str, str], seen: int) -> Draft:
    """Keep what a form holds.

    `seen` is the revision that this device knows (0: none). Raises DraftMoved where another device kept other words
    in the meantime, PageSaved where the page was saved since the text was begun (a draft that comes late must not
    outlive its page), ValidationError for what cannot be kept, Suspended for a suspended writer.
    """
    kept = {name: clean_text(value, limit=DRAFT_LENGTH) for name, value in fields.items() if name in FIELDS}
    with transaction.atomic():
        author = hold_writer(author)
        saved = Entry.objects.filter(author=author, pk=page, version__gt=begun_on).first()
        if saved is not None:
            title = clean_line(kept.get("title", ""), limit=DRAFT_LENGTH)
            raise PageSaved(same=(saved.title, saved.body) == (title, kept.get("body")))
        draft = Draft.objects.filter(author=author, page=page).first()
        if draft is None:
            if of(author).count() >= DRAFTS_MOST:
                raise ValidationError(
                    _("There are too many unsaved pages. Save or delete some of them."), code="too_many"
                )
            return Draft.objects.create(author=author, page=page, begun_on=begun_on, fields=kept)
        if draft.fields == kept:
            return draft
        if draft.revision != seen:
            raise DraftMoved(draft)
        draft.fields, draft.begun_on, draft.revision = kept, begun_on, draft.revision + 1
        draft.save()
        return draft


def drop(*, author: User, page: UUID) -> None:
    """Forget a page's draft; call it when the page is saved, or when its writer says so."""
    Draft.objects.filter(author=author, page=page).delete()
