"""What holds for an account as a whole: who may write and draw, its settings, and its end."""

from __future__ import annotations

from collections.abc import Mapping

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from diaries.models import EntryIllustration, Photo, User
from illustration import services as illustration
from illustration.models import Illustration

SETTINGS = frozenset(
    {
        "display_name",
        "language",
        "time_zone",
        "default_style",
        "day_ends_at",
        "paper",
        "look",
        "draws_pictures",
    }
)
# SQLite takes a limited number of values in one statement.
BATCH = 500


class Suspended(PermissionDenied):
    """The account is suspended: it may read, take along and delete, but neither write nor draw. Answered by 403."""

    code = "suspended"

    def __str__(self) -> str:
        return _(
            "Your account is suspended. You can read your diary, take it along and delete it, "
            "but not write or ask for pictures."
        )


def require_active_writer(user: User) -> None:
    """Let writers pass; raises Suspended for an account that is suspended."""
    if user.is_suspended:
        raise Suspended


def hold(author: User) -> User | None:
    """Let this writer's saves happen one after the other until the transaction ends.

    Two at once could both take the last drawing of the day. Whoever locks entries, drawings or reports too takes this
    lock first. Return the writer as they stand now; None where the account is gone.
    """
    return User.objects.select_for_update(no_key=True).filter(pk=author.pk).first()


def hold_writer(author: User) -> User:
    """Hold a writer who is about to write or to ask, and return them as they stand now.

    What the request read may be older than a moderator's act. Raises Suspended, or PermissionDenied where the account
    is gone.
    """
    held = hold(author)
    if held is None:
        raise PermissionDenied
    require_active_writer(held)
    return held


def change_settings(*, user: User, changes: Mapping[str, object]) -> None:
    """Change a writer's own settings; the names are among SETTINGS and the values are checked already.

    Switching drawing off takes back what waits or is being drawn. Raises Suspended.
    """
    if unknown := set(changes) - SETTINGS:
        raise ValueError(f"not a setting: {sorted(unknown)}")
    with transaction.atomic():
        hold_writer(user)
        for name, value in changes.items():
            setattr(user, name, value)
        user.save(update_fields=sorted(changes))
        if not changes.get("draws_pictures", True):
            illustration.clear_line(user.requester_key)


def create_confirmed_account(*, email: str, password: str, display_name: str = "") -> User:
    """Create an account whose address counts as confirmed: an operator's own commands vouch for it."""
    with transaction.atomic():
        user = User.objects.create_user(email=email, password=password, display_name=display_name)
        EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def delete_account(*, user: User) -> None:
    """Delete a writer with every page, drawing and file; drawings in hand are dropped at their next step."""
    with transaction.atomic():
        # Held, so that a page saved at the same moment is either deleted too or not saved.
        User.objects.select_for_update().get(pk=user.pk)
        tied = EntryIllustration.objects.filter(entry__author=user).values_list("illustration_id", flat=True)
        asked = Illustration.objects.filter(requester=user.requester_key).values_list("pk", flat=True)
        ids = sorted({*tied, *asked})
        for start in range(0, len(ids), BATCH):
            illustration.discard(ids[start : start + BATCH])
        Photo.objects.filter(entry__author=user).discard()
        user.delete()
