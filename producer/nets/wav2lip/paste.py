"""Putting the face that the network made back into the still: only mouth, cheeks and jaw, and softly."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from producer.faces import points as named
from producer.nets.wav2lip.layers import SIDE
from producer.nets.wav2lip.still import Still
from producer.render.layout import Box

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]

TAKEN = (*named.JAW, named.NOSE_BASE, 205, 425)
"""What encloses all that speaks: the jaw, the base of the nose, the cheeks beside it."""
GROWN, SOFT, EDGE = 2, 2.5, 6.0
"""In pixels of the network's face: how much is taken beyond the jaw's outline, how softly it ends, and how long it
takes to fade out before the face's own edges."""


class Paste:
    """`box` is the part of the picture that changes; its sides are even. Nothing outside of it ever does."""

    def __init__(self, still: Still) -> None:
        to_picture = still.to_picture()
        height, width = still.picture.shape[:2]
        mask = cv2.warpAffine(_mask(still), to_picture, (width, height), flags=cv2.INTER_LINEAR)
        self.box = _around(np.asarray(mask, np.float32))
        rows, columns = _slices(self.box)
        self._taken = np.ascontiguousarray(mask[rows, columns], np.float32)
        self._left = 1 - self._taken
        self._still = np.ascontiguousarray(still.picture[rows, columns])
        self._to_box = to_picture - np.array([[0, 0, self.box.x], [0, 0, self.box.y]])

    def part(self, face: Pixels) -> Pixels:
        """The box's pixels with this face (96, 96, 3) in it, BGR."""
        size = self._still.shape[1], self._still.shape[0]
        made = cv2.warpAffine(face, self._to_box, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(cv2.blendLinear(made, self._still, self._taken, self._left), np.uint8)


def _mask(still: Still) -> Floats:
    """How much of each pixel of the network's face is taken, 0..1."""
    from_picture = cv2.invertAffineTransform(still.to_picture())
    places = still.anatomy.flat[list(TAKEN)] @ from_picture[:, :2].T + from_picture[:, 2]
    mask = np.zeros((SIDE, SIDE), np.float32)
    cv2.fillConvexPoly(mask, cv2.convexHull(np.round(places).astype(np.int32)), 1.0)
    element = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * GROWN + 1, 2 * GROWN + 1))
    soft = cv2.GaussianBlur(cv2.dilate(mask, element), (0, 0), SOFT)
    inside = np.minimum(np.arange(SIDE), np.arange(SIDE)[::-1])
    fade = np.clip(inside / EDGE, 0, 1).astype(np.float32)
    return np.asarray(soft * fade * fade[:, None], np.float32)


def _around(mask: Floats) -> Box:
    """What is not nought, with even corners and sides."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    top, left = int(rows[0]) & ~1, int(columns[0]) & ~1
    bottom, right = (int(rows[-1]) + 2) & ~1, (int(columns[-1]) + 2) & ~1
    return Box(left, top, right - left, bottom - top)


def _slices(box: Box) -> tuple[slice, slice]:
    return slice(int(box.y), int(box.bottom)), slice(int(box.x), int(box.right))
