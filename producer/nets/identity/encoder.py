"""The face encoder that OpenCV publishes: a face becomes 128 numbers, alike for one person and unlike for two.

    RGB picture + mesh ─▶ five points ─▶ turned and scaled to 112 × 112 ─▶ MobileFaceNet ─▶ unit vector

Y. Zhong and others, SFace: Sigmoid-Constrained Hypersphere Loss for Robust Face Recognition, IEEE TIP 2021
(arXiv:2205.12010). The weights are OpenCV Zoo's `face_recognition_sface_2021dec.onnx` (Apache-2.0); where the five points
go, and that pixels stay 0..255 in RGB, is read off OpenCV's `FaceRecognizerSF` (objdetect, `face_recognize.cpp`).
It imports cv2 at the top: only an engine, or a process of its own, imports this.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from config.errors import Unavailable
from producer.faces import points as named

ID, FILE = "identity", "face_recognition_sface_2021dec.onnx"
SIDE, SIZE = 112, 128
PLACES = np.array([[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]])
"""Where the picture's left eye, right eye, the nose, and the mouth's left and right corner lie in an aligned face."""
SAME = 0.363
"""From this similarity on it is taken for the same person: the bound that OpenCV gives for these weights (it found 99.60 %
of the pairs of LFW right with it)."""

Picture = npt.NDArray[np.uint8]
Vector = npt.NDArray[np.float32]
Points = npt.NDArray[np.float64]


class FaceEncoder:
    """Loads in a tenth of a second; a face takes some tens of milliseconds on one core."""

    def __init__(self, folder: Path) -> None:
        """`folder`: what `run.py pull identity` filled. Raises Unavailable."""
        try:
            self._net = cv2.dnn.readNetFromONNX(str(folder / FILE))
        except cv2.error as error:
            raise Unavailable("The face encoder is missing or damaged.", f"Run `run.py pull {ID}`.") from error

    def encode(self, aligned: Picture) -> Vector:
        """The unit vector (128) of an aligned face, RGB (112, 112, 3)."""
        self._net.setInput(cv2.dnn.blobFromImage(aligned, 1.0, (SIDE, SIDE), (0, 0, 0), swapRB=False))
        found = np.asarray(self._net.forward(), np.float32).ravel()
        return np.asarray(found / max(float(np.linalg.norm(found)), 1e-9), np.float32)


def five_points(mesh: Points) -> Points:
    """(5, 2) in the order of `PLACES`, of a mesh of 468 or 478 points, (n, 2 or 3)."""
    flat = mesh[:, :2]
    eyes = (named.EYE_RIGHT_OUTER, named.EYE_RIGHT_INNER), (named.EYE_LEFT_INNER, named.EYE_LEFT_OUTER)
    corners = [flat[number] for number in (named.NOSE_TIP, named.MOUTH_RIGHT, named.MOUTH_LEFT)]
    return np.stack([*(flat[list(pair)].mean(axis=0) for pair in eyes), *corners])


def align(picture: Picture, points: Points) -> Picture:
    """The face (112, 112, 3) whose five points these are, turned upright. `picture`: RGB."""
    matrix = similarity_transform(points, PLACES)
    return np.asarray(cv2.warpAffine(picture, matrix, (SIDE, SIDE), flags=cv2.INTER_LINEAR), np.uint8)


def similarity_transform(source: Points, target: Points) -> Points:
    """The (2, 3) map that turns, scales and moves `source` nearest to `target` by least squares, and never mirrors
    (Umeyama, “Least-squares estimation of transformation parameters between two point patterns”, 1991)."""
    middle, wanted = source.mean(axis=0), target.mean(axis=0)
    left, right = source - middle, target - wanted
    u, stretch, v = np.linalg.svd(right.T @ left / len(source))
    signs = np.array([1.0, 1.0 if np.linalg.det(u) * np.linalg.det(v) >= 0 else -1.0])
    turn = u @ np.diag(signs) @ v
    zoom = float(stretch @ signs) / max(float(left.var(axis=0).sum()), 1e-12)
    return np.column_stack([zoom * turn, wanted - zoom * turn @ middle])


def similarity(one: Vector, other: Vector) -> float:
    """-1..1: the cosine of two faces' vectors."""
    return float(np.clip(one @ other, -1.0, 1.0))


def centre(vectors: Sequence[Vector]) -> Vector:
    """The unit vector in the middle of several: one person in several pictures."""
    found = np.mean(np.stack(vectors), axis=0)
    return np.asarray(found / max(float(np.linalg.norm(found)), 1e-9), np.float32)
