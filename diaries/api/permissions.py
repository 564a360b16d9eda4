"""Who may write at all; whose objects are whose is decided by `visible_to`, before any permission."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

from diaries.services.accounts import require_active_writer

if TYPE_CHECKING:
    from rest_framework.views import APIView


class ActiveWriter(BasePermission):
    """A suspended writer reads and deletes; views that only take something back set `open_to_suspended`."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        if request.method not in (*SAFE_METHODS, "DELETE") and not getattr(view, "open_to_suspended", False):
            require_active_writer(request.user)
        return True
