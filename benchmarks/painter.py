"""How well the model draws what it is asked for, read by a judge that never learned from drawn pictures.

    python -m benchmarks.painter --model illustration/starter --work var/training --out var/painter

Draws scenes that training never shows, prints how often every kind of word is read in them, beside it the judge's
ceiling (the same scenes composed and sent through the model's autoencoder), then schedulers and steps against each
other, taking turns in one process. Writes `sheet.webp`, 64 pictures without captions to be named by eye, their prompts
apart in `sheet-prompts.txt`; `missed.webp`, the 16 in which the judge missed most, with theirs; all shares in
`painter.json`; and `vocabulary.json`: the words that passed. `python -m illustration.training card` puts them into the
model's folder.
The judge comes from `python -m illustration.training judge` and stays in the work folder.
"""

import argparse
import io
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from diffusers import AutoencoderDC
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from illustration.engine.contract import SCHEDULERS, AdapterFile, Brief, EngineConfig, Picture
from illustration.engine.diffusion import DiffusionEngine
from illustration.training.card import MISSED, SHEET
from illustration.training.fetch import fetch_icons
from illustration.training.filters import TRIGGERS
from illustration.training.judge import Judge
from illustration.training.judging import (
    ASKED_AT_LEAST,
    GOALS,
    KINDS,
    PASSES,
    Scores,
    asked_casts,
    ceiling_pictures,
    missed,
    passed,
    score,
)
from illustration.training.loop import Machine, machine_words, measure_machine
from illustration.training.progress import contact_sheet
from illustration.training.vocabulary import Cast, caption, phrases
from illustration.training.workshop import Workshop

