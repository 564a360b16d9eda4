"""Latents made ahead of training, by several processes at low priority; what a shard holds is told elsewhere."""

import multiprocessing
import os
from collections.abc import Sequence

import torch

from illustration.training.workshop import Workshop


def _make(shop: Workshop, numbers: Sequence[int], style: str) -> None:
    torch.set_num_threads(1)
    os.nice(10)
    store = shop.store()
    for number in numbers:
        if not store.made(number, style):
            store.make(number, style)


def stock(shop: Workshop, shards: int, *, style: str = "", processes: int | None = None) -> int:
    """Make the first `shards` shards that are not there yet; returns how many were missing.

    Cut off at any point, it goes on where it was. Raises RuntimeError where a process failed.
    """
    store = shop.store()
    missing = [number for number in range(shards) if not store.made(number, style)]
    many = min(len(missing), processes or os.cpu_count() or 1)
    if many <= 1:
        for number in missing:
            store.make(number, style)
        return len(missing)
    context = multiprocessing.get_context("spawn")
    workers = [
        context.Process(target=_make, args=(shop, missing[index::many], style)) for index in range(many)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise RuntimeError("a process that made latents stopped early")
    return len(missing)
