"""What a motif is painted with: the palette's colours by their part, and a few shapes that all motifs share.

A motif is painted around (0, 0) and keeps within the square from −1 to 1, y downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import skia

from producer.render.brushes import Point, outline, rect, solid
from producer.render.colour import lighter, mix
from producer.render.scene.palettes import Palette


@dataclass(frozen=True)
class Easel:
    """`rng` is the only source of chance."""

    palette: Palette
    rng: np.random.Generator

    @property
    def paper(self) -> str:
        return lighter(self.palette.light, 0.82)

    @property
    def dark(self) -> str:
        return mix(self.palette.ink, self.palette.deep, 0.35)

    @property
    def bright(self) -> str:
        return self.palette.accent

    @property
    def cool(self) -> str:
        return self.palette.second

    @property
    def soft(self) -> str:
        return mix(self.palette.light, self.paper, 0.45)

    def shaded(self, colour: str, amount: float = 0.24) -> str:
        return mix(colour, self.palette.deep, amount)


def block(x: float, y: float, width: float, height: float, radius: float = 0.06) -> skia.Path:
    """A rectangle with round corners."""
    path = skia.Path()
    path.addRoundRect(rect(x, y, width, height), radius, radius)
    return path


def disc(x: float, y: float, radius: float) -> skia.Path:
    path = skia.Path()
    path.addCircle(x, y, radius)
    return path


def fill(canvas: skia.Canvas, easel: Easel, path: skia.Path, colour: str, edge: float = 0.07) -> None:
    """A flat shape whose lower right edge lies in shade."""
    canvas.save()
    canvas.clipPath(path, True)
    canvas.drawPath(path, solid(easel.shaded(colour)))
    canvas.translate(-edge, -edge)
    canvas.drawPath(path, solid(colour))
    canvas.restore()


def line(canvas: skia.Canvas, points: Sequence[Point], colour: str, width: float = 0.05) -> None:
    path = skia.Path()
    path.addPoly([skia.Point(*point) for point in points], False)
    canvas.drawPath(path, outline(colour, width))
