"""A picture drawn in company is the picture drawn alone, whoever its neighbours are."""

import pytest
import torch

from illustration.engine.contract import SCHEDULERS, Brief
from illustration.engine.diffusion import DiffusionEngine
from tests.engine.conftest import Draw
from tests.engine.tiny_model import STYLES, brief, make_config

CLOSE = 1e-5


def worst_difference(pictures: dict[str, torch.Tensor], alone: dict[str, torch.Tensor]) -> float:
    assert pictures.keys() == alone.keys()
    return max(float((pictures[key] - alone[key]).abs().max()) for key in alone)


def one_by_one(engine: DiffusionEngine, draw: Draw, briefs: list[Brief]) -> dict[str, torch.Tensor]:
    alone: dict[str, torch.Tensor] = {}
    for each in briefs:
        alone |= draw(engine, [each])
    return alone


def test_every_scheduler_every_style_and_many_lengths_share_their_steps(
    engine: DiffusionEngine, draw: Draw
) -> None:
    styles = (*STYLES, "")
    briefs = [
        brief(
            name,
            scheduler=name,
            style=styles[number % len(styles)],
            steps=4 + number,
            seed=number,
            guidance_scale=1.0 if number == 3 else 1.5 + number,
        )
        for number, name in enumerate(SCHEDULERS)
    ]
    assert worst_difference(draw(engine, briefs), one_by_one(engine, draw, briefs)) <= CLOSE


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_drawings_join_and_leave_between_steps(engine: DiffusionEngine, draw: Draw, scheduler: str) -> None:
    first = brief("first", scheduler=scheduler, style="crayon", steps=8)
    early = brief("early", scheduler="ddim", style="pixel", steps=3, seed=1)
    late = brief("late", scheduler=scheduler, style="", steps=5, seed=2)
    wide = brief("wide", scheduler=scheduler, style="storybook", steps=4, seed=3, width=24)
    company = draw(engine, [first, early], {2: [late], 4: [wide]})
    assert worst_difference(company, one_by_one(engine, draw, [first, early, late, wide])) <= CLOSE


@pytest.mark.parametrize("prediction_type", ["v_prediction", "sample"])
def test_other_predictions_and_autoencoder_share_steps_too(
    tmp_path_factory: pytest.TempPathFactory, draw: Draw, prediction_type: str
) -> None:
    folder = tmp_path_factory.mktemp(prediction_type)
    engine = DiffusionEngine(make_config(folder, vae="AutoencoderDC", prediction_type=prediction_type))
    briefs = [
        brief(name, scheduler=name, style=STYLES[number % 4], steps=5, seed=number)
        for number, name in enumerate(SCHEDULERS)
    ]
    assert worst_difference(draw(engine, briefs), one_by_one(engine, draw, briefs)) <= CLOSE


def test_a_neighbour_that_fails_or_is_dropped_leaves_no_trace(engine: DiffusionEngine, draw: Draw) -> None:
    kept = brief("kept", style="crayon", steps=6)
    alone = draw(engine, [kept])
    engine.admit([kept, brief("dropped", style="pixel", seed=3, steps=6), brief("unknown", style="oil")])
    engine.step()
    engine.drop("dropped")
    engine.finished()
    assert worst_difference(draw(engine, []), alone) <= CLOSE
