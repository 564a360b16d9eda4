"""Looks into a LoRA adapter file without loading it: is it one, and is it made for this model?

Reads the header alone (safetensors: eight bytes of length, then JSON), so that the web side needs none of the
engine's libraries. The worker looks closer when it loads the file.
"""

from __future__ import annotations

import json
import struct
from pathlib import Path
from typing import Any

HEADER_MOST = 10_000_000
# The down-projection of cross-attention keys takes the text's width as its input, whatever the file's dialect.
DOWN = (".lora_A.weight", ".lora.down.weight", ".lora_down.weight", "_lora.down.weight")

# As diffusers, kohya and PEFT name what belongs to the UNet.
UNET = ("unet.", "lora_unet_", "base_model.model.")


class UnfitAdapter(Exception):
    """The file cannot be a style of this model.

    The code is one of missing_file, unreadable, text_encoder, no_lora and other_model.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check(path: Path, *, model: Path) -> None:
    """Raise UnfitAdapter unless the file holds LoRA weights for the UNet of the model in this folder."""
    shapes = _shapes(path)
    if any(name.startswith(("text_encoder.", "lora_te")) for name in shapes):
        raise UnfitAdapter("text_encoder")
    if not any(name.startswith(UNET) and "lora" in name[5:] for name in shapes):
        raise UnfitAdapter("no_lora")
    width = _text_width(model)
    found = {
        shape[1]
        for name, shape in shapes.items()
        if "attn2" in name and "to_k" in name and name.endswith(DOWN) and len(shape) == 2
    }
    if width is not None and found and found != {width}:
        raise UnfitAdapter("other_model")


def _shapes(path: Path) -> dict[str, list[int]]:
    try:
        with path.open("rb") as file:
            (length,) = struct.unpack("<Q", file.read(8))
            if length > HEADER_MOST:
                raise UnfitAdapter("unreadable")
            header: dict[str, Any] = json.loads(file.read(length))
            shapes = {name: list(row["shape"]) for name, row in header.items() if name != "__metadata__"}
            end = max(
                (row["data_offsets"][1] for name, row in header.items() if name != "__metadata__"), default=0
            )
            if path.stat().st_size < 8 + length + end:
                raise UnfitAdapter("unreadable")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        raise UnfitAdapter("missing_file") from None
    except (OSError, struct.error, ValueError, KeyError, TypeError, AttributeError, IndexError):
        raise UnfitAdapter("unreadable") from None
    return shapes


def _text_width(model: Path) -> int | None:
    try:
        width = json.loads((model / "unet" / "config.json").read_text())["cross_attention_dim"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return width if isinstance(width, int) else None
