"""An engine that keeps the contract with the standard library alone, for tests of everything around the engine.

Its pictures are one colour fading into another, both from the seed. Some words misbehave on purpose: an elephant
kills the process, a piano does not fit the memory at full size nor beside another one, a guitar breaks the step, a
lion spoils the step for all, a monkey loses the device.
"""

from __future__ import annotations

import hashlib
import os
import signal
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from illustration.engine.contract import (
    Brief,
    EngineConfig,
    EngineLost,
    EngineUnavailable,
    Failure,
    FailureCode,
    Picture,
    Preview,
    Progress,
)


class SmallEngine:
    """Draws in SMALL_ENGINE_STEPS steps of SMALL_ENGINE_STEP_SECONDS each; goes on only while the gate is open.

    SMALL_ENGINE_GATE names a file: while it is missing, drawings in hand stay at their step. SMALL_ENGINE_MISSING
    names a file without which the engine cannot load. With SMALL_ENGINE_TAME every word is drawn as any other.
    """

    device = "cpu"
    dtype = "float32"
    model_name = "small"
    model_hash = hashlib.sha256(b"small").hexdigest()[:16]
    size_step = 1

    def __init__(self, config: EngineConfig) -> None:
        needed = os.environ.get("SMALL_ENGINE_MISSING")
        if needed and not Path(needed).exists():
            raise EngineUnavailable("missing_file", f"{Path(needed).name} is missing")
        self.capacity = config.capacity
        self.unfit_styles: Mapping[str, str] = {
            adapter.style: f"no file at {adapter.path}"
            for adapter in config.adapters
            if not Path(adapter.path).exists()
        }
        self.adapter_hashes: Mapping[str, str] = {
            adapter.style: hashlib.sha256(adapter.style.encode()).hexdigest()[:16]
            for adapter in config.adapters
            if adapter.style not in self.unfit_styles
        }
        self._steps = int(os.environ.get("SMALL_ENGINE_STEPS", "3"))
        self._pause = float(os.environ.get("SMALL_ENGINE_STEP_SECONDS", "0"))
        self._gate = os.environ.get("SMALL_ENGINE_GATE")
        self._drawing: dict[str, tuple[Brief, int]] = {}
        self._finished: dict[str, Picture | Failure] = {}

    def free(self) -> int:
        return self.capacity - len(self._drawing)

    def admit(self, briefs: Sequence[Brief]) -> None:
        for brief in briefs:
            self.drop(brief.key)
            if self.free() < 1:
                self._finished[brief.key] = Failure(brief.key, "over_capacity")
            elif brief.style and brief.style not in self.adapter_hashes:
                self._finished[brief.key] = Failure(brief.key, "unknown_style")
            else:
                self._drawing[brief.key] = brief, 0

    def step(self) -> Sequence[Progress]:
        if self._pause:
            time.sleep(self._pause)
        if self._gate and not Path(self._gate).exists():
            time.sleep(0.01)
            return [Progress(key, max(done, 1), self._steps) for key, (_, done) in self._drawing.items()]
        made = []
        if spoilt := self._spoilt():
            self._finished |= {key: Failure(key, spoilt) for key in self._drawing}
            self._drawing.clear()
        for key, (brief, done) in list(self._drawing.items()):
            self._misbehave(brief)
            made.append(Progress(key, done + 1, self._steps))
            if done + 1 < self._steps:
                self._drawing[key] = brief, done + 1
                continue
            del self._drawing[key]
            self._finished[key] = self._draw(brief)
        return made

    def _spoilt(self) -> FailureCode | None:
        """What the one call that all drawings share fails with: then none of them has a result."""
        words = [" ".join(brief.phrases) for brief, _ in self._drawing.values()]
        if any("lion" in each for each in words) and not os.environ.get("SMALL_ENGINE_TAME"):
            return "engine_failed"
        pianos = sum("piano" in each for each in words)
        return "out_of_memory" if pianos > 1 else None

    def _misbehave(self, brief: Brief) -> None:
        words = "" if os.environ.get("SMALL_ENGINE_TAME") else " ".join(brief.phrases)
        if "elephant" in words:
            os.kill(os.getpid(), signal.SIGKILL)
        if "guitar" in words:
            raise RuntimeError(f"a broken string while drawing {words}")
        if "monkey" in words:
            raise EngineLost("the device is gone")

    def _draw(self, brief: Brief) -> Picture | Failure:
        if "piano" in " ".join(brief.phrases) and brief.width > 192:
            return Failure(brief.key, "out_of_memory")
        colours = hashlib.sha256(str(brief.seed).encode()).digest()
        rows = []
        for y in range(brief.height):
            share = y / brief.height
            colour = bytes(round(colours[n] * (1 - share) + colours[n + 3] * share) for n in range(3))
            rows.append(colour * brief.width)
        return Picture(
            key=brief.key,
            pixels=b"".join(rows),
            width=brief.width,
            height=brief.height,
            seed=brief.seed,
            prompt=", ".join(brief.phrases),
            timings={"text": 0.0, "denoise": self._pause * self._steps, "decode": 0.0, "waited": 0.0},
        )

    def finished(self) -> Sequence[Picture | Failure]:
        done, self._finished = list(self._finished.values()), {}
        return done

    def drop(self, key: str) -> None:
        self._drawing.pop(key, None)
        self._finished.pop(key, None)

    def preview(self, key: str) -> Preview | None:
        if key not in self._drawing:
            return None
        return Preview(8, 8, bytes(8 * 8 * 3))

    def in_hand(self) -> frozenset[str]:
        return frozenset(self._drawing)
