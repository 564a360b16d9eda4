"""What stops a start: one clear line and exit status 1, and nothing is left running."""

from __future__ import annotations

import os
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.environment import (
    CannotStart,
    broker_socket,
    ensure_secret,
    read_env_file,
    take_lock,
    var_folder,
    whole,
)

ROOT = Path(__file__).resolve().parents[2]
UNSET = {
    "DATABASE_URL",
    "TEST_DATABASE_URL",
    "REDIS_URL",
    "MEDIA_ROOT",
    "SECRET_KEY",
    "PORT",
    "BIND",
    "MAKELEVEL",
}


def start(command: str, **env: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in UNSET}
    return subprocess.run(
        [sys.executable, "-m", "deploy.start", command],
        cwd=ROOT,
        env=kept | env,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """Return the one line that a refused start printed."""
    assert done.returncode == 1, done.stderr
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    return lines[0]


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen(1)
        yield holder.getsockname()[1]


def test_a_taken_port_is_named(tmp_path, taken_port):
    line = refused(start("run", VAR_DIR=str(tmp_path / "var"), PORT=str(taken_port)))
    assert line == f"Port {taken_port} is taken; choose another: make run PORT={taken_port + 1}"


@pytest.mark.parametrize("port", ["eighty", "0", "65536", "-1", "80.5", "８０"])
def test_a_port_that_is_none_is_refused(tmp_path, port):
    assert "PORT must be a whole number from 1 to 65535" in refused(
        start("run", VAR_DIR=str(tmp_path), PORT=port)
    )


def test_a_folder_that_cannot_be_written_is_named():
    line = refused(start("run", VAR_DIR="/proc/nowhere"))
    assert line.startswith("/proc/nowhere cannot be written: ")


def test_a_full_disk_is_told_as_such(tmp_path):
    # The kernel's own full device, reached as a folder's file, needs no mounting.
    (tmp_path / "var").mkdir()
    script = (
        "import os, tempfile\n"
        "from deploy import environment\n"
        "tempfile.TemporaryFile = lambda dir: open('/dev/full', 'wb')\n"
        "try:\n    environment.var_folder()\nexcept environment.CannotStart as problem:\n    print(problem)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        env=os.environ | {"VAR_DIR": str(tmp_path / "var")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == f"The disk is full: nothing can be written in {tmp_path / 'var'}"


def test_a_second_start_from_the_same_folder_is_refused(tmp_path):
    lock = take_lock(tmp_path)
    try:
        line = refused(start("run", VAR_DIR=str(tmp_path)))
        assert line == f"The site already runs from this folder (process {os.getpid()}); stop that one first"
    finally:
        os.close(lock)


def test_a_wrong_setting_stops_the_start_with_its_name(tmp_path):
    line = refused(start("run", VAR_DIR=str(tmp_path), PORT="8699", LEASE_SECONDS="soon"))
    assert line == "A setting is wrong: LEASE_SECONDS must be a number, not 'soon'"


def test_a_database_that_is_not_there_stops_the_start(tmp_path):
    url = "postgres://nobody@127.0.0.1:1/diary"
    line = refused(start("run", VAR_DIR=str(tmp_path), PORT="8699", DATABASE_URL=url))
    assert line.startswith("The database cannot be used: ")


def test_a_worker_elsewhere_needs_to_be_told_what_the_site_uses(tmp_path):
    line = refused(start("worker", VAR_DIR=str(tmp_path), REDIS_URL="redis://127.0.0.1:1/0"))
    assert line.startswith("Set DATABASE_URL, MEDIA_ROOT to what the site uses")


def test_env_files_are_read_and_never_run(tmp_path):
    path = tmp_path / ".env"
    path.write_text("# a comment\n\nexport PORT = 8001\nSITE_NAME='그림 $(touch x)'\nEMPTY=\nURL=a=b#c\n")
    assert read_env_file(path) == {
        "PORT": "8001",
        "SITE_NAME": "그림 $(touch x)",
        "EMPTY": "",
        "URL": "a=b#c",
    }
    path.write_text("PORT=1\nrm -rf x\n")
    with pytest.raises(CannotStart, match="line 2"):
        read_env_file(path)


def test_the_secret_is_made_once_for_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET_KEY", raising=False)
    ensure_secret(tmp_path)
    path = tmp_path / "secret-key"
    first = path.read_text()
    assert len(first.strip()) >= 64
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    ensure_secret(tmp_path)
    assert path.read_text() == first
    assert [entry.name for entry in tmp_path.iterdir()] == ["secret-key"]


def test_a_long_path_gets_a_short_private_socket(tmp_path):
    assert broker_socket(Path("/srv/var")) == Path("/srv/var/broker.sock")
    deep = tmp_path / ("d" * 120)
    place = broker_socket(deep)
    try:
        assert len(os.fsencode(place)) <= 100
        assert place == broker_socket(deep)
        assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    finally:
        place.parent.rmdir()


def test_whole_numbers_are_read_and_an_empty_one_is_the_default(monkeypatch):
    monkeypatch.setenv("WEB_WORKERS", "3")
    assert whole("WEB_WORKERS", 2, low=1, high=64) == 3
    monkeypatch.setenv("WEB_WORKERS", "")
    assert whole("WEB_WORKERS", 2, low=1, high=64) == 2


def test_var_is_made_where_it_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "a" / "b"))
    assert var_folder() == tmp_path / "a" / "b"
    assert (tmp_path / "a" / "b").is_dir()
