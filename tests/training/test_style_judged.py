"""A judge that never saw a drawn picture reads what a trained style draws: it must move towards the style."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image

from illustration.training.autoencoder import to_tensor
from illustration.training.casting import draw_cast
from illustration.training.comparing import GAP, HEADER
from illustration.training.composer import Composer
from illustration.training.filters import STYLES
from illustration.training.judge import CHOICES, Judge, JudgePlan, train_judge
from illustration.training.loop import Budget, Machine
from illustration.training.own_style import SHOWN, Order, train_style
from illustration.training.vocabulary import caption

STARTER = Path(__file__).parents[2] / "illustration" / "starter"
STYLE = "pixel"
SIDE = 128
PLAN = JudgePlan(
    widths=(16, 24, 32, 32),
    blocks=(1, 0, 0, 0),
    pictures=120,
    shift=0,
    batch=8,
    budget=Budget(1, 1.5e-2, steps=140, warm_up_steps=5, average=0.9),
)


def quiet(line: str) -> None:
    """Training talks to nobody here."""


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory, composer: Composer, machine: Machine) -> Judge:
    checkpoint = tmp_path_factory.mktemp("judge") / "judge.pt"
    return train_judge(composer, PLAN, machine=machine, checkpoint=checkpoint, say=quiet)


@pytest.fixture
def album(tmp_path: Path, composer: Composer) -> Path:
    """The middle of composed scenes in one style, so that its blocks keep their size; named by what they show."""
    folder, rng, edge = tmp_path / "album", random.Random(5), (256 - SIDE) // 2
    folder.mkdir()
    for _ in range(6):
        cast = draw_cast(rng)
        pixels = STYLES[STYLE](composer.compose(cast, rng).pixels, rng)
        Image.fromarray(pixels[edge:-edge, edge:-edge]).save(folder / f"{caption(cast)}.png")
    return folder


def row_of(sheet: Path, number: int) -> np.ndarray:
    """Pictures (SHOWN, SIDE, SIDE, 3) of a row of the before-and-after sheet."""
    pixels = np.asarray(Image.open(sheet).convert("RGB"))
    top = number * (HEADER + SIDE) + HEADER
    lefts = [GAP + column * (SIDE + GAP) for column in range(SHOWN)]
    return np.stack([pixels[top : top + SIDE, left : left + SIDE] for left in lefts])


def likeness(judge: Judge, pictures: np.ndarray) -> float:
    """The logarithm of how probable the judge holds the style, on average."""
    with torch.no_grad():
        logits = judge.network(to_tensor(pictures, judge.machine))["style"]
    return float(logits.log_softmax(1)[:, CHOICES["style"].index(STYLE)].mean())


@pytest.mark.timeout(300)
def test_the_judge_sees_the_pictures_move_towards_the_style(
    judge: Judge, album: Path, tmp_path: Path, machine: Machine
) -> None:
    order = Order(
        name="mine",
        trigger="my style",
        model=STARTER,
        images=album,
        sample="a dog, at the beach, sunny, day",
        scheduler="dpmpp_2m_karras",
        drawing_steps=8,
        guidance_scale=2.0,
        rank=8,
        steps=80,
        batch=2,
        side=SIDE,
    )
    done = train_style(order, tmp_path / "work", machine=machine, say=quiet)
    given, before, after = (likeness(judge, row_of(done.sheet, row)) for row in range(3))
    assert before < given, "or there would be nothing to learn"
    # Twice as likely at least, and most of the way.
    assert after > before + np.log(2), (given, before, after)
    assert after - before > 0.5 * (given - before), (given, before, after)
