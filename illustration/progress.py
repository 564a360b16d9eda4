"""How far a drawing is, and its preview, in the cache: lost without harm, never the truth about a drawing."""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar
from uuid import UUID

from django.core.cache import cache
from PIL import Image

KEEP_SECONDS = 120
# A cache that answers slower than this is left alone for a while: it must slow down neither pages nor drawings.
SLOW_SECONDS, REST_SECONDS = 0.4, 10.0

P = ParamSpec("P")
T = TypeVar("T")
_resting_until = 0.0


def _unless_slow(act: Callable[P, T]) -> Callable[P, T | None]:
    @wraps(act)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T | None:
        global _resting_until
        began = time.monotonic()
        if began < _resting_until:
            return None
        done = act(*args, **kwargs)
        if time.monotonic() - began > SLOW_SECONDS:
            _resting_until = time.monotonic() + REST_SECONDS
        return done

    return guarded


@dataclass(frozen=True)
class Progress:
    """Steps done of all steps, and the tag of the newest preview ('' for none yet)."""

    step: int
    steps: int
    preview: str


@_unless_slow
def publish(
    illustration_id: UUID | str, *, step: int, steps: int, preview: Image.Image | None = None
) -> None:
    """Tell how far a drawing is; a preview comes along at most twice a second."""
    key = f"progress:{illustration_id}"
    tag = ""
    if preview is not None:
        data = io.BytesIO()
        preview.save(data, "WEBP", quality=70, method=0)
        tag = str(step)
        cache.set(f"preview:{illustration_id}", base64.b64encode(data.getvalue()).decode(), KEEP_SECONDS)
    else:
        tag = (cache.get(key) or {}).get("preview", "")
    cache.set(key, {"step": step, "steps": steps, "preview": tag}, KEEP_SECONDS)


@_unless_slow
def read(illustration_id: UUID | str) -> Progress | None:
    """Return how far a drawing is, or None where nothing is known."""
    found = cache.get(f"progress:{illustration_id}")
    return Progress(**found) if found else None


@_unless_slow
def read_preview(illustration_id: UUID | str) -> bytes | None:
    """Return the newest preview as WebP bytes, or None."""
    found = cache.get(f"preview:{illustration_id}")
    return base64.b64decode(found) if found else None


@_unless_slow
def forget(illustration_id: UUID | str) -> None:
    """Drop what the cache holds of a drawing that ended."""
    cache.delete_many([f"progress:{illustration_id}", f"preview:{illustration_id}"])
