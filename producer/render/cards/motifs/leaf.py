"""A young plant: climate, nature, farming."""

from __future__ import annotations

import skia

from producer.render.brushes import outline, solid
from producer.render.cards.motifs.easel import Easel, block, fill, line

KEYWORDS = (
    "climate", "nature", "plant*", "tree*", "forest*", "garden*", "farm*", "seed*", "green", "environment*", "species",
    "biodivers*", "carbon", "emission*", "seagrass", "meadow*", "crop*", "clima*", "naturaleza", "árbol*", "bosque*", "jardín*",
    "verde*", "semilla*", "planta*", "气候", "自然", "植物", "森林", "树", "环境", "种子", "مناخ", "طبيعة", "شجر*", "نبات*",
)  # fmt: skip


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    stem = skia.Path()
    stem.moveTo(0, 0.52)
    stem.cubicTo(0.02, 0.2, -0.04, -0.1, 0.0, -0.42)
    canvas.drawPath(stem, outline(easel.cool, 0.07))
    for x, y, turn, size in ((0.0, 0.20, 42, 0.74), (0.0, 0.06, -48, 0.66), (0.0, -0.36, 4, 0.62)):
        canvas.save()
        canvas.translate(x, y)
        canvas.rotate(turn)
        canvas.scale(size, size)
        _leaf(canvas, easel)
        canvas.restore()
    pot = skia.Path()
    pot.moveTo(-0.40, 0.56)
    pot.lineTo(0.40, 0.56)
    pot.lineTo(0.30, 0.98)
    pot.lineTo(-0.30, 0.98)
    pot.close()
    fill(canvas, easel, pot, easel.bright)
    fill(canvas, easel, block(-0.46, 0.44, 0.92, 0.18, 0.05), easel.bright, 0.05)


def _leaf(canvas: skia.Canvas, easel: Easel) -> None:
    """From its stalk at the origin upwards."""
    right, left = skia.Path(), skia.Path()
    for path, side in ((right, 1), (left, -1)):
        path.moveTo(0, 0)
        path.cubicTo(0.46 * side, -0.12, 0.44 * side, -0.66, 0, -0.98)
        path.close()
    canvas.drawPath(left, solid(easel.cool))
    canvas.drawPath(right, solid(easel.shaded(easel.cool, 0.32)))
    for y in (-0.26, -0.46, -0.64):
        line(canvas, [(0, y), (-0.17, y - 0.11)], easel.shaded(easel.cool, 0.32), 0.03)
        line(canvas, [(0, y), (0.17, y - 0.11)], easel.cool, 0.03)
