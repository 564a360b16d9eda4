"""What a new writer may say about oneself beside e-mail and password: one form for the page and for the app.

It stands alone because the account library's own forms inherit from it.
"""

from __future__ import annotations

import zoneinfo
from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from diaries.models import User
from diaries.validators import clean_text

Answer = TypeVar("Answer")


def knowing_the_winner(act: Callable[[], Answer]) -> Answer:
    """Do an act of signing up; where another took the address meanwhile, do it again, as for any address taken.

    The account library looks the address up before it writes, and does not expect the database to say no.
    """
    try:
        with transaction.atomic():
            return act()
    except IntegrityError:
        return act()


class AboutMe(forms.Form):
    """A name for the cover if the writer likes; time zone and language as the browser or the app tells them."""

    display_name = forms.CharField(label=_("What shall we call you?"), max_length=40, required=False)
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput)
    language = forms.ChoiceField(
        required=False, choices=[("", ""), ("ko", "ko"), ("en", "en")], widget=forms.HiddenInput
    )

    def clean_display_name(self) -> str:
        return clean_text(" ".join(self.cleaned_data["display_name"].split()), limit=40)

    def signup(self, request: HttpRequest, user: User) -> None:
        """Keep what was said, with the account that was just made."""
        user.display_name = self.cleaned_data["display_name"]
        user.language = self.cleaned_data["language"] or (get_language() or "")[:2]
        if self.cleaned_data["time_zone"] in zoneinfo.available_timezones():
            user.time_zone = self.cleaned_data["time_zone"]
        user.save(update_fields=["display_name", "language", "time_zone"])
