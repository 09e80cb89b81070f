"""Small things that stay: the show's name, the label that says an AI made this, and how far the clip has come."""

from __future__ import annotations

import skia

from producer.render.brushes import rect, solid
from producer.render.cards.base import Design, Sprite
from producer.render.layout import Box
from producer.render.text import ASCENT, BOLD, SEMIBOLD, Style

PILL_HEIGHT = 1.75
"""In text sizes."""


class ShowName:
    """A pill in the upper corner where reading begins. Stands still: it belongs to the background."""

    def __init__(self, design: Design) -> None:
        layout, palette = design.layout, design.palette
        style = Style(round(layout.unit * 0.0265), BOLD, palette.ink)
        text = design.type.shorten(design.wording.show, style, layout.safe.width * 0.55)
        width = design.type.width(text, style) + style.size * 1.2
        x = layout.safe.right - width if layout.mirrored else layout.safe.x
        self.box = Box(x, layout.safe.y, width if text else 0.0, style.size * PILL_HEIGHT)
        self._sprite = Sprite(
            width, self.box.height, lambda c: _pill(c, design, text, style, self.box, palette.accent, 1.0)
        )
        self._shown = bool(text)

    def paint(self, canvas: skia.Canvas, frame: int) -> None:
        if self._shown:
            self._sprite.paint(canvas, self.box.x, self.box.y)


class AiLabel:
    """A pill in the other upper corner, over everything, in every frame."""

    def __init__(self, design: Design) -> None:
        layout = design.layout
        style = Style(round(layout.unit * 0.0235), SEMIBOLD)
        text = design.type.shorten(design.wording.ai_label, style, layout.safe.width * 0.42)
        width = design.type.width(text, style) + style.size * 1.3
        height = style.size * PILL_HEIGHT
        self.box = Box(layout.safe.x if layout.mirrored else layout.safe.right - width, layout.safe.y, width, height)
        ink = design.palette.ink
        self._sprite = Sprite(width, height, lambda c: _pill(c, design, text, style, self.box, ink, 0.80))

    def paint(self, canvas: skia.Canvas, frame: int) -> None:
        self._sprite.paint(canvas, self.box.x, self.box.y)


class Progress:
    """A thin bar along the lower edge."""

    def __init__(self, design: Design) -> None:
        self._layout, self._frames = design.layout, design.timeline.frames
        self._height = max(4, round(design.layout.unit * 0.0065))
        self._track, self._bar = solid("#ffffff", 0.18), solid(design.palette.accent)

    def paint(self, canvas: skia.Canvas, frame: int) -> None:
        top, width = self._layout.height - self._height, self._layout.width
        canvas.drawRect(rect(0, top, width, self._height), self._track)
        canvas.drawRect(rect(0, top, width * (frame + 1) / self._frames, self._height), self._bar)


def _pill(canvas: skia.Canvas, design: Design, text: str, style: Style, box: Box, colour: str, alpha: float) -> None:
    radius = style.size * 0.42
    canvas.drawRoundRect(rect(0, 0, box.width, box.height), radius, radius, solid(colour, alpha))
    text_width = design.type.width(text, style)
    baseline = box.height / 2 + style.size * (ASCENT / 2 - 0.01)
    design.type.draw(canvas, text, (box.width - text_width) / 2, baseline, style)
