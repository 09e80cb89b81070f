"""The head in depth: where flat shapes lie on it, and how they move when it turns.

Shapes are drawn flat, from the front. Each point is given a depth z on a simple solid, then turned by yaw and pitch
and looked at from far away (orthographic). Roll and position are left to the canvas.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import skia

from producer.render.presenter.outlines import Depth, Piece, Symmetry, contours_of
from producer.render.presenter.paints import Brush, Stripes

Array = npt.NDArray[np.float64]

HEAD = 200.0
"""Height of the head without its hair: the unit of the rig is a two-hundredth of it."""
JAW_DROP = 11.0
"""Units that the chin falls when the mouth is fully open."""


UNDER_HAT = 80.0
"""Half the width of the hair beneath a hat."""


class Solid(NamedTuple):
    """An ellipsoid around (0, middle, 0), with half axes in units."""

    x: float
    y: float
    z: float
    middle: float = 0.0

    def depth(self, points: Array) -> Array:
        """z of its front at `points` (n, 2); 0 outside of its outline."""
        inside = 1 - (points[:, 0] / self.x) ** 2 - ((points[:, 1] - self.middle) / self.y) ** 2
        depth: Array = self.z * np.sqrt(np.maximum(inside, 0))
        return depth


FACE = Solid(84, 118, 78)
SKULL = Solid(79, 126, 84, -4)


class Pose(NamedTuple):
    """How the head is turned (degrees: right, down) and how far the jaw has dropped (0..1)."""

    yaw: float = 0.0
    pitch: float = 0.0
    jaw: float = 0.0


def smoothstep(low: float, high: float, value: Array) -> Array:
    along = np.clip((value - low) / (high - low), 0, 1)
    return along * along * (3 - 2 * along)


def depth_of(points: Array, depth: Depth) -> Array:
    """z of flat points: on the face, on its edge (the chin lies forward), on the hair, or at a fixed depth."""
    if depth == "face":
        return FACE.depth(points)
    if depth == "hair":
        return SKULL.depth(points)
    if depth == "edge":
        return 6 + 34 * smoothstep(10, 100, points[:, 1])
    return np.full(len(points), float(depth))


def turn(points: Array, depth: Array, pose: Pose) -> Array:
    """Flat points (n, 2) with their depth (n,), as seen when the head is turned."""
    yaw, pitch = math.radians(pose.yaw), math.radians(pose.pitch)
    x = points[:, 0] * math.cos(yaw) + depth * math.sin(yaw)
    forward = depth * math.cos(yaw) - points[:, 0] * math.sin(yaw)
    y = points[:, 1] * math.cos(pitch) + forward * math.sin(pitch)
    return np.stack([x, y], axis=1)


def anchor(x: float, y: float, pose: Pose, rise: float = 0.0) -> skia.Matrix:
    """The canvas matrix of a small flat drawing that sits on the face at (x, y), `rise` units above the skin."""
    spot = np.array([(x, y), (x + 1, y), (x, y + 1)])
    seen = turn(spot, FACE.depth(spot) + rise, pose)
    right, down = seen[1] - seen[0], seen[2] - seen[0]
    return skia.Matrix.MakeAll(right[0], down[0], seen[0, 0], right[1], down[1], seen[0, 1], 0, 0, 1)


def jaw_weight(points: Array) -> Array:
    """How much of the jaw's drop each point follows: none above the mouth, all of it at the chin."""
    return smoothstep(38, 92, points[:, 1])


@dataclass
class _Shape:
    rows: slice
    closed: bool
    piece: int


class Layer:
    """Pieces that lie on the head and turn with it, painted from first to last."""

    def __init__(
        self,
        pieces: Sequence[Piece],
        brush: Brush,
        follows_jaw: bool = False,
        jaw: float | None = None,
        brim: float | None = None,
    ) -> None:
        """`follows_jaw`: lower points drop when the mouth opens. `jaw` (0..1) widens the lower face. `brim`: what is
        above this height is pressed flat, as hair is beneath a hat."""
        self._paints = [brush.stripes(piece) or brush.paint(piece) for piece in pieces]
        self._shapes: list[_Shape] = []
        points: list[Array] = []
        depths: list[Array] = []
        count = 0
        for number, piece in enumerate(pieces):
            for contour in contours_of(piece.path, piece.symmetry):
                self._shapes.append(_Shape(slice(count, count + len(contour.points)), contour.closed, number))
                count += len(contour.points)
                points.append(contour.points)
                depths.append(depth_of(contour.points, piece.depth))
        self._points = np.vstack(points) if points else np.zeros((0, 2))
        self._depth = np.concatenate(depths) if depths else np.zeros(0)
        if jaw is not None:
            self._points = shape_jaw(self._points, jaw)
        if brim is not None:
            self._points = pressed(self._points, brim)
        self._drop = jaw_weight(self._points) * JAW_DROP if follows_jaw else np.zeros(count)

    def paths(self, pose: Pose) -> list[skia.Path]:
        """One path for each piece, as the pose shows it."""
        flat = self._points + np.stack([np.zeros_like(self._drop), self._drop * pose.jaw], axis=1)
        seen = turn(flat, self._depth, pose).tolist()
        paths = [skia.Path() for _ in self._paints]
        for shape in self._shapes:
            add_contour(paths[shape.piece], seen[shape.rows], shape.closed)
        return paths

    def draw(self, canvas: skia.Canvas, pose: Pose) -> None:
        for path, paint in zip(self.paths(pose), self._paints, strict=True):
            if isinstance(paint, Stripes):
                paint.fill(canvas, path)
            else:
                canvas.drawPath(path, paint)


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


def add_contour(path: skia.Path, points: list[list[float]], closed: bool) -> None:
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
