"""The training loop every stage shares: clock or step budget, falling learning rate, averaging, checkpoints, sheets.

What is trained, on what and towards what is each stage's own; a stage hands in a function from step to loss.
"""

import ctypes
import io
import math
import os
import platform
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from PIL import Image
from torch import Tensor, nn

from illustration.engine.contract import EngineUnavailable
from illustration.engine.precision import choose_device
from illustration.training.muon import Muon
from illustration.training.progress import Bar, Point, loss_plot, minutes_left, save_picture

# What a stage shows of the averaged weights as they stand.
Sheet = Callable[[dict[str, Tensor]], Image.Image]


class TrainingError(Exception):
    """Training cannot go on; the message says why, for the person who started it."""


@dataclass(frozen=True, slots=True)
class Budget:
    """How long to train and how fast. With `steps` the clock is not read and a resumed run ends the same.

    minutes: wall-clock minutes over all runs of the stage; falling: the last share of the budget, 0..1, over which
    the learning rate falls to zero; average: the decay of the averaged weights, 0 to keep none; threads: at most
    so many on a processor, as many as pay at the moment; None leaves their number alone; checkpoint_seconds and
    sheet_seconds: how often the state is written and a sample sheet drawn.
    """

    minutes: float
    learning_rate: float
    steps: int | None = None
    warm_up_steps: int = 50
    falling: float = 0.4
    average: float = 0.999
    checkpoint_seconds: float = 180.0
    sheet_seconds: float = 600.0
    threads: int | None = None


@dataclass(frozen=True, slots=True)
class Machine:
    """Where training runs: the device and the type convolutions run fastest in there."""

    device: torch.device
    dtype: torch.dtype

    def autocast(self) -> AbstractContextManager[object]:
        if self.dtype == torch.float32:
            return nullcontext()
        return torch.autocast(self.device.type, self.dtype)


def keep_freed_memory() -> None:
    """Ask glibc to keep freed memory for the next step; does nothing under any other C library.

    Every step frees and asks for the same hundreds of megabytes. Given back to the system each time, their pages are
    mapped anew each time: half of all processor time on a virtual machine where that is dear.
    """
    trim_threshold, mmap_max = -1, -4
    with suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL("libc.so.6").mallopt
        mallopt(mmap_max, 0)
        mallopt(trim_threshold, 2**31 - 1)


def _seconds_a_convolution(device: torch.device, dtype: torch.dtype) -> float:
    layer = nn.Conv2d(96, 96, 3, padding=1).to(device, dtype)
    inputs = torch.randn(8, 96, 32, 32, device=device, dtype=dtype, requires_grad=True)
    best = float("inf")
    for _ in range(4):
        started = time.perf_counter()
        layer(inputs).sum().backward()
        if device.type == "cuda":
            torch.cuda.synchronize()
        best = min(best, time.perf_counter() - started)
    return best


def measure_machine(device: str = "auto") -> Machine:
    """Pick CUDA where there is one, then float32 or bfloat16 by timing a small convolution in both.

    Some processors emulate bfloat16 and are tens of times slower in it: the name of the processor tells nothing.
    TrainingError where a device of that name is not there.
    """
    try:
        place = choose_device(device)
    except EngineUnavailable as error:
        raise TrainingError(error.detail) from error
    times = {dtype: _seconds_a_convolution(place, dtype) for dtype in (torch.float32, torch.bfloat16)}
    return Machine(place, min(times, key=lambda dtype: times[dtype]))


@dataclass(slots=True)
class ThreadGovernor:
    """Uses as many processor threads as pay at the moment, by trying one and all in turn.

    On a shared machine every parallel region waits for its slowest thread: two threads beside another busy process
    can be slower than one alone. `most` is the number of threads there are.
    """

    most: int
    trial_steps: int = 6
    settled_steps: int = 60
    _seconds: dict[int, list[float]] = field(default_factory=dict)
    _step: int = 0

    def before_step(self) -> None:
        """Set the number of threads for the step that follows."""
        if self.most < 2:
            return
        at = self._step % (2 * self.trial_steps + self.settled_steps)
        if at == 0:
            self._seconds = {1: [], self.most: []}
        if at < 2 * self.trial_steps:
            torch.set_num_threads(1 if at < self.trial_steps else self.most)
        elif at == 2 * self.trial_steps:
            # Without the first of each, which pays for the change.
            means = {threads: sum(times[1:]) for threads, times in self._seconds.items()}
            torch.set_num_threads(min(means, key=lambda threads: means[threads]))
        self._step += 1

    def after_step(self, seconds: float) -> None:
        self._seconds.setdefault(torch.get_num_threads(), []).append(seconds)


