"""Misty hills with firs, a low sun and a few birds."""

from __future__ import annotations

import numpy as np
import skia

from producer.render.brushes import Point, gradient, light, outline, polygon, solid
from producer.render.colour import darker, lighter, mix
from producer.render.scene.stage import Stage, land, ridge

KEYWORDS = (
    "climate", "forest*", "tree*", "mountain*", "hill*", "plant*", "farm*", "farmer*", "garden*", "animal*", "bird*",
    "nature", "natural", "wildlife", "park", "parks", "weather", "valley*", "village*", "rural", "countryside",
    "clima", "bosque*", "montaña*", "árbol*", "campo*", "naturaleza", "ave", "aves", "animales", "pueblo*",
    "气候", "森林", "山", "植物", "动物", "鸟", "自然", "农", "村",
)  # fmt: skip
PALETTES = ("meadow", "harbour", "clay", "ember")

LAYERS = 6


def paint(canvas: skia.Canvas, stage: Stage) -> None:
    height, unit, palette = stage.height, stage.unit, stage.palette
    canvas.drawPaint(
        gradient(
            (0, 0),
            (0, height * 0.62),
            (palette.deep, 1),
            (palette.mid, 1),
            (palette.light, 1),
            (lighter(palette.light, 0.45), 1),
        )
    )
    sun = stage.beside
    light(canvas, sun, unit * 0.60, palette.accent, 0.36)
    light(canvas, sun, unit * 0.22, "#ffffff", 0.30)
    canvas.drawCircle(*sun, unit * 0.078, solid(lighter(palette.accent, 0.6)))
    _birds(canvas, stage)
    for layer in range(LAYERS):
        near = layer / (LAYERS - 1)
        crest = ridge(stage, 0.47 + 0.092 * layer, 0.050 - 0.015 * near, 1.5 - 0.6 * near)
        tone = mix(mix(palette.light, "#ffffff", 0.22 * (1 - near)), palette.deep, 0.10 + 0.86 * near)
        top = min(y for _, y in crest)
        if layer >= 2:
            _firs(canvas, stage, crest, near, darker(tone, 0.16))
        land(stage, crest, gradient((0, top), (0, top + height * 0.30), (tone, 1), (darker(tone, 0.20), 1)), canvas)
        mist = gradient(
            (0, top + height * 0.03),
            (0, top + height * 0.16),
            (palette.light, 0),
            (lighter(palette.light, 0.3), 0.16 * (1 - near)),
        )
        land(stage, crest, mist, canvas)


def _birds(canvas: skia.Canvas, stage: Stage) -> None:
    rng, unit = stage.rng, stage.unit
    x, y = stage.beside[0] - unit * rng.uniform(0.05, 0.25), stage.height * rng.uniform(0.14, 0.20)
    for _ in range(5):
        bx, by, span = x + rng.normal(0, unit * 0.09), y + rng.normal(0, unit * 0.035), unit * rng.uniform(0.010, 0.018)
        path = skia.Path()
        path.moveTo(bx - span, by - span * 0.35)
        path.quadTo(bx - span * 0.4, by - span * 0.5, bx, by)
        path.quadTo(bx + span * 0.4, by - span * 0.5, bx + span, by - span * 0.3)
        canvas.drawPath(path, outline(stage.palette.ink, unit * 0.0026, 0.55))


def _firs(canvas: skia.Canvas, stage: Stage, crest: list[Point], near: float, tone: str) -> None:
    """Firs in groves along a ridge, standing a little behind it."""
    rng, unit = stage.rng, stage.unit
    xs, ys = np.array([p[0] for p in crest]), np.array([p[1] for p in crest])
    for _ in range(int(4 + 5 * near)):
        grove = rng.uniform(0, stage.width)
        for _ in range(rng.integers(3, 9)):
            x = grove + rng.normal(0, unit * 0.05)
            tall = unit * rng.uniform(0.035, 0.062) * (0.55 + 0.75 * near)
            foot = float(np.interp(x, xs, ys)) + tall * 0.25
            for tier in range(3):
                half = tall * (0.30 - 0.065 * tier)
                low = foot - tall * 0.27 * tier
                canvas.drawPath(polygon((x - half, low), (x, low - tall * 0.52), (x + half, low)), solid(tone))
