"""Photographs beside a page: decoded, turned upright, re-encoded without metadata, and deleted with their page."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import IO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from diaries import validators
from diaries.models import Entry, Photo
from diaries.models.photo import DESCRIPTION_LENGTH, PHOTOS_MOST
from diaries.services.accounts import hold_writer
from illustration import storage

ORPHAN_SECONDS = 3600
FORMATS = ("JPEG", "PNG", "WEBP")
PHOTO_BYTES, PHOTO_PIXELS, PHOTO_SIDE = 15 * 2**20, 60_000_000, 2048


def add_photo(*, entry: Entry, file: IO[bytes], size: int) -> Photo:
    """Put a photograph beside a page.

    JPEG, PNG or WebP of at most 15 MiB and 60 million pixels; kept as WebP of at most 2048 pixels a side. Raises
    ValidationError for anything else, Suspended for a suspended writer, OSError where the disk refuses.
    """
    picture = _decode(file, size)
    names = storage.save_photo(picture)
    try:
        with transaction.atomic():
            hold_writer(entry.author)
            if entry.photos.count() >= PHOTOS_MOST:
                raise ValidationError(
                    _("A page has room for %(most)s photos."), code="too_many", params={"most": PHOTOS_MOST}
                )
            return Photo.objects.create(
                entry=entry, file=names[0], thumbnail=names[1], width=picture.width, height=picture.height
            )
    except BaseException:
        storage.remove(names)
        raise


def describe_photo(*, photo: Photo, description: str) -> None:
    """Keep in words what a photograph shows, for whoever cannot see it. Raises Suspended."""
    with transaction.atomic():
        hold_writer(photo.entry.author)
        Photo.objects.filter(pk=photo.pk).update(
            description=validators.clean_line(description, limit=DESCRIPTION_LENGTH)
        )


def tidy() -> None:
    """Remove files older than an hour that no page knows: a save that broke off leaves them."""
    storage.remove_orphans(ORPHAN_SECONDS, _named, folder=storage.PHOTOS)


def _named(names: list[str]) -> Iterator[str]:
    rows = Photo.objects.filter(Q(file__in=names) | Q(thumbnail__in=names))
    return chain.from_iterable(rows.values_list("file", "thumbnail"))


def _decode(file: IO[bytes], size: int) -> Image.Image:
    if size > PHOTO_BYTES:
        raise ValidationError(_("This photo is larger than 15 MB."), code="too_large")
    unfit = ValidationError(_("This is no photo that can be read (JPEG, PNG or WebP)."), code="unfit_photo")
    try:
        with Image.open(file, formats=FORMATS) as image:
            if image.width * image.height > PHOTO_PIXELS:
                raise ValidationError(_("This photo has too many pixels."), code="too_large")
            image.draft("RGB", (PHOTO_SIDE, PHOTO_SIDE))
            upright = ImageOps.exif_transpose(image)
            flat = Image.new("RGB", upright.size, "white")
            if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
                clear = upright.convert("RGBA")
                flat.paste(clear, mask=clear.getchannel("A"))
            else:
                flat = upright.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise unfit from None
    flat.thumbnail((PHOTO_SIDE, PHOTO_SIDE), Image.Resampling.LANCZOS)
    return flat
