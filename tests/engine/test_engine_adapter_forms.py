"""One adapter written in each form that people have: diffusers', PEFT's own and kohya's; all draw the same picture."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import torch
from diffusers import UNet2DConditionModel
from diffusers.utils import convert_state_dict_to_diffusers
from peft import LoraConfig, get_peft_model
from peft.utils import get_peft_model_state_dict
from safetensors.torch import save_file

from illustration import adapter_files
from illustration.engine.contract import AdapterFile, EngineConfig, Picture
from illustration.engine.diffusion import DiffusionEngine
from tests.engine.tiny_model import brief

RANK, ALPHA = 4, 12.0
LAYERS = ["to_q", "to_k", "to_v", "to_out.0"]
Weights = dict[str, torch.Tensor]


@pytest.fixture(scope="module")
def learnt(config: EngineConfig) -> Weights:
    """An adapter's weights under PEFT's names, `down_blocks.….to_q.lora_A.weight`; its strength is three times 1."""
    unet = UNet2DConditionModel.from_pretrained(config.model_path, subfolder="unet")
    unet.add_adapter(LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=LAYERS))
    generator = torch.Generator().manual_seed(3)
    return {
        name: torch.randn(weight.shape, generator=generator) * 0.2
        for name, weight in get_peft_model_state_dict(unet).items()
    }


def metadata() -> dict[str, str]:
    settings = LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=LAYERS).to_dict()
    found = {f"unet.{name}": value for name, value in settings.items()}
    return {"format": "pt", "lora_adapter_metadata": json.dumps(found, default=list)}


def diffusers_old(weights: Weights, folder: Path) -> None:
    """As diffusers wrote it for long: attention weights under names of its own."""
    state = convert_state_dict_to_diffusers(weights)
    save_file(
        {f"unet.{name}": weight for name, weight in state.items()}, folder / "a.safetensors", metadata()
    )


def diffusers_new(weights: Weights, folder: Path) -> None:
    save_file(
        {f"unet.{name}": weight for name, weight in weights.items()}, folder / "a.safetensors", metadata()
    )


def peft(weights: Weights, folder: Path) -> None:
    """As `PeftModel.save_pretrained` writes it: its strength stands in a file beside it."""
    unet = UNet2DConditionModel(
        block_out_channels=(8, 8), norm_num_groups=4, cross_attention_dim=8, attention_head_dim=4,
        layers_per_block=1, down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
    )  # fmt: skip
    get_peft_model(unet, LoraConfig(r=RANK, lora_alpha=ALPHA, target_modules=LAYERS)).save_pretrained(folder)
    (folder / "adapter_model.safetensors").unlink()
    save_file(
        {f"base_model.model.{name}": weight for name, weight in weights.items()}, folder / "a.safetensors"
    )


def kohya(weights: Weights, folder: Path) -> None:
    """As kohya's trainers write it: dots become underscores, and each layer has its alpha."""
    state: Weights = {}
    for name, weight in weights.items():
        layer, _, end = name.partition(".lora_")
        stem = f"lora_unet_{layer.replace('.', '_')}"
        state[f"{stem}.lora_{'down' if end.startswith('A') else 'up'}.weight"] = weight
        state[f"{stem}.alpha"] = torch.tensor(ALPHA)
    save_file(state, folder / "a.safetensors")


def drawn(config: EngineConfig, path: Path) -> torch.Tensor:
    adapter = AdapterFile("new", str(path), "new")
    engine = DiffusionEngine(EngineConfig(config.model_path, (adapter,), device="cpu", dtype="float32"))
    assert engine.unfit_styles == {}
    engine.admit([brief(style="new")])
    while engine.in_hand():
        engine.step()
    (picture,) = engine.finished()
    assert isinstance(picture, Picture)
    return torch.frombuffer(bytearray(picture.pixels), dtype=torch.uint8).float()


@pytest.fixture(scope="module")
def expected(config: EngineConfig, learnt: Weights) -> torch.Tensor:
    """What the adapter draws at its strength, with the weights put into the model itself."""
    unet = UNet2DConditionModel.from_pretrained(config.model_path, subfolder="unet")
    held = dict(unet.named_parameters())
    with torch.no_grad():
        for name, down in learnt.items():
            if ".lora_A." in name:
                up = learnt[name.replace("lora_A", "lora_B")]
                held[name.replace("lora_A.", "")] += ALPHA / RANK * up @ down
    engine = DiffusionEngine(EngineConfig(config.model_path, device="cpu", dtype="float32"))
    engine._model.unet.load_state_dict(unet.state_dict())
    engine.admit([brief()])
    while engine.in_hand():
        engine.step()
    (picture,) = engine.finished()
    assert isinstance(picture, Picture)
    return torch.frombuffer(bytearray(picture.pixels), dtype=torch.uint8).float()


@pytest.mark.parametrize("write", [diffusers_old, diffusers_new, peft, kohya])
def test_every_form_draws_at_its_full_strength(
    write: Callable[[Weights, Path], None],
    config: EngineConfig,
    learnt: Weights,
    expected: torch.Tensor,
    tmp_path: Path,
) -> None:
    write(learnt, tmp_path)
    adapter_files.check(tmp_path / "a.safetensors", model=Path(config.model_path))
    assert float((drawn(config, tmp_path / "a.safetensors") - expected).abs().max()) <= 1


def test_a_peft_file_without_its_settings_is_left_out(
    config: EngineConfig, learnt: Weights, tmp_path: Path
) -> None:
    peft(learnt, tmp_path)
    (tmp_path / "adapter_config.json").unlink()
    adapter = AdapterFile("new", str(tmp_path / "a.safetensors"), "new")
    engine = DiffusionEngine(EngineConfig(config.model_path, (adapter,), device="cpu", dtype="float32"))
    assert "adapter_config.json" in engine.unfit_styles["new"]
