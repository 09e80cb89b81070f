"""The lower third: who is speaking. Slides in after the first words, leaves some seconds later."""

from __future__ import annotations

import skia

from producer.render.brushes import rect, solid
from producer.render.cards.base import Design, Sprite
from producer.render.colour import READABLE, WHITE, veil_for
from producer.render.layout import Box
from producer.render.text import ASCENT, BOLD, MEDIUM, Style
from producer.render.timeline import ease, ramp

ENTERS_S, STAYS_S, MOVES_S = 0.7, 4.6, 0.45
"""After the speech begins; then; and how long it takes to come and to go."""
BAR, INDENT = 0.20, 0.72
"""Width of the bar at the side where reading begins, and where the text begins, in sizes of the name."""


class NameCard:
    def __init__(self, design: Design) -> None:
        layout, words, type_ = design.layout, design.wording, design.type
        self._design, place = design, layout.name
        self._name_style = Style(round(layout.unit * 0.037), BOLD)
        self._role_style = Style(round(layout.unit * 0.0265), MEDIUM, alpha=0.92)
        room = place.width - self._name_style.size * 1.4
        self._name = type_.shorten(words.presenter, self._name_style, room)
        self._role = type_.shorten(words.role, self._role_style, room)
        text = max(type_.width(self._name, self._name_style), type_.width(self._role, self._role_style))
        width = text + self._name_style.size * 1.4
        height = self._name_style.size * 1.75 + (self._role_style.size * 1.45 if self._role else 0)
        x = place.right - width if layout.name_side == "right" else place.x
        self.box = Box(x, place.bottom - height, width, height)
        self._shown = bool(self._name)
        self._sprite = Sprite(width, height, self._draw)

    def paint(self, canvas: skia.Canvas, frame: int) -> None:
        timeline = self._design.timeline
        moves = MOVES_S * timeline.fps
        start = timeline.speech_start + ENTERS_S * timeline.fps
        leave = min(start + STAYS_S * timeline.fps, timeline.outro - moves)
        there = ease(ramp(frame, start, moves)) * (1 - ease(ramp(frame, leave, moves)))
        if self._shown and there > 0.004:
            outside = 1 if self._design.layout.name_side == "right" else -1
            shift = outside * (1 - there) * self._design.layout.unit * 0.06
            self._sprite.paint(canvas, self.box.x + shift, self.box.y, there)

    def _draw(self, canvas: skia.Canvas) -> None:
        palette, name, role = self._design.palette, self._name_style, self._role_style
        box, radius = self.box, name.size * 0.26
        canvas.save()
        canvas.clipRRect(skia.RRect.MakeRectXY(rect(0, 0, box.width, box.height), radius, radius), True)
        canvas.drawPaint(solid(palette.ink, max(0.84, veil_for(palette.ink, WHITE, READABLE))))
        bar, mirrored = name.size * BAR, self._design.layout.mirrored
        canvas.drawRect(rect(box.width - bar if mirrored else 0, 0, bar, box.height), solid(palette.accent))
        canvas.restore()
        baseline = name.size * (0.46 + ASCENT)
        for text, style, y in ((self._name, name, baseline), (self._role, role, baseline + role.size * 1.45)):
            indent = name.size * INDENT
            x = box.width - indent - self._design.type.width(text, style) if mirrored else indent
            self._design.type.draw(canvas, text, x, y, style)
