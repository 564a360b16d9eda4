"""The base: a small UNet and its text encoder, trained together from scratch on the latents of composed scenes."""

import random
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

import torch
from diffusers import DDPMScheduler, UNet2DConditionModel
from PIL import Image
from torch import Tensor, nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from transformers import CLIPTextModel, CLIPTokenizer

from illustration.training.language import (
    LanguagePlan,
    build_text_encoder,
    build_tokenizer,
    tokenise,
    varied_caption,
)
from illustration.training.latents import LatentStore
from illustration.training.loop import Budget, Machine, train
from illustration.training.muon import Muon


@dataclass(frozen=True, slots=True)
class BasePlan:
    """Size and diet. `attention` says at which levels, from the finest, text and self-attention enter.

    Shards grow from first_shards to shards while training runs, one every grow_every steps: scenes of one body first,
    from which words are learned most easily, then all kinds. Those that are not stocked yet are not waited for.
    """

    latent_channels: int = 16
    side: int = 16
    channels: tuple[int, ...] = (128, 224)
    layers: int = 1
    attention: tuple[bool, ...] = (False, True)
    heads: int = 8
    groups: int = 16
    language: LanguagePlan = field(default_factory=LanguagePlan)
    batch: int = 48
    simple_shards: int = 24
    first_shards: int = 24
    shards: int = 120
    grow_every: int = 8
    subject_weight: float = 3.0
    most_weight: float = 8.0
    seed: int = 2
    budget: Budget = field(default_factory=lambda: Budget(minutes=100, learning_rate=2e-3, falling=0.4))


@dataclass(frozen=True, slots=True)
class Base:
    """The parts of a drawing model but for its autoencoder."""

    unet: UNet2DConditionModel
    text_encoder: CLIPTextModel
    tokenizer: CLIPTokenizer


def build(plan: BasePlan) -> Base:
    tokenizer = build_tokenizer(plan.language)
    unet = UNet2DConditionModel(
        sample_size=plan.side,
        in_channels=plan.latent_channels,
        out_channels=plan.latent_channels,
        block_out_channels=plan.channels,
        layers_per_block=plan.layers,
        down_block_types=tuple(
            "CrossAttnDownBlock2D" if attends else "DownBlock2D" for attends in plan.attention
        ),
        up_block_types=tuple(
            "CrossAttnUpBlock2D" if attends else "UpBlock2D" for attends in reversed(plan.attention)
        ),
        cross_attention_dim=plan.language.width,
        attention_head_dim=plan.heads,
        norm_num_groups=plan.groups,
    )
    return Base(unet, build_text_encoder(plan.language, tokenizer), tokenizer)


def noise_scheduler() -> DDPMScheduler:
    """Stable Diffusion 1's noise; the network predicts the picture itself, soft where half trained, never noisy."""
    return DDPMScheduler(
        num_train_timesteps=1000,
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        prediction_type="sample",
        clip_sample=False,
        timestep_spacing="trailing",
        steps_offset=1,
    )


def _attention(machine: Machine) -> AbstractContextManager[object]:
    """On a processor the plain attention: over so few cells it trains a fifth faster than the fused one."""
    return sdpa_kernel(SDPBackend.MATH) if machine.device.type == "cpu" else nullcontext()


def denoising_loss(
    unet: nn.Module,
    states: Tensor,
    latents: Tensor,
    cover: Tensor,
    *,
    scheduler: DDPMScheduler,
    machine: Machine,
    generator: torch.Generator,
    subject_weight: float,
    most_weight: float,
) -> Tensor:
    """Squared error of the predicted latents: subjects weigh more, and so do the less noisy steps up to a limit.

    latents and noise: (n, channels, side, side); cover: (n, 1, side, side), 0..1; states: (n, tokens, width).
    """
    count = len(latents)
    # One timestep from each of as many equal parts: the loss swings less from batch to batch than with free ones.
    parts = (torch.arange(count) + torch.rand(count, generator=generator)) / count
    timesteps = (parts * 1000).long().clamp(max=999)
    noise = torch.randn(latents.shape, generator=generator)
    noisy = scheduler.add_noise(latents, noise, timesteps)
    signal = scheduler.alphas_cumprod[timesteps]
    weight = (signal / (1 - signal) + 1).clamp(max=most_weight).to(machine.device)
    place = 1 + (subject_weight - 1) * cover.to(machine.device)
    with machine.autocast(), _attention(machine):
        drawn = unet(noisy.to(machine.device), timesteps.to(machine.device), states).sample
    error = (drawn.float() - latents.to(machine.device)).square() * place
    return (error.mean(dim=(1, 2, 3)) / place.mean(dim=(1, 2, 3)) * weight).mean()


def load_average(base: Base, average: dict[str, Tensor]) -> None:
    """Put averaged weights of `train_base` into the parts."""
    both = nn.ModuleDict({"unet": base.unet, "text_encoder": base.text_encoder})
    both.load_state_dict(average)


def train_base(
    store: LatentStore,
    plan: BasePlan,
    *,
    machine: Machine,
    checkpoint: Path,
    stop_after: int | None = None,
    show: Callable[[Base], Image.Image] | None = None,
    say: Callable[[str], None] = print,
) -> Base:
    """Train from the checkpoint or from scratch; returns the averaged parts, in eval mode on the machine.

    show: draws the sample sheet with averaged parts of its own.
    """
    torch.manual_seed(plan.seed)
    base = build(plan)
    both = nn.ModuleDict({"unet": base.unet, "text_encoder": base.text_encoder}).to(machine.device)
    base.unet.to(memory_format=torch.channels_last)
    optimizer = Muon([both], lr=plan.budget.learning_rate, dtype=machine.dtype)
    scheduler = noise_scheduler()

    def loss_at(step: int, done: float) -> Tensor:
        shards = min(plan.shards, plan.first_shards + step // plan.grow_every, max(1, store.ready()))
        latents, cover, casts = store.batch(step, size=plan.batch, shards=shards)
        rng = random.Random(f"{plan.seed}/{step}")
        captions = [varied_caption(cast, plan.language, rng) for cast in casts]
        ids = tokenise(base.tokenizer, captions).to(machine.device)
        with machine.autocast():
            states = base.text_encoder(ids)[0]
        return denoising_loss(
            base.unet,
            states,
            latents,
            cover,
            scheduler=scheduler,
            machine=machine,
            generator=torch.Generator().manual_seed(plan.seed * 1_000_003 + step),
            subject_weight=plan.subject_weight,
            most_weight=plan.most_weight,
        )

    def sheet(average: dict[str, Tensor]) -> Image.Image:
        if show is None:
            raise ValueError("a sheet needs something to draw it")
        shown = build(plan)
        load_average(shown, average)
        shown.unet.to(machine.device)
        shown.text_encoder.to(machine.device)
        return show(shown)

    average = train(
        both,
        optimizer,
        loss_at,
        budget=plan.budget,
        checkpoint=checkpoint,
        stop_after=stop_after,
        sheet=sheet if show else None,
        say=say,
        ground=store.folder.name,
    )
    load_average(base, average)
    both.eval()
    return base
