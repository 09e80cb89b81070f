"""A picture in a frame, in slow motion for as long as it is seen."""

from __future__ import annotations

import math
from collections.abc import Hashable

import cv2
import numpy as np
import numpy.typing as npt
import skia

from producer.render.brushes import swapped
from producer.render.cards.base import Design
from producer.render.cards.frame import Frame
from producer.render.cards.plan import Motion
from producer.render.cards.stay import Stay
from producer.render.layout import Box

Pixels = npt.NDArray[np.uint8]

RADIUS = 0.024
"""Of the corners, in units."""
ZOOM = 0.09
"""How much larger the picture is at one end of its motion than at the other; or how far it wanders, in its own sizes."""
WIDEST_CROP = 1.75
"""A picture whose shape differs more than this from its frame's is shown whole, on a blurred copy of itself."""


class PictureCard:
    """Paints straight into the frame's pixels, as zooming a photograph is cv2's trade."""

    cut = False

    def __init__(self, design: Design, picture: Pixels, box: Box, stay: Stay, motion: Motion = "closer") -> None:
        """`picture` is (h, w, 4) RGBA, opaque."""
        self.box = Box(math.ceil(box.x), math.ceil(box.y), int(box.width - 1) & ~1, int(box.height - 1) & ~1)
        size = int(self.box.width), int(self.box.height)
        self._stay, self._motion = stay, motion
        self._image = swapped(fill(picture, (round(size[0] * (1 + ZOOM)), round(size[1] * (1 + ZOOM)))))
        self._frame = Frame(size, design.layout.unit, design.layout.unit * RADIUS)

    def still(self, frame: int) -> Hashable | None:
        return 0 if self._stay.still(frame) else None

    def paint_still(self, canvas: skia.Canvas, frame: int) -> None:
        """The shadow; the picture itself is never still."""
        self._frame.paint_shadow(canvas, self.box.x, self.box.y)

    def paint(self, canvas: skia.Canvas, pixels: Pixels, frame: int) -> None:
        there = self._stay.there(frame)
        if there <= 0:
            return
        drop = round(-self._stay.slide(frame) * self.box.height * 0.04)
        if not self._stay.still(frame):
            self._frame.paint_shadow(canvas, self.box.x, self.box.y + drop, there)
        x, y, (height, width) = int(self.box.x), int(self.box.y + drop), self._frame.mask.shape
        place = pixels[y : y + height, x : x + width]
        shown = self._moved(self._stay.seen(frame))
        if there < 1:
            shown = np.asarray(cv2.addWeighted(shown, there, np.ascontiguousarray(place), 1 - there, 0), np.uint8)
        cv2.copyTo(shown, self._frame.mask, place)
        self._frame.paint_edge(canvas, x, y, there)

    def _moved(self, seen: float) -> Pixels:
        """What shows when `seen` (0..1) of its time has passed."""
        height, width = self._frame.mask.shape
        nearness = {"closer": seen, "farther": 1 - seen}.get(self._motion, 1.0)
        scale = (1 + ZOOM) / (1 + ZOOM * nearness)  # source pixels per shown pixel; the image is stored at full zoom
        along = {"leftwards": 1 - seen, "rightwards": seen}.get(self._motion, 0.5)
        left = (self._image.shape[1] - width * scale) * along
        top = (self._image.shape[0] - height * scale) / 2
        window = np.array([[scale, 0, left], [0, scale, top]], np.float64)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return np.asarray(
            cv2.warpAffine(self._image, window, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8
        )


def fill(picture: Pixels, size: tuple[int, int]) -> Pixels:
    """The picture cropped to `size` (width, height) around its middle; one of a very different shape is shown whole
    on a blurred, darkened copy of itself."""
    ratio = (picture.shape[1] / picture.shape[0]) / (size[0] / size[1])
    covering = _covering(picture, size)
    if max(ratio, 1 / ratio) <= WIDEST_CROP:
        return covering
    few = cv2.resize(covering, (max(1, size[0] // 8), max(1, size[1] // 8)), interpolation=cv2.INTER_AREA)
    soft = cv2.resize(cv2.GaussianBlur(few, (0, 0), size[1] / 14 / 8), size, interpolation=cv2.INTER_CUBIC)
    back = cv2.convertScaleAbs(soft, alpha=0.55)
    back[..., 3] = 255
    whole = _scaled(picture, min(size[0] / picture.shape[1], size[1] / picture.shape[0]))[: size[1], : size[0]]
    top, left = (size[1] - whole.shape[0]) // 2, (size[0] - whole.shape[1]) // 2
    back[top : top + whole.shape[0], left : left + whole.shape[1]] = whole
    return np.asarray(back, np.uint8)


def _covering(picture: Pixels, size: tuple[int, int]) -> Pixels:
    """Scaled until it covers `size`, and cropped to it around the middle."""
    scaled = _scaled(picture, max(size[0] / picture.shape[1], size[1] / picture.shape[0]))
    top, left = (scaled.shape[0] - size[1]) // 2, (scaled.shape[1] - size[0]) // 2
    return np.ascontiguousarray(scaled[top : top + size[1], left : left + size[0]])


def _scaled(picture: Pixels, factor: float) -> Pixels:
    shape = (math.ceil(picture.shape[1] * factor - 1e-6), math.ceil(picture.shape[0] * factor - 1e-6))
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, (max(1, shape[0]), max(1, shape[1])), interpolation=method), np.uint8)
