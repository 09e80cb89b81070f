"""The intro: logo, show, title and source, line by line; then its curtain wipes away upwards."""

from __future__ import annotations

from functools import partial
from typing import NamedTuple

import skia

from producer.render.cards.base import Design, Sprite, shadow
from producer.render.cards.curtain import Curtain, draw_rule
from producer.render.cards.logo import Logo
from producer.render.layout import Box
from producer.render.text import ASCENT, BOLD, LEADING, SEMIBOLD, Style
from producer.render.timeline import WIPE_S, ease, ease_both, ramp
from producer.render.wrap import is_rtl

RISE_S = 0.5
"""How long a line takes to come."""
MOST_LINES = 7
LOGO = 0.13
"""Its height, in units."""
RULE = 0.16
"""Length of the rule, in units."""


class Intro:
    def __init__(self, design: Design, curtain: Curtain) -> None:
        layout, words, type_ = design.layout, design.wording, design.type
        self._design, self._curtain = design, curtain
        room, sizes = layout.intro, range(layout.intro_size, round(layout.unit * 0.045), -1)
        logo = None if design.kit.logo is None else Logo(design.kit.logo, room.width * 0.6, layout.unit * LOGO)
        head = 0.0 if logo is None else logo.height + layout.unit * 0.045
        self.block = type_.fit(words.title, Style(1), room.width, room.height * 0.66 - head, sizes, MOST_LINES)
        show = Style(round(layout.unit * 0.036), BOLD, design.palette.accent)
        title = Style(self.block.size, BOLD)
        source = Style(round(layout.unit * 0.034), SEMIBOLD, alpha=0.92)
        above, below = head + show.size * 2.1, source.size * 3.2
        height = above + self.block.height + below
        self.box = Box(room.x, room.centre[1] - height / 2, room.width, height)
        self._rule_y = self.box.bottom - source.size * 2.35
        self._lines = [self._line(type_.shorten(words.show, show, room.width), show, self.box.y + head, 0.0)]
        if logo is not None:
            sprite = Sprite(logo.width, logo.height, partial(logo.draw, x=0, y=0))
            x = self.box.right - logo.width if self._rtl else self.box.x
            self._lines.append(_Line(sprite, x, self.box.y, 0.0))
        for index, text in enumerate(self.block.lines):
            self._lines.append(
                self._line(text, title, self.box.y + above + index * title.size * LEADING, 0.08 + 0.09 * index)
            )
        text = type_.shorten(words.source, source, room.width)
        self._lines.append(self._line(text, source, self.box.bottom - source.size * 1.1, 0.45))

    def paint(self, canvas: skia.Canvas, frame: int) -> None:
        timeline, layout = self._design.timeline, self._design.layout
        wipe = WIPE_S * timeline.fps
        if frame > timeline.body + wipe:
            return
        beyond = layout.height + self._curtain.edge + 1
        top = -round(ease_both(ramp(frame, timeline.body, wipe)) * beyond)
        self._curtain.paint(canvas, frame, top)
        for line in self._lines:
            there = ease(ramp(frame, line.after_s * timeline.fps, RISE_S * timeline.fps))
            line.sprite.paint(canvas, line.x, line.y + top + (1 - there) * layout.unit * 0.04, there)
        length = RULE * layout.unit * ease(ramp(frame, 0.30 * timeline.fps, 0.9 * timeline.fps))
        x = self.box.right - length if self._rtl else self.box.x
        draw_rule(canvas, self._design, x, self._rule_y + top, length)

    @property
    def _rtl(self) -> bool:
        return is_rtl(self._design.wording.title)

    def _line(self, text: str, style: Style, y: float, after_s: float) -> _Line:
        width = self._design.type.width(text, style)
        x = self.box.right - width if self._rtl else self.box.x

        def draw(canvas: skia.Canvas) -> None:
            type_ = self._design.type
            shadow(canvas, style.size * 0.12, 0.4, lambda c: type_.draw(c, text, 0, style.size * ASCENT, style))

        margin = round(style.size * 0.4)
        return _Line(Sprite(width, style.size * 1.05, draw, margin), x, y, after_s)


class _Line(NamedTuple):
    """One line of text, its place, and when it begins to come."""

    sprite: Sprite
    x: float
    y: float
    after_s: float
