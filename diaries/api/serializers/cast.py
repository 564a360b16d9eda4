"""Cards of the cast: what an app sends, and what it gets."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from diaries.api.serializers.fields import LookField, NamesField
from diaries.models import CastMember, Relation
from diaries.services import cast

DRAWN_AS = [(word, word) for word in (*cast.PEOPLE, *cast.PETS)]
EXAMPLE = {"relation": "pet", "names": "초코, Choco", "drawn_as": "dog", "look": "brown, curly fur"}


@extend_schema_serializer(
    component_name="CastMemberInput",
    examples=[OpenApiExample("A dog", value=EXAMPLE, request_only=True)],
)
class CastMemberInputSerializer(serializers.Serializer[Any]):
    """What a writer sends of a card. Left out: no look."""

    relation = serializers.ChoiceField(Relation.choices)
    names = NamesField(help_text="As the diary says them, with commas between.")
    drawn_as = serializers.ChoiceField(DRAWN_AS)
    look = LookField(required=False, help_text="A few words; only words of looks are used.")


@extend_schema_serializer(component_name="CastMember")
class CastMemberSerializer(serializers.Serializer[CastMember]):
    """Somebody of the writer's days, as the painter draws them."""

    id = serializers.UUIDField()
    relation = serializers.ChoiceField(Relation.choices)
    names = serializers.CharField()
    drawn_as = serializers.ChoiceField(DRAWN_AS)
    look = serializers.CharField()
