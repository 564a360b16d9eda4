"""From latents to pixels: the autoencoders the engine knows, and the cheap preview without one."""

import json
from pathlib import Path
from typing import Any

import torch

from illustration.engine.contract import EngineUnavailable

AUTOENCODERS = ("AutoencoderKL", "AutoencoderTiny", "AutoencoderDC")
PREVIEW_FILE = "preview.json"
# Red, green and blue (-1..1) by latent channel of the Stable Diffusion 1.x autoencoder: the linear fit
# published with InvokeAI (Apache-2.0).
STABLE_DIFFUSION_1_FACTORS = (
    (0.298, 0.207, 0.208),
    (0.187, 0.286, 0.173),
    (-0.158, 0.189, 0.264),
    (-0.184, -0.271, -0.473),
)


def pixels_per_latent(vae: Any) -> int:
    """How many pixels a latent covers along each side."""
    if type(vae).__name__ == "AutoencoderDC":
        return int(vae.spatial_compression_ratio)
    if type(vae).__name__ == "AutoencoderTiny":
        blocks = len(vae.config.decoder_block_out_channels)
        return int(vae.config.upsampling_scaling_factor ** (blocks - 1))
    return int(2 ** (len(vae.config.block_out_channels) - 1))


def decode(vae: Any, latents: torch.Tensor) -> torch.Tensor:
    """Pixels (batch, 3, height, width) in float32, about -1..1, of latents scaled as the UNet sees them."""
    unscaled = latents / vae.config.scaling_factor
    shift = vae.config.get("shift_factor")
    if shift is not None:
        unscaled = unscaled + shift
    pixels: torch.Tensor = vae.decode(unscaled.to(vae.dtype), return_dict=False)[0]
    return pixels.float()


def to_bytes(pixels: torch.Tensor) -> bytes:
    """RGB bytes, row by row, of one picture (3, height, width) in -1..1."""
    levels = ((pixels.clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8)
    return levels.permute(1, 2, 0).contiguous().cpu().numpy().tobytes()


class PreviewMatrix:
    """A linear guess at the colour under each latent."""

    def __init__(self, factors: torch.Tensor, bias: torch.Tensor) -> None:
        self._factors = factors
        self._bias = bias

    def pixels(self, latents: torch.Tensor) -> torch.Tensor:
        """(3, height, width) in about -1..1 of latents (1, channels, height, width): a pixel a latent."""
        flat = latents[0].float().cpu().permute(1, 2, 0)
        return (flat @ self._factors + self._bias).permute(2, 0, 1)


def load_preview_matrix(folder: Path, vae: Any) -> PreviewMatrix | None:
    """The matrix the model ships in preview.json, Stable Diffusion 1's own, or None."""
    path = folder / PREVIEW_FILE
    channels = int(vae.config.latent_channels)
    if path.is_file():
        try:
            shipped = json.loads(path.read_text())
            factors = torch.tensor(shipped["latent_rgb_factors"], dtype=torch.float32)
            bias = torch.tensor(shipped["bias"], dtype=torch.float32)
        except (ValueError, TypeError, KeyError) as error:
            raise EngineUnavailable("unreadable_model", f"{path}: {error!r}") from error
        if factors.shape != (channels, 3) or bias.shape != (3,):
            raise EngineUnavailable("unreadable_model", f"{path}: not {channels} rows of 3 and a bias of 3")
        return PreviewMatrix(factors, bias)
    if channels == 4 and type(vae).__name__ != "AutoencoderDC":
        return PreviewMatrix(torch.tensor(STABLE_DIFFUSION_1_FACTORS), torch.zeros(3))
    return None
