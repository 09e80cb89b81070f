"""A lamp that has just come on: ideas, inventions, electricity. Also where a topic calls for nothing else."""

from __future__ import annotations

import math

import skia

from producer.render.brushes import outline, solid
from producer.render.cards.motifs.easel import Easel, block, fill, line

KEYWORDS = (
    "idea*", "invent*", "electric*", "power", "light", "lights", "lamp*", "lantern*", "innovat*", "patent*", "startup*", "design*", "creativ*",
    "invento*", "electricidad", "luz", "luces", "innova*", "发明", "创新", "电力", "灯", "设计", "فكرة", "اختراع", "كهرباء", "ضوء", "ابتكار",
)  # fmt: skip


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    canvas.translate(0, 0.03)
    canvas.scale(0.87, 0.87)
    for step in range(7):
        angle = math.radians(-198 + 36 * step)
        near, far = 0.76, 0.97 if step % 2 else 0.90
        line(
            canvas,
            [
                (near * math.cos(angle), -0.16 + near * math.sin(angle)),
                (far * math.cos(angle), -0.16 + far * math.sin(angle)),
            ],
            easel.bright,
            0.065,
        )
    glass = skia.Path()
    glass.moveTo(-0.24, 0.48)
    glass.cubicTo(-0.26, 0.26, -0.58, 0.18, -0.58, -0.18)
    glass.cubicTo(-0.58, -0.52, -0.32, -0.76, 0, -0.76)
    glass.cubicTo(0.32, -0.76, 0.58, -0.52, 0.58, -0.18)
    glass.cubicTo(0.58, 0.18, 0.26, 0.26, 0.24, 0.48)
    glass.close()
    fill(canvas, easel, glass, easel.bright, 0.08)
    shine = skia.Path()
    shine.addArc(skia.Rect.MakeLTRB(-0.42, -0.60, 0.42, 0.24), 190, 66)
    canvas.drawPath(shine, outline("#ffffff", 0.06, 0.8))
    wire = skia.Path()
    wire.moveTo(-0.12, 0.46)
    wire.lineTo(-0.18, -0.02)
    wire.quadTo(-0.09, 0.12, 0, -0.02)
    wire.quadTo(0.09, 0.12, 0.18, -0.02)
    wire.lineTo(0.12, 0.46)
    canvas.drawPath(wire, outline(easel.shaded(easel.bright, 0.62), 0.04))
    for index, width in enumerate((0.50, 0.46, 0.38)):
        fill(canvas, easel, block(-width / 2, 0.50 + 0.15 * index, width, 0.12, 0.05), easel.soft, 0.04)
    canvas.drawPath(block(-0.10, 0.92, 0.20, 0.07, 0.03), solid(easel.dark))
