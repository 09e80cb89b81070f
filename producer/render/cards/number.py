"""A figure as large as it goes, with what it counts; a share also as a bar."""

from __future__ import annotations

import regex
import skia

from producer.render.brushes import rect, solid
from producer.render.cards.base import Design
from producer.render.cards.plan import Number
from producer.render.cards.plate import Plate, around, draw_lines, room
from producer.render.cards.stay import Stay
from producer.render.colour import WHITE
from producer.render.layout import Box
from producer.render.text import BOLD, SEMIBOLD, Block, Style

LARGEST, SMALLEST = 0.210, 0.070
NOUN, SMALLEST_NOUN = 0.056, 0.034
APART, BAR = 0.030, 0.020
"""Between the parts, and the height of a share's bar; in units."""
SHARE = regex.compile(r"(\d+(?:[.,]\d+)?)\s?%")


def number_card(design: Design, stay: Stay, content: Number) -> Plate:
    unit, type_, inner = design.layout.unit, design.type, room(design)
    value, noun = Style(1, BOLD, design.palette.accent), Style(1, SEMIBOLD)
    share, gap = _share(content.value), unit * APART
    below = (gap + unit * BAR) * (share is not None)
    named = type_.fit(content.noun, noun, inner.width, inner.height * 0.36, _sizes(unit, NOUN, SMALLEST_NOUN), 2)
    below += (gap + named.height) * bool(content.noun)
    sizes = _sizes(unit, LARGEST, SMALLEST)
    figure = type_.fit(content.value, value, inner.width, inner.height - below, sizes, 1)
    if figure.cut:  # a figure written in words may take two lines
        figure = type_.fit(content.value, value, inner.width, inner.height - below, _sizes(unit, 0.12, 0.04), 2)
    tall = _ink(figure) + below
    box = around(design, tall)
    top = box.centre[1] - tall / 2

    def draw(canvas: skia.Canvas) -> None:
        y = top
        draw_lines(canvas, design, figure, Box(inner.x, y, inner.width, figure.height), value)
        y += _ink(figure) + gap
        if share is not None:
            _draw_share(canvas, design, Box(inner.x, y, inner.width, unit * BAR), share)
            y += unit * BAR + gap
        if content.noun:
            draw_lines(canvas, design, named, Box(inner.x, y, inner.width, named.height), noun)

    return Plate(design, stay, box, draw, figure.cut or named.cut or not figure.lines)


def _sizes(unit: float, largest: float, smallest: float) -> range:
    return range(round(unit * largest), round(unit * smallest) - 1, -1)


def _ink(figure: Block) -> float:
    """Its height; digits have no descenders."""
    return figure.height - figure.size * (0.20 if regex.search(r"\d", "".join(figure.lines[-1:])) else 0.0)


def _share(value: str) -> float | None:
    """0..1, where the figure is a percentage that can be drawn."""
    match = SHARE.fullmatch(value)
    share = float(match[1].replace(",", ".")) / 100 if match else None
    return share if share is not None and share <= 1 else None


def _draw_share(canvas: skia.Canvas, design: Design, box: Box, share: float) -> None:
    round_ = box.height / 2
    canvas.drawRoundRect(rect(box.x, box.y, box.width, box.height), round_, round_, solid(WHITE, 0.20))
    length = max(box.height, share * box.width)
    x = box.right - length if design.layout.mirrored else box.x
    canvas.drawRoundRect(rect(x, box.y, length, box.height), round_, round_, solid(design.palette.accent))
