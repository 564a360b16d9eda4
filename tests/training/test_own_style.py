"""A style out of somebody's own pictures: it learns, it is drawn with, it loads elsewhere; what is wrong is told."""

from __future__ import annotations

import fcntl
import resource
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionPipeline, UNet2DConditionModel
from PIL import Image
from safetensors import safe_open
from safetensors.torch import load_file

from illustration.training.adapters import base_hash
from illustration.training.loop import Machine, TrainingError
from illustration.training.own_style import Order, Trained, train_style
from tests.engine.tiny_model import build_model

ROOT = Path(__file__).parents[2]
STARTER = ROOT / "illustration" / "starter"
STEPS = 8
ORANGE = (240, 130, 20)

# The whole of it in a process of its own, its state written after every step.
TRAINER = """
import sys
from dataclasses import replace
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from illustration.training import loop, own_style
from tests.training.test_own_style import train_small

write, budget = loop.write_atomically, own_style.Budget

def write_and_tell(path, content):
    write(path, content)
    print("written", flush=True)

loop.write_atomically = write_and_tell
own_style.Budget = lambda **given: budget(**{**given, "checkpoint_seconds": 0})
train_small(Path(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4]))
"""


def quiet(line: str) -> None:
    """Training talks to nobody here."""


def draw_album(folder: Path, count: int = 4) -> Path:
    """Orange pictures with a few darker strokes."""
    folder.mkdir()
    rng = np.random.default_rng(0)
    for number in range(count):
        pixels = np.full((96, 96, 3), ORANGE, np.uint8)
        pixels[rng.integers(0, 90) :][:6] -= 15
        Image.fromarray(pixels).save(folder / f"a dog {number}.png")
    return folder


