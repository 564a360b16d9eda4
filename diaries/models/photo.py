"""Photographs that writers put beside their text; re-encoded on the way in, so nothing but pixels is kept."""

from __future__ import annotations

import uuid

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from illustration import storage

PHOTOS_MOST, DESCRIPTION_LENGTH = 4, 200


class PhotoQuerySet(models.QuerySet["Photo"]):
    """Photographs with their files."""

    def discard(self) -> None:
        """Delete the rows now, and their files once the transaction is through."""
        names = [name for pair in self.values_list("file", "thumbnail") for name in pair]
        self.delete()
        transaction.on_commit(lambda: storage.remove(names), robust=True)


class Photo(models.Model):
    """One photograph of a page, as WebP without metadata."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey("diaries.Entry", models.CASCADE, related_name="photos")
    file = models.CharField(max_length=100, editable=False)
    thumbnail = models.CharField(max_length=100, editable=False)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    description = models.CharField(_("what it shows"), max_length=DESCRIPTION_LENGTH, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "id"]
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self) -> str:
        return str(self.id)
