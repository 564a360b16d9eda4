"""`manage.py` by itself works on the database that `make run` works on: the one that `.env` names."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.test_start import ROOT, UNSET


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose `.env` is this test's own."""
    for name in ("diarysite", "diaries", "illustration", "templates", "static", "locale"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copy(ROOT / "manage.py", tmp_path)
    shutil.copytree(ROOT / "deploy", tmp_path / "deploy", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def ask(checkout: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Ask which database is used."""
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    code = "from django.conf import settings; print(settings.DATABASES['default']['NAME'])"
    return subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "--command", code],
        cwd=checkout,
        env=kept | {"SECRET_KEY": "x" * 50} | env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_command_reads_env_and_the_environment_wins(checkout: Path) -> None:
    (checkout / ".env").write_text("DATABASE_URL=sqlite:////srv/diary/from-env.sqlite3\n")
    assert ask(checkout).stdout == "/srv/diary/from-env.sqlite3\n"
    given = ask(checkout, DATABASE_URL="sqlite:////srv/diary/given.sqlite3")
    assert given.stdout == "/srv/diary/given.sqlite3\n"


def test_a_line_that_is_no_setting_stops_a_command(checkout: Path) -> None:
    (checkout / ".env").write_text("what is this\n")
    done = ask(checkout)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [f"{checkout / '.env'}, line 1: write NAME=value"]
