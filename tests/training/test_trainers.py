"""Every trainer learns, stops, goes on where it stopped, and leaves a folder that stock classes load."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from diffusers import StableDiffusionPipeline, UNet2DConditionModel
from safetensors import safe_open
from torch import nn

from illustration.training import adapters, autoencoder, base
from illustration.training.__main__ import run_adapter, run_autoencoder, run_base, run_decoder
from illustration.training.export import check_sizes, export
from illustration.training.filters import STYLES, TRIGGERS
from illustration.training.loop import Budget, ThreadGovernor, TrainingError, measure_machine, train
from illustration.training.muon import Muon, orthogonalise
from illustration.training.pictures import pictures_on_disk
from illustration.training.workshop import Workshop, styled_batches


class Options:
    """Command-line options as they stand when none is given."""

    minutes = None
    threads = None
    style: str | None = None


def quiet(line: str) -> None:
    """Training talks to nobody here."""


def assert_resumes(train_once: Callable[[str, int | None], dict[str, torch.Tensor]]) -> None:
    """Two steps at once and one step, a stop, one more must end alike, and not where they began."""
    start = train_once("start", 0)
    whole = train_once("whole", None)
    half = train_once("cut", 1)
    resumed = train_once("cut", None)
    for name, value in whole.items():
        torch.testing.assert_close(resumed[name], value, msg=lambda text, name=name: f"{name}: {text}")
    assert any(not torch.equal(half[name], value) for name, value in whole.items())
    assert any(not torch.equal(start[name], value) for name, value in whole.items())


def test_the_autoencoder_resumes(shop: Workshop) -> None:
    pictures = pictures_on_disk(shop.composer(), shop.autoencoder_plan.diet, shop.work)

    def train_once(name: str, stop_after: int | None) -> dict[str, torch.Tensor]:
        return autoencoder.train_autoencoder(
            pictures,
            shop.autoencoder_plan,
            machine=shop.machine,
            checkpoint=shop.work / f"{name}.pt",
            stop_after=stop_after,
            say=quiet,
        ).state_dict()

    assert_resumes(train_once)


def test_the_decoder_resumes_and_leaves_latents_alone(with_autoencoder: Workshop) -> None:
    shop = with_autoencoder
    pictures = pictures_on_disk(shop.composer(), shop.autoencoder_plan.diet, shop.work)
    latents = autoencoder.encode(shop.first_autoencoder().eval(), pictures, shop.machine)

    def train_once(name: str, stop_after: int | None) -> dict[str, torch.Tensor]:
        model = autoencoder.train_decoder(
            shop.first_autoencoder(),
            pictures,
            shop.autoencoder_plan,
            machine=shop.machine,
            checkpoint=shop.work / f"{name}.pt",
            stop_after=stop_after,
            say=quiet,
        )
        torch.testing.assert_close(autoencoder.encode(model, pictures, shop.machine), latents)
        return model.decoder.state_dict()

    assert_resumes(train_once)


def test_the_decoder_stage_changes_pictures_but_no_scale(with_autoencoder: Workshop) -> None:
    shop = with_autoencoder
    before, matrix = shop.trained_autoencoder()
    run_decoder(shop, Options())  # type: ignore[arg-type]
    after, same_matrix = shop.trained_autoencoder()
    assert after.config["scaling_factor"] == before.config["scaling_factor"]
    assert torch.equal(matrix, same_matrix)
    latents = torch.randn(1, 16, 4, 4, generator=torch.Generator().manual_seed(0))
    drawn = [autoencoder.decode(model, latents, shop.machine).astype(int) for model in (before, after)]
    assert abs(drawn[0] - drawn[1]).max() > 0
    assert 0 < shop.round_trip_error() < 2


@pytest.fixture
def with_autoencoder(shop: Workshop) -> Workshop:
    run_autoencoder(shop, Options())  # type: ignore[arg-type]
    return shop


@pytest.fixture
def with_base(with_autoencoder: Workshop) -> Workshop:
    run_base(with_autoencoder, Options())  # type: ignore[arg-type]
    return with_autoencoder


def test_the_base_resumes(with_autoencoder: Workshop) -> None:
    shop = with_autoencoder
    store = shop.store()

    def train_once(name: str, stop_after: int | None) -> dict[str, torch.Tensor]:
        parts = base.train_base(
            store,
            shop.base_plan,
            machine=shop.machine,
            checkpoint=shop.work / f"{name}.pt",
            stop_after=stop_after,
            say=quiet,
        )
        return nn.ModuleDict({"unet": parts.unet, "text_encoder": parts.text_encoder}).state_dict()

    assert_resumes(train_once)


def test_an_adapter_resumes_and_leaves_the_unet_alone(with_base: Workshop) -> None:
    shop = with_base
    batches = styled_batches(shop.store(), "crayon", shop.base_plan.language, size=2, shards=1)
    before = shop.trained_base().unet.state_dict()

    def train_once(name: str, stop_after: int | None) -> dict[str, torch.Tensor]:
        parts = shop.trained_base()
        unet = adapters.train_adapter(
            parts.unet,
            parts.text_encoder,
            parts.tokenizer,
            batches,
            shop.adapter_plan,
            machine=shop.machine,
            checkpoint=shop.work / f"{name}.pt",
            stop_after=stop_after,
            say=quiet,
        )
        after = {key.replace(".base_layer.", "."): value for key, value in unet.state_dict().items()}
        assert all(torch.equal(after[key], value) for key, value in before.items())
        return {key: value for key, value in after.items() if "lora_" in key}

    assert_resumes(train_once)


def test_the_exported_folder_draws_with_stock_classes(with_base: Workshop, tmp_path: Path) -> None:
    shop = with_base
    # Enough steps at a high rate that the styles show.
    quick = replace(shop, adapter_plan=replace(shop.adapter_plan, budget=Budget(1, 2e-2, steps=8, average=0)))
    run_adapter(quick, Options())  # type: ignore[arg-type]
    out = tmp_path / "model"
    assert export(quick, out, sample_steps=2) == check_sizes(out) > 0

    pipeline = StableDiffusionPipeline.from_pretrained(out, local_files_only=True, dtype=torch.float32)
    pipeline.set_progress_bar_config(disable=True)
    assert pipeline.scheduler.config["prediction_type"] == "sample"

    def drawn(prompt: str) -> torch.Tensor:
        generator = torch.Generator().manual_seed(1)
        return pipeline(prompt, num_inference_steps=2, output_type="latent", generator=generator).images

    plain = drawn("a dog, at the park")
    # The hash of what was loaded as float32 is the one of what was trained: it is taken over float16.
    whose = adapters.base_hash(pipeline.unet)
    assert plain.shape == (1, 16, 16, 16)
    pixels = pipeline.vae.decode(plain / pipeline.vae.config.scaling_factor).sample
    assert pixels.shape == (1, 3, 256, 256)
    for style in STYLES:
        pipeline.load_lora_weights(
            out / "adapters",
            weight_name=f"{style}.safetensors",
            adapter_name=style,
            local_files_only=True,
        )
        assert pipeline.unet.peft_config[style].lora_alpha == shop.adapter_plan.alpha
        with safe_open(out / "adapters" / f"{style}.safetensors", "pt") as file:
            assert file.metadata()["base_sha256"] == whose
            assert file.metadata()["trigger"] == TRIGGERS[style]
        pipeline.set_adapters(style)
        assert (drawn("a dog, at the park") - plain).abs().max() > 1e-3
        assert (out / "samples" / f"{style}.webp").is_file()
    assert "AutoencoderDC" in (out / "README.md").read_text(encoding="utf-8")


def test_a_saved_adapter_draws_as_the_trained_one_did(with_base: Workshop, tmp_path: Path) -> None:
    shop = with_base
    batches = styled_batches(shop.store(), "pixel", shop.base_plan.language, size=2, shards=1)
    parts = shop.trained_base()
    trained = adapters.train_adapter(
        parts.unet,
        parts.text_encoder,
        parts.tokenizer,
        batches,
        replace(shop.adapter_plan, alpha=6.0, budget=Budget(1, 2e-2, steps=4, average=0)),
        machine=shop.machine,
        checkpoint=tmp_path / "adapter.pt",
        say=quiet,
    )
    adapters.save_adapter(trained, tmp_path / "pixel.safetensors")
    latents, timestep = (
        torch.randn(1, 16, 16, 16, generator=torch.Generator().manual_seed(0)),
        torch.tensor([400]),
    )
    states = torch.randn(1, 40, 16, generator=torch.Generator().manual_seed(1))

    def output(unet: UNet2DConditionModel) -> torch.Tensor:
        with torch.no_grad():
            return unet(latents, timestep, states).sample

    fresh = shop.trained_base().unet
    plain = output(fresh)
    loader = StableDiffusionPipeline
    state, alphas, metadata = loader.lora_state_dict(
        str(tmp_path), weight_name="pixel.safetensors", local_files_only=True, return_lora_metadata=True
    )
    loader.load_lora_into_unet(
        state, network_alphas=alphas, unet=fresh, adapter_name="pixel", metadata=metadata
    )
    torch.testing.assert_close(output(fresh), output(trained), atol=2e-3, rtol=1e-2)
    assert (output(fresh) - plain).abs().max() > 0.01


def test_an_adapter_of_an_older_base_is_neither_gone_on_from_nor_exported(
    with_base: Workshop, tmp_path: Path
) -> None:
    options = Options()
    options.style = "crayon"
    run_adapter(with_base, options)  # type: ignore[arg-type]
    longer = replace(with_base.base_plan.budget, steps=3)
    more = replace(with_base, base_plan=replace(with_base.base_plan, budget=longer))
    run_base(more, options)  # type: ignore[arg-type]
    for forbidden in (lambda: run_adapter(more, options), lambda: export(more, tmp_path / "model")):  # type: ignore[arg-type]
        with pytest.raises(TrainingError, match=r"move .*adapter-crayon\.pt away to train it anew"):
            forbidden()
    more.adapter_checkpoint("crayon").unlink()
    run_adapter(more, options)  # type: ignore[arg-type]
    left = tmp_path / "model" / "adapters" / "pixel.safetensors"
    left.parent.mkdir(parents=True, exist_ok=True)
    left.touch()
    assert export(more, tmp_path / "model", sample_steps=1) > 0
    assert [path.name for path in left.parent.iterdir()] == ["crayon.safetensors"]


def test_export_refuses_weights_over_the_limit(tmp_path: Path) -> None:
    (tmp_path / "unet.safetensors").write_bytes(b"0" * 14_000_000)
    assert check_sizes(tmp_path) == 14_000_000
    for part in ("vae", "text_encoder", "more"):
        (tmp_path / f"{part}.safetensors").write_bytes(b"0" * 11_000_000)
    with pytest.raises(ValueError, match="47000000 bytes together"):
        check_sizes(tmp_path)
    (tmp_path / "vae.safetensors").write_bytes(b"0" * 15_000_001)
    with pytest.raises(ValueError, match=r"vae\.safetensors takes 15000001 bytes"):
        check_sizes(tmp_path)


def test_export_needs_a_trained_autoencoder(shop: Workshop, tmp_path: Path) -> None:
    with pytest.raises(
        TrainingError, match=r"there is no autoencoder\.pt in .*: an earlier stage comes first"
    ):
        export(shop, tmp_path / "model")


def test_newton_schulz_brings_singular_values_near_one() -> None:
    matrix = torch.randn(12, 40, generator=torch.Generator().manual_seed(0))
    values = torch.linalg.svdvals(orthogonalise(matrix, 5, torch.float32))
    assert 0.6 < values.min() <= values.max() < 1.3
    assert orthogonalise(matrix.T, 5, torch.float32).shape == (40, 12)


def test_training_reaches_a_known_minimum(tmp_path: Path) -> None:
    torch.manual_seed(0)
    layer, wanted = nn.Linear(6, 4), torch.randn(4, 6)
    inputs = torch.randn(64, 6)

    def loss_at(step: int, done: float) -> torch.Tensor:
        return (layer(inputs) - inputs @ wanted.T).square().mean()

    before = float(loss_at(0, 0))
    budget = Budget(1, 0.1, steps=300, warm_up_steps=5, falling=0.5, threads=2)
    average = train(
        layer, Muon([layer], lr=0.1), loss_at, budget=budget, checkpoint=tmp_path / "line.pt", say=quiet
    )
    layer.load_state_dict(average)
    assert float(loss_at(0, 0)) < before / 100


def test_a_signal_to_stop_leaves_a_whole_checkpoint(tmp_path: Path) -> None:
    layer, checkpoint = nn.Linear(3, 3), tmp_path / "line.pt"

    def loss_at(step: int, done: float) -> torch.Tensor:
        if step == 3:
            signal.raise_signal(signal.SIGTERM)
        return layer(torch.ones(1, 3)).square().mean()

    budget = Budget(1, 0.01, steps=1000)
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit):
        train(layer, Muon([layer], lr=0.01), loss_at, budget=budget, checkpoint=checkpoint, say=quiet)
    assert signal.getsignal(signal.SIGTERM) is before
    saved = torch.load(checkpoint, weights_only=True)
    assert saved["step"] == 4
    torch.testing.assert_close(saved["module"]["weight"], layer.weight.detach())


def test_the_governor_settles_on_the_faster_number_of_threads() -> None:
    threads = torch.get_num_threads()
    try:
        for slower, faster in ((1, 2), (2, 1)):
            governor = ThreadGovernor(2, trial_steps=3, settled_steps=4)
            for _ in range(6):
                governor.before_step()
                governor.after_step(2.0 if torch.get_num_threads() == slower else 1.0)
            governor.before_step()
            assert torch.get_num_threads() == faster
    finally:
        torch.set_num_threads(threads)


def test_the_machine_is_measured() -> None:
    machine = measure_machine("cpu")
    assert machine.device.type == "cpu"
    assert machine.dtype in (torch.float32, torch.bfloat16)
