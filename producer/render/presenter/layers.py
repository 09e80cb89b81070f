"""Flat shapes that lie on the head and turn with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import skia

from producer.render.presenter.outlines import Piece, Symmetry, contours_of
from producer.render.presenter.paints import Brush
from producer.render.presenter.rig import Array, Cloud, Seen, depth_of
from producer.render.presenter.textures import Box

JAW_DROP = 11.0
"""Units that the chin falls when the mouth is fully open."""
UNDER_HAT = 80.0
"""Half the width of the hair beneath a hat."""


class _Shape(NamedTuple):
    rows: slice
    closed: bool
    piece: int


class Layer:
    """Pieces that turn with the head, painted from first to last."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        brush: Brush,
        cloud: Cloud,
        follows_jaw: bool = False,
        jaw: float | None = None,
        brim: float | None = None,
    ) -> None:
        """`cloud` takes up the pieces' points. `follows_jaw`: lower points drop when the mouth opens. `jaw` (0..1)
        widens the lower face. `brim`: what is above this height is pressed flat, as hair is beneath a hat."""
        self._paints: list[skia.Paint] = []
        self._shapes: list[_Shape] = []
        for number, piece in enumerate(pieces):
            contours = contours_of(piece.path, piece.symmetry)
            self._paints.append(brush.baked(piece, around([contour.points for contour in contours])))
            for contour in contours:
                points = contour.points if jaw is None else shape_jaw(contour.points, jaw)
                points = points if brim is None else pressed(points, brim)
                depth = depth_of(contour.points, piece.depth)
                rows = cloud.add(points, depth, drop=JAW_DROP if follows_jaw else 0.0)
                self._shapes.append(_Shape(rows, contour.closed, number))

    def paths(self, seen: Seen) -> list[skia.Path]:
        """One path for each piece; `seen` is what the cloud shows."""
        paths = [skia.Path() for _ in self._paints]
        for shape in self._shapes:
            add_contour(paths[shape.piece], seen[shape.rows], shape.closed)
        return paths

    def draw(self, canvas: skia.Canvas, seen: Seen) -> list[skia.Path]:
        """Paint every piece; returns their paths."""
        paths = self.paths(seen)
        for path, paint in zip(paths, self._paints, strict=True):
            canvas.drawPath(path, paint)
        return paths


def around(points: Sequence[Array]) -> Box:
    """A box with room for what turns: the points, and half as much again to each side."""
    every = np.vstack(points)
    low, high = every.min(axis=0), every.max(axis=0)
    spare = np.maximum((high - low) / 2, 4.0)
    return (*(low - spare).tolist(), *(high + spare).tolist())


def shape_jaw(points: Array, jaw: float) -> Array:
    """Widen (jaw > 0.4) or slim the lower face; the brow and the crown stay."""
    spread = 1 + (jaw - 0.4) * 0.20 * np.sin(np.pi * np.clip((points[:, 1] - 5) / 125, 0, 1))
    return np.stack([points[:, 0] * spread, points[:, 1]], axis=1)


def pressed(points: Array, brim: float) -> Array:
    """Push what lies above the brim down to it, and in towards the head."""
    above = points[:, 1] < brim
    x = np.where(above, np.clip(points[:, 0], -UNDER_HAT, UNDER_HAT), points[:, 0])
    y = np.where(above, brim + 0.05 * (points[:, 1] - brim), points[:, 1])
    return np.stack([x, y], axis=1)


def add_contour(path: skia.Path, points: Seen, closed: bool) -> None:
    """Append a chain of cubic curves (see `outlines`)."""
    path.moveTo(*points[0])
    for n in range(1, len(points), 3):
        path.cubicTo(*points[n], *points[n + 1], *points[n + 2])
    if closed:
        path.close()


def path_of(text: str, symmetry: Symmetry = "none") -> skia.Path:
    """A flat path as it is written."""
    path = skia.Path()
    for contour in contours_of(text, symmetry):
        add_contour(path, contour.points.tolist(), contour.closed)
    return path
