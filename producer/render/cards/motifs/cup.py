"""A steaming cup: coffee, food, cooking."""

from __future__ import annotations

import skia

from producer.render.brushes import outline, solid
from producer.render.cards.motifs.easel import Easel, block, fill, line

KEYWORDS = (
    "coffee", "tea", "café*", "cafe*", "food", "cook*", "kitchen*", "restaurant*", "bread", "bak*", "recipe*", "wine*", "beer*",
    "chocolate", "breakfast", "taste*", "chef*", "drink*", "comida", "cocina*", "pan", "restaurante*", "receta*", "vino*", "té",
    "咖啡", "茶", "食物", "食品", "餐", "面包", "厨", "葡萄酒", "味道", "قهوة", "شاي", "طعام", "مطبخ", "خبز", "مطعم",
)  # fmt: skip


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    for x in (-0.34, -0.04, 0.26):
        steam = skia.Path()
        steam.moveTo(x, -0.34)
        steam.cubicTo(x - 0.16, -0.52, x + 0.16, -0.66, x, -0.88)
        canvas.drawPath(steam, outline(easel.paper, 0.06, 0.75))
    handle = skia.Path()
    handle.addArc(skia.Rect.MakeLTRB(0.30, -0.12, 0.92, 0.42), -100, 210)
    canvas.drawPath(handle, outline(easel.shaded(easel.bright), 0.12))
    cup = skia.Path()
    cup.moveTo(-0.66, -0.24)
    cup.lineTo(0.58, -0.24)
    cup.cubicTo(0.58, 0.30, 0.44, 0.70, 0.16, 0.70)
    cup.lineTo(-0.24, 0.70)
    cup.cubicTo(-0.52, 0.70, -0.66, 0.30, -0.66, -0.24)
    cup.close()
    fill(canvas, easel, cup, easel.bright, 0.08)
    canvas.drawOval(skia.Rect.MakeLTRB(-0.66, -0.33, 0.58, -0.15), solid(easel.paper))
    canvas.drawOval(skia.Rect.MakeLTRB(-0.58, -0.30, 0.50, -0.17), solid(easel.dark))
    line(canvas, [(-0.46, 0.02), (-0.40, 0.26)], "#ffffff", 0.05)
    fill(canvas, easel, block(-0.84, 0.72, 1.60, 0.12, 0.06), easel.cool, 0.04)
