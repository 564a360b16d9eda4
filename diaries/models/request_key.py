"""Keys by which an app may safely send the same request again."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class RequestKey(models.Model):
    """An Idempotency-Key that an app sent, what it asked, and what was answered; kept for a day.

    The answer is kept as a pointer to what was made, never as a copy of a diary.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    # Outlives its entry: a request sent again must not bring a deleted page back.
    entry = models.ForeignKey("diaries.Entry", models.SET_NULL, null=True, related_name="+")
    refusal = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="request_key_once_a_user")]

    def __str__(self) -> str:
        return self.key
