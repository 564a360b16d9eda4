"""Pure readers of environment variables: a wrong value raises a message an operator can act on.

Nothing here knows Django's settings; `diarysite.settings` is the only caller.
"""

from __future__ import annotations

import os
import re
import zoneinfo
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """Return the variable, or the default where it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    """Read yes/no, true/false, on/off or 1/0."""
    value = text(name).lower()
    if not value:
        return default
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {value!r}")


def number(name: str, default: float, *, low: float, high: float) -> float:
    """Read a number between low and high, both allowed."""
    value = text(name)
    if not value:
        return default
    try:
        result = float(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a number, not {value!r}") from None
    if not low <= result <= high:
        raise ImproperlyConfigured(f"{name} must be between {low:g} and {high:g}, not {value}")
    return result


def whole(name: str, default: int, *, low: int, high: int, step: int = 1) -> int:
    """Read a whole number between low and high, both allowed, that is a multiple of step."""
    result = number(name, default, low=low, high=high)
    if result != int(result):
        raise ImproperlyConfigured(f"{name} must be a whole number, not {result}")
    if result % step:
        raise ImproperlyConfigured(f"{name} must be a multiple of {step}, not {int(result)}")
    return int(result)


def choice(name: str, default: str, allowed: set[str]) -> str:
    """Read one of the allowed words."""
    value = text(name, default)
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} must be one of {', '.join(sorted(allowed))}, not {value!r}")
    return value


def time_zone(name: str, default: str) -> str:
    """Read an IANA time zone's name."""
    value = text(name, default)
    if value not in zoneinfo.available_timezones():
        raise ImproperlyConfigured(f"{name} must be a time zone such as Asia/Seoul, not {value!r}")
    return value


def words(name: str, default: str = "") -> list[str]:
    """Read a comma-separated list."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def rate(name: str, default: str) -> str:
    """Read a number of requests in a time, as 60/m (s, m, h or d); `off` gives ''."""
    value = text(name, default)
    if value == "off":
        return ""
    if not re.fullmatch(r"[1-9]\d{0,6}/[smhd]", value):
        raise ImproperlyConfigured(f"{name} must be like 60/m (s, m, h or d) or off, not {value!r}")
    return value


def folder(name: str, default: Path) -> Path:
    """Read an absolute or relative folder; it need not exist yet."""
    return Path(text(name, str(default))).expanduser().absolute()


def database(name: str, default: str) -> dict[str, object]:
    """Turn postgres://user:password@host:port/name?host=/socket or sqlite:////path into a Django database.

    What has a meaning in an address, as `#`, `?` and `%`, is written by its code: `%23`, `%3F`, `%25`.
    """
    url = urlsplit(text(name, default))
    if url.scheme == "sqlite":
        # Three slashes begin a relative path elsewhere; here they would name a file at the root.
        if url.netloc or not url.path.startswith("//") or url.query or url.fragment:
            raise ImproperlyConfigured(f"{name} names no file: write sqlite:////absolute/path")
        return {
            "ENGINE": "diarysite.sqlite",
            "NAME": unquote(url.path[1:]),
            # A writer that waits in line never sees "database is locked" (docs/decisions/0002).
            "OPTIONS": {
                "timeout": 20,
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
            },
        }
    if url.scheme in {"postgres", "postgresql"}:
        query = {key: values[-1] for key, values in parse_qs(url.query).items()}
        if not url.path.strip("/"):
            raise ImproperlyConfigured(f"{name} names no database")
        try:
            port = query.get("port") or url.port
        except ValueError:
            raise ImproperlyConfigured(f"{name} has a port that is not a number") from None
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path.lstrip("/")),
            "USER": unquote(url.username or query.get("user", "")),
            "PASSWORD": unquote(url.password or ""),
            "HOST": query.get("host") or url.hostname or "",
            "PORT": str(port or ""),
            # Lines that died with a restarted server are noticed when they leave the pool.
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
        }
    raise ImproperlyConfigured(f"{name} must begin with sqlite:// or postgres://, not {url.scheme!r}")


def redis(name: str, default: str) -> str:
    """Read a Redis server's URL: redis://host:port/0, rediss://… or unix:///path."""
    value = text(name, default)
    parts = urlsplit(value)
    if parts.scheme not in {"redis", "rediss", "unix", "redis+socket"}:
        raise ImproperlyConfigured(
            f"{name} must begin with redis://, rediss:// or unix://, not {parts.scheme!r}"
        )
    if "unix" in parts.scheme or "socket" in parts.scheme:
        if not parts.path.strip("/"):
            raise ImproperlyConfigured(f"{name} names no socket: write unix:///absolute/path")
        return f"unix://{value.partition('://')[2]}"
    try:
        if parts.hostname and (parts.port is None or parts.port):
            return value
    except ValueError:
        raise ImproperlyConfigured(f"{name} has a port that is not a number up to 65535") from None
    raise ImproperlyConfigured(f"{name} names no host: write redis://host:6379/0")


def redis_database(url: str, index: int) -> str:
    """Return the same Redis server's URL with another database number, for broker and cache apart."""
    parts = urlsplit(url)
    if parts.scheme == "unix":
        return f"unix://{parts.netloc}{parts.path}?db={index}"
    return parts._replace(path=f"/{index}").geturl()


def broker(url: str) -> str:
    """Return a Redis URL in Celery's spelling: its word for a unix socket is redis+socket."""
    parts = urlsplit(url)
    return f"redis+socket://{parts.netloc}{parts.path}" if parts.scheme == "unix" else url


def site_url(name: str, default: str) -> str:
    """Read the site's address, scheme and host and perhaps a port, without the last slash."""
    value = text(name, default).rstrip("/")
    if not re.fullmatch(r"https?://(\[[0-9a-fA-F:.]+\]|[^\s/:?#@\[\]]+)(:\d{1,5})?", value):
        raise ImproperlyConfigured(f"{name} must be like https://diary.example.org, not {value!r}")
    return value


def sender(name: str, default: str) -> str:
    """Read an e-mail address that mails come from, with or without a name: Diary <diary@example.org>."""
    value = text(name, default)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", parseaddr(value)[1]):
        raise ImproperlyConfigured(f"{name} must be an e-mail address, not {value!r}")
    return value
