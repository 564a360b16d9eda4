"""Real worker processes for tests: start, wait for, kill and stop them. Conditions are waited for, never time."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from deploy.supervisor import die_with_parent
from illustration.models import Worker

ROOT = Path(__file__).resolve().parent.parent
SMALL_ENGINE = "tests.faults.small_engine.SmallEngine"
STARTER_ENGINE = "illustration.engine.diffusion.DiffusionEngine"
PATIENCE = 120.0
QUIET = ["--without-gossip", "--without-mingle"]
WORKER = ["worker", "-P", "solo", "-c", "1", "--prefetch-multiplier", "1", *QUIET]
CELERY = ["-m", "celery", "-A", "diarysite", *WORKER, "--loglevel", "INFO"]


def wait_until(
    condition: Callable[[], object],
    what: str,
    *,
    seconds: float = PATIENCE,
    meanwhile: Callable[[], object] = lambda: None,
) -> None:
    """Return once the condition holds; fail, saying what was waited for, when it takes too long."""
    deadline = time.monotonic() + seconds
    while not condition():
        meanwhile()
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:g} s in vain: {what}")
        time.sleep(0.05)


def database_url() -> str:
    """Return the URL of the database that this test runs on, for other processes."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{quote(str(database['NAME']))}"
    user, password = quote(database["USER"]), quote(database["PASSWORD"])
    secret = f":{password}" if password else ""
    place = f"?host={quote(database['HOST'], safe='')}&port={database['PORT']}"
    return f"postgres://{user}{secret}@/{quote(database['NAME'])}{place}"


class Process:
    """A child with its log in a file; it dies with this process and can be killed, stopped and started again."""

    def __init__(self, argv: list[str], *, log: Path, env: Mapping[str, str]) -> None:
        self.argv, self.log, self.env = argv, log, dict(env)
        self.start()

    def start(self) -> None:
        """Start it, anew after its death."""
        with self.log.open("ab") as out:
            self._popen = subprocess.Popen(
                [sys.executable, *self.argv],
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                process_group=0,
                preexec_fn=lambda: die_with_parent(signal.SIGKILL),
            )

    @property
    def pid(self) -> int:
        return self._popen.pid

    @property
    def status(self) -> int | None:
        """The exit status, negative for a signal; None while it runs."""
        return self._popen.poll()

    def words(self) -> str:
        """Everything it has logged."""
        return self.log.read_text(errors="replace")

    def signal(self, number: int) -> None:
        """Send a signal to this process alone."""
        self._popen.send_signal(number)

    def ended(self, *, seconds: float = PATIENCE) -> int:
        """Wait for its end and return its status."""
        try:
            return self._popen.wait(seconds)
        except subprocess.TimeoutExpired:
            raise AssertionError(f"process {self.pid} did not end: {self.words()[-2000:]}") from None

    def kill(self) -> None:
        """SIGKILL it with its children and reap it."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._popen.wait()


class Workers:
    """Starts the site's other processes against this test's database, pictures and broker."""

    def __init__(self, folder: Path, redis_url: str) -> None:
        self.folder, self.redis_url = folder, redis_url
        self.all: list[Process] = []

    def environment(self, **env: object) -> dict[str, str]:
        """Return the variables that make a child work on what this test works on."""
        added = {
            "DATABASE_URL": database_url(),
            "REDIS_URL": self.redis_url,
            "MEDIA_ROOT": settings.MEDIA_ROOT,
            "VAR_DIR": settings.VAR_DIR,
            "SECRET_KEY": settings.SECRET_KEY,
            "PICTURE_SIZE": settings.PICTURE_SIZE,
            "LEASE_SECONDS": settings.LEASE_SECONDS,
            "SWEEP_SECONDS": settings.SWEEP_SECONDS,
            "RETRY_SECONDS": settings.RETRY_SECONDS,
            "ATTEMPTS_MOST": settings.ATTEMPTS_MOST,
            "ENGINE": SMALL_ENGINE,
            "OMP_NUM_THREADS": "1",
            "PYTHONUNBUFFERED": "1",
            **env,
        }
        return os.environ | {name: str(value) for name, value in added.items()}

    def run(self, name: str, argv: list[str], **env: object) -> Process:
        """Start a child of Python; capital keywords are its environment."""
        log = self.folder / f"{name}-{len(self.all)}.log"
        process = Process(argv, log=log, env=self.environment(**env))
        self.all.append(process)
        return process

    def draw(self, *, engine: str = SMALL_ENGINE, wait: bool = True, **env: object) -> Process:
        """Start a Celery draw worker; wait until its row says that its engine is loaded."""
        name = f"draw{len(self.all)}"
        process = self.run(name, [*CELERY, "-Q", "draw", "-n", f"{name}@%h"], ENGINE=engine, **env)
        if wait:
            self.wait_ready(process)
        return process

    def light(self, **env: object) -> Process:
        """Start a Celery light worker with beat, which sweeps every SWEEP_SECONDS."""
        name = f"light{len(self.all)}"
        clock = ["-B", "-s", str(self.folder / f"{name}.beat")]
        return self.run(name, [*CELERY, "-Q", "light", *clock, "-n", f"{name}@%h"], **env)

    def manage(self, *arguments: str, **env: object) -> Process:
        """Start a management command."""
        return self.run(arguments[0], ["manage.py", *arguments], **env)

    def forked(self, **env: object) -> Process:
        """Start a Celery draw worker under a supervisor that restarts it at once; USR1 kills the worker."""
        name = f"forked{len(self.all)}"
        argv = [
            "-m",
            "tests.faults.forked_worker",
            *WORKER,
            "-Q",
            "draw",
            "-n",
            f"{name}@%h",
            "-l",
            "WARNING",
        ]
        process = self.run(name, argv, **{"DJANGO_SETTINGS_MODULE": "diarysite.settings"} | env)
        wait_until(lambda: "forked" in process.words(), "a forked worker")
        return process

    def wait_ready(self, process: Process) -> None:
        """Wait until a draw worker has loaded its engine."""

        def ready() -> bool:
            assert process.status is None, process.words()[-2000:]
            return Worker.objects.filter(ready=True, name__endswith=f":{process.pid}").exists()

        wait_until(ready, "a draw worker with its engine loaded")

    def stop(self) -> None:
        """Kill whatever still runs."""
        for process in self.all:
            process.kill()


@contextlib.contextmanager
def workers(folder: Path, redis_url: str) -> Iterator[Workers]:
    """Give a starter of processes, and end them all afterwards."""
    started = Workers(folder, redis_url)
    try:
        yield started
    finally:
        started.stop()
