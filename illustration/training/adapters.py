"""Styles: LoRA weights beside a frozen UNet, trained on latents in one style. Works on any diffusers UNet.

An operator's own style takes the same road: latents of the pictures, captions for them, `train_adapter`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from diffusers import StableDiffusionPipeline, UNet2DConditionModel
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict
from torch import Tensor, nn
from transformers import CLIPTextModel, CLIPTokenizer

from illustration.training.base import denoising_loss, noise_scheduler
from illustration.training.language import tokenise
from illustration.training.loop import Budget, Machine, train
from illustration.training.muon import Muon

# A batch of one step: latents float32 (n, channels, side, side), cover (n, 1, side, side), captions.
Batches = Callable[[int], tuple[Tensor, Tensor, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class AdapterPlan:
    """LoRA's rank, its strength (alpha over rank), which layers it touches and how it is trained."""

    rank: int = 8
    alpha: float = 8.0
    layers: tuple[str, ...] = ("to_q", "to_k", "to_v", "to_out.0", "conv1", "conv2", "conv_in", "conv_out")
    subject_weight: float = 2.0
    most_weight: float = 8.0
    seed: int = 3
    budget: Budget = field(
        default_factory=lambda: Budget(minutes=5, learning_rate=6e-3, warm_up_steps=20, average=0.99)
    )


def train_adapter(
    unet: UNet2DConditionModel,
    text_encoder: CLIPTextModel,
    tokenizer: CLIPTokenizer,
    batches: Batches,
    plan: AdapterPlan,
    *,
    machine: Machine,
    checkpoint: Path,
    stop_after: int | None = None,
    say: Callable[[str], None] = print,
) -> UNet2DConditionModel:
    """Add an adapter named "default" to the UNet and train it; the UNet's own weights stay as they are.

    Returns the same UNet with the averaged adapter. Call `unet.delete_adapters("default")` before the next style.
    """
    torch.manual_seed(plan.seed)
    unet.to(machine.device).requires_grad_(False)
    text_encoder.to(machine.device).requires_grad_(False).eval()
    unet.add_adapter(
        LoraConfig(
            r=plan.rank, lora_alpha=plan.alpha, target_modules=list(plan.layers), init_lora_weights="gaussian"
        )
    )
    held = nn.ParameterDict(
        {name.replace(".", "/"): value for name, value in unet.named_parameters() if value.requires_grad}
    )
    optimizer = Muon([held], lr=plan.budget.learning_rate, dtype=torch.float32)
    scheduler = noise_scheduler()
    remembered: dict[str, Tensor] = {}

    def states_of(captions: Sequence[str]) -> Tensor:
        new = [caption for caption in dict.fromkeys(captions) if caption not in remembered]
        if new:
            with torch.no_grad():
                states = text_encoder(tokenise(tokenizer, new).to(machine.device))[0]
            remembered.update(zip(new, states, strict=True))
        return torch.stack([remembered[caption] for caption in captions])

    def loss_at(step: int, done: float) -> Tensor:
        latents, cover, captions = batches(step)
        return denoising_loss(
            unet,
            states_of(captions),
            latents,
            cover,
            scheduler=scheduler,
            machine=machine,
            generator=torch.Generator().manual_seed(plan.seed * 1_000_003 + step),
            subject_weight=plan.subject_weight,
            most_weight=plan.most_weight,
        )

    average = train(
        held, optimizer, loss_at, budget=plan.budget, checkpoint=checkpoint, stop_after=stop_after, say=say
    )
    held.load_state_dict(average)
    unet.eval()
    return unet


def save_adapter(unet: UNet2DConditionModel, path: Path) -> None:
    """Write the UNet's "default" adapter as a diffusers LoRA file, float16, with its rank and alpha beside it."""
    # Under PEFT's own names: in the older ones the library renames attention layers alone, and then loads no other.
    layers = get_peft_model_state_dict(unet)
    metadata: dict[str, Any] = unet.peft_config["default"].to_dict()
    StableDiffusionPipeline.save_lora_weights(
        str(path.parent),
        unet_lora_layers={name: value.detach().half().cpu().contiguous() for name, value in layers.items()},
        weight_name=path.name,
        unet_lora_adapter_metadata=metadata,
    )
