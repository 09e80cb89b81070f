"""The line that names the source, under the cards, for as long as they are seen."""

from __future__ import annotations

from dataclasses import replace

import skia

from producer.render.brushes import rect, solid
from producer.render.cards.base import Design, Sprite, shadow
from producer.render.cards.stay import first
from producer.render.text import ASCENT, SEMIBOLD, Style
from producer.render.wrap import is_rtl

BAR, INDENT = 0.17, 0.62
"""Width of the bar before the text, and where the text begins, in sizes."""


class SourceLine:
    """`text` is what of the line fits; "" when the cut has no source."""

    def __init__(self, design: Design) -> None:
        unit, self.box = design.layout.unit, design.layout.source
        self._design = design
        style, sizes = Style(1, SEMIBOLD, alpha=0.95), range(round(unit * 0.0305), round(unit * 0.023) - 1, -1)
        block = design.type.fit(design.wording.source, style, self.box.width - INDENT * sizes[0], unit, sizes, 1)
        self.text, self._style = "".join(block.lines), replace(style, size=block.size)
        self._stay = first(design.timeline)
        self._sprite = Sprite(self.box.width, self.box.height, self._draw, margin=round(unit * 0.03))

    def paint(self, canvas: skia.Canvas, frame: int) -> None:
        if self.text:
            self._sprite.paint(canvas, self.box.x, self.box.y, self._stay.there(frame))

    def _draw(self, canvas: skia.Canvas) -> None:
        type_, size, width = self._design.type, self._style.size, self.box.width
        rtl = is_rtl(self.text)
        bar = size * BAR
        canvas.drawRoundRect(
            rect(width - bar if rtl else 0, 0, bar, size * 0.86), bar / 2, bar / 2, solid(self._design.palette.second)
        )
        x = width - INDENT * size - type_.width(self.text, self._style) if rtl else INDENT * size
        shadow(canvas, size * 0.18, 0.5, lambda layer: type_.draw(layer, self.text, x, size * ASCENT, self._style))
