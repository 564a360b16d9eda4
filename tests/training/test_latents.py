"""Shards of latents: the same whoever makes them, whole or not there, and the first ones simple."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import torch

from illustration.training.__main__ import run_autoencoder
from illustration.training.latents import LatentStore
from illustration.training.stocking import stock
from illustration.training.workshop import Workshop


class Options:
    """Command-line options as they stand when none is given."""

    minutes = None
    threads = None
    shards = None


@pytest.fixture
def stocked(shop: Workshop) -> Workshop:
    simple = replace(shop, base_plan=replace(shop.base_plan, simple_shards=1, shards=3))
    run_autoencoder(simple, Options())  # type: ignore[arg-type]
    return simple


def test_a_shard_holds_scaled_latents_cover_and_casts(stocked: Workshop) -> None:
    store = stocked.store()
    shard = store.shard(1)
    assert shard.latents.shape == (4, 16, 16, 16)
    assert shard.latents.dtype == np.float16
    assert shard.cover.shape == (4, 16, 16)
    assert len(shard.casts) == 4
    again = stocked.store().shard(1)
    assert again.casts == shard.casts
    assert (again.latents == shard.latents).all()
    latents, cover, casts = store.batch(5, size=6, shards=2)
    assert latents.shape == (6, 16, 16, 16)
    assert cover.shape == (6, 1, 16, 16)
    assert 0 < cover.max() <= 1
    assert torch.equal(latents, stocked.store().batch(5, size=6, shards=2)[0])
    assert casts == stocked.store().batch(5, size=6, shards=2)[2]


def test_the_first_shards_hold_one_body_a_scene(stocked: Workshop) -> None:
    store = replace(stocked.store(), size=40)
    bodies = [
        [sum(member.bodies for member in cast.members) for cast in store.shard(number).casts]
        for number in (0, 1)
    ]
    assert set(bodies[0]) == {1}
    assert {2, 3} <= set(bodies[1])


def test_a_shard_cut_off_while_it_was_written_is_made_again(stocked: Workshop) -> None:
    store = stocked.store()
    whole = np.array(store.shard(0).latents)
    store.folder.joinpath("base-4-1-0.json").unlink()
    np.save(store.folder / "base-4-1-0.latents.npy", np.zeros_like(whole))
    fresh: LatentStore = stocked.store()
    assert not fresh.made(0)
    assert (fresh.shard(0).latents == whole).all()


def test_shards_count_as_ready_up_to_the_first_gap(stocked: Workshop) -> None:
    store = stocked.store()
    assert store.ready() == 0
    store.make(1)
    assert store.ready() == 0
    store.make(0)
    assert store.ready() == 2
    assert stocked.store().ready() == 2


def test_several_processes_stock_what_one_would(stocked: Workshop) -> None:
    assert stock(stocked, 3, processes=2) == 3
    assert stock(stocked, 3, processes=2) == 0
    together = [stocked.store().shard(number) for number in range(3)]
    for path in stocked.store().folder.iterdir():
        path.unlink()
    assert stock(stocked, 3, processes=1) == 3
    for number, shard in enumerate(together):
        alone = stocked.store().shard(number)
        assert alone.casts == shard.casts
        np.testing.assert_allclose(alone.latents, shard.latents, atol=2e-3)
