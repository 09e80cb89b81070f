"""A boat on the waves: the sea, ports, rivers, fish."""

from __future__ import annotations

import math

import skia

from producer.render.brushes import curve, polygon, solid
from producer.render.cards.motifs.easel import Easel, disc, fill, line

KEYWORDS = (
    "sea", "seas", "seaf*", "ocean*", "ship*", "boat*", "ferry", "ferries", "harbour*", "harbor*", "port", "ports", "fish*", "river*",
    "lake*", "coast*", "island*", "beach*", "tide*", "wave*", "swim*", "dive*", "diver*", "otter*", "lighthouse*", "water", "mar",
    "barco*", "puerto*", "río*", "lago*", "costa*", "isla*", "pez", "peces", "agua", "海", "船", "港", "鱼", "河", "湖", "岛", "水",
    "بحر", "سفينة", "قارب", "ميناء", "نهر", "سمك", "جزيرة", "ماء",
)  # fmt: skip


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    fill(canvas, easel, disc(-0.52, -0.52, 0.24), easel.bright, 0.04)
    canvas.save()
    canvas.translate(0.06, 0)
    canvas.rotate(easel.rng.uniform(-5, 4))
    line(canvas, [(0, -0.86), (0, 0.30)], easel.dark, 0.05)
    fill(canvas, easel, polygon((0.07, -0.82), (0.62, 0.12), (0.07, 0.12)), easel.paper)
    fill(canvas, easel, polygon((-0.07, -0.60), (-0.07, 0.12), (-0.46, 0.12)), easel.cool, 0.05)
    hull = skia.Path()
    hull.moveTo(-0.66, 0.24)
    hull.lineTo(0.72, 0.24)
    hull.quadTo(0.62, 0.62, 0.34, 0.66)
    hull.lineTo(-0.38, 0.66)
    hull.quadTo(-0.60, 0.54, -0.66, 0.24)
    hull.close()
    fill(canvas, easel, hull, easel.bright)
    canvas.restore()
    canvas.save()
    canvas.clipPath(disc(0, 0, 1), True)
    for y, colour, phase in (
        (0.52, easel.palette.light, 0.4),
        (0.68, easel.palette.mid, 2.4),
        (0.84, easel.palette.deep, 4.2),
    ):
        crest = [(-1.1 + 0.11 * step, y + 0.06 * math.sin(step * 0.95 + phase)) for step in range(21)]
        wave = curve(crest)
        wave.lineTo(1.1, 1.1)
        wave.lineTo(-1.1, 1.1)
        wave.close()
        canvas.drawPath(wave, solid(colour))
    canvas.restore()
