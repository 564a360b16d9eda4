"""What a drawing engine takes, gives and promises, in the standard library alone.

The web side may import this module; nothing here may import torch, diffusers, Django or Celery.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

SchedulerName = Literal["ddpm", "ddim", "pndm", "euler", "euler_a", "dpmpp_2m_karras", "unipc", "lcm"]
SCHEDULERS: tuple[SchedulerName, ...] = (
    "ddpm",
    "ddim",
    "pndm",
    "euler",
    "euler_a",
    "dpmpp_2m_karras",
    "unipc",
    "lcm",
)

FailureCode = Literal[
    "out_of_memory",  # the device's memory did not hold the step; fewer or smaller drawings may fit
    "not_a_number",  # the picture holds NaN or infinity
    "black_picture",  # the picture is one flat colour
    "unknown_style",
    "unknown_scheduler",
    "prompt_too_long",  # not even the first phrase fits the text encoder
    "bad_brief",  # a number out of the ranges that Brief names
    "over_capacity",  # admitted beyond free()
    "engine_failed",  # anything else; the engine goes on
]
UnavailableCode = Literal[
    "missing_file",
    "unreadable_model",
    "unfit_dtype",
    "unfit_device",
]

MAX_STEPS = 100
MAX_GUIDANCE_SCALE = 20.0
MAX_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Brief:
    """One picture to draw.

    `key` is the caller's opaque id, unique among the drawings in hand. `phrases` are ranked, the
    most telling first; they are joined by ", " and cut from the end until they fit the text encoder.
    A style's trigger words are the caller's to put among the phrases. `style` names an adapter,
    "" the base model alone. `seed` is 0..MAX_SEED, `steps` 1..MAX_STEPS, `guidance_scale`
    1 (none)..MAX_GUIDANCE_SCALE, `width` and `height` are pixels, multiples of the engine's
    `size_step`.
    """

    key: str
    phrases: tuple[str, ...]
    negative_prompt: str
    style: str
    seed: int
    scheduler: str = "dpmpp_2m_karras"
    steps: int = 20
    guidance_scale: float = 4.0
    width: int = 256
    height: int = 256


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn and screened picture.

    `pixels` is RGB, one byte a channel, row by row: height * width * 3 bytes. `prompt` is the phrases
    kept, joined. `timings` holds seconds: "text", "denoise" (steps it took part in), "decode", and
    "waited" (in hand, but none of these).
    """

    key: str
    pixels: bytes
    width: int
    height: int
    seed: int
    prompt: str
    timings: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Failure:
    """A brief that did not become a picture, and why."""

    key: str
    code: FailureCode


@dataclass(frozen=True, slots=True)
class Progress:
    """A drawing has done `step` of its `steps` (1..steps)."""

    key: str
    step: int
    steps: int


@dataclass(frozen=True, slots=True)
class Preview:
    """A small guess at the finished picture; `pixels` as in Picture."""

    width: int
    height: int
    pixels: bytes


@dataclass(frozen=True, slots=True)
class AdapterFile:
    """A style: a LoRA file in diffusers' form, the words that call it up, and its strength (0..2)."""

    style: str
    path: str
    trigger: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class EngineConfig:
    """What an engine loads.

    `model_path` is a local diffusers folder. `device` is "auto", "cpu", "cuda" or "cuda:N"; `dtype` is
    "auto", "float32", "bfloat16" or "float16". `capacity` is how many drawings it holds at once.
    """

    model_path: str
    adapters: tuple[AdapterFile, ...] = ()
    device: str = "auto"
    dtype: str = "auto"
    capacity: int = 8


class EngineUnavailable(Exception):
    """The engine cannot load; `code` says why, `detail` is written for the operator."""

    def __init__(self, code: UnavailableCode, detail: str) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail


class EngineLost(Exception):
    """The device is gone for this process (a dead CUDA context): the caller must end the process."""


class Engine(Protocol):
    """Draws many pictures together, a step at a time. One caller in one process; not thread-safe."""

    def __init__(self, config: EngineConfig) -> None:
        """Load the model, or raise EngineUnavailable; a style that cannot be loaded is left out."""

    @property
    def device(self) -> str: ...

    @property
    def dtype(self) -> str: ...

    @property
    def model_name(self) -> str: ...

    @property
    def model_hash(self) -> str:
        """The first 16 hex digits of a SHA-256 over the model's weight files."""

    @property
    def adapter_hashes(self) -> Mapping[str, str]:
        """Style → the first 16 hex digits of the SHA-256 of its file: the styles that it draws."""

    @property
    def unfit_styles(self) -> Mapping[str, str]:
        """Style → why its file cannot be used, for the operator; briefs in these styles fail."""

    @property
    def capacity(self) -> int: ...

    @property
    def size_step(self) -> int:
        """Widths and heights are multiples of this many pixels."""

    def free(self) -> int:
        """How many more briefs may be admitted now."""

    def admit(self, briefs: Sequence[Brief]) -> None:
        """Take drawings in hand. Never raises for a bad brief: it becomes a Failure in finished().

        A key already in hand starts anew.
        """

    def step(self) -> Sequence[Progress]:
        """Take every drawing in hand one step on, and finish those whose last step it was.

        Nothing in hand: returns at once. Raises EngineLost when the device is gone.
        """

    def finished(self) -> Sequence[Picture | Failure]:
        """Those done since the last call, each once."""

    def drop(self, key: str) -> None:
        """Forget a drawing and its result, if any; an unknown key is fine."""

    def preview(self, key: str) -> Preview | None:
        """The picture as it is shaping up; None before the first step, or where the model has no way."""

    def in_hand(self) -> frozenset[str]:
        """Keys of the drawings still being drawn."""
