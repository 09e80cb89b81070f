"""Brows, and the creases that they make in the forehead. They say more of a feeling than the mouth does.

Each brow is drawn flat around its own middle; `side` is -1 for the picture's left, 1 for its right.
"""

from __future__ import annotations

from typing import NamedTuple

import skia

from producer.render.presenter.look import Look
from producer.render.presenter.paints import Brush


class Brows(NamedTuple):
    """raised -1 … 1; slant -1 inner ends low … 1 inner ends high; knit 0 … 1 drawn together."""

    raised: float = 0.0
    slant: float = 0.0
    knit: float = 0.0


class Arch(NamedTuple):
    """Heights of a brow's upper edge, y downwards, and how far its inner end has moved towards the nose."""

    inner: float
    middle: float
    outer: float
    inwards: float


def arch_of(brows: Brows, lids: float = 0.0) -> Arch:
    """A soft arch whose ends lie level: friendly at rest. A blink pulls it down a little."""
    lift = -6.4 * brows.raised + 0.8 * lids
    inner = lift - 3.4 - 1.4 * brows.raised - 6.0 * brows.slant + 1.6 * brows.knit
    middle = lift - 7.6 - 1.2 * brows.slant + 0.8 * brows.knit
    outer = lift + 2.4 + 2.4 * brows.slant - 0.8 * max(0.0, brows.raised)
    return Arch(inner, middle, outer, 3.6 * brows.knit)


class BrowPainter:
    """Paints brows and the creases of a moved forehead; made once per look."""

    def __init__(self, look: Look, brush: Brush) -> None:
        self._thick = 2.6 + 3.4 * look.brows
        self._brow = brush.fill("brow")
        self._crease = brush.line("skin-deep", 1.7)
        self._lined = 0.35 + 0.65 * look.age

    def draw(self, canvas: skia.Canvas, side: int, brows: Brows, lids: float) -> None:
        canvas.drawPath(brow_path(arch_of(brows, lids), side, self._thick), self._brow)

    def draw_creases(self, canvas: skia.Canvas, brows: Brows) -> None:
        """Between the brows and across the forehead, around the point between the brows."""
        knit, raised = max(0.0, brows.knit - 0.15), max(0.0, brows.raised - 0.45)
        worried = max(0.0, brows.slant - 0.3) * 0.6
        if knit:
            self._crease.setAlphaf(min(0.75, knit * 0.9 * self._lined))
            for side in (-1, 1):
                canvas.drawPath(_line((side * 5.2, -10), (side * 3.6, -5), (side * 4.4, 1)), self._crease)
        if raised or worried:
            self._crease.setAlphaf(min(0.5, (raised * 0.6 + worried * 0.7) * self._lined))
            wide = 27.0 if raised > worried else 16.0
            for y, share in ((-21.0, 1.0), (-29.0, 1.2)):  # where age draws its lines
                bow = -3.0 if raised > worried else 2.0
                canvas.drawPath(_line((-wide * share, y), (0, y + bow), (wide * share, y)), self._crease)


def brow_path(arch: Arch, side: int, thick: float) -> skia.Path:
    """Thick at the nose, thin at the temple."""
    inner, middle, outer = arch.inner, arch.middle, arch.outer
    start = -16.0 - arch.inwards
    rise = inner + (middle - inner) * 0.85
    path = skia.Path()
    path.moveTo(side * start, inner)
    path.cubicTo(-side * 9, rise, -side * 1, middle - 0.8, side * 6, middle)
    path.cubicTo(side * 12, middle + 0.8, side * 17, (middle + outer) / 2 - 0.6, side * 20.5, outer)
    path.cubicTo(side * 15, outer - 3.4, side * 11, middle + thick * 0.78, side * 5, middle - 0.3 + thick * 0.92)
    path.cubicTo(
        -side * 2, middle - 0.6 + thick, -side * 9, rise + 0.4 + thick, side * (start + 1.4), inner + thick * 0.86
    )
    path.cubicTo(side * (start - 1.6), inner + thick * 0.92, side * (start - 2.2), inner + 0.8, side * start, inner)
    path.close()
    return path


def _line(start: tuple[float, float], middle: tuple[float, float], end: tuple[float, float]) -> skia.Path:
    path = skia.Path()
    path.moveTo(*start)
    path.quadTo(*middle, *end)
    return path
