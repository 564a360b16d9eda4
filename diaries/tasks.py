"""What is tidied up by the hour around people and their diaries."""

from __future__ import annotations

from celery import shared_task
from django.contrib.sessions.models import Session
from django.utils import timezone

from diaries.services import photos, request_keys


@shared_task(name="diaries.tasks.tidy")
def tidy() -> None:
    """Forget request keys after their day, sessions after their end, and photographs of no page."""
    request_keys.purge()
    photos.tidy()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
