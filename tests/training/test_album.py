"""What an operator puts into the folder of pictures: what is taken from it, and how clearly the rest is refused."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from illustration.training.album import Album, read_album
from illustration.training.loop import TrainingError

RED, GREEN, BLUE = (220, 30, 30), (30, 160, 30), (30, 30, 220)


def draw(path: Path, colour: tuple[int, int, int] = RED, size: tuple[int, int] = (80, 80)) -> Path:
    Image.new("RGB", size, colour).save(path)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three pictures, named as people and cameras name them, beside files that are none."""
    draw(tmp_path / "a dog-at_the beach 2.png", RED)
    draw(tmp_path / "IMG_0231.jpg", GREEN)
    draw(tmp_path / unicodedata.normalize("NFD", "강아지.webp"), BLUE)
    (tmp_path / "notes.odt").write_text("no picture")
    (tmp_path / ".hidden.png").write_text("nor this")
    return tmp_path


def captions(album: Album) -> list[str]:
    return [album.captions[first] for first in album.firsts]


def refusal(folder: Path, captions: Path | None = None) -> str:
    with pytest.raises(TrainingError) as caught:
        read_album(folder, side=64, captions=captions)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_pictures_are_described_by_their_names(folder: Path) -> None:
    album = read_album(folder, side=64)
    assert captions(album) == ["", "a dog at the beach", "강아지"]
    assert album.views.shape == (6, 64, 64, 3), "each once more, mirrored"
    assert album.pictures == 3
    assert read_album(folder, side=64, mirrored=False).views.shape[0] == 3


def test_a_text_beside_a_picture_wins_and_is_put_into_words(folder: Path) -> None:
    (folder / "IMG_0231.txt").write_text("a cat\n")
    assert captions(read_album(folder, side=64, words_of=str.upper))[0] == "A CAT"


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_a_file_of_captions_wins_over_both(folder: Path, ending: str) -> None:
    (folder / "IMG_0231.txt").write_text("a cat")
    file = folder / f"captions.{ending}"
    if ending == "csv":
        file.write_text('\ufefffile_name,text\nIMG_0231.jpg,"a girl, sunny"\n', encoding="utf-8")
    else:
        file.write_text(json.dumps({"file_name": "IMG_0231.jpg", "text": "a girl, sunny"}) + "\n\n")
    album = read_album(folder, side=64, captions=file)
    assert captions(album) == ["a girl, sunny", "a dog at the beach", "강아지"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_file_of_captions_may_spell_hangul_otherwise_than_the_folder(folder: Path, form: str) -> None:
    file = folder / "captions.csv"
    name = unicodedata.normalize(form, "강아지.webp")  # type: ignore[arg-type]
    file.write_text(f"file_name,text\n{name},a dog\n", encoding="utf-8")
    assert captions(read_album(folder, side=64, captions=file))[2] == "a dog"


@pytest.mark.parametrize(
    "name",
    [
        "WhatsApp Image 2024-01-02 at 10.20.30 AM",
        "Screenshot 2024-01-02 at 10.20.30",
        "그림일기 3",
        "사진 12",
        "제목 없음",
    ],
)
def test_a_name_that_a_machine_gave_says_nothing(folder: Path, name: str) -> None:
    (folder / "a dog-at_the beach 2.png").rename(folder / f"{name}.png")
    assert "a dog at the beach" not in (said := captions(read_album(folder, side=64)))
    assert sorted(said) == ["", "", "강아지"]


def test_a_long_picture_shows_its_ends_too(folder: Path) -> None:
    wide = Image.new("RGB", (300, 100), RED)
    wide.paste(BLUE, (200, 0, 300, 100))
    wide.save(folder / "IMG_0231.jpg", quality=95)
    album = read_album(folder, side=64, mirrored=False)
    assert album.views.shape[0] == 5
    ends = album.views[1:3].mean(axis=(1, 2))
    np.testing.assert_allclose(ends, [RED, BLUE], atol=12)


def test_a_turned_and_a_transparent_picture_look_as_they_are_meant(folder: Path) -> None:
    turned = Image.new("RGB", (80, 80), GREEN)
    turned.paste(RED, (0, 0, 80, 40))
    exif = Image.Exif()
    exif[0x0112] = 3  # upside down
    turned.save(folder / "IMG_0231.jpg", exif=exif, quality=95)
    Image.new("RGBA", (80, 80), (0, 0, 0, 0)).save(folder / "a dog-at_the beach 2.png")
    views = read_album(folder, side=64, mirrored=False).views
    np.testing.assert_allclose(views[0][:20].mean(axis=(0, 1)), GREEN, atol=12)
    assert views[1].min() == 255


def test_one_picture_three_times_is_one_picture(tmp_path: Path) -> None:
    for number in range(3):
        draw(tmp_path / f"{number}.png")
    assert "1 different pictures" in refusal(tmp_path)


@pytest.mark.parametrize("count", [0, 2])
def test_too_few_pictures(tmp_path: Path, count: int) -> None:
    for number in range(count):
        draw(tmp_path / f"{number}.png")
    assert f"holds {count} pictures" in refusal(tmp_path)


def test_no_such_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path / "nowhere") == f"{tmp_path}/nowhere cannot be read: No such file or directory"


def test_a_text_with_a_pictures_name(folder: Path) -> None:
    (folder / "diary.png").write_text("오늘은 바다에 갔다")
    assert refusal(folder) == f"{folder}/diary.png is no picture, whatever its name says"


def test_a_picture_cut_short(folder: Path) -> None:
    Image.effect_noise((200, 200), 80).save(folder / "cut.png")
    whole = (folder / "cut.png").read_bytes()
    (folder / "cut.png").write_bytes(whole[: len(whole) // 2])
    assert f"{folder}/cut.png cannot be read: " in refusal(folder)


def test_a_picture_too_small_to_learn_from(folder: Path) -> None:
    draw(folder / "icon.png", size=(32, 200))
    assert "icon.png is 32×200 pixels: 64 a side are the least" in refusal(folder)


def test_a_picture_of_too_many_pixels(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 1000)
    assert "has too many pixels" in refusal(folder)


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("c.csv", b"file_name,text\nother.png,a dog\n", "line 2: there is no picture 'other.png'"),
        ("c.csv", b"name,words\nIMG_0231.jpg,a dog\n", "line 2: it needs file_name and text"),
        ("c.csv", b"file_name,text\n", "describes no picture"),
        ("c.csv", "file_name,text\nIMG_0231.jpg,개\n".encode("cp949"), "is not written in UTF-8"),
        ("c.jsonl", b'{"file_name": "IMG_0231.jpg", "text"', "line 1: not JSON"),
        ("c.jsonl", b"[1]\n", "line 1: it needs file_name and text"),
    ],
)
def test_captions_that_cannot_be_used(folder: Path, name: str, content: bytes, problem: str) -> None:
    (folder / name).write_bytes(content)
    assert problem in refusal(folder, folder / name)


def test_captions_that_are_not_there(folder: Path) -> None:
    assert "cannot be read: No such file" in refusal(folder, folder / "nowhere.csv")
