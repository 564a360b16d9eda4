"""A style's recipe: its own numbers where an operator gave some, else what suits the model in use."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from illustration import services
from illustration.models import Recipe, Style

pytestmark = pytest.mark.django_db


@pytest.fixture
def turbo(settings: Any, tmp_path: Path) -> None:
    """The site draws with a distilled model."""
    scheduler = {"_class_name": "EulerDiscreteScheduler", "timestep_spacing": "trailing"}
    for part, content in (("unet", {"sample_size": 64}), ("scheduler", scheduler)):
        (tmp_path / part).mkdir()
        name = "config.json" if part == "unet" else "scheduler_config.json"
        (tmp_path / part / name).write_text(json.dumps(content))
    settings.MODEL_PATH = tmp_path


def test_the_house_styles_follow_the_model() -> None:
    recipes = {style.slug: style.recipe for style in Style.objects.all()}
    assert recipes == dict.fromkeys(recipes, Recipe("dpmpp_2m_karras", 20, 4.0))
    assert len(recipes) == 4


@pytest.mark.usefixtures("turbo")
def test_another_model_another_recipe() -> None:
    row = services.request(
        text="a day",
        title="",
        weather="",
        mood="",
        style=Style.objects.get(slug="crayon"),
        requester="someone",
    )
    assert (row.scheduler, row.steps, row.guidance_scale) == ("euler", 4, 1.0)


@pytest.mark.usefixtures("turbo")
def test_a_styles_own_numbers_win_one_by_one() -> None:
    style = Style(slug="own", steps=2)
    assert style.recipe == Recipe("euler", 2, 1.0)
