"""What the stages leave in the work folder and how a later stage finds it again; no training here."""

import json
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from diffusers import AutoencoderDC
from torch import Tensor

from illustration.training import autoencoder, base
from illustration.training.adapters import AdapterPlan, Batches, add_adapter, base_hash
from illustration.training.autoencoder import AutoencoderPlan
from illustration.training.base import Base, BasePlan
from illustration.training.composer import Composer
from illustration.training.filters import TRIGGERS
from illustration.training.judge import Judge, JudgePlan, load_judge
from illustration.training.language import LanguagePlan, varied_caption
from illustration.training.latents import SHARD, LatentStore, compose_shard
from illustration.training.loop import Machine, TrainingError, check_ground
from illustration.training.sprites import SpriteSet, load_icons


def saved_state(checkpoint: Path) -> dict[str, Any]:
    """What a stage's checkpoint holds, on the processor. TrainingError where the stage has not run in this folder."""
    if not checkpoint.exists():
        raise TrainingError(
            f"there is no {checkpoint.name} in {checkpoint.parent}: an earlier stage comes first"
        )
    found: dict[str, Any] = torch.load(checkpoint, map_location="cpu", weights_only=True)
    return found


@dataclass(frozen=True, slots=True)
class StageCost:
    """Steps and minutes of one stage, and the machines it ran on."""

    steps: int
    minutes: float
    machines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Workshop:
    """One work folder, the plans that fill it and the machine that does the work."""

    work: Path
    icons: Path
    machine: Machine
    autoencoder_plan: AutoencoderPlan = field(default_factory=AutoencoderPlan)
    base_plan: BasePlan = field(default_factory=BasePlan)
    adapter_plan: AdapterPlan = field(default_factory=AdapterPlan)
    judge_plan: JudgePlan = field(default_factory=JudgePlan)
    shard_size: int = SHARD
    measured_scenes: int = 256
    sheet_pictures: int = 12

    @property
    def autoencoder_checkpoint(self) -> Path:
        return self.work / "autoencoder.pt"

    def decoder_checkpoint(self) -> Path:
        """Of the decoder's own stage, for the autoencoder as trained now: another one's decoder fits no latents."""
        return self.work / f"decoder-{self._autoencoder_step()}.pt"

    def _autoencoder_step(self) -> int:
        return int(saved_state(self.autoencoder_checkpoint)["step"])

    @property
    def base_checkpoint(self) -> Path:
        return self.work / "base.pt"

    def adapter_checkpoint(self, style: str) -> Path:
        return self.work / f"adapter-{style}.pt"

    @property
    def judge_checkpoint(self) -> Path:
        """The judge stays in the work folder: it measures the model and is no part of it."""
        return self.work / "judge.pt"

    def trained_judge(self) -> Judge:
        return load_judge(self.judge_checkpoint, self.judge_plan, self.machine)

    def composer(self) -> Composer:
        return Composer(SpriteSet(load_icons(self.icons)))

    def first_autoencoder(self) -> AutoencoderDC:
        """The averaged autoencoder after its first stage, whose latents are final."""
        model = autoencoder.build(self.autoencoder_plan)
        model.load_state_dict(saved_state(self.autoencoder_checkpoint)["average"])
        return model

    def trained_autoencoder(self) -> tuple[AutoencoderDC, Tensor]:
        """The averaged autoencoder with its scaling factor set, and the preview's matrix (channels + 1, 3).

        The matrix takes scaled latents; its last row is the colour of a latent of zeros. Both are measured once for
        an encoder, so that latents on disk keep their scale while the decoder is still improved.
        """
        model = self.first_autoencoder()
        model.to(self.machine.device, memory_format=torch.channels_last).eval()
        path = self.work / f"autoencoder-{self._autoencoder_step()}.json"
        if not path.exists():
            pictures, _ = compose_shard(self.composer(), "measured", self.measured_scenes)
            latents = autoencoder.encode(model, pictures, self.machine)
            scale = autoencoder.measured_spread(latents)
            matrix = autoencoder.colour_matrix(latents * scale, pictures)
            content = {"scaling_factor": scale, "matrix": matrix.tolist()}
            content |= {"channel_means": latents.mean(dim=(0, 2, 3)).tolist()}
            content |= {"channel_deviations": latents.std(dim=(0, 2, 3)).tolist()}
            half = path.with_suffix(".writing")
            half.write_text(json.dumps(content), encoding="utf-8")
            half.replace(path)
        measured = json.loads(path.read_text(encoding="utf-8"))
        model.register_to_config(
            scaling_factor=measured["scaling_factor"],
            # A stock pipeline counts these to learn how much smaller latents are.
            block_out_channels=list(self.autoencoder_plan.decoder_channels),
        )
        improved = self.decoder_checkpoint()
        if improved.exists():
            model.decoder.load_state_dict(saved_state(improved)["average"])
        return model, torch.tensor(measured["matrix"])

    def store(self) -> LatentStore:
        """Latents of the trained autoencoder, kept apart from those of any other."""
        model, _ = self.trained_autoencoder()
        return LatentStore(
            self.work / f"latents-{self._autoencoder_step()}",
            self.composer(),
            model,
            self.machine,
            size=self.shard_size,
            simple=self.base_plan.simple_shards,
        )

    def trained_base(self) -> Base:
        """The averaged base as its checkpoint stands now, finished or not."""
        parts = base.build(self.base_plan)
        base.load_average(parts, saved_state(self.base_checkpoint)["average"])
        for part in (parts.unet, parts.text_encoder):
            part.to(self.machine.device).eval().requires_grad_(False)
        return parts

    def put_on_adapter(self, parts: Base, style: str) -> None:
        """Add the style's averaged adapter to the UNet, as its checkpoint stands now. TrainingError where it was
        trained on another base."""
        checkpoint = self.adapter_checkpoint(style)
        saved = saved_state(checkpoint)
        check_ground(checkpoint, saved, base_hash(parts.unet))
        add_adapter(parts.unet, self.adapter_plan)
        with torch.no_grad():
            for name, value in parts.unet.named_parameters():
                if "lora_" in name:
                    value.copy_(saved["average"][name.replace(".", "/")])
        parts.unet.requires_grad_(False).eval()

    def round_trip_error(self) -> float:
        """The trained autoencoder's mean absolute error on scenes it never saw, plain and styled, colours -1 to 1."""
        model, _ = self.trained_autoencoder()
        errors = []
        for style in ("", *TRIGGERS):
            pictures, _ = compose_shard(self.composer(), "unseen", max(1, self.measured_scenes // 16), style)
            errors.append(autoencoder.mean_absolute_error(model, pictures, self.machine))
        return sum(errors) / len(errors)

    def measured(self) -> dict[str, StageCost]:
        """What the stages cost, for the model card, in their order; those not begun are left out."""
        found: dict[str, StageCost] = {}
        for stage, path in (
            ("autoencoder", self.autoencoder_checkpoint),
            ("decoder", self.decoder_checkpoint()),
            ("base", self.base_checkpoint),
            *((f"adapter {style}", self.adapter_checkpoint(style)) for style in TRIGGERS),
            ("judge", self.judge_checkpoint),
        ):
            if path.exists():
                saved = saved_state(path)
                machines = list(dict.fromkeys(str(run["machine"]) for run in saved.get("runs", ())))
                found[stage] = StageCost(saved["step"], round(saved["spent"] / 60, 1), tuple(machines))
        return found

    def seeds(self) -> dict[str, int]:
        """What every stage's chance was seeded with, for the model card."""
        return {
            "pictures": self.autoencoder_plan.diet.seed,
            "autoencoder": self.autoencoder_plan.seed,
            "base": self.base_plan.seed,
            "adapters": self.adapter_plan.seed,
            "judge": self.judge_plan.seed,
        }


def styled_batches(store: LatentStore, style: str, plan: LanguagePlan, *, size: int, shards: int) -> Batches:
    """Batches for `train_adapter`: the style's latents, their captions led by its trigger, some left empty."""

    def batch(step: int) -> tuple[Tensor, Tensor, Sequence[str]]:
        latents, cover, casts = store.batch(step, size=size, shards=shards, style=style)
        rng = random.Random(f"{style}/{step}")
        return latents, cover, [varied_caption(cast, plan, rng, trigger=TRIGGERS[style]) for cast in casts]

    return batch
