"""Makes an administrator: a new account, or one that exists already."""

from __future__ import annotations

import getpass
import os
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils import translation

from diaries.models import User
from diaries.services.accounts import create_confirmed_account


class Command(BaseCommand):
    help = (
        "Make an administrator. Asks for e-mail and password, unless --email and the variables ADMIN_EMAIL and "
        "ADMIN_PASSWORD tell them. An account that exists is promoted and keeps its password."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", help="the account's address")

    def handle(self, *args: object, email: str | None, **options: object) -> None:
        email = (email or os.environ.get("ADMIN_EMAIL") or ask("E-mail: ", "--email or ADMIN_EMAIL")).strip()
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email!r} is not an e-mail address.") from None
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            password = os.environ.get("ADMIN_PASSWORD") or ask_password()
            try:
                # Every other word of this command is English too.
                with translation.override("en"):
                    validate_password(password, User(email=email))
            except ValidationError as error:
                raise CommandError(" ".join(map(str, error.messages))) from None
            user = create_confirmed_account(email=email, password=password)
            done = "is made"
        elif user.is_superuser and user.is_staff:
            self.stdout.write(f"{user.email} is an administrator already.")
            return
        else:
            done = "is promoted and keeps its password"
        user.is_staff = user.is_superuser = True
        user.save(update_fields=["is_staff", "is_superuser"])
        self.stdout.write(f"The administrator {user.email} {done}; the desk is at /admin/.")


def ask(words: str, instead: str) -> str:
    """Ask at the terminal; where there is none, say what to give instead."""
    if not sys.stdin.isatty():
        raise CommandError(f"Nobody can be asked here: give {instead}.")
    return input(words)


def ask_password() -> str:
    """Ask twice for a password that is not shown."""
    if not sys.stdin.isatty():
        raise CommandError("Nobody can be asked here: give ADMIN_PASSWORD.")
    first = getpass.getpass("Password: ")
    if first != getpass.getpass("Once more: "):
        raise CommandError("The two passwords differ.")
    return first
