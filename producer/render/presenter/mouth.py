"""The mouth: eight parameters and a smile (or its opposite) become lips, teeth and tongue.

Drawn flat around the middle of the closed lips, x right and y down, in rig units.
"""

from __future__ import annotations

from dataclasses import dataclass

import skia

from producer.render.presenter.look import Look
from producer.render.presenter.paints import Brush
from producer.render.presenter.visemes import Mouth

GAP = 29.0
"""Units between the lips when fully open."""


@dataclass(frozen=True)
class Lips:
    """Where the lips lie. `upper` and `lower` are the inner edges in the middle, `peak` and `base` the outer ones."""

    half: float
    corner: float
    upper: float
    lower: float
    peak: float
    base: float

    @property
    def gap(self) -> float:
        return self.lower - self.upper


def lips_of(mouth: Mouth, smile: float, fullness: float) -> Lips:
    """The geometry of the lips. `smile` -1..1, `fullness` 0 thin … 1 full."""
    gap = GAP * mouth.open * (1 - 0.12 * mouth.round)
    bent = smile * (1 - 0.75 * mouth.round) * (1 - 0.35 * mouth.open)
    half = 22.5 * (1 + 0.17 * mouth.wide - 0.38 * mouth.round + 0.26 * max(0.0, bent) - 0.05 * mouth.open)
    corner = 1.2 * mouth.open - (5.6 if bent > 0 else 6.4) * bent
    upper = 0.6 - 0.27 * gap - 2.6 * mouth.lift * min(1.0, 2.2 * mouth.open)
    lower = 0.6 + 0.73 * gap
    lower = lower * (1 - 0.85 * mouth.tuck) - 1.2 * mouth.tuck
    pressed, pushed = 1 - 0.34 * mouth.press, 1 + 0.24 * mouth.round
    top = (3.6 + 2.4 * fullness) * pressed * pushed
    bottom = (5.2 + 3.4 * fullness) * pressed * pushed * (1 - 0.42 * mouth.tuck)
    return Lips(half, corner, upper, max(lower, upper), upper - top, max(lower, upper) + bottom)


class MouthPainter:
    """Paints one mouth; made once per look."""

    def __init__(self, look: Look, brush: Brush, chin: str = "skin-shade") -> None:
        """`chin` is the tone of the shadow below the lower lip."""
        self._fullness = look.fullness
        self._gloss = 0.14 + 0.2 * look.lips
        self._brush = brush
        self._seam = brush.line("lip-dark", 1.7)
        self._crease = brush.line("skin-deep", 1.3)
        self._cavity = brush.fill("mouth")
        self._tongue = brush.fill("tongue")
        self._teeth = brush.fill("teeth")
        self._lower_teeth = brush.fill("lower-teeth")
        self._shade = brush.fill("mouth", 0.18)
        self._shine = brush.fill("white", self._gloss)
        self._under = brush.glow(0, 0, 1, chin, 0.75)

    def draw(self, canvas: skia.Canvas, mouth: Mouth, smile: float) -> None:
        lips = lips_of(mouth, smile, self._fullness)
        self._shadow_below(canvas, lips)
        outer = outer_path(lips)
        axis = (0.0, lips.peak, 0.0, lips.base)
        canvas.drawPath(outer, self._brush.gradient(axis, ("lip-shade", "lip", "lip", "lip-light")))
        if lips.gap > 1.0:
            self._inside(canvas, lips, mouth)
        else:
            canvas.drawPath(seam_path(lips), self._seam)
        if mouth.tuck > 0.15:
            self._teeth.setAlphaf(min(1.0, 1.3 * mouth.tuck))
            canvas.drawPath(bite_path(lips, mouth.tuck), self._teeth)
        self._finish(canvas, lips, smile)

    def _shadow_below(self, canvas: skia.Canvas, lips: Lips) -> None:
        canvas.save()
        canvas.translate(0, lips.base + 2.2)
        canvas.scale(lips.half * 0.72, 5.2)
        canvas.drawCircle(0, 0, 1, self._under)
        canvas.restore()

    def _inside(self, canvas: skia.Canvas, lips: Lips, mouth: Mouth) -> None:
        inner = inner_path(lips)
        canvas.drawPath(inner, self._cavity)
        canvas.save()
        canvas.clipPath(inner, True)
        half, gap = lips.half, lips.gap
        rise = lips.lower + 3.5 - mouth.tongue * gap * 0.5
        canvas.drawOval(
            skia.Rect.MakeLTRB(-half * 0.62, rise - gap * 0.42, half * 0.62, rise + gap * 0.5 + 6), self._tongue
        )
        if mouth.teeth > 0.55 and gap < 15:
            self._lower_teeth.setAlphaf(min(1.0, (mouth.teeth - 0.55) * 3))
            row = skia.Rect.MakeLTRB(-half * 0.6, lips.lower - 2.6, half * 0.6, lips.lower + 6)
            canvas.drawRoundRect(row, 3, 3, self._lower_teeth)
        reach = lips.upper + min(8.0, 2.2 + gap * 0.42) * (0.55 + 0.45 * mouth.teeth)
        self._teeth.setAlphaf(min(1.0, 2.4 * mouth.teeth + max(0.0, gap - 9) / 20))
        canvas.drawPath(upper_teeth_path(lips, reach), self._teeth)
        canvas.drawPath(upper_teeth_path(lips, lips.upper + 1.6), self._shade)
        canvas.restore()

    def _finish(self, canvas: skia.Canvas, lips: Lips, smile: float) -> None:
        thick = lips.base - lips.lower
        shine = skia.Rect.MakeLTRB(
            -lips.half * 0.34, lips.lower + thick * 0.36, lips.half * 0.20, lips.lower + thick * 0.66
        )
        canvas.drawOval(shine, self._shine)
        self._crease.setAlphaf(0.45 * min(1.0, abs(smile)))
        above, below = (3.2, 3.4) if smile > 0 else (0.6, 5.6)  # a sad mouth's crease hangs below its corner
        for side in (-1, 1):
            crease = skia.Path()
            crease.moveTo(side * (lips.half + 3.0), lips.corner - above)
            crease.quadTo(side * (lips.half + 5.0), lips.corner + 0.2, side * (lips.half + 3.6), lips.corner + below)
            canvas.drawPath(crease, self._crease)


