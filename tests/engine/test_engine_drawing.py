"""What a brief becomes: its picture, its progress, or a failure that says why."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import diffusers
import pytest
import torch
from diffusers import StableDiffusionPipeline
from diffusers.utils import convert_unet_state_dict_to_peft
from safetensors.torch import load_file

from illustration.engine.contract import SCHEDULERS, Brief, EngineConfig, EngineLost, Failure, Picture
from illustration.engine.diffusion import DiffusionEngine
from illustration.engine.schedulers import KINDS
from tests.engine.conftest import Draw
from tests.engine.tiny_model import STYLES, brief


def finish(engine: DiffusionEngine) -> dict[str, Picture | Failure]:
    results: dict[str, Picture | Failure] = {}
    while engine.in_hand():
        engine.step()
        results |= {result.key: result for result in engine.finished()}
    return results | {result.key: result for result in engine.finished()}


def picture_of(engine: DiffusionEngine, one: Brief) -> Picture:
    engine.admit([one])
    picture = finish(engine)[one.key]
    assert isinstance(picture, Picture)
    return picture


@contextmanager
def unet_calls(engine: DiffusionEngine) -> Iterator[list[int]]:
    """The number of rows of each UNet call within."""
    rows: list[int] = []
    unet = engine._model.unet
    hook = unet.register_forward_pre_hook(lambda module, args: rows.append(args[0].shape[0]))
    yield rows
    hook.remove()


@contextmanager
def failing_unet(engine: DiffusionEngine, error: Exception) -> Iterator[None]:
    def fail(module: torch.nn.Module, args: object) -> None:
        raise error

    hook = engine._model.unet.register_forward_pre_hook(fail)
    yield
    hook.remove()


@pytest.mark.parametrize("name", SCHEDULERS)
def test_a_drawing_is_what_the_stock_pipeline_draws(
    engine: DiffusionEngine, config: EngineConfig, draw: Draw, name: str
) -> None:
    one = brief(scheduler=name, style="crayon", negative_prompt="a dog", steps=6, seed=42)
    drawn = draw(engine, [one])["one"]
    pipeline = StableDiffusionPipeline.from_pretrained(
        config.model_path, safety_checker=None, requires_safety_checker=False, local_files_only=True
    )
    pipeline.set_progress_bar_config(disable=True)
    # The pipeline takes a file's convolutions only, unless its keys are all of one form.
    pipeline.load_lora_weights(convert_unet_state_dict_to_peft(load_file(config.adapters[0].path)))
    kind, options = KINDS[name]
    pipeline.scheduler = getattr(diffusers, kind).from_config(pipeline.scheduler.config, **options)
    stock = pipeline(
        ", ".join(one.phrases),
        negative_prompt=one.negative_prompt,
        # The pipeline's own count leaves out the timestep that PNDM takes twice.
        num_inference_steps=one.steps - 1 if name == "pndm" else one.steps,
        guidance_scale=one.guidance_scale,
        width=one.width,
        height=one.height,
        generator=torch.Generator("cpu").manual_seed(one.seed),
        output_type="pt",
    ).images[0]
    assert torch.allclose((drawn.clamp(-1, 1) + 1) / 2, stock, atol=1e-5)


@pytest.mark.parametrize("name", SCHEDULERS)
def test_the_same_recipe_gives_the_same_picture_and_another_seed_another(
    engine: DiffusionEngine, name: str
) -> None:
    one = brief(scheduler=name, style="pixel")
    first, again = picture_of(engine, one), picture_of(engine, one)
    other = picture_of(engine, brief(scheduler=name, style="pixel", seed=one.seed + 1))
    assert first.pixels == again.pixels
    assert first.pixels != other.pixels
    assert (first.width, first.height, first.seed) == (16, 16, 7)
    assert len(first.pixels) == 16 * 16 * 3


def test_styles_words_and_guidance_show(engine: DiffusionEngine, draw: Draw) -> None:
    variants = [
        brief("base"),
        *(brief(style, style=style) for style in STYLES),
        brief("words", phrases=("crayon drawing",)),
        brief("negative", negative_prompt="a dog"),
        brief("guidance", guidance_scale=3.0),
    ]
    pictures = draw(engine, variants)
    for number, one in enumerate(variants):
        for other in variants[number + 1 :]:
            assert float((pictures[one.key] - pictures[other.key]).abs().max()) > 1e-3, (one.key, other.key)


def test_weight_scales_a_style(config: EngineConfig, draw: Draw) -> None:
    crayon = config.adapters[0]

    def effect(weight: float) -> float:
        engine = DiffusionEngine(replace(config, adapters=(replace(crayon, weight=weight),)))
        pictures = draw(engine, [brief("base"), brief("crayon", style="crayon")])
        return float((pictures["crayon"] - pictures["base"]).abs().mean())

    assert effect(0.1) < effect(0.4) < effect(1.0)


@pytest.mark.parametrize("name", SCHEDULERS)
@pytest.mark.parametrize("steps", [1, 2, 3, 20, 100])
def test_a_step_is_one_unet_call(engine: DiffusionEngine, name: str, steps: int) -> None:
    engine.admit([brief(scheduler=name, steps=steps, guidance_scale=1.0)])
    progress = []
    with unet_calls(engine) as rows:
        while engine.in_hand():
            progress += engine.step()
    calls = 3 if (name, steps) == ("pndm", 2) else steps
    assert rows == [1] * calls
    assert [(step.step, step.steps) for step in progress] == [(n, calls) for n in range(1, calls + 1)]


def test_company_shares_its_calls_and_guidance_costs_a_row(engine: DiffusionEngine) -> None:
    engine.admit([brief("a"), brief("b", style="crayon", scheduler="euler"), brief("c", guidance_scale=1.0)])
    with unet_calls(engine) as rows:
        finish(engine)
    assert rows == [5, 5, 5, 5]


def test_a_brief_that_cannot_be_drawn_says_why(engine: DiffusionEngine) -> None:
    wrong = {
        "style": ("unknown_style", brief("style", style="oil")),
        "scheduler": ("unknown_scheduler", brief("scheduler", scheduler="heun")),
        "steps": ("bad_brief", brief("steps", steps=0)),
        "many": ("bad_brief", brief("many", steps=101)),
        "guidance": ("bad_brief", brief("guidance", guidance_scale=0.5)),
        "nan": ("bad_brief", brief("nan", guidance_scale=math.nan)),
        "seed": ("bad_brief", brief("seed", seed=-1)),
        "size": ("bad_brief", brief("size", width=15)),
        "vast": ("out_of_memory", brief("vast", width=2**22, height=2**22)),
        "words": ("prompt_too_long", brief("words", phrases=("a dog " * 20,))),
    }
    engine.admit([one for _, one in wrong.values()])
    assert engine.in_hand() == frozenset()
    assert {result.key: result.code for result in engine.finished() if isinstance(result, Failure)} == {
        key: code for key, (code, _) in wrong.items()
    }
    assert engine.finished() == []


def test_largest_numbers_are_drawn(engine: DiffusionEngine) -> None:
    assert picture_of(engine, brief(seed=2**63 - 1, guidance_scale=20.0)).seed == 2**63 - 1


def test_phrases_are_cut_by_rank_until_they_fit(engine: DiffusionEngine) -> None:
    phrases = ("a girl and a dog", "at the beach", "sunny day", "a girl at the beach and a dog", "day")
    # 14 tokens between the two marks: 5 words, comma, 3 words, comma, 2 words.
    assert picture_of(engine, brief(phrases=phrases)).prompt == "a girl and a dog, at the beach, sunny day"
    assert picture_of(engine, brief(phrases=())).prompt == ""


def test_a_long_negative_prompt_is_cut(engine: DiffusionEngine) -> None:
    assert picture_of(engine, brief(negative_prompt="a dog " * 50)).prompt


def test_timings_cover_the_time_in_hand(engine: DiffusionEngine) -> None:
    timings = picture_of(engine, brief()).timings
    assert timings.keys() == {"text", "denoise", "decode", "waited"}
    assert all(seconds >= 0 for seconds in timings.values())
    assert timings["denoise"] > 0


def test_capacity(config: EngineConfig) -> None:
    engine = DiffusionEngine(replace(config, adapters=(), capacity=2))
    assert (engine.free(), engine.capacity) == (2, 2)
    engine.admit([brief("a"), brief("b"), brief("c")])
    assert engine.free() == 0
    assert engine.in_hand() == {"a", "b"}
    assert engine.finished() == [Failure("c", "over_capacity")]
    engine.drop("a")
    assert engine.free() == 1
    assert finish(engine).keys() == {"b"}
    assert engine.free() == 2


def test_dropped_drawings_are_forgotten(engine: DiffusionEngine) -> None:
    engine.admit([brief("a"), brief("b", style="oil"), brief("c")])
    for key in ("a", "b", "nobody"):
        engine.drop(key)
    assert [step.key for step in engine.step()] == ["c"]
    assert finish(engine).keys() == {"c"}


def test_a_key_admitted_again_starts_anew(engine: DiffusionEngine) -> None:
    engine.admit([brief("a")])
    engine.step()
    engine.admit([brief("a", steps=3)])
    assert [(step.step, step.steps) for step in engine.step()] == [(1, 3)]


def test_nothing_in_hand_is_no_step(engine: DiffusionEngine) -> None:
    assert engine.step() == []
    assert engine.finished() == []


def test_memory_running_out_fails_those_in_hand_and_the_engine_goes_on(engine: DiffusionEngine) -> None:
    expected = picture_of(engine, brief()).pixels
    engine.admit([brief("a"), brief("b")])
    with failing_unet(engine, torch.OutOfMemoryError("no memory")):
        assert engine.step() == []
    assert engine.finished() == [Failure("a", "out_of_memory"), Failure("b", "out_of_memory")]
    assert picture_of(engine, brief()).pixels == expected


def test_another_error_fails_the_drawing_and_keeps_its_words_out_of_the_log(
    engine: DiffusionEngine, caplog: pytest.LogCaptureFixture
) -> None:
    engine.admit([brief()])
    with failing_unet(engine, ValueError("a girl and a dog")):
        engine.step()
    assert engine.finished() == [Failure("one", "engine_failed")]
    assert "ValueError" in caplog.text
    assert "girl" not in caplog.text


def test_a_dead_device_ends_the_engine(engine: DiffusionEngine) -> None:
    engine.admit([brief()])
    error = RuntimeError("CUDA error: an illegal memory access was encountered")
    with failing_unet(engine, error), pytest.raises(EngineLost):
        engine.step()


def test_preview_takes_shape_from_the_first_step(engine: DiffusionEngine) -> None:
    engine.admit([brief("a", steps=3)])
    assert engine.preview("a") is None
    seen = []
    for _ in range(2):
        engine.step()
        preview = engine.preview("a")
        assert preview is not None
        assert (preview.width, preview.height, len(preview.pixels)) == (8, 8, 8 * 8 * 3)
        seen.append(preview.pixels)
    assert seen[0] != seen[1]
    engine.step()
    assert engine.preview("a") is None
    assert engine.preview("nobody") is None
