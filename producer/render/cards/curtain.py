"""The full-screen surface of the intro and the outro: the palette's dark tones, with discs that drift over it."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import skia

from producer.render.brushes import gradient, rect, solid
from producer.render.cards.base import Design, Sprite
from producer.render.colour import lighter, mix
from producer.render.scene.grain import grain

DISCS = ((0.93, 0.10, 0.46, 1.0), (0.03, 0.97, 0.40, -0.8), (0.80, 1.02, 0.22, -1.0))
"""Drifting discs: x and y of the middle in picture sizes, radius in units, and how they drift."""
DRIFT_S = 7.0
"""A disc's way round."""


class Curtain:
    """The moving surface that both cards share."""

    def __init__(self, design: Design, seed: int) -> None:
        layout, palette = design.layout, design.palette
        self._design = design
        self._surface = Sprite(layout.width, layout.height, partial(_draw_surface, design=design, seed=seed))
        self.edge = max(5, round(layout.unit * 0.010))
        self._discs = []
        for (x, y, radius, drift), colour in zip(DISCS, (palette.light, palette.accent, palette.second), strict=True):
            reach = layout.unit * radius
            sprite = Sprite(2 * reach, 2 * reach, partial(_draw_disc, radius=reach, colour=colour))
            self._discs.append((sprite, layout.width * x - reach, layout.height * y - reach, drift))

    def paint(self, canvas: skia.Canvas, frame: int, top: int) -> None:
        """The curtain with its upper edge at `top` (negative while it leaves upwards)."""
        layout, timeline = self._design.layout, self._design.timeline
        if top:
            edge = top + layout.height if top < 0 else top - self.edge
            canvas.drawRect(rect(0, edge, layout.width, self.edge), solid(self._design.palette.accent))
        self._surface.paint(canvas, 0, top)
        canvas.save()
        canvas.clipRect(rect(0, top, layout.width, layout.height))
        for index, (sprite, x, y, drift) in enumerate(self._discs):
            turn = 2 * math.pi * (frame / timeline.fps / DRIFT_S + index * 0.37)
            reach = drift * layout.unit * 0.06
            sprite.paint(canvas, x + reach * math.cos(turn), y + top + reach * math.sin(turn))
        canvas.restore()


def draw_rule(canvas: skia.Canvas, design: Design, x: float, y: float, width: float) -> None:
    """A short bar between two texts."""
    height = design.layout.unit * 0.010
    canvas.drawRoundRect(rect(x, y, width, height), height / 2, height / 2, solid(design.palette.second))


def _draw_surface(canvas: skia.Canvas, design: Design, seed: int) -> None:
    layout, palette = design.layout, design.palette
    pixels = np.zeros((layout.height, layout.width, 4), np.uint8)
    surface = skia.Surface(pixels).getCanvas()
    tones = (palette.ink, mix(palette.ink, palette.deep, 0.8), mix(palette.deep, palette.mid, 0.75))
    surface.drawPaint(gradient((0, 0), (layout.width, layout.height), *[(tone, 1.0) for tone in tones]))
    canvas.drawImage(skia.Image.fromarray(grain(pixels, np.random.default_rng(seed))), 0, 0)


def _draw_disc(canvas: skia.Canvas, radius: float, colour: str) -> None:
    fill = gradient((0, 0), (2 * radius, 2 * radius), (lighter(colour, 0.2), 0.30), (colour, 0.06))
    canvas.drawCircle(radius, radius, radius, fill)
