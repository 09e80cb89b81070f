"""Blinking: clean skin from above the lashes is drawn down over the eye, and the lashes ride on its edge."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from producer.faces import points as named
from producer.render.photo.anatomy import Anatomy
from producer.render.photo.warp import Pixels

Array = npt.NDArray[np.float32]
Precise = npt.NDArray[np.float64]
Rows = npt.NDArray[np.floating[Any]]

EYES = (
    (named.RIGHT_LID_UPPER, named.RIGHT_LID_LOWER, named.RIGHT_BROW_UNDER),
    (named.LEFT_LID_UPPER, named.LEFT_LID_LOWER, named.LEFT_BROW_UNDER),
)
LASH = 0.16
"""Height of the lash band above the lid's edge, over the height of the eye."""
CLEAN = (1.1, 0.8, 0.55, 0.35)
"""How much skin above the lashes may be drawn down, likewise: the most that is all of one colour, which brows and the
rims of glasses are not."""
ONE_COLOUR = 15.0
"""Spread of brightness, of 255, that skin has by itself."""
SOFT = 0.5
"""How far drawn-down skin is smoothed along the lid, likewise."""
LIKE_BELOW = 0.6
"""How far a lid takes on the colour of the skin under the eye: above it are shadow, gleam and the tint of glasses."""
REST = 0.06
"""How far above the lower lid the closed edge lies, likewise."""
LEAST = 0.03


@dataclass(frozen=True)
class _Eye:
    """One eye by columns (all arrays one value for each column, y in pixels of the picture)."""

    left: int
    top: int
    columns: Array
    upper: Array
    lower: Array
    lash: float
    clean: Array
    height: float
    weight: Array
    """1 in the eye, 0 at its corners and beyond."""
    dark: Array
    """Colour of the lashes."""
    tint: Array
    """What drawn-down skin lacks of the colour of a lid."""

    @property
    def bottom(self) -> int:
        return int(self.lower.max() + 0.35 * self.height) + 2


class Lids:
    def __init__(self, picture: Pixels, anatomy: Anatomy) -> None:
        self._eyes = [_eye(picture, anatomy, *rows) for rows in EYES]

    def close(self, pixels: Pixels, corner: tuple[int, int], shut: float) -> None:
        """Shut the lids 0..1 in `pixels` (premultiplied RGBA, opaque here), whose first pixel is `corner` (x, y)."""
        if shut < LEAST:
            return
        for eye in self._eyes:
            rows = slice(eye.top - corner[1], eye.bottom - corner[1])
            columns = slice(eye.left - corner[0], eye.left - corner[0] + len(eye.columns))
            part = pixels[rows, columns]
            part[..., :3] = _shut(part, eye, min(shut, 1.0))


def _shut(part: Pixels, eye: _Eye, shut: float) -> Pixels:
    y = np.arange(part.shape[0], dtype=np.float32)[:, None] + eye.top
    arc = np.minimum(1.0, eye.weight * 1.3)
    rest = eye.lower - REST * eye.height * eye.weight
    edge = eye.upper + (rest - eye.upper) * shut * arc
    first, last = eye.upper - eye.lash - eye.clean, eye.upper - eye.lash
    along = np.clip((y - first) / np.maximum(edge - first, 1), 0, 1)
    source = first + along ** (1 + 0.35 * shut) * (last - first) - eye.top
    x = np.broadcast_to(eye.columns - eye.left, source.shape).astype(np.float32)
    skin = cv2.remap(part[..., :3], x, source.astype(np.float32), cv2.INTER_LINEAR)
    skin = cv2.blur(skin, (int(SOFT * eye.height) | 1, 3)).astype(np.float32)  # stretched pores and hairs are streaks
    depth = np.clip((y - last) / np.maximum(eye.lower - last, 1), 0, 1.2)
    crease = 0.05 * np.exp(-(((depth - 0.10) / 0.10) ** 2))
    skin = skin + eye.tint
    skin *= (1 - shut * (0.15 * depth * depth + crease))[..., None].astype(np.float32)
    over = np.clip((y - first) / np.maximum(0.5 * eye.clean, 1), 0, 1) * np.clip(0.5 + (edge - y) / 1.8, 0, 1)
    drawn = part[..., :3] + (skin - part[..., :3]) * (over * eye.weight)[..., None]
    thick = (0.10 + 0.06 * np.abs(np.linspace(-1, 1, len(eye.columns)))) * eye.height + 0.9
    lashes = np.exp(-(((y - edge - 0.1 * thick) / (0.7 * thick)) ** 2)) * eye.weight * min(1.0, 1.6 * shut) * 0.85
    drawn += (eye.dark - drawn) * lashes[..., None].astype(np.float32)
    return np.asarray(np.clip(drawn, 0, 255), np.uint8)


