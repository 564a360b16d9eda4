"""Runs a few programs as one: restarts what dies, stops all together, leaves nothing behind.

Standard library only, and nothing here knows the site: `deploy/start.py` says what runs.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
# A program that has run this long starts its pauses afresh.
STEADY_SECONDS = 30.0
LONGEST_LINE = 65536
PR_SET_PDEATHSIG = 1

_libc = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Program:
    """One program to keep running.

    `gate`: the programs after it start once `ready()` says yes, and it is stopped after them.
    `stop_seconds`: how long it may take to stop before it is killed.
    """

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] | None = None
    cwd: str | None = None
    ready: Callable[[], bool] | None = None
    gate: bool = False
    stop_seconds: float = 15.0


@dataclass
class _Slot:
    program: Program
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_after: float = 0.0
    pause: float = FIRST_PAUSE
    ready: bool = False
    kill_at: float | None = None
    pending: bytearray = field(default_factory=bytearray)


def die_with_parent(number: int) -> None:
    """Have the kernel send this signal to the calling process when its parent dies (Linux; else nothing)."""
    prctl = getattr(_libc, "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, number, 0, 0, 0)


class Supervisor:
    """Keeps programs running until INT, TERM or HUP; a second such signal kills what is left."""

    def __init__(
        self,
        programs: Sequence[Program],
        *,
        when_ready: Callable[[], str] | None = None,
        out: Any = None,
    ) -> None:
        """`when_ready` gives the words to print once every program with a `ready` has answered."""
        self._slots = [_Slot(program) for program in programs]
        self._when_ready = when_ready
        self._out = out or sys.stdout
        self._width = max(len(program.name) for program in programs)
        self._selector = selectors.DefaultSelector()
        self._stopping = False
        self._gates_stopping = False
        self._stop_signals = 0
        self._lifeline = -1
        self._wake = -1

    def run(self) -> int:
        """Run until told to stop; return 0."""
        self._start_lifeline()
        previous = self._take_signals()
        try:
            while not self._finished():
                self._reap()
                self._obey()
                self._start_due()
                self._probe()
                self._wait()
        finally:
            # Also reached when something here failed: nothing may outlive this process.
            for slot in self._slots:
                self._kill(slot)
            for number, handler in previous.items():
                signal.signal(number, handler)
            signal.set_wakeup_fd(-1)
            os.close(self._lifeline)
        return 0

    # Signals and the loop

    def _take_signals(self) -> dict[int, Any]:
        read, write = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        self._wake = read
        self._selector.register(read, selectors.EVENT_READ, None)
        signal.set_wakeup_fd(write, warn_on_full_buffer=False)

        def asked_to_stop(number: int, frame: object) -> None:
            self._stop_signals += 1

        previous: dict[int, Any] = {}
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            # nohup leaves HUP ignored, and means it.
            if number == signal.SIGHUP and signal.getsignal(number) == signal.SIG_IGN:
                continue
            previous[number] = signal.signal(number, asked_to_stop)
        previous[signal.SIGCHLD] = signal.signal(signal.SIGCHLD, lambda number, frame: None)
        return previous

    def _finished(self) -> bool:
        return self._stopping and all(slot.process is None for slot in self._slots)

    def _wait(self) -> None:
        now = time.monotonic()
        deadline = now + 1.0
        for slot in self._slots:
            if slot.process is None:
                if not self._stopping:
                    deadline = min(deadline, max(now, slot.start_after))
            elif slot.kill_at is not None:
                deadline = min(deadline, slot.kill_at)
            elif slot.program.ready is not None and not slot.ready:
                deadline = min(deadline, now + 0.1)
        for key, _ in self._selector.select(max(0.02, deadline - now)):
            if key.data is None:
                with contextlib.suppress(BlockingIOError):
                    os.read(self._wake, 4096)
            else:
                self._read(key.data)

    def _obey(self) -> None:
        if not self._stop_signals:
            return
        now = time.monotonic()
        if not self._stopping:
            self._stopping = True
            self._say(
                "supervisor", "stopping; a picture in hand may be finished first, Ctrl-C again kills at once"
            )
            for slot in self._slots:
                if not slot.program.gate:
                    self._terminate(slot, now)
        if self._stop_signals > 1:
            for slot in self._slots:
                self._kill(slot)
            return
        others = [slot for slot in self._slots if not slot.program.gate]
        if not self._gates_stopping and all(slot.process is None for slot in others):
            self._gates_stopping = True
            for slot in self._slots:
                self._terminate(slot, now)
        for slot in self._slots:
            if slot.process is not None and slot.kill_at is not None and now >= slot.kill_at:
                self._say("supervisor", f"{slot.program.name} did not stop in time and is killed")
                self._kill(slot)

    # Starting

    def _start_due(self) -> None:
        if self._stopping:
            return
        for slot in self._slots:
            if slot.process is None and time.monotonic() >= slot.start_after:
                self._start(slot)
            if slot.program.gate and not slot.ready:
                return

    def _start(self, slot: _Slot) -> None:
        supervisor, lifeline = os.getpid(), self._lifeline

        def before_exec() -> None:
            # Told by the child itself: a supervisor killed right after the fork could tell nobody.
            os.write(lifeline, b"+%d\n" % os.getpid())
            die_with_parent(signal.SIGKILL)
            if os.getppid() != supervisor:
                os._exit(1)

        program = slot.program
        now = time.monotonic()
        slot.started_at, slot.ready, slot.kill_at = now, program.ready is None, None
        try:
            slot.process = subprocess.Popen(
                list(program.argv),
                env=None if program.env is None else dict(program.env),
                cwd=program.cwd,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                process_group=0,
                preexec_fn=before_exec,
            )
        except OSError as error:
            self._say("supervisor", f"{program.name} cannot be started: {error}")
            self._pause(slot)
            return
        assert slot.process.stdout is not None
        os.set_blocking(slot.process.stdout.fileno(), False)
        self._selector.register(slot.process.stdout, selectors.EVENT_READ, slot)

    def _pause(self, slot: _Slot) -> None:
        slot.start_after = time.monotonic() + slot.pause
        slot.pause = min(LONGEST_PAUSE, slot.pause * 2)

    def _probe(self) -> None:
        if self._stopping:
            return
        for slot in self._slots:
            if slot.process is not None and not slot.ready and slot.program.ready is not None:
                slot.ready = slot.program.ready()
        if self._when_ready and all(slot.process is not None and slot.ready for slot in self._slots):
            words, self._when_ready = self._when_ready(), None
            self._print(words)

    # Stopping

    def _reap(self) -> None:
        for slot in self._slots:
            if slot.process is None or slot.process.poll() is None:
                continue
            status, ran = slot.process.returncode, time.monotonic() - slot.started_at
            # Its own children (a web worker, beat) must not outlive it.
            self._forget(slot)
            if self._stopping:
                continue
            if ran >= STEADY_SECONDS:
                slot.pause = FIRST_PAUSE
            how = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
            self._say("supervisor", f"{slot.program.name} {how}; it is started again in {slot.pause:g} s")
            self._pause(slot)

    def _terminate(self, slot: _Slot, now: float) -> None:
        if slot.process is not None and slot.kill_at is None:
            slot.kill_at = now + slot.program.stop_seconds
            slot.process.terminate()

    def _kill(self, slot: _Slot) -> None:
        if slot.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(slot.process.pid, signal.SIGKILL)
            slot.process.wait()
            self._forget(slot)

    def _forget(self, slot: _Slot) -> None:
        process = slot.process
        assert process is not None
        assert process.stdout is not None
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            os.write(self._lifeline, b"-%d\n" % process.pid)
        self._read(slot)
        if slot.pending:
            self._say(slot.program.name, slot.pending.decode(errors="replace"))
            slot.pending.clear()
        self._deafen(process.stdout)
        process.stdout.close()
        slot.process = None

    def _start_lifeline(self) -> None:
        """Fork a process that kills every program's group should this one die without stopping them."""
        read, write = os.pipe2(os.O_CLOEXEC)
        if os.fork() == 0:
            try:
                os.close(write)
                # Out of the terminal's reach: it must outlive what it watches.
                os.setsid()
                for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                    signal.signal(number, signal.SIG_IGN)
                _mourn(read)
            finally:
                os._exit(0)
        os.close(read)
        self._lifeline = write

    # Words

    def _read(self, slot: _Slot) -> None:
        assert slot.process is not None
        assert slot.process.stdout is not None
        while True:
            try:
                part = os.read(slot.process.stdout.fileno(), 65536)
            except BlockingIOError:
                break
            if not part:
                # A closed pipe stays readable for ever; the program itself may live on.
                self._deafen(slot.process.stdout)
                break
            slot.pending += part
        *lines, rest = bytes(slot.pending).split(b"\n")
        if len(rest) > LONGEST_LINE:
            lines, rest = [*lines, rest], b""
        slot.pending = bytearray(rest)
        for line in lines:
            if line.strip():
                self._say(slot.program.name, line.decode(errors="replace").rstrip())

    def _deafen(self, pipe: IO[bytes]) -> None:
        with contextlib.suppress(KeyError):
            self._selector.unregister(pipe)

    def _say(self, name: str, line: str) -> None:
        self._print(f"{name:>{self._width}} | {line}")

    def _print(self, text: str) -> None:
        # Nobody may be reading any more (`make run | head`); the programs run on.
        with contextlib.suppress(OSError, ValueError):
            print(text, file=self._out, flush=True)


def _mourn(pipe: int) -> None:
    """Follow which process groups live; when the writer is gone, kill those left."""
    groups: set[int] = set()
    with os.fdopen(pipe, "rb", buffering=0) as lines:
        rest = b""
        while part := lines.read(4096):
            *whole, rest = (rest + part).split(b"\n")
            for line in whole:
                (groups.add if line[:1] == b"+" else groups.discard)(int(line[1:]))
    for group in groups:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)
