"""Every address that the site answers, read off its URL resolver."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from tests.access.table import Route
from tests.access.world import World

PLACEHOLDER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


def addresses(
    patterns: list[Any] | None = None, namespace: str = "", prefix: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield the name and the pattern of every address; one without a name goes by its pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        place = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, inner, place)
        elif isinstance(pattern, URLPattern):
            yield (f"{namespace}{pattern.name}" if pattern.name else place), place


ADDRESSES = dict(addresses())


def address(route: Route, world: World) -> str:
    """Return the route's path with the world's things in its placeholders."""
    values = {name: world[thing] for name, thing in route.with_.items()}
    try:
        return reverse(route.name, kwargs=values)
    except NoReverseMatch:
        place = PLACEHOLDER.sub(lambda found: str(values[found[1] or found[2]]), ADDRESSES[route.name])
        return "/" + place.replace("^", "").replace("$", "")
