"""Bending a picture: a few moved points carry everything around them, softly.

The displacement between the points is a thin-plate spline (Bookstein, “Principal Warps”, 1989), the smoothest surface
through them. It is worked out on a coarse grid, as a matrix times the points' moves, then inverted there, because
a picture is drawn by asking, for each pixel, where it comes from.
"""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from producer.render.layout import Box

Array = npt.NDArray[np.float64]
Field = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]

NO_MAP: Any = None
"""cv2.remap's second map, where the first one holds both axes; its stub does not know that."""
STIFFNESS = 1e-4
"""How little the spline may miss a point, so that neighbours which disagree do not tear it."""


class Grid:
    """A coarse grid over a box of whole pixels; `step` pixels, an odd number, between its nodes."""

    def __init__(self, left: int, top: int, width: int, height: int, step: int) -> None:
        self.left, self.top, self.width, self.height, self.step = left, top, width, height, step
        columns, rows = -(-width // step) + 1, -(-height // step) + 1
        self.shape = rows, columns
        x, y = np.meshgrid(np.arange(columns) * float(step), np.arange(rows) * float(step))
        self.nodes: Array = np.stack([x.ravel() + left, y.ravel() + top], axis=1)
        self._x, self._y = (np.asarray(axis / step, np.float32) for axis in (x, y))

    @property
    def box(self) -> Box:
        return Box(self.left, self.top, self.width, self.height)

    def invert(self, forward: Field, rounds: int = 3) -> Field:
        """Where each node comes from: b(x) = -f(x + b(x)), by repetition. Fields are (rows, columns, 2) in pixels."""
        back = -forward
        for _ in range(rounds):
            x, y = self._x + back[..., 0] / self.step, self._y + back[..., 1] / self.step
            moved = cv2.remap(forward, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
            back = -np.asarray(moved, np.float32)
        return back

    def spread(self, field: Field) -> Field:
        """A field of the nodes for every pixel of the box (height, width, 2).

        `cv2.resize` puts node n at the middle of its n-th tile, so that with odd tiles it is exactly on a pixel.
        """
        rows, columns = self.shape
        size = columns * self.step, rows * self.step
        spread, half = cv2.resize(field, size, interpolation=cv2.INTER_LINEAR), self.step // 2
        return np.asarray(spread[half : half + self.height, half : half + self.width], np.float32)


class Spline:
    """Displacements on a grid that follow moving points and spare still ones."""

    def __init__(self, grid: Grid, moving: Array, still: Array, unit: float) -> None:
        """Points in pixels; `unit` (the face's) keeps the numbers small."""
        self._grid, self._unit = grid, unit
        centres = np.concatenate([moving, still]) / unit
        count = len(centres)
        affine = np.column_stack([np.ones(count), centres])
        system = np.zeros((count + 3, count + 3))
        system[:count, :count] = _thin_plate(centres, centres) + STIFFNESS * np.eye(count)
        system[:count, count:], system[count:, :count] = affine, affine.T
        nodes = grid.nodes / unit
        basis = np.column_stack([_thin_plate(nodes, centres), np.ones(len(nodes)), nodes])
        # only the moving points' columns ever meet a value other than zero
        self._weights = np.asarray(np.linalg.solve(system, basis.T)[: len(moving)].T, np.float32)

    def forward(self, moves: Array) -> Field:
        """The field (rows, columns, 2) in pixels for the moving points' displacements (n, 2) in pixels."""
        return np.asarray((self._weights @ moves.astype(np.float32)).reshape(*self._grid.shape, 2), np.float32)


def _thin_plate(a: Array, b: Array) -> Array:
    squared = ((a[:, None] - b[None]) ** 2).sum(axis=-1)
    return np.asarray(0.5 * squared * np.log(squared + 1e-12))
