"""The dark plate that a card's text stands on, so that it can be read whatever the scene is, and a card made of one."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from functools import partial

import numpy as np
import numpy.typing as npt
import skia

from producer.render.brushes import outline, rect, solid
from producer.render.cards.base import Design, Sprite, shadow
from producer.render.cards.stay import Stay
from producer.render.colour import READABLE, WHITE, lighter, veil_for
from producer.render.layout import Box
from producer.render.scene.palettes import Palette
from producer.render.text import ASCENT, Block, Style

Pixels = npt.NDArray[np.uint8]

PAD, RADIUS, BAR = 0.040, 0.024, 0.0095
"""Room around the text, rounding of the corners, and the bright bar at the side where reading begins; in units."""
SLIDE = 0.045
"""How far a card moves while it comes, in units."""
DENSE = 0.80
"""The least opacity of a plate."""


def tint(palette: Palette) -> str:
    """The second colour, light enough for small text on a plate."""
    return lighter(palette.second, 0.25)


def density(palette: Palette) -> float:
    """The opacity of a plate, on which white, the accent and the tint can be read whatever is behind it."""
    return max(
        DENSE, *(veil_for(palette.ink, WHITE, READABLE, text) for text in (WHITE, palette.accent, tint(palette)))
    )


def room(design: Design) -> Box:
    """What a plate over the whole of the cards' place leaves to its content."""
    cards, pad = design.layout.cards, PAD * design.layout.unit
    inner = Box(cards.x + pad, cards.y + pad, cards.width - 2 * pad, cards.height - 2 * pad)
    bar = BAR * design.layout.unit
    return Box(inner.x + (0 if design.layout.mirrored else bar), inner.y, inner.width - bar, inner.height)


def around(design: Design, height: float) -> Box:
    """The plate around a content of that height: as wide as the cards' place, in the middle of its height;
    whole pixels."""
    cards = design.layout.cards
    left, right = math.ceil(cards.x), math.floor(cards.right)
    tall = math.floor(min(height + 2 * PAD * design.layout.unit, cards.height - 1))
    return Box(left, math.ceil(cards.y + (cards.height - 1 - tall) / 2), right - left, tall)


def draw_plate(canvas: skia.Canvas, design: Design, box: Box) -> None:
    """At the canvas's origin."""
    palette, unit = design.palette, design.layout.unit
    radius, bar = RADIUS * unit, BAR * unit
    canvas.save()
    canvas.clipRRect(skia.RRect.MakeRectXY(rect(0, 0, box.width, box.height), radius, radius), True)
    canvas.drawPaint(solid(palette.ink, density(palette)))
    canvas.drawRect(rect(box.width - bar if design.layout.mirrored else 0, 0, bar, box.height), solid(palette.accent))
    canvas.restore()
    edge = max(1.0, unit * 0.0016)
    canvas.drawRoundRect(
        rect(edge / 2, edge / 2, box.width - edge, box.height - edge), radius, radius, outline(WHITE, edge, 0.14)
    )


def draw_lines(canvas: skia.Canvas, design: Design, block: Block, box: Box, style: Style) -> None:
    """A block from the top of a box on, at the side where the language begins to read."""
    style = Style(block.size, style.weight, style.colour, style.alpha)
    for index, line in enumerate(block.lines):
        x = box.right - design.type.width(line, style) if design.layout.mirrored else box.x
        design.type.draw(canvas, line, x, box.y + block.size * ASCENT + index * block.line_height, style)


class Plate:
    """A card that stands still between coming and going. `cut` says that words had to be left out, or that
    none can be drawn."""

    def __init__(
        self, design: Design, stay: Stay, box: Box, draw: Callable[[skia.Canvas], None], cut: bool = False
    ) -> None:
        """`draw` works in the frame's own coordinates, over the plate."""
        self.box, self.cut, self._stay = box, cut, stay
        self._reach = SLIDE * design.layout.unit * (-1 if design.layout.mirrored else 1)
        self._sprite = Sprite(
            box.width,
            box.height,
            partial(_draw, design=design, box=box, draw=draw),
            margin=round(design.layout.unit * 0.03),
        )

    def still(self, frame: int) -> Hashable | None:
        return 0 if self._stay.still(frame) else None

    def paint_still(self, canvas: skia.Canvas, frame: int) -> None:
        self._sprite.paint(canvas, self.box.x, self.box.y)

    def paint(self, canvas: skia.Canvas, pixels: Pixels, frame: int) -> None:
        if not self._stay.still(frame):
            self._sprite.paint(canvas, self.box.x + self.shift(frame), self.box.y, self._stay.there(frame))

    def shift(self, frame: int) -> float:
        """How far it is from its place, in pixels to the right."""
        return self._reach * self._stay.slide(frame)


def _draw(canvas: skia.Canvas, design: Design, box: Box, draw: Callable[[skia.Canvas], None]) -> None:
    unit = design.layout.unit
    shadow(canvas, unit * 0.010, 0.35, lambda layer: draw_plate(layer, design, box))
    canvas.translate(-box.x, -box.y)
    draw(canvas)
