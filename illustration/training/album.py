"""An operator's own pictures and what each shows, read from a folder and checked; nothing is trained here."""

import csv
import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from illustration.training.loop import TrainingError

ENDINGS = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff"})
FEWEST = 3
SMALLEST = 64
# A picture wider than this, or taller, shows its ends as well as its middle.
NEARLY_SQUARE = 1.15
# What cameras, scanners and messengers call their files tells nothing of what is on them.
_CAMERA = re.compile(
    r"^(img|image|dsc|dscn|dscf|pxl|scan|photo|picture|kakaotalk|whatsapp image|screenshot|untitled|p"
    r"|사진|그림|그림 ?일기|스캔|스크린샷|제목 없음)?(\d|\s|\bat\b|\b[ap]m\b)*$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Album:
    """Square views uint8 (n, side, side, 3) of the pictures, what each view shows in words ("" = not known), and each
    picture's first view."""

    views: NDArray[np.uint8]
    captions: tuple[str, ...]
    firsts: tuple[int, ...]

    @property
    def pictures(self) -> int:
        """How many different pictures there are."""
        return len(self.firsts)


def read_album(
    folder: Path,
    *,
    side: int,
    captions: Path | None = None,
    mirrored: bool = True,
    words_of: Callable[[str], str] = str,
) -> Album:
    """Read every picture of `folder`, cut to squares of `side` pixels; twice over, mirrored, unless told otherwise.

    captions: a CSV file with the columns file_name and text, or a JSONL file with these keys, a picture a line.
    Without a line in it a picture is described by NAME.txt beside it, else by its own name. words_of: turns such a
    text into a caption. Raises TrainingError that names the file and what is wrong with it.
    """
    paths = _paths(folder)
    texts = _texts(captions, {_composed(path.name) for path in paths}) if captions else {}
    views: list[NDArray[np.uint8]] = []
    said: list[str] = []
    seen: dict[str, int] = {}
    for path in paths:
        picture = _picture(path)
        key = hashlib.sha256(picture.tobytes()).hexdigest()
        if key in seen:
            continue
        seen[key] = len(views)
        caption = words_of(text) if (text := texts.get(_composed(path.name)) or _text_beside(path)) else ""
        for view in _squares(picture, side):
            for turned in (view, ImageOps.mirror(view)) if mirrored else (view,):
                views.append(np.asarray(turned))
                said.append(caption)
    if len(seen) < FEWEST:
        raise TrainingError(
            f"{folder} holds {len(seen)} different pictures: a style needs {FEWEST} at least, better 10 to 40"
        )
    return Album(np.stack(views), tuple(said), tuple(seen.values()))


def _paths(folder: Path) -> list[Path]:
    try:
        found = sorted(
            path
            for path in folder.iterdir()
            if path.suffix.lower() in ENDINGS and not path.name.startswith(".") and path.is_file()
        )
    except OSError as error:
        raise TrainingError(f"{folder} cannot be read: {error.strerror}") from error
    if len(found) < FEWEST:
        raise TrainingError(
            f"{folder} holds {len(found)} pictures ({', '.join(sorted(ENDINGS))}): a style needs {FEWEST} at least,"
            " better 10 to 40"
        )
    return found


def _picture(path: Path) -> Image.Image:
    """The picture upright in RGB, on white where it is transparent."""
    try:
        with Image.open(path) as opened:
            upright = ImageOps.exif_transpose(opened).convert("RGBA")
    except UnidentifiedImageError:
        raise TrainingError(f"{path} is no picture, whatever its name says") from None
    except Image.DecompressionBombError:
        raise TrainingError(f"{path} has too many pixels: make it smaller first") from None
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise TrainingError(f"{path} cannot be read: {error}; take it out of the folder") from error
    if min(upright.size) < SMALLEST:
        raise TrainingError(
            f"{path} is {upright.width}×{upright.height} pixels: {SMALLEST} a side are the least"
        )
    white = Image.new("RGBA", upright.size, "white")
    return Image.alpha_composite(white, upright).convert("RGB")


def _squares(picture: Image.Image, side: int) -> Iterator[Image.Image]:
    """The middle; of a long picture its two ends as well."""
    long = max(picture.size) / min(picture.size) > NEARLY_SQUARE
    for at in (0.5, 0.0, 1.0) if long else (0.5,):
        yield ImageOps.fit(picture, (side, side), Image.Resampling.LANCZOS, centering=(at, at))


def _text_beside(path: Path) -> str:
    beside = path.with_suffix(".txt")
    if beside.is_file():
        return _read_text(beside).strip()
    words = re.sub(r"[\W_]+", " ", _composed(path.stem)).strip()
    words = re.sub(r"\s\d+$", "", words)
    return "" if _CAMERA.match(words) else words


def _composed(name: str) -> str:
    """The name with its Hangul put together: some systems take it apart into its letters."""
    return unicodedata.normalize("NFC", name)


def _texts(path: Path, names: set[str]) -> Mapping[str, str]:
    text = _read_text(path)
    found: dict[str, str] = {}
    for number, name, said in _rows_of(path, text):
        if (composed := _composed(name)) not in names:
            raise TrainingError(f"{path}, line {number}: there is no picture {name!r} in the folder")
        found[composed] = said
    if not found:
        raise TrainingError(f"{path} describes no picture: it needs file_name and text in every line")
    return found


def _rows_of(path: Path, text: str) -> Iterator[tuple[int, str, str]]:
    if path.suffix.lower() == ".jsonl":
        rows: list[tuple[int, object]] = []
        for number, line in enumerate(text.splitlines(), 1):
            try:
                rows += [(number, json.loads(line))] if line.strip() else []
            except ValueError:
                raise TrainingError(f"{path}, line {number}: not JSON") from None
    else:
        reader = csv.DictReader(io.StringIO(text))
        rows = [(reader.line_num, row) for row in reader]
    for number, row in rows:
        name, said = (row.get("file_name"), row.get("text")) if isinstance(row, dict) else (None, None)
        if not isinstance(name, str) or not isinstance(said, str):
            raise TrainingError(f"{path}, line {number}: it needs file_name and text")
        yield number, name.strip(), said.strip()


def _read_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise TrainingError(f"{path} is not written in UTF-8") from None
    except OSError as error:
        raise TrainingError(f"{path} cannot be read: {error.strerror}") from error


def fingerprint(album: Album, *more: object) -> str:
    """Hex digits that stand for the pictures, their captions and whatever else is given."""
    together = hashlib.sha256(album.views.tobytes())
    parts: Sequence[object] = (album.views.shape, album.captions, *more)
    together.update(repr(parts).encode())
    return together.hexdigest()[:12]
