"""The Celery application: a message only says that there is work; the rows hold the work."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diarysite.settings")

app = Celery("diarysite")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["diaries", "illustration"])
