"""`python -m illustration.training STAGE`: trains the starter model stage by stage and writes it out.

Every stage goes on from where an earlier run of it was stopped or killed; `all` runs them in their order.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

import torch
from diffusers import UNet2DConditionModel
from PIL import Image

from illustration.training import adapters, autoencoder, base, pictures
from illustration.training.base import Base
from illustration.training.casting import judged_casts
from illustration.training.export import export, write_card
from illustration.training.fetch import fetch_icons
from illustration.training.filters import STYLES, TRIGGERS
from illustration.training.judge import train_judge
from illustration.training.loop import Budget, Machine, TrainingError, keep_freed_memory, measure_machine
from illustration.training.sampling import drawn_sheet
from illustration.training.stocking import stock
from illustration.training.vocabulary import caption
from illustration.training.workshop import Workshop, styled_batches

STYLED_SHARDS = 2
ADAPTER_BATCH = 16


def _say(line: str) -> None:
    print(line, flush=True)


def _budget(budget: Budget, options: argparse.Namespace) -> Budget:
    minutes = budget.minutes if options.minutes is None else options.minutes
    return replace(budget, minutes=minutes, threads=options.threads)


def _workshop(options: argparse.Namespace, icons: Path, machine: Machine) -> Workshop:
    shop = Workshop(options.work, icons, machine)
    if options.pictures is not None:
        diet = replace(shop.autoencoder_plan.diet, pictures=options.pictures)
        shop = replace(shop, autoencoder_plan=replace(shop.autoencoder_plan, diet=diet))
    if options.shards is not None:
        first = min(shop.base_plan.first_shards, options.shards)
        shop = replace(shop, base_plan=replace(shop.base_plan, shards=options.shards, first_shards=first))
    return shop


def sheet_captions(shop: Workshop, style: str = "", seed: int = 0) -> list[str]:
    """What sample sheets show: scenes that training never shows, the same ones every time."""
    casts = islice(judged_casts(seed), shop.sheet_pictures)
    return [caption(cast, trigger=TRIGGERS.get(style, "")) for cast in casts]


def run_compose(shop: Workshop, options: argparse.Namespace) -> None:
    pictures.pictures_on_disk(shop.composer(), shop.autoencoder_plan.diet, shop.work)


def run_autoencoder(shop: Workshop, options: argparse.Namespace) -> None:
    plan = replace(shop.autoencoder_plan, budget=_budget(shop.autoencoder_plan.budget, options))
    found = pictures.pictures_on_disk(shop.composer(), plan.diet, shop.work)
    autoencoder.train_autoencoder(
        found, plan, machine=shop.machine, checkpoint=shop.autoencoder_checkpoint, say=_say
    )


def run_decoder(shop: Workshop, options: argparse.Namespace) -> None:
    plan = replace(
        shop.autoencoder_plan, decoder_budget=_budget(shop.autoencoder_plan.decoder_budget, options)
    )
    found = pictures.pictures_on_disk(shop.composer(), plan.diet, shop.work)
    autoencoder.train_decoder(
        shop.first_autoencoder(),
        found,
        plan,
        machine=shop.machine,
        checkpoint=shop.decoder_checkpoint(),
        say=_say,
    )


def run_latents(shop: Workshop, options: argparse.Namespace) -> None:
    _say(f"{stock(shop, shop.base_plan.shards, processes=options.threads)} shards of latents made")


def run_base(shop: Workshop, options: argparse.Namespace) -> None:
    plan = replace(shop.base_plan, budget=_budget(shop.base_plan.budget, options))
    model, _ = shop.trained_autoencoder()
    captions = sheet_captions(shop)
    base.train_base(
        shop.store(),
        plan,
        machine=shop.machine,
        checkpoint=shop.base_checkpoint,
        show=lambda parts: drawn_sheet(parts, model, captions, machine=shop.machine),
        say=_say,
    )


def run_adapter(shop: Workshop, options: argparse.Namespace) -> None:
    plan = replace(shop.adapter_plan, budget=_budget(shop.adapter_plan.budget, options))
    store = shop.store()
    model, _ = shop.trained_autoencoder()
    for style in [options.style] if options.style else list(STYLES):
        _say(f"adapter {style}")
        # Ahead of training, whose clock would count it.
        stock(shop, STYLED_SHARDS, style=style, processes=1)
        parts = shop.trained_base()
        captions = sheet_captions(shop, style)

        def show(
            unet: UNet2DConditionModel, parts: Base = parts, captions: list[str] = captions
        ) -> Image.Image:
            return drawn_sheet(replace(parts, unet=unet), model, captions, machine=shop.machine)

        adapters.train_adapter(
            parts.unet,
            parts.text_encoder,
            parts.tokenizer,
            styled_batches(store, style, shop.base_plan.language, size=ADAPTER_BATCH, shards=STYLED_SHARDS),
            plan,
            machine=shop.machine,
            checkpoint=shop.adapter_checkpoint(style),
            show=show,
            say=_say,
        )


def run_export(shop: Workshop, options: argparse.Namespace) -> None:
    if options.out is None:
        sys.exit("export needs --out, the folder to write the model to")
    _say(f"{export(shop, options.out)} bytes of weights in {options.out}")


def run_card(shop: Workshop, options: argparse.Namespace) -> None:
    """After the painter's benchmark: its figures, its sheets and the words that passed become the model's own."""
    if options.out is None or options.painter is None:
        sys.exit("card needs --out, the model's folder, and --painter, what its benchmark wrote")
    write_card(shop, options.out, measurements=options.painter, named=options.named)


def run_judge(shop: Workshop, options: argparse.Namespace) -> None:
    plan = replace(shop.judge_plan, budget=_budget(shop.judge_plan.budget, options))
    train_judge(shop.composer(), plan, machine=shop.machine, checkpoint=shop.judge_checkpoint, say=_say)


def run_sheet(shop: Workshop, options: argparse.Namespace) -> None:
    """Pictures of the checkpoints as they stand, their captions on the way; --style for one style's."""
    parts = shop.trained_base()
    model, _ = shop.trained_autoencoder()
    if options.style:
        shop.put_on_adapter(parts, options.style)
    captions = sheet_captions(shop, options.style or "", options.seed)
    for line in captions:
        _say(line)
    sheet = drawn_sheet(parts, model, captions, machine=shop.machine, seed=options.seed)
    sheet.save(shop.work / f"sheet-{options.style or 'base'}.png")


