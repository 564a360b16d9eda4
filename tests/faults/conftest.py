"""Short clocks for the fault tests, and what they all do: save pages, sweep, and look at what became of them."""

from __future__ import annotations

from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _short_clocks(settings: Any) -> None:
    settings.LEASE_SECONDS, settings.SWEEP_SECONDS, settings.RETRY_SECONDS = 3.0, 1.0, 0.2
    settings.DRAWINGS_A_DAY = settings.DRAWINGS_WAITING = 100_000
    settings.PICTURE_SIZE = 64
