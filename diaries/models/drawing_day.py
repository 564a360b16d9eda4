"""How many drawings a writer asked for on one's latest day."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class DrawingDay(models.Model):
    """A writer's count of one day, raised by asking and lowered by nothing: deleting a drawing gives none back."""

    writer = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="drawing_day"
    )
    day = models.DateField()
    requested = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.day}: {self.requested}"