def run_all(shop: Workshop, options: argparse.Namespace) -> None:
    drawing = (run_compose, run_autoencoder, run_decoder, run_latents, run_base, run_adapter, run_export)
    for run in (*drawing, run_judge):
        run(shop, options)


STAGES: dict[str, Callable[[Workshop, argparse.Namespace], None]] = {
    "compose": run_compose,
    "autoencoder": run_autoencoder,
    "decoder": run_decoder,
    "latents": run_latents,
    "base": run_base,
    "adapter": run_adapter,
    "export": run_export,
    "judge": run_judge,
    "card": run_card,
    "sheet": run_sheet,
    "all": run_all,
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m illustration.training", description=__doc__)
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument(
        "--work",
        type=Path,
        default=Path("var/training"),
        help="composed data, checkpoints, loss plots and sample sheets (var/training); stages resume here",
    )
    parser.add_argument(
        "--icons", type=Path, help="icons.json of @iconify-json/fluent-emoji-flat; fetched without"
    )
    parser.add_argument("--out", type=Path, help="export, card: the model folder to write")
    parser.add_argument("--painter", type=Path, help="card: the folder that benchmarks.painter wrote")
    parser.add_argument("--named", type=int, help="card: how many of the sheet's pictures were named by eye")
    parser.add_argument("--minutes", type=float, help="wall-clock minutes of a stage over all its runs")
    parser.add_argument("--shards", type=int, help="how many thousand scenes the base is trained on")
    parser.add_argument("--pictures", type=int, help="how many pictures the autoencoder is trained on")
    parser.add_argument("--style", choices=tuple(STYLES), help="adapter, sheet: this style alone")
    parser.add_argument("--device", default="auto", help="auto, cpu or cuda")
    parser.add_argument("--threads", type=int, help="processor threads at most; as many as pay are used")
    parser.add_argument("--seed", type=int, default=0, help="sheet: which captions and noise")
    options = parser.parse_args(arguments)
    if options.threads:
        torch.set_num_threads(options.threads)
    keep_freed_memory()
    options.work.mkdir(parents=True, exist_ok=True)
    try:
        icons = options.icons or fetch_icons(options.work, say=_say)
        machine = measure_machine(options.device)
        _say(f"training on {machine.device} in {machine.dtype}")
        STAGES[options.stage](_workshop(options, icons, machine), options)
    except (TrainingError, OSError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
