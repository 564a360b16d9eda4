"""Which device and number type the engine computes in. Knows nothing of models."""

import time

import torch
from torch.nn import functional

from illustration.engine.contract import EngineUnavailable

DTYPES = {"float32": torch.float32, "bfloat16": torch.bfloat16, "float16": torch.float16}
CLEARLY_FASTER = 2.0


def choose_device(name: str) -> torch.device:
    """The device called `name` ("auto", "cpu", "cuda", "cuda:N"); EngineUnavailable if it is not there."""
    if name == "auto":
        return torch.device("cuda" if torch.cuda.is_available() else "cpu")
    try:
        device = torch.device(name)
    except RuntimeError as error:
        raise EngineUnavailable("unfit_device", f"no device is called {name!r}") from error
    if device.type == "cuda" and (device.index or 0) >= torch.cuda.device_count():
        raise EngineUnavailable("unfit_device", f"this machine offers no {name}")
    if device.type not in ("cpu", "cuda"):
        raise EngineUnavailable("unfit_device", f"{name}: only cpu and cuda are supported")
    return device


def choose_dtype(name: str, device: torch.device) -> torch.dtype:
    """The number type called `name`, or the one that suits `device` if "auto"."""
    if name == "auto":
        if device.type == "cuda":
            return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16
        return faster_on_cpu()
    if name not in DTYPES:
        raise EngineUnavailable("unfit_dtype", f"{name!r} is not one of auto, {', '.join(DTYPES)}")
    if name == "float16" and device.type == "cpu":
        raise EngineUnavailable("unfit_dtype", "float16 does not suit a CPU: use auto, float32 or bfloat16")
    if name == "bfloat16" and device.type == "cuda" and not torch.cuda.is_bf16_supported():
        raise EngineUnavailable("unfit_dtype", "this GPU has no bfloat16: use auto, float32 or float16")
    return DTYPES[name]


def faster_on_cpu() -> torch.dtype:
    """bfloat16 where the processor computes it clearly faster than float32, which is the more exact."""
    if _seconds(torch.float32) > CLEARLY_FASTER * _seconds(torch.bfloat16):
        return torch.bfloat16
    return torch.float32


def _seconds(dtype: torch.dtype) -> float:
    """The best of a few tries at a UNet's work in its usual proportions.

    Not the convolution alone: processors that are quick at products in bfloat16 can lose all of it
    again in normalization and attention.
    """
    convolution = torch.nn.Conv2d(96, 96, 3, padding=1).to(dtype)
    linear = torch.nn.Linear(96, 384).to(dtype)
    picture = torch.ones(2, 96, 16, 16, dtype=dtype)
    best = float("inf")
    with torch.inference_mode():
        for _ in range(5):
            began = time.perf_counter()
            for _ in range(3):
                convolution(functional.silu(functional.group_norm(picture, 32)))
            tokens = picture.flatten(2).transpose(1, 2)
            heads = tokens.reshape(2, -1, 3, 32).transpose(1, 2)
            functional.scaled_dot_product_attention(heads, heads, heads)
            functional.gelu(linear(tokens))
            best = min(best, time.perf_counter() - began)
    return best
