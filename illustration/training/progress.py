"""How far a training is, for people: a bar with the time left, the loss drawn over time, sample sheets; no training."""

import math
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from tqdm import tqdm

WIDTH, HEIGHT = 900, 420
LEFT, TOP, RIGHT, BOTTOM = 70, 34, 20, 44
SAID_EVERY = 20.0
# A point of the curve: minutes spent and the mean loss since the point before.
Point = tuple[float, float]


class Bar:
    """A progress bar on a terminal; elsewhere (a log, a pipe) lines through `say`."""

    def __init__(self, name: str, done: float, say: Callable[[str], None]) -> None:
        self._name, self._say, self._said = name, say, time.monotonic()
        self._bar = tqdm(
            total=100,
            initial=100 * done,
            desc=name,
            disable=None,
            bar_format="{desc} {percentage:3.0f}% |{bar}| {elapsed} so far, {remaining} left{postfix}",
        )

    def move(self, done: float, postfix: str) -> None:
        """Show the spent share of the budget, 0..1, and a few words beside the bar."""
        self._bar.n = 100 * min(1.0, done)
        self._bar.set_postfix_str(postfix)

    def count(self, done: int, total: int) -> None:
        """Show how many of something are done; in a log one line in 20 seconds at most."""
        self.move(done / total, f"{done} of {total}")
        if time.monotonic() - self._said > SAID_EVERY:
            self.line(f"{self._name}: {done} of {total}")
            self._said = time.monotonic()

    def line(self, text: str) -> None:
        """For a log alone: a terminal has the bar."""
        if self._bar.disable:
            self._say(text)

    def close(self) -> None:
        self._bar.close()


def minutes_left(done: float, spent_seconds: float) -> float:
    """What the rest takes at the pace so far, 0 past the end; infinite before anything was done."""
    return spent_seconds / 60 * max(0.0, 1 - done) / done if done > 0 else math.inf


def _ticks(low: float, high: float, most: int) -> list[float]:
    """Round numbers between two others, `most` at most."""
    rough = max(high - low, 1e-9) / most
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * factor for factor in (1, 2, 5, 10) if unit * factor >= rough)
    first = math.ceil(low / step)
    return [step * index for index in range(first, math.floor(high / step) + 1)]


def loss_plot(title: str, points: Sequence[Point]) -> Image.Image:
    """The curve of the points, with a smoothed one over it. The first tenth may leave the picture at the top."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.load_default(14)
    draw.text((LEFT, 8), title, fill="black", font=font)
    draw.rectangle((LEFT, TOP, WIDTH - RIGHT, HEIGHT - BOTTOM), outline="#9aa0aa")
    if not points:
        return picture
    settled = [loss for _, loss in points[len(points) // 10 :]]
    low, high, longest = min(settled), max(settled), max(points[-1][0], 1e-6)
    margin = (high - low) * 0.08 or 1e-6
    low, high = low - margin, high + margin

    def place(minutes: float, loss: float) -> tuple[float, float]:
        across = LEFT + (WIDTH - LEFT - RIGHT) * minutes / longest
        share = (min(max(loss, low), high) - low) / (high - low)
        return across, HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * share

    for value in _ticks(low, high, 6):
        y = place(0, value)[1]
        draw.line((LEFT, y, WIDTH - RIGHT, y), fill="#e6e8ec")
        draw.text((8, y - 8), f"{value:.4g}", fill="#555b66", font=font)
    for value in _ticks(0, longest, 8):
        x = place(value, low)[0]
        draw.line((x, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + 4), fill="#9aa0aa")
        draw.text((x - 6, HEIGHT - BOTTOM + 6), f"{value:.4g}", fill="#555b66", font=font)
    draw.text((WIDTH - RIGHT - 60, HEIGHT - 20), "minutes", fill="#555b66", font=font)
    smooth, smoothed = points[0][1], []
    for minutes, loss in points:
        smooth += 0.15 * (loss - smooth)
        smoothed.append((minutes, smooth))
    draw.line([place(*point) for point in points], fill="#b9c6e6", width=1)
    draw.line([place(*point) for point in smoothed], fill="#2f57b0", width=2)
    return picture


def contact_sheet(pictures: NDArray[np.uint8], columns: int) -> Image.Image:
    """Pictures (n, h, w, 3) side by side, row by row."""
    height, width = pictures.shape[1:3]
    sheet = Image.new("RGB", (columns * width, -(-len(pictures) // columns) * height), "white")
    for index, picture in enumerate(pictures):
        sheet.paste(Image.fromarray(picture), (index % columns * width, index // columns * height))
    return sheet


def save_picture(picture: Image.Image, path: Path) -> None:
    """Write a PNG so that who looks at it meanwhile never sees half of it."""
    half = path.with_name(f"{path.name}.writing")
    picture.save(half, format="PNG")
    half.replace(path)
