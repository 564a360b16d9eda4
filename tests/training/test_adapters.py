"""Adapters for any kind of base: what it predicts, which layers are touched, what it may not forget, what is saved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from diffusers import DDPMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from safetensors import safe_open
from torch import Tensor

from illustration.training import adapters
from illustration.training.adapters import ATTENTION, AdapterPlan, adapter_loss, base_hash, min_snr_weight
from illustration.training.language import LanguagePlan, build_text_encoder, build_tokenizer
from illustration.training.loop import Budget, Machine

LANGUAGE = LanguagePlan(width=16, layers=1, heads=2)


def quiet(line: str) -> None:
    """Training talks to nobody here."""


def small_unet() -> UNet2DConditionModel:
    """Stable Diffusion 1's shape, four latent channels and attention everywhere, at the smallest size."""
    torch.manual_seed(0)
    return UNet2DConditionModel(
        sample_size=8,
        in_channels=4,
        out_channels=4,
        block_out_channels=(16, 32),
        layers_per_block=1,
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
        cross_attention_dim=LANGUAGE.width,
        attention_head_dim=2,
        norm_num_groups=8,
    )


def flat(value: float, words: str) -> adapters.Batches:
    """Two pictures of one colour a step."""

    def batch(step: int) -> tuple[Tensor, Tensor, Sequence[str]]:
        return torch.full((2, 4, 8, 8), value), torch.zeros(2, 1, 8, 8), [words, words]

    return batch


@pytest.mark.parametrize("prediction", ["epsilon", "v_prediction", "sample"])
def test_every_prediction_is_weighed_as_an_error_of_the_picture_up_to_a_limit(prediction: str) -> None:
    signal = torch.tensor([1e-4, 0.3, 0.9, 0.999])
    ratio = signal / (1 - signal)
    weight = min_snr_weight(signal, prediction, 5)
    # What an error of one in the picture is worth in the network's own terms.
    worth = {"epsilon": ratio, "v_prediction": ratio + 1, "sample": torch.ones(4)}[prediction]
    floor = 1 if prediction == "sample" else 0
    torch.testing.assert_close(weight * worth, ratio.clamp(max=5) + floor)


def test_an_unknown_prediction_is_refused() -> None:
    with pytest.raises(ValueError, match="'flow'"):
        min_snr_weight(torch.tensor([0.5]), "flow", 5)


@pytest.mark.parametrize("prediction", ["epsilon", "v_prediction", "sample"])
def test_a_network_that_knows_the_answer_has_no_loss(prediction: str, machine: Machine) -> None:
    scheduler = DDPMScheduler(prediction_type=prediction)
    latents = torch.randn(3, 4, 8, 8, generator=torch.Generator().manual_seed(0))

    class Knowing(torch.nn.Module):
        def forward(self, noisy: Tensor, timesteps: Tensor, states: Tensor) -> object:
            signal = scheduler.alphas_cumprod[timesteps].reshape(-1, 1, 1, 1)
            noise = (noisy - signal.sqrt() * latents) / (1 - signal).sqrt()
            velocity = signal.sqrt() * noise - (1 - signal).sqrt() * latents
            answer = {"epsilon": noise, "v_prediction": velocity, "sample": latents}[prediction]
            return type("Answer", (), {"sample": answer})

    loss = adapter_loss(
        Knowing(),
        torch.zeros(3, 1, 1),
        latents,
        torch.ones(3, 1, 8, 8),
        scheduler=scheduler,
        machine=machine,
        generator=torch.Generator().manual_seed(1),
        subject_weight=2.0,
        gamma=5.0,
    )
    assert loss.shape == (3,)
    assert float(loss.max()) < 1e-4


def test_a_style_is_learned_by_attention_alone_and_the_rest_is_kept(machine: Machine, tmp_path: Path) -> None:
    tokenizer = build_tokenizer(LANGUAGE)
    text_encoder = build_text_encoder(LANGUAGE, tokenizer)
    scheduler = DDPMScheduler(prediction_type="v_prediction")
    plan = AdapterPlan(
        rank=8, alpha=8, layers=ATTENTION, prior_weight=3.0, budget=Budget(1, 6e-2, steps=60, average=0)
    )

    def loss_of(unet: UNet2DConditionModel, batches: adapters.Batches) -> float:
        latents, cover, captions = batches(0)
        ids = tokenizer(list(captions), padding="max_length", max_length=40, return_tensors="pt").input_ids
        total = 0.0
        with torch.no_grad():
            states = text_encoder(ids)[0]
            for seed in range(8):
                total += float(
                    adapter_loss(
                        unet, states, latents, cover, scheduler=scheduler, machine=machine,
                        generator=torch.Generator().manual_seed(seed), subject_weight=1, gamma=5,
                    ).mean()
                )  # fmt: skip
        return total

    def trained(prior: adapters.Batches | None, name: str) -> UNet2DConditionModel:
        return adapters.train_adapter(
            small_unet(), text_encoder, tokenizer, flat(1.0, "crayon drawing"), plan,
            machine=machine, checkpoint=tmp_path / f"{name}.pt", scheduler=scheduler, prior=prior, say=quiet,
        )  # fmt: skip

    style, plain = flat(1.0, "crayon drawing"), flat(-1.0, "a dog")
    before = small_unet()
    free, bound = trained(None, "free"), trained(plain, "bound")
    assert loss_of(free, style) < 0.9 * loss_of(before, style)
    assert loss_of(bound, plain) < loss_of(free, plain)
    assert base_hash(free) == base_hash(bound) == base_hash(before)

    path = tmp_path / "style.safetensors"
    adapters.save_adapter(bound, path, notes={"trigger": "crayon drawing"})
    with safe_open(path, "pt") as file:
        assert all("attn" in name for name in file.keys())  # noqa: SIM118
        assert file.metadata()["base_sha256"] == base_hash(before)
        assert file.metadata()["trigger"] == "crayon drawing"
    state, alphas, metadata = StableDiffusionPipeline.lora_state_dict(
        str(tmp_path), weight_name=path.name, local_files_only=True, return_lora_metadata=True
    )
    assert metadata["unet.lora_alpha"] == 8
    StableDiffusionPipeline.load_lora_into_unet(
        state, network_alphas=alphas, unet=before, adapter_name="style", metadata=metadata
    )
    assert loss_of(before, style) == pytest.approx(loss_of(bound, style), rel=0.02)


def test_the_hash_of_a_base_is_of_its_weights_alone() -> None:
    unet = small_unet()
    found = base_hash(unet)
    assert base_hash(small_unet().half()) == found
    adapters.add_adapter(unet, replace(AdapterPlan(), rank=2))
    assert base_hash(unet) == found
    with torch.no_grad():
        next(iter(unet.parameters())).add_(1)
    assert base_hash(unet) != found
