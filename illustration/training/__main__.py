"""`python -m illustration.training STAGE --work DIR`: trains the starter model stage by stage and writes it out."""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import torch

from illustration.training import adapters, autoencoder, base
from illustration.training.composer import caption, draw_cast
from illustration.training.export import export
from illustration.training.filters import STYLES, TRIGGERS
from illustration.training.loop import Budget, keep_freed_memory, measure_machine
from illustration.training.sampling import contact_sheet, sample_latents
from illustration.training.workshop import Workshop, styled_batches

STYLED_SHARDS = 1
ADAPTER_BATCH = 16


def _say(line: str) -> None:
    print(line, flush=True)


def _budget(budget: Budget, options: argparse.Namespace) -> Budget:
    minutes = budget.minutes if options.minutes is None else options.minutes
    return replace(budget, minutes=minutes, threads=options.threads)


def run_autoencoder(shop: Workshop, options: argparse.Namespace) -> None:
    plan = replace(shop.autoencoder_plan, budget=_budget(shop.autoencoder_plan.budget, options))
    pictures = autoencoder.pictures_on_disk(shop.composer(), plan, shop.work)
    autoencoder.train_autoencoder(
        pictures, plan, machine=shop.machine, checkpoint=shop.autoencoder_checkpoint, say=_say
    )


def run_base(shop: Workshop, options: argparse.Namespace) -> None:
    plan = replace(shop.base_plan, budget=_budget(shop.base_plan.budget, options))
    base.train_base(shop.store(), plan, machine=shop.machine, checkpoint=shop.base_checkpoint, say=_say)


def run_adapter(shop: Workshop, options: argparse.Namespace) -> None:
    plan = replace(shop.adapter_plan, budget=_budget(shop.adapter_plan.budget, options))
    store = shop.store()
    for style in [options.style] if options.style else list(STYLES):
        _say(f"adapter {style}")
        parts = shop.trained_base()
        adapters.train_adapter(
            parts.unet,
            parts.text_encoder,
            parts.tokenizer,
            styled_batches(store, style, shop.base_plan.language, size=ADAPTER_BATCH, shards=STYLED_SHARDS),
            plan,
            machine=shop.machine,
            checkpoint=shop.adapter_checkpoint(style),
            say=_say,
        )


def run_export(shop: Workshop, options: argparse.Namespace) -> None:
    if options.out is None:
        sys.exit("export needs --out, the folder to write the model to")
    _say(f"{export(shop, options.out)} bytes of weights in {options.out}")


def run_sheet(shop: Workshop, options: argparse.Namespace) -> None:
    """Twelve pictures of the checkpoints as they stand, their captions on the way; --style for one style's."""
    import random

    parts = shop.trained_base()
    model, _ = shop.trained_autoencoder()
    if options.style:
        shop.put_on_adapter(parts, options.style)
    rng = random.Random(options.seed)
    captions = [caption(draw_cast(rng), trigger=TRIGGERS.get(options.style or "", "")) for _ in range(12)]
    for line in captions:
        _say(line)
    latents = sample_latents(parts, captions, machine=shop.machine, seed=options.seed)
    pictures = autoencoder.decode(model, latents / model.config["scaling_factor"], shop.machine)
    contact_sheet(pictures, 4).save(shop.work / f"sheet-{options.style or 'base'}.png")


def run_all(shop: Workshop, options: argparse.Namespace) -> None:
    for run in (run_autoencoder, run_base, run_adapter, run_export):
        run(shop, options)


STAGES: dict[str, Callable[[Workshop, argparse.Namespace], None]] = {
    "autoencoder": run_autoencoder,
    "base": run_base,
    "adapter": run_adapter,
    "export": run_export,
    "sheet": run_sheet,
    "all": run_all,
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m illustration.training", description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument(
        "--work", type=Path, required=True, help="checkpoints and composed data; stages resume here"
    )
    parser.add_argument(
        "--icons", type=Path, required=True, help="icons.json of @iconify-json/fluent-emoji-flat"
    )
    parser.add_argument("--out", type=Path, help="export: the model folder to write")
    parser.add_argument("--minutes", type=float, help="wall-clock minutes of a stage over all its runs")
    parser.add_argument("--style", choices=tuple(STYLES), help="adapter, sheet: this style alone")
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument("--threads", type=int, help="processor threads at most; as many as pay are used")
    parser.add_argument("--seed", type=int, default=0, help="sheet: which captions and noise")
    options = parser.parse_args(arguments)
    if options.threads:
        torch.set_num_threads(options.threads)
    keep_freed_memory()
    options.work.mkdir(parents=True, exist_ok=True)
    machine = measure_machine(options.device)
    _say(f"training on {machine.device} in {machine.dtype}")
    STAGES[options.stage](Workshop(options.work, options.icons, machine), options)


if __name__ == "__main__":
    main()
