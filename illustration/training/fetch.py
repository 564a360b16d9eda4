"""Fetches the icon set the sprites are drawn from, out of the npm registry, checked by its hash; nothing else."""

import base64
import hashlib
import io
import os
import tarfile
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

from illustration.training.loop import TrainingError

PACKAGE = "@iconify-json/fluent-emoji-flat"
VERSION = "1.2.6"
LICENCE = "MIT, Microsoft Corporation"
# As npm writes it in a lock file.
INTEGRITY = "sha512-RY47RgPb47fYUiyrA64sIOL0+UU02s29sXpNBbIQRBUlPlfNFTKUmZDERGuxDs/7yNGWqQYvuaSYM1M4fRXlUw=="
REGISTRY = "https://registry.npmjs.org"
WANTED = ("icons.json", "info.json", "package.json")


def check(content: bytes, integrity: str) -> None:
    """TrainingError unless the bytes have the hash."""
    kind, _, wanted = integrity.partition("-")
    found = base64.b64encode(hashlib.new(kind, content).digest()).decode()
    if found != wanted:
        raise TrainingError(f"the fetched icon set is not the one expected: {kind} {found}, not {wanted}")


def _download(url: str) -> bytes:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            found: bytes = answer.read()
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        raise TrainingError(
            f"{url} cannot be fetched ({error}); fetch and unpack it elsewhere and give --icons package/icons.json"
        ) from error
    return found


def fetch_icons(folder: Path, *, integrity: str = INTEGRITY, say: Callable[[str], None] = print) -> Path:
    """The path of icons.json under `folder`, fetched there unless an earlier run did.

    The registry is npm's own, or the one NPM_CONFIG_REGISTRY names, as for npm itself.
    """
    home = folder / f"fluent-emoji-flat-{VERSION}"
    if (home / "icons.json").exists():
        return home / "icons.json"
    registry = os.environ.get("NPM_CONFIG_REGISTRY", REGISTRY).rstrip("/")
    url = f"{registry}/{PACKAGE}/-/fluent-emoji-flat-{VERSION}.tgz"
    say(f"fetching {url}")
    content = _download(url)
    check(content, integrity)
    home.mkdir(parents=True, exist_ok=True)
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        # icons.json last: its presence says that all is there.
        for name in reversed(WANTED):
            member = archive.extractfile(f"package/{name}")
            if member is None:
                raise TrainingError(f"the icon set holds no {name}")
            half = home / f"{name}.writing"
            half.write_bytes(member.read())
            half.replace(home / name)
    return home / "icons.json"