def _eye(picture: Pixels, anatomy: Anatomy, *rows: tuple[int, ...]) -> _Eye:
    upper, lower, brow = (_by_x(anatomy.flat[list(numbers)]) for numbers in rows)
    start, end = float(upper[0, 0]), float(upper[-1, 0])
    columns = np.arange(int(start - 0.1 * (end - start)), int(end + 0.1 * (end - start)) + 2, dtype=np.float32)
    within = np.clip(columns, start, end)
    above = np.polyval(np.polyfit(upper[:, 0], upper[:, 1], 4), within)
    below = np.polyval(np.polyfit(lower[:, 0], lower[:, 1], 3), within)
    height = float((below - above).max())
    lash = LASH * height + 1
    room = np.maximum(above - lash - np.interp(columns, brow[:, 0], brow[:, 1]), 3)
    clean = _clean_skin(
        picture, columns, np.asarray(above - lash, np.float64), np.asarray(0.75 * room, np.float64), height
    )
    share = np.clip((columns - start) / (end - start), 0, 1)
    weight = np.clip(np.sin(np.pi * share), 0, 1) ** 0.6
    top = int((above - lash - clean).min()) - 1
    eye = picture[int(above.min()) - 2 : int(below.max()), int(columns[0]) : int(columns[-1])]
    dark = np.percentile(eye[..., :3].reshape(-1, 3), 5, axis=0)
    over = _skin_colour(picture, columns, above - lash - clean, above - lash)
    under = _skin_colour(picture, columns, below + 0.35 * height, below + 1.1 * height)
    values = above, below, clean, weight, 0.9 * dark, LIKE_BELOW * (under - over)
    upper_y, lower_y, skin, opened, lashes, tint = (np.asarray(value, np.float32) for value in values)
    return _Eye(int(columns[0]), top, columns, upper_y, lower_y, lash, skin, height, opened, lashes, tint)


def _skin_colour(picture: Pixels, columns: Array, first: Rows, last: Rows) -> Precise:
    """The usual colour (RGB) between two rows, in the middle of the eye."""
    inner = slice(len(columns) // 4, -len(columns) // 4)
    y = (first + np.linspace(0, 1, 12)[:, None] * (last - first))[:, inner].astype(np.float32)
    x = np.broadcast_to(columns[inner], y.shape).copy()
    seen = cv2.remap(np.ascontiguousarray(picture[..., :3]), x, y, cv2.INTER_LINEAR)
    return np.asarray(np.median(seen.reshape(-1, 3), axis=0), np.float64)


def _clean_skin(picture: Pixels, columns: Array, floor: Precise, most: Precise, height: float) -> Precise:
    """How far above `floor` each column is nothing but skin."""
    luma = cv2.cvtColor(np.ascontiguousarray(picture[..., :3]), cv2.COLOR_RGB2GRAY).astype(np.float32)
    inner = slice(len(columns) // 6, -len(columns) // 6)
    clean = most
    for share in CLEAN:
        clean = np.minimum(most, share * height)
        along = np.linspace(0, 1, 12)[:, None]
        y = (floor - along * clean)[:, inner].astype(np.float32)
        seen = cv2.remap(luma, np.broadcast_to(columns[inner], y.shape).copy(), y, cv2.INTER_LINEAR)
        if float(seen.std()) <= ONE_COLOUR:
            break
    return clean


def _by_x(points: Precise) -> Precise:
    return points[np.argsort(points[:, 0])]
