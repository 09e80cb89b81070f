"""What stands around a picture, wherever one is shown: a soft shadow, round corners, a white edge."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import skia

from producer.render.brushes import outline, rect, solid
from producer.render.cards.base import Sprite

EDGE, BLUR = 0.0042, 0.022
"""Of the white edge and the shadow, in units."""
EDGE_ALPHA, SHADOW_ALPHA = 0.92, 0.5


class Frame:
    """`mask` is 255 where the picture shows, (height, width): its hard corners lie under the smooth edge."""

    def __init__(self, size: tuple[int, int], unit: float, radius: float) -> None:
        """`size` is (width, height) in pixels, `radius` that of the corners; `unit`: see `Layout.unit`."""
        width, height = self._size = size
        edge, blur = max(2.0, EDGE * unit), round(BLUR * unit)
        self._radius = radius
        self._shadow = Sprite(
            width,
            height,
            lambda c: c.drawRoundRect(
                rect(0, blur * 0.5, width, height), radius, radius, solid("#000000", SHADOW_ALPHA, blur)
            ),
            margin=3 * blur,
        )
        inner = rect(edge / 2, edge / 2, width - edge, height - edge)
        self._edge = Sprite(
            width, height, lambda c: c.drawRoundRect(inner, radius, radius, outline("#ffffff", edge, EDGE_ALPHA))
        )
        self.mask = _rounded(size, radius)

    def paint_shadow(self, canvas: skia.Canvas, x: float, y: float, alpha: float = 1.0) -> None:
        self._shadow.paint(canvas, x, y, alpha)

    def paint_edge(self, canvas: skia.Canvas, x: float, y: float, alpha: float = 1.0) -> None:
        """Strip by strip, as most of its sprite is empty."""
        width, height = self._size
        deep = math.ceil(self._radius)
        inner = height - 2 * deep
        strips = (
            rect(0, 0, width, deep), rect(0, height - deep, width, deep),
            rect(0, deep, deep, inner), rect(width - deep, deep, deep, inner),
        )  # fmt: skip
        for strip in strips:
            canvas.save()
            canvas.clipRect(strip.makeOffset(round(x), round(y)))
            self._edge.paint(canvas, x, y, alpha)
            canvas.restore()


def _rounded(size: tuple[int, int], radius: float) -> npt.NDArray[np.uint8]:
    pixels = np.zeros((size[1], size[0], 4), np.uint8)
    inner = rect(0.5, 0.5, size[0] - 1, size[1] - 1)
    skia.Surface(pixels).getCanvas().drawRoundRect(inner, radius, radius, solid("#ffffff"))
    return np.ascontiguousarray((pixels[..., 3] > 127).astype(np.uint8) * 255)
