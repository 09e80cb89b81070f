"""What somebody said, and who: large letters after a quotation mark."""

from __future__ import annotations

from dataclasses import replace

import skia

from producer.render.brushes import polygon, solid
from producer.render.cards.base import Design
from producer.render.cards.plan import Quote
from producer.render.cards.plate import Plate, around, draw_lines, room, tint
from producer.render.cards.stay import Stay
from producer.render.layout import Box
from producer.render.text import MEDIUM, SEMIBOLD, Style

MARK, MARK_ROOM = 0.036, 0.058
"""Height of the quotation mark, and what it takes with the room below it, in units."""
LARGEST, SMALLEST, BY, LEAST_BY = 0.062, 0.032, 0.0285, 0.022
MOST_LINES = 9


def quote_card(design: Design, stay: Stay, content: Quote) -> Plate:
    unit, type_, inner = design.layout.unit, design.type, room(design)
    by = Style(round(unit * BY), MEDIUM, tint(design.palette))
    named = f"— {content.by}" if content.by else ""
    block = type_.fit(named, by, inner.width, inner.height, range(round(by.size), round(unit * LEAST_BY) - 1, -1), 1)
    name, by = "".join(block.lines), replace(by, size=block.size)
    head, foot = unit * MARK_ROOM, by.size * 1.9 if name else 0.0
    sizes = range(round(unit * LARGEST), round(unit * SMALLEST) - 1, -1)
    text = Style(sizes[-1], SEMIBOLD)
    block = type_.fit(content.text, text, inner.width, inner.height - head - foot, sizes, MOST_LINES)
    box = around(design, head + block.height + foot)
    top = box.centre[1] - (head + block.height + foot) / 2

    def draw(canvas: skia.Canvas) -> None:
        _draw_mark(canvas, design, inner, top)
        draw_lines(canvas, design, block, Box(inner.x, top + head, inner.width, block.height), text)
        if name:
            x = inner.right - type_.width(name, by) if design.layout.mirrored else inner.x
            type_.draw(canvas, name, x, top + head + block.height + foot - by.size * 0.2, by)

    return Plate(design, stay, box, draw, block.cut or not block.lines)


def _draw_mark(canvas: skia.Canvas, design: Design, inner: Box, top: float) -> None:
    """Two slanted strokes: typefaces disagree about the room around theirs."""
    tall, mirrored = MARK * design.layout.unit, design.layout.mirrored
    for index in range(2):
        near = 0.78 * tall * index
        corners = ((near, tall), (near + 0.22 * tall, 0.0), (near + 0.60 * tall, 0.0), (near + 0.46 * tall, tall))
        placed = ((inner.right - x if mirrored else inner.x + x, top + y) for x, y in corners)
        canvas.drawPath(polygon(*placed), solid(design.palette.accent))
