"""What kind of model a folder holds is read from its configurations, and its recipe draws with the real classes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel

from illustration.engine.contract import EngineConfig, Picture
from illustration.engine.diffusion import DiffusionEngine
from illustration.engine.families import STARTER, Family, family_of
from tests.engine.tiny_model import brief, build_model

ROOT = Path(__file__).parents[2]
# What tells the kinds apart, as in the folders that Stability AI and others published.
SHAPES: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "sd1": ({"attention_head_dim": 8}, {"_class_name": "PNDMScheduler", "timestep_spacing": "leading"}),
    "sd2": (
        {"attention_head_dim": (2, 4), "use_linear_projection": True},
        {"_class_name": "DDIMScheduler", "prediction_type": "v_prediction"},
    ),
    "turbo": (
        {"attention_head_dim": (2, 4), "use_linear_projection": True},
        {"_class_name": "EulerDiscreteScheduler", "timestep_spacing": "trailing"},
    ),
    "lcm": ({"attention_head_dim": 8}, {"_class_name": "LCMScheduler", "original_inference_steps": 50}),
}
WIDTHS = {"sd1": 768, "sd2": 1024, "turbo": 1024, "lcm": 768}


def rewrite(path: Path, **changes: Any) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text()), **changes}))


def model_of(kind: str, folder: Path) -> Path:
    """A model of this kind's shape: four levels of eight pixels a latent, all of it narrow and untrained."""
    unet_shape, scheduler = SHAPES[kind]
    build_model(folder)
    torch.manual_seed(0)
    unet = UNet2DConditionModel(
        sample_size=96 if kind == "sd2" else 64,
        block_out_channels=(8, 16),
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
        layers_per_block=1,
        norm_num_groups=4,
        cross_attention_dim=32,
        **unet_shape,
    )
    unet.conv_out.bias.data += torch.linspace(-1, 1, 4)
    unet.save_pretrained(folder / "unet")
    AutoencoderKL(
        block_out_channels=(4, 4, 8, 8),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        latent_channels=4,
        norm_num_groups=4,
    ).save_pretrained(folder / "vae")
    rewrite(folder / "scheduler/scheduler_config.json", **scheduler)
    return folder


def drawn(model: Path, family: Family) -> bytes:
    engine = DiffusionEngine(EngineConfig(str(model), device="cpu", dtype="float32"))
    recipe = {
        "scheduler": family.scheduler,
        "steps": family.steps,
        "guidance_scale": family.guidance_scale,
    }
    engine.admit([brief(width=64, height=64, **recipe)])
    while engine.in_hand():
        engine.step()
    (picture,) = engine.finished()
    assert isinstance(picture, Picture), picture
    return picture.pixels


@pytest.mark.parametrize("kind", SHAPES)
def test_each_kind_draws_by_its_own_recipe(kind: str, tmp_path: Path) -> None:
    model = model_of(kind, tmp_path / "model")
    # The width of a real one, which the small text encoder does not have.
    narrow = json.loads((model / "unet/config.json").read_text())
    rewrite(model / "unet/config.json", cross_attention_dim=WIDTHS[kind])
    family = family_of(model)
    (model / "unet/config.json").write_text(json.dumps(narrow))
    assert family.name == kind
    assert family.size == (768 if kind == "sd2" else 512)
    assert len(set(drawn(model, family))) > 10


def test_few_steps_and_no_guidance_for_a_distilled_model(tmp_path: Path) -> None:
    turbo = family_of(model_of("turbo", tmp_path / "model"))
    assert (turbo.scheduler, turbo.guidance_scale) == ("euler", 1.0)
    assert turbo.steps <= 4
    rewrite(tmp_path / "model/scheduler/scheduler_config.json", _class_name="EulerAncestralDiscreteScheduler")
    assert family_of(tmp_path / "model").scheduler == "euler_a"


def test_a_fine_tune_to_pure_noise_is_no_distilled_model(tmp_path: Path) -> None:
    model = model_of("turbo", tmp_path / "model")
    rewrite(
        model / "scheduler/scheduler_config.json",
        prediction_type="v_prediction",
        rescale_betas_zero_snr=True,
    )
    assert family_of(model).name == "sd1"


def test_the_starter_model_is_its_own_kind() -> None:
    assert family_of(ROOT / "illustration" / "starter") == STARTER


@pytest.mark.parametrize("content", [None, "{", "[]"])
def test_where_nothing_can_be_read_the_starters_numbers_stand(content: str | None, tmp_path: Path) -> None:
    if content is not None:
        (tmp_path / "unet").mkdir()
        (tmp_path / "unet/config.json").write_text(content)
    assert family_of(tmp_path) == STARTER
