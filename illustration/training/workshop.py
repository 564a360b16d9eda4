"""What the stages leave in the work folder and how a later stage finds it again; no training here."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from diffusers import AutoencoderDC
from peft import LoraConfig
from torch import Tensor

from illustration.training import autoencoder, base
from illustration.training.adapters import AdapterPlan, Batches
from illustration.training.autoencoder import AutoencoderPlan
from illustration.training.base import Base, BasePlan
from illustration.training.composer import Composer
from illustration.training.filters import TRIGGERS
from illustration.training.language import LanguagePlan, varied_caption
from illustration.training.latents import SHARD, LatentStore, compose_shard
from illustration.training.loop import Machine
from illustration.training.sprites import SpriteSet, load_icons


@dataclass(frozen=True, slots=True)
class Workshop:
    """One work folder, the plans that fill it and the machine that does the work."""

    work: Path
    icons: Path
    machine: Machine
    autoencoder_plan: AutoencoderPlan = field(default_factory=AutoencoderPlan)
    base_plan: BasePlan = field(default_factory=BasePlan)
    adapter_plan: AdapterPlan = field(default_factory=AdapterPlan)
    shard_size: int = SHARD
    measured_scenes: int = 256

    @property
    def autoencoder_checkpoint(self) -> Path:
        return self.work / "autoencoder.pt"

    @property
    def base_checkpoint(self) -> Path:
        return self.work / "base.pt"

    def adapter_checkpoint(self, style: str) -> Path:
        return self.work / f"adapter-{style}.pt"

    def composer(self) -> Composer:
        return Composer(SpriteSet(load_icons(self.icons)))

    def trained_autoencoder(self) -> tuple[AutoencoderDC, Tensor]:
        """The averaged autoencoder with its scaling factor set, and the preview's matrix (channels + 1, 3).

        The matrix takes scaled latents; its last row is the colour of a latent of zeros. Measured once, then read.
        """
        model = autoencoder.build(self.autoencoder_plan)
        saved = torch.load(self.autoencoder_checkpoint, map_location="cpu", weights_only=True)
        model.load_state_dict(saved["average"])
        model.to(self.machine.device, memory_format=torch.channels_last).eval()
        path = self.work / f"autoencoder-{saved['step']}.json"
        if not path.exists():
            pictures, _ = compose_shard(self.composer(), "measured", self.measured_scenes)
            latents = autoencoder.encode(model, pictures, self.machine)
            scale = autoencoder.measured_spread(latents)
            matrix = autoencoder.colour_matrix(latents * scale, pictures)
            error = autoencoder.mean_absolute_error(model, pictures[:64], self.machine)
            content = {"scaling_factor": scale, "matrix": matrix.tolist(), "mean_absolute_error": error}
            content |= {"channel_means": latents.mean(dim=(0, 2, 3)).tolist()}
            path.write_text(json.dumps(content), encoding="utf-8")
        measured = json.loads(path.read_text(encoding="utf-8"))
        model.register_to_config(
            scaling_factor=measured["scaling_factor"],
            # A stock pipeline counts these to learn how much smaller latents are.
            block_out_channels=list(self.autoencoder_plan.decoder_channels),
        )
        return model, torch.tensor(measured["matrix"])

    def store(self) -> LatentStore:
        """Latents of the trained autoencoder, kept apart from those of any other."""
        model, _ = self.trained_autoencoder()
        step = torch.load(self.autoencoder_checkpoint, map_location="cpu", weights_only=True)["step"]
        return LatentStore(
            self.work / f"latents-{step}", self.composer(), model, self.machine, size=self.shard_size
        )

    def trained_base(self) -> Base:
        """The averaged base as its checkpoint stands now, finished or not."""
        parts = base.build(self.base_plan)
        base.load_average(
            parts, torch.load(self.base_checkpoint, map_location="cpu", weights_only=True)["average"]
        )
        for part in (parts.unet, parts.text_encoder):
            part.to(self.machine.device).eval().requires_grad_(False)
        return parts

    def put_on_adapter(self, parts: Base, style: str) -> None:
        """Add the style's averaged adapter to the UNet, as its checkpoint stands now."""
        plan = self.adapter_plan
        parts.unet.add_adapter(
            LoraConfig(r=plan.rank, lora_alpha=plan.alpha, target_modules=list(plan.layers))
        )
        saved = torch.load(self.adapter_checkpoint(style), map_location="cpu", weights_only=True)["average"]
        with torch.no_grad():
            for name, value in parts.unet.named_parameters():
                if "lora_" in name:
                    value.copy_(saved[name.replace(".", "/")])
        parts.unet.requires_grad_(False).eval()

    def round_trip_error(self) -> float:
        """The trained autoencoder's mean absolute error on scenes, colours from -1 to 1."""
        self.trained_autoencoder()
        step = torch.load(self.autoencoder_checkpoint, map_location="cpu", weights_only=True)["step"]
        path = self.work / f"autoencoder-{step}.json"
        return float(json.loads(path.read_text(encoding="utf-8"))["mean_absolute_error"])

    def measured(self) -> dict[str, dict[str, float]]:
        """What the stages cost, for the model card: steps and minutes by stage."""
        found: dict[str, dict[str, float]] = {}
        for path in (
            self.autoencoder_checkpoint,
            self.base_checkpoint,
            *sorted(self.work.glob("adapter-*.pt")),
        ):
            if path.exists():
                saved = torch.load(path, map_location="cpu", weights_only=True)
                found[path.stem] = {"steps": saved["step"], "minutes": round(saved["spent"] / 60, 1)}
        return found


def styled_batches(store: LatentStore, style: str, plan: LanguagePlan, *, size: int, shards: int) -> Batches:
    """Batches for `train_adapter`: the style's latents, their captions led by its trigger, some left empty."""

    def batch(step: int) -> tuple[Tensor, Tensor, Sequence[str]]:
        latents, cover, casts = store.batch(step, size=size, shards=shards, style=style)
        rng = random.Random(f"{style}/{step}")
        return latents, cover, [varied_caption(cast, plan, rng, trigger=TRIGGERS[style]) for cast in casts]

    return batch
