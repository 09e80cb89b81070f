"""An open book: history, literature, schools, law."""

from __future__ import annotations

import skia

from producer.render.brushes import solid
from producer.render.cards.motifs.easel import Easel, block, fill, line

KEYWORDS = (
    "book*", "librar*", "histor*", "school*", "teacher*", "student*", "education", "read", "reads", "reading", "writer*", "novel*",
    "poem*", "archive*", "museum*", "law", "laws", "learn*", "letter*", "libro*", "biblioteca*", "historia*", "escuela*",
    "maestr*", "educación", "leer", "lectura", "书", "图书馆", "历史", "学校", "教育", "老师", "学生", "كتاب", "كتب", "مكتبة", "تاريخ", "مدرسة",
)  # fmt: skip


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    fill(canvas, easel, block(-0.98, -0.42, 1.96, 1.00, 0.08), easel.bright, 0.06)
    for side in (-1, 1):
        page = skia.Path()
        page.moveTo(0, -0.40)
        page.cubicTo(0.26 * side, -0.62, 0.62 * side, -0.60, 0.88 * side, -0.50)
        page.lineTo(0.88 * side, 0.42)
        page.cubicTo(0.62 * side, 0.32, 0.26 * side, 0.30, 0, 0.50)
        page.close()
        canvas.drawPath(page, solid(easel.paper if side < 0 else easel.shaded(easel.paper, 0.10)))
        for index in range(5):
            y, dip = -0.28 + 0.13 * index, 0.09
            reach = 0.50 if index == 4 else 0.74
            row = skia.Path()
            row.moveTo(0.14 * side, y)
            row.quadTo(0.40 * side, y - dip * 1.5, reach * side, y - dip * 0.9)
            paint_ = solid(easel.palette.mid, 0.75)
            paint_.setStyle(skia.Paint.kStroke_Style)
            paint_.setStrokeCap(skia.Paint.kRound_Cap)
            paint_.setStrokeWidth(0.038)
            canvas.drawPath(row, paint_)
    line(canvas, [(0, -0.40), (0, 0.50)], easel.shaded(easel.paper, 0.45), 0.03)
    ribbon = skia.Path()
    ribbon.addPoly(
        [skia.Point(*p) for p in ((0.40, -0.56), (0.54, -0.57), (0.54, -0.06), (0.47, -0.15), (0.40, -0.06))], True
    )
    canvas.drawPath(ribbon, solid(easel.cool))
