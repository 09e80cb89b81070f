"""A list whose items come as they are said."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial

import numpy as np
import numpy.typing as npt
import skia

from producer.render.brushes import rect, solid
from producer.render.cards.base import Design, Sprite
from producer.render.cards.plan import Items
from producer.render.cards.plate import Plate, around, draw_lines, room
from producer.render.cards.stay import Stay
from producer.render.layout import Box
from producer.render.text import ASCENT, BOLD, SEMIBOLD, Block, Style
from producer.render.timeline import ease, ramp

Pixels = npt.NDArray[np.uint8]

LARGEST, SMALLEST = 0.064, 0.030
CHIP, INDENT, APART = 1.30, 1.75, 0.55
"""Side of a number's chip, where the text begins, and the room between two items, in sizes of the text."""
MARGIN = 0.30
"""Around a row, in sizes: what signs over capitals and under descenders need."""
ITEM_S = 0.32
"""How long an item takes to come."""
LEAST_S = 1.2
"""An item comes at least this long before the card goes."""


class ItemsCard:
    """The plate, and over it one row after the other. `cut` says that words had to be left out."""

    def __init__(self, design: Design, stay: Stay, content: Items) -> None:
        unit, fps, inner = design.layout.unit, design.timeline.fps, room(design)
        self._stay = stay
        blocks, size = _fitted(design, content.texts, inner)
        gap = size * APART
        tall = sum(_tall(block) for block in blocks) + gap * (len(blocks) - 1)
        box = around(design, tall)
        self._plate = Plate(design, stay, box, lambda canvas: None)
        self.box, self.cut = box, any(block.cut or not block.lines for block in blocks)
        self._rise, self._moves = unit * 0.020, ITEM_S * fps
        self._rows: list[tuple[Sprite, float, float, float]] = []
        y = box.centre[1] - tall / 2
        for number, (block, time) in enumerate(zip(blocks, content.times, strict=True), 1):
            draw = partial(_draw_row, design=design, block=block, number=number, width=inner.width)
            start = max(min(time * fps, stay.end - stay.goes - LEAST_S * fps), stay.start + stay.comes)
            self._rows.append((Sprite(inner.width, _tall(block), draw, margin=round(size * MARGIN)), inner.x, y, start))
            y += _tall(block) + gap

    def still(self, frame: int) -> Hashable | None:
        """How many items are there, while none of them moves."""
        moving = any(0 < frame - start < self._moves for *_, start in self._rows)
        if moving or self._plate.still(frame) is None:
            return None
        return sum(start < frame for *_, start in self._rows)

    def paint_still(self, canvas: skia.Canvas, frame: int) -> None:
        self._plate.paint_still(canvas, frame)
        self._paint_rows(canvas, frame, 1.0)

    def paint(self, canvas: skia.Canvas, pixels: Pixels, frame: int) -> None:
        if self.still(frame) is not None:
            return
        if self._stay.still(frame):
            self._plate.paint_still(canvas, frame)
        self._plate.paint(canvas, pixels, frame)
        self._paint_rows(canvas, frame, self._stay.there(frame), self._plate.shift(frame))

    def _paint_rows(self, canvas: skia.Canvas, frame: int, alpha: float, shift: float = 0.0) -> None:
        for sprite, x, y, start in self._rows:
            there = ease(ramp(frame, start, self._moves))
            sprite.paint(canvas, x + shift, y + (1 - there) * self._rise, there * alpha)


def _fitted(design: Design, texts: tuple[str, ...], inner: Box) -> tuple[list[Block], float]:
    """All items at the largest size at which they fit together, each in up to two lines."""
    unit, type_ = design.layout.unit, design.type
    sizes = range(round(unit * LARGEST), round(unit * SMALLEST) - 1, -1)
    blocks: list[Block] = []
    for size in sizes:
        width = inner.width - size * INDENT
        blocks = [type_.fit(_begun(text), Style(size, SEMIBOLD), width, size * 2.4, [size], 2) for text in texts]
        tall = sum(_tall(block) for block in blocks) + size * APART * (len(blocks) - 1)
        if tall <= inner.height and not any(block.cut for block in blocks):
            return blocks, size
    return blocks, sizes[-1]


def _first_line(size: float) -> float:
    """The top of the text, so that the capitals of its first line stand in the middle of the chip."""
    return (CHIP - ASCENT) / 2 * size


def _tall(block: Block) -> float:
    return max(_first_line(block.size) + block.height, CHIP * block.size)


def _begun(text: str) -> str:
    """With a capital, as lists are written."""
    return text[:1].upper() + text[1:]


def _draw_row(canvas: skia.Canvas, design: Design, block: Block, number: int, width: float) -> None:
    palette, size, mirrored = design.palette, block.size, design.layout.mirrored
    side, tall = CHIP * size, _tall(block)
    x = width - side if mirrored else 0.0
    canvas.drawRoundRect(rect(x, 0, side, side), size * 0.30, size * 0.30, solid(palette.accent))
    digit = Style(round(size * 0.80), BOLD, palette.ink)
    left = x + (side - design.type.width(str(number), digit)) / 2
    design.type.draw(canvas, str(number), left, side / 2 + digit.size * (ASCENT / 2 - 0.01), digit)
    text = Box(0 if mirrored else size * INDENT, 0, width - size * INDENT, tall)
    draw_lines(canvas, design, block, Box(text.x, _first_line(size), text.width, tall), Style(size, SEMIBOLD))
