"""The show's logo: scaled once, then only put on pictures; and the small one that stays in a corner."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt
import skia

from producer.render.cards.base import Design, Sprite, shadow
from producer.render.layout import Box
from producer.render.timeline import ease, ramp

Pixels = npt.NDArray[np.uint8]

ENLARGED = 1.5
"""The most a small logo is enlarged: more would be a blur."""
COMES_S = 0.6
SHADOW, SHADOW_ALPHA = 0.006, 0.45
"""Its blur, in units, and its strength: what keeps a bright logo apart from a bright sky."""


class Logo:
    """A logo as large as fits into (width, height) pixels; both of its own are whole numbers."""

    def __init__(self, logo: Pixels, width: float, height: float) -> None:
        """`logo`: RGBA, not premultiplied."""
        high, wide = logo.shape[:2]
        factor = min(width / wide, height / high, ENLARGED)
        self.width, self.height = max(1, round(wide * factor)), max(1, round(high * factor))
        share = logo[..., 3:].astype(np.float32) / 255
        premultiplied = np.dstack([logo[..., :3] * share, logo[..., 3:].astype(np.float32)])
        method = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
        scaled = cv2.resize(premultiplied, (self.width, self.height), interpolation=method)
        pixels = np.ascontiguousarray(np.clip(np.rint(scaled), 0, 255).astype(np.uint8))
        self._image = skia.Image.fromarray(pixels, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType)

    def draw(self, canvas: skia.Canvas, x: float, y: float) -> None:
        canvas.drawImage(self._image, round(x), round(y))


class Watermark:
    """The logo in its corner for as long as the body lasts, at the opacity that the show wants."""

    def __init__(self, design: Design, logo: Pixels) -> None:
        place, timeline = design.layout.watermark, design.timeline
        drawn = Logo(logo, place.width, place.height)
        x = place.x if design.layout.mirrored else place.right - drawn.width
        self.box = Box(round(x), round(place.y), drawn.width, drawn.height)
        self._opacity = design.kit.watermark
        self._start, self._moves = timeline.body, COMES_S * timeline.fps
        blur = SHADOW * design.layout.unit
        self._sprite = Sprite(
            drawn.width,
            drawn.height,
            lambda canvas: shadow(canvas, blur, SHADOW_ALPHA, lambda layer: drawn.draw(layer, 0, 0)),
            margin=round(3 * blur),
        )

    def paint(self, canvas: skia.Canvas, frame: int) -> None:
        there = ease(ramp(frame, self._start, self._moves))
        self._sprite.paint(canvas, self.box.x, self.box.y, self._opacity * there)
