"""The form of a card of the cast; the words that a card can be drawn as, in the writer's language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from diaries.models import CastMember, Relation
from diaries.models.cast_member import LOOK_LENGTH
from diaries.services import cast
from diaries.validators import clean_line

DRAWN_AS = {
    "girl": pgettext_lazy("drawn as", "girl"),
    "boy": pgettext_lazy("drawn as", "boy"),
    "woman": pgettext_lazy("drawn as", "woman"),
    "man": pgettext_lazy("drawn as", "man"),
    "grandmother": pgettext_lazy("drawn as", "grandmother"),
    "grandfather": pgettext_lazy("drawn as", "grandfather"),
    "baby": pgettext_lazy("drawn as", "baby"),
    "dog": pgettext_lazy("drawn as", "dog"),
    "cat": pgettext_lazy("drawn as", "cat"),
    "rabbit": pgettext_lazy("drawn as", "rabbit"),
    "hamster": pgettext_lazy("drawn as", "hamster"),
    "bird": pgettext_lazy("drawn as", "bird"),
    "fish": pgettext_lazy("drawn as", "fish"),
    "turtle": pgettext_lazy("drawn as", "turtle"),
    "hedgehog": pgettext_lazy("drawn as", "hedgehog"),
    "lizard": pgettext_lazy("drawn as", "lizard"),
}


class CastMemberForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who it is, the names by which the diary calls them, and what is to be seen of them."""

    relation = forms.ChoiceField(label=_("Who is it?"), choices=Relation.choices, widget=forms.RadioSelect)
    drawn_as = forms.ChoiceField(
        label=_("Drawn as"),
        choices=[
            # Nothing is chosen beforehand: a pet would be drawn as a girl by those who look no further.
            ("", _("Please choose")),
            (_("People"), [(word, DRAWN_AS[word]) for word in cast.PEOPLE]),
            (_("Pets"), [(word, DRAWN_AS[word]) for word in cast.PETS]),
        ],
    )

    class Meta:
        model = CastMember
        fields = ["relation", "names", "drawn_as", "look"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names, look = self.fields["names"], self.fields["look"]
        names.label, look.label = _("Names"), _("Look")
        names.help_text = _("As your diary says them, with commas between: Mum, Choco. For yourself: I, me.")
        look.help_text = _("A few words, like long hair, glasses, red coat. Only words of looks are used.")
        for field in (names, look):
            field.validators, field.max_length = [], None  # type: ignore[attr-defined]
            field.widget.attrs.pop("maxlength", None)

    def clean_names(self) -> str:
        return cast.clean_names(self.cleaned_data["names"])

    def clean_look(self) -> str:
        return clean_line(self.cleaned_data["look"], limit=LOOK_LENGTH)

    def _post_clean(self) -> None:
        """Leave the instance as it was read: the service writes the card."""
