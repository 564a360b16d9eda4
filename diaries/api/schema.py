"""How the OpenAPI schema is made: the problems each operation may answer with, and bodies of DELETE."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema_serializer
from rest_framework import serializers
from rest_framework.permissions import SAFE_METHODS

from diaries.api.authentication import CookieAuthentication, SessionTokenAuthentication
from diaries.api.problems import MEDIA_TYPE
from diaries.api.serializers.entries import EntrySerializer

Responses = dict[Any, Any]
# The schema is for developers and speaks English, as its descriptions do.
WORDS = {
    400: "The request cannot be read.",
    401: "Not signed in, or the session has ended.",
    403: "Not allowed: suspended, or the CSRF token is missing.",
    404: "Nothing there, or somebody else's.",
    409: "Not possible in this state; the code says why.",
    410: "Made by this key and deleted since.",
    412: "Saved elsewhere in the meantime.",
    413: "More than 1 MB.",
    415: "Not JSON.",
    422: "Some fields do not fit.",
    428: "If-Match is missing.",
    429: "Too many requests; Retry-After says how long to wait.",
    503: "The database cannot be reached.",
}


class FieldErrorSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """One thing that does not fit."""

    field = serializers.CharField(
        help_text="Name of the field, with dots for fields inside; empty: the whole."
    )
    code = serializers.CharField(help_text="Stable.")
    detail = serializers.CharField(help_text="For people, in their language.")


@extend_schema_serializer(
    component_name="Problem",
    examples=[
        OpenApiExample(
            "Some fields do not fit",
            value={
                "type": "/api/v1/problems/#invalid",
                "title": "Some fields do not fit",
                "status": 422,
                "detail": "See `errors` for each field.",
                "code": "invalid",
                "errors": [{"field": "body", "code": "empty", "detail": "Write a few words about your day."}],
            },
        )
    ],
)
class ProblemSerializer(serializers.Serializer):  # type: ignore[type-arg]
    """Problem details (RFC 9457); decide by `code`, show `detail`."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    errors = FieldErrorSerializer(many=True, required=False)


@extend_schema_serializer(component_name="StaleProblem")
class StaleProblemSerializer(ProblemSerializer):
    """The entry has moved on; `current` is what stands there now."""

    current = EntrySerializer()


def problems(*statuses: int) -> Responses:
    """Return the responses for statuses that are not told of by every operation of this kind."""
    return {
        (status, MEDIA_TYPE): OpenApiResponse(
            StaleProblemSerializer if status == 412 else ProblemSerializer, description=WORDS[status]
        )
        for status in statuses
    }


class ProblemSchema(AutoSchema):
    """Adds the problems that follow from what an operation takes: a body, an id, a sign-in."""

    def get_operation_id(self) -> str:
        return f"{self.view.schema_name(self.method)}"

    def get_tags(self) -> list[str]:
        return [self.view.schema_tag]

    def _get_request_body(self, direction: str = "request") -> Any:
        if self.method != "DELETE" or not getattr(self.view, "delete_takes_body", False):
            return super()._get_request_body(direction)
        self.method = "POST"
        try:
            return super()._get_request_body(direction)
        finally:
            self.method = "DELETE"

    def _get_response_bodies(self, direction: Any = "response") -> Any:
        bodies = super()._get_response_bodies(direction)
        for (status, media_type), response in problems(*self._statuses()).items():
            if str(status) not in bodies:
                bodies[str(status)] = self._get_response_for_code(response, str(status), [media_type])
        return dict(sorted(bodies.items()))

    def _statuses(self) -> set[int]:
        # 401 everywhere: a token that is sent is looked at even where none is needed.
        found = {401, 429, 503}
        writes = self.method not in SAFE_METHODS
        if "{" in self.path:
            found.add(404)
        if writes:
            found |= {400, 403, 413}
        if self._get_request_body():
            found |= {415, 422}
        elif any(one["in"] == "query" for one in self._get_parameters()):
            found.add(422)
        return found


class SessionTokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the schema tells of the token."""

    target_class = SessionTokenAuthentication
    name = "sessionToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "header",
            "name": "X-Session-Token",
            "description": "The `session_token` that signing up or in answers with. Signing out ends it at once.",
        }


class CookieScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the schema tells of the cookie."""

    target_class = CookieAuthentication
    name = "sessionCookie"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {
            "type": "apiKey",
            "in": "cookie",
            "name": "sessionid",
            "description": "The site's own session, for trying the API out in a browser; writing needs X-CSRFToken.",
        }
