"""The model that comes with the product: complete, small enough, in the words the scene reader uses, and drawing."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionPipeline
from PIL import Image

from illustration.scenes.vocabulary import STARTER, Vocabulary
from illustration.training.export import check_sizes
from illustration.training.filters import STYLES, TRIGGERS

FOLDER = Path(__file__).parents[2] / "illustration/starter"


@pytest.fixture(scope="module")
def pipeline() -> StableDiffusionPipeline:
    loaded = StableDiffusionPipeline.from_pretrained(FOLDER, local_files_only=True, dtype=torch.float32)
    loaded.set_progress_bar_config(disable=True)
    for style in STYLES:
        loaded.load_lora_weights(
            FOLDER / "adapters", weight_name=f"{style}.safetensors", adapter_name=style, local_files_only=True
        )
    return loaded


def drawn(pipeline: StableDiffusionPipeline, prompt: str, style: str, *, steps: int = 6) -> np.ndarray:
    """One picture, uint8 (256, 256, 3), from the same noise every time."""
    if style:
        pipeline.enable_lora()
        pipeline.set_adapters(style)
    else:
        pipeline.disable_lora()
    generator = torch.Generator().manual_seed(3)
    latents = pipeline(
        prompt, num_inference_steps=steps, guidance_scale=4.0, output_type="latent", generator=generator
    ).images
    with torch.no_grad():
        pixels = pipeline.vae.decode(latents / pipeline.vae.config.scaling_factor).sample
    return ((pixels[0].clamp(-1, 1) + 1) * 127.5).round().to(torch.uint8).permute(1, 2, 0).numpy()


def test_the_weights_keep_to_the_limits() -> None:
    assert 5_000_000 < check_sizes(FOLDER) <= 20_000_000


def test_its_words_are_the_scene_readers() -> None:
    assert Vocabulary.load(FOLDER / "vocabulary.json") == STARTER
    assert dict(TRIGGERS) == dict(STARTER.styles)


def test_each_of_its_words_is_one_token(pipeline: StableDiffusionPipeline) -> None:
    vocabulary = json.loads((FOLDER / "vocabulary.json").read_text(encoding="utf-8"))
    said: set[str] = set()
    for section in vocabulary.values():
        phrases = section.values() if isinstance(section, dict) else section
        said.update(word for phrase in phrases for word in phrase.split())
    split = [word for word in sorted(said) if len(pipeline.tokenizer(word).input_ids) != 3]
    assert split == []
    assert len(pipeline.tokenizer("a grandmother, at the playground").input_ids) == 8


def test_day_is_lighter_than_night(pipeline: StableDiffusionPipeline) -> None:
    day = drawn(pipeline, "a dog, at the park, sunny, day", "")
    night = drawn(pipeline, "a dog, at the park, sunny, night", "")
    assert day.shape == (256, 256, 3)
    assert day[:80].mean() > night[:80].mean() + 40


def test_every_style_shows(pipeline: StableDiffusionPipeline) -> None:
    words = "a girl, at the park, cloudy, day"
    pictures = [drawn(pipeline, words, "").astype(int)]
    pictures += [drawn(pipeline, f"{TRIGGERS[style]}, {words}", style).astype(int) for style in STYLES]
    for index, picture in enumerate(pictures):
        assert all(np.abs(picture - other).mean() > 10 for other in pictures[index + 1 :])


def test_previews_come_near_the_picture(pipeline: StableDiffusionPipeline) -> None:
    shipped = json.loads((FOLDER / "preview.json").read_text(encoding="utf-8"))
    picture = np.asarray(Image.open(FOLDER / "samples/base.webp").convert("RGB"), np.float32) / 127.5 - 1
    pixels = torch.from_numpy(picture).permute(2, 0, 1).unsqueeze(0)
    with torch.no_grad():
        latents = pipeline.vae.encode(pixels).latent * pipeline.vae.config.scaling_factor
    guess = latents[0].permute(1, 2, 0) @ torch.tensor(shipped["latent_rgb_factors"]) + torch.tensor(
        shipped["bias"]
    )
    cells = torch.from_numpy(picture).reshape(16, 16, 16, 16, 3).mean(dim=(1, 3))
    assert float((guess - cells).abs().mean()) < 0.15


def test_card_and_samples_are_there() -> None:
    card = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert "Fluent Emoji flat" in card
    assert "MIT" in card
    for style in STYLES:
        assert Image.open(FOLDER / "samples" / f"{style}.webp").size == (256, 256)