def through(height: float, end: float) -> float:
    """Where the two handles of a symmetric cubic must lie for its middle to be at `height`, its ends at `end`."""
    return (height - 0.25 * end) / 0.75


def outer_path(lips: Lips) -> skia.Path:
    """The red of the lips, with a soft Cupid's bow."""
    half, corner, peak, base = lips.half, lips.corner, lips.peak, lips.base
    flank = corner + (peak - corner) * 0.62 - 1.0
    path = skia.Path()
    path.moveTo(-half, corner)
    path.cubicTo(-half * 0.70, flank, -half * 0.40, peak - 1.1, -half * 0.20, peak - 0.9)
    path.cubicTo(-half * 0.10, peak - 0.7, -half * 0.06, peak + 0.5, 0, peak + 0.6)
    path.cubicTo(half * 0.06, peak + 0.5, half * 0.10, peak - 0.7, half * 0.20, peak - 0.9)
    path.cubicTo(half * 0.40, peak - 1.1, half * 0.70, flank, half, corner)
    below = through(base, corner)
    path.cubicTo(half * 0.80, corner + (below - corner) * 0.78, half * 0.40, base, 0, base)
    path.cubicTo(-half * 0.40, base, -half * 0.80, corner + (below - corner) * 0.78, -half, corner)
    path.close()
    return path


def inner_path(lips: Lips) -> skia.Path:
    """The opening between the lips."""
    half, level = lips.half * 0.90, lips.corner + 0.3
    above, below = through(lips.upper, level), through(lips.lower, level)
    path = skia.Path()
    path.moveTo(-half, level)
    path.cubicTo(-half * 0.58, above, half * 0.58, above, half, level)
    path.cubicTo(half * 0.66, below, -half * 0.66, below, -half, level)
    path.close()
    return path


def seam_path(lips: Lips) -> skia.Path:
    """The line where closed lips meet: it dips in the middle and rises to the corners."""
    half, corner, middle = lips.half, lips.corner, lips.lower
    path = skia.Path()
    path.moveTo(-half, corner)
    path.cubicTo(-half * 0.62, corner * 0.35 + middle * 0.9, -half * 0.22, middle - 0.5, 0, middle + 0.3)
    path.cubicTo(half * 0.22, middle - 0.5, half * 0.62, corner * 0.35 + middle * 0.9, half, corner)
    return path


def upper_teeth_path(lips: Lips, reach: float) -> skia.Path:
    """A row of teeth from above the upper lip down to `reach`, following the arch of the jaw."""
    half = lips.half * 0.86
    path = skia.Path()
    path.moveTo(-half, lips.upper - 8)
    path.lineTo(-half, reach - 2.4)
    path.cubicTo(-half * 0.6, reach + 0.6, half * 0.6, reach + 0.6, half, reach - 2.4)
    path.lineTo(half, lips.upper - 8)
    path.close()
    return path


def bite_path(lips: Lips, tuck: float) -> skia.Path:
    """The edge of the upper teeth resting on the lower lip, as for f and v."""
    half, top, edge = lips.half * 0.56, lips.upper, lips.lower + 3.4 * tuck
    path = skia.Path()
    path.moveTo(-half, top)
    path.cubicTo(-half * 0.4, top - 0.6, half * 0.4, top - 0.6, half, top)
    path.lineTo(half * 0.9, edge - 0.9)
    path.cubicTo(half * 0.5, edge + 0.4, -half * 0.5, edge + 0.4, -half * 0.9, edge - 0.9)
    path.close()
    return path
