"""Pictures of one screen side by side on one sheet, each with its name above it."""

from __future__ import annotations

import io
import re
from pathlib import Path

from PIL import Image, ImageDraw

GAP = 16
LABEL = 14
SCALE = {360: 0.8, 640: 0.6, 768: 0.55, 794: 0.45, 1280: 0.5, 1920: 0.36}
TALL = 1_500  # px: a column that is full
GROUND, INK = "#8a8f94", "#ffffff"


class Sheet:
    def __init__(self, name: str) -> None:
        self.name = name
        self.tiles: list[tuple[str, Image.Image]] = []

    def add(self, called: str, picture: bytes, true_height: int) -> None:
        image = Image.open(io.BytesIO(picture)).convert("RGB")
        said = f"{called}, {true_height} px tall" if true_height > 1_500 else called
        scale = SCALE.get(image.width, 0.5)
        self.tiles.append((said, image.resize((int(image.width * scale), int(image.height * scale)), Image.LANCZOS)))

    def save(self, folder: Path) -> None:
        """Columns, filled from the left: a low picture stands below another one of its width."""
        columns: list[list[tuple[str, Image.Image]]] = []
        for tile in self.tiles:
            fits = [c for c in columns if c[0][1].width == tile[1].width and height(c) + tile[1].height < TALL]
            fits[0].append(tile) if fits else columns.append([tile])
        wide = sum(column[0][1].width + GAP for column in columns) + GAP
        sheet = Image.new("RGB", (wide, max(map(height, columns)) + GAP), GROUND)
        draw, x = ImageDraw.Draw(sheet), GAP
        for column in columns:
            y = GAP
            for said, image in column:
                draw.text((x, y - 1), said, fill=INK)
                sheet.paste(image, (x, y + LABEL))
                y += image.height + LABEL + GAP
            x += column[0][1].width + GAP
        sheet.save(folder / f"{re.sub(r'[^a-z0-9]+', '-', self.name.lower()).strip('-')}.png")


def height(column: list[tuple[str, Image.Image]]) -> int:
    return sum(image.height + LABEL + GAP for _said, image in column)