COMPANY = 8
STEPS = (4, 8, 12, 20)
TRIED: tuple[str, ...] = ("dpmpp_2m_karras", "unipc", "ddim", "euler")
SHEET_PICTURES, MISSED_PICTURES, SHEET_COLUMNS, SHEET_BYTES = 64, 16, 8, 300_000
SHEET_SIDES, SHEET_QUALITIES = (192, 160, 128, 96), (85, 70, 55)
Asked = Sequence[tuple[Cast, str]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a picture is drawn."""

    scheduler: str
    steps: int
    guidance_scale: float


def main(arguments: Sequence[str] | None = None) -> None:
    options = read_options(arguments)
    options.work.mkdir(parents=True, exist_ok=True)
    options.out.mkdir(parents=True, exist_ok=True)
    machine = measure_machine(options.device)
    shop = Workshop(options.work, options.icons or fetch_icons(options.work, say=print), machine)
    if not shop.judge_checkpoint.exists():
        raise SystemExit(f"no judge in {options.work}: python -m illustration.training judge")
    measure(shop, shop.trained_judge(), options)


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=Path("illustration/starter"))
    parser.add_argument("--work", type=Path, default=Path("var/training"), help="where the judge lies")
    parser.add_argument("--out", type=Path, default=Path("var/painter"))
    parser.add_argument("--icons", type=Path, help="icons.json of the set; fetched without")
    parser.add_argument("--pictures", type=int, default=512)
    parser.add_argument("--each", type=int, default=0, help="draw on until a word was asked for so often")
    parser.add_argument("--seed", type=int, default=0, help="which scenes and noise")
    parser.add_argument("--scheduler", choices=SCHEDULERS, default="dpmpp_2m_karras")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--guidance", type=float, default=4.0)
    parser.add_argument(
        "--trade", type=int, default=48, help="pictures of every scheduler and steps; 0 for none"
    )
    parser.add_argument("--try-schedulers", nargs="+", choices=SCHEDULERS, default=list(TRIED))
    parser.add_argument("--try-steps", nargs="+", type=int, default=list(STEPS))
    parser.add_argument("--device", default="auto")
    parser.add_argument("--dtype", default="auto")
    return parser.parse_args(arguments)


def measure(shop: Workshop, judge: Judge, options: argparse.Namespace) -> None:
    """Draw, read, print and write everything that the options ask for."""
    engine = load(options)
    styles = ("", *sorted(engine.adapter_hashes))
    content = json.loads((options.model / "vocabulary.json").read_text(encoding="utf-8"))
    asked = asked_casts(content, styles, pictures=options.pictures, each=options.each, seed=options.seed)
    recipe = Recipe(options.scheduler, options.steps, options.guidance)
    print(f"{engine.model_name} ({engine.model_hash}) on {engine.device} in {engine.dtype}, {recipe}")
    drawn, seconds = draw_all(engine, asked, recipe, options.seed, quiet=False)
    readings = judge.read(drawn)
    scores = score(asked, readings)
    autoencoder = autoencoder_of(options.model, shop.machine)
    composed = ceiling_pictures(asked, shop.composer(), autoencoder, shop.machine, "ceiling")
    ceilings = score(asked, judge.read(composed))
    print(f"{len(asked)} pictures, {seconds:.2f} s a picture in company of {COMPANY}\n")
    print(table(scores, ceilings))
    misses = missed(asked, readings)
    worst = sorted(range(len(asked)), key=lambda number: -misses[number])[:MISSED_PICTURES]
    for name, shown in ((SHEET, range(min(SHEET_PICTURES, len(asked)))), (MISSED, worst)):
        path = options.out / name
        path.write_bytes(sheet(drawn[list(shown)]))
        lines = prompts([asked[number] for number in shown])
        path.with_name(f"{path.stem}-prompts.txt").write_text(lines, encoding="utf-8")
    write_json(options.out / "vocabulary.json", passed(content, scores))
    found: dict[str, Any] = {"model": engine.model_hash, "pictures": len(asked), "seconds": seconds}
    found |= {
        "recipe": f"{recipe.scheduler}, {recipe.steps} steps, guidance {recipe.guidance_scale:g}",
        "machine": machine_words(autoencoder, engine.dtype),
        "passes": PASSES,
        "at_least": ASKED_AT_LEAST,
    }
    found |= {"scores": as_json(scores), "ceilings": as_json(ceilings)}
    if options.trade:
        found["tried"] = len(asked[: options.trade])
        found["trade"] = trade(engine, judge, asked[: options.trade], options)
    write_json(options.out / "painter.json", found)


def load(options: argparse.Namespace) -> DiffusionEngine:
    """The engine with every style that the model's folder brings along."""
    adapters = tuple(
        AdapterFile(style=path.stem, path=str(path), trigger=TRIGGERS.get(path.stem, ""))
        for path in sorted((options.model / "adapters").glob("*.safetensors"))
    )
    config = EngineConfig(str(options.model), adapters, options.device, options.dtype, COMPANY)
    return DiffusionEngine(config)


def autoencoder_of(model: Path, machine: Machine) -> AutoencoderDC:
    found = AutoencoderDC.from_pretrained(model / "vae", local_files_only=True).float()
    return found.to(machine.device).eval()


def draw_all(
    engine: DiffusionEngine, asked: Asked, recipe: Recipe, seed: int, *, quiet: bool = True
) -> tuple[NDArray[np.uint8], float]:
    """Pictures uint8 (n, 256, 256, 3) of all that was asked, in its order, and seconds a picture.

    A picture that failed is black: it was asked for, and shows nothing.
    """
    drawn = np.zeros((len(asked), 256, 256, 3), np.uint8)
    began = time.perf_counter()
    for start in tqdm(range(0, len(asked), COMPANY), "draw", disable=True if quiet else None):
        engine.admit(
            [
                Brief(
                    key=str(number),
                    phrases=(TRIGGERS[style], *phrases(cast)) if style in TRIGGERS else phrases(cast),
                    negative_prompt="",
                    style=style,
                    seed=seed + number,
                    scheduler=recipe.scheduler,
                    steps=recipe.steps,
                    guidance_scale=recipe.guidance_scale,
                )
                for number, (cast, style) in enumerate(asked[start : start + COMPANY], start)
            ]
        )
        results = list(engine.finished())
        while engine.in_hand():
            engine.step()
            results += engine.finished()
        for result in results:
            if isinstance(result, Picture):
                pixels = np.frombuffer(result.pixels, np.uint8)
                drawn[int(result.key)] = pixels.reshape(result.height, result.width, 3)
            else:
                print(f"picture {result.key} failed: {result.code}")
    return drawn, (time.perf_counter() - began) / max(1, len(asked))


def table(scores: Scores, ceilings: Scores) -> str:
    """Shares by kind, the judge's ceiling beside each and the goal where there is one."""
    lines = [f"{'':10} {'read':>7} {'ceiling':>8} {'goal':>6} {'asked':>6}"]
    for kind in KINDS:
        found, most = scores.total(kind), ceilings.total(kind)
        goal = f"{GOALS[kind]:.0%}" if kind in GOALS else ""
        lines.append(f"{kind:10} {found.share:7.1%} {most.share:8.1%} {goal:>6} {found.asked:6}")
    drawn, composed = (found.invented / max(1, found.pictures) for found in (scores, ceilings))
    return "\n".join(
        [*lines, f"subjects read that nobody asked for, a picture: {drawn:.2f} ({composed:.2f})"]
    )


def sheet(pictures: NDArray[np.uint8]) -> bytes:
    """Pictures side by side without a word, WebP of SHEET_BYTES at most: the largest and best that fits.

    ValueError where not even the smallest does.
    """
    data = b""
    for side in SHEET_SIDES:
        small = [Image.fromarray(one).resize((side, side), Image.Resampling.LANCZOS) for one in pictures]
        whole = contact_sheet(np.stack([np.asarray(one) for one in small]), SHEET_COLUMNS)
        for quality in SHEET_QUALITIES:
            held = io.BytesIO()
            whole.save(held, "WEBP", quality=quality)
            data = held.getvalue()
            if len(data) <= SHEET_BYTES:
                return data
    raise ValueError(f"the sheet takes {len(data)} bytes at its smallest, the most is {SHEET_BYTES}")


def prompts(asked: Asked) -> str:
    """The sheet's prompts by row and column, both from 1."""
    lines = [
        f"{number // SHEET_COLUMNS + 1}.{number % SHEET_COLUMNS + 1} "
        + caption(cast, trigger=TRIGGERS.get(style, ""))
        for number, (cast, style) in enumerate(asked)
    ]
    return "\n".join(lines) + "\n"


def trade(
    engine: DiffusionEngine, judge: Judge, asked: Asked, options: argparse.Namespace
) -> list[dict[str, Any]]:
    """Time and quality of every scheduler at every number of steps; the arms take turns, company by company."""
    arms = [
        Recipe(scheduler, steps, options.guidance)
        for scheduler in options.try_schedulers
        for steps in options.try_steps
    ]
    drawn: dict[Recipe, list[NDArray[np.uint8]]] = {arm: [] for arm in arms}
    seconds: dict[Recipe, float] = dict.fromkeys(arms, 0.0)
    for start in range(0, len(asked), COMPANY):
        some = asked[start : start + COMPANY]
        for arm in arms:
            pictures, taken = draw_all(engine, some, arm, options.seed + start)
            drawn[arm].append(pictures)
            seconds[arm] += taken * len(some)
    rows = []
    print(
        f"\n{'scheduler':16} {'steps':>5} {'s a picture':>11} {'subjects':>9} {'places':>7} {'weathers':>9}"
    )
    for arm in arms:
        scores = score(asked, judge.read(np.concatenate(drawn[arm])))
        shares = {kind: scores.total(kind).share for kind in ("subjects", "places", "weathers")}
        each = seconds[arm] / len(asked)
        rows.append({"scheduler": arm.scheduler, "steps": arm.steps, "seconds": each, **shares})
        told = " ".join(f"{share:{wide}.1%}" for share, wide in zip(shares.values(), (9, 7, 9), strict=True))
        print(f"{arm.scheduler:16} {arm.steps:5} {each:11.2f} {told}")
    return rows


def as_json(scores: Scores) -> dict[str, Any]:
    """[asked, right] by kind and word, so that other thresholds can be tried without drawing anew."""
    return {
        kind: {word: [tally.asked, tally.right] for word, tally in scores.tallies[kind].items()}
        for kind in KINDS
    } | {"pictures": scores.pictures, "invented": scores.invented}


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
