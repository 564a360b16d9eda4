"""The autoencoder: pictures to 16x smaller latents and back, trained on crops of composed and styled scenes.

Two stages: both halves together, then the decoder alone, with losses that keep texture. Latents are final after the
first, so a base may be trained on them while the decoder is still improved.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from diffusers import AutoencoderDC
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor
from torch.nn import functional

from illustration.training.loop import Budget, Machine, train
from illustration.training.muon import Muon
from illustration.training.pictures import SIDE, Diet
from illustration.training.progress import contact_sheet
from illustration.training.texture import detail, energy_error, gradient_error


@dataclass(frozen=True, slots=True)
class AutoencoderPlan:
    """Size and diet. Five channel entries give a factor of 16; the encoder may be the smaller half.

    latent_noise: at most this much noise is added before decoding, so that the decoder forgives an imperfect base.
    shrunk: the share of steps that decode latents shrunk to half their size into a picture of half the size, which
    makes latents smooth and so easier for a base to learn (EQ-VAE, Kouzelis et al. 2025).
    """

    latent_channels: int = 16
    encoder_channels: tuple[int, ...] = (32, 32, 64, 64, 64)
    encoder_layers: tuple[int, ...] = (0, 1, 2, 2, 2)
    decoder_channels: tuple[int, ...] = (32, 32, 64, 128, 128)
    decoder_layers: tuple[int, ...] = (0, 1, 3, 4, 3)
    diet: Diet = field(default_factory=Diet)
    crop: int = 192
    batch: int = 8
    latent_noise: float = 0.08
    shrunk: float = 0.1
    seed: int = 1
    budget: Budget = field(default_factory=lambda: Budget(minutes=60, learning_rate=2e-3))
    decoder_budget: Budget = field(
        default_factory=lambda: Budget(minutes=25, learning_rate=1e-3, falling=0.6)
    )


def build(plan: AutoencoderPlan) -> AutoencoderDC:
    levels = len(plan.encoder_channels)
    return AutoencoderDC(
        in_channels=3,
        latent_channels=plan.latent_channels,
        attention_head_dim=16,
        encoder_block_types="ResBlock",
        decoder_block_types="ResBlock",
        encoder_block_out_channels=plan.encoder_channels,
        decoder_block_out_channels=plan.decoder_channels,
        encoder_layers_per_block=plan.encoder_layers,
        decoder_layers_per_block=plan.decoder_layers,
        encoder_qkv_multiscales=((),) * levels,
        decoder_qkv_multiscales=((),) * levels,
        scaling_factor=1.0,
    )


def to_tensor(pixels: NDArray[np.uint8], machine: Machine) -> Tensor:
    """uint8 (n, h, w, 3) to float (n, 3, h, w) in -1..1, channels last in memory."""
    tensor = torch.from_numpy(pixels).to(machine.device).permute(0, 3, 1, 2)
    return (tensor.float() / 127.5 - 1).contiguous(memory_format=torch.channels_last)


def _crops(pictures: NDArray[np.uint8], plan: AutoencoderPlan, step: int) -> NDArray[np.uint8]:
    rng = np.random.default_rng((plan.seed, step % 2**32))
    cells = (SIDE - plan.crop) // 16 + 1
    crops = np.empty((plan.batch, plan.crop, plan.crop, 3), np.uint8)
    for index in range(plan.batch):
        x, y = rng.integers(0, cells, 2) * 16
        crops[index] = pictures[rng.integers(len(pictures)), y : y + plan.crop, x : x + plan.crop]
    return crops


def reconstruction_loss(drawn: Tensor, wanted: Tensor) -> Tensor:
    """Absolute error of colours, more where there is detail, and of their gradients, which keeps edges."""
    return ((drawn - wanted).abs() * detail(wanted)).mean() + gradient_error(drawn, wanted)


def latent_penalty(latents: Tensor) -> Tensor:
    """Pulls every channel to mean 0 and deviation 1: then one scaling factor and no shift describe the latents."""
    mean = latents.mean(dim=(0, 2, 3))
    spread = latents.var(dim=(0, 2, 3)).clamp(min=1e-6).log()
    return mean.square().mean() + spread.square().mean()


def _noisy(latents: Tensor, plan: AutoencoderPlan, generator: torch.Generator) -> Tensor:
    share = torch.rand(len(latents), 1, 1, 1, generator=generator) * plan.latent_noise
    return latents + (torch.randn(latents.shape, generator=generator) * share).to(latents.device)


def train_autoencoder(
    pictures: NDArray[np.uint8],
    plan: AutoencoderPlan,
    *,
    machine: Machine,
    checkpoint: Path,
    stop_after: int | None = None,
    say: Callable[[str], None] = print,
) -> AutoencoderDC:
    """Train both halves from the checkpoint or from scratch; returns the averaged model, in eval mode."""
    torch.manual_seed(plan.seed)
    model = build(plan).to(machine.device, memory_format=torch.channels_last)
    optimizer = Muon([model], lr=plan.budget.learning_rate, dtype=machine.dtype)

    def loss_at(step: int, done: float) -> Tensor:
        wanted = to_tensor(_crops(pictures, plan, step), machine)
        generator = torch.Generator().manual_seed(plan.seed * 1_000_003 + step)
        with machine.autocast():
            latents = found = model.encode(wanted).latent
            if torch.rand((), generator=generator) < plan.shrunk:
                found, wanted = functional.avg_pool2d(found, 2), functional.avg_pool2d(wanted, 2)
            drawn = model.decode(_noisy(found, plan, generator)).sample
        return reconstruction_loss(drawn.float(), wanted) + 0.02 * latent_penalty(latents.float())

    def sheet(average: dict[str, Tensor]) -> Image.Image:
        shown = build(plan).to(machine.device)
        shown.load_state_dict(average)
        return _round_trips(shown.eval(), pictures, machine)

    average = train(
        model,
        optimizer,
        loss_at,
        budget=plan.budget,
        checkpoint=checkpoint,
        stop_after=stop_after,
        say=say,
        sheet=sheet,
    )
    model.load_state_dict(average)
    return model.eval()


def train_decoder(
    model: AutoencoderDC,
    pictures: NDArray[np.uint8],
    plan: AutoencoderPlan,
    *,
    machine: Machine,
    checkpoint: Path,
    stop_after: int | None = None,
    say: Callable[[str], None] = print,
) -> AutoencoderDC:
    """Train the model's decoder alone, for texture, from the checkpoint or from the model as it stands.

    The encoder stays as it is, and with it every latent. Returns the same model, averaged, in eval mode.
    """
    model.to(machine.device, memory_format=torch.channels_last)
    model.encoder.requires_grad_(False)
    optimizer = Muon([model.decoder], lr=plan.decoder_budget.learning_rate, dtype=machine.dtype)

    def loss_at(step: int, done: float) -> Tensor:
        # Other crops than the first stage began with.
        wanted = to_tensor(_crops(pictures, plan, -1 - step), machine)
        generator = torch.Generator().manual_seed(plan.seed * 1_000_003 + step)
        with machine.autocast():
            with torch.no_grad():
                latents = model.encode(wanted).latent
            drawn = model.decode(_noisy(latents, plan, generator)).sample.float()
        return reconstruction_loss(drawn, wanted) + energy_error(drawn, wanted)

    def sheet(average: dict[str, Tensor]) -> Image.Image:
        shown = build(plan).to(machine.device)
        shown.load_state_dict(model.state_dict())
        shown.decoder.load_state_dict(average)
        return _round_trips(shown.eval(), pictures, machine)

    average = train(
        model.decoder,
        optimizer,
        loss_at,
        budget=plan.decoder_budget,
        checkpoint=checkpoint,
        stop_after=stop_after,
        say=say,
        sheet=sheet,
    )
    model.decoder.load_state_dict(average)
    return model.eval()


@torch.no_grad()
def encode(model: AutoencoderDC, pixels: NDArray[np.uint8], machine: Machine, *, batch: int = 32) -> Tensor:
    """Unscaled latents of uint8 pictures (n, h, w, 3): float32 (n, channels, h / 16, w / 16) on the CPU."""
    found = []
    for start in range(0, len(pixels), batch):
        with machine.autocast():
            found.append(model.encode(to_tensor(pixels[start : start + batch], machine)).latent.float().cpu())
    return torch.cat(found)


@torch.no_grad()
def decode(model: AutoencoderDC, latents: Tensor, machine: Machine) -> NDArray[np.uint8]:
    """Pictures of unscaled latents: uint8 (n, h, w, 3)."""
    with machine.autocast():
        drawn: Any = model.decode(latents.to(machine.device)).sample
    pixels = ((drawn.float().cpu().clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    return pixels.permute(0, 2, 3, 1).contiguous().numpy()


def measured_spread(latents: Tensor) -> float:
    """The factor that brings latents to deviation 1, for `scaling_factor`."""
    return float(1 / latents.float().std())


def colour_matrix(latents: Tensor, pixels: NDArray[np.uint8]) -> Tensor:
    """The linear map that best turns scaled latents, one cell at a time, into RGB in -1..1, for previews.

    Returns (channels + 1, 3); the last row is the colour of a cell of zeros.
    """
    side = latents.shape[-1]
    step = pixels.shape[1] // side
    means = pixels.reshape(len(pixels), side, step, side, step, 3).mean(axis=(2, 4)) / 127.5 - 1
    rows = latents.float().permute(0, 2, 3, 1).reshape(-1, latents.shape[1])
    rows = torch.cat([rows, torch.ones(len(rows), 1)], dim=1)
    return torch.linalg.lstsq(rows, torch.from_numpy(means).float().reshape(-1, 3)).solution


def mean_absolute_error(model: AutoencoderDC, pixels: NDArray[np.uint8], machine: Machine) -> float:
    """Error of the round trip in the -1..1 range."""
    drawn = decode(model, encode(model, pixels, machine), machine)
    return float(np.abs(drawn.astype(np.float32) - pixels).mean() / 127.5)


def _round_trips(model: AutoencoderDC, pictures: NDArray[np.uint8], machine: Machine) -> Image.Image:
    """The first eight pictures, each beside its round trip, on one sheet."""
    shown = np.array(pictures[:8])
    drawn = decode(model, encode(model, shown, machine), machine)
    return contact_sheet(np.stack([shown, drawn], axis=1).reshape(-1, *shown.shape[1:]), 4)
