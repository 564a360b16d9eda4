"""The people and pets of a writer's days, as the painter should draw them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

NAMES_LENGTH, LOOK_LENGTH, CAST_MOST = 80, 120, 20


class Relation(models.TextChoices):
    """Who somebody is to the writer."""

    ME = "me", _("Me")
    FAMILY = "family", _("Family")
    FRIEND = "friend", _("Friend")
    PET = "pet", _("Pet")


class CastMember(models.Model):
    """One card: the names by which the diary calls somebody, what they are drawn as, and how they look."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="cast")
    relation = models.CharField(_("who it is"), max_length=10, choices=Relation.choices)
    names = models.CharField(
        _("names"), max_length=NAMES_LENGTH, help_text=_("As your diary says them, with commas between.")
    )
    drawn_as = models.CharField(_("drawn as"), max_length=40)
    look = models.CharField(_("look"), max_length=LOOK_LENGTH, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("card")
        verbose_name_plural = _("cards")

    def __str__(self) -> str:
        return str(self.id)

    def name_list(self) -> list[str]:
        """The names, one by one."""
        return [name for part in self.names.split(",") if (name := part.strip())]
