"""The world on its stand: other countries, treaties, travel. Also where a topic calls for nothing else."""

from __future__ import annotations

import skia

from producer.render.brushes import curve, outline, solid
from producer.render.cards.motifs.easel import Easel, block, disc, fill

KEYWORDS = (
    "world", "global*", "international", "countr*", "nation*", "united", "treaty", "treaties", "foreign*", "border*",
    "summit", "travel*", "touris*", "map", "maps", "ocean*", "mundo", "mundial*", "internacional*", "país*", "países",
    "frontera*", "viaje*", "世界", "全球", "国际", "国家", "旅行", "العالم", "دولي*", "دولة", "سفر",
)  # fmt: skip
LAND = (
    ((-0.42, -0.38), (-0.18, -0.52), (0.02, -0.40), (-0.08, -0.22), (-0.22, -0.12), (-0.20, 0.04), (-0.40, -0.04)),
    ((-0.20, 0.08), (0.02, 0.12), (0.06, 0.30), (-0.10, 0.50), (-0.22, 0.30)),
    ((0.20, -0.34), (0.46, -0.40), (0.62, -0.16), (0.52, 0.06), (0.30, 0.02), (0.18, -0.12)),
    ((0.34, 0.22), (0.52, 0.20), (0.50, 0.38), (0.36, 0.40)),
)


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    fill(canvas, easel, block(-0.34, 0.84, 0.68, 0.12, 0.06), easel.bright, 0.04)
    fill(canvas, easel, block(-0.06, 0.66, 0.12, 0.22, 0.02), easel.bright, 0.03)
    arc = skia.Path()
    arc.addArc(skia.Rect.MakeLTRB(-0.84, -0.92, 0.84, 0.76), -62, 190)
    canvas.drawPath(arc, outline(easel.bright, 0.075))
    ball = disc(0, -0.08, 0.68)
    fill(canvas, easel, ball, easel.palette.light, 0.10)
    canvas.save()
    canvas.clipPath(ball, True)
    canvas.translate(easel.rng.uniform(-0.06, 0.06), -0.06)
    for land in LAND:
        fill(canvas, easel, curve(land, closed=True), easel.paper, 0.04)
    canvas.restore()
    canvas.save()
    canvas.clipPath(ball, True)
    canvas.drawPath(disc(-0.30, -0.42, 0.34), solid("#ffffff", 0.14))
    canvas.restore()
