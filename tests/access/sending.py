"""What the requests of the table send along: each of them would be obeyed from someone who may."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.access.world import World
from tests.factories import PASSWORD

Payload = Callable[[World], dict[str, Any]]

SEND: dict[str, Payload] = {
    "nothing": lambda world: {},
    # Forms of the site
    "language": lambda world: {"language": "en"},
    "settings": lambda world: {
        "display_name": "New",
        "language": "en",
        "time_zone": "Asia/Seoul",
        "day_ends_at": "4",
        "default_style": world["style_id"],
        "paper": "squares",
        "look": "",
    },
    "page": lambda world: {
        "written_on": "2026-04-06",
        "body": "Another day.",
        "style": world["style_id"],
        "mode": "draw",
        "version": "1",
    },
    "card": lambda world: {"relation": "pet", "names": "Choco", "drawn_as": "dog", "look": "brown"},
    "draft": lambda world: {"fields": {"body": "A walk"}, "begun_on": 1, "seen": 0},
    "report": lambda world: {"reason": "scary"},
    # Bodies of the API
    "api-page": lambda world: {"written_on": "2026-04-06", "body": "Another day."},
    "api-settings": lambda world: {"language": "en"},
    "api-report": lambda world: {"reason": "scary"},
    "api-password": lambda world: {"password": PASSWORD},
    "api-sign-in": lambda world: {"email": "nobody@example.org", "password": "a wrong password"},
    "api-sign-up": lambda world: {"email": "new@example.org", "password": PASSWORD},
    "api-forgotten": lambda world: {"email": "nobody@example.org"},
    # Forms of the admin
    "decision": lambda world: {"act": "keep", "note": "Fine."},
    "suspension": lambda world: {"act": "suspend", "note": "Enough."},
    "account": lambda world: {"drawings_a_day": "3", "note": "More paper."},
}
HEADERS = {"api-page": {"If-Match": '"1"'}}
# What a page of the site sends by its script.
AS_JSON = frozenset({"draft"})