def write_atomically(path: Path, content: object) -> None:
    """torch.save that never leaves half a file in the place of a whole one. TrainingError where the disk is full."""
    path.parent.mkdir(parents=True, exist_ok=True)
    half = path.with_suffix(".writing")
    # In memory first: what a disk says to torch itself does not come out of it.
    held = io.BytesIO()
    torch.save(content, held)
    try:
        with half.open("wb") as file:
            file.write(held.getbuffer())
            file.flush()
            os.fsync(file.fileno())
        os.replace(half, path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise TrainingError(f"{path.name} cannot be written to {path.parent}: {error.strerror}") from error


def machine_words(module: nn.Module, dtype: str = "") -> str:
    """The machine and libraries a module is trained with, for its model card."""
    device = next(module.parameters()).device
    if device.type == "cuda":
        where = torch.cuda.get_device_name(device)
    else:
        information = Path("/proc/cpuinfo")
        lines = information.read_text(encoding="utf-8").splitlines() if information.exists() else []
        named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
        where = f"{os.cpu_count()} cores of {named[0] if named else platform.machine()}"
    kind = f" in {dtype}" if dtype else ""
    return f"{where}{kind}, torch {torch.__version__}, Python {platform.python_version()}"


def averaged_copy(module: nn.Module) -> dict[str, Tensor]:
    return {name: value.detach().clone().float() for name, value in module.state_dict().items()}


@contextmanager
def asked_to_stop() -> Iterator[Callable[[], bool]]:
    """Within it SIGTERM and SIGINT only make the yielded function true, so that a step is never cut in half."""
    asked: list[int] = []
    if threading.current_thread() is not threading.main_thread():
        # Only the main thread may catch signals; elsewhere whoever started the thread decides.
        yield lambda: False
        return
    known = (signal.SIGTERM, signal.SIGINT)
    before = {number: signal.signal(number, lambda caught, frame: asked.append(caught)) for number in known}
    try:
        yield lambda: bool(asked)
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _rate(budget: Budget, step: int, done: float) -> float:
    warm = min(1.0, (step + 1) / max(1, budget.warm_up_steps))
    fall = 1.0 if budget.falling <= 0 else min(1.0, max(0.0, (1 - done) / budget.falling))
    return budget.learning_rate * warm * fall


def check_ground(checkpoint: Path, saved: Mapping[str, Any], ground: str) -> None:
    """TrainingError where the checkpoint was trained on top of something else that has changed since."""
    # Older checkpoints do not tell.
    if saved.get("ground", ground) != ground:
        raise TrainingError(
            f"the stage before {checkpoint.name} was trained on since: move {checkpoint} away to train it anew"
        )


def train(
    module: nn.Module,
    optimizer: Muon,
    loss_at: Callable[[int, float], Tensor],
    *,
    budget: Budget,
    checkpoint: Path,
    say: Callable[[str], None] = print,
    stop_after: int | None = None,
    sheet: Sheet | None = None,
    computed_in: torch.dtype | None = None,
    ground: str = "",
) -> dict[str, Tensor]:
    """Train until the budget is spent, from the checkpoint where there is one; returns the averaged weights.

    module: everything whose parameters move. loss_at(step, done): scalar loss of one step, `done` the spent share of
    the budget, 0..1; it must draw its randomness from `step` alone, so that a resumed run sees the same batches.
    A signal to stop writes the checkpoint and raises SystemExit; a process that is killed goes on from the last one.
    stop_after: leave after that step, checkpoint written, as a stopped process would (the budget stays unspent).
    sheet: draws the averaged weights' samples, saved beside the checkpoint as NAME-sheet.png, as NAME-loss.png is.
    computed_in: the type of the loss's arithmetic, noted for the model card; the optimizer's without.
    ground: what the module learns on top of, as hex digits or a name; a checkpoint on other ground is not gone on from.
    Raises TrainingError then, when the loss is no number or the disk is full; the checkpoint before that stands.
    """
    step, spent = 0, 0.0
    governor = ThreadGovernor(budget.threads) if budget.threads else None
    average = averaged_copy(module)
    points: list[Point] = []
    runs: list[dict[str, str | float]] = []
    if checkpoint.exists():
        saved = torch.load(checkpoint, map_location="cpu", weights_only=True)
        check_ground(checkpoint, saved, ground)
        module.load_state_dict(saved["module"])
        optimizer.load_state_dict(saved["optimizer"])
        step, spent = saved["step"], saved["spent"]
        points = [(minutes, loss) for minutes, loss in saved.get("points", ())]
        runs = list(saved.get("runs", ()))
        average = {
            name: value.to(next(module.parameters()).device) for name, value in saved["average"].items()
        }
        say(f"resumed at step {step}, {spent / 60:.1f} minutes spent")
    spent_before = spent
    recent: list[float] = []
    this_machine = machine_words(module, str(computed_in or optimizer.dtype).removeprefix("torch."))

    def spent_share() -> float:
        return step / budget.steps if budget.steps else spent / (budget.minutes * 60)

    def save(*, with_sheet: bool) -> None:
        here = {"machine": this_machine, "minutes": round((spent - spent_before) / 60, 2)}
        state = {"module": module.state_dict(), "optimizer": optimizer.state_dict(), "average": average}
        state |= {"step": step, "spent": spent, "points": points, "runs": [*runs, here], "ground": ground}
        write_atomically(checkpoint, state)
        save_picture(
            loss_plot(f"{checkpoint.stem}: loss, step {step}", points),
            checkpoint.with_name(f"{checkpoint.stem}-loss.png"),
        )
        if sheet and with_sheet:
            # Drawing must not move the weights' own random numbers or their mode.
            with torch.random.fork_rng(devices=()), torch.no_grad():
                save_picture(sheet(average), checkpoint.with_name(f"{checkpoint.stem}-sheet.png"))
            module.train()

    module.train()
    written = said = drawn = time.monotonic()
    bar = Bar(checkpoint.stem, spent_share(), say)
    with asked_to_stop() as stopping, closing(bar):
        while (done := spent_share()) < 1 and (stop_after is None or step < stop_after):
            if governor:
                governor.before_step()
            started = time.monotonic()
            rate = _rate(budget, step, done)
            for group in optimizer.param_groups:
                group["lr"] = rate
            loss = loss_at(step, done)
            found = float(loss.detach())
            if not math.isfinite(found):
                raise TrainingError(f"the loss of step {step} is {found}: try a lower learning rate")
            optimizer.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
            # A young average must not remember the random start.
            decay = min(budget.average, (1 + step) / (10 + step))
            with torch.no_grad():
                for name, value in module.state_dict().items():
                    average[name].lerp_(value.detach().float(), 1 - decay)
            step += 1
            recent.append(found)
            now = time.monotonic()
            spent += now - started
            if governor:
                governor.after_step(now - started)
            if now - said > 20 or len(recent) >= 50:
                mean = sum(recent) / len(recent)
                points.append((spent / 60, mean))
                recent = []
                bar.move(spent_share(), f"loss {mean:.4f}")
                if now - said > 20:
                    left = f"{minutes_left(spent_share(), spent):.0f} minutes left"
                    pace = f"{spent / step:.3f} s a step, {torch.get_num_threads()} threads"
                    bar.line(f"step {step} loss {mean:.4f} rate {rate:.2e}, {pace}, {left}")
                    said = now
            if now - written > budget.checkpoint_seconds:
                due = now - drawn > budget.sheet_seconds
                save(with_sheet=due)
                written, drawn = now, now if due else drawn
            if stopping():
                save(with_sheet=False)
                say(f"stopped at step {step}, checkpoint written")
                raise SystemExit(1)
    save(with_sheet=True)
    return average
