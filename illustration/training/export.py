"""From the work folder to a diffusers folder that stock classes load offline, with its card and sample pictures."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch
from diffusers import DDIMScheduler, StableDiffusionPipeline
from PIL import Image

from illustration.engine.model import load_model
from illustration.training import autoencoder
from illustration.training.adapters import save_adapter
from illustration.training.base import Base, noise_scheduler
from illustration.training.card import MISSED, SHEET, model_card
from illustration.training.filters import STYLES, TRIGGERS
from illustration.training.loop import TrainingError
from illustration.training.sampling import sample_latents
from illustration.training.vocabulary import Cast, Member, caption, vocabulary
from illustration.training.workshop import Workshop

MOST_BYTES = 45_000_000
MOST_BYTES_A_FILE = 15_000_000
# Below the limit, because a shard's header comes on top.
SHARD_SIZE = "14MB"
LICENCE_FILE = Path(__file__).parent.parent / "starter" / "LICENSE.fluent-emoji"
SAMPLE_CAST = Cast((Member("girl"), Member("dog")), "park", "sunny", "day")


def check_sizes(folder: Path) -> int:
    """Bytes of all weights; ValueError where they are more than the repository takes."""
    total = 0
    for path in sorted(folder.rglob("*.safetensors")):
        size = path.stat().st_size
        total += size
        if size > MOST_BYTES_A_FILE:
            raise ValueError(f"{path.name} takes {size} bytes, the most is {MOST_BYTES_A_FILE}")
    if total > MOST_BYTES:
        raise ValueError(f"the weights take {total} bytes together, the most is {MOST_BYTES}")
    return total


def _write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def export(shop: Workshop, out: Path, *, sample_seed: int = 7, sample_steps: int = 20) -> int:
    """Write everything under `out`, over what is there; returns the bytes of the weights.

    Stages still in training are exported as their last checkpoint has them.
    """
    model, matrix = shop.trained_autoencoder()
    parts = shop.trained_base()
    for folder in ("adapters", "samples"):
        (out / folder).mkdir(parents=True, exist_ok=True)
        # Of an earlier export: what is not written again was made for other weights.
        for stale in (out / folder).iterdir():
            stale.unlink()
    styles = [style for style in STYLES if shop.adapter_checkpoint(style).exists()]
    for style in ("", *styles):
        if style:
            shop.put_on_adapter(parts, style)
            notes = {"trigger": TRIGGERS[style]}
            save_adapter(parts.unet, out / "adapters" / f"{style}.safetensors", notes=notes)
        _sample(shop, parts, model, style, sample_seed, sample_steps).save(
            out / "samples" / f"{style or 'base'}.webp", quality=90, method=6
        )
        if style:
            parts.unet.delete_adapters("default")
    # A UNet that held adapters keeps their wrapping; the file must not.
    plain = shop.trained_base()
    pipeline = StableDiffusionPipeline(
        vae=model.half(),
        text_encoder=plain.text_encoder.half(),
        tokenizer=plain.tokenizer,
        unet=plain.unet.half(),
        scheduler=DDIMScheduler.from_config(noise_scheduler().config, set_alpha_to_one=True),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    for part in ("unet", "vae", "text_encoder"):
        # Left by an earlier export in another number of shards, it would be loaded in place of the new ones.
        for stale in (out / part).glob("*.safetensors*"):
            stale.unlink()
    pipeline.save_pretrained(out, max_shard_size=SHARD_SIZE)
    plain.tokenizer.backend_tokenizer.model.save(str(out / "tokenizer"))
    # Words that passed, and pictures of them, were another model's.
    for stale in (SHEET, MISSED):
        (out / stale).unlink(missing_ok=True)
    _write_json(out / "vocabulary.json", vocabulary(TRIGGERS))
    _write_json(
        out / "preview.json", {"latent_rgb_factors": matrix[:-1].tolist(), "bias": matrix[-1].tolist()}
    )
    if not (out / LICENCE_FILE.name).exists():
        shutil.copyfile(LICENCE_FILE, out / LICENCE_FILE.name)
    for path in out.rglob("*.safetensors"):
        # Written readable for their owner alone; the site's workers may run as somebody else.
        path.chmod(0o644)
    return write_card(shop, out)


def write_card(
    shop: Workshop, out: Path, *, measurements: Path | None = None, named: int | None = None
) -> int:
    """Write the card of the exported model in `out`; returns the bytes of its weights.

    measurements: what the painter's benchmark left of this model; its sheets and the words that passed go into the
    model's folder. named: how many pictures of the sheet a person named rightly. Raises TrainingError where the
    benchmark was of other weights.
    """
    model = load_model(str(out), torch.device("cpu"), torch.float32)
    measured = None
    if measurements:
        measured = json.loads((measurements / "painter.json").read_text(encoding="utf-8"))
        if measured["model"] != model.digest:
            raise TrainingError(f"{measurements} holds the figures of other weights than those in {out}")
        for name in (SHEET, MISSED, "vocabulary.json"):
            shutil.copyfile(measurements / name, out / name)
    total = check_sizes(out)
    parts = {"unet": model.unet, "text encoder": model.words.text_encoder, "autoencoder": model.vae}
    card = model_card(
        shop.measured(),
        {name: sum(value.numel() for value in part.parameters()) for name, part in parts.items()},
        total,
        shop.seeds(),
        shop.round_trip_error(),
        json.loads((out / "vocabulary.json").read_text(encoding="utf-8")),
        measured,
        named,
    )
    (out / "README.md").write_text(card, encoding="utf-8")
    return total


def _sample(shop: Workshop, parts: Base, model: Any, style: str, seed: int, steps: int) -> Image.Image:
    words = caption(SAMPLE_CAST, trigger=TRIGGERS.get(style, ""))
    latents = sample_latents(parts, [words], machine=shop.machine, seed=seed, steps=steps)
    return Image.fromarray(
        autoencoder.decode(model, latents / model.config["scaling_factor"], shop.machine)[0]
    )
