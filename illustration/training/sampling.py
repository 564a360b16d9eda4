"""Pictures from the parts in training, to judge them by eye; the product's own engine draws elsewhere."""

from collections.abc import Sequence

import torch
from diffusers import AutoencoderDC, DDPMScheduler, DPMSolverMultistepScheduler
from PIL import Image
from torch import Tensor

from illustration.training.autoencoder import decode
from illustration.training.base import Base, noise_scheduler
from illustration.training.language import tokenise
from illustration.training.loop import Machine
from illustration.training.progress import contact_sheet


@torch.no_grad()
def sample_latents(
    base: Base,
    captions: Sequence[str],
    *,
    machine: Machine,
    seed: int = 0,
    steps: int = 20,
    guidance: float = 4.0,
    noise: DDPMScheduler | None = None,
) -> Tensor:
    """Scaled latents float32 (captions, channels, side, side), by DPM-Solver++ 2M on Karras' noise levels.

    noise: what the base was trained with; the starter model's without.
    """
    trained_with = (noise or noise_scheduler()).config
    scheduler = DPMSolverMultistepScheduler.from_config(trained_with, use_karras_sigmas=True)
    scheduler.set_timesteps(steps)
    side, channels = base.unet.config["sample_size"], base.unet.config["in_channels"]
    one_by_one = [
        torch.randn(channels, side, side, generator=torch.Generator().manual_seed(seed + index))
        for index in range(len(captions))
    ]
    latents = torch.stack(one_by_one) * scheduler.init_noise_sigma
    ids = tokenise(base.tokenizer, [*captions, *[""] * len(captions)]).to(machine.device)
    states = base.text_encoder(ids)[0]
    for timestep in scheduler.timesteps:
        inputs = scheduler.scale_model_input(latents, timestep)
        with machine.autocast():
            both = base.unet(
                torch.cat([inputs, inputs]).to(machine.device), timestep.to(machine.device), states
            ).sample
        wanted, plain = both.float().cpu().chunk(2)
        latents = scheduler.step(plain + guidance * (wanted - plain), timestep, latents).prev_sample
    return latents


def drawn_sheet(
    base: Base,
    autoencoder: AutoencoderDC,
    captions: Sequence[str],
    *,
    machine: Machine,
    columns: int = 4,
    seed: int = 0,
    steps: int = 12,
) -> Image.Image:
    """The captions drawn by the parts as they stand, on one contact sheet; leaves the parts in eval mode."""
    base.unet.eval()
    base.text_encoder.eval()
    latents = sample_latents(base, captions, machine=machine, seed=seed, steps=steps)
    return contact_sheet(
        decode(autoencoder, latents / autoencoder.config["scaling_factor"], machine), columns
    )
