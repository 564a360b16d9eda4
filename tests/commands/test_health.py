"""/healthz says what it looked at: whether the database answers, and whether anything can draw."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from illustration.models import Worker
from tests.commands.test_start import ROOT


@pytest.mark.django_db
def test_a_watchdog_is_told_whether_anything_can_draw(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"database": "up", "drawing": "down"})
    assert "no-store" in answer.headers["Cache-Control"]
    now = timezone.now()
    Worker.objects.create(name="here:1", started_at=now, last_seen_at=now, ready=True)
    assert client.get("/healthz").json() == {"database": "up", "drawing": "up"}


def test_a_database_that_does_not_answer_is_a_503(tmp_path: Path) -> None:
    code = """
import django; django.setup()
from django.test import Client
answer = Client(SERVER_NAME="localhost").get("/healthz"); print(answer.status_code, answer.content.decode())
"""
    env = {
        "DJANGO_SETTINGS_MODULE": "diarysite.settings",
        "SECRET_KEY": "x" * 50,
        "DATABASE_URL": f"sqlite:///{tmp_path}/no-such-folder/diary.sqlite3",
    }
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env=os.environ | env,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    status, body = run.stdout.split(maxsplit=1)
    assert (status, json.loads(body)) == ("503", {"database": "down", "drawing": "unknown"})
