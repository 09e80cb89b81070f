"""A city at dusk, its windows coming on."""

from __future__ import annotations

import skia

from producer.render.brushes import gradient, light, polygon, rect, solid
from producer.render.colour import lighter, mix
from producer.render.scene.stage import Stage

KEYWORDS = (
    "city", "cities", "street*", "urban", "town", "towns", "housing", "rent*", "building*", "skyscraper*", "mayor*",
    "architect*", "neighbourhood*", "ciudad*", "calle*", "vivienda*", "barrio*", "alcalde*", "edificio*", "arquitect*",
    "城市", "街", "交通", "住房", "建筑", "市长", "楼",
)  # fmt: skip
PALETTES = ("ember", "aurora", "midnight", "berry", "harbour")

LAYERS = ((0.68, 0.12, 0.34, 0.42), (0.80, 0.10, 0.38, 0.68), (0.95, 0.10, 0.36, 0.93))
"""Street level, lowest and highest roof above it (in picture heights), and how dark, from far to near."""


def paint(canvas: skia.Canvas, stage: Stage) -> None:
    width, height, unit, palette = stage.width, stage.height, stage.unit, stage.palette
    canvas.drawPaint(
        gradient(
            (0, 0),
            (0, height * 0.86),
            (palette.deep, 1),
            (palette.mid, 1),
            (palette.light, 1),
            (lighter(palette.light, 0.35), 1),
        )
    )
    sun = stage.beside
    light(canvas, sun, unit * 0.62, palette.second, 0.34)
    light(canvas, sun, unit * 0.28, palette.accent, 0.40)
    radius = unit * 0.13
    disc = gradient((0, sun[1] - radius), (0, sun[1] + radius), (lighter(palette.accent, 0.45), 1), (palette.accent, 1))
    canvas.drawCircle(*sun, radius, disc)
    _streaks(canvas, stage)
    tall = 1.0 if width >= height else 0.62
    for depth, (base, low, high, dark) in enumerate(LAYERS):
        _row(
            canvas,
            stage,
            depth,
            base,
            low * tall,
            high * tall,
            mix(mix(palette.mid, palette.deep, 0.45), palette.ink, dark),
        )
        haze = gradient(
            (0, height * 0.4), (0, height * (base + 0.05)), (palette.light, 0), (palette.light, 0.22 - 0.07 * depth)
        )
        canvas.drawRect(rect(0, height * 0.4, width, height), haze)
    canvas.drawRect(
        rect(0, height * 0.6, width, height),
        gradient((0, height * 0.6), (0, height), (palette.ink, 0), (palette.ink, 0.72)),
    )


def _streaks(canvas: skia.Canvas, stage: Stage) -> None:
    rng, unit = stage.rng, stage.unit
    for _ in range(8):
        x, y = rng.uniform(-0.1, 0.95) * stage.width, rng.uniform(0.07, 0.42) * stage.height
        length, thick = unit * rng.uniform(0.2, 0.6), unit * rng.uniform(0.006, 0.013)
        canvas.drawRoundRect(
            rect(x, y, length, thick), thick, thick, solid("#ffffff", rng.uniform(0.06, 0.13), thick * 0.4)
        )


def _row(canvas: skia.Canvas, stage: Stage, depth: int, base: float, low: float, high: float, tone: str) -> None:
    """One row of houses from the left edge to the right one."""
    rng, unit, height = stage.rng, stage.unit, stage.height
    x = -unit * 0.05
    while x < stage.width:
        wide = unit * rng.uniform(0.055, 0.13) * (1 + 0.25 * depth)
        roof = height * (base - rng.uniform(low, high))
        canvas.drawRect(rect(x, roof, wide + 1, height), solid(tone))
        _roof(canvas, stage, x, roof, wide, tone)
        if depth:
            _windows(canvas, stage, x, roof, wide, height * min(base + 0.04, 0.97), depth)
        x += wide + unit * rng.uniform(-0.005, 0.018)


def _roof(canvas: skia.Canvas, stage: Stage, x: float, roof: float, wide: float, tone: str) -> None:
    rng, unit = stage.rng, stage.unit
    kind = rng.random()
    if kind < 0.22:
        canvas.drawPath(polygon((x, roof + 1), (x + wide / 2, roof - wide * 0.34), (x + wide, roof + 1)), solid(tone))
    elif kind < 0.45:
        canvas.drawRect(rect(x + wide * 0.2, roof - unit * 0.022, wide * 0.6, unit * 0.024), solid(tone))
    elif kind < 0.62:
        canvas.drawRect(rect(x + wide * 0.47, roof - unit * 0.06, unit * 0.0055, unit * 0.06), solid(tone))


def _windows(canvas: skia.Canvas, stage: Stage, x: float, roof: float, wide: float, floor: float, depth: int) -> None:
    rng, unit, palette = stage.rng, stage.unit, stage.palette
    pane_w, pane_h = unit * 0.009 * (1 + 0.25 * depth), unit * 0.013 * (1 + 0.25 * depth)
    columns = max(1, int((wide - pane_w) / (pane_w * 2.1)))
    left = x + (wide - (columns * 2.1 - 1.1) * pane_w) / 2
    lit = rng.uniform(0.12, 0.42)
    for row in range(max(0, int((floor - roof - pane_h) / (pane_h * 2.2)))):
        for column in range(columns):
            if rng.random() < lit:
                colour = palette.accent if rng.random() < 0.8 else palette.second
                pane = rect(left + column * pane_w * 2.1, roof + pane_h * (1 + 2.2 * row), pane_w, pane_h)
                canvas.drawRect(pane, solid(colour, rng.uniform(0.30, 0.80)))
