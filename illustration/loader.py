"""The process's one engine and one scene reader, named by settings and loaded at first use, in workers only."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from illustration.engine.contract import AdapterFile, Engine, EngineConfig
from illustration.models import Style


@dataclass
class _Loaded:
    engine: Engine
    config: EngineConfig


_loaded: _Loaded | None = None


def engine_config() -> EngineConfig:
    """Describe the model and every style as the settings and the table of styles have them now."""
    adapters = tuple(
        AdapterFile(
            style=style.slug, path=str(style.adapter_path), trigger=style.trigger, weight=style.weight
        )
        for style in Style.objects.order_by("slug")
        if style.adapter_file
    )
    return EngineConfig(
        model_path=str(settings.MODEL_PATH),
        adapters=adapters,
        device=settings.ENGINE_DEVICE,
        dtype=settings.ENGINE_DTYPE,
        capacity=settings.ENGINE_CAPACITY,
    )


def engine() -> Engine:
    """Return the engine, loaded anew after the styles changed; raises EngineUnavailable."""
    global _loaded
    config = engine_config()
    if _loaded is None or (_loaded.config != config and not _loaded.engine.in_hand()):
        _loaded = None
        _loaded = _Loaded(import_string(settings.ENGINE)(config), config)
    return _loaded.engine


@cache
def _vocabulary() -> Any:
    from illustration.scenes import Vocabulary

    path = settings.MODEL_PATH / "vocabulary.json"
    return Vocabulary.from_dict(json.loads(path.read_text())) if path.is_file() else None


def read(*, text: str, title: str, weather: str, mood: str) -> Any:
    """Read a diary text into a scene of things that the model can draw."""
    reader: Callable[..., Any] = import_string(settings.SCENE_READER)
    return reader(text, title=title, weather=weather, mood=mood, vocabulary=_vocabulary())
