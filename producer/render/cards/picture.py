"""The topic's picture in a frame beside or above the presenter, zooming in slowly for as long as it is seen."""

from __future__ import annotations

import math

import cv2
import numpy as np
import numpy.typing as npt
import skia

from producer.render.brushes import outline, rect, solid, swapped
from producer.render.cards.base import Design, Sprite
from producer.render.layout import Box
from producer.render.timeline import ease, ramp

Pixels = npt.NDArray[np.uint8]

ZOOM = 0.09
"""How much larger the picture is at the end."""
WIDEST_CROP = 1.75
"""A picture whose shape differs more than this from its frame's is shown whole, on a blurred copy of itself."""
ENTERS_S, MOVES_S = 0.35, 0.60


class PictureCard:
    """Paints straight into the frame's pixels, as zooming a photograph is cv2's trade."""

    def __init__(self, design: Design, picture: Pixels, box: Box) -> None:
        """`picture` is (h, w, 4) RGBA, opaque."""
        self._timeline = design.timeline
        self.box = Box(round(box.x), round(box.y), round(box.width) & ~1, round(box.height) & ~1)
        size = int(self.box.width), int(self.box.height)
        self._radius = design.layout.unit * 0.024
        self._image = swapped(fill(picture, (round(size[0] * (1 + ZOOM)), round(size[1] * (1 + ZOOM)))))
        self._mask = _rounded_mask(size, self._radius)
        edge = max(2.0, design.layout.unit * 0.0042)
        blur = round(design.layout.unit * 0.022)
        self._shadow = Sprite(
            *size,
            lambda c: c.drawRoundRect(
                rect(0, blur * 0.5, *size), self._radius, self._radius, solid("#000000", 0.5, blur)
            ),
            margin=3 * blur,
        )
        self._edge = Sprite(
            *size,
            lambda c: c.drawRoundRect(
                rect(edge / 2, edge / 2, size[0] - edge, size[1] - edge),
                self._radius,
                self._radius,
                outline("#ffffff", edge, 0.92),
            ),
        )
        self._start = design.timeline.body + ENTERS_S * design.timeline.fps
        self._moves = MOVES_S * design.timeline.fps
        self.settled = round(self._start + self._moves) + 1

    def paint_shadow(self, canvas: skia.Canvas, frame: int) -> None:
        there, drop = self._entrance(frame)
        self._shadow.paint(canvas, self.box.x, self.box.y + drop, there)

    def paint(self, canvas: skia.Canvas, pixels: Pixels, frame: int) -> None:
        there, drop = self._entrance(frame)
        if there <= 0:
            return
        x, y, (height, width) = int(self.box.x), int(self.box.y + drop), self._mask.shape
        place = pixels[y : y + height, x : x + width]
        shown = self._zoomed(frame)
        if there < 1:
            shown = np.asarray(cv2.addWeighted(shown, there, np.ascontiguousarray(place), 1 - there, 0), np.uint8)
        cv2.copyTo(shown, self._mask, place)
        self._edge.paint(canvas, x, y, there)

    def _zoomed(self, frame: int) -> Pixels:
        height, width = self._mask.shape
        seen = ramp(frame, self._timeline.body, self._timeline.frames - self._timeline.body)
        scale = (1 + ZOOM) / (1 + ZOOM * seen)  # source pixels per shown pixel; the image is stored at full zoom
        left = (self._image.shape[1] - width * scale) / 2
        top = (self._image.shape[0] - height * scale) / 2
        window = np.array([[scale, 0, left], [0, scale, top]], np.float64)
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        return np.asarray(
            cv2.warpAffine(self._image, window, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE), np.uint8
        )

    def _entrance(self, frame: int) -> tuple[float, int]:
        there = ease(ramp(frame, self._start, self._moves))
        return there, round((1 - there) * self.box.height * 0.04)


def fill(picture: Pixels, size: tuple[int, int]) -> Pixels:
    """The picture cropped to `size` (width, height) around its middle; one of a very different shape is shown whole
    on a blurred, darkened copy of itself."""
    ratio = (picture.shape[1] / picture.shape[0]) / (size[0] / size[1])
    covering = _covering(picture, size)
    if max(ratio, 1 / ratio) <= WIDEST_CROP:
        return covering
    back = cv2.convertScaleAbs(cv2.GaussianBlur(covering, (0, 0), size[1] / 14), alpha=0.55)
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


def _rounded_mask(size: tuple[int, int], radius: float) -> Pixels:
    pixels = np.zeros((size[1], size[0], 4), np.uint8)
    skia.Surface(pixels).getCanvas().drawRoundRect(
        rect(0.5, 0.5, size[0] - 1, size[1] - 1), radius, radius, solid("#ffffff")
    )
    return np.ascontiguousarray((pixels[..., 3] > 127).astype(np.uint8) * 255)
