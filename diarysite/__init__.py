"""Wiring only: settings, URLs, the WSGI application and the Celery application."""

from diarysite.celery import app as celery_app

__all__ = ["celery_app"]
