"""The site's cache: Redis, and while that is down, nothing at all and no harm done."""

from __future__ import annotations

import time
from typing import Any

import redis
from django_redis.cache import RedisCache

REST_SECONDS = 5.0


class RestingPool(redis.ConnectionPool):
    """After a connection that failed, asks for none for a few seconds, but fails at once.

    A Redis that accepts and never answers would else cost every call its timeout, and a sign-in makes twenty.
    """

    _resting_until = 0.0

    def get_connection(self, *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < self._resting_until:
            raise redis.ConnectionError("Redis did not answer a moment ago")
        try:
            return super().get_connection(*args, **kwargs)
        except (redis.ConnectionError, redis.TimeoutError):
            self._resting_until = time.monotonic() + REST_SECONDS
            raise


class HarmlessRedisCache(RedisCache[Any]):
    """Reads miss and writes are dropped while Redis is down, as IGNORE_EXCEPTIONS has it; so are locks."""

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """Add a value; True while Redis is down.

        Rate limits take their lock by `add`. A lock that nobody can get would turn every sign-in away.
        """
        added = super().add(*args, **kwargs)
        return True if added is None else bool(added)
