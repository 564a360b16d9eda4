"""Signing up, in and out, passwords and the account: thin doors over allauth headless and the account services."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.headless.account import views as headless
from allauth.headless.constants import Client
from allauth.headless.internal.sessionkit import authenticate_by_x_session_token
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from diaries.api.authentication import SessionTokenAuthentication
from diaries.api.base import ApiView
from diaries.api.problems import Problem
from diaries.api.schema import problems
from diaries.api.serializers.accounts import (
    AccountDeletionSerializer,
    EmailVerificationSerializer,
    MeInputSerializer,
    MeSerializer,
    PasswordChangeSerializer,
    PasswordResetRequestSerializer,
    PasswordResetSerializer,
    SessionSerializer,
    SignInInputSerializer,
    SignUpInputSerializer,
)
from diaries.services import accounts
from diaries.signup import knowing_the_winner

WRONG_PASSWORD = _("This is not your password.")
WRONG_CREDENTIALS = {"email_password_mismatch", "invalid_login"}
TOO_MANY = {"too_many_login_attempts", "rate_limited"}


class AccountDoor(ApiView):
    """Checks what was sent, lets allauth's own view act on it, and says the outcome in the API's words."""

    schema_tag = "account"
    authentication_classes = []
    permission_classes = []
    open_to_suspended = True

    def ask(self, request: Request, view: type[headless.APIView]) -> dict[str, Any]:
        """Return allauth's answer; what it refuses is raised as a problem."""
        act: Callable[..., HttpResponse] = view.as_api_view(client=Client.APP)
        try:
            response = act(request._request)
        except ImmediateHttpResponse as immediate:
            response = immediate.response
        found: dict[str, Any] = json.loads(response.content or "{}")
        match response.status_code:
            case 400:
                raise _refusal(found.get("errors", []))
            case 403:
                raise Problem("not_allowed")
            case 409:
                raise Problem("already_signed_in")
            case 410:
                raise Problem("session_ended")
            case 429:
                raise Problem("throttled")
        return found

    def check(self, request: Request) -> None:
        """Refuse what does not fit before allauth sees it."""
        self.get_serializer(data=request.data).is_valid(raise_exception=True)

    def session(self, request: Request, found: dict[str, Any]) -> Response:
        """Answer with the session as it is now: complete, or with what is still to be done."""
        token = found.get("meta", {}).get("session_token") or request.headers.get("X-Session-Token")
        known = authenticate_by_x_session_token(token) if token else None
        pending = [flow["id"] for flow in found.get("data", {}).get("flows", []) if flow.get("is_pending")]
        state = {"session_token": token, "pending": [] if known else pending, "me": known and known[0]}
        answer = SessionSerializer(state, context=self.get_serializer_context()).data
        return Response(answer, status=status.HTTP_200_OK if known else status.HTTP_202_ACCEPTED)


def _refusal(errors: list[dict[str, str]]) -> Problem:
    codes = {error.get("code", "") for error in errors}
    if codes & WRONG_CREDENTIALS:
        return Problem("wrong_credentials")
    if codes & TOO_MANY:
        return Problem("throttled")
    told = [
        {
            "field": error.get("param", ""),
            "code": error.get("code") or "invalid",
            "detail": error.get("message", ""),
        }
        for error in errors
    ]
    return Problem("invalid", errors=told)


SESSIONS = {
    200: OpenApiResponse(SessionSerializer, description="Signed in."),
    202: OpenApiResponse(SessionSerializer, description="Something is still to be done, as `pending` says."),
}


class SignUpView(AccountDoor):
    """Sign up."""

    names = {"POST": "sign_up"}
    serializer_class = SignUpInputSerializer
    throttle_scope = "sign_up"

    @extend_schema(responses={201: SessionSerializer, 202: SESSIONS[202], **problems(403, 409)})
    def post(self, request: Request) -> Response:
        """Make an account and sign in. Where e-mail addresses must be verified first, the answer is 202."""
        self.check(request)
        response = self.session(request, knowing_the_winner(lambda: self.ask(request, headless.SignupView)))
        if response.status_code == status.HTTP_200_OK:
            response.status_code = status.HTTP_201_CREATED
        return response


