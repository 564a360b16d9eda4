"""The judge learns from composed scenes, reads renders better than chance, and says which words a model draws."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch

from illustration.training.autoencoder import to_tensor
from illustration.training.casting import held_out, judged_casts
from illustration.training.composer import Composer
from illustration.training.filters import TRIGGERS
from illustration.training.judge import (
    Judge,
    JudgeNetwork,
    JudgePlan,
    Reading,
    composed,
    judge_loss,
    labelled,
    load_judge,
    targets,
    train_judge,
)
from illustration.training.judging import Scores, asked_casts, known, passed, score
from illustration.training.loop import Budget, Machine
from illustration.training.vocabulary import Cast, Member, vocabulary

PLAN = JudgePlan(
    widths=(8, 16, 16, 32),
    blocks=(0, 0, 1, 1),
    pictures=48,
    batch=8,
    budget=Budget(1, 4e-3, steps=60, warm_up_steps=5, average=0.9),
)
UNSEEN = range(1000, 1040)
PLACES = ("beach", "classroom")


def few_words(rng: random.Random) -> Cast:
    place = rng.choice(PLACES)
    return Cast((Member(rng.choice(("dog", "apple"))),), place, "sunny", rng.choice(("day", "night")))


@pytest.fixture(scope="module")
def trained(
    tmp_path_factory: pytest.TempPathFactory, composer: Composer, machine: Machine
) -> tuple[Judge, Path]:
    checkpoint = tmp_path_factory.mktemp("judge") / "judge.pt"
    judge = train_judge(
        composer, PLAN, machine=machine, checkpoint=checkpoint, cast_of=few_words, say=lambda line: None
    )
    return judge, checkpoint


def loss_on_unseen(network: JudgeNetwork, composer: Composer, machine: Machine) -> float:
    asked = [labelled(index, PLAN.seed, few_words)[:2] for index in UNSEEN]
    pictures = np.stack([composed(composer, index, PLAN.seed, few_words) for index in UNSEEN])
    with torch.no_grad():
        logits = network(to_tensor(pictures, machine))
    return float(judge_loss(logits, targets([cast for cast, _ in asked], [style for _, style in asked])))


def test_the_loss_on_unseen_renders_falls(
    trained: tuple[Judge, Path], composer: Composer, machine: Machine
) -> None:
    torch.manual_seed(PLAN.seed)
    before = loss_on_unseen(JudgeNetwork(PLAN).eval(), composer, machine)
    assert loss_on_unseen(trained[0].network, composer, machine) < before / 2


def test_renders_it_never_saw_are_read_better_than_chance(
    trained: tuple[Judge, Path], composer: Composer
) -> None:
    asked = [labelled(index, PLAN.seed, few_words)[:2] for index in UNSEEN]
    pictures = np.stack([composed(composer, index, PLAN.seed, few_words) for index in UNSEEN])
    scores = score(asked, trained[0].read(pictures))
    assert scores.total("places").share > 0.8
    # Guessing among the two that occur would be right half the time.
    assert scores.total("times").share > 0.6


def test_the_judge_is_read_from_disk_as_it_was_trained(
    trained: tuple[Judge, Path], composer: Composer, machine: Machine
) -> None:
    judge, checkpoint = trained
    pictures = np.stack([composed(composer, index, PLAN.seed, few_words) for index in range(4)])
    assert load_judge(checkpoint, PLAN, machine).read(pictures) == judge.read(pictures)


def test_training_resumes_to_the_same_judge(tmp_path: Path, composer: Composer, machine: Machine) -> None:
    plan = replace(PLAN, pictures=8, batch=2, budget=replace(PLAN.budget, steps=4))
    run = {"machine": machine, "cast_of": few_words, "say": lambda line: None}
    whole = train_judge(composer, plan, checkpoint=tmp_path / "whole.pt", **run)
    train_judge(composer, plan, checkpoint=tmp_path / "cut.pt", stop_after=2, **run)
    resumed = train_judge(composer, plan, checkpoint=tmp_path / "cut.pt", **run)
    for name, value in whole.network.state_dict().items():
        assert torch.equal(value, resumed.network.state_dict()[name]), name


def reading(cast: Cast, style: str, **changes: object) -> Reading:
    seen = Reading(
        dict.fromkeys(cast.subjects, 1),
        frozenset(member.action for member in cast.members if member.action),
        frozenset(member.relation for member in cast.members if member.relation),
        cast.place,
        cast.time,
        cast.weather,
        cast.season or "spring",
        style,
    )
    return replace(seen, **changes)  # type: ignore[arg-type]


def test_scores_tell_what_was_missed_miscounted_and_invented() -> None:
    cast = Cast((Member("dog", 2), Member("girl", action="reading")), "park", "rainy", "night")
    seen = reading(cast, "crayon", subjects={"dog": 1, "cat": 1}, weather="sunny")
    scores = score([(cast, "crayon")], [seen])
    assert scores.tallies["subjects"]["dog"].share == 1
    assert scores.tallies["subjects"]["girl"].share == 0
    assert scores.tallies["counts"]["2"].share == 0
    assert scores.tallies["actions"]["reading"].share == 1
    assert scores.total("weathers").share == 0
    assert scores.total("places").share == scores.total("styles").share == 1
    assert scores.total("seasons").asked == 0
    assert scores.invented == 1


def test_only_words_that_passed_stay_in_the_vocabulary() -> None:
    scores = Scores()
    for word, right in (("girl", 4), ("fish", 3), ("dog", 1)):
        for number in range(4):
            scores.note("subjects", word, right=number < right)
    scores.note("subjects", "noodles", right=True)
    content = passed(vocabulary(TRIGGERS), scores, at_least=3)
    assert list(content["subjects"]) == ["girl", "fish"]
    assert content["people"] == ["girl"]
    assert list(content["plurals"]) == ["fish"]
    assert content["uncountable"] == content["definite"] == []
    assert content["places"] == content["styles"] == {}
    stricter = passed(vocabulary(TRIGGERS), scores, at_least=3, by_word={"fish": 0.9, "dog": 0.2})
    assert list(stricter["subjects"]) == ["girl", "dog"]


def test_prompts_hold_combinations_that_training_never_shows_in_words_the_model_knows() -> None:
    content = vocabulary(TRIGGERS)
    content["subjects"] = {word: word for word in ("girl", "dog", "cat", "apple")}
    asked = asked_casts(content, ("", "crayon"), pictures=20)
    assert len(asked) == len({cast for cast, _ in asked}) == 20
    assert all(held_out(cast) and known(cast, content) for cast, _ in asked)
    assert [style for _, style in asked[:3]] == ["", "crayon", ""]
    for cast in islice(judged_casts(0), 50):
        assert known(cast, vocabulary(TRIGGERS))


def test_rare_words_are_asked_for_until_there_are_enough() -> None:
    content = vocabulary(TRIGGERS)
    asked = asked_casts(content, ("",), pictures=5, each=2)
    often = [sum(cast.place == place for cast, _ in asked) for place in content["places"]]
    assert min(often) >= 2
