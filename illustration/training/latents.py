"""Composed scenes as latents on disk, in shards that any stage reads again; no training here."""

import random
from dataclasses import astuple, dataclass, field
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderDC
from torch import Tensor

from illustration.training.autoencoder import encode
from illustration.training.composer import Cast, Composer, Member, draw_cast
from illustration.training.filters import STYLES
from illustration.training.loop import Machine, write_atomically

SHARD = 1000


@dataclass(frozen=True, slots=True)
class Shard:
    """Scenes of one shard: scaled latents float16 (n, channels, 16, 16), cover float32 0..1 (n, 1, 16, 16), casts."""

    latents: Tensor
    cover: Tensor
    casts: tuple[Cast, ...]


def compose_shard(composer: Composer, seed: str, size: int, style: str = "") -> tuple[np.ndarray, Shard]:
    """Pictures uint8 (size, 256, 256, 3) and a shard without latents; the same seed gives the same scenes."""
    rng = random.Random(seed)
    paint = STYLES[style] if style else None
    pictures, covers, casts = [], [], []
    for _ in range(size):
        scene = composer.compose(draw_cast(rng), rng)
        pictures.append(paint(scene.pixels, rng) if paint else scene.pixels)
        covers.append(scene.cover)
        casts.append(scene.cast)
    cover = torch.from_numpy(np.stack(covers)).float().div(255).unsqueeze(1)
    return np.stack(pictures), Shard(torch.empty(0), cover, tuple(casts))


@dataclass(slots=True)
class LatentStore:
    """Shards of base or styled scenes, composed and encoded when first asked for and kept on disk and in memory.

    folder must belong to one autoencoder: latents of another one mean nothing to this.
    """

    folder: Path
    composer: Composer
    autoencoder: AutoencoderDC
    machine: Machine
    size: int = SHARD
    seed: int = 1
    _held: dict[tuple[str, int], Shard] = field(default_factory=dict)

    def shard(self, number: int, style: str = "") -> Shard:
        key = (style, number)
        if key not in self._held:
            self._held[key] = self._read(number, style)
        return self._held[key]

    def _read(self, number: int, style: str) -> Shard:
        path = self.folder / f"{style or 'base'}-{self.size}-{self.seed}-{number}.pt"
        if not path.exists():
            pictures, shard = compose_shard(self.composer, path.stem, self.size, style)
            scale = self.autoencoder.config["scaling_factor"]
            latents = (encode(self.autoencoder, pictures, self.machine) * scale).half()
            casts = [astuple(cast) for cast in shard.casts]
            write_atomically(path, {"latents": latents, "cover": shard.cover, "casts": casts})
        saved = torch.load(path, weights_only=True)
        casts = tuple(
            Cast(tuple(Member(*member) for member in members), *rest) for members, *rest in saved["casts"]
        )
        return Shard(saved["latents"], saved["cover"], casts)

    def batch(
        self, step: int, *, size: int, shards: int, style: str = ""
    ) -> tuple[Tensor, Tensor, list[Cast]]:
        """Latents float32, cover and casts of `size` scenes among the first `shards` shards, chosen by step alone."""
        rng = random.Random(f"{self.seed}/{style}/{step}")
        latents, covers, casts = [], [], []
        for _ in range(size):
            shard = self.shard(rng.randrange(shards), style)
            index = rng.randrange(len(shard.casts))
            latents.append(shard.latents[index])
            covers.append(shard.cover[index])
            casts.append(shard.casts[index])
        return torch.stack(latents).float(), torch.stack(covers), casts
