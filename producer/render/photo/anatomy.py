"""Where things are in one face: its axes and unit, its lips, jaw, cheeks, brows and eyes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from producer.faces import points as named

Array = npt.NDArray[np.float64]

CHEEKS = (205, 425, 207, 427, 187, 411, 216, 436, 212, 432)
"""Beside the mouth, where a dimple would be; they follow its corners."""
BROWS = named.RIGHT_BROW_TOP + named.RIGHT_BROW_UNDER + named.LEFT_BROW_TOP + named.LEFT_BROW_UNDER
LIDS = named.RIGHT_LID_UPPER + named.RIGHT_LID_LOWER[1:-1] + named.LEFT_LID_UPPER + named.LEFT_LID_LOWER[1:-1]
STILL = (
    168, 6, 197, 195, 5, 4, 1, 2, 98, 327, 48, 278, 94, 116, 345, 117, 346, 118,
    347, 50, 280, 101, 330, 36, 266, 10, 151, 9, 109, 338, 67, 297, 103, 332, 54, 284, 234, 454,
)  # fmt: skip
"""Nose, cheekbones and forehead: the skull, which no expression moves."""
IRISES = named.RIGHT_IRIS + named.LEFT_IRIS
HEAD_OVER_FACE = 1.2
"""Height of the head, crown to chin, over that of the mesh, which begins at the hairline."""


@dataclass(frozen=True)
class Anatomy:
    """A face whose mesh `points` (478, 3) are known, in pixels of its picture."""

    points: Array

    @property
    def flat(self) -> Array:
        return self.points[:, :2]

    @cached_property
    def eyes(self) -> Array:
        """Middles of the two eyes (2, 2), the picture's left one first."""
        corners = ((named.EYE_RIGHT_OUTER, named.EYE_RIGHT_INNER), (named.EYE_LEFT_INNER, named.EYE_LEFT_OUTER))
        return np.array([self.flat[list(pair)].mean(axis=0) for pair in corners])

    @cached_property
    def unit(self) -> float:
        """Pixels between the middles of the eyes."""
        return float(np.linalg.norm(self.eyes[1] - self.eyes[0]))

    @cached_property
    def axes(self) -> Array:
        """The face's x and y directions as rows (2, 2)."""
        right = (self.eyes[1] - self.eyes[0]) / self.unit
        return np.array([right, [-right[1], right[0]]])

    @cached_property
    def origin(self) -> Array:
        """The middle of the mouth."""
        return np.asarray((self.flat[named.MOUTH_RIGHT] + self.flat[named.MOUTH_LEFT]) / 2)

    def to_face(self, places: Array) -> Array:
        """From pixels to units of the face."""
        return (places - self.origin) @ self.axes.T / self.unit

    def to_pixels(self, places: Array) -> Array:
        return places @ self.axes * self.unit + self.origin

    def row(self, numbers: tuple[int, ...]) -> Array:
        """Named points in units of the face."""
        return self.to_face(self.flat[list(numbers)])

    @cached_property
    def chin(self) -> Array:
        return np.asarray(self.flat[named.CHIN])

    @cached_property
    def head_height(self) -> float:
        """Crown (without hair) to chin, in pixels."""
        return HEAD_OVER_FACE * float(np.linalg.norm(self.flat[named.FOREHEAD] - self.chin))

    @cached_property
    def crown(self) -> Array:
        return np.asarray(self.chin + HEAD_OVER_FACE * (self.flat[named.FOREHEAD] - self.chin))

    @cached_property
    def face_width(self) -> float:
        return float(np.linalg.norm(self.flat[named.CHEEK_LEFT] - self.flat[named.CHEEK_RIGHT]))

    @cached_property
    def turn(self) -> tuple[float, float, float]:
        """Yaw, pitch and roll in degrees, + is right, down, clockwise in the picture; from the mesh's depth."""
        eyes, across = self.eyes, self.points[named.CHEEK_LEFT] - self.points[named.CHEEK_RIGHT]
        down = self.points[named.CHIN] - self.points[named.FOREHEAD]
        right, depth = eyes[1] - eyes[0], np.hypot(across[0], across[1])
        return (
            float(np.degrees(np.arctan2(across[2], depth))),
            float(np.degrees(np.arctan2(-down[2], np.hypot(down[0], down[1])))),
            float(np.degrees(np.arctan2(right[1], right[0]))),
        )

    def scaled(self, zoom: float, shift: tuple[float, float] = (0.0, 0.0)) -> Anatomy:
        """The same face in a picture that was enlarged by `zoom` and then moved."""
        return Anatomy(self.points * zoom + np.array([*shift, 0.0]))
