"""What somebody is still writing: kept on the server so that another device can go on; never drawn."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Draft(models.Model):
    """The newest unsaved text of one page of one writer.

    `page` is the id of an entry, or the id that a new page will have. `begun_on` is the entry's version on which the
    text was begun (0: a new page). `revision` rises with every keeping, so that two devices notice each other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    page = models.UUIDField()
    begun_on = models.PositiveIntegerField(default=0)
    revision = models.PositiveIntegerField(default=1)
    fields = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at", "id"]
        constraints = [models.UniqueConstraint(fields=["author", "page"], name="one_draft_a_page")]

    def __str__(self) -> str:
        return str(self.id)
