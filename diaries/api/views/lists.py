"""What there is to choose from, the problems the API knows, the schema, and addresses that lead nowhere."""

from __future__ import annotations

from typing import Any

from csp.decorators import csp_update
from django.db.models import TextChoices
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView, SpectacularSwaggerSplitView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from diaries.api import problems
from diaries.api.base import METHODS, ApiView
from diaries.api.serializers.lists import ChoiceSerializer, ProblemKindSerializer, StyleSerializer
from diaries.models import Mood, Weather
from illustration.models import Style


class PublicView(ApiView):
    """Open to everybody: an app shows these before anybody signs in."""

    schema_tag = "choices"
    permission_classes = [AllowAny]


class StyleListView(PublicView):
    """Art styles."""

    names = {"GET": "list_styles"}
    serializer_class = StyleSerializer

    @extend_schema(responses=StyleSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List the art styles that are offered."""
        rows = Style.objects.filter(active=True)
        return Response(StyleSerializer(rows, many=True, context=self.get_serializer_context()).data)


class ChoiceListView(PublicView):
    """A fixed list of words."""

    serializer_class = ChoiceSerializer
    choices: type[TextChoices]

    def answer(self) -> Response:
        rows = [{"code": code, "name": str(name)} for code, name in self.choices.choices]
        return Response(ChoiceSerializer(rows, many=True).data)


class MoodListView(ChoiceListView):
    """Moods."""

    names = {"GET": "list_moods"}
    choices = Mood

    @extend_schema(responses=ChoiceSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List the moods a page can have."""
        return self.answer()


class WeatherListView(ChoiceListView):
    """Weathers."""

    names = {"GET": "list_weathers"}
    choices = Weather

    @extend_schema(responses=ChoiceSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List the weathers a page can have."""
        return self.answer()


class ProblemListView(PublicView):
    """Problems; `type` of a problem leads here."""

    names = {"GET": "list_problems"}
    serializer_class = ProblemKindSerializer

    @extend_schema(responses=ProblemKindSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List every code that a problem can have."""
        rows: list[dict[str, Any]] = [
            {"code": code, "status": kind.status, "title": str(kind.title), "detail": str(kind.detail)}
            for code, kind in problems.KINDS.items()
        ]
        return Response(ProblemKindSerializer(rows, many=True).data)


class SchemaView(SpectacularJSONAPIView):
    """The OpenAPI schema as JSON."""

    authentication_classes = []
    http_method_names = METHODS


# Swagger UI sets style attributes on its elements; nothing else on the site may.
@method_decorator(csp_update({"style-src": ["'self'", "'unsafe-inline'"]}), name="dispatch")
class TryItView(SpectacularSwaggerSplitView):
    """A page to read the schema and try it; its scripts come from this server."""

    url_name = "api:schema"
    authentication_classes = []
    http_method_names = METHODS


@csrf_exempt
def unknown(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Answer for every address under /api/ that leads nowhere."""
    return problems.response_to(404)
