"""`manage.py draw` and `manage.py read_scene`: the real model and the real reader, without web, queue or worker."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from illustration import loader
from illustration.models import Illustration, Style
from tests.processes import ROOT

DAY = "I went to the beach with my dog."


@pytest.fixture(scope="module")
def _loaded_once() -> Iterator[None]:
    """One engine for these tests, and none for those behind them."""
    loader._loaded = None
    yield
    loader._loaded = None


@pytest.fixture
def _starter(db: None, _loaded_once: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", "1")


def draw(out: Path, *options: str, text: str = DAY) -> str:
    """Draw in few pixels and two steps unless told otherwise; return what the command says."""
    said = io.StringIO()
    quick = ["--size", "64", "--steps", "2"]
    call_command(
        "draw", "--text", text, "--out", str(out), *quick, *options, stdout=said, stderr=io.StringIO()
    )
    return said.getvalue()


@pytest.mark.usefixtures("_starter")
def test_a_text_is_drawn_into_a_file(tmp_path: Path) -> None:
    said = draw(tmp_path / "day.webp", "--style", "watercolour", "--seed", "5")
    style = Style.objects.get(slug="watercolour")
    assert said.startswith(f"{tmp_path / 'day.webp'}: '{style.trigger}")
    assert said.endswith("seed 5\n")
    assert {"dog", "beach"} <= set(said.replace(",", " ").split())
    with Image.open(tmp_path / "day.webp") as picture:
        assert (picture.format, picture.size) == ("WEBP", (64, 64))
        assert b"trainedAlgorithmicMedia" in picture.info["xmp"]
        assert len(picture.convert("RGB").getcolors(64 * 64)) > 100
    assert not Illustration.objects.exists(), "the queue has nothing to do with it"


@pytest.mark.usefixtures("_starter")
def test_the_options_are_the_drawings_recipe(tmp_path: Path) -> None:
    def pixels(*options: str) -> bytes:
        draw(tmp_path / "day.png", "--seed", "5", *options)
        with Image.open(tmp_path / "day.png") as picture:
            return picture.tobytes()

    usual = pixels()
    assert pixels() == usual, "the same recipe gives the same picture"
    for other in (
        ["--seed", "6"],
        ["--steps", "3"],
        ["--scheduler", "euler_a"],
        ["--guidance", "1.5"],
        ["--style", "pixel"],
    ):
        assert pixels(*other) != usual, other


@pytest.mark.usefixtures("_starter")
def test_a_style_without_a_file_is_drawn_by_its_words(tmp_path: Path) -> None:
    Style.objects.create(slug="plain", name_en="Plain", name_ko="그냥", trigger="pencil sketch")
    assert "'pencil sketch" in draw(tmp_path / "day.png", "--style", "plain")


@pytest.mark.usefixtures("_starter")
@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--style", "oil"], "no style 'oil'; there are: crayon, watercolour, storybook, pixel"),
        (["--steps", "0"], "not drawn: a number is out of its range"),
        (["--guidance", "0"], "not drawn: a number is out of its range"),
        (["--seed", "-1"], "not drawn: a number is out of its range"),
        (["--size", "65"], "not drawn: a number is out of its range"),
        (["--scheduler", "magic"], "invalid choice: 'magic'"),
    ],
)
def test_what_cannot_be_drawn_is_told(options: list[str], problem: str, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=problem):
        draw(tmp_path / "day.webp", *options)
    assert not (tmp_path / "day.webp").exists()


@pytest.mark.parametrize(
    ("out", "problem"), [("day.gif", "must end in .webp or .png"), ("nowhere/day.png", "there is no folder")]
)
def test_a_file_that_cannot_be_written_is_told_before_anything_is_loaded(
    out: str, problem: str, tmp_path: Path
) -> None:
    with pytest.raises(CommandError, match=problem):
        draw(tmp_path / out)


@pytest.mark.django_db
def test_a_style_whose_file_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loader, "_loaded", None)
    Style.objects.create(slug="oil", name_en="Oil", name_ko="유화", adapter_file="adapters/oil.safetensors")
    with pytest.raises(CommandError, match="the style 'oil' cannot be used: no file at"):
        draw(tmp_path / "day.webp", "--style", "oil")


@pytest.mark.django_db
def test_a_model_that_is_missing_is_told(
    tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loader, "_loaded", None)
    settings.MODEL_PATH = tmp_path
    with pytest.raises(CommandError, match="the engine cannot load: "):
        draw(tmp_path / "day.webp")


def manage(*arguments: str, folder: Path, given: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command on a database of which nothing is there yet."""
    env = {
        "DATABASE_URL": f"sqlite:///{folder / 'new.sqlite3'}",
        "VAR_DIR": str(folder),
        "SECRET_KEY": "x" * 50,
    }
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=os.environ | env | {"OMP_NUM_THREADS": "1"},
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )


def test_drawing_without_a_migrated_database_ends_in_one_line(tmp_path: Path) -> None:
    done = manage("draw", "--text", DAY, "--out", str(tmp_path / "day.webp"), folder=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith("CommandError: the styles cannot be read from the database (no such table")
    assert "manage.py migrate" in line


@pytest.mark.parametrize(
    ("text", "language", "drawn"),
    [
        ("오늘은 비가 와서 집에서 고양이랑 놀았다.", "ko", "cat"),
        ("It rained, so I read with my cat.", "en", "cat"),
    ],
    ids=["ko", "en"],
)
def test_a_text_on_standard_input_is_read_into_json(
    text: str, language: str, drawn: str, tmp_path: Path
) -> None:
    done = manage("read_scene", folder=tmp_path, given=text)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert list(answer) == ["language", "scene", "asked", "prompt", "negative_prompt"]
    assert answer["language"] == answer["scene"]["language"] == language
    assert drawn in [item["word"] for item in answer["scene"]["things"]]
    assert [item["word"] for item in answer["scene"]["weather"]] == ["rainy"]
    assert {"ko": "고양이", "en": "cat", "state": "drawn"}.items() <= answer["asked"][1].items()
    assert drawn in answer["prompt"]
    assert answer["negative_prompt"]


def test_the_picks_the_title_and_the_keywords_are_read_too(tmp_path: Path) -> None:
    done = manage(
        "read_scene",
        *("--weather", "snowy", "--title", "My rabbit", "--keyword", "풍선", "--mood", "sad"),
        folder=tmp_path,
        given="We played.",
    )
    answer = json.loads(done.stdout)
    assert [item["word"] for item in answer["scene"]["weather"]] == ["snowy"]
    assert "rabbit" in answer["prompt"]
    assert "balloon" in answer["prompt"]


def test_a_text_of_nothing_is_a_scene_as_well(tmp_path: Path) -> None:
    done = manage("read_scene", folder=tmp_path, given="")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["prompt"]
