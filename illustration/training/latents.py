"""Composed scenes as latents on disk, in shards that any stage maps into memory again; no training here."""

import json
import os
import random
from collections.abc import Sequence
from dataclasses import astuple, dataclass, field
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderDC
from numpy.typing import NDArray
from torch import Tensor

from illustration.training.autoencoder import encode
from illustration.training.casting import draw_cast
from illustration.training.composer import Composer
from illustration.training.filters import STYLES
from illustration.training.loop import Machine
from illustration.training.vocabulary import Cast, Member

SHARD = 1000


@dataclass(frozen=True, slots=True)
class Shard:
    """Scenes of one shard: scaled latents float16 (n, channels, 16, 16), cover uint8 (n, 16, 16), casts."""

    latents: NDArray[np.float16]
    cover: NDArray[np.uint8]
    casts: tuple[Cast, ...]


def compose_shard(
    composer: Composer, seed: str, size: int, style: str = "", *, bodies: int | None = None
) -> tuple[NDArray[np.uint8], Shard]:
    """Pictures uint8 (size, 256, 256, 3) and a shard without latents; the same seed gives the same scenes.

    bodies: how many every scene holds; None lets it vary.
    """
    rng = random.Random(seed)
    paint = STYLES[style] if style else None
    pictures, covers, casts = [], [], []
    for _ in range(size):
        scene = composer.compose(draw_cast(rng, bodies=bodies), rng)
        pictures.append(paint(scene.pixels, rng) if paint else scene.pixels)
        covers.append(scene.cover)
        casts.append(scene.cast)
    return np.stack(pictures), Shard(np.empty(0, np.float16), np.stack(covers), tuple(casts))


def _cast(saved: Sequence[list[list[str | int]] | str]) -> Cast:
    members, *rest = saved
    return Cast(tuple(Member(*member) for member in members), *rest)  # type: ignore[arg-type]


@dataclass(slots=True)
class LatentStore:
    """Shards of base or styled scenes, composed and encoded when first asked for and kept on disk.

    folder must belong to one autoencoder: latents of another one mean nothing to this.
    The first `simple` shards of the base hold scenes of a single body, the easiest to learn a word from.
    """

    folder: Path
    composer: Composer
    autoencoder: AutoencoderDC
    machine: Machine
    size: int = SHARD
    seed: int = 1
    simple: int = 0
    _held: dict[tuple[str, int], Shard] = field(default_factory=dict)
    _ready: int = 0

    def shard(self, number: int, style: str = "") -> Shard:
        key = (style, number)
        if key not in self._held:
            if not self.made(number, style):
                self.make(number, style)
            self._held[key] = self._read(number, style)
        return self._held[key]

    def _path(self, number: int, style: str, ending: str) -> Path:
        return self.folder / f"{style or 'base'}-{self.size}-{self.seed}-{number}.{ending}"

    def made(self, number: int, style: str = "") -> bool:
        """Whether the shard lies on disk in full: its casts are written last."""
        return self._path(number, style, "json").exists()

    def ready(self) -> int:
        """How many of the base's shards lie there without a gap; more as they are stocked beside training."""
        while self.made(self._ready):
            self._ready += 1
        return self._ready

    def make(self, number: int, style: str = "") -> None:
        """Compose and encode a shard and write it; two processes at it write the same."""
        path = self._path(number, style, "json")
        bodies = 1 if not style and number < self.simple else None
        pictures, shard = compose_shard(self.composer, path.stem, self.size, style, bodies=bodies)
        scale = self.autoencoder.config["scaling_factor"]
        # Few at a time, so that they stay in the processor's cache: half as slow again with 32.
        latents = (encode(self.autoencoder, pictures, self.machine, batch=8) * scale).half().numpy()
        self.folder.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(f".{os.getpid()}.writing.npy")
        for found, ending in ((latents, "latents.npy"), (shard.cover, "cover.npy")):
            np.save(half, found)
            os.replace(half, self._path(number, style, ending))
        half.write_text(json.dumps([astuple(cast) for cast in shard.casts]), encoding="utf-8")
        os.replace(half, path)

    def _read(self, number: int, style: str) -> Shard:
        casts = json.loads(self._path(number, style, "json").read_text(encoding="utf-8"))
        return Shard(
            np.load(self._path(number, style, "latents.npy"), mmap_mode="r"),
            np.load(self._path(number, style, "cover.npy"), mmap_mode="r"),
            tuple(_cast(cast) for cast in casts),
        )

    def batch(
        self, step: int, *, size: int, shards: int, style: str = ""
    ) -> tuple[Tensor, Tensor, list[Cast]]:
        """Latents float32, cover 0..1 (size, 1, 16, 16) and casts among the first `shards` shards, by step alone."""
        rng = random.Random(f"{self.seed}/{style}/{step}")
        latents, covers, casts = [], [], []
        for _ in range(size):
            shard = self.shard(rng.randrange(shards), style)
            index = rng.randrange(len(shard.casts))
            latents.append(shard.latents[index])
            covers.append(shard.cover[index])
            casts.append(shard.casts[index])
        cover = torch.from_numpy(np.stack(covers)).float().div(255).unsqueeze(1)
        return torch.from_numpy(np.stack(latents)).float(), cover, casts
