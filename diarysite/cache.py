"""The site's cache: Redis, and while that is down, nothing at all and no harm done."""

from __future__ import annotations

from typing import Any

from django_redis.cache import RedisCache


class HarmlessRedisCache(RedisCache[Any]):
    """Reads miss and writes are dropped while Redis is down, as IGNORE_EXCEPTIONS has it; so are locks."""

    def add(self, *args: Any, **kwargs: Any) -> bool:
        """Add a value; True while Redis is down.

        Rate limits take their lock by `add`. A lock that nobody can get would turn every sign-in away.
        """
        added = super().add(*args, **kwargs)
        return True if added is None else bool(added)
