"""Signing up and in, and what a writer may see and change of the account."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from diaries.api.serializers.fields import DisplayNameField, StyleField, Time
from diaries.models import User
from diaries.models.user import validate_time_zone
from diaries.services import drawings
from illustration import services as illustration

LANGUAGES = [code for code, _name in settings.LANGUAGES]
PASSWORD = {"max_length": 128, "trim_whitespace": False, "style": {"input_type": "password"}}


class AccountFields(serializers.Serializer[Any]):
    """What one says about oneself, at sign-up or later."""

    display_name = DisplayNameField(required=False)
    language = serializers.ChoiceField(
        LANGUAGES, allow_blank=True, required=False, help_text="Empty: as Accept-Language says."
    )
    time_zone = serializers.CharField(
        max_length=64, required=False, validators=[validate_time_zone], help_text="IANA name, as Asia/Seoul."
    )


@extend_schema_serializer(
    component_name="SignUpInput",
    examples=[
        OpenApiExample(
            "A new writer",
            value={
                "email": "minji@example.org",
                "password": "a good long password",
                "display_name": "Minji",
                "time_zone": "Asia/Seoul",
                "language": "ko",
            },
            request_only=True,
        )
    ],
)
class SignUpInputSerializer(AccountFields):
    """A new account."""

    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(**PASSWORD)


@extend_schema_serializer(
    component_name="SignInInput",
    examples=[
        OpenApiExample(
            "A writer",
            value={"email": "minji@example.org", "password": "a good long password"},
            request_only=True,
        )
    ],
)
class SignInInputSerializer(serializers.Serializer[Any]):
    """Who signs in."""

    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(**PASSWORD)


@extend_schema_serializer(component_name="PasswordResetRequestInput")
class PasswordResetRequestSerializer(serializers.Serializer[Any]):
    """Who forgot the password."""

    email = serializers.EmailField(max_length=254)


@extend_schema_serializer(component_name="PasswordResetInput")
class PasswordResetSerializer(serializers.Serializer[Any]):
    """The key out of the mail, and the new password."""

    key = serializers.CharField(max_length=200)
    password = serializers.CharField(**PASSWORD)


@extend_schema_serializer(component_name="PasswordChangeInput")
class PasswordChangeSerializer(serializers.Serializer[Any]):
    """The old password and the new one."""

    current_password = serializers.CharField(**PASSWORD)
    new_password = serializers.CharField(**PASSWORD)


@extend_schema_serializer(component_name="EmailVerificationInput")
class EmailVerificationSerializer(serializers.Serializer[Any]):
    """The key out of the mail."""

    key = serializers.CharField(max_length=200)


@extend_schema_serializer(component_name="AccountDeletionInput")
class AccountDeletionSerializer(serializers.Serializer[Any]):
    """The password, once more."""

    password = serializers.CharField(**PASSWORD)


@extend_schema_serializer(component_name="Quota")
class QuotaSerializer(serializers.Serializer[User]):
    """How many drawings may be asked for."""

    a_day = serializers.SerializerMethodField()
    today = serializers.SerializerMethodField()
    waiting_most = serializers.SerializerMethodField()
    waiting = serializers.SerializerMethodField()
    renewed_at = serializers.SerializerMethodField()
    refusal = serializers.SerializerMethodField()

    def get_a_day(self, user: User) -> int:
        return drawings.daily_limit(user)

    @extend_schema_field({"type": "integer", "description": "Asked for today already."})
    def get_today(self, user: User) -> int:
        return drawings.drawings_today(user)

    def get_waiting_most(self, user: User) -> int:
        return settings.DRAWINGS_WAITING

    def get_waiting(self, user: User) -> int:
        return illustration.waiting_count(user.requester_key)

    @extend_schema_field(Time())
    def get_renewed_at(self, user: User) -> Any:
        return Time().to_representation(drawings.next_day(user))

    @extend_schema_field(
        {
            "type": "string",
            "description": "Why none may be asked for now, as a problem's code; empty: they may.",
        }
    )
    def get_refusal(self, user: User) -> str:
        return drawings.refusal_for(user)


@extend_schema_serializer(component_name="MeInput")
class MeInputSerializer(AccountFields):
    """What a writer may change of the account."""

    default_style = StyleField(required=False, allow_null=True)
    day_ends_at = serializers.IntegerField(
        required=False, min_value=0, max_value=12, help_text="Hour until which it is still yesterday's page."
    )
    draws_pictures = serializers.BooleanField(required=False, help_text="Whether pictures are drawn at all.")


@extend_schema_serializer(component_name="Me")
class MeSerializer(serializers.Serializer[User]):
    """The account that is signed in."""

    id = serializers.UUIDField()
    email = serializers.EmailField()
    email_verified = serializers.SerializerMethodField()
    display_name = serializers.CharField()
    language = serializers.ChoiceField(LANGUAGES, allow_blank=True)
    time_zone = serializers.CharField()
    default_style = StyleField(allow_null=True)
    day_ends_at = serializers.IntegerField()
    draws_pictures = serializers.BooleanField()
    is_suspended = serializers.BooleanField()
    drawing_stopped_until = Time(allow_null=True)
    today = serializers.SerializerMethodField()
    drawings = QuotaSerializer(source="*")
    joined_at = Time(source="date_joined")

    def get_email_verified(self, user: User) -> bool:
        return EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True).exists()

    @extend_schema_field({"type": "string", "format": "date", "description": "The writer's date now."})
    def get_today(self, user: User) -> str:
        return user.today().isoformat()


@extend_schema_serializer(
    component_name="Session",
    examples=[
        OpenApiExample(
            "Not complete yet",
            value={
                "session_token": "k2v8w0c1f6m3x9a5z7q4t1b8n6y2d0j5",
                "pending": ["verify_email"],
                "me": None,
            },
            status_codes=["202"],
        )
    ],
)
class SessionSerializer(serializers.Serializer[Any]):
    """A session: complete where `me` is there; otherwise `pending` names what is still to be done."""

    session_token = serializers.CharField(
        allow_null=True, help_text="Sent with every request as X-Session-Token."
    )
    pending = serializers.ListField(child=serializers.CharField())
    me = MeSerializer(allow_null=True)
