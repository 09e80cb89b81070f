"""The head in depth: where flat shapes lie on it, and how they move when it turns.

Shapes are drawn flat, from the front. Each point is given a depth z on a simple solid, then turned by yaw and pitch,
looked at from far away (orthographic), and rolled. Position and size are left to the canvas.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import skia

from producer.render.presenter.outlines import Depth

Array = npt.NDArray[np.float64]
Seen = list[list[float]]
"""Points (x, y) as they are drawn: plain lists, because that is what skia takes."""

HEAD = 200.0
"""Height of the head without its hair: the unit of the rig is a two-hundredth of it."""


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
    """How the head is turned (degrees: right, down), how far the jaw has dropped (0..1), and how the head is rolled
    (degrees clockwise, around the middle)."""

    yaw: float = 0.0
    pitch: float = 0.0
    jaw: float = 0.0
    roll: float = 0.0


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


def jaw_weight(points: Array) -> Array:
    """How much of the jaw's drop each point follows: none above the mouth, all of it at the chin."""
    return smoothstep(38, 92, points[:, 1])


class Cloud:
    """All points of a head: collected when it is made, turned together for every frame."""

    def __init__(self) -> None:
        self._points: list[Array] = []
        self._depth: list[Array] = []
        self._drop: list[Array] = []
        self._count = 0

    def add(self, points: Array, depth: Array, drop: float = 0.0) -> slice:
        """Flat points (n, 2) and their depth (n,); returns where they are in what is seen. `drop`: how many units
        those at the chin fall when the mouth is fully open."""
        self._points.append(points)
        self._depth.append(depth)
        self._drop.append(drop * jaw_weight(points))
        rows = slice(self._count, self._count + len(points))
        self._count = rows.stop
        return rows

    def add_plane(self, x: float, y: float, rise: float = 0.0) -> slice:
        """The plane that touches the face at (x, y), or lies `rise` units above the skin there; see `plane_matrix`."""
        spot = np.array([(x, y), (x + 1, y), (x, y + 1)])
        return self.add(spot, FACE.depth(spot) + rise)

    def seen(self, pose: Pose) -> Seen:
        """Every point as (x, y), when the head is turned so."""
        x, y, depth, drop = self._arrays
        yaw, pitch, roll = math.radians(pose.yaw), math.radians(pose.pitch), math.radians(pose.roll)
        forward = depth * math.cos(yaw) - x * math.sin(yaw)
        right = x * math.cos(yaw) + depth * math.sin(yaw)
        down = (y + drop * pose.jaw) * math.cos(pitch) + forward * math.sin(pitch)
        seen = np.empty((self._count, 2))
        seen[:, 0] = right * math.cos(roll) - down * math.sin(roll)
        seen[:, 1] = right * math.sin(roll) + down * math.cos(roll)
        points: Seen = seen.tolist()
        return points

    @cached_property
    def _arrays(self) -> tuple[Array, Array, Array, Array]:
        points = np.vstack(self._points)
        return points[:, 0].copy(), points[:, 1].copy(), np.concatenate(self._depth), np.concatenate(self._drop)


def plane_matrix(plane: Seen) -> skia.Matrix:
    """The canvas matrix of a small flat drawing on a plane, from the plane's three points as they are seen."""
    (x, y), right, down = plane
    return skia.Matrix.MakeAll(right[0] - x, down[0] - x, x, right[1] - y, down[1] - y, y, 0, 0, 1)
