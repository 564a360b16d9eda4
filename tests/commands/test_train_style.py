"""`manage.py train_style`: from a folder of pictures to a style that the site draws in, or to one line and nothing."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from illustration import loader, queue, samples, storage
from illustration.management.commands.train_style import _words_of
from illustration.models import Illustration, Status, Style
from tests.engine.tiny_model import build_model
from tests.processes import ROOT

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_model(tmp_path_factory.mktemp("site") / "model")


@pytest.fixture(autouse=True)
def site(settings: Any, tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site that draws with the small model and keeps everything in this test's folder."""
    settings.MODEL_PATH, settings.VAR_DIR, settings.PICTURE_SIZE = model, tmp_path / "var", 64
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    monkeypatch.setattr(loader, "_loaded", None)
    Style.objects.all().delete()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    folder = tmp_path / "엄마의 그림"
    folder.mkdir()
    for number, name in enumerate(("강아지와 바다", "a cat in the rain", "IMG_1")):
        Image.new("RGB", (80, 80), (250, 40 * number, 0)).save(folder / f"{name}.png")
    return folder


def train(images: Path, *options: str, name: str = "엄마 그림") -> str:
    """Two steps of training; what the command says."""
    said = io.StringIO()
    quick = ("--steps", "2", "--drawing-steps", "2", "--batch", "2", "--rank", "2")
    call_command("train_style", "--name", name, "--images", str(images), *quick, *options, stdout=said)
    return said.getvalue()


def left_behind(tmp_path: Path) -> list[str]:
    """Adapters, samples and rows of a style that did not come to be."""
    files = [*(tmp_path / "var" / "styles").glob("*"), *(tmp_path / "pictures").glob("??/*")]
    return [
        *map(str, files),
        *Style.objects.values_list("slug", flat=True),
        *map(str, Illustration.objects.all()),
    ]


def test_a_style_is_trained_and_the_site_draws_in_it(pictures: Path, tmp_path: Path) -> None:
    said = train(pictures, "--name-en", "Mum's drawings", "--scheduler", "euler", "--weight", "0.8")
    style = Style.objects.get()
    assert (style.slug, style.name_ko, style.name_en) == ("mums-drawings", "엄마 그림", "Mum's drawings")
    assert (style.trigger, style.weight, style.active) == ("mums drawings style", 0.8, True)
    assert (style.scheduler, style.steps, style.guidance_scale) == ("euler", 2, None)
    assert f"style 'mums-drawings' from 3 pictures, offered to writers: {style.adapter_path}" in said
    assert style.adapter_path.parent == tmp_path / "var" / "styles"

    with Image.open(style.sample_path) as sample:
        assert (sample.format, sample.size) == ("WEBP", (64, 64))
        assert b"trainedAlgorithmicMedia" in sample.info["xmp"]
    row = samples.of(style).get()
    assert (row.status, row.picture) == (Status.READY, style.sample)
    assert row.prompt.startswith("mums drawings style")
    for path in (tmp_path / "pictures").glob("??/*"):
        long_ago = time.time() - 10 * queue.ORPHAN_SECONDS
        os.utime(path, (long_ago, long_ago))
    queue.tidy()
    assert style.sample_path.is_file(), "the sample is nobody's orphan"

    (sheet,) = (tmp_path / "var").rglob("*-before-after.png")
    with Image.open(sheet) as shown:
        assert shown.height > 3 * 64
    assert not list((tmp_path / "var").rglob("*.pt")), "a finished training needs no checkpoint"

    assert loader.engine().unfit_styles == {}
    out = tmp_path / "day.png"
    call_command(
        "draw", "--text", "I saw a dog.", "--style", "mums-drawings", "--out", str(out), stdout=io.StringIO(),
        stderr=io.StringIO(),
    )  # fmt: skip
    assert out.is_file()


def test_a_name_without_latin_letters_has_the_same_short_name_every_time(
    pictures: Path, tmp_path: Path
) -> None:
    train(pictures)
    first = Style.objects.get()
    assert first.slug.startswith("style-")
    assert first.trigger == "hand drawn style"
    with pytest.raises(CommandError, match=f"there is a style '{first.slug}' already \\(엄마 그림\\)"):
        train(pictures)
    train(pictures, "--replace", "--inactive", "--trigger", "crayon drawing")
    again = Style.objects.get()
    assert (again.pk, again.trigger, again.active) == (first.pk, "crayon drawing", False)
    assert again.adapter_path != first.adapter_path
    assert samples.of(again).count() == 1


