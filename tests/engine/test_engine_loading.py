"""What an engine loads, what it refuses, and how clearly it says so."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from unittest.mock import ANY

import pytest
import torch
from diffusers import UNet2DConditionModel
from safetensors.torch import load_file, save_file

from illustration.engine.contract import AdapterFile, EngineConfig, EngineUnavailable, Failure, Picture
from illustration.engine.diffusion import DiffusionEngine
from tests.engine.tiny_model import STYLES, brief, build_model, save_adapter

Copy = Callable[[str], Path]


def refusal(config: EngineConfig) -> EngineUnavailable:
    with pytest.raises(EngineUnavailable) as caught:
        DiffusionEngine(config)
    return caught.value


def first_result(engine: DiffusionEngine) -> Picture | Failure:
    engine.admit([brief()])
    while engine.in_hand():
        engine.step()
    (result,) = engine.finished()
    return result


def change_weights(path: Path, change: Callable[[str, torch.Tensor], torch.Tensor]) -> None:
    save_file({name: change(name, weight).contiguous() for name, weight in load_file(path).items()}, path)


def test_the_engine_tells_what_it_loaded(engine: DiffusionEngine, config: EngineConfig) -> None:
    assert (engine.device, engine.dtype, engine.model_name, engine.size_step) == (
        "cpu",
        "float32",
        "model",
        2,
    )
    assert len(engine.model_hash) == 16
    assert engine.adapter_hashes.keys() == {file.style for file in config.adapters}
    assert len({engine.model_hash, *engine.adapter_hashes.values()}) == 5


def test_hashes_follow_the_weights(config: EngineConfig, engine: DiffusionEngine, copy_of: Copy) -> None:
    model = copy_of(config.model_path)
    plain = replace(config, model_path=str(model), adapters=())
    assert DiffusionEngine(plain).model_hash == engine.model_hash
    change_weights(model / "vae/diffusion_pytorch_model.safetensors", lambda name, weight: weight * 1.01)
    assert DiffusionEngine(plain).model_hash != engine.model_hash


@pytest.mark.parametrize("vae", ["AutoencoderTiny", "AutoencoderDC"])
def test_other_autoencoders(tmp_path: Path, vae: str) -> None:
    engine = DiffusionEngine(
        EngineConfig(str(build_model(tmp_path / "model", vae=vae)), device="cpu", dtype="float32")
    )
    assert engine.size_step == (2 if vae == "AutoencoderTiny" else 4)
    result = first_result(engine)
    assert isinstance(result, Picture)
    assert len(result.pixels) == 16 * 16 * 3


@pytest.mark.parametrize("suffix", ["", ".fp16"])
def test_half_precision_files_load_as_the_chosen_type(
    config: EngineConfig, copy_of: Copy, suffix: str
) -> None:
    model = copy_of(config.model_path)
    for path in list(model.rglob("*.safetensors")):
        change_weights(path, lambda name, weight: weight.half())
        path.rename(path.with_name(path.stem + suffix + ".safetensors"))
    engine = DiffusionEngine(replace(config, model_path=str(model)))
    assert {weight.dtype for weight in engine._model.unet.parameters()} == {torch.float32}
    assert isinstance(first_result(engine), Picture)


def test_bfloat16_draws_much_the_same(config: EngineConfig, engine: DiffusionEngine) -> None:
    half = first_result(DiffusionEngine(replace(config, dtype="bfloat16")))
    full = first_result(engine)
    assert isinstance(half, Picture)
    assert isinstance(full, Picture)
    levels = [torch.frombuffer(bytearray(each.pixels), dtype=torch.uint8).float() for each in (half, full)]
    assert float((levels[0] - levels[1]).abs().mean()) < 4


def test_auto_chooses_what_this_machine_has(config: EngineConfig) -> None:
    engine = DiffusionEngine(replace(config, device="auto", dtype="auto", adapters=()))
    assert engine.device == ("cuda" if torch.cuda.is_available() else "cpu")
    assert engine.dtype in ("float32", "bfloat16", "float16")


@pytest.mark.parametrize(
    "name",
    [
        "model_index.json",
        "unet/config.json",
        "unet/diffusion_pytorch_model.safetensors",
        "vae/diffusion_pytorch_model.safetensors",
        "text_encoder/model.safetensors",
        "tokenizer/tokenizer.json",
        "scheduler/scheduler_config.json",
    ],
)
def test_a_missing_file_is_named(config: EngineConfig, copy_of: Copy, name: str) -> None:
    model = copy_of(config.model_path)
    (model / name).unlink()
    error = refusal(replace(config, model_path=str(model)))
    assert error.code == "missing_file"
    assert str(model / Path(name).parent) in error.detail


def test_a_missing_folder_is_named(config: EngineConfig) -> None:
    error = refusal(replace(config, model_path="/nowhere/model"))
    assert (error.code, "/nowhere/model" in error.detail) == ("missing_file", True)


@pytest.mark.parametrize("damage", ["garbage", "weights", "keys", "class", "json", "family"])
def test_an_unreadable_model_is_refused(config: EngineConfig, copy_of: Copy, damage: str) -> None:
    model = copy_of(config.model_path)
    weights = model / "unet/diffusion_pytorch_model.safetensors"
    if damage == "garbage":
        weights.write_bytes(b"not weights")
    elif damage == "weights":
        change_weights(weights, lambda name, weight: weight[:1])
    elif damage == "keys":
        kept = {name: weight for name, weight in load_file(weights).items() if "conv_out" not in name}
        save_file(kept, weights)
    elif damage == "class":
        index = json.loads((model / "model_index.json").read_text())
        index["vae"] = ["diffusers", "VQModel"]
        (model / "model_index.json").write_text(json.dumps(index))
    elif damage == "family":
        family = UNet2DConditionModel.from_config(
            {**UNet2DConditionModel.load_config(model / "unet"), "time_cond_proj_dim": 8}
        )
        family.save_pretrained(model / "unet")
    else:
        (model / "scheduler/scheduler_config.json").write_text("{")
    error = refusal(replace(config, model_path=str(model)))
    assert error.code == "unreadable_model"
    assert str(model) in error.detail


@pytest.mark.parametrize(
    ("device", "dtype", "code"),
    [
        ("cpu", "float16", "unfit_dtype"),
        ("cpu", "int8", "unfit_dtype"),
        ("cuda:99", "auto", "unfit_device"),
        ("abacus", "auto", "unfit_device"),
    ],
)
def test_an_unfit_device_or_type_is_refused(config: EngineConfig, device: str, dtype: str, code: str) -> None:
    assert refusal(replace(config, device=device, dtype=dtype)).code == code


@pytest.mark.parametrize(("part", "layer"), [("unet", "conv_out"), ("vae", "decoder.conv_out")])
def test_a_type_too_narrow_for_the_weights_is_refused(
    config: EngineConfig, copy_of: Copy, part: str, layer: str
) -> None:
    model = copy_of(config.model_path)
    change_weights(
        model / part / "diffusion_pytorch_model.safetensors",
        lambda name, weight: weight * 3e38 if name.startswith(layer) else weight,
    )
    error = refusal(replace(config, model_path=str(model), dtype="bfloat16"))
    assert error.code == "unfit_dtype"


class TestAdapters:
    @pytest.fixture
    def unet(self, config: EngineConfig) -> UNet2DConditionModel:
        return UNet2DConditionModel.from_pretrained(config.model_path, subfolder="unet")

    def unfit(self, config: EngineConfig, path: Path) -> str:
        """Why the style `new` with this file is left out; the others must draw as ever."""
        engine = DiffusionEngine(
            replace(config, adapters=(AdapterFile("new", str(path), "new"), *config.adapters))
        )
        assert engine.unfit_styles.keys() == {"new"}
        assert engine.adapter_hashes.keys() == {file.style for file in config.adapters}
        engine.admit([brief("new", style="new"), *(brief(style, style=style) for style in STYLES)])
        while engine.in_hand():
            engine.step()
        results = {result.key: result for result in engine.finished()}
        assert results.pop("new") == Failure("new", "unknown_style")
        assert len({result.pixels for result in results.values() if isinstance(result, Picture)}) == 4
        return engine.unfit_styles["new"]

    def test_one_that_is_not_there(self, config: EngineConfig) -> None:
        assert self.unfit(config, Path("/nowhere/oil.safetensors")) == "no file at /nowhere/oil.safetensors"

    def test_one_that_changes_nothing(
        self, config: EngineConfig, unet: UNet2DConditionModel, tmp_path: Path
    ) -> None:
        path = save_adapter(tmp_path / "new.safetensors", unet, seed=1, effect=0.0)
        assert self.unfit(config, path) == f"{path} changes nothing in model"

    @pytest.mark.parametrize("part", ["conv1", "unet."])
    def test_one_whose_weights_fit_in_part_or_not_at_all(
        self, config: EngineConfig, unet: UNet2DConditionModel, tmp_path: Path, part: str
    ) -> None:
        path = save_adapter(tmp_path / "new.safetensors", unet, seed=1)
        weights = {name.replace(part, "elsewhere."): weight for name, weight in load_file(path).items()}
        save_file(weights, path)
        assert "fit nothing in model" in self.unfit(config, path)

    def test_one_for_another_model(self, config: EngineConfig, tmp_path: Path) -> None:
        wider = UNet2DConditionModel.from_config(
            {
                **UNet2DConditionModel.load_config(config.model_path, subfolder="unet"),
                "cross_attention_dim": 48,
            }
        )
        path = save_adapter(tmp_path / "new.safetensors", wider, seed=1)
        assert str(path) in self.unfit(config, path)

    def test_one_that_is_no_file_of_weights(self, config: EngineConfig, tmp_path: Path) -> None:
        path = tmp_path / "new.safetensors"
        path.write_bytes(b"nothing")
        assert str(path) in self.unfit(config, path)

    def test_all_unfit_leaves_the_plain_model(self, config: EngineConfig) -> None:
        nowhere = tuple(AdapterFile(style, f"/nowhere/{style}", style) for style in STYLES)
        engine = DiffusionEngine(replace(config, adapters=nowhere))
        assert (engine.unfit_styles.keys(), engine.adapter_hashes) == (set(STYLES), {})
        plain = DiffusionEngine(replace(config, adapters=()))
        assert first_result(engine) == replace(first_result(plain), timings=ANY)

    def test_every_weight_of_a_file_in_mixed_form_counts(self, config: EngineConfig) -> None:
        """Diffusers writes attention weights in one form, convolutions in another, and reads only one."""
        names = set(load_file(config.adapters[0].path))
        assert any(name.endswith("lora.up.weight") for name in names)
        assert any(name.endswith("lora_B.weight") for name in names)
        engine = DiffusionEngine(config)
        held = [name for name, _ in engine._model.unet.named_parameters() if ".style_0." in name]
        assert len(held) == len(names)

    def test_different_ranks_and_a_style_named_with_a_dot(
        self, config: EngineConfig, unet: UNet2DConditionModel, tmp_path: Path
    ) -> None:
        path = save_adapter(tmp_path / "new.safetensors", unet, seed=9, rank=8)
        engine = DiffusionEngine(
            replace(config, adapters=(*config.adapters, AdapterFile("ink v1.5", str(path), "ink")))
        )
        engine.admit([brief("base"), brief("ink", style="ink v1.5"), brief("crayon", style="crayon")])
        while engine.in_hand():
            engine.step()
        assert len({result.pixels for result in engine.finished() if isinstance(result, Picture)}) == 3


@pytest.mark.parametrize(("factor", "code"), [(float("nan"), "not_a_number"), (0.0, "black_picture")])
def test_a_decoder_gone_wrong_is_screened(config: EngineConfig, factor: float, code: str) -> None:
    engine = DiffusionEngine(config)
    layer = engine._model.vae.decoder.conv_out
    layer.weight.data *= factor
    layer.bias.data *= factor
    assert first_result(engine) == Failure("one", code)


def test_a_model_may_ship_its_preview(config: EngineConfig, copy_of: Copy) -> None:
    model = copy_of(config.model_path)
    shipped = {"latent_rgb_factors": [[0.0, 0.0, 0.0]] * 4, "bias": [1.0, -1.0, 0.0]}
    (model / "preview.json").write_text(json.dumps(shipped))
    engine = DiffusionEngine(replace(config, model_path=str(model), adapters=()))
    engine.admit([brief()])
    engine.step()
    preview = engine.preview("one")
    assert preview is not None
    assert set(zip(*[iter(preview.pixels)] * 3, strict=True)) == {(255, 0, 128)}
    (model / "preview.json").write_text(json.dumps({"bias": [0, 0, 0]}))
    assert refusal(replace(config, model_path=str(model))).code == "unreadable_model"


def test_a_model_without_a_preview_draws_all_the_same(tmp_path: Path) -> None:
    engine = DiffusionEngine(
        EngineConfig(str(build_model(tmp_path / "model", vae="AutoencoderDC")), device="cpu", dtype="float32")
    )
    engine.admit([brief()])
    engine.step()
    assert engine.preview("one") is None
