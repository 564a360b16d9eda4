"""A stored picture with nothing left but its colours, made where the picture lies: the clear one is never sent."""

from __future__ import annotations

import io

from PIL import Image, ImageFilter

from illustration import storage

POINTS = 12


def blurred(name: str) -> bytes:
    """Return a stored picture as WebP bytes, blurred past recognition. Raises FileNotFoundError, OSError."""
    with Image.open(storage.full_path(name)) as picture:
        rgb = picture.convert("RGB")
    small = rgb.resize((POINTS, max(1, POINTS * rgb.height // rgb.width)), Image.Resampling.BOX)
    large = small.resize(rgb.size, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(rgb.width / 24))
    data = io.BytesIO()
    large.save(data, "WEBP", quality=60, method=0)
    return data.getvalue()
