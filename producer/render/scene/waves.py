"""A calm sea under a low moon."""

from __future__ import annotations

import skia

from producer.render.brushes import curve, gradient, light, outline, rect, solid
from producer.render.colour import darker, lighter, mix
from producer.render.scene.stage import Stage, land, ridge

KEYWORDS = (
    "sea", "seas", "ocean*", "coast*", "beach*", "wave*", "ship*", "boat*", "fish*", "harbour*", "harbor*", "port",
    "island*", "flood*", "river*", "lake*", "water", "ferry", "ferries", "mar", "océano*", "costa*", "playa*",
    "barco*", "río*", "lago*", "agua", "puerto*", "海", "河", "湖", "船", "水", "港",
)  # fmt: skip
PALETTES = ("harbour", "meadow", "aurora", "slate")


def paint(canvas: skia.Canvas, stage: Stage) -> None:
    height, unit, palette = stage.height, stage.unit, stage.palette
    horizon = 0.56
    sky = gradient(
        (0, 0), (0, height * horizon), (palette.deep, 1), (palette.mid, 1), (mix(palette.mid, palette.light, 0.8), 1)
    )
    canvas.drawPaint(sky)
    moon = stage.beside
    for reach, strength in ((4.2, 0.22), (1.9, 0.30)):
        light(canvas, moon, unit * 0.10 * reach, palette.accent, strength)
    canvas.drawCircle(*moon, unit * 0.085, solid(lighter(palette.accent, 0.35)))
    _clouds(canvas, stage)
    for layer in range(6):
        depth = layer / 5
        crest = ridge(stage, horizon + 0.075 * layer, 0.006 + 0.010 * depth, 2.2 - depth)
        top = mix(mix(palette.light, palette.mid, 0.35 + 0.5 * depth), palette.deep, 0.65 * depth)
        fill = gradient((0, crest[0][1]), (0, height), (top, 1), (darker(palette.deep, 0.25 * depth), 1))
        land(stage, crest, fill, canvas)
        canvas.drawPath(curve(crest), outline(lighter(palette.light, 0.5), unit * 0.0022, 0.22 * (1 - 0.7 * depth)))
    _glitter(canvas, stage, moon[0], horizon)


def _clouds(canvas: skia.Canvas, stage: Stage) -> None:
    rng, unit = stage.rng, stage.unit
    for _ in range(7):
        x, y = rng.uniform(-0.1, 1.0) * stage.width, rng.uniform(0.08, 0.46) * stage.height
        length, thick = unit * rng.uniform(0.25, 0.75), unit * rng.uniform(0.008, 0.020)
        veil = solid(lighter(stage.palette.light, 0.55), rng.uniform(0.06, 0.16), thick * 0.7)
        canvas.drawRoundRect(rect(x, y, length, thick), thick / 2, thick / 2, veil)


def _glitter(canvas: skia.Canvas, stage: Stage, x: float, horizon: float) -> None:
    """The moon's road on the water: short strokes that widen and scatter towards the viewer."""
    rng, unit = stage.rng, stage.unit
    for step in range(46):
        near = (step + rng.uniform(0, 1)) / 46
        y = stage.height * (horizon + 0.012 + (0.97 - horizon) * near**1.35)
        half = unit * (0.012 + 0.075 * near) * rng.uniform(0.3, 1.0)
        shift = rng.normal(0, unit * (0.012 + 0.06 * near))
        stroke = solid(lighter(stage.palette.accent, 0.4), 0.42 * (1 - 0.75 * near), 0.6)
        canvas.drawRoundRect(rect(x + shift - half, y, 2 * half, unit * (0.002 + 0.003 * near)), 2, 2, stroke)
