"""Losses that keep what absolute error smooths away: strokes, grain, thin rain. Pictures are (n, 3, h, w) in -1..1."""

import torch
from torch import Tensor
from torch.nn import functional


def gradient_error(drawn: Tensor, wanted: Tensor, *, scales: tuple[int, ...] = (1, 2, 4)) -> Tensor:
    """Absolute error of colour steps to the right and down, at full size and on smaller copies."""
    error = drawn - wanted
    total = error.new_zeros(())
    for scale in scales:
        small = functional.avg_pool2d(error, scale) if scale > 1 else error
        across = (small[..., :, 1:] - small[..., :, :-1]).abs().mean()
        down = (small[..., 1:, :] - small[..., :-1, :]).abs().mean()
        total = total + across + down
    return total / len(scales)


def _energies(pictures: Tensor) -> list[Tensor]:
    """How rough each neighbourhood is at three sizes of roughness: deviations around a local mean, coarser by turns."""
    found = []
    for _ in range(3):
        detail = pictures - functional.avg_pool2d(pictures, 3, stride=1, padding=1, count_include_pad=False)
        found.append((functional.avg_pool2d(detail.square(), 8, stride=4) + 1e-4).sqrt())
        pictures = functional.avg_pool2d(pictures, 2)
    return found


def energy_error(drawn: Tensor, wanted: Tensor) -> Tensor:
    """Absolute error of local roughness, wherever exactly its lines run.

    A decoder unsure of a stroke's place draws none, as none costs least by absolute error; this asks for the stroke.
    Pictures of at least 32 pixels.
    """
    pairs = zip(_energies(drawn), _energies(wanted), strict=True)
    return torch.stack([(a - b).abs().mean() for a, b in pairs]).sum()


def detail(pictures: Tensor) -> Tensor:
    """What each pixel's error should weigh, (n, 1, h, w): 0.5 where a picture is flat, up to 4 where it is finest.

    A face takes a hundredth of a picture and is what people look at; sky and walls would outvote it.
    """
    around = functional.avg_pool2d(pictures, 3, stride=1, padding=1, count_include_pad=False)
    rough = (pictures - around).square().mean(dim=1, keepdim=True)
    rough = functional.avg_pool2d(rough, 9, stride=1, padding=4, count_include_pad=False).sqrt()
    return (rough / (rough.mean(dim=(2, 3), keepdim=True) + 1e-3)).clamp(0.5, 4)
