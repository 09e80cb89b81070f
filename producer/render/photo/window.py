"""A window in the scene, through which a portrait is seen: its shadow, its white edge, and a ring that hears the voice."""

from __future__ import annotations

import cv2
import numpy as np
import skia

from producer.render.brushes import canvas_on, outline, rect
from producer.render.cards.frame import Frame
from producer.render.layout import Box
from producer.render.photo.warp import Pixels

RADIUS = 0.030
"""Of the corners, over the frame's shorter side: a little rounder than a picture's."""
RINGS = ((0.014, 0.85), (0.030, 0.40))
"""Distance from the edge at a loud moment, likewise, and strength."""


class Window:
    """`inside` is what is seen through it, opaque BGRA; `show` puts it into the frame."""

    def __init__(self, frame: Pixels, box: Box) -> None:
        self.box, self._unit = box, float(min(frame.shape[:2]))
        width, height = int(box.width), int(box.height)
        self.inside: Pixels = np.full((height, width, 4), 255, np.uint8)
        radius = RADIUS * self._unit
        self._shape = skia.RRect.MakeRectXY(rect(box.x, box.y, width, height), radius, radius)
        self._around = Frame((width, height), self._unit, radius)
        self._place = frame[int(box.y) : int(box.y) + height, int(box.x) : int(box.x) + width]
        self._frame = frame  # the surface only borrows it
        self._canvas = canvas_on(frame)

    def show(self, voice: float = 0.0) -> None:
        """`voice` 0..1 makes the rings swell."""
        canvas, box = self._canvas, self.box
        self._around.paint_shadow(canvas, box.x, box.y)
        self._ring(voice)
        cv2.copyTo(self.inside, self._around.mask, self._place)
        self._around.paint_edge(canvas, box.x, box.y)

    def _ring(self, voice: float) -> None:
        if voice < 0.02:
            return
        for reach, strength in RINGS:
            grown = skia.RRect(self._shape)
            out = reach * self._unit * voice
            grown.outset(out, out)
            self._canvas.drawRRect(grown, outline("#ffffff", max(1.5, 0.35 * out), strength * voice))
