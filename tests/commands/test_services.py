"""The private PostgreSQL and Redis of the tests: they answer, pass the command's status on, and go away."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
ASK = """
import os, sys, time, psycopg, redis
assert psycopg.connect(os.environ["DATABASE_URL"]).execute("select 1").fetchone() == (1,)
assert redis.Redis.from_url(os.environ["REDIS_URL"]).ping()
print(os.environ["DATABASE_URL"], os.environ["REDIS_URL"], os.environ["VAR_DIR"], flush=True)
"""


def begin(program: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "deploy.services", sys.executable, "-c", ASK + program],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def listens(url: str) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", urlsplit(url).port or 0)) == 0


def gone(line: str) -> bool:
    """Whether neither service listens any more and their folder was removed."""
    database, redis, var = line.split()
    return not listens(database) and not listens(redis) and not Path(var).parent.exists()


def test_both_answer_and_the_commands_status_is_passed_on():
    services = begin("sys.exit(7)")
    out, _ = services.communicate(timeout=90)
    assert services.returncode == 7
    assert gone(out)


def test_a_term_takes_the_command_and_the_services_away():
    services = begin("print(os.getpid(), flush=True); time.sleep(600)")
    assert services.stdout is not None
    line, child = services.stdout.readline(), int(services.stdout.readline())
    services.terminate()
    assert services.wait(timeout=90) == 128 + signal.SIGTERM
    services.stdout.close()
    assert gone(line)
    assert not Path(f"/proc/{child}").exists()


def test_services_do_not_outlive_a_kill():
    services = begin("print(os.getpid(), flush=True); time.sleep(600)")
    assert services.stdout is not None
    line, child = services.stdout.readline(), int(services.stdout.readline())
    services.kill()
    services.wait()
    services.stdout.close()
    folder = Path(line.split()[2]).parent
    deadline = time.monotonic() + 60
    while Path(f"/proc/{child}").exists() or any(listens(url) for url in line.split()[:2]):
        assert time.monotonic() < deadline, "a service outlived its starter"
        time.sleep(0.05)
    # Nobody was left to remove it.
    assert folder.name.startswith("diary-test-")
    shutil.rmtree(folder)
