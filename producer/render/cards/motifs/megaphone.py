"""A megaphone: politics, elections, protest, announcements. Also where a topic calls for nothing else."""

from __future__ import annotations

import skia

from producer.render.brushes import outline, polygon
from producer.render.cards.motifs.easel import Easel, block, fill, line

KEYWORDS = (
    "elect*", "vote*", "protest*", "politic*", "parliament*", "government*", "minister*", "president*", "campaign*", "party",
    "parties", "strike*", "union*", "announce*", "demonstrat*", "news", "press", "law", "eleccion*", "voto*", "protesta*", "polític*",
    "gobierno*", "ministr*", "presidente*", "partido*", "huelga*", "选举", "投票", "抗议", "政府", "政治", "总统", "部长", "宣布",
    "انتخابات", "حكومة", "وزير", "رئيس", "برلمان", "احتجاج",
)  # fmt: skip


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    canvas.save()
    canvas.rotate(-14)
    fill(canvas, easel, block(-0.42, 0.14, 0.24, 0.62, 0.09), easel.dark, 0.04)
    fill(canvas, easel, polygon((-0.34, -0.28), (0.46, -0.66), (0.46, 0.62), (-0.34, 0.26)), easel.bright, 0.07)
    fill(canvas, easel, block(-0.82, -0.30, 0.56, 0.58, 0.16), easel.paper, 0.06)
    fill(canvas, easel, block(0.40, -0.74, 0.14, 1.44, 0.07), easel.paper, 0.05)
    line(canvas, [(-0.30, -0.28), (-0.30, 0.26)], easel.shaded(easel.bright, 0.5), 0.035)
    for radius, alpha in ((0.26, 1.0), (0.44, 0.72)):
        sound = skia.Path()
        sound.addArc(skia.Rect.MakeLTRB(0.46 - radius, -0.02 - radius, 0.46 + radius, -0.02 + radius), -42, 84)
        canvas.drawPath(sound, outline(easel.cool, 0.065, alpha))
    canvas.restore()
