"""How much company pays: seconds a picture alone against seconds a picture in company of 4 and 8.

    python -m benchmarks.company --model illustration/starter --rounds 5

The arms take turns in one process, so that whatever else the machine does falls on all of them. Read the ratios;
the seconds are this machine's at this hour.
"""

import argparse
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from illustration.engine.contract import AdapterFile, Brief, EngineConfig, Picture
from illustration.engine.diffusion import DiffusionEngine

COMPANIES = (1, 4, 8)
PHRASES = ("a girl and a dog", "at the beach", "sunny", "day")


def main(arguments: Sequence[str] | None = None) -> None:
    options = read_options(arguments)
    engine = load(options.model, options.device, options.dtype)
    print(
        f"{engine.model_name} on {engine.device} in {engine.dtype}, {options.steps} steps, {options.size} px"
    )
    seconds: dict[int, list[float]] = {company: [] for company in COMPANIES}
    for company in COMPANIES:
        seconds_a_picture(engine, company, options)
    for _ in range(options.rounds):
        for company in COMPANIES:
            seconds[company].append(seconds_a_picture(engine, company, options))
    alone = seconds[1]
    for company, taken in seconds.items():
        ratios = [single / shared for single, shared in zip(alone, taken, strict=True)]
        print(
            f"company of {company}: {statistics.median(taken):.3f} s a picture,"
            f" {statistics.median(ratios):.2f} times as fast as alone"
            f" (rounds from {min(ratios):.2f} to {max(ratios):.2f})"
        )


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=Path("illustration/starter"))
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--guidance", type=float, default=4.0)
    parser.add_argument("--size", type=int, default=256)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--dtype", default="auto")
    return parser.parse_args(arguments)


def load(model: Path, device: str, dtype: str) -> DiffusionEngine:
    """The engine with every style that the model's folder brings along."""
    adapters = tuple(
        AdapterFile(style=path.stem, path=str(path), trigger="")
        for path in sorted((model / "adapters").glob("*.safetensors"))
    )
    return DiffusionEngine(EngineConfig(str(model), adapters, device, dtype, capacity=max(COMPANIES)))


def seconds_a_picture(engine: DiffusionEngine, company: int, options: argparse.Namespace) -> float:
    """Draw `company` pictures together, their styles taking turns, from brief to pixels."""
    styles = sorted(engine.adapter_hashes) or [""]
    began = time.perf_counter()
    engine.admit(
        [
            Brief(
                key=str(number),
                phrases=PHRASES,
                negative_prompt="",
                style=styles[number % len(styles)],
                seed=number,
                steps=options.steps,
                guidance_scale=options.guidance,
                width=options.size,
                height=options.size,
            )
            for number in range(company)
        ]
    )
    results = list(engine.finished())
    while engine.in_hand():
        engine.step()
        results += engine.finished()
    taken = time.perf_counter() - began
    failed = [result for result in results if not isinstance(result, Picture)]
    if failed or len(results) != company:
        raise SystemExit(f"{len(failed)} of {company} pictures failed: {failed[:1]}")
    return taken / company


if __name__ == "__main__":
    main()
