"""A processor on its board: computers, software, artificial intelligence."""

from __future__ import annotations

import skia

from producer.render.brushes import outline, solid
from producer.render.cards.motifs.easel import Easel, block, disc, fill, line

KEYWORDS = (
    "ai", "chip*", "computer*", "software", "algorithm*", "data", "digital*", "internet", "cyber*", "robot*", "processor*",
    "app", "apps", "code", "server*", "network*", "hacker*", "technolog*", "ordenador*", "algoritmo*", "datos", "tecnolog*",
    "人工智能", "芯片", "计算机", "电脑", "软件", "算法", "机器人", "网络", "科技", "ذكاء", "حاسوب", "برمجيات", "روبوت*",
)  # fmt: skip


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    for turn in range(4):
        canvas.save()
        canvas.rotate(90 * turn)
        for index in range(5):
            x = -0.40 + 0.20 * index
            bend = 0.10 * (index - 2)
            points = [(x, -0.50), (x, -0.72), (x + bend, -0.84), (x + bend, -0.92)]
            line(canvas, points, easel.bright if index % 2 else easel.cool, 0.045)
            canvas.drawPath(disc(x + bend, -0.93, 0.05), solid(easel.bright if index % 2 else easel.cool))
        canvas.restore()
    fill(canvas, easel, block(-0.56, -0.56, 1.12, 1.12, 0.12), easel.dark, 0.05)
    fill(canvas, easel, block(-0.40, -0.40, 0.80, 0.80, 0.08), easel.soft, 0.05)
    canvas.drawPath(block(-0.40, -0.40, 0.80, 0.80, 0.08), outline(easel.paper, 0.02))
    fill(canvas, easel, block(-0.21, -0.21, 0.42, 0.42, 0.06), easel.palette.mid, 0.04)
    line(canvas, [(-0.10, 0.09), (0.0, -0.10), (0.10, 0.09)], easel.paper, 0.045)
    line(canvas, [(-0.06, 0.03), (0.06, 0.03)], easel.paper, 0.04)
    canvas.drawPath(disc(-0.30, 0.30, 0.04), solid(easel.palette.mid))