def test_a_style_of_another_model_is_written_but_not_offered(
    pictures: Path, tmp_path: Path, model: Path, settings: Any
) -> None:
    settings.MODEL_PATH = tmp_path / "elsewhere"
    said = train(pictures, "--model", str(model), "--resolution", "64", "--out", str(tmp_path / "made"))
    assert "not offered: this site draws with" in said
    assert len(list((tmp_path / "made").glob("*.safetensors"))) == 1
    assert not Style.objects.exists()


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--rank", "0"], "--rank goes from 1 to 256"),
        (["--guidance", "nan"], "--guidance goes from 1 to 20"),
        (["--scheduler", "magic"], "invalid choice: 'magic'"),
        (["--slug", "엄마"], "--slug takes a to z, digits and hyphens"),
        (["--name-en", "x" * 41], "--name and --name-en take 1 to 40 letters"),
        (["--trigger", "x" * 101], "--trigger takes 100 letters at most"),
        (["--resolution", "66"], "no style was added: 66 pixels do not suit model: take a multiple of 4"),
        (["--images", "/nowhere"], "no style was added: /nowhere cannot be read: No such file"),
        (["--captions", "/nowhere.csv"], "no style was added: /nowhere.csv cannot be read"),
        (["--model", "/nowhere"], "no style was added: no file at /nowhere/model_index.json"),
        (["--out", "/proc/styles"], "nothing can be written to /proc/styles"),
        (["--steps", "30", "--learning-rate", "1"], ""),
    ],
)
def test_what_cannot_be_trained_is_told_in_one_line(
    options: list[str], problem: str, pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not problem:
        # The largest rate that is taken, a thousandfold: the loss is soon no number.
        from illustration.training import own_style

        budget = own_style.Budget
        monkeypatch.setattr(own_style, "Budget", lambda **given: budget(**{**given, "learning_rate": 1e38}))
        problem = "no style was added: the loss of step"
    with pytest.raises(CommandError) as caught:
        train(pictures, *options)
    said = str(caught.value)
    assert problem in said
    assert "\n" not in said
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize(
    ("device", "problem"), [("cuda:9", "this machine offers no cuda:9"), ("magic", "no device is called")]
)
def test_a_device_that_is_not_there_is_told(
    device: str, problem: str, pictures: Path, tmp_path: Path, settings: Any
) -> None:
    settings.ENGINE_DEVICE = device
    with pytest.raises(CommandError, match=f"no style was added: {problem}"):
        train(pictures)
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize("kept", [0, 2])
def test_too_few_pictures_are_told(kept: int, pictures: Path, tmp_path: Path) -> None:
    for path in sorted(pictures.iterdir())[kept:]:
        path.unlink()
    with pytest.raises(CommandError, match=f"no style was added: .* holds {kept} pictures"):
        train(pictures)
    assert left_behind(tmp_path) == []


def test_a_picture_cut_short_is_told(pictures: Path, tmp_path: Path) -> None:
    Image.effect_noise((200, 200), 80).save(pictures / "cut.png")
    os.truncate(pictures / "cut.png", 5000)
    with pytest.raises(CommandError, match=r"no style was added: .*cut\.png cannot be read"):
        train(pictures)
    assert left_behind(tmp_path) == []


def test_a_text_among_the_pictures_is_told(pictures: Path, tmp_path: Path) -> None:
    (pictures / "diary.jpg").write_text("오늘은 바다에 갔다")
    with pytest.raises(CommandError, match=r"no style was added: .*diary\.jpg is no picture"):
        train(pictures)
    assert left_behind(tmp_path) == []


def test_pictures_that_cannot_be_stored_are_told_before_training(
    pictures: Path, tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "file").write_text("no folder")
    settings.MEDIA_ROOT = tmp_path / "file" / "pictures"
    with pytest.raises(CommandError, match="no sample can be written to"):
        train(pictures)
    assert left_behind(tmp_path) == []


def test_a_disk_that_fills_at_the_end_leaves_nothing_half_done(
    pictures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(image: Image.Image) -> tuple[str, str]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "probe", lambda: None)
    monkeypatch.setattr(storage, "save_picture", full)
    with pytest.raises(CommandError, match="no style was added: the sample cannot be stored"):
        train(pictures)
    assert left_behind(tmp_path) == []


def test_what_is_said_of_a_picture_becomes_words_of_the_model(tmp_path: Path) -> None:
    starter, plain = _words_of(ROOT / "illustration" / "starter"), _words_of(tmp_path)
    assert starter("강아지와 바다에 갔다").split(", ") == ["a girl and a dog", "at the beach"]
    assert starter("고양이") == "a cat", "nothing that was not said"
    assert plain("a cat, ink on rice paper") == "a cat, ink on rice paper"
    assert "dog" in plain("강아지와 바다")
