"""Sun, cloud and rain: the weather, storms, seasons."""

from __future__ import annotations

import math

import skia

from producer.render.cards.motifs.easel import Easel, block, disc, fill, line

KEYWORDS = (
    "weather", "rain*", "storm*", "snow*", "flood*", "drought*", "heat*", "cold", "wind*", "hurricane*", "summer*", "winter*",
    "temperature*", "forecast*", "sky", "clima", "lluvia*", "tormenta*", "nieve*", "inundaci*", "sequía*", "calor", "frío", "viento*",
    "invierno*", "verano*", "天气", "雨", "雪", "台风", "洪水", "干旱", "冬", "夏", "طقس", "مطر", "عاصفة", "ثلج", "فيضان*", "حرارة",
)  # fmt: skip


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    for step in range(12):
        angle = math.radians(30 * step + 8)
        x, y = 0.40 + 0.56 * math.cos(angle), -0.42 + 0.56 * math.sin(angle)
        line(canvas, [(0.40 + 0.45 * math.cos(angle), -0.42 + 0.45 * math.sin(angle)), (x, y)], easel.bright, 0.055)
    fill(canvas, easel, disc(0.40, -0.42, 0.36), easel.bright, 0.05)
    cloud = block(-0.86, -0.02, 1.56, 0.50, 0.25)
    for x, y, radius in ((-0.42, -0.02, 0.34), (0.10, -0.10, 0.42)):
        cloud = skia.Op(cloud, disc(x, y, radius), skia.kUnion_PathOp)
    fill(canvas, easel, cloud, easel.paper, 0.09)
    for index in range(4):
        x, y = -0.56 + 0.34 * index, 0.60 + 0.09 * (index % 2)
        line(canvas, [(x, y), (x - 0.09, y + 0.20)], easel.cool, 0.07)
