"""The cards of a writer's cast: who the diary speaks of, and as what the painter draws them."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from diaries.models import CastMember, Relation, User
from diaries.models.cast_member import CAST_MOST, LOOK_LENGTH, NAMES_LENGTH
from diaries.services.accounts import hold_writer
from diaries.validators import clean_line

# What a card can be drawn as: words of the scene reader, people first.
PEOPLE = ("girl", "boy", "woman", "man", "grandmother", "grandfather", "baby")
PETS = ("dog", "cat", "rabbit", "hamster", "bird", "fish", "turtle", "hedgehog", "lizard")


def save_member(
    *,
    author: User,
    relation: str,
    names: str,
    drawn_as: str,
    look: str = "",
    member: CastMember | None = None,
) -> CastMember:
    """Make a card, or change one; pictures drawn before stay as they are.

    Raises ValidationError where the card has no name, or there are twenty cards already; Suspended.
    """
    row = member or CastMember(author=author)
    row.relation, row.drawn_as = Relation(relation), drawn_as
    row.names, row.look = clean_names(names), clean_line(look, limit=LOOK_LENGTH)
    with transaction.atomic():
        hold_writer(author)
        cards = CastMember.objects.filter(author=author)
        if row._state.adding:
            if cards.count() >= CAST_MOST:
                raise ValidationError(
                    _("There is room for %(most)s cards."), code="too_many", params={"most": CAST_MOST}
                )
            row.position = (cards.aggregate(last=Max("position"))["last"] or 0) + 1
        row.save()
    return row


def clean_names(value: str) -> str:
    """Return names with commas between them, each once; raises ValidationError where there is none."""
    line = clean_line(value.replace("，", ",").replace("、", ","), limit=NAMES_LENGTH)
    names = list({name.casefold(): name for part in line.split(",") if (name := part.strip())}.values())
    if not names:
        raise ValidationError(_("Write at least one name."), code="required")
    return ", ".join(names)
