"""The network files, and reading one.

    face_detection_short_range.tflite   one large face           128 × 128
    face_detection_full_range.tflite    several, smaller faces   192 × 192
    face_landmark.tflite                468 points, quick        192 × 192
    face_landmarker.task                478 points, precise      256 × 256   (a zip of networks)
    selfie_segmentation.tflite          person or background     256 × 256

OpenCV's newer graph engine gives only one of several outputs of these files; the classic one gives them all, but
OpenCV 5.0.0 takes it only for a file, not for bytes in memory. So a network inside of a zip is unpacked first.
"""

from __future__ import annotations

import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from config.errors import Unavailable

Tensor = npt.NDArray[np.float32]
Picture = npt.NDArray[np.uint8]

SHORT_RANGE = "face_detection_short_range.tflite"
FULL_RANGE = "face_detection_full_range.tflite"
QUICK_MESH = "face_landmark.tflite"
PRECISE_MESH = "face_landmarker.task"
PRECISE_MESH_MEMBER = "face_landmarks_detector.tflite"
PERSON = "selfie_segmentation.tflite"


class Network:
    """One loaded network; `run` gives its outputs by name."""

    def __init__(self, folder: Path, file: str, member: str = "") -> None:
        """`member`: the network inside of a zip. Raises Unavailable when it is missing or damaged."""
        try:
            with _unpacked(folder / file, member) as path:
                self._net: Any = cv2.dnn.readNetFromTFLite(str(path), engine=cv2.dnn.ENGINE_CLASSIC)
        except (OSError, KeyError, zipfile.BadZipFile, cv2.error) as error:
            raise Unavailable(f"The face model {file} is missing or damaged.", "Run `run.py pull photo`.") from error
        self._outputs = list(self._net.getUnconnectedOutLayersNames())

    def run(self, blob: Tensor) -> dict[str, Tensor]:
        self._net.setInput(blob)
        return dict(zip(self._outputs, self._net.forward(self._outputs), strict=True))


def blob(picture: Picture, side: int, scale: float, mean: float = 0.0) -> Tensor:
    """A picture as a network's input (1, 3, side, side); a grey one (height, width) is taken as three equal colours."""
    if picture.ndim == 2:
        picture = np.asarray(cv2.cvtColor(picture, cv2.COLOR_GRAY2RGB), np.uint8)
    return np.asarray(cv2.dnn.blobFromImage(picture, scale, (side, side), (mean,) * 3), np.float32)


def sigmoid(value: Tensor | float) -> npt.NDArray[np.float64]:
    return np.asarray(1 / (1 + np.exp(-np.clip(np.asarray(value, np.float64), -60, 60))))


@contextmanager
def _unpacked(path: Path, member: str) -> Iterator[Path]:
    if not member:
        yield path
        return
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as folder:
        yield Path(archive.extract(member, folder))
