"""A stand-in icon set of plain shapes and plans small enough to train in a second."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch

from illustration.training.adapters import AdapterPlan
from illustration.training.autoencoder import AutoencoderPlan
from illustration.training.base import BasePlan
from illustration.training.composer import Composer
from illustration.training.language import LanguagePlan
from illustration.training.loop import Budget, Machine
from illustration.training.pictures import Diet
from illustration.training.sprites import SpriteSet, load_icons, used_icons
from illustration.training.workshop import Workshop

STEPS = Budget(minutes=1, learning_rate=1e-3, steps=2, warm_up_steps=1)


@pytest.fixture(scope="session")
def icons_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An icons.json in the set's own form: one coloured disc a name."""
    names = sorted({*used_icons(), "stranger", "other-stranger"})
    bodies = {
        name: {"body": f'<circle cx="16" cy="16" r="14" fill="hsl({index * 37 % 360},80%,50%)"/>'}
        for index, name in enumerate(names)
    }
    path = tmp_path_factory.mktemp("icons") / "icons.json"
    path.write_text(json.dumps({"icons": bodies}), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def composer(icons_path: Path) -> Composer:
    return Composer(SpriteSet(load_icons(icons_path)))


@pytest.fixture(scope="session")
def machine() -> Machine:
    return Machine(torch.device("cpu"), torch.float32)


@pytest.fixture
def shop(tmp_path: Path, icons_path: Path, machine: Machine) -> Workshop:
    """A workshop whose every stage takes two steps of two pictures."""
    return Workshop(
        tmp_path,
        icons_path,
        machine,
        autoencoder_plan=AutoencoderPlan(
            encoder_channels=(16, 16, 16, 16, 16),
            decoder_channels=(16, 16, 16, 16, 16),
            decoder_layers=(0, 1, 1, 1, 1),
            diet=Diet(pictures=4),
            crop=64,
            batch=2,
            budget=STEPS,
            decoder_budget=STEPS,
        ),
        base_plan=BasePlan(
            channels=(16, 32),
            heads=2,
            groups=8,
            language=LanguagePlan(width=16, layers=1, heads=2),
            batch=2,
            first_shards=1,
            shards=1,
            budget=STEPS,
        ),
        adapter_plan=AdapterPlan(rank=2, alpha=2.0, budget=STEPS),
        shard_size=4,
        measured_scenes=8,
        sheet_pictures=1,
    )
