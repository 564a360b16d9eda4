"""How far a drawing is, and its preview, in the cache: lost without harm, never the truth about a drawing."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from uuid import UUID

from django.core.cache import cache
from PIL import Image

KEEP_SECONDS = 120


@dataclass(frozen=True)
class Progress:
    """Steps done of all steps, and the tag of the newest preview ('' for none yet)."""

    step: int
    steps: int
    preview: str


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


def read(illustration_id: UUID | str) -> Progress | None:
    """Return how far a drawing is, or None where nothing is known."""
    found = cache.get(f"progress:{illustration_id}")
    return Progress(**found) if found else None


def read_preview(illustration_id: UUID | str) -> bytes | None:
    """Return the newest preview as WebP bytes, or None."""
    found = cache.get(f"preview:{illustration_id}")
    return base64.b64decode(found) if found else None


def forget(illustration_id: UUID | str) -> None:
    """Drop what the cache holds of a drawing that ended."""
    cache.delete_many([f"progress:{illustration_id}", f"preview:{illustration_id}"])