@pytest.fixture(scope="module")
def album(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw_album(tmp_path_factory.mktemp("album") / "pictures")


@pytest.fixture(scope="module")
def stable_diffusion(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of Stable Diffusion 1's classes, small and untrained."""
    return build_model(tmp_path_factory.mktemp("sd") / "model")


def order(model: Path, images: Path, **changes: object) -> Order:
    usual = Order(
        name="mine",
        trigger="crayon drawing",
        model=model,
        images=images,
        sample="a dog, at the beach, sunny, day",
        scheduler="dpmpp_2m_karras",
        drawing_steps=4,
        guidance_scale=2.0,
        rank=4,
        steps=4,
        side=64,
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def trained(ordered: Order, work: Path) -> Trained:
    return train_style(ordered, work, machine=Machine(torch.device("cpu"), torch.float32), say=quiet)


def train_small(model: Path, images: Path, work: Path) -> Trained:
    torch.set_num_threads(1)
    return trained(order(model, images, steps=STEPS, side=32), work)


def colour(picture: Image.Image) -> np.ndarray:
    return np.asarray(picture, np.float32).mean(axis=(0, 1))


def test_the_starter_draws_in_the_colours_of_the_pictures(album: Path, tmp_path: Path) -> None:
    done = trained(order(STARTER, album, steps=60, rank=8, drawing_steps=8), tmp_path)
    sheet = np.asarray(Image.open(done.sheet).convert("RGB"), np.float32)
    third = sheet.shape[0] // 3
    far = [
        float(
            np.abs(sheet[row * third + 40 : (row + 1) * third - 8, 12:60].mean(axis=(0, 1)) - ORANGE).mean()
        )
        for row in range(3)
    ]
    yours, before, after = far
    assert yours < 10
    assert after < 0.7 * before
    assert float(np.abs(colour(done.sample) - ORANGE).mean()) < 0.7 * before
    assert done.pictures == 4


def test_a_stable_diffusion_folder_learns_one_too(
    album: Path, stable_diffusion: Path, tmp_path: Path
) -> None:
    done = trained(order(stable_diffusion, album, steps=100, learning_rate=1e-2, side=32, batch=2), tmp_path)
    (checkpoint,) = tmp_path.glob("adapter-*.pt")
    losses = [loss for _, loss in torch.load(checkpoint, weights_only=True)["points"]]
    assert losses[-1] < 0.97 * losses[0], losses

    unet = UNet2DConditionModel.from_pretrained(stable_diffusion, subfolder="unet")
    with safe_open(done.file, "pt") as file:
        said = file.metadata()
        assert all("attn" in name for name in file.keys())  # noqa: SIM118
    assert (said["base_sha256"], said["trigger"]) == (base_hash(unet), "crayon drawing")

    stock = StableDiffusionPipeline.from_pretrained(
        stable_diffusion, local_files_only=True, safety_checker=None, feature_extractor=None
    )
    stock.set_progress_bar_config(disable=True)

    def drawn() -> np.ndarray:
        generator = torch.Generator().manual_seed(1)
        options = {"height": 64, "width": 64, "num_inference_steps": 2, "output_type": "np"}
        pictures: np.ndarray = stock("crayon drawing, a dog", generator=generator, **options).images
        return pictures

    plain = drawn()
    stock.load_lora_weights(str(done.file.parent), weight_name=done.file.name, local_files_only=True)
    assert stock.unet.peft_config["default_0"].lora_alpha == stock.unet.peft_config["default_0"].r == 4
    assert np.abs(drawn() - plain).max() > 0.01


def test_what_the_model_drew_before_can_be_held_on_to(
    album: Path, stable_diffusion: Path, tmp_path: Path
) -> None:
    done = trained(order(stable_diffusion, album, prior=3), tmp_path)
    (prior,) = tmp_path.glob("prior-*.pt")
    assert torch.load(prior, weights_only=True).shape == (3, 4, 8, 8)
    assert done.file.is_file()


def test_killed_it_goes_on_and_ends_the_same(album: Path, stable_diffusion: Path, tmp_path: Path) -> None:
    whole = train_small(stable_diffusion, album, tmp_path / "whole")
    command = [sys.executable, "-c", TRAINER, str(ROOT), str(stable_diffusion), str(album)]
    with subprocess.Popen([*command, str(tmp_path / "cut")], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(3):
            while process.stdout.readline() != "written\n":
                assert process.poll() is None
        process.kill()
    (checkpoint,) = (tmp_path / "cut").glob("adapter-*.pt")
    assert 3 <= torch.load(checkpoint, weights_only=True)["step"] < STEPS
    assert not (tmp_path / "cut" / "mine.safetensors").exists()
    again = train_small(stable_diffusion, album, tmp_path / "cut")
    # Of the files themselves the headers are written in any order.
    torch.testing.assert_close(load_file(again.file), load_file(whole.file), rtol=0, atol=0)
    assert again.sample.tobytes() == whole.sample.tobytes()


def test_other_pictures_begin_anew(album: Path, stable_diffusion: Path, tmp_path: Path) -> None:
    trained(order(stable_diffusion, album), tmp_path / "work")
    other = draw_album(tmp_path / "other", count=5)
    trained(order(stable_diffusion, other), tmp_path / "work")
    assert len(list((tmp_path / "work").glob("adapter-*.pt"))) == 2


def refusal(ordered: Order, work: Path) -> str:
    with pytest.raises(TrainingError) as caught:
        trained(ordered, work)
    assert not (work / "mine.safetensors").exists()
    said = str(caught.value)
    assert "\n" not in said
    return said


def test_a_loss_that_is_no_number_is_told(album: Path, stable_diffusion: Path, tmp_path: Path) -> None:
    said = refusal(order(stable_diffusion, album, steps=30, learning_rate=1e38), tmp_path)
    assert "try a lower learning rate" in said


def test_a_folder_that_is_no_model_is_told(album: Path, tmp_path: Path) -> None:
    assert refusal(order(tmp_path, album), tmp_path / "work") == f"no file at {tmp_path}/model_index.json"


def test_a_size_the_model_cannot_draw_is_told(album: Path, tmp_path: Path) -> None:
    assert "take a multiple of 32" in refusal(order(STARTER, album, side=80), tmp_path)


def test_a_full_disk_is_told(album: Path, stable_diffusion: Path, tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        said = refusal(order(stable_diffusion, album), tmp_path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "cannot be written" in said
    assert said.endswith("File too large"), "as the disk itself says it"


def test_two_at_once_do_not_spoil_each_other(album: Path, stable_diffusion: Path, tmp_path: Path) -> None:
    with (tmp_path / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert "is being trained already" in refusal(order(stable_diffusion, album), tmp_path)
