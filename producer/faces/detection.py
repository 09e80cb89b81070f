"""Finding faces: MediaPipe's BlazeFace, short range (one large face) and full range (several, smaller ones).

Both are single-shot detectors: a fixed lattice of anchors, and for each one a score, a box and six points relative to
it (Bazarevsky et al., “BlazeFace”, 2019; the lattices are those of MediaPipe's `face_detection_*_range.pbtxt`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt

from producer.faces.networks import FULL_RANGE, SHORT_RANGE, Network, Picture, blob, sigmoid

Array = npt.NDArray[np.float64]

LEAST_SCORE = 0.5
SAME_FACE = 0.3
"""Overlap (intersection over union) from which two boxes are one face."""


@dataclass(frozen=True)
class Detection:
    """A face in a picture. `points` (6, 2): its right eye, left eye (the picture's left and right), nose, mouth, and
    the two ears."""

    score: float
    centre: Array
    size: Array
    points: Array

    @property
    def tilt(self) -> float:
        """Angle of the line through the eyes, radians, clockwise."""
        right, down = self.points[1] - self.points[0]
        return float(np.arctan2(down, right))


class Lattice(NamedTuple):
    """A detector's input side, and (stride, anchors in each cell) of its layers."""

    file: str
    side: int
    layers: Sequence[tuple[int, int]]

    def anchors(self) -> Array:
        """Centres (n, 2) in input pixels."""
        layers = []
        for stride, each in self.layers:
            cells = np.arange(self.side // stride) + 0.5
            x, y = np.meshgrid(cells * stride, cells * stride)
            layers.append(np.repeat(np.stack([x.ravel(), y.ravel()], axis=1), each, axis=0))
        return np.concatenate(layers)


NEAR = Lattice(SHORT_RANGE, 128, ((8, 2), (16, 6)))
FAR = Lattice(FULL_RANGE, 192, ((4, 1),))


class FaceDetector:
    """Finds the faces of a picture, largest first."""

    def __init__(self, folder: Path, lattice: Lattice = NEAR) -> None:
        self._network = Network(folder, lattice.file)
        self._side, self._anchors = lattice.side, lattice.anchors()

    def detect(self, picture: Picture) -> list[Detection]:
        square, zoom, offset = letterbox(picture, self._side)
        outputs = self._network.run(blob(square, self._side, 1 / 127.5, 127.5))
        scores, boxes = sorted((output[0] for output in outputs.values()), key=lambda output: output.shape[-1])
        likely = sigmoid(scores[:, 0])
        kept = np.flatnonzero(likely > LEAST_SCORE)
        found = []
        for index in kept[np.argsort(-likely[kept])]:
            values = boxes[index].astype(np.float64).reshape(8, 2)
            places = (values + self._anchors[index] - offset) / zoom
            found.append(Detection(float(likely[index]), places[0], values[1] / zoom, places[2:]))
        return sorted(apart(found), key=lambda face: -float(face.size.max()))


def letterbox(picture: Picture, side: int) -> tuple[Picture, float, Array]:
    """The whole picture inside of a black square, its zoom, and where its corner lies there."""
    height, width = picture.shape[:2]
    zoom = side / max(height, width)
    size = max(1, round(width * zoom)), max(1, round(height * zoom))
    x, y = (side - size[0]) // 2, (side - size[1]) // 2
    square = np.zeros((side, side, *picture.shape[2:]), np.uint8)
    square[y : y + size[1], x : x + size[0]] = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    return square, zoom, np.array([x, y], np.float64)


def apart(faces: Sequence[Detection]) -> list[Detection]:
    """One detection for each face: of those that overlap, the first."""
    kept: list[Detection] = []
    for face in faces:
        if all(overlap(face, other) < SAME_FACE for other in kept):
            kept.append(face)
    return kept


def overlap(a: Detection, b: Detection) -> float:
    """Intersection over union of two boxes."""
    low = np.maximum(a.centre - a.size / 2, b.centre - b.size / 2)
    high = np.minimum(a.centre + a.size / 2, b.centre + b.size / 2)
    shared = float(np.prod(np.maximum(high - low, 0)))
    whole = float(np.prod(a.size) + np.prod(b.size)) - shared
    return shared / whole if whole > 0 else 0.0
