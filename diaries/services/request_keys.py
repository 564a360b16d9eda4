"""Requests that an app may safely send again: the second one gets the first one's answer and does nothing."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from diaries.models import RequestKey, User
from diaries.services.entries import Saved

KEPT = timedelta(hours=24)
SALT = "diaries.services.request_keys"


class KeyReused(Exception):
    """The key was sent before with another request."""


class EntryDeleted(Exception):
    """The key's entry was made and has been deleted since; sending the request again does not bring it back."""


def once(
    *, author: User, key: str, asked: Mapping[str, object], create: Callable[[], Saved]
) -> tuple[Saved, bool]:
    """Create an entry at most once a key; return it, and whether it was there already.

    1. Take the key and create the entry in one transaction: whatever fails takes the key along.
    2. Where the key is taken, another request was first: its entry is the answer, if it asked the same.

    Raises KeyReused, EntryDeleted and whatever `create` raises. Whether a request fits is for `create` to judge: the
    first one's answer holds though the same would be refused by now.
    """
    # Keyed, because a bare hash of a short diary could be guessed from a copy of the database.
    fingerprint = salted_hmac(SALT, json.dumps(asked, sort_keys=True), algorithm="sha256").hexdigest()
    RequestKey.objects.filter(user=author, key=key, created_at__lt=timezone.now() - KEPT).delete()
    try:
        with transaction.atomic():
            row = RequestKey.objects.create(user=author, key=key, fingerprint=fingerprint)
            saved = create()
            RequestKey.objects.filter(pk=row.pk).update(entry=saved.entry, refusal=saved.refusal)
            return saved, False
    except IntegrityError:
        first = RequestKey.objects.filter(user=author, key=key).select_related("entry").first()
        if first is None:
            raise
    if first.fingerprint != fingerprint:
        raise KeyReused
    if first.entry is None:
        raise EntryDeleted
    return Saved(first.entry, first.refusal), True


def purge() -> int:
    """Forget keys older than a day; return how many."""
    return RequestKey.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]
