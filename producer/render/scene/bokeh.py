"""A night street out of focus: discs of light, near and far, behind a wet window."""

from __future__ import annotations

import math

import skia

from producer.render.brushes import glow, gradient, light, outline, rect, solid
from producer.render.colour import darker, lighter, mix
from producer.render.scene.stage import Stage

KEYWORDS = (
    "night", "nights", "evening*", "tonight", "bar", "bars", "club*", "concert*", "hotel*", "touris*", "holiday*",
    "christmas", "lantern*", "lamp*", "rain", "storm*", "noche*", "luces", "turis*", "vacaciones",
    "navidad", "lluvia*", "tormenta*", "夜", "灯", "旅游", "雨", "节日", "酒店",
)  # fmt: skip
PALETTES = ("ember", "aurora", "midnight", "orchid", "graphite", "berry")

ROWS = ((0.34, 34, 0.018), (0.52, 26, 0.034), (0.74, 18, 0.062))
"""Far to near: height of the row of lights, how many, and their radius in units."""


def paint(canvas: skia.Canvas, stage: Stage) -> None:
    width, height, palette = stage.width, stage.height, stage.palette
    dark = mix(palette.ink, palette.deep, 0.75)
    canvas.drawPaint(
        gradient(
            (0, 0), (0, height), (dark, 1), (palette.deep, 1), (mix(palette.deep, palette.mid, 0.85), 1), (dark, 1)
        )
    )
    for x, strength in ((0.12, 0.30), (0.55, 0.38), (0.95, 0.26)):
        light(canvas, (width * x, height * 0.52), stage.unit * 0.60, palette.light, strength)
    _houses(canvas, stage)
    for level, count, radius in ROWS:
        for _ in range(round(count * width / height * 0.62) + 4):
            _disc(canvas, stage, level, radius)
    _street(canvas, stage)
    _drops(canvas, stage)


def _houses(canvas: skia.Canvas, stage: Stage) -> None:
    """Blurred walls, so that the lights hang on something."""
    rng, unit = stage.rng, stage.unit
    x = -unit * 0.1
    while x < stage.width:
        wide = unit * rng.uniform(0.16, 0.34)
        top = stage.height * rng.uniform(0.02, 0.34)
        wall = solid(mix(stage.palette.ink, stage.palette.mid, rng.uniform(0.10, 0.45)), 0.55, unit * 0.016)
        canvas.drawRect(rect(x, top, wide, stage.height * 0.80 - top), wall)
        x += wide * rng.uniform(0.85, 1.2)


def _disc(canvas: skia.Canvas, stage: Stage, level: float, radius: float) -> None:
    """One light as a lens shows it: an even disc with a brighter rim."""
    rng, palette, unit = stage.rng, stage.palette, stage.unit
    x, y = rng.uniform(-0.02, 1.02) * stage.width, stage.height * (level + rng.normal(0, 0.11))
    reach = unit * radius * rng.uniform(0.65, 1.5)
    colour = (palette.accent, palette.accent, palette.second, lighter(palette.light, 0.35))[int(rng.integers(4))]
    strength = rng.uniform(0.16, 0.46) * (1 if radius < 0.05 else 0.62)
    fill = glow((x, y), reach, (colour, strength * 0.62), (colour, strength * 0.70), (colour, strength))
    canvas.drawCircle(x, y, reach, fill)
    canvas.drawCircle(x, y, reach, outline(lighter(colour, 0.4), unit * 0.0018, strength * 0.8, unit * 0.0012))


def _street(canvas: skia.Canvas, stage: Stage) -> None:
    """The wet ground, with the lights drawn out on it."""
    rng, palette, unit, height = stage.rng, stage.palette, stage.unit, stage.height
    ground = height * 0.83
    shine = gradient((0, ground), (0, height), (mix(palette.mid, palette.light, 0.25), 0.75), (palette.ink, 0.95))
    canvas.drawRect(rect(0, ground, stage.width, height - ground), shine)
    for _ in range(26):
        x, colour = rng.uniform(0, stage.width), palette.accent if rng.random() < 0.7 else palette.second
        long = height * rng.uniform(0.04, 0.15)
        streak = solid(colour, rng.uniform(0.10, 0.30), unit * 0.008)
        canvas.drawRect(rect(x, ground + unit * 0.004, unit * rng.uniform(0.008, 0.030), long), streak)
    canvas.drawRect(
        rect(0, ground - unit * 0.010, stage.width, unit * 0.02), solid(darker(palette.deep, 0.4), 0.55, unit * 0.008)
    )


def _drops(canvas: skia.Canvas, stage: Stage) -> None:
    """Rain on the pane: small lenses with a light edge below."""
    rng, unit = stage.rng, stage.unit
    for _ in range(150):
        x, y = rng.uniform(0, stage.width), rng.uniform(0, stage.height)
        reach = unit * min(0.0016 + rng.exponential(0.0014), 0.007)
        canvas.drawCircle(x, y, reach, solid("#ffffff", rng.uniform(0.05, 0.14)))
        arc = skia.Rect.MakeLTRB(x - reach, y - reach, x + reach, y + reach)
        start = 20 + 30 * math.sin(x)
        canvas.drawArc(arc, start, 130, False, outline("#ffffff", unit * 0.0011, rng.uniform(0.12, 0.34)))
