"""Looking into a worker's round: a row as it stands, and something done between two steps."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from illustration.models import Illustration
from tests.faults.small_engine import SmallEngine


def row_of(row: Illustration) -> Illustration:
    return Illustration.objects.get(pk=row.pk)


def at_step(number: int, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Do something right before the engine's n-th step."""
    step, count = SmallEngine.step, 0

    def counted(engine: SmallEngine) -> Any:
        nonlocal count
        count += 1
        if count == number:
            act()
        return step(engine)

    monkeypatch.setattr(SmallEngine, "step", counted)
