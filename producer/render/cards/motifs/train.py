"""A train or tram from the front: traffic, railways, buses."""

from __future__ import annotations

import skia

from producer.render.brushes import solid
from producer.render.cards.motifs.easel import Easel, block, disc, fill, line

KEYWORDS = (
    "train*", "tram*", "rail*", "bus", "buses", "metro", "subway*", "station*", "traffic", "transport*", "commut*",
    "passenger*", "ticket*", "driver*", "road*", "tren", "trenes", "tranvía*", "autobús*", "autobuses", "estación*", "tráfico",
    "transporte*", "pasajer*", "火车", "电车", "地铁", "公交", "铁路", "交通", "车站", "قطار*", "ترام", "حافلة", "مترو", "نقل",
)  # fmt: skip


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    for side in (-1, 1):
        line(canvas, [(0.26 * side, 0.66), (0.52 * side, 0.98)], easel.soft, 0.055)
    for y, reach in ((0.78, 0.38), (0.92, 0.50)):
        line(canvas, [(-reach, y), (reach, y)], easel.soft, 0.05)
    line(canvas, [(-0.28, -0.96), (0, -0.80), (0.28, -0.96)], easel.soft, 0.05)
    body = block(-0.56, -0.80, 1.12, 1.46, 0.26)
    fill(canvas, easel, body, easel.bright, 0.08)
    canvas.save()
    canvas.clipPath(body, True)
    canvas.drawPath(block(-0.60, 0.34, 1.20, 0.14, 0.0), solid(easel.paper))
    canvas.restore()
    fill(canvas, easel, block(-0.26, -0.68, 0.52, 0.15, 0.06), easel.dark, 0.02)
    line(canvas, [(-0.15, -0.605), (0.15, -0.605)], easel.cool, 0.05)
    window = block(-0.43, -0.44, 0.86, 0.56, 0.10)
    fill(canvas, easel, window, easel.dark, 0.03)
    canvas.save()
    canvas.clipPath(window, True)
    for x, width in ((-0.10, 0.15), (0.14, 0.06)):
        line(canvas, [(x - 0.30, 0.22), (x + 0.20, -0.54)], easel.palette.mid, width)
    canvas.restore()
    for side in (-1, 1):
        fill(canvas, easel, disc(0.36 * side, 0.26, 0.09), easel.paper, 0.03)
