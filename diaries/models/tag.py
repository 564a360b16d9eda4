"""The words under which a writer files pages."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

TAG_LENGTH, TAGS_MOST = 30, 10


class Tag(models.Model):
    """One word of one writer."""

    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="tags")
    name = models.CharField(_("tag"), max_length=TAG_LENGTH)

    class Meta:
        ordering = ["name"]
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        constraints = [models.UniqueConstraint(fields=["author", "name"], name="one_tag_a_name")]

    def __str__(self) -> str:
        return str(self.pk)
