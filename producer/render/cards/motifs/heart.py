"""A heart and its beat: health, medicine, people who help."""

from __future__ import annotations

import skia

from producer.render.brushes import solid
from producer.render.cards.motifs.easel import Easel, fill, line

KEYWORDS = (
    "health*", "heart*", "hospital*", "doctor*", "medic*", "patient*", "disease*", "vaccin*", "virus*", "cancer", "nurse*",
    "therap*", "drug*", "sleep", "diet*", "charit*", "love", "salud", "corazón", "médic*", "enfermedad*", "paciente*", "vacuna*",
    "健康", "心脏", "医院", "医生", "疾病", "疫苗", "病", "药", "صحة", "قلب", "مستشفى", "طبيب", "مرض", "لقاح",
)  # fmt: skip


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    heart = skia.Path()
    heart.moveTo(0, 0.86)
    heart.cubicTo(-0.42, 0.52, -0.98, 0.16, -0.94, -0.34)
    heart.cubicTo(-0.90, -0.84, -0.24, -0.92, 0, -0.44)
    heart.cubicTo(0.24, -0.92, 0.90, -0.84, 0.94, -0.34)
    heart.cubicTo(0.98, 0.16, 0.42, 0.52, 0, 0.86)
    heart.close()
    fill(canvas, easel, heart, easel.bright, 0.09)
    canvas.save()
    canvas.clipPath(heart, True)
    gleam = skia.Path()
    gleam.addOval(skia.Rect.MakeLTRB(-0.74, -0.66, -0.36, -0.34))
    canvas.rotate(-24, -0.55, -0.5)
    canvas.drawPath(gleam, solid("#ffffff", 0.32))
    canvas.restore()
    beat = [
        (-0.86, 0.02),
        (-0.36, 0.02),
        (-0.24, -0.18),
        (-0.08, 0.34),
        (0.10, -0.36),
        (0.24, 0.14),
        (0.34, 0.02),
        (0.86, 0.02),
    ]
    line(canvas, beat, easel.dark, 0.075)
