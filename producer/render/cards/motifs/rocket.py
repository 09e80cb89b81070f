"""A rocket among the stars: space."""

from __future__ import annotations

import math

import skia

from producer.render.brushes import polygon, solid
from producer.render.cards.motifs.easel import Easel, disc, fill

KEYWORDS = (
    "space", "rocket*", "moon*", "planet*", "star", "stars", "galax*", "orbit*", "astronaut*", "nasa", "satellite*", "mars", "comet*",
    "meteor*", "fireball*", "telescope*", "launch*", "universe", "cosmic", "espacio", "cohete*", "luna", "planeta*", "estrella*",
    "galaxia*", "satélite*", "太空", "宇宙", "火箭", "月球", "行星", "恒星", "星系", "卫星", "فضاء", "صاروخ", "قمر", "كوكب", "نجوم", "مجرة",
)  # fmt: skip


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    for _ in range(9):
        angle, far = easel.rng.uniform(0, 2 * math.pi), easel.rng.uniform(0.70, 0.98)
        _star(canvas, easel, far * math.cos(angle), far * math.sin(angle), easel.rng.uniform(0.03, 0.07))
    canvas.save()
    canvas.rotate(32)
    canvas.translate(0, -0.08)
    for reach, colour in ((0.62, easel.bright), (0.36, easel.paper)):
        flame = skia.Path()
        flame.moveTo(-0.30 * reach, 0.46)
        flame.quadTo(-0.34 * reach, 0.46 + 0.45 * reach, 0, 0.46 + reach)
        flame.quadTo(0.34 * reach, 0.46 + 0.45 * reach, 0.30 * reach, 0.46)
        canvas.drawPath(flame, solid(colour))
    for side in (-1, 1):
        fin = polygon((0.22 * side, 0.10), (0.52 * side, 0.42), (0.50 * side, 0.62), (0.18 * side, 0.46))
        fill(canvas, easel, fin, easel.cool, 0.04)
    hull = skia.Path()
    hull.moveTo(0, -0.92)
    hull.cubicTo(0.34, -0.60, 0.40, 0.06, 0.20, 0.48)
    hull.lineTo(-0.20, 0.48)
    hull.cubicTo(-0.40, 0.06, -0.34, -0.60, 0, -0.92)
    hull.close()
    fill(canvas, easel, hull, easel.paper, 0.08)
    canvas.save()
    canvas.clipPath(hull, True)
    fill(canvas, easel, disc(0, -1.02, 0.46), easel.cool, 0.06)
    canvas.restore()
    canvas.drawPath(disc(0, -0.18, 0.17), solid(easel.dark))
    fill(canvas, easel, disc(0, -0.18, 0.12), easel.palette.light, 0.04)
    canvas.restore()


def _star(canvas: skia.Canvas, easel: Easel, x: float, y: float, size: float) -> None:
    corners = []
    for step in range(8):
        reach, angle = size * (1.0 if step % 2 == 0 else 0.34), math.pi / 4 * step
        corners.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    canvas.drawPath(polygon(*corners), solid(easel.bright))
