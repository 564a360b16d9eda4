"""Forms of the pages; the services check again, so the API and imports obey the same rules."""

from __future__ import annotations

import re
import zoneinfo
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from allauth.account.forms import ReauthenticateForm
from allauth.account.forms import SignupForm as AccountSignupForm
from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diaries import validators
from diaries.models import Entry, Mode, Mood, Reason, User, Weather
from diaries.models.photo import DESCRIPTION_LENGTH
from diaries.models.report import NOTE_LENGTH
from illustration.models import Style

# Korean and Japanese keyboards have commas of their own.
COMMAS = re.compile(r"[,，、\n]")


class SignupForm(AccountSignupForm):  # type: ignore[misc]
    """E-mail and password, and a name for the cover if the writer likes."""

    field_order = ["email", "password1", "display_name"]


class _Unseen:
    """A hidden field. Whoever writes cannot mend what it says, so nonsense counts as nothing."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Any:
        with suppress(forms.ValidationError):
            return super().clean(value)  # type: ignore[misc]
        return None


class VersionField(_Unseen, forms.IntegerField):
    """Which version of the page the writer saw."""


class EntryIdField(_Unseen, forms.UUIDField):
    """The id that a new page will have."""


class WordsField(forms.CharField):
    """A few words with commas between them; the script makes chips of them."""

    def __init__(self, *, clean_words: Callable[[Iterable[str]], list[str]], **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.clean_words = clean_words

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else ", ".join(value)

    def clean(self, value: Any) -> Any:
        return self.clean_words(COMMAS.split(super().clean(value)))


def _or_none(choices: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [*choices, ("", pgettext_lazy("neither this weather nor that, no mood", "None"))]


class EntryForm(forms.ModelForm):  # type: ignore[type-arg]
    """A page of the diary. `version` tells which version the writer saw, `entry_id` which page a new one will be.

    `whole` tells whether the text arrived as it was sent; one that did not comes back to be mended.
    """

    version = VersionField(required=False, min_value=1, max_value=2**31 - 1)
    entry_id = EntryIdField(required=False)
    weather = forms.ChoiceField(
        label=_("Weather"), choices=_or_none(Weather.choices), required=False, widget=forms.RadioSelect
    )
    mood = forms.ChoiceField(
        label=_("Mood"), choices=_or_none(Mood.choices), required=False, widget=forms.RadioSelect
    )
    mode = forms.ChoiceField(
        label=_("Picture"), choices=Mode.choices, widget=forms.RadioSelect, initial=Mode.DRAW
    )
    keywords = WordsField(
        label=_("Keywords for the painter"),
        clean_words=validators.clean_keywords,
        help_text=_("What must be in the picture, with commas between: my dog, sunflowers, red bicycle."),
    )
    tags = WordsField(
        label=_("Tags"),
        clean_words=validators.clean_tags,
        help_text=_("To find the page again, with commas between."),
    )
    all_styles = forms.BooleanField(label=_("Draw it in all four styles"), required=False)

    class Meta:
        model = Entry
        fields = [*Entry.WRITTEN_FIELDS]
        widgets = {
            "woke_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "slept_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "written_on": forms.DateInput(attrs={"type": "date", "min": "1900-01-01"}, format="%Y-%m-%d"),
            "style": forms.RadioSelect,
        }

    def __init__(self, *args: Any, author: User, whole: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.author, self.whole = author, whole
        if not self.instance._state.adding and "tags" not in (kwargs.get("initial") or {}):
            self.initial["tags"] = self.instance.tag_names()
        style = self.fields["style"]
        assert isinstance(style, forms.ModelChoiceField)
        style.queryset = Style.objects.filter(active=True) | Style.objects.filter(pk=self.instance.style_id)
        if style.queryset.count() != 4:
            self.fields["all_styles"].label = _("Draw it in every style")
        style.empty_label = None
        # Lengths are counted after NFC by the validators; a decomposed Hangul text must not be cut by the widget.
        for name in ("title", "body"):
            field = self.fields[name]
            field.validators, field.max_length = [], None  # type: ignore[attr-defined]
            field.widget.attrs.pop("maxlength", None)
            field.strip = False  # type: ignore[attr-defined]
        body = self.fields["body"]
        body.error_messages["required"] = _("Write a few words about your day.")
        body.help_text = _("Up to 10,000 characters; a few lines are enough for a picture.")

    def clean_title(self) -> str:
        return validators.clean_title(self.cleaned_data["title"])

    def clean_body(self) -> str:
        return validators.clean_body(self.cleaned_data["body"])

    def clean_written_on(self) -> Any:
        return validators.clean_date(self.cleaned_data["written_on"], today=self.author.today())

    def clean(self) -> Any:
        if not self.whole:
            raise forms.ValidationError(
                _("Some of the text did not arrive whole. Look through it, mend it, then save it again."),
                code="not_whole",
            )
        if self.cleaned_data.get("mode") == Mode.KEYWORDS and self.cleaned_data.get("keywords") == []:
            self.add_error(
                "keywords",
                forms.ValidationError(_("Give the painter at least one keyword."), code="no_keywords"),
            )
        return super().clean()

    def _post_clean(self) -> None:
        """Leave the instance as it was read: the service compares it with what was sent."""

    def changes(self) -> dict[str, Any]:
        """Return what the services take."""
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "all_styles")}


class SettingsForm(forms.ModelForm):  # type: ignore[type-arg]
    """A writer's own settings. What is kept but could not be chosen anew is on the lists too, so it stays."""

    class Meta:
        model = User
        fields = [
            "display_name",
            "language",
            "time_zone",
            "day_ends_at",
            "paper",
            "look",
            "default_style",
            "draws_pictures",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {name for name in zoneinfo.available_timezones() if "/" in name} | {"UTC"}
        names.add(self.instance.time_zone)
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"), choices=[(name, name.replace("_", " ")) for name in sorted(names)]
        )
        hours = [(hour, _("%(hour)d o'clock") % {"hour": hour}) for hour in range(13)]
        self.fields["day_ends_at"] = forms.TypedChoiceField(
            label=_("My day ends at"),
            coerce=int,
            choices=hours,
            help_text=User._meta.get_field("day_ends_at").help_text,
        )
        self.fields["paper"].help_text = _(
            "Squares are for Korean; a text in other letters stands on lines instead."
        )
        style = self.fields["default_style"]
        assert isinstance(style, forms.ModelChoiceField)
        style.queryset = Style.objects.filter(active=True) | Style.objects.filter(
            pk=self.instance.default_style_id
        )
        style.empty_label = None
        if self.instance.default_style_id is None:
            self.initial["default_style"] = Style.objects.filter(active=True).first()

    def clean_display_name(self) -> str:
        return validators.clean_text(self.cleaned_data["display_name"], limit=40)

    def _post_clean(self) -> None:
        """Leave the instance as it was read: the service writes the settings and no other column."""


class AccountDeletionForm(ReauthenticateForm):  # type: ignore[misc]
    """The password again, before everything goes; wrong ones count as failed sign-ins do."""


class ReportForm(forms.Form):
    """What is wrong with a picture."""

    reason = forms.ChoiceField(
        label=_("What is wrong with it?"), choices=Reason.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("A note to the moderator"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("If you like. Moderators see the picture and this note, but never your diary."),
    )

    def clean_note(self) -> str:
        return validators.clean_text(self.cleaned_data["note"].strip(), limit=NOTE_LENGTH)


class PhotoForm(forms.Form):
    """What a photograph shows, in words."""

    description = forms.CharField(
        label=_("What the photo shows"),
        required=False,
        help_text=_("For whoever cannot see it; it stands under the photo, too."),
    )

    def clean_description(self) -> str:
        return validators.clean_line(self.cleaned_data["description"], limit=DESCRIPTION_LENGTH)
