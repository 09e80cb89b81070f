"""A window in the scene, through which a portrait is seen: its shadow, its white edge, and a ring that hears the voice."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import skia

from producer.render.brushes import canvas_on, outline, rect, solid
from producer.render.cards.base import Sprite
from producer.render.layout import Box
from producer.render.photo.warp import Pixels

RADIUS, EDGE, BLUR = 0.030, 0.0042, 0.022
"""Of the corners, the white edge and the shadow, over the frame's shorter side; as the topic's picture has them."""
RINGS = ((0.014, 0.85), (0.030, 0.40))
"""Distance from the edge at a loud moment, likewise, and strength."""


class Window:
    """`inside` is what is seen through it, opaque BGRA; `show` puts it into the frame."""

    def __init__(self, frame: Pixels, box: Box) -> None:
        self.box, self._unit = box, float(min(frame.shape[:2]))
        width, height = int(box.width), int(box.height)
        self.inside: Pixels = np.full((height, width, 4), 255, np.uint8)
        radius, edge, blur = RADIUS * self._unit, max(2.0, EDGE * self._unit), round(BLUR * self._unit)
        self._shape = skia.RRect.MakeRectXY(rect(box.x, box.y, width, height), radius, radius)
        self._shadow = Sprite(
            width,
            height,
            lambda c: c.drawRoundRect(rect(0, blur * 0.5, width, height), radius, radius, solid("#000000", 0.5, blur)),
            margin=3 * blur,
        )
        self._edge = Sprite(
            width,
            height,
            lambda c: c.drawRoundRect(
                rect(edge / 2, edge / 2, width - edge, height - edge), radius, radius, outline("#ffffff", edge, 0.92)
            ),
        )
        self._mask = np.zeros((height, width), np.uint8)
        self._mask[_rounded(width, height, radius)] = 255
        self._place = frame[int(box.y) : int(box.y) + height, int(box.x) : int(box.x) + width]
        self._frame = frame  # the surface only borrows it
        self._canvas = canvas_on(frame)

    def show(self, voice: float = 0.0) -> None:
        """`voice` 0..1 makes the rings swell."""
        canvas, box = self._canvas, self.box
        self._shadow.paint(canvas, box.x, box.y)
        self._ring(voice)
        cv2.copyTo(self.inside, self._mask, self._place)  # its hard corners lie under the smooth edge
        self._edge.paint(canvas, box.x, box.y)

    def _ring(self, voice: float) -> None:
        if voice < 0.02:
            return
        for reach, strength in RINGS:
            grown = skia.RRect(self._shape)
            out = reach * self._unit * voice
            grown.outset(out, out)
            self._canvas.drawRRect(grown, outline("#ffffff", max(1.5, 0.35 * out), strength * voice))


def _rounded(width: int, height: int, radius: float) -> npt.NDArray[np.bool_]:
    """Where a rectangle with round corners is."""
    x, y = np.arange(width) + 0.5, np.arange(height)[:, None] + 0.5
    right, down = np.maximum(radius - np.minimum(x, width - x), 0), np.maximum(radius - np.minimum(y, height - y), 0)
    return np.asarray(np.hypot(right, down) <= radius - 0.5)
