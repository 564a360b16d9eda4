"""Whether a drawn picture is a picture at all. What it shows is not judged here."""

import torch

from illustration.engine.contract import FailureCode

FLAT = 4 / 255


def screen(pixels: torch.Tensor) -> FailureCode | None:
    """Why the picture (3, height, width), -1..1, must not be handed out; None if it may."""
    if not bool(torch.isfinite(pixels).all()):
        return "not_a_number"
    shown = pixels.clamp(-1, 1).flatten(1)
    # Every channel constant to about two of 255 levels: black, or any other single colour.
    if float((shown.amax(1) - shown.amin(1)).amax()) <= FLAT:
        return "black_picture"
    return None
