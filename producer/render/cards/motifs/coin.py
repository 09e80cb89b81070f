"""Stacks of coins: money, banks, prices, taxes."""

from __future__ import annotations

import skia

from producer.render.brushes import outline, solid
from producer.render.cards.motifs.easel import Easel, disc, fill

KEYWORDS = (
    "money", "bank*", "tax", "taxes", "price*", "cost*", "budget*", "euro*", "dollar*", "pound*", "wage*", "salar*", "pension*",
    "fund*", "million*", "billion*", "debt*", "loan*", "rent", "rents", "currency", "invest*", "dinero", "banco*", "impuesto*",
    "precio*", "presupuesto*", "salario*", "millones", "钱", "银行", "税", "价格", "预算", "工资", "投资", "欧元", "美元", "مال", "بنك", "ضرائب", "أسعار", "مليون",
)  # fmt: skip


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    for x, count in ((-0.62, 3), (0.0, 6), (0.62, 4)):
        for level in range(count):
            _coin(canvas, easel, x, 0.74 - 0.155 * level)
    fill(canvas, easel, disc(0.62, -0.36, 0.34), easel.bright, 0.07)
    canvas.drawPath(disc(0.62, -0.36, 0.25), outline(easel.shaded(easel.bright, 0.45), 0.035))
    canvas.save()
    canvas.translate(0.62, -0.36)
    for y in (-0.055, 0.055):
        canvas.drawLine(-0.13, y, 0.04, y, outline(easel.shaded(easel.bright, 0.62), 0.045))
    arc = skia.Path()
    arc.addArc(skia.Rect.MakeLTRB(-0.09, -0.14, 0.19, 0.14), 48, 264)
    canvas.drawPath(arc, outline(easel.shaded(easel.bright, 0.62), 0.045))
    canvas.restore()


def _coin(canvas: skia.Canvas, easel: Easel, x: float, y: float) -> None:
    wide, high, thick = 0.29, 0.105, 0.115
    side = skia.Path()
    side.addRect(skia.Rect.MakeLTRB(x - wide, y, x + wide, y + thick))
    lower = skia.Rect.MakeLTRB(x - wide, y + thick - high, x + wide, y + thick + high)
    edge = easel.shaded(easel.bright, 0.40)
    canvas.drawOval(lower, solid(edge))
    canvas.drawPath(side, solid(edge))
    upper = skia.Rect.MakeLTRB(x - wide, y - high, x + wide, y + high)
    canvas.drawOval(upper, solid(easel.bright))
    canvas.drawOval(upper.makeInset(0.07, 0.028), outline(easel.shaded(easel.bright, 0.22), 0.022))
