"""A house with a light in its window: towns, homes, building."""

from __future__ import annotations

import skia

from producer.render.brushes import polygon, solid
from producer.render.cards.motifs.easel import Easel, block, disc, fill, line

KEYWORDS = (
    "house*", "housing", "home*", "town*", "cit*", "village*", "street*", "neighbour*", "neighbor*", "building*", "apartment*",
    "tenant*", "mayor*", "council*", "architect*", "roof*", "bakery", "shop*", "hotel*", "casa*", "vivienda*", "ciudad*", "pueblo*",
    "calle*", "barrio*", "vecin*", "edificio*", "alcald*", "房", "城市", "小镇", "街", "社区", "建筑", "村", "بيت", "منزل", "مدينة", "قرية", "شارع",
)  # fmt: skip


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    fill(canvas, easel, disc(-0.76, 0.36, 0.23), easel.cool, 0.06)
    line(canvas, [(-0.76, 0.40), (-0.76, 0.78)], easel.dark, 0.05)
    fill(canvas, easel, block(0.30, -0.80, 0.18, 0.44, 0.02), easel.shaded(easel.bright, 0.3), 0.03)
    fill(canvas, easel, block(-0.56, -0.20, 1.16, 0.98, 0.02), easel.paper)
    fill(canvas, easel, polygon((-0.76, -0.12), (0.02, -0.84), (0.80, -0.12)), easel.bright, 0.06)
    fill(canvas, easel, block(0.16, 0.26, 0.28, 0.52, 0.03), easel.palette.mid, 0.04)
    canvas.drawPath(disc(0.37, 0.53, 0.026), solid(easel.bright))
    window = block(-0.40, 0.08, 0.38, 0.36, 0.03)
    canvas.drawPath(window, solid(easel.palette.deep))
    canvas.drawPath(block(-0.37, 0.11, 0.32, 0.30, 0.015), solid(easel.bright))
    line(canvas, [(-0.21, 0.10), (-0.21, 0.42)], easel.palette.deep, 0.028)
    line(canvas, [(-0.38, 0.26), (-0.04, 0.26)], easel.palette.deep, 0.028)
    canvas.drawPath(disc(0.02, -0.40, 0.10), solid(easel.shaded(easel.bright, 0.5)))
    line(canvas, [(-0.96, 0.79), (0.96, 0.79)], easel.dark, 0.045)
