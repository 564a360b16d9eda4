"""What a command of the operator may rely on before Django is loaded: `.env`, folders, secret, socket path.

Standard library only. Settings themselves are read and checked by `diarysite.settings`.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import secrets
import socket
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# A unix socket's path may have 107 bytes; a little is kept for names beside it.
LONGEST_SOCKET_PATH = 100
LEAST_FREE_BYTES = 100_000_000


class CannotStart(Exception):
    """One line that tells the operator what to change."""


def read_env_file(path: Path) -> dict[str, str]:
    """Read KEY=VALUE lines; `#` begins a comment line, matching quotes around a value are dropped."""
    values: dict[str, str] = {}
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return values
    except (OSError, UnicodeDecodeError) as error:
        raise CannotStart(f"{path} cannot be read: {error}") from None
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        name, sign, value = line.removeprefix("export ").partition("=")
        name, value = name.strip(), value.strip()
        if not sign or not name.isidentifier():
            raise CannotStart(f"{path}, line {number}: write NAME=value")
        if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        values[name] = value
    return values


def load_env_file() -> None:
    """Add `.env` to the environment; what is set there already wins."""
    for name, value in read_env_file(ROOT / ".env").items():
        if not os.environ.get(name):
            os.environ[name] = value


def value(name: str, default: str = "") -> str:
    """Return the variable, or the default where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def var_folder() -> Path:
    """Return the folder for what the site keeps, made and found writable with room left."""
    folder = Path(value("VAR_DIR", str(ROOT / "var"))).expanduser().absolute()
    try:
        folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder) as probe:
            probe.write(b"\0" * 65536)
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise CannotStart(f"The disk is full: nothing can be written in {folder}") from None
        raise CannotStart(
            f"{folder} cannot be written: {error.strerror}; VAR_DIR names another folder"
        ) from None
    room = os.statvfs(folder)
    free = room.f_bavail * room.f_frsize
    if free < LEAST_FREE_BYTES:
        raise CannotStart(
            f"The disk is full: only {free // 1_000_000} MB are free in {folder}, 100 MB are needed"
        )
    return folder


def ensure_secret(var: Path) -> None:
    """Make the site's secret once, readable by its owner alone, unless SECRET_KEY is set."""
    path = var / "secret-key"
    if value("SECRET_KEY") or path.is_file():
        return
    # Written whole beside its place first: a start cut off half-way must not leave half a secret.
    descriptor, name = tempfile.mkstemp(dir=var, prefix="secret-key-")
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64) + "\n")
    os.chmod(name, 0o600)
    os.replace(name, path)


def broker_socket(var: Path) -> Path:
    """Return where the private broker listens: under var, or in a short private folder if var's path is long.

    The same var always gives the same place, so that a second command finds the running broker.
    """
    path = var / "broker.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        return path
    name = hashlib.sha256(os.fsencode(var)).hexdigest()[:12]
    folder = Path("/tmp") / f"diary-{os.getuid()}-{name}"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        about = folder.lstat()
    except OSError as error:
        raise CannotStart(
            f"{folder} cannot be made: {error.strerror}; set REDIS_URL or a shorter VAR_DIR"
        ) from None
    if about.st_uid != os.getuid() or about.st_mode & 0o077 or not folder.is_dir() or folder.is_symlink():
        raise CannotStart(f"{folder} belongs to somebody else; set REDIS_URL or a shorter VAR_DIR")
    return folder / "broker.sock"


def take_lock(var: Path) -> int:
    """Hold var for this process until it ends; refuse if another start holds it. Return the descriptor."""
    descriptor = os.open(var / "run.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        holder = os.pread(descriptor, 32, 0).decode(errors="replace").strip() or "unknown"
        os.close(descriptor)
        raise CannotStart(
            f"The site already runs from this folder (process {holder}); stop that one first"
        ) from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    return descriptor


def whole(name: str, default: int, *, low: int, high: int) -> int:
    """Read a whole number from low to high."""
    text = value(name, str(default))
    if not (text.isascii() and text.isdigit() and low <= int(text) <= high):
        raise CannotStart(f"{name} must be a whole number from {low} to {high}, not {text!r}")
    return int(text)


def check_port(address: str, port: int) -> None:
    """Raise unless this address and port can be listened on now."""
    try:
        family, _, _, _, place = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
    except socket.gaierror:
        raise CannotStart(f"BIND must be an address of this machine, not {address!r}") from None
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(place)
            probe.listen(1)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CannotStart(f"Port {port} is taken; choose another: make run PORT={port + 1}") from None
            if error.errno == errno.EACCES:
                raise CannotStart(f"Port {port} needs root; choose one from 1024 on") from None
            raise CannotStart(f"{address}:{port} cannot be listened on: {error.strerror}") from None
