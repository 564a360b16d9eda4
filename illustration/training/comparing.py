"""Pictures of a style beside each other, for people: the pictures given, and scenes drawn before and after."""

from collections.abc import Mapping, Sequence

from PIL import Image, ImageDraw, ImageFont

LABELS = ("your pictures", "before", "after")
LARGEST, GAP, HEADER = 320, 8, 28


def comparison(rows: Mapping[str, Sequence[Image.Image]]) -> Image.Image:
    """Rows of square pictures under their labels; a row without a label has no header. At least one picture."""
    side = min(LARGEST, max(picture.width for row in rows.values() for picture in row))
    columns = max(len(row) for row in rows.values())
    heights = [(HEADER if label else GAP) + side for label in rows]
    sheet = Image.new("RGB", (GAP + columns * (side + GAP), sum(heights) + GAP), "white")
    draw = ImageDraw.Draw(sheet)
    y = 0
    for (label, row), height in zip(rows.items(), heights, strict=True):
        if label:
            draw.text((GAP, y + 7), label, fill="#333333", font=ImageFont.load_default(14))
        for number, picture in enumerate(row):
            shown = picture.resize((side, side), Image.Resampling.LANCZOS)
            sheet.paste(shown, (GAP + number * (side + GAP), y + height - side))
        y += height
    return sheet
