"""Photographs beside a page: pixels alone are kept, upright and small, and they go when their page goes."""

from __future__ import annotations

import io
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from diaries.models import Entry, Photo, User
from diaries.services import accounts, entries, photos
from illustration import queue, storage
from tests.factories import EntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry(author: User) -> Entry:
    return EntryFactory(author=author)


def photo_file(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **more: Any) -> io.BytesIO:
    data = io.BytesIO()
    Image.new("RGB", size, "green").save(data, kind, **more)
    data.seek(0)
    return data


def add(entry: Entry, data: io.BytesIO) -> Photo:
    return photos.add_photo(entry=entry, file=data, size=len(data.getvalue()))


def kept_files() -> list[Path]:
    return [path for path in storage.full_path(storage.PHOTOS).rglob("*") if path.is_file()]


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_is_kept_as_webp(entry: Entry, kind: str) -> None:
    photo = add(entry, photo_file(kind))
    with Image.open(storage.full_path(photo.file)) as kept:
        assert kept.format == "WEBP"
        assert kept.size == (photo.width, photo.height) == (60, 40)


def test_what_the_camera_wrote_is_gone_and_the_picture_stands_upright(entry: Entry) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "Camera of somebody"
    exif.get_ifd(0x8825)[2] = (37.0, 33.0, 0.0)
    photo = add(entry, photo_file(size=(60, 40), exif=exif.tobytes()))
    data = storage.full_path(photo.file).read_bytes()
    assert (photo.width, photo.height) == (40, 60)
    assert b"Camera" not in data
    assert b"EXIF" not in data


def test_a_large_photo_is_made_smaller(entry: Entry) -> None:
    photo = add(entry, photo_file(size=(4200, 2100)))
    assert (photo.width, photo.height) == (2048, 1024)


def test_a_see_through_photo_stands_on_white(entry: Entry) -> None:
    data = io.BytesIO()
    Image.new("RGBA", (20, 20), (0, 0, 0, 0)).save(data, "PNG")
    data.seek(0)
    photo = add(entry, data)
    with Image.open(storage.full_path(photo.file)) as kept:
        assert min(kept.convert("RGB").getpixel((10, 10))) > 250


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"words",
        b"\xff\xd8\xff\xe0 cut short",
        photo_file("GIF").getvalue(),
        photo_file("BMP").getvalue(),
    ],
)
def test_what_is_no_photo_is_refused(entry: Entry, data: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        add(entry, io.BytesIO(data))
    assert refused.value.code == "unfit_photo"
    assert not Photo.objects.exists()


def test_a_picture_with_too_many_pixels_is_refused_before_it_is_decoded(entry: Entry) -> None:
    data = io.BytesIO()
    Image.new("1", (9000, 9000)).save(data, "PNG")
    with pytest.raises(ValidationError):
        add(entry, data)


def test_a_file_that_is_too_large_is_refused(entry: Entry) -> None:
    with pytest.raises(ValidationError):
        photos.add_photo(entry=entry, file=photo_file(), size=photos.PHOTO_BYTES + 1)


def test_a_page_has_room_for_four(entry: Entry) -> None:
    for _ in range(4):
        add(entry, photo_file())
    with pytest.raises(ValidationError):
        add(entry, photo_file())
    assert len(kept_files()) == 8


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("goes", ["page", "account", "photo"])
def test_files_go_with_what_they_belong_to(entry: Entry, goes: str) -> None:
    photo = add(entry, photo_file())
    if goes == "page":
        entries.delete_entry(entry=entry)
    elif goes == "account":
        accounts.delete_account(user=entry.author)
    else:
        Photo.objects.filter(pk=photo.pk).discard()
    assert not Photo.objects.exists()
    assert kept_files() == []


def test_tidying_up_takes_lost_files_and_leaves_the_others(entry: Entry) -> None:
    photo = add(entry, photo_file())
    storage.save_photo(Image.new("RGB", (8, 8)))
    long_ago = time.time() - 2 * photos.ORPHAN_SECONDS
    for path in kept_files():
        os.utime(path, (long_ago, long_ago))
    queue.tidy()
    assert len(kept_files()) == 4
    photos.tidy()
    assert sorted(kept_files()) == sorted(storage.full_path(name) for name in (photo.file, photo.thumbnail))


def test_the_page_takes_what_fits_and_says_what_does_not(
    entry: Entry, author: User, signed_in: Callable[[User], Client]
) -> None:
    sent = [
        SimpleUploadedFile("one.jpg", photo_file().getvalue(), "image/jpeg"),
        SimpleUploadedFile("two.jpg", b"words", "image/jpeg"),
    ]
    address = reverse("diaries:photo-add", args=[entry.pk])
    answer = signed_in(author).post(address, {"photos": sent}, follow=True)
    assert "The photo is beside your page." in answer.content.decode()
    assert "no photo that can be read" in answer.content.decode()
    assert entry.photos.count() == 1


def test_a_photo_opens_large_and_keeps_what_it_shows_in_words(
    entry: Entry, author: User, signed_in: Callable[[User], Client]
) -> None:
    photo = add(entry, photo_file())
    other = add(entry, photo_file())
    client = signed_in(author)
    address = reverse("diaries:photo-detail", args=[photo.pk])
    page = client.get(address).content.decode()
    assert reverse("diaries:photo", args=[photo.pk]) in page
    assert 'alt="Photo 1 of this page"' in page
    assert reverse("diaries:photo-detail", args=[other.pk]) in page

    client.post(address, {"description": "  My dog,\nin the sea "})
    photo.refresh_from_db()
    assert photo.description == "My dog, in the sea"
    for shown in (address, reverse("diaries:entry-detail", args=[entry.pk])):
        assert 'alt="My dog, in the sea"' in client.get(shown).content.decode()


def test_words_too_long_for_a_photo_come_back(
    entry: Entry, author: User, signed_in: Callable[[User], Client]
) -> None:
    photo = add(entry, photo_file())
    answer = signed_in(author).post(
        reverse("diaries:photo-detail", args=[photo.pk]), {"description": "long " * 60}
    )
    assert answer.status_code == 422
    assert "long long" in answer.content.decode()
    photo.refresh_from_db()
    assert photo.description == ""
