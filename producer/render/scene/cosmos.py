"""Deep space: a nebula, stars, and one large planet."""

from __future__ import annotations

import math

import skia

from producer.render.brushes import Point, curve, glow, gradient, light, outline, solid
from producer.render.colour import darker, lighter, mix
from producer.render.scene.stage import Stage

KEYWORDS = (
    "space", "star", "stars", "galax*", "planet*", "moon", "moons", "orbit*", "rocket*", "telescope*", "astronaut*",
    "nasa", "asteroid*", "comet*", "satellite*", "cosmos", "universe", "mars", "lunar", "solar", "espacio", "estrella*",
    "planeta*", "luna", "cohete*", "órbita*", "universo", "宇宙", "太空", "星", "月球", "火箭", "望远镜", "卫星",
)  # fmt: skip
PALETTES = ("aurora", "midnight", "berry", "harbour")


def paint(canvas: skia.Canvas, stage: Stage) -> None:
    width, height, palette = stage.width, stage.height, stage.palette
    canvas.drawPaint(
        gradient(
            (0, 0), (width * 0.4, height), (palette.ink, 1), (palette.deep, 1), (mix(palette.deep, palette.mid, 0.7), 1)
        )
    )
    _nebula(canvas, stage)
    _stars(canvas, stage)
    if width >= height:
        _planet(canvas, stage, (width * 0.16, height * 1.20), stage.unit * 0.56)
    else:
        _planet(canvas, stage, (width * 0.94, height * 0.17), stage.unit * 0.30)


def _nebula(canvas: skia.Canvas, stage: Stage) -> None:
    rng, palette = stage.rng, stage.palette
    for index in range(11):
        centre = (rng.uniform(-0.05, 1.05) * stage.width, rng.uniform(-0.05, 1.05) * stage.height)
        colour = (palette.light, palette.mid, palette.second, mix(palette.light, "#e05aa0", 0.5))[index % 4]
        light(canvas, centre, stage.unit * rng.uniform(0.30, 0.75), colour, rng.uniform(0.12, 0.30))


def _stars(canvas: skia.Canvas, stage: Stage) -> None:
    rng, unit = stage.rng, stage.unit
    for index in range(int(stage.width * stage.height / 2400)):
        centre = (rng.uniform(0, stage.width), rng.uniform(0, stage.height))
        radius = min(0.35 + rng.exponential(0.6), 2.3) * unit / 720
        canvas.drawCircle(*centre, radius, solid(("#ffffff", "#d3e6ff", "#ffe9cc")[index % 3], rng.uniform(0.22, 0.95)))
    for _ in range(8):
        x, y, reach = rng.uniform(0, stage.width), rng.uniform(0, stage.height * 0.75), unit * rng.uniform(0.010, 0.022)
        light(canvas, (x, y), reach * 1.6, "#ffffff", 0.5)
        sparkle = skia.Path()
        sparkle.moveTo(x - reach, y)
        for end in ((x, y - reach), (x + reach, y), (x, y + reach), (x - reach, y)):
            sparkle.quadTo(x, y, *end)
        canvas.drawPath(sparkle, solid("#ffffff", 0.9))


def _planet(canvas: skia.Canvas, stage: Stage, centre: Point, radius: float) -> None:
    rng, palette = stage.rng, stage.palette
    (x, y), edge = centre, stage.unit * 0.004
    canvas.drawCircle(
        x,
        y,
        radius * 1.22,
        glow(
            centre,
            radius * 1.22,
            (palette.accent, 0.36),
            (palette.accent, 0.34),
            (palette.accent, 0.28),
            (palette.accent, 0.10),
            (palette.accent, 0),
        ),
    )
    canvas.save()
    disc = skia.Path()
    disc.addCircle(x, y, radius)
    canvas.clipPath(disc, True)
    canvas.drawPaint(
        gradient(
            (x - radius, y - radius),
            (x + radius, y + radius),
            (lighter(palette.accent, 0.3), 1),
            (palette.accent, 1),
            (mix(palette.accent, palette.light, 0.75), 1),
            (palette.deep, 1),
        )
    )
    for band in range(13):
        level = y - radius + 2 * radius * (band + 0.5) / 13 + rng.normal(0, radius * 0.02)
        phase = rng.uniform(0, 2 * math.pi)
        line = [
            (x - radius + radius * step / 5, level + math.sin(step * 0.7 + phase) * radius * 0.022)
            for step in range(-1, 12)
        ]
        tone = (lighter(palette.accent, 0.45), darker(palette.accent, 0.35), palette.light)[band % 3]
        canvas.drawPath(curve(line), outline(tone, radius * rng.uniform(0.03, 0.11), 0.20, radius * 0.012))
    canvas.drawCircle(
        x + radius * 0.42, y + radius * 0.36, radius * 1.28, outline(palette.ink, radius * 0.8, 0.42, radius * 0.14)
    )
    canvas.restore()
    canvas.drawCircle(x, y, radius - edge / 2, outline(lighter(palette.accent, 0.5), edge, 0.45, edge * 0.6))
