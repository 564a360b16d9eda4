"""The small model, its engine, and drawing to float pixels."""

import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
import torch

from illustration.engine import diffusion
from illustration.engine.contract import Brief, EngineConfig, Picture
from illustration.engine.decoding import to_bytes
from illustration.engine.diffusion import DiffusionEngine
from tests.engine.tiny_model import make_config

Draw = Callable[..., dict[str, torch.Tensor]]


@pytest.fixture(scope="session", autouse=True)
def _one_thread() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> EngineConfig:
    return make_config(tmp_path_factory.mktemp("kl"))


@pytest.fixture(scope="session")
def shared_engine(config: EngineConfig) -> DiffusionEngine:
    return DiffusionEngine(config)


@pytest.fixture
def engine(shared_engine: DiffusionEngine) -> Iterator[DiffusionEngine]:
    """The session's engine, its hands empty."""
    yield shared_engine
    for key in shared_engine.in_hand():
        shared_engine.drop(key)
    shared_engine.finished()


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[str], Path]:
    """A private copy of a model folder, to damage."""

    def copy(model: str) -> Path:
        return Path(shutil.copytree(model, tmp_path / "copy"))

    return copy


@pytest.fixture
def draw(monkeypatch: pytest.MonkeyPatch) -> Draw:
    """Draws briefs to the end and gives each picture's float pixels, as the decoder put them out."""
    decoded: list[torch.Tensor] = []

    def listen(vae: object, latents: torch.Tensor) -> torch.Tensor:
        pixels = decode(vae, latents)
        decoded.append(pixels[0])
        return pixels

    decode = diffusion.decode
    monkeypatch.setattr(diffusion, "decode", listen)

    def run(
        engine: DiffusionEngine, briefs: Sequence[Brief], joining: Mapping[int, Sequence[Brief]] | None = None
    ) -> dict[str, torch.Tensor]:
        decoded.clear()
        later = dict(joining or {})
        engine.admit(briefs)
        pictures: dict[str, torch.Tensor] = {}
        step = 0
        while engine.in_hand() or later:
            engine.step()
            step += 1
            engine.admit(later.pop(step, ()))
            for result in engine.finished():
                assert isinstance(result, Picture), result
                (pictures[result.key],) = (pixels for pixels in decoded if to_bytes(pixels) == result.pixels)
        return pictures

    return run
