"""Settings fail loudly, and each has its line in .env.example."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def test_every_variable_has_its_line_in_the_example() -> None:
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "diarysite/settings.py").read_text()))
    told = set(re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M))
    assert len(read) > 30
    assert read - told == set()
    assert told - read == {"PORT", "BIND", "WEB_WORKERS"}, "the example names a variable that nothing reads"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DEBUG", "perhaps", "DEBUG must be yes or no"),
        ("LEASE_SECONDS", "soon", "LEASE_SECONDS must be a number"),
        ("LEASE_SECONDS", "0", "LEASE_SECONDS must be between 1 and 3600"),
        ("ATTEMPTS_MOST", "2.5", "ATTEMPTS_MOST must be a whole number"),
        ("PICTURE_SIZE", "250", "PICTURE_SIZE must be a multiple of 64"),
        ("ENGINE_DTYPE", "float8", "ENGINE_DTYPE must be one of"),
        ("DATABASE_URL", "mysql://x/y", "DATABASE_URL must begin with"),
        ("DATABASE_URL", "postgres://host", "DATABASE_URL names no database"),
        ("DATABASE_URL", "postgres://host:port/x", "DATABASE_URL has a port that is not a number"),
        ("REDIS_URL", "amqp://localhost", "REDIS_URL must begin with"),
        ("TIME_ZONE", "Asia/Atlantis", "TIME_ZONE"),
        ("DEFAULT_LANGUAGE", "fr", "DEFAULT_LANGUAGE must be one of"),
    ],
)
def test_a_wrong_value_stops_the_start_and_names_its_variable(name: str, value: str, words: str) -> None:
    run = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**os.environ, "SECRET_KEY": "x" * 50, name: value},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode != 0
    assert words in run.stderr.splitlines()[-1]


def test_a_missing_secret_stops_the_start(tmp_path: Path) -> None:
    environment = {key: value for key, value in os.environ.items() if key not in {"SECRET_KEY", "DEBUG"}}
    run = subprocess.run(
        [sys.executable, "manage.py", "check"],
        cwd=ROOT,
        env={**environment, "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode != 0
    assert "SECRET_KEY" in run.stderr.splitlines()[-1]
