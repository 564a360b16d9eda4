"""Pictures from the parts in training, to judge them by eye; the product's own engine draws elsewhere."""

from collections.abc import Sequence

import numpy as np
import torch
from diffusers import DPMSolverMultistepScheduler
from numpy.typing import NDArray
from PIL import Image
from torch import Tensor

from illustration.training.base import Base, noise_scheduler
from illustration.training.language import tokenise
from illustration.training.loop import Machine


@torch.no_grad()
def sample_latents(
    base: Base,
    captions: Sequence[str],
    *,
    machine: Machine,
    seed: int = 0,
    steps: int = 20,
    guidance: float = 4.0,
) -> Tensor:
    """Scaled latents float32 (captions, channels, side, side), by DPM-Solver++ 2M on Karras' noise levels."""
    scheduler = DPMSolverMultistepScheduler.from_config(noise_scheduler().config, use_karras_sigmas=True)
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


def contact_sheet(pictures: NDArray[np.uint8], columns: int) -> Image.Image:
    """Pictures (n, h, w, 3) side by side, row by row."""
    height, width = pictures.shape[1:3]
    sheet = Image.new("RGB", (columns * width, -(-len(pictures) // columns) * height), "white")
    for index, picture in enumerate(pictures):
        sheet.paste(Image.fromarray(picture), (index % columns * width, index // columns * height))
    return sheet
