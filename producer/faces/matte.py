"""Which pixels belong to the person: MediaPipe's selfie segmentation, coarse (256 × 256) but sure."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from producer.faces.networks import PERSON, Network, Picture, blob

Mask = npt.NDArray[np.float32]

SIDE = 256


class PersonFinder:
    def __init__(self, folder: Path) -> None:
        self._network = Network(folder, PERSON)

    def find(self, picture: Picture) -> Mask:
        """0..1 for each pixel, soft at the edge."""
        shrunk = np.asarray(cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA), np.uint8)
        (coarse,) = self._network.run(blob(shrunk, SIDE, 1 / 255)).values()
        height, width = picture.shape[:2]
        whole = cv2.resize(coarse.reshape(SIDE, SIDE), (width, height), interpolation=cv2.INTER_CUBIC)
        return np.asarray(np.clip(whole, 0, 1), np.float32)
