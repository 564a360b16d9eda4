"""The process's one engine and one scene reader, named by strings and loaded at first use, in workers only.

Nothing here imports them by statement: the web side imports this module's neighbours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.module_loading import import_string

from illustration.engine.contract import AdapterFile, Engine, EngineConfig
from illustration.models import Style
from illustration.wishes import Wishes

if TYPE_CHECKING:
    from illustration.scenes.prompt import Prompt
    from illustration.scenes.scene import Scene
    from illustration.scenes.vocabulary import Vocabulary


Stamp = tuple[int, int] | None


@dataclass
class _Loaded:
    engine: Engine
    config: EngineConfig
    # Of each style's file: a replaced one must be read again.
    stamps: tuple[Stamp, ...]

    def is_current(self, config: EngineConfig) -> bool:
        return self.config == config and self.stamps == _stamps(config)


_loaded: _Loaded | None = None
A_DAY_IN_EACH_LANGUAGE = ("비가 왔다.", "It rained.")


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
    """Return the engine, loaded anew once its hands are empty after the styles changed; raises EngineUnavailable."""
    global _loaded
    config = engine_config()
    if _loaded is None or not (_loaded.is_current(config) or _loaded.engine.in_hand()):
        # A scene reader that cannot read shows here, before any drawing is claimed.
        for text in A_DAY_IN_EACH_LANGUAGE:
            read(text=text)
        stamps = _stamps(config)
        # Never two models in memory: the caller must have let go of the old one, too.
        _loaded = None
        _loaded = _Loaded(import_string(settings.ENGINE)(config), config, stamps)
    return _loaded.engine


def is_current() -> bool:
    """Whether the loaded engine knows the model and the styles as they are now."""
    return _loaded is not None and _loaded.is_current(engine_config())


def styles(engine: Engine) -> set[str]:
    """Short names of the styles that this engine can draw: by their adapters, or by trigger words alone."""
    plain = Style.objects.filter(adapter_file="").values_list("slug", flat=True)
    return {*engine.adapter_hashes, *plain}


def _stamps(config: EngineConfig) -> tuple[Stamp, ...]:
    return tuple(_stamp(Path(adapter.path)) for adapter in config.adapters)


def _stamp(path: Path) -> Stamp:
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def read(
    *, text: str, title: str = "", weather: str = "", mood: str = "", wishes: Wishes | None = None
) -> Scene:
    """Read a diary text, and what its writer wishes beside it, into a scene."""
    asked = wishes or Wishes()
    member = import_string("illustration.scenes.CastMember")
    return _reader()(
        text if asked.text_drawn else "",
        title=title if asked.text_drawn else "",
        weather=weather,
        mood=mood,
        keywords=asked.keywords,
        without=asked.without,
        cast=[member(tuple(card.names), card.word, card.look, card.key) for card in asked.cast],
        date=asked.date,
    )


def compose(scene: Scene, *, trigger: str = "") -> Prompt:
    """Put a scene into the words of the model's captions, a style's trigger words first."""
    prompt: Prompt = import_string("illustration.scenes.compose")(
        scene, trigger=trigger, vocabulary=_vocabulary()
    )
    return prompt


@cache
def _reader() -> Callable[..., Scene]:
    reader: Callable[..., Scene] = import_string(settings.SCENE_READER)
    return reader


@cache
def _vocabulary() -> Vocabulary | None:
    """The words that the model was trained on; None for a model that does not tell."""
    path = settings.MODEL_PATH / "vocabulary.json"
    if not path.is_file():
        return None
    vocabulary: Vocabulary = import_string("illustration.scenes.Vocabulary").load(path)
    return vocabulary
