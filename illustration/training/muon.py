"""Muon for matrices and convolutions, AdamW for the rest, as one optimizer; knows nothing of what it trains."""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, nn


def orthogonalise(matrix: Tensor, steps: int, dtype: torch.dtype) -> Tensor:
    """The nearest semi-orthogonal matrix, roughly, by quintic Newton-Schulz steps; (rows, columns) in and out."""
    a, b, c = 3.4445, -4.7750, 2.0315
    x = (matrix / (matrix.norm() + 1e-7)).to(dtype)
    wide = x.shape[0] <= x.shape[1]
    x = x if wide else x.T
    for _ in range(steps):
        gram = x @ x.T
        x = a * x + (b * gram + c * gram @ gram) @ x
    return (x if wide else x.T).to(matrix.dtype)


class Muon(torch.optim.Optimizer):
    """Momentum made orthogonal for every parameter of two or more dimensions; AdamW for vectors and embeddings.

    Updates of both kinds have about the same size an element, so one learning rate serves both. Convolutions are
    taken as (out, everything else). `dtype` is the one the Newton-Schulz products run in.
    """

    def __init__(
        self,
        modules: Iterable[nn.Module],
        *,
        lr: float,
        momentum: float = 0.95,
        steps: int = 5,
        weight_decay: float = 0.0,
        dtype: torch.dtype = torch.float32,
    ) -> None:
        matrices, rest, seen = [], [], set()
        for root in modules:
            for module in root.modules():
                for parameter in module.parameters(recurse=False):
                    if not parameter.requires_grad or id(parameter) in seen:
                        continue
                    seen.add(id(parameter))
                    is_matrix = parameter.ndim >= 2 and not isinstance(module, nn.Embedding)
                    (matrices if is_matrix else rest).append(parameter)
        groups = [
            {"params": found, "muon": kind} for found, kind in ((matrices, True), (rest, False)) if found
        ]
        defaults = {"lr": lr, "momentum": momentum, "steps": steps, "weight_decay": weight_decay}
        super().__init__(groups, defaults)
        self.dtype = dtype

    @torch.no_grad()
    def step(self, closure: Callable[[], float] | None = None) -> None:  # type: ignore[override]
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is None:
                    continue
                if group["weight_decay"]:
                    parameter.mul_(1 - group["lr"] * group["weight_decay"])
                update = self._muon(parameter, group) if group["muon"] else self._adam(parameter)
                parameter.add_(update, alpha=-group["lr"])

    def _muon(self, parameter: Tensor, group: dict[str, Any]) -> Tensor:
        state = self.state[parameter]
        if "momentum" not in state:
            state["momentum"] = torch.zeros_like(parameter)
        average = state["momentum"]
        average.lerp_(parameter.grad, 1 - group["momentum"])
        ahead = parameter.grad.lerp(average, group["momentum"])
        flat = ahead.reshape(ahead.shape[0], -1)
        # An orthogonal matrix's elements shrink with its longer side; this brings them to Adam's usual size.
        return orthogonalise(flat, group["steps"], self.dtype).reshape(parameter.shape) * (
            0.2 * max(flat.shape) ** 0.5
        )

    def _adam(self, parameter: Tensor) -> Tensor:
        state = self.state[parameter]
        if "count" not in state:
            state["count"] = 0
            state["first"], state["second"] = torch.zeros_like(parameter), torch.zeros_like(parameter)
        state["count"] += 1
        state["first"].lerp_(parameter.grad, 0.1)
        state["second"].lerp_(parameter.grad.square(), 0.01)
        first = state["first"] / (1 - 0.9 ** state["count"])
        second = state["second"] / (1 - 0.99 ** state["count"])
        return first / (second.sqrt() + 1e-8)
