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
        self._fine = max(1, round(float(np.linalg.norm(to_picture[:, 0])))) * SIDE
        self._places = _places(to_picture, self.box, self._fine)

    def part(self, face: Pixels) -> Pixels:
        """The box's pixels with this face (96, 96, 3) in it, BGR."""
        fine = cv2.resize(face, (self._fine, self._fine), interpolation=cv2.INTER_CUBIC)
        made = cv2.remap(fine, *self._places, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
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


def _places(to_picture: npt.NDArray[np.float64], box: Box, side: int) -> tuple[Pixels, Pixels]:
    """Where each pixel of the box lies in the face enlarged to `side`, as `cv2.remap` takes it fastest: a smooth
    enlargement and then a plain look-up are a third of the time of one smooth look-up."""
    back = cv2.invertAffineTransform(to_picture)
    x, y = np.meshgrid(np.arange(box.x, box.right), np.arange(box.y, box.bottom))
    scale = side / SIDE
    u, v = ((row[0] * x + row[1] * y + row[2] + 0.5) * scale - 0.5 for row in back)
    whole, part = cv2.convertMaps(u.astype(np.float32), v.astype(np.float32), cv2.CV_16SC2)
    return np.asarray(whole), np.asarray(part)


def _around(mask: Floats) -> Box:
    """What is not nought, with even corners and sides."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    top, left = int(rows[0]) & ~1, int(columns[0]) & ~1
    bottom, right = (int(rows[-1]) + 2) & ~1, (int(columns[-1]) + 2) & ~1
    return Box(left, top, right - left, bottom - top)


def _slices(box: Box) -> tuple[slice, slice]:
    return slice(int(box.y), int(box.bottom)), slice(int(box.x), int(box.right))
