"""How well and how fast the scene reader reads: `python -m benchmarks.scenes [FOLDER]`.

Reads the sentence files of `tests/scenes/sentences` (or another folder) and prints, by category and by language, how
much of what the texts say is in their scenes (recall), how much of the scenes was expected (precision, over the
lines that list everything) and how often something was there that a text denies (denied). Then seconds and memory.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections import Counter, defaultdict
from pathlib import Path

from illustration.scenes import read
from tests.scenes.expectations import FOLDER, RIGHT, Outcome, judge, lines

ROUNDS = 9
CHARACTERS = 1_000


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--misses", action="store_true", help="print what is wrong, line by line")
    options = parser.parse_args()
    before = _megabytes()
    began = time.perf_counter()
    read("오늘은 비가 왔다.")
    read("It rained today.")
    print(
        f"first texts: {time.perf_counter() - began:.1f} s, {_megabytes() - before:.0f} MB more than before\n"
    )
    texts = _quality(options.folder, misses=options.misses)
    _speed(texts)
    print(f"memory of the process: {_megabytes():.0f} MB")


def _quality(folder: Path, *, misses: bool) -> dict[str, list[str]]:
    """Print recall and precision; return the texts by language."""
    outcomes: dict[str, list[Outcome]] = defaultdict(list)
    texts: dict[str, list[str]] = defaultdict(list)
    for line in lines(folder):
        outcome = judge(line, line.scene())
        language = line.data["language"]
        texts[language].append(line.data["text"])
        for name in ("all", f"language {language}", f"file {line.file}", *line.data.get("tests", ())):
            outcomes[name].append(outcome)
        if misses and outcome.wrong:
            print(f"{line}  {line.data['text']}\n    {'; '.join(outcome.wrong)}")
    titles = (
        ("texts", 6),
        ("wholly right", 14),
        ("expected", 10),
        ("recall", 9),
        ("precision", 11),
        ("denied", 8),
    )
    print(" " * 28 + "".join(f"{title:>{width}}" for title, width in titles))
    for name in sorted(
        outcomes, key=lambda each: (each != "all", not each.startswith(("language", "file")), each)
    ):
        _row(name, outcomes[name])
    print()
    return texts


def _row(name: str, outcomes: list[Outcome]) -> None:
    results = Counter(result for outcome in outcomes for section, _, result in outcome.found)
    expected = sum(results.values())
    right = sum(results[result] for result in RIGHT)
    listed = [outcome for outcome in outcomes if any(section != "draws" for section, _, _ in outcome.found)]
    said = sum(outcome.said for outcome in listed)
    unexpected = sum(outcome.unexpected for outcome in listed)
    whole = sum(not outcome.wrong for outcome in outcomes)
    denied = sum(len(outcome.forbidden) for outcome in outcomes)
    print(
        f"{name:28}{len(outcomes):6}{whole / len(outcomes):14.1%}{expected:10}{_share(right, expected):>9}"
        f"{_share(said - unexpected, said):>11}{denied:8}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "-"


def _speed(texts: dict[str, list[str]]) -> None:
    for language, found in sorted(texts.items()):
        text = ""
        while len(text) < CHARACTERS:
            text += " ".join(found) + " "
        seconds = []
        for _ in range(ROUNDS):
            began = time.process_time()
            read(text[:CHARACTERS])
            seconds.append(time.process_time() - began)
        print(f"{CHARACTERS} characters, {language}: {1000 * statistics.median(seconds):.0f} ms of one core")


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
