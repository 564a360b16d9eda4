"""What kind of Stable Diffusion a model folder holds and which recipe suits it, from its configurations alone.

The standard library only: the web side asks as well. Weights are read elsewhere.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from illustration.engine.contract import SchedulerName

FamilyName = Literal["starter", "sd1", "sd2", "turbo", "lcm"]
# The width of the text encoder's states tells the generations apart.
SD2_TEXT_WIDTH = 1024
MOST_PIXELS, SIZE_STEP = 1024, 64


@dataclass(frozen=True, slots=True)
class Family:
    """A kind of model and the recipe that it is drawn with unless a style says otherwise.

    `guidance_scale` 1 is none; `size` is the width and height in pixels that the UNet was trained at.
    """

    name: FamilyName
    scheduler: SchedulerName
    steps: int
    guidance_scale: float
    size: int


# As the model cards of Stability AI and of latent consistency models advise; the starter model's by looking.
STARTER = Family("starter", "dpmpp_2m_karras", 20, 4.0, 256)
SD1 = Family("sd1", "dpmpp_2m_karras", 25, 7.5, 512)
SD2 = Family("sd2", "dpmpp_2m_karras", 25, 7.5, 512)
# Distilled (Sauer et al. 2023): one to four steps and no guidance, more of either spoils the picture.
TURBO = Family("turbo", "euler", 4, 1.0, 512)
# Distilled (Luo et al. 2023): guidance is in the weights; a little on top is borne.
LCM = Family("lcm", "lcm", 6, 1.5, 512)


def family_of(folder: Path) -> Family:
    """The family of the model in `folder`, at the size of its UNet; the starter's where nothing can be read.

    A folder that is no model is the engine's to refuse; this only chooses numbers.
    """
    unet = _config(folder / "unet" / "config.json")
    vae = _config(folder / "vae" / "config.json")
    scheduler = _config(folder / "scheduler" / "scheduler_config.json")
    if not unet:
        return STARTER
    family = _kind(unet, vae, scheduler)
    latents = unet.get("sample_size")
    if not isinstance(latents, int):
        return family
    pixels = latents * _pixels_per_latent(vae)
    size = min(MOST_PIXELS, max(SIZE_STEP, pixels // SIZE_STEP * SIZE_STEP))
    return Family(family.name, family.scheduler, family.steps, family.guidance_scale, size)


def _kind(unet: Mapping[str, Any], vae: Mapping[str, Any], scheduler: Mapping[str, Any]) -> Family:
    saved = scheduler.get("_class_name")
    if vae.get("_class_name") == "AutoencoderDC" or scheduler.get("prediction_type") == "sample":
        return STARTER
    if saved == "LCMScheduler":
        return LCM
    # Nothing in the weights' shapes tells a distilled model from its teacher; the scheduler that came with it does.
    one_noise = scheduler.get("prediction_type", "epsilon") == "epsilon"
    if one_noise and str(saved).startswith("Euler") and scheduler.get("timestep_spacing") == "trailing":
        ancestral = saved == "EulerAncestralDiscreteScheduler"
        return Family("turbo", "euler_a", 4, 1.0, 512) if ancestral else TURBO
    return SD2 if unet.get("cross_attention_dim") == SD2_TEXT_WIDTH else SD1


def _pixels_per_latent(vae: Mapping[str, Any]) -> int:
    channels = vae.get("block_out_channels") or vae.get("decoder_block_out_channels") or [0] * 4
    return int(2 ** (len(channels) - 1))


def _config(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}
