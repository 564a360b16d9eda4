"""Styles: LoRA weights beside a frozen UNet, trained on latents in one style. Works on any diffusers UNet.

The house styles and a style that an operator trains take the same road: latents of the pictures, captions for them,
`train_adapter`, `save_adapter`.
"""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from diffusers import DDPMScheduler, UNet2DConditionModel
from diffusers.loaders.lora_base import LORA_ADAPTER_METADATA_KEY
from peft import LoraConfig
from peft.utils import get_peft_model_state_dict
from PIL import Image
from safetensors.torch import save_file
from torch import Tensor, nn
from transformers import CLIPTextModel, CLIPTokenizer

from illustration.training.base import noise_scheduler
from illustration.training.language import tokenise
from illustration.training.loop import Budget, Machine, train
from illustration.training.muon import Muon

# A batch of one step: latents float32 (n, channels, side, side), cover (n, 1, side, side), captions.
Batches = Callable[[int], tuple[Tensor, Tensor, Sequence[str]]]
# Draws samples with the UNet as it stands.
Show = Callable[[UNet2DConditionModel], Image.Image]

ATTENTION = ("to_q", "to_k", "to_v", "to_out.0")
CONVOLUTIONS = ("conv1", "conv2", "conv_in", "conv_out")


@dataclass(frozen=True, slots=True)
class AdapterPlan:
    """LoRA's rank, its strength (alpha over rank), which layers it touches and how it is trained.

    The starter model attends at its coarse levels alone, so a style needs its convolutions, too; a Stable Diffusion 1
    model learns one from `ATTENTION`. gamma: the limit of min-SNR weighting. prior_weight: what the pictures of the
    base itself count beside the style's, where there are any.
    """

    rank: int = 12
    alpha: float = 12.0
    layers: tuple[str, ...] = (*ATTENTION, *CONVOLUTIONS)
    subject_weight: float = 2.0
    gamma: float = 7.0
    prior_weight: float = 1.0
    seed: int = 3
    budget: Budget = field(
        default_factory=lambda: Budget(minutes=15, learning_rate=6e-3, warm_up_steps=20, average=0.99)
    )


def min_snr_weight(signal: Tensor, prediction: str, gamma: float) -> Tensor:
    """The weight of each step's error (Hang et al. 2023). signal: the share of the picture's variance, 0..1.

    prediction: `epsilon`, `v_prediction` or `sample`. A network that predicts the picture itself keeps a weight of 1
    where almost all is noise: palette, paper and margin are decided there, and min-SNR alone would give them nothing.
    """
    ratio = (signal / (1 - signal)).clamp(min=1e-8)
    capped = ratio.clamp(max=gamma)
    if prediction == "sample":
        return capped + 1
    if prediction == "v_prediction":
        return capped / (ratio + 1)
    if prediction == "epsilon":
        return capped / ratio
    raise ValueError(f"no weighting for networks that predict {prediction!r}")


def adapter_loss(
    unet: nn.Module,
    states: Tensor,
    latents: Tensor,
    cover: Tensor,
    *,
    scheduler: DDPMScheduler,
    machine: Machine,
    generator: torch.Generator,
    subject_weight: float,
    gamma: float,
) -> Tensor:
    """Squared error of what the base predicts (noise, velocity or the picture), by min-SNR weight; one a picture.

    latents: (n, channels, side, side), scaled; cover: (n, 1, side, side), 0..1, where an error counts
    `subject_weight` times; states: (n, tokens, width).
    """
    count, prediction = len(latents), scheduler.config["prediction_type"]
    timesteps = torch.randint(0, scheduler.config["num_train_timesteps"], (count,), generator=generator)
    noise = torch.randn(latents.shape, generator=generator)
    noisy = scheduler.add_noise(latents, noise, timesteps)
    weight = min_snr_weight(scheduler.alphas_cumprod[timesteps], prediction, gamma).to(machine.device)
    wanted = {
        "sample": lambda: latents,
        "epsilon": lambda: noise,
        "v_prediction": lambda: scheduler.get_velocity(latents, noise, timesteps),
    }[prediction]()
    place = 1 + (subject_weight - 1) * cover.to(machine.device)
    with machine.autocast():
        found = unet(noisy.to(machine.device), timesteps.to(machine.device), states).sample
    error = (found.float() - wanted.to(machine.device)).square() * place
    return error.mean(dim=(1, 2, 3)) / place.mean(dim=(1, 2, 3)) * weight


