"""Bars that grow, and the line over them: money, figures, surveys."""

from __future__ import annotations

import skia

from producer.render.brushes import polygon, solid
from producer.render.cards.motifs.easel import Easel, block, disc, fill, line

KEYWORDS = (
    "econom*", "market*", "stock*", "growth", "inflation", "survey*", "poll*", "statistic*", "figures", "percent", "trade",
    "export*", "sales", "profit*", "business*", "compan*", "economía", "mercado*", "crecimiento", "encuesta*", "empresa*",
    "ventas", "经济", "市场", "增长", "数据", "企业", "贸易", "اقتصاد", "سوق", "أسواق", "شركة",
)  # fmt: skip


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    fill(canvas, easel, block(-0.92, -0.72, 1.84, 1.44, 0.12), easel.paper)
    heights = [0.26, 0.42, 0.36, 0.62, 0.84]
    tops = []
    for index, height in enumerate(heights):
        x = -0.70 + index * 0.30
        colour = easel.bright if index == len(heights) - 1 else easel.palette.mid if index % 2 else easel.soft
        fill(canvas, easel, block(x, 0.52 - height, 0.20, height, 0.035), colour, 0.04)
        tops.append((x + 0.10, 0.36 - height))
    line(canvas, [(-0.78, 0.55), (0.78, 0.55)], easel.dark, 0.035)
    line(canvas, tops, easel.dark, 0.05)
    for x, y in tops[:-1]:
        canvas.drawPath(disc(x, y, 0.055), solid(easel.dark))
    x, y = tops[-1]
    canvas.drawPath(polygon((x + 0.15, y - 0.17), (x + 0.10, y + 0.09), (x - 0.12, y - 0.08)), solid(easel.dark))
