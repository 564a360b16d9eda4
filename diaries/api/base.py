"""What every view of the API shares: the size of bodies, the writer's language, and no copies left in caches."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponseBase
from django.utils import translation
from rest_framework import exceptions
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

# OPTIONS told of forms that nobody asked for; the schema tells more.
METHODS = ["get", "post", "put", "patch", "delete", "head"]


class ApiView(GenericAPIView[Any]):
    """Base of all views. `schema_tag` and `names` (operation by method) are for the schema alone."""

    http_method_names = METHODS
    schema_tag = ""
    names: dict[str, str] = {}

    def schema_name(self, method: str) -> str:
        """Return the operation's stable id."""
        return self.names[method]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.method not in SAFE_METHODS:
            # Read at once, within the limit that Django keeps; a larger body is refused before anything is done.
            request._request.body  # noqa: B018
        try:
            super().initial(request, *args, **kwargs)
        except exceptions.Throttled:
            raise
        except (exceptions.APIException, PermissionDenied):
            # Who is refused was not counted yet, and guessing tokens must not be free.
            self.check_throttles(request)
            raise

    def perform_authentication(self, request: Request) -> None:
        super().perform_authentication(request)
        if request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)

    def finalize_response(
        self, request: Request, response: HttpResponseBase, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[arg-type]
        response.headers.setdefault("Cache-Control", "no-store, private")
        return response
