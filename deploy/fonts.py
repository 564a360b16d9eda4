"""Cuts the pages' fonts into slices and writes their stylesheet: `python -m deploy.fonts FOLDER`.

FOLDER holds the unpacked npm packages @fontsource/gaegu and @fontsource/gowun-dodum, under their last names.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
from itertools import groupby
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

STATIC = Path(__file__).resolve().parent.parent / "static"
FACES = {"gaegu": "Gaegu", "gowun-dodum": "Gowun Dodum"}
# How wide a font that every system has must be set to break lines where the face will.
STAND_INS = {"gaegu": 86, "gowun-dodum": 99}
LOCAL = ("Apple SD Gothic Neo", "Noto Sans CJK KR", "Noto Sans KR", "Malgun Gothic", "NanumGothic")
# The package's own slices run from rare (low numbers) to frequent. Joined to four they are few enough to fetch:
# the first alone holds 95 of 100 syllables of a diary, the first two 99.
JOINED = ((113, 119), (109, 112), (100, 108), (0, 99))
PREAMBLE = (
    "/* Written by deploy/fonts.py. Gaegu and Gowun Dodum: SIL Open Font License, licences beside the files.\n"
    "   A page fetches the slices whose characters it shows; the stand-ins keep the lines where they will be. */\n"
)


def main(folder: Path) -> None:
    """Write static/fonts and static/css/fonts.css anew."""
    fonts = STATIC / "fonts"
    shutil.rmtree(fonts, ignore_errors=True)
    fonts.mkdir()
    rules = [PREAMBLE]
    for name, family in FACES.items():
        package = folder / name
        shutil.copy(package / "LICENSE", fonts / f"{name}-OFL.txt")
        latin = f"{name}-latin.woff2"
        shutil.copy(package / "files" / f"{name}-latin-400-normal.woff2", fonts / latin)
        latin_has = set(TTFont(fonts / latin).getBestCmap())
        rules.append(_rule(family, latin, latin_has))
        taken = set(latin_has)
        for number, (low, high) in enumerate(JOINED, start=1):
            wanted = _slices(package / "unicode.json", low, high) & _plain_korean() - taken
            korean = f"{name}-korean-{number}.woff2"
            has = _cut(package / "files" / f"{name}-korean-400-normal.woff2", wanted, fonts / korean)
            rules.append(_rule(family, korean, has))
            taken |= has
        sources = ", ".join(f'local("{font}")' for font in LOCAL)
        rules.append(
            f'@font-face {{\n  font-family: "{family} on its way";\n  src: {sources};\n'
            f"  size-adjust: {STAND_INS[name]}%;\n}}\n"
        )
    (STATIC / "css" / "fonts.css").write_text("\n".join(rules))


def _plain_korean() -> set[int]:
    """The characters of KS X 1001: the 2,350 syllables in use, jamo and signs. The rest no handwriting has."""
    found = set(range(0x3130, 0x3190))
    for first in (*range(0xA1, 0xA4), *range(0xB0, 0xC9)):
        for second in range(0xA1, 0xFF):
            found.update(map(ord, bytes((first, second)).decode("euc_kr", "ignore")))
    return found


def _slices(listing: Path, low: int, high: int) -> set[int]:
    ranges = json.loads(listing.read_text())
    found: set[int] = set()
    for number in range(low, high + 1):
        for part in filter(None, ranges.get(f"[{number}]", "").split(",")):
            first, _, last = part.strip().removeprefix("U+").partition("-")
            found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def _cut(source: Path, wanted: set[int], target: Path) -> set[int]:
    """Write the wanted characters of a font as one file; return those that it had."""
    options = subset.Options(flavor="woff2", hinting=False, desubroutinize=True, notdef_outline=True)
    font = TTFont(io.BytesIO(source.read_bytes()))
    has = wanted & set(font.getBestCmap())
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=has)
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    return has


def _rule(family: str, file: str, characters: set[int]) -> str:
    runs = []
    for _, run in groupby(enumerate(sorted(characters)), key=lambda pair: pair[1] - pair[0]):
        points = [point for _, point in run]
        runs.append(f"U+{points[0]:X}" + (f"-{points[-1]:X}" if len(points) > 1 else ""))
    return (
        f'@font-face {{\n  font-family: "{family}";\n  src: url("../fonts/{file}") format("woff2");\n'
        f"  font-display: swap;\n  unicode-range: {','.join(runs)};\n}}\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
