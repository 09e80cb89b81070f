"""The head and body in motion: the picture of a person, bent as if the head turned on its neck and the chest breathed.

Every motion is a field on a coarse grid that grows in proportion to it, worked out once: the head's depth times the
sine of yaw or pitch, a turn around the neck for roll, and so on. A frame adds them up.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from producer.faces import points as named
from producer.render.photo.anatomy import Anatomy
from producer.render.photo.warp import Field, Grid

Array = npt.NDArray[np.float64]

MOST_TURN = 4.5
"""Degrees to which one picture can pretend to turn before it looks like a bent card."""
GAIN = 0.75
"""Of the tracks' turns; they are made for a drawn head, which can turn further."""
RIG_HEAD = 200.0
"""Height of the head in the units of the tracks' shifts."""
BREATH = 0.012
"""How far the shoulders rise, in heads."""


class Stance(NamedTuple):
    """Yaw, pitch and roll of the head and lean of the body in degrees; its shift in the tracks' units; breath 0..1."""

    yaw: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    right: float = 0.0
    down: float = 0.0
    lean: float = 0.0
    breath: float = 0.0


class Motion:
    """Displacement fields of one picture; `floor` is the y that never moves."""

    def __init__(self, grid: Grid, anatomy: Anatomy, floor: float) -> None:
        self._grid = grid
        nodes, head = grid.nodes, anatomy.head_height
        weight = _head_weight(nodes, anatomy)
        depth = _depth(nodes, anatomy)
        neck = anatomy.chin + np.array([0.0, 0.10 * head])
        standing = np.clip((floor - nodes[:, 1]) / max(floor - float(anatomy.chin[1]), 1), 0, 1)
        away = nodes - neck
        zero = np.zeros(len(nodes))
        up = nodes[:, 1] - floor
        self._fields = np.stack(
            [
                self._field(weight * (depth + 0.10 * head), zero),
                self._field(zero, weight * (depth + 0.06 * head)),
                self._field(-weight * away[:, 1], weight * away[:, 0]),
                self._field(weight * head / RIG_HEAD, zero),
                self._field(zero, weight * head / RIG_HEAD),
                self._field(-up * np.sqrt(standing), zero),
                self._field(zero, -BREATH * head * _chest(nodes, anatomy, standing)),
            ]
        ).astype(np.float32)

    def back(self, stance: Stance) -> Field:
        """Where each pixel of the grid's box comes from, relative to itself."""
        amounts = np.array(
            [
                math.sin(math.radians(soft(stance.yaw * GAIN))),
                math.sin(math.radians(soft(stance.pitch * GAIN))),
                math.radians(soft(stance.roll * GAIN)),
                stance.right,
                stance.down,
                math.radians(stance.lean),
                stance.breath,
            ],
            np.float32,
        )
        forward = np.tensordot(amounts, self._fields, axes=1)
        return self._grid.spread(self._grid.invert(forward, rounds=2))

    def _field(self, x: Array, y: Array) -> Array:
        return np.stack([x, y], axis=1).reshape(*self._grid.shape, 2)


def soft(degrees: float) -> float:
    """A turn that approaches the most there is instead of passing it."""
    return MOST_TURN * math.tanh(degrees / MOST_TURN)


def _head_weight(nodes: Array, anatomy: Anatomy) -> Array:
    """1 on the head, fading down the neck and to the sides."""
    down = (nodes - anatomy.chin) @ anatomy.axes[1] / anatomy.head_height
    middle = (anatomy.crown + anatomy.chin) / 2
    aside = np.abs((nodes - middle) @ anatomy.axes[0]) / anatomy.face_width
    return (1 - _ramp(down, -0.10, 0.42)) * (1 - _ramp(aside, 0.95, 1.8))


def _depth(nodes: Array, anatomy: Anatomy) -> Array:
    """Pixels towards the viewer: the mesh on the face, falling off to the back of the head around it."""
    points, width = anatomy.points, anatomy.face_width
    ears = points[[named.CHEEK_RIGHT, named.CHEEK_LEFT], 2].mean()
    chosen = sorted({*range(0, 468, 5), *named.OVAL})
    angles = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    middle = (anatomy.crown + anatomy.chin) / 2
    around = np.column_stack([np.cos(angles) * 0.95 * width, np.sin(angles) * 0.78 * anatomy.head_height]) + middle
    places = np.concatenate([points[chosen, :2], around])
    depths = np.concatenate([ears - points[chosen, 2], np.full(len(angles), -0.10 * width)])
    squared = ((nodes[:, None] - places[None]) ** 2).sum(axis=-1)
    near = (squared + (0.10 * anatomy.unit) ** 2) ** -1.5
    return np.asarray(near @ depths / near.sum(axis=1))


def _chest(nodes: Array, anatomy: Anatomy, standing: Array) -> Array:
    """1 at the shoulders and above them, where breath lifts most, 0 at the floor."""
    down = (nodes[:, 1] - anatomy.chin[1]) / anatomy.head_height
    return np.minimum(standing * 1.6, 1.0) * (0.75 + 0.25 * _ramp(down, 0.0, 0.5))


def _ramp(value: Array, low: float, high: float) -> Array:
    along = np.clip((value - low) / (high - low), 0, 1)
    return np.asarray(along * along * (3 - 2 * along))
