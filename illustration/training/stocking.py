"""Latents made ahead of training, by several processes at low priority; what a shard holds is told elsewhere."""

import multiprocessing
import os
from collections.abc import Callable, Sequence
from contextlib import closing
from multiprocessing.connection import wait

import torch

from illustration.training.loop import TrainingError
from illustration.training.progress import Bar
from illustration.training.workshop import Workshop

LOOKED_EVERY = 5.0


def _make(shop: Workshop, numbers: Sequence[int], style: str) -> None:
    torch.set_num_threads(1)
    os.nice(10)
    store = shop.store()
    for number in numbers:
        if not store.made(number, style):
            store.make(number, style)


def stock(
    shop: Workshop,
    shards: int,
    *,
    style: str = "",
    processes: int | None = None,
    say: Callable[[str], None] = print,
) -> int:
    """Make the first `shards` shards that are not there yet; returns how many were missing.

    Cut off at any point, it goes on where it was. Raises TrainingError where a process failed.
    """
    store = shop.store()
    missing = [number for number in range(shards) if not store.made(number, style)]
    many = min(len(missing), processes or os.cpu_count() or 1)
    with closing(Bar(f"latents {style}".strip(), 1 - len(missing) / max(1, shards), say)) as bar:

        def tell() -> None:
            bar.count(shards - sum(not store.made(number, style) for number in missing), shards)

        if many <= 1:
            for number in missing:
                store.make(number, style)
                tell()
        else:
            _make_together(shop, missing, style, many, tell)
    return len(missing)


def _make_together(
    shop: Workshop, missing: Sequence[int], style: str, many: int, tell: Callable[[], None]
) -> None:
    """Share the shards out among processes, and tell how far they are now and then."""
    context = multiprocessing.get_context("spawn")
    workers = [
        context.Process(target=_make, args=(shop, missing[index::many], style)) for index in range(many)
    ]
    for worker in workers:
        worker.start()
    at_work = {worker.sentinel for worker in workers}
    while at_work:
        at_work.difference_update(wait(list(at_work), timeout=LOOKED_EVERY))  # type: ignore[arg-type]
        tell()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise TrainingError("a process that made latents stopped early; the same command goes on from there")
