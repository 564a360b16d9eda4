"""F13, and what holds on PostgreSQL once more on SQLite: the same tests in a pytest whose database is a file."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.processes import ROOT

pytestmark = pytest.mark.faults
AGAIN = [
    "tests/illustration",
    "tests/diaries/test_log.py",
    "tests/diaries/test_services_drawings.py",
    "tests/diaries/test_services_entries.py",
    "tests/faults/test_chaos.py",
    "tests/faults/test_changes_while_drawing.py",
    "tests/faults/test_killed_workers.py",
    "tests/faults/test_broker.py",
]
# What touches the database in another way than its neighbours do; the others are the same code on both.
BUT = "not (after_claim or after_file or mid_step or told_to_stop or one_drawing or black_hole or killed_and_restarted)"


def python(folder: Path, *arguments: str, seconds: float) -> subprocess.CompletedProcess[str]:
    env = {
        "DATABASE_URL": f"sqlite:///{folder / 'diary.sqlite3'}",
        "VAR_DIR": str(folder),
    }
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=os.environ | env | {"DJANGO_SETTINGS_MODULE": "diarysite.settings"},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )


@pytest.mark.timeout(1500)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="this is SQLite already")
def test_the_same_holds_on_sqlite(tmp_path: Path) -> None:
    run = python(tmp_path, "-m", "pytest", "-q", "-x", *AGAIN, "-k", BUT, seconds=1500)
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr[-2000:]


def write(folder: Path, *, writers: int, writes: int, seconds: float) -> dict[str, object]:
    run = python(folder, "-m", "tests.faults.sqlite_writers", str(writers), str(writes), seconds=seconds)
    assert run.returncode == 0, run.stderr[-4000:]
    figures: dict[str, object] = json.loads(run.stdout.splitlines()[-1])
    return figures


@pytest.mark.timeout(300)
def test_eight_writers_and_a_long_reader_never_find_the_database_locked(tmp_path: Path) -> None:
    figures = write(tmp_path, writers=8, writes=400, seconds=280)
    assert figures["writes"] == 400
    assert figures["problems"] == []


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_ten_thousand_writes_never_find_the_database_locked(tmp_path: Path) -> None:
    figures = write(tmp_path, writers=8, writes=10_000, seconds=3500)
    print(f"\nF13: {figures}")
    assert figures["writes"] == 10_000
    assert figures["problems"] == []
    assert float(str(figures["p99"])) <= 1.0


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="this is SQLite already")
def test_the_full_counts_on_sqlite(tmp_path: Path) -> None:
    files = ["tests/faults/test_chaos.py", "tests/faults/test_killed_workers.py"]
    run = python(tmp_path, "-m", "pytest", "-s", "-q", "-m", "soak", *files, seconds=7200)
    print("\n".join(line for line in run.stdout.splitlines() if line.startswith("F")))
    assert run.returncode == 0, run.stdout[-8000:]
