"""Many small pictures on one, each with its name."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
import skia

from producer.render.text import MEDIUM, SEMIBOLD, Style, Typesetter

Pixels = npt.NDArray[np.uint8]

PAPER, INK, FAINT = "#f4f2ee", "#22252c", "#6c7079"
GAP, LABEL, TITLE = 16, 34, 64


class Tile(NamedTuple):
    """A picture, opaque RGBA, and what is written below it."""

    label: str
    pixels: Pixels


def contact_sheet(tiles: Sequence[Tile], columns: int, title: str = "") -> Pixels:
    """All tiles in rows of `columns`, opaque RGBA. They must be of one size. Raises ValueError when there is none."""
    if not tiles:
        raise ValueError("a contact sheet needs at least one picture")
    high, wide = tiles[0].pixels.shape[:2]
    rows, head = math.ceil(len(tiles) / columns), TITLE if title else GAP
    sheet = np.empty((head + rows * (high + LABEL + GAP), GAP + columns * (wide + GAP), 4), np.uint8)
    canvas = skia.Surface(sheet).getCanvas()
    canvas.clear(skia.Color(*bytes.fromhex(PAPER[1:])))
    type_ = Typesetter()
    type_.draw(canvas, title, GAP, TITLE * 0.66, Style(28, SEMIBOLD, INK))
    for number, tile in enumerate(tiles):
        x = GAP + number % columns * (wide + GAP)
        y = head + number // columns * (high + LABEL + GAP)
        sheet[y : y + high, x : x + wide] = tile.pixels
        label = Style(18, MEDIUM, FAINT)
        type_.draw(canvas, type_.shorten(tile.label, label, wide), x, y + high + LABEL * 0.72, label)
    return sheet


def shrunk(pixels: Pixels, share: float) -> Pixels:
    """The picture at a share of its size, every pixel counted."""
    size = round(pixels.shape[1] * share), round(pixels.shape[0] * share)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def png(pixels: Pixels) -> bytes:
    """A picture as a PNG file."""
    _, data = cv2.imencode(".png", cv2.cvtColor(pixels, cv2.COLOR_RGBA2BGR), [cv2.IMWRITE_PNG_COMPRESSION, 9])
    return data.tobytes()