def train_adapter(
    unet: UNet2DConditionModel,
    text_encoder: CLIPTextModel,
    tokenizer: CLIPTokenizer,
    batches: Batches,
    plan: AdapterPlan,
    *,
    machine: Machine,
    checkpoint: Path,
    scheduler: DDPMScheduler | None = None,
    prior: Batches | None = None,
    show: Show | None = None,
    stop_after: int | None = None,
    say: Callable[[str], None] = print,
) -> UNet2DConditionModel:
    """Add an adapter named "default" to the UNet and train it; the UNet's own weights stay as they are.

    scheduler: the base's noise and what it predicts; the starter model's without. prior: pictures of the base itself
    with plain captions, so that it stays as it was without the trigger. show: draws the sample sheet.
    Returns the same UNet with the averaged adapter. Call `unet.delete_adapters("default")` before the next style.
    Raises TrainingError as `train` does.
    """
    torch.manual_seed(plan.seed)
    unet.to(machine.device).requires_grad_(False)
    text_encoder.to(machine.device).requires_grad_(False).eval()
    add_adapter(unet, plan)
    held = nn.ParameterDict(
        {name.replace(".", "/"): value for name, value in unet.named_parameters() if value.requires_grad}
    )
    optimizer = Muon([held], lr=plan.budget.learning_rate, dtype=torch.float32)
    noise = scheduler or noise_scheduler()
    remembered: dict[str, Tensor] = {}

    def states_of(captions: Sequence[str]) -> Tensor:
        new = [caption for caption in dict.fromkeys(captions) if caption not in remembered]
        if new:
            with torch.no_grad():
                states = text_encoder(tokenise(tokenizer, new).to(machine.device))[0]
            remembered.update(zip(new, states, strict=True))
        return torch.stack([remembered[caption] for caption in captions])

    def loss_of(batch: tuple[Tensor, Tensor, Sequence[str]], seed: int) -> Tensor:
        latents, cover, captions = batch
        return adapter_loss(
            unet,
            states_of(captions),
            latents,
            cover,
            scheduler=noise,
            machine=machine,
            generator=torch.Generator().manual_seed(seed),
            subject_weight=plan.subject_weight,
            gamma=plan.gamma,
        ).mean()

    def loss_at(step: int, done: float) -> Tensor:
        seed = plan.seed * 1_000_003 + step
        loss = loss_of(batches(step), seed)
        return loss + plan.prior_weight * loss_of(prior(step), seed) if prior else loss

    def sheet(average: dict[str, Tensor]) -> Image.Image:
        now = {name: value.detach().clone() for name, value in held.items()}
        held.load_state_dict(average)
        assert show is not None
        picture = show(unet)
        held.load_state_dict(now)
        return picture

    average = train(
        held,
        optimizer,
        loss_at,
        budget=plan.budget,
        checkpoint=checkpoint,
        stop_after=stop_after,
        say=say,
        sheet=sheet if show else None,
        computed_in=machine.dtype,
        ground=base_hash(unet),
    )
    held.load_state_dict(average)
    unet.eval()
    return unet


def add_adapter(unet: UNet2DConditionModel, plan: AdapterPlan) -> None:
    """Put an untrained adapter named "default" on the UNet, which changes nothing yet."""
    unet.add_adapter(
        LoraConfig(
            r=plan.rank, lora_alpha=plan.alpha, target_modules=list(plan.layers), init_lora_weights="gaussian"
        )
    )


def base_hash(unet: UNet2DConditionModel) -> str:
    """What a UNet's own weights are, whatever type, files and adapters they come in: hex digits over all as float16."""
    together = hashlib.sha256()
    own = {
        name.replace(".base_layer.", "."): value
        for name, value in unet.state_dict().items()
        if ".lora_" not in name
    }
    for name in sorted(own):
        together.update(name.encode())
        together.update(own[name].detach().half().cpu().contiguous().numpy().tobytes())
    return together.hexdigest()


def save_adapter(unet: UNet2DConditionModel, path: Path, *, notes: Mapping[str, str] | None = None) -> None:
    """Write the UNet's "default" adapter as a diffusers LoRA file, float16.

    Its header holds rank and alpha as diffusers reads them, the hash of the base it was trained on, and `notes`.
    """
    # Under PEFT's own names: in the older ones the library renames attention layers alone, and then loads no other.
    layers = {
        f"unet.{name}": value.detach().half().cpu().contiguous()
        for name, value in get_peft_model_state_dict(unet).items()
    }
    settings = {f"unet.{key}": value for key, value in unet.peft_config["default"].to_dict().items()}
    header = {"format": "pt", "base_sha256": base_hash(unet), **(notes or {})}
    header[LORA_ADAPTER_METADATA_KEY] = json.dumps(settings, indent=2, sort_keys=True, default=sorted)
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_name(f"{path.name}.writing")
    save_file(layers, half, metadata=header)
    half.replace(path)
