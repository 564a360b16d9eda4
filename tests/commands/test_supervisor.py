"""The supervisor with real small processes: what dies comes back, and nothing is ever left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEADLINE = 30.0

# A program that makes a child of its own, as gunicorn and a worker with beat do, and tells both ids.
PARENT = textwrap.dedent(
    """
    import os, subprocess, sys, time
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    with open(sys.argv[1], "a") as file:
        file.write(f"{os.getpid()} {child.pid}\\n")
    print("hello from", sys.argv[2], flush=True)
    time.sleep(600)
    """
)
STUBBORN = textwrap.dedent(
    """
    import signal, sys, time
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    open(sys.argv[1], "w").close()
    time.sleep(600)
    """
)


def until(condition: Callable[[], object], what: str) -> None:
    deadline = time.monotonic() + DEADLINE
    while not condition():
        assert time.monotonic() < deadline, f"waited {DEADLINE:g} s for: {what}"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in {"Z", "X"}


class Run:
    """One supervisor in a process of its own over programs that write their ids to a file each."""

    def __init__(self, folder: Path, programs: str) -> None:
        self.folder = folder
        script = folder / "run.py"
        script.write_text(
            f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
            "from deploy.supervisor import Program, Supervisor\n"
            f"here, python, parent, stubborn = {str(folder)!r}, sys.executable, {PARENT!r}, {STUBBORN!r}\n"
            f"sys.exit(Supervisor({programs}, when_ready=lambda: 'all ready').run())\n"
        )
        self.output = folder / "output"
        with self.output.open("wb") as out:
            self.process = subprocess.Popen(
                [sys.executable, str(script)], stdout=out, stderr=subprocess.STDOUT, start_new_session=True
            )

    def said(self) -> str:
        return self.output.read_text()

    def lives(self, name: str) -> list[tuple[int, int]]:
        """Return (program, its child) for each time the program was started."""
        try:
            lines = (self.folder / name).read_text().splitlines()
        except FileNotFoundError:
            return []
        return [(int(line.split()[0]), int(line.split()[1])) for line in lines]

    def wait_for_start(self, name: str, times: int = 1) -> tuple[int, int]:
        until(lambda: len(self.lives(name)) >= times, f"{name} started {times} times")
        return self.lives(name)[times - 1]

    def everybody(self) -> list[int]:
        return [pid for name in ("a", "b") for life in self.lives(name) for pid in life]

    def end(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for pid in self.everybody():
            if alive(pid):
                os.kill(pid, signal.SIGKILL)


TWO = (
    "[Program('a', [python, '-c', parent, here + '/a', 'a']),"
    " Program('b', [python, '-c', parent, here + '/b', 'b'])]"
)
STUBBORN_ONE = "[Program('a', [python, '-c', stubborn, here + '/armed'], stop_seconds={})]"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[str], Run]]:
    runs: list[Run] = []

    def begin(programs: str = TWO) -> Run:
        runs.append(Run(tmp_path, programs))
        return runs[-1]

    yield begin
    for run in runs:
        run.end()


def test_a_dead_program_is_started_again_and_its_child_does_not_outlive_it(start):
    run = start()
    first, child = run.wait_for_start("a")
    os.kill(first, signal.SIGKILL)
    second, _ = run.wait_for_start("a", times=2)
    assert second != first
    until(lambda: not alive(child), "the dead program's child to be gone")
    assert "a was killed by signal 9; it is started again" in run.said()
    assert run.process.poll() is None


def test_a_program_that_cannot_stay_up_is_started_ever_more_slowly(start):
    run = start("[Program('a', [python, '-c', 'raise SystemExit(3)'])]")
    until(lambda: "started again in 2 s" in run.said(), "the third pause")
    pauses = [line.rpartition(" in ")[2] for line in run.said().splitlines() if "started again" in line]
    assert pauses[:3] == ["0.5 s", "1 s", "2 s"]


def test_output_carries_the_name_of_its_program(start):
    run = start()
    until(lambda: "b | hello from b" in run.said(), "b's words")
    until(lambda: "a | hello from a" in run.said(), "a's words")
    until(lambda: "all ready" in run.said(), "the welcome")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_stop_signal_stops_everything(start, number):
    run = start()
    for name in ("a", "b"):
        run.wait_for_start(name)
    run.process.send_signal(number)
    assert run.process.wait(timeout=DEADLINE) == 0
    assert not [pid for pid in run.everybody() if alive(pid)]


def test_nothing_outlives_a_supervisor_that_is_killed(start):
    run = start()
    for name in ("a", "b"):
        run.wait_for_start(name)
    everybody = run.everybody()
    assert len(everybody) == 4
    assert all(alive(pid) for pid in everybody)
    run.process.kill()
    run.process.wait()
    until(lambda: not any(alive(pid) for pid in everybody), "all programs and their children to be gone")


def test_a_program_that_ignores_term_is_killed_after_its_time(start, tmp_path):
    mark = tmp_path / "armed"
    run = start(STUBBORN_ONE.format(0.5))
    until(mark.exists, "the program to ignore TERM")
    run.process.terminate()
    assert run.process.wait(timeout=DEADLINE) == 0
    assert "a did not stop in time and is killed" in run.said()


def test_a_second_stop_signal_kills_at_once(start, tmp_path):
    mark = tmp_path / "armed"
    run = start(STUBBORN_ONE.format(600))
    until(mark.exists, "the program to ignore TERM")
    run.process.terminate()
    until(lambda: "stopping" in run.said(), "the supervisor to begin its stop")
    run.process.terminate()
    assert run.process.wait(timeout=DEADLINE) == 0


def test_what_comes_after_a_gate_waits_for_it_and_stops_before_it(start, tmp_path):
    opened = tmp_path / "open"
    run = start(
        "[Program('a', [python, '-c', parent, here + '/a', 'a'], gate=True,"
        f" ready=lambda: __import__('os').path.exists({str(opened)!r})),"
        " Program('b', [python, '-c', parent, here + '/b', 'b'])]"
    )
    gate, _ = run.wait_for_start("a")
    until(lambda: "hello from a" in run.said(), "the gate's words")
    assert run.lives("b") == []
    opened.touch()
    run.wait_for_start("b")
    run.process.terminate()
    assert run.process.wait(timeout=DEADLINE) == 0
    assert not alive(gate)


def test_a_reader_who_leaves_stops_nothing(tmp_path):
    read, write = os.pipe()
    script = tmp_path / "run.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from deploy.supervisor import Program, Supervisor\n"
        f"program = Program('a', [sys.executable, '-c', {PARENT!r}, {str(tmp_path / 'a')!r}, 'a'])\n"
        "sys.exit(Supervisor([program]).run())\n"
    )
    os.close(read)
    process = subprocess.Popen([sys.executable, str(script)], stdout=write, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        until((tmp_path / "a").exists, "the program to start")
        until(lambda: (tmp_path / "a").read_text().strip(), "its ids")
        program = int((tmp_path / "a").read_text().split()[0])
        os.kill(program, signal.SIGKILL)
        until(lambda: len((tmp_path / "a").read_text().splitlines()) >= 2, "it to be started again")
        process.terminate()
        assert process.wait(timeout=DEADLINE) == 0
    finally:
        process.kill()
        process.wait()
