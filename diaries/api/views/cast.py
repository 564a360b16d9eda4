"""The cards of the writer's cast."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from diaries.api.base import ApiView
from diaries.api.serializers.cast import CastMemberInputSerializer, CastMemberSerializer
from diaries.models import CastMember
from diaries.services import cast


class CastView(ApiView):
    """What the two addresses of cards share."""

    schema_tag = "cast"
    serializer_class = CastMemberSerializer

    def cards(self, request: Request) -> QuerySet[CastMember]:
        return CastMember.objects.filter(author=request.user)

    def save(self, request: Request, member: CastMember | None) -> CastMember:
        """Make a card, or replace one, from the body."""
        sent = CastMemberInputSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        return cast.save_member(author=request.user, member=member, **sent.validated_data)


class CastListView(CastView):
    """All cards: twenty at most, so they come at once."""

    names = {"GET": "list_cast", "POST": "create_cast_member"}
    throttle_scope = {"POST": "write"}

    @extend_schema(responses=CastMemberSerializer(many=True))
    def get(self, request: Request) -> Response:
        """List the cards of the writer's cast."""
        return Response(CastMemberSerializer(self.cards(request), many=True).data)

    @extend_schema(request=CastMemberInputSerializer, responses={201: CastMemberSerializer})
    def post(self, request: Request) -> Response:
        """Make a card; it holds from the next drawing on."""
        member = self.save(request, None)
        return Response(CastMemberSerializer(member).data, status=status.HTTP_201_CREATED)


class CastMemberView(CastView):
    """One card."""

    names = {"GET": "get_cast_member", "PUT": "replace_cast_member", "DELETE": "delete_cast_member"}
    throttle_scope = {"PUT": "write"}

    @extend_schema(responses=CastMemberSerializer)
    def get(self, request: Request, member: UUID) -> Response:
        """Read a card."""
        return Response(CastMemberSerializer(get_object_or_404(self.cards(request), pk=member)).data)

    @extend_schema(request=CastMemberInputSerializer, responses=CastMemberSerializer)
    def put(self, request: Request, member: UUID) -> Response:
        """Replace a card; pictures drawn before stay as they are."""
        found = get_object_or_404(self.cards(request), pk=member)
        return Response(CastMemberSerializer(self.save(request, found)).data)

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request, member: UUID) -> Response:
        """Take a card away; pictures drawn with it stay."""
        get_object_or_404(self.cards(request), pk=member).delete()
        return Response(status=status.HTTP_204_NO_CONTENT)
