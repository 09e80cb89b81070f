"""The outro: logo, show, the show's own words, and once more the source, with a code for phones; its curtain comes up from below."""

from __future__ import annotations

from typing import NamedTuple

import skia

from producer.render.cards.base import Design, Sprite
from producer.render.cards.curtain import Curtain, draw_rule
from producer.render.cards.logo import Logo
from producer.render.cards.qr import QrCode
from producer.render.colour import lighter
from producer.render.layout import Box
from producer.render.text import ASCENT, BOLD, LEADING, MEDIUM, SEMIBOLD, Style
from producer.render.timeline import WIPE_S, ease, ease_both, ramp

CODE, APART, LOGO = 0.30, 0.055, 0.15
"""The largest code, the room above it, and the height of the logo, in units."""
LABEL = 0.06
"""What the AI label takes at the top, in units; as much is left free below."""


class Outro:
    def __init__(self, design: Design, curtain: Curtain) -> None:
        self._design, self._curtain = design, curtain
        safe, unit, url = design.layout.safe, design.layout.unit, design.wording.source_url
        rows, width = self._rows(safe.width * 0.92), safe.width
        logo = design.kit.logo
        self._logo = None if logo is None else Logo(logo, safe.width * 0.6, unit * LOGO)
        self._head = 0.0 if self._logo is None else self._logo.height + unit * 0.05
        height = self._head + sum(row.step for row in rows)
        self._gap, self._beside = unit * APART, False
        room = safe.height - 2 * LABEL * unit - height - self._gap
        self._code = QrCode(url, min(CODE * unit, room)) if url else None
        if self._code and self._code.side:
            height += self._gap + self._code.side
        elif url and design.layout.beside:  # words that leave no room under them leave some at their side
            self._code, self._beside = QrCode(url, CODE * unit), True
            width -= 2 * self._gap + self._code.side
            rows = self._rows(width * 0.92)
            height = max(self._head + sum(row.step for row in rows), self._code.side)
        self._words = width
        self.box = Box(safe.x, safe.centre[1] - height / 2, safe.width, height)
        margin = round(design.layout.unit * 0.03)
        self._sprite = Sprite(self.box.width, height, lambda c: self._draw(c, rows), margin)

    def _rows(self, width: float) -> list[_Row]:
        words, type_, unit = self._design.wording, self._design.type, self._design.layout.unit
        sizes = range(round(unit * 0.086), round(unit * 0.045), -1)
        show = type_.fit(words.show or words.title, Style(1), width, unit * 0.35, sizes, 3)
        source = Style(round(unit * 0.040), SEMIBOLD)
        detail = Style(round(unit * 0.031), MEDIUM, alpha=0.86)
        site = Style(detail.size, MEDIUM, lighter(self._design.palette.second, 0.25))
        own = Style(round(unit * 0.045), SEMIBOLD)
        rows = [_Row(line, Style(show.size, BOLD), show.size * LEADING) for line in show.lines]
        said = type_.wrap(type_.clean(words.end_text), own, width)[:3]
        rows += [_Row(line, own, own.size * 1.4) for line in said]
        if words.source:
            rows.append(_Row("", Style(1), unit * 0.085))  # the rule
        for text, style, most in (
            (words.source, source, 2),
            (words.source_title, detail, 2),
            (words.source_host, site, 1),
        ):
            lines = type_.wrap(type_.clean(text), style, width)[:most]
            rows += [_Row(line, style, style.size * 1.4) for line in lines]
        return rows

    def paint(self, canvas: skia.Canvas, frame: int) -> None:
        timeline, layout = self._design.timeline, self._design.layout
        if frame < timeline.outro:
            return
        top = round((1 - ease_both(ramp(frame, timeline.outro, WIPE_S * timeline.fps))) * layout.height)
        self._curtain.paint(canvas, frame, top)
        there = ease(ramp(frame, timeline.outro + 0.3 * timeline.fps, 0.5 * timeline.fps))
        self._sprite.paint(canvas, self.box.x, self.box.y + top + (1 - there) * layout.unit * 0.03, there)

    def _draw(self, canvas: skia.Canvas, rows: list[_Row]) -> None:
        unit, wide = self._design.layout.unit, self._words
        mirrored = self._beside and self._design.layout.mirrored
        start = self.box.width - wide if mirrored else 0.0
        tall = self._head + sum(row.step for row in rows)
        y = (self.box.height - tall) / 2 if self._beside else 0.0
        if self._logo:
            self._logo.draw(canvas, start + (wide - self._logo.width) / 2, y)
        y += self._head
        for row in rows:
            if row.text:
                left = start + (wide - self._design.type.width(row.text, row.style)) / 2
                self._design.type.draw(canvas, row.text, left, y + row.style.size * ASCENT, row.style)
            else:
                draw_rule(canvas, self._design, start + wide / 2 - unit * 0.08, y + unit * 0.022, unit * 0.16)
            y += row.step
        if self._code and self._code.side and self._beside:
            x = self._gap if mirrored else self.box.width - self._gap - self._code.side
            self._code.draw(canvas, x, (self.box.height - self._code.side) / 2)
        elif self._code and self._code.side:
            self._code.draw(canvas, (self.box.width - self._code.side) / 2, y + self._gap)


class _Row(NamedTuple):
    """A centred line and the distance to the next one; without text, a rule."""

    text: str
    style: Style
    step: float
