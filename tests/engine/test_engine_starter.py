"""The engine on the model that is shipped: what holds for a toy must hold for it."""

import pytest
from django.conf import settings

from illustration.engine.contract import SCHEDULERS, AdapterFile, Brief, EngineConfig
from illustration.engine.diffusion import DiffusionEngine
from tests.engine.conftest import Draw
from tests.engine.tiny_model import STYLES

# Of a pixel's range 0..1. Guidance and the multistep schedulers make more of the last bit of each UNet call than
# the small model of the other tests does; a level of an 8-bit picture is 4e-3.
CLOSE = 1e-4
SUBJECTS = ("a girl", "a boy", "a dog", "a cat", "a rabbit", "a grandmother", "a bear", "a horse")


@pytest.fixture(scope="module")
def starter() -> DiffusionEngine:
    folder = settings.BASE_DIR / "illustration" / "starter"
    files = tuple(
        AdapterFile(style, str(folder / "adapters" / f"{style}.safetensors"), f"{style} drawing")
        for style in STYLES
    )
    return DiffusionEngine(
        EngineConfig(model_path=str(folder), adapters=files, device="cpu", dtype="float32", capacity=8)
    )


def test_loading_it_says_nothing_that_looks_like_a_fault(capfd: pytest.CaptureFixture[str]) -> None:
    folder = settings.BASE_DIR / "illustration" / "starter"
    engine = DiffusionEngine(EngineConfig(model_path=str(folder), dtype="float32"))
    assert not engine.unfit_styles
    assert "ignored" not in "".join(capfd.readouterr())


def test_a_picture_in_company_is_the_picture_alone(starter: DiffusionEngine, draw: Draw) -> None:
    briefs = [
        Brief(
            key=name,
            phrases=(f"{STYLES[number % 4]} drawing", SUBJECTS[number], "park", "sunny", "day"),
            negative_prompt="",
            style=STYLES[number % 4],
            seed=number,
            scheduler=name,
            steps=6 + number,
            guidance_scale=4.0,
            width=128 if number == 5 else 64,
            height=64,
        )
        for number, name in enumerate(SCHEDULERS)
    ]
    together = draw(starter, briefs)
    for brief in briefs:
        (alone,) = draw(starter, [brief]).values()
        assert float((together[brief.key] - alone).abs().max()) / 2 <= CLOSE, brief.scheduler
