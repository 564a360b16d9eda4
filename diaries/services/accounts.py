"""What holds for an account as a whole: who may write and draw."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from diaries.models import User


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
