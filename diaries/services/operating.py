"""What operators do with drawings: try a failed one again, take one away. They never see what is drawn."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from diaries.models import EntryIllustration, Mode, User
from diaries.services.accounts import hold
from diaries.services.drawings import asked_of_painter
from illustration import samples
from illustration import services as illustration
from illustration.models import SAMPLE_REQUESTER, UNFINISHED, Illustration, Status


def retry_drawings(*, actor: User, ids: Collection[UUID]) -> int:
    """Try failed drawings again, each from the present text of its page; return how many wait again.

    Passed over: what has not failed, pages that are never drawn or are being drawn, and writers for whom nothing is
    drawn. The writer's daily count is left alone, for the writer did not ask.
    """
    _require(actor)
    return sum(_retry(pk) for pk in ids)


def discard_drawings(*, actor: User, ids: Collection[UUID]) -> int:
    """Delete drawings that are not ready; return how many. Ready ones belong to their writers."""
    _require(actor)
    with transaction.atomic():
        illustration.supersede(ids)
        gone = Illustration.objects.filter(pk__in=ids, status__in=(Status.STALE, Status.FAILED))
        found = list(gone.values_list("pk", flat=True))
        illustration.discard(found)
    return len(found)


def _retry(pk: UUID) -> bool:
    if Illustration.objects.filter(pk=pk, requester=SAMPLE_REQUESTER).exists():
        return samples.retry(illustration_id=pk)
    with transaction.atomic():
        author = User.objects.filter(entries__ties__illustration=pk).first()
        # Held, so that the page cannot change between the reading of its text and the asking.
        if author is None or (author := hold(author)) is None:
            return False
        tie = EntryIllustration.objects.select_related("entry").filter(illustration=pk).first()
        if tie is None or tie.entry.mode == Mode.NEVER:
            return False
        if not author.draws_pictures or author.is_suspended or author.is_drawing_stopped:
            return False
        entry = tie.entry
        if entry.drawings().filter(status__in=UNFINISHED).exists():
            return False
        moved = illustration.retry(illustration_id=pk, **asked_of_painter(entry))
        if moved:
            EntryIllustration.objects.filter(pk=tie.pk).update(entry_version=entry.version)
        return moved


def _require(actor: User) -> None:
    if actor.is_suspended or not actor.is_staff or not actor.has_perm("illustration.change_illustration"):
        raise PermissionDenied
