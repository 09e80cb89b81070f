"""Pictures that must stay as they are, as far as an eye can tell.

A golden picture is one small sheet of tiles under `tests/golden/`. After a wanted change, look at the new pictures,
then write them: `UPDATE_GOLDEN=1 pytest tests/producer/render/presenter/test_golden.py` (or `…/render/test_golden_frames.py`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

Pixels = npt.NDArray[np.uint8]

FOLDER = Path(__file__).parents[1] / "golden"
COLUMNS = 8
STEP = 4
"""Of the stored colours, which makes the files small."""
USUAL, WORST = 1.2, 4.0
"""What may differ, in CIE 1976 ΔE after a little blur: on average, and at the worst hundredth of the pixels. A ΔE of
2.3 is just noticed: what another machine or library rounds differently stays below that, and so does what `STEP` loses."""


def differences(a: Pixels, b: Pixels) -> tuple[float, float]:
    """Mean ΔE of two RGB pictures of one size, and the ΔE that one pixel in a hundred exceeds."""
    first, second = (_lab(picture) for picture in (a, b))
    apart = np.linalg.norm(first - second, axis=2)
    return float(apart.mean()), float(np.percentile(apart, 99))


def alike(a: Pixels, b: Pixels) -> bool:
    usual, worst = differences(a, b)
    return usual <= USUAL and worst <= WORST


def golden(name: str, tiles: Mapping[str, Pixels]) -> dict[str, Pixels]:
    """The stored tiles under the same labels; stores these first when asked to."""
    path = FOLDER / f"{name}.png"
    high, wide = next(iter(tiles.values())).shape[:2]
    if os.environ.get("UPDATE_GOLDEN"):
        path.parent.mkdir(exist_ok=True)
        sheet = np.zeros((-(-len(tiles) // COLUMNS) * high, min(len(tiles), COLUMNS) * wide, 3), np.uint8)
        for place, tile in zip(_places(len(tiles), high, wide), tiles.values(), strict=True):
            sheet[place] = tile
        Image.fromarray(sheet // STEP * STEP + STEP // 2).save(path, optimize=True)
    stored = np.asarray(Image.open(path).convert("RGB"))
    return {label: stored[place] for place, label in zip(_places(len(tiles), high, wide), tiles, strict=True)}


def _places(count: int, high: int, wide: int) -> list[tuple[slice, slice]]:
    corners = [(n // COLUMNS * high, n % COLUMNS * wide) for n in range(count)]
    return [(slice(y, y + high), slice(x, x + wide)) for y, x in corners]


def _lab(picture: Pixels) -> npt.NDArray[np.float32]:
    soft = cv2.GaussianBlur(picture.astype(np.float32) / 255, (0, 0), 0.9)
    return np.asarray(cv2.cvtColor(soft, cv2.COLOR_RGB2LAB), np.float32)
