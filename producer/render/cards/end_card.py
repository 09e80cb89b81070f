"""The show's own picture as the outro: it comes up from below and zooms slowly; the source is named over it."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import skia

from producer.render.brushes import rect, solid
from producer.render.cards.base import Design, Sprite
from producer.render.cards.picture import fill
from producer.render.cards.plate import PAD, RADIUS, density, tint
from producer.render.layout import Box
from producer.render.text import ASCENT, BOLD, DESCENT, MEDIUM, SEMIBOLD, Style
from producer.render.timeline import WIPE_S, ease, ease_both, ramp

Pixels = npt.NDArray[np.uint8]

ZOOM = 0.05
"""How much larger the picture is at the end."""
STEP = 1.4
"""From one line to the next, in sizes."""


class EndCard:
    """`box` is where the words stand."""

    def __init__(self, design: Design, picture: Pixels) -> None:
        """`picture`: opaque RGBA of any size."""
        layout = design.layout
        self._design = design
        size = math.ceil(layout.width * (1 + ZOOM)), math.ceil(layout.height * (1 + ZOOM))
        self._image = skia.Image.fromarray(np.ascontiguousarray(fill(picture, size)), skia.kRGBA_8888_ColorType)
        self._lines = _lines(design)
        pad, safe = PAD * layout.unit, layout.safe
        height = sum(style.size * STEP for _, style in self._lines) + 1.6 * pad
        width = max((design.type.width(text, style) for text, style in self._lines), default=0.0) + 2 * pad
        self.box = Box(safe.centre[0] - width / 2, safe.bottom - height, width, height)
        self._sprite = Sprite(width, height, self._draw) if self._lines else None

    def paint(self, canvas: skia.Canvas, frame: int) -> None:
        timeline, layout = self._design.timeline, self._design.layout
        if frame < timeline.outro:
            return
        top = round((1 - ease_both(ramp(frame, timeline.outro, WIPE_S * timeline.fps))) * layout.height)
        seen = ramp(frame, timeline.outro, timeline.frames - timeline.outro)
        scale = (1 + ZOOM * seen) / (1 + ZOOM)  # the picture is kept at its largest
        canvas.save()
        canvas.clipRect(rect(0, top, layout.width, layout.height))
        canvas.translate(layout.width / 2, top + layout.height / 2)
        canvas.scale(scale, scale)
        linear = skia.SamplingOptions(skia.FilterMode.kLinear)
        canvas.drawImage(self._image, -self._image.width() / 2, -self._image.height() / 2, linear)
        canvas.restore()
        if self._sprite:
            there = ease(ramp(frame, timeline.outro + 0.3 * timeline.fps, 0.5 * timeline.fps))
            self._sprite.paint(canvas, self.box.x, self.box.y + top + (1 - there) * layout.unit * 0.03, there)

    def _draw(self, canvas: skia.Canvas) -> None:
        unit, palette, y = self._design.layout.unit, self._design.palette, 0.8 * PAD * self._design.layout.unit
        plate = rect(0, 0, self.box.width, self.box.height)
        canvas.drawRoundRect(plate, RADIUS * unit, RADIUS * unit, solid(palette.ink, density(palette)))
        for text, style in self._lines:
            x = (self.box.width - self._design.type.width(text, style)) / 2
            middle = (STEP - ASCENT - DESCENT) / 2
            self._design.type.draw(canvas, text, x, y + style.size * (middle + ASCENT), style)
            y += style.size * STEP


def _lines(design: Design) -> list[tuple[str, Style]]:
    words, unit, width = design.wording, design.layout.unit, design.layout.safe.width * 0.9
    own = Style(round(unit * 0.050), BOLD)
    source = Style(round(unit * 0.036), SEMIBOLD)
    site = Style(round(unit * 0.030), MEDIUM, tint(design.palette))
    lines = []
    for text, style, most in ((words.end_text, own, 3), (words.source, source, 2), (words.source_host, site, 1)):
        lines += [(line, style) for line in design.type.wrap(design.type.clean(text), style, width)[:most]]
    return lines
