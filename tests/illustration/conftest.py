"""Waiting rows, and a draw worker inside this process with the small engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from illustration import drawing, loader
from illustration.models import Illustration
from tests.factories import IllustrationFactory
from tests.processes import SMALL_ENGINE

Waiting = Callable[..., Illustration]


@pytest.fixture
def waiting(db: None) -> Waiting:
    """Make waiting rows, each asked for a second after the one before."""
    begin = timezone.now() - timedelta(hours=1)
    count = 0

    def make(requester: str = "somebody", **fields: Any) -> Illustration:
        nonlocal count
        count += 1
        return IllustrationFactory(
            requester=requester, requested_at=begin + timedelta(seconds=count), **fields
        )

    return make


@pytest.fixture
def small_engine(db: None, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """`drawing.draw_waiting()` in this process draws with the small engine, as a worker that has just started."""
    settings.ENGINE = SMALL_ENGINE
    # Its pulse would be a thread beside the test's transaction.
    monkeypatch.setattr("illustration.presence.threading.Thread.start", lambda thread: None)
    monkeypatch.setattr(drawing, "_worker", None)
    monkeypatch.setattr(loader, "_loaded", None)
    monkeypatch.setattr(drawing, "close_old_connections", lambda: None)
