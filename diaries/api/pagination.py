"""Lists by cursor: newest first, each page beginning where the last row of the one before stood."""

from __future__ import annotations

import base64
import json
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

LIMIT, LIMIT_MOST = 20, 100


def _moment(text: str) -> datetime:
    value = datetime.fromisoformat(text)
    if value.tzinfo is None:
        raise ValueError("a time without its zone")
    # Databases turn it into UTC as well, and some moments at the ends of time have none.
    return value.astimezone(UTC)


READERS: dict[str, Any] = {
    "written_on": date.fromisoformat,
    "created_at": _moment,
    "id": UUID,
}


class NewestFirst(BasePagination):
    """Pages over rows in falling order of the view's `cursor_fields`; rows that come or go shift nothing."""

    def paginate_queryset(
        self, queryset: QuerySet[Any], request: Request, view: APIView | None = None
    ) -> list[Any]:
        self.request = request
        self.fields: tuple[str, ...] = view.cursor_fields  # type: ignore[union-attr]
        self.limit = self._limit(request.query_params.get("limit", str(LIMIT)))
        if cursor := request.query_params.get("cursor", ""):
            queryset = queryset.filter(self._before(cursor))
        rows = list(queryset.order_by(*(f"-{name}" for name in self.fields))[: self.limit + 1])
        self.last = rows[self.limit - 1] if len(rows) > self.limit else None
        return rows[: self.limit]

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self._next(), "results": data})

    def _next(self) -> str | None:
        if self.last is None:
            return None
        url = self.request.build_absolute_uri()
        return str(replace_query_param(url, "cursor", self._cursor(self.last)))

    def _cursor(self, row: Model) -> str:
        values = [getattr(row, name) for name in self.fields]
        text = json.dumps([v.isoformat() if isinstance(v, date) else str(v) for v in values])
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def _before(self, cursor: str) -> Q:
        """Return the rows that come after the one that the cursor names."""
        try:
            text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
            values = json.loads(text)
            if not isinstance(values, list) or len(values) != len(self.fields):
                raise ValueError("not a cursor of this list")
            found = [READERS[name](value) for name, value in zip(self.fields, values, strict=True)]
        except (ValueError, TypeError, AttributeError, RecursionError, OverflowError):
            raise serializers.ValidationError({"cursor": _("This cursor is not one of this list.")}) from None
        condition = Q()
        for n, name in enumerate(self.fields):
            equal = dict(zip(self.fields[:n], found[:n], strict=True))
            condition |= Q(**equal, **{f"{name}__lt": found[n]})
        return condition

    def _limit(self, text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= LIMIT_MOST):
            raise serializers.ValidationError(
                {"limit": _("Ask for 1 to %(most)d at a time.") % {"most": LIMIT_MOST}}
            )
        return int(text)

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "next": {
                    "type": ["string", "null"],
                    "format": "uri",
                    "example": "https://diary.example.org/api/v1/entries/?cursor=WyIyMDI2LTExLTIzIl0",
                    "description": "Address of the next page; null on the last one.",
                },
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: APIView) -> list[dict[str, Any]]:
        return [
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "description": "Where to go on; taken from `next`.",
                "schema": {"type": "string"},
            },
            {
                "name": "limit",
                "in": "query",
                "required": False,
                "description": "How many at a time.",
                "schema": {"type": "integer", "minimum": 1, "maximum": LIMIT_MOST, "default": LIMIT},
            },
        ]
