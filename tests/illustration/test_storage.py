"""Pictures on disk: whole or not at all, marked as AI's, named at random, and only in their folder."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from illustration import storage
from tests.faults.diary import stored_files


@pytest.fixture
def image() -> Image.Image:
    picture = Image.radial_gradient("L").convert("RGB")
    picture.info |= {"prompt": "a secret", "exif": b"Exif\x00\x00secret", "icc_profile": None}
    return picture


def test_a_picture_and_its_thumbnail_are_webp_under_random_names(image: Image.Image) -> None:
    first, second = storage.save_picture(image), storage.save_picture(image)
    assert len({*first, *second}) == 4
    with Image.open(storage.full_path(first[0])) as stored, Image.open(storage.full_path(first[1])) as small:
        assert (stored.format, stored.size) == ("WEBP", image.size)
        assert (small.format, max(small.size)) == ("WEBP", storage.THUMBNAIL_SIZE)


@pytest.mark.parametrize("which", [0, 1])
def test_a_file_is_marked_as_made_by_ai_and_tells_nothing_else(which: int, image: Image.Image) -> None:
    path = storage.full_path(storage.save_picture(image)[which])
    with Image.open(path) as stored:
        assert b"trainedAlgorithmicMedia" in stored.info["xmp"]
        assert stored.info.keys() <= {"xmp", "loop", "background", "duration", "timestamp"}
    assert b"secret" not in path.read_bytes()


@pytest.mark.parametrize("name", ["../secret-key", "/etc/passwd", "aa/../../x.webp", "", ".."])
def test_a_name_that_leaves_the_folder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not the name of a stored picture"):
        storage.full_path(name)


def test_a_link_that_leads_out_of_the_folder_is_refused(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "aa").symlink_to(tmp_path)
    with pytest.raises(ValueError, match="not the name of a stored picture"):
        storage.full_path("aa/x.webp")


def test_a_picture_and_its_name_are_on_the_disk_before_its_row_may_say_so(
    image: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[tuple[int, set[str]]] = []
    fsync = os.fsync

    def watched(descriptor: int) -> None:
        synced.append((os.fstat(descriptor).st_ino, stored_files()))
        fsync(descriptor)

    monkeypatch.setattr(storage.os, "fsync", watched)
    names = storage.save_picture(image)
    files = {storage.full_path(name).stat().st_ino for name in names}
    assert files <= {number for number, _ in synced}
    folder = storage.full_path(names[0]).parent
    for place in (folder, folder.parent):
        assert (place.stat().st_ino, set(names)) in synced


def test_a_file_system_that_cannot_sync_folders_stores_pictures(
    image: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    fsync = os.fsync

    def files_alone(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
        fsync(descriptor)

    monkeypatch.setattr(storage.os, "fsync", files_alone)
    assert set(storage.save_picture(image)) == stored_files()


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_disk_that_refuses_leaves_no_file(
    broken: str, image: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if broken == "fsync":
        monkeypatch.setattr(storage.os, "fsync", refuse)
    else:
        monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="No space left"):
        storage.save_picture(image)
    assert stored_files() == set()


def test_a_file_that_cannot_be_decoded_again_is_not_kept(
    image: Image.Image, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Image.Image, "save", lambda image, file, *args, **kwargs: file.write(b"RIFF" * 9))
    with pytest.raises(OSError, match="cannot identify image"):
        storage.save_picture(image)
    assert stored_files() == set()


def test_removing_what_is_gone_already_is_fine(image: Image.Image) -> None:
    names = storage.save_picture(image)
    storage.remove([*names, ""])
    storage.remove(names)
    assert stored_files() == set()
