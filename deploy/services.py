"""Runs a command with a private PostgreSQL and Redis beside it: `python -m deploy.services COMMAND …`.

Both listen on free ports of this machine, keep their data in a temporary folder, and are gone afterwards.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from deploy.supervisor import die_with_parent

START_SECONDS = 60.0


class ServiceFailed(Exception):
    """One line that tells why a service could not be started."""


def free_port() -> int:
    """Return a port that nobody listened on a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def postgres_program(name: str) -> str:
    """Return the path of a program of the newest PostgreSQL server installed here."""
    homes = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr/pgsql").glob("*/bin")]
    for home in sorted(homes, key=lambda path: float(path.parent.name), reverse=True):
        if (home / name).exists():
            return str(home / name)
    found = shutil.which(name)
    if not found:
        raise ServiceFailed(f"{name} of a PostgreSQL server was not found")
    return found


def unprivileged_user() -> str | None:
    """Return who the database must run as: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise ServiceFailed("root has no other user here to run PostgreSQL as")


def start(argv: list[str], *, user: str | None, log: Path, cwd: Path) -> subprocess.Popen[bytes]:
    """Start a service in a process group of its own that dies with this process."""
    account = pwd.getpwnam(user) if user else None
    with log.open("ab") as out:
        return subprocess.Popen(
            argv,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            process_group=0,
            preexec_fn=lambda: die_with_parent(signal.SIGKILL),
        )


def wait_until(ready: Callable[[], bool], service: subprocess.Popen[bytes], log: Path, name: str) -> None:
    """Return once the service answers; raise when it ends or takes too long."""
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if service.poll() is not None or time.monotonic() > deadline:
            tail = log.read_text(errors="replace").strip().splitlines()[-3:]
            raise ServiceFailed(f"{name} did not start: {' / '.join(tail)}")
        time.sleep(0.05)


def stop(service: subprocess.Popen[bytes], number: int) -> None:
    """Stop a service and its children; kill them when they take longer than 20 s."""
    with contextlib.suppress(ProcessLookupError):
        service.send_signal(number)
    with contextlib.suppress(subprocess.TimeoutExpired):
        service.wait(timeout=20)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(service.pid, signal.SIGKILL)
    service.wait()


@contextlib.contextmanager
def private_postgres(folder: Path, database: str = "diary") -> Iterator[str]:
    """Run a PostgreSQL for the length of the block; give its URL."""
    user, port, log = unprivileged_user(), free_port(), folder / "postgres.log"
    home, sockets = folder / "postgres", folder / "sockets"
    for path in (home, sockets):
        path.mkdir(mode=0o700)
        if user:
            shutil.chown(path, user)
    initdb = [postgres_program("initdb"), "-D", str(home), "-U", "postgres", "-A", "trust", "-E", "UTF8"]
    made = start([*initdb, "--locale=C.UTF-8", "--no-sync"], user=user, log=log, cwd=folder)
    if made.wait():
        tail = log.read_text(errors="replace").strip().splitlines()[-3:]
        raise ServiceFailed(f"initdb failed: {' / '.join(tail)}")
    options = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(sockets),
        "fsync": "off",
        "synchronous_commit": "on",
        "full_page_writes": "off",
        "max_connections": "200",
    }
    argv = [postgres_program("postgres"), "-D", str(home)]
    for name, setting in options.items():
        argv += ["-c", f"{name}={setting}"]
    service = start(argv, user=user, log=log, cwd=folder)

    def answers() -> bool:
        ask = [postgres_program("pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
        return subprocess.run(ask, check=False).returncode == 0

    try:
        wait_until(answers, service, log, "PostgreSQL")
        create = [
            postgres_program("createdb"),
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
            "-U",
            "postgres",
            database,
        ]
        subprocess.run(create, check=True)
        yield f"postgres://postgres@127.0.0.1:{port}/{database}"
    finally:
        # INT: PostgreSQL's fast shutdown, which waits for no client.
        stop(service, signal.SIGINT)


@contextlib.contextmanager
def private_redis(folder: Path) -> Iterator[str]:
    """Run a Redis for the length of the block; give its URL."""
    program = shutil.which("redis-server") or shutil.which("valkey-server")
    if not program:
        raise ServiceFailed("redis-server was not found")
    port, log, home = free_port(), folder / "redis.log", folder / "redis"
    home.mkdir(mode=0o700)
    argv = [program, "--port", str(port), "--bind", "127.0.0.1", "--dir", str(home), "--save", ""]
    service = start([*argv, "--appendonly", "no"], user=None, log=log, cwd=home)

    def answers() -> bool:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as line:
                line.sendall(b"PING\r\n")
                return line.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    try:
        wait_until(answers, service, log, "Redis")
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        stop(service, signal.SIGTERM)


def main(command: list[str]) -> int:
    if not command:
        print("usage: python -m deploy.services COMMAND …", file=sys.stderr)
        return 2

    def asked_to_stop(number: int, frame: object) -> None:
        raise SystemExit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, asked_to_stop)
    # Short: a unix socket's path has room for 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="diary-test-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        var = folder / "var"
        var.mkdir(mode=0o700)
        with private_postgres(folder) as database, private_redis(folder) as redis:
            added = {
                "DATABASE_URL": database,
                "TEST_DATABASE_URL": database,
                "REDIS_URL": redis,
                "VAR_DIR": str(var),
                "SECRET_KEY": "only-for-tests-" + "0123456789abcdef" * 4,
            }
            child = subprocess.Popen(
                command, env=os.environ | added, preexec_fn=lambda: die_with_parent(signal.SIGTERM)
            )
            try:
                return child.wait()
            except BaseException:
                # Ctrl-C reached the child too; a TERM to this process alone did not.
                child.terminate()
                with contextlib.suppress(subprocess.TimeoutExpired):
                    child.wait(timeout=30)
                child.kill()
                raise
    except ServiceFailed as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
