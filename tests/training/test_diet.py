"""What the autoencoder is fed, where its icons come from, and the losses it learns texture by."""

from __future__ import annotations

import base64
import hashlib
import io
import random
import resource
import tarfile
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
import torch

from illustration.training import pictures
from illustration.training.composer import Composer
from illustration.training.fetch import INTEGRITY, fetch_icons
from illustration.training.loop import TrainingError
from illustration.training.pictures import Diet, compose_picture, paste_strangers, pictures_on_disk
from illustration.training.texture import detail, energy_error, gradient_error


def quiet(line: str) -> None:
    """Fetching talks to nobody here."""


def test_strangers_cover_a_part_of_the_picture_in_many_sizes() -> None:
    ground = np.full((256, 256, 3), 128, np.uint8)
    icon = '<rect width="32" height="32" fill="#ff0000"/>'
    covered = [
        float((paste_strangers(ground, [icon], random.Random(seed)) != ground).any(axis=2).mean())
        for seed in range(60)
    ]
    assert 0 < min(covered) < 0.02
    assert 0.3 < max(covered) < 1
    assert (ground == 128).all()


def test_a_diet_holds_what_its_shares_say(composer: Composer) -> None:
    plain = Diet(styled=0, strangers=0, wet=0)
    once = compose_picture(composer, [], plain, random.Random(5))
    assert (compose_picture(composer, [], plain, random.Random(5)) == once).all()
    styled = compose_picture(composer, [], Diet(styled=1, strangers=0, wet=0), random.Random(5))
    assert styled.shape == once.shape == (256, 256, 3)
    assert np.abs(styled.astype(int) - once).mean() > 10


def test_composing_goes_on_where_it_was_cut_off(
    composer: Composer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "KEPT_EVERY", 2)
    diet = Diet(pictures=5)
    whole = np.array(pictures_on_disk(composer, diet, tmp_path / "whole"))
    composed: list[int] = []
    compose = pictures.compose_picture

    def cut_short(*arguments: object) -> np.ndarray:
        composed.append(1)
        if len(composed) == 4:
            raise KeyboardInterrupt
        return compose(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(pictures, "compose_picture", cut_short)
    with pytest.raises(KeyboardInterrupt):
        pictures_on_disk(composer, diet, tmp_path / "cut")
    assert not list((tmp_path / "cut").glob("pictures-5-1.npy"))
    resumed = pictures_on_disk(composer, diet, tmp_path / "cut")
    # Three were drawn before the cut, of which two were kept.
    assert len(composed) == 4 + 3
    assert (resumed == whole).all()
    assert [path.name for path in (tmp_path / "cut").iterdir()] == ["pictures-5-1.npy"]


def test_a_disk_without_room_is_told_before_composing(composer: Composer, tmp_path: Path) -> None:
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
    try:
        with pytest.raises(TrainingError, match=r"has no room for 0\.0 GB of pictures: File too large"):
            pictures_on_disk(composer, Diet(pictures=9), tmp_path / "work")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not list((tmp_path / "work").iterdir())


def stripes(shift: int, strength: float) -> torch.Tensor:
    across = torch.sin((torch.arange(64) + shift) * (2 * torch.pi / 8)) * strength
    return across.expand(1, 3, 64, 64)


def test_a_stroke_in_the_wrong_place_is_better_than_none() -> None:
    wanted, moved, none = stripes(0, 0.5), stripes(4, 0.5), stripes(0, 0.0)
    assert energy_error(moved, wanted) < 0.2 * energy_error(none, wanted)
    assert gradient_error(moved, wanted) > gradient_error(none, wanted)
    assert energy_error(wanted, wanted) == gradient_error(wanted, wanted) == 0


def test_a_small_face_weighs_more_than_the_sky_around_it() -> None:
    sky = torch.zeros(2, 3, 64, 64)
    sky[0, :, 20:32, 20:32] = torch.randn(3, 12, 12, generator=torch.Generator().manual_seed(0))
    weight = detail(sky)
    assert weight.shape == (2, 1, 64, 64)
    assert weight[0, 0, 22:30, 22:30].min() == 4
    assert weight[0, 0, 40:].max() == weight[1].max() == 0.5


class Registry(ThreadingHTTPServer):
    """A package registry that serves one archive at every path and counts how often."""

    def __init__(self, archive: bytes) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.archive = archive
        self.asked: list[str] = []


class Answer(BaseHTTPRequestHandler):
    server: Registry

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.server.archive)

    def log_message(self, format: str, *arguments: object) -> None:
        """Nothing to say."""


@pytest.fixture
def registry(monkeypatch: pytest.MonkeyPatch) -> Iterator[Registry]:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name in ("icons.json", "info.json", "package.json"):
            entry = tarfile.TarInfo(f"package/{name}")
            entry.size = 2
            archive.addfile(entry, io.BytesIO(b"{}"))
    with Registry(buffer.getvalue()) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        monkeypatch.setenv("NPM_CONFIG_REGISTRY", f"http://127.0.0.1:{server.server_port}/")
        yield server
        server.shutdown()
        thread.join()


def test_icons_are_fetched_once_and_checked(registry: Registry, tmp_path: Path) -> None:
    hashed = base64.b64encode(hashlib.sha512(registry.archive).digest()).decode()
    with pytest.raises(TrainingError, match="not the one expected"):
        fetch_icons(tmp_path, integrity=INTEGRITY, say=quiet)
    assert list(tmp_path.iterdir()) == []
    path = fetch_icons(tmp_path, integrity=f"sha512-{hashed}", say=quiet)
    assert path.read_text(encoding="utf-8") == "{}"
    assert fetch_icons(tmp_path, integrity=f"sha512-{hashed}", say=quiet) == path
    assert registry.asked == ["/@iconify-json/fluent-emoji-flat/-/fluent-emoji-flat-1.2.6.tgz"] * 2


def test_a_registry_out_of_reach_is_said_plainly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", "http://127.0.0.1:9")
    with pytest.raises(TrainingError, match="--icons"):
        fetch_icons(tmp_path, say=quiet)
