"""Training survives being killed, tells how far it is, and stops with a clear word when it cannot go on."""

from __future__ import annotations

import io
import resource
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from illustration.training import progress
from illustration.training.__main__ import main
from illustration.training.autoencoder import AutoencoderPlan, train_autoencoder
from illustration.training.loop import Budget, Machine, TrainingError, train, write_atomically
from illustration.training.muon import Muon
from illustration.training.progress import Bar, loss_plot, minutes_left

# The real autoencoder stage at a small size, its state written after every step, in a process of its own.
TRAINER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from illustration.training import loop
from tests.training.test_resuming import train_small

write = loop.write_atomically

def write_and_tell(path, content):
    write(path, content)
    print("written", flush=True)

loop.write_atomically = write_and_tell
train_small(Path(sys.argv[2]))
"""
STEPS = 12


def train_small(checkpoint: Path) -> dict[str, torch.Tensor]:
    torch.set_num_threads(1)
    small = (16, 16, 16, 16, 16)
    plan = AutoencoderPlan(
        encoder_channels=small,
        decoder_channels=small,
        encoder_layers=(0, 0, 0, 0, 1),
        decoder_layers=(0, 0, 0, 0, 1),
        crop=32,
        batch=2,
        budget=Budget(1, 1e-3, steps=STEPS, checkpoint_seconds=0),
    )
    pictures = np.random.default_rng(0).integers(0, 255, (4, 256, 256, 3), np.uint8)
    machine = Machine(torch.device("cpu"), torch.float32)
    return train_autoencoder(pictures, plan, machine=machine, checkpoint=checkpoint, say=quiet).state_dict()


def quiet(line: str) -> None:
    """Training talks to nobody here."""


def test_a_killed_training_ends_like_one_left_alone(tmp_path: Path) -> None:
    checkpoint = tmp_path / "killed.pt"
    root = Path(__file__).parents[2]
    command = [sys.executable, "-c", TRAINER, str(root), str(checkpoint)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as trainer:
        assert trainer.stdout is not None
        for _ in range(3):
            assert trainer.stdout.readline() == "written\n"
        trainer.kill()
    assert trainer.returncode == -signal.SIGKILL
    cut = torch.load(checkpoint, weights_only=True)
    assert 3 <= cut["step"] < STEPS

    threads = torch.get_num_threads()
    try:
        resumed, whole = train_small(checkpoint), train_small(tmp_path / "alone.pt")
    finally:
        torch.set_num_threads(threads)
    for name, value in whole.items():
        torch.testing.assert_close(resumed[name], value)
    finished = torch.load(checkpoint, weights_only=True)
    assert finished["step"] == STEPS
    assert len(finished["runs"]) == 2
    assert {path.name for path in tmp_path.glob("killed*")} == {
        "killed.pt",
        "killed-loss.png",
        "killed-sheet.png",
    }


def test_a_loss_that_is_no_number_ends_training_and_keeps_the_state_before(tmp_path: Path) -> None:
    layer, checkpoint = nn.Linear(3, 3), tmp_path / "line.pt"

    def loss_at(step: int, done: float) -> torch.Tensor:
        return layer(torch.ones(1, 3)).square().mean() * (float("nan") if step == 2 else 1)

    budget = Budget(1, 0.01, steps=9, checkpoint_seconds=0)
    with pytest.raises(TrainingError, match="the loss of step 2 is nan"):
        train(layer, Muon([layer], lr=0.01), loss_at, budget=budget, checkpoint=checkpoint, say=quiet)
    saved = torch.load(checkpoint, weights_only=True)
    assert saved["step"] == 2
    assert all(bool(value.isfinite().all()) for value in saved["module"].values())


def test_a_full_disk_leaves_the_older_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "state.pt"
    write_atomically(path, {"value": torch.ones(3)})
    before = path.read_bytes()
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limits[1]))
    try:
        with pytest.raises(TrainingError, match=r"cannot be written to .*: File too large"):
            write_atomically(path, {"value": torch.ones(30_000)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_progress_is_told_in_lines_where_there_is_no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    bar = Bar("base", 0.25, said.append)
    bar.move(0.5, "loss 0.1")
    bar.count(2, 4)
    assert said == [], "nobody waits for a line yet"
    bar.line("step 5")
    monkeypatch.setattr(progress, "SAID_EVERY", -1)
    bar.count(3, 4)
    bar.close()
    assert said == ["step 5", "base: 3 of 4"]
    assert minutes_left(0.25, 600) == pytest.approx(30)
    assert minutes_left(1.5, 600) == 0
    assert minutes_left(0, 0) == float("inf")


def test_a_terminal_shows_a_bar_with_the_time_left(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    said: list[str] = []
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    bar = Bar("base", 0.25, said.append)
    bar.move(0.5, "loss 0.1")
    bar.line("step 5")
    bar.close()
    shown = terminal.getvalue().rsplit("\r", 1)[-1]
    assert shown.startswith("base  50% |")
    assert shown.rstrip().endswith("left, loss 0.1")
    assert said == []


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["base"], "there is no autoencoder.pt in"),
        (["sheet"], "there is no base.pt in"),
        (["compose", "--device", "cuda:9"], "cuda:9"),
        (["compose", "--icons", "/nowhere"], "/nowhere"),
    ],
)
def test_what_a_stage_lacks_is_told_in_one_line(
    arguments: list[str], problem: str, tmp_path: Path, icons_path: Path
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--work", str(tmp_path), "--icons", str(icons_path), "--threads", "1", *arguments])
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


def test_the_plot_shows_a_falling_loss_falling() -> None:
    points = [(float(minute), 1 / (1 + minute)) for minute in range(60)]
    drawn = np.asarray(loss_plot("base", points)).astype(int)
    blue = drawn[..., 2] - drawn[..., 0] > 100
    heights = [np.flatnonzero(column).mean() for column in blue.T if column.any()]
    # Rows are counted from the top.
    assert len(heights) > 500
    assert heights[0] < heights[len(heights) // 3] < heights[-1]
    assert loss_plot("base", []).size == loss_plot("base", points).size
    assert loss_plot("base", [(0.0, 1.0)]).size == loss_plot("base", points).size