class SessionView(AccountDoor):
    """The session: begin it, end it."""

    names = {"POST": "sign_in", "DELETE": "sign_out"}
    serializer_class = SignInInputSerializer
    throttle_scope = {"POST": "sign_in"}

    def get_authenticators(self) -> list[Any]:
        # Signing in takes the token of a session that is not complete yet, which is nobody's so far.
        return [SessionTokenAuthentication()] if self._method() == "DELETE" else []

    def get_permissions(self) -> list[Any]:
        return [IsAuthenticated()] if self._method() == "DELETE" else []

    def _method(self) -> str:
        return getattr(self.request, "method", "") or ""

    @extend_schema(responses=SESSIONS | problems(401, 409))
    def post(self, request: Request) -> Response:
        """Sign in with e-mail address and password; the answer holds the session token."""
        self.check(request)
        return self.session(request, self.ask(request, headless.LoginView))

    @extend_schema(request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Sign out: the token is worth nothing from this moment on."""
        self.ask(request, headless.SessionView)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PasswordResetRequestView(AccountDoor):
    """A forgotten password: the first step."""

    names = {"POST": "request_password_reset"}
    serializer_class = PasswordResetRequestSerializer
    throttle_scope = "password"

    @extend_schema(responses={204: None})
    def post(self, request: Request) -> Response:
        """Send a mail with a link; the last part of the link is the key. The answer is the same for any address."""
        self.check(request)
        self.ask(request, headless.RequestPasswordResetView)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PasswordResetView(AccountDoor):
    """A forgotten password: the second step."""

    names = {"POST": "reset_password"}
    serializer_class = PasswordResetSerializer
    throttle_scope = "password"

    @extend_schema(responses={204: None})
    def post(self, request: Request) -> Response:
        """Set a new password with the key out of the mail. Every session of the account ends."""
        self.check(request)
        self.ask(request, headless.ResetPasswordView)
        return Response(status=status.HTTP_204_NO_CONTENT)


class PasswordChangeView(AccountDoor):
    """Another password."""

    names = {"POST": "change_password"}
    serializer_class = PasswordChangeSerializer
    authentication_classes = [SessionTokenAuthentication]
    permission_classes = [IsAuthenticated]
    throttle_scope = "password"

    @extend_schema(responses={200: SESSIONS[200]})
    def post(self, request: Request) -> Response:
        """Change the password. Every other session of the account ends; this one goes on with a new token."""
        self.check(request)
        return self.session(request, self.ask(request, headless.ChangePasswordView))


class EmailVerificationView(AccountDoor):
    """The proof that an e-mail address is one's own."""

    names = {"POST": "verify_email"}
    serializer_class = EmailVerificationSerializer
    throttle_scope = "password"

    @extend_schema(responses={204: None})
    def post(self, request: Request) -> Response:
        """Verify the address with the key out of the mail; then sign in. The link itself does the same in a browser."""
        self.check(request)
        self.ask(request, headless.VerifyEmailView)
        return Response(status=status.HTTP_204_NO_CONTENT)


class MeView(ApiView):
    """The account that is signed in."""

    schema_tag = "account"
    names = {"GET": "get_me", "PATCH": "update_me", "DELETE": "delete_me"}
    delete_takes_body = True
    throttle_scope = {"DELETE": "password"}

    def get_serializer_class(self) -> type[serializers.Serializer[Any]]:
        return AccountDeletionSerializer if self.request.method == "DELETE" else MeInputSerializer

    @extend_schema(responses=MeSerializer)
    def get(self, request: Request) -> Response:
        """Tell who is signed in, with settings and what is left of the drawings."""
        return Response(MeSerializer(request.user, context=self.get_serializer_context()).data)

    @extend_schema(request=MeInputSerializer, responses=MeSerializer)
    def patch(self, request: Request) -> Response:
        """Change settings; what is left out stays."""
        sent = MeInputSerializer(
            data=request.data,
            partial=True,
            context=self.get_serializer_context() | {"style_id": request.user.default_style_id},
        )
        sent.is_valid(raise_exception=True)
        accounts.change_settings(user=request.user, changes=sent.validated_data)
        return self.get(request)

    @extend_schema(request=AccountDeletionSerializer, responses={204: None})
    def delete(self, request: Request) -> Response:
        """Delete the account with every page and picture, at once and for good."""
        sent = AccountDeletionSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        if not request.user.check_password(sent.validated_data["password"]):
            raise Problem(
                "invalid",
                errors=[{"field": "password", "code": "wrong_password", "detail": str(WRONG_PASSWORD)}],
            )
        accounts.delete_account(user=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)
