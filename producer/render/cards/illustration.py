"""A drawn picture of a topic that has none which may be shown: a motif that its words call for, on a patterned ground."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cached_property

import numpy as np
import numpy.typing as npt
import skia

from producer.render.brushes import glow, gradient, outline, solid
from producer.render.cards.base import shadow
from producer.render.cards.motifs import MOTIFS, NEUTRAL
from producer.render.cards.motifs.easel import Easel
from producer.render.colour import mix
from producer.render.scene.choose import matches, seed_of
from producer.render.scene.grain import grain
from producer.render.scene.palettes import Palette

Pixels = npt.NDArray[np.uint8]
Pattern = Callable[[skia.Canvas, Easel, int, int], None]
"""Covers a width and a height, in pixels, behind a motif."""

MOST = 3
"""Different motifs of one topic."""
REACH = 0.385
"""Half of a motif's side, of the picture's shorter side."""
HALO = 0.46


class Illustration:
    """Draws pictures of one topic."""

    def __init__(self, topic: str, palette: Palette, seed: int) -> None:
        self._topic, self._palette, self._seed = topic, palette, seed

    @cached_property
    def motifs(self) -> list[str]:
        """Their names, what suits best first."""
        return motifs_for(self._topic, self._seed)

    def draw(self, size: tuple[int, int], number: int) -> Pixels:
        """Opaque RGBA of `size` (width, height). Each number gives another picture, equal ones give equal pixels."""
        name = self.motifs[number % len(self.motifs)]
        rng = np.random.default_rng(seed_of("illustration", self._seed, name, number))
        pattern = list(PATTERNS.values())[int(rng.integers(len(PATTERNS)))]
        return illustrate(name, pattern, Easel(self._palette, rng), size)


def illustrate(motif: str, pattern: Pattern, easel: Easel, size: tuple[int, int]) -> Pixels:
    """A motif, by its name, on a pattern: opaque RGBA of `size` (width, height)."""
    width, height = size
    unit = min(size)
    pixels = np.zeros((height, width, 4), np.uint8)
    canvas = skia.Surface(pixels).getCanvas()
    _ground(canvas, easel, width, height)
    pattern(canvas, easel, width, height)
    _halo(canvas, easel, width, height)
    canvas.translate(width / 2, height / 2)
    canvas.scale(REACH * unit, REACH * unit)
    shadow(canvas, 0.07, 0.40, lambda layer: MOTIFS[motif].paint(layer, easel))
    return grain(pixels, easel.rng)


def motifs_for(topic: str, seed: int) -> list[str]:
    """The names of up to three motifs that a topic's words call for, those of the most words first; where they call
    for none, the neutral ones in an order that the seed picks."""
    scores = {name: matches(motif.KEYWORDS, topic) for name, motif in MOTIFS.items()}
    order = sorted(MOTIFS, key=lambda name: (-scores[name], seed_of("motif", seed, name)))
    called = [name for name in order if scores[name]]
    return called[:MOST] or [name for name in order if name in NEUTRAL]


def _ground(canvas: skia.Canvas, easel: Easel, width: int, height: int) -> None:
    palette = easel.palette
    canvas.drawPaint(gradient((0, 0), (width, height), (palette.mid, 1), (mix(palette.mid, palette.deep, 0.7), 1)))


def _halo(canvas: skia.Canvas, easel: Easel, width: int, height: int) -> None:
    palette, radius = easel.palette, HALO * min(width, height)
    x, y = width / 2, height / 2
    canvas.drawCircle(x, y, radius * 1.10, solid(palette.deep, 0.30))
    inner = mix(palette.mid, palette.deep, 0.55)
    canvas.drawCircle(x, y, radius, glow((x, y), radius, (mix(palette.mid, palette.light, 0.30), 1), (inner, 1)))


def _dots(canvas: skia.Canvas, easel: Easel, width: int, height: int) -> None:
    step = min(width, height) / 11
    for row in range(math.ceil(height / step) + 1):
        for column in range(math.ceil(width / step) + 1):
            x, y = (column + 0.5 * (row % 2)) * step, row * step
            canvas.drawCircle(x, y, step * 0.10, solid(easel.palette.light, 0.34))


def _rings(canvas: skia.Canvas, easel: Easel, width: int, height: int) -> None:
    unit = min(width, height)
    for ring in range(2, 9):
        canvas.drawCircle(width / 2, height / 2, unit * 0.16 * ring, outline(easel.palette.light, unit * 0.008, 0.26))


def _stripes(canvas: skia.Canvas, easel: Easel, width: int, height: int) -> None:
    step = min(width, height) / 7
    brush = outline(easel.palette.light, step * 0.42, 0.11)
    for index in range(math.ceil((width + height) / step) + 1):
        canvas.drawLine(index * step, -step, index * step - height - 2 * step, height + step, brush)


def _confetti(canvas: skia.Canvas, easel: Easel, width: int, height: int) -> None:
    unit, rng, palette = min(width, height), easel.rng, easel.palette
    for index in range(36):
        x, y, size = rng.uniform(0, width), rng.uniform(0, height), unit * rng.uniform(0.012, 0.028)
        colour = (palette.accent, palette.second, palette.light)[index % 3]
        if index % 2:
            canvas.drawCircle(x, y, size, outline(colour, unit * 0.007, 0.55))
        else:
            canvas.drawCircle(x, y, size * 0.7, solid(colour, 0.50))


def _rays(canvas: skia.Canvas, easel: Easel, width: int, height: int) -> None:
    reach, start = math.hypot(width, height), easel.rng.uniform(0, math.pi)
    path = skia.Path()
    for ray in range(14):
        angle = start + ray * math.pi / 7
        path.moveTo(width / 2, height / 2)
        for edge in (angle, angle + math.pi / 14):
            path.lineTo(width / 2 + reach * math.cos(edge), height / 2 + reach * math.sin(edge))
        path.close()
    canvas.drawPath(path, solid(easel.palette.light, 0.13))


PATTERNS: dict[str, Pattern] = {
    "dots": _dots,
    "rings": _rings,
    "stripes": _stripes,
    "confetti": _confetti,
    "rays": _rays,
}
