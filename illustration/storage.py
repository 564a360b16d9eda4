"""Pictures on disk: written whole or not at all, under random names; pixels only, with the AI mark and no prompt."""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from PIL import Image

THUMBNAIL_SIZE = 192
# SQLite takes a limited number of values in one statement.
NAMES_AT_ONCE = 500
# Apart from the drawings: whoever tidies those up must not find them.
PHOTOS = "photos"
# IPTC's digital source type for pictures made by a trained model; XMP is what WebP readers look for.
AI_MARK = (
    b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/" '
    b'Iptc4xmpExt:DigitalSourceType="http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"/>'
    b"</rdf:RDF></x:xmpmeta>"
)


def full_path(name: str) -> Path:
    """Return where a stored picture lies; raises ValueError for a name that leaves the pictures' folder."""
    root = Path(settings.MEDIA_ROOT)
    path = (root / name).resolve()
    if not name or not path.is_relative_to(root.resolve()):
        raise ValueError("not the name of a stored picture")
    return path


def save_picture(image: Image.Image) -> tuple[str, str]:
    """Store a picture and its thumbnail as WebP; return both names. Raises OSError where the disk refuses."""
    return _save(image, "", quality=92, xmp=AI_MARK)


def save_photo(image: Image.Image) -> tuple[str, str]:
    """Store a writer's photograph and its thumbnail as WebP, pixels alone; return both names. Raises OSError."""
    return _save(image, f"{PHOTOS}/", quality=85, xmp=b"")


def _save(image: Image.Image, prefix: str, *, quality: int, xmp: bytes) -> tuple[str, str]:
    stem = secrets.token_hex(16)
    names = f"{prefix}{stem[:2]}/{stem}.webp", f"{prefix}{stem[:2]}/{secrets.token_hex(16)}.webp"
    small = image.copy()
    small.thumbnail((THUMBNAIL_SIZE, THUMBNAIL_SIZE), Image.Resampling.LANCZOS)
    try:
        _write(image, names[0], quality=quality, xmp=xmp)
        _write(small, names[1], quality=85, xmp=xmp)
        # Their names, and the folder's own, must outlive a power cut as well.
        for folder in (full_path(names[0]).parent, Path(settings.MEDIA_ROOT) / prefix):
            _sync(folder)
    except BaseException:
        remove(names)
        raise
    return names


def probe() -> None:
    """Write and remove a small picture; raises OSError where the pictures' folder takes none."""
    remove(save_picture(Image.new("RGB", (8, 8))))


def _write(image: Image.Image, name: str, *, quality: int, xmp: bytes) -> None:
    path = full_path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        with part.open("wb") as file:
            image.save(file, "WEBP", quality=quality, method=4, xmp=xmp)
            file.flush()
            os.fsync(file.fileno())
        with Image.open(part) as check:
            check.load()
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network file systems know no such thing; they keep names by their own rules.
        if error.errno not in {errno.EINVAL, errno.EBADF, errno.ENOTSUP}:
            raise
    finally:
        os.close(descriptor)


def remove(names: Iterable[str]) -> None:
    """Delete stored pictures; a file that is gone already is no error."""
    for name in names:
        if name:
            full_path(name).unlink(missing_ok=True)


def stored_before(age_seconds: float, *, folder: str = "") -> Iterator[str]:
    """Yield the names of stored drawings, or of PHOTOS, older than an age; unfinished parts are among them."""
    root, limit = Path(settings.MEDIA_ROOT), time.time() - age_seconds
    for path in (root / folder).glob("??/*"):
        try:
            if path.stat().st_mtime < limit:
                yield str(path.relative_to(root))
        except FileNotFoundError:
            continue


def remove_orphans(
    age_seconds: float, named: Callable[[list[str]], Iterable[str]], *, folder: str = ""
) -> int:
    """Remove stored files older than an age that no row names; return how many. `named` picks those that one does."""
    names = list(stored_before(age_seconds, folder=folder))
    orphans = set(names)
    for start in range(0, len(names), NAMES_AT_ONCE):
        orphans.difference_update(named(names[start : start + NAMES_AT_ONCE]))
    remove(orphans)
    return len(orphans)
