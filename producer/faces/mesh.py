"""Points on a face: MediaPipe's face mesh, 468 points (quick) or 478 with irises (precise).

The network sees a square crop, turned so that the eyes are level, half as large again as the face
(`face_landmark_front_cpu.pbtxt`). Depth has the unit of x and grows away from the viewer.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from producer.faces.detection import Detection
from producer.faces.networks import (
    PRECISE_MESH,
    PRECISE_MESH_MEMBER,
    QUICK_MESH,
    Network,
    Picture,
    blob,
    sigmoid,
)
from producer.faces.points import EYE_LEFT_OUTER, EYE_RIGHT_OUTER

Array = npt.NDArray[np.float64]

MARGIN = 1.5


@dataclass(frozen=True)
class Crop:
    """A turned square of a picture: its centre, its side in pixels, and its turn in radians, clockwise."""

    centre: Array
    side: float
    turn: float = 0.0

    def to_picture(self, side: int) -> Array:
        """The affine map (2, 3) from a `side` × `side` image of the crop to the picture."""
        zoom, cos, sin = self.side / side, np.cos(self.turn), np.sin(self.turn)
        axes = zoom * np.array([[cos, -sin], [sin, cos]])
        return np.column_stack([axes, self.centre - axes @ np.full(2, side / 2)])


@dataclass(frozen=True)
class Landmarks:
    """`points` (n, 3): x, y in pixels and depth. `score` 0..1: how surely this is a face."""

    points: Array
    score: float

    @property
    def flat(self) -> Array:
        return self.points[:, :2]


class FaceMesh:
    """Fits points to one face."""

    def __init__(self, folder: Path, precise: bool = False) -> None:
        self._network = Network(folder, PRECISE_MESH, PRECISE_MESH_MEMBER) if precise else Network(folder, QUICK_MESH)
        self._side, self._count = (256, 478) if precise else (192, 468)

    def fit(self, picture: Picture, crop: Crop) -> Landmarks:
        to_picture = crop.to_picture(self._side)
        flags = cv2.INTER_AREA if crop.side > 2 * self._side else cv2.INTER_LINEAR
        seen = cv2.warpAffine(
            picture, to_picture, (self._side, self._side), flags=flags | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        )  # fmt: skip
        outputs = self._network.run(blob(np.asarray(seen, np.uint8), self._side, 1 / 255))
        points = next(o for o in outputs.values() if o.size == 3 * self._count).reshape(-1, 3).astype(np.float64)
        flag = next(o for o in outputs.values() if o.shape == (1, 1, 1, 1))
        flat = points[:, :2] @ to_picture[:, :2].T + to_picture[:, 2]
        return Landmarks(np.column_stack([flat, points[:, 2] * crop.side / self._side]), float(sigmoid(flag).item()))


def crop_of_detection(face: Detection) -> Crop:
    return Crop(face.centre, MARGIN * float(face.size.max()), face.tilt)


def crop_of_points(points: Array) -> Crop:
    """The crop that shows a face whose points are known: of the same picture, or of the frame before."""
    flat = points[:, :2]
    right, down = flat[EYE_LEFT_OUTER] - flat[EYE_RIGHT_OUTER]
    turn = float(np.arctan2(down, right))
    level = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    placed = flat @ level.T
    low, high = placed.min(axis=0), placed.max(axis=0)
    return Crop(level.T @ ((low + high) / 2), MARGIN * float((high - low).max()), turn)
