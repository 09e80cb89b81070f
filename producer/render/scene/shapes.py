"""Large soft shapes, for topics that suggest no place."""

from __future__ import annotations

import math

import skia

from producer.render.brushes import Point, curve, gradient, outline, solid
from producer.render.colour import lighter
from producer.render.scene.stage import Stage

KEYWORDS = (
    "art", "arts", "artist*", "paint*", "colour*", "color*", "design*", "fashion", "idea*", "child", "children", "toy*",
    "play", "plays", "survey*", "arte*", "artista*", "pintura*", "color*", "diseño*", "moda", "idea*", "niño*", "juguete*",
    "encuesta*", "艺术", "画", "颜色", "设计", "时尚", "孩子", "儿童", "玩具", "调查",
)  # fmt: skip
PALETTES = ("ember", "berry", "clay", "harbour", "meadow", "aurora")


def paint(canvas: skia.Canvas, stage: Stage) -> None:
    width, height, unit, palette = stage.width, stage.height, stage.unit, stage.palette
    canvas.drawPaint(gradient((0, 0), (width, height), (palette.deep, 1), (palette.mid, 1), (palette.light, 1)))
    right = stage.focus[0] >= width / 2
    here, there = (1.0, 0.0) if right else (0.0, 1.0)
    _blob(canvas, stage, (width * there, height * 0.02), unit * 0.58, palette.light, 0.42)
    _blob(canvas, stage, (width * (here * 0.98 + 0.01), height * 1.02), unit * 0.70, palette.accent, 0.40)
    _blob(canvas, stage, (width * (0.5 + 0.12 * (here - there)), -height * 0.12), unit * 0.44, palette.second, 0.18)
    _blob(canvas, stage, (width * (there * 0.86 + here * 0.10), height * 0.98), unit * 0.42, palette.mid, 0.80)
    for index in range(3):
        centre = (stage.rng.uniform(0.05, 0.95) * width, stage.rng.uniform(0.06, 0.60) * height)
        colour = palette.second if index % 2 else palette.accent
        canvas.drawCircle(*centre, unit * stage.rng.uniform(0.05, 0.13), outline(colour, unit * 0.0055, 0.28))
    _threads(canvas, stage)


def _blob(canvas: skia.Canvas, stage: Stage, centre: Point, radius: float, colour: str, alpha: float) -> None:
    phase = stage.rng.uniform(0, 2 * math.pi)
    points = []
    for step in range(9):
        angle = 2 * math.pi * step / 9
        reach = radius * (1 + 0.11 * math.sin(3 * angle + phase) + 0.05 * math.sin(2 * angle - phase))
        points.append((centre[0] + reach * math.cos(angle), centre[1] + reach * math.sin(angle)))
    path = curve(points, closed=True)
    canvas.save()
    canvas.translate(0, stage.unit * 0.014)
    canvas.drawPath(path, solid("#000000", 0.20, stage.unit * 0.03))
    canvas.restore()
    start, end = (centre[0] - radius, centre[1] - radius), (centre[0] + radius, centre[1] + radius)
    canvas.drawPath(path, gradient(start, end, (lighter(colour, 0.20), alpha), (colour, alpha * 0.85)))


def _threads(canvas: skia.Canvas, stage: Stage) -> None:
    phase = stage.rng.uniform(0, 2 * math.pi)
    for index in range(5):
        line = []
        for step in range(-1, 14):
            swell = math.sin(step * 0.62 + phase + index * 0.33) * 0.045
            line.append((stage.width * step / 12, stage.height * (0.64 + 0.024 * index + swell)))
        canvas.drawPath(curve(line), outline("#ffffff", stage.unit * 0.0022, 0.13 - 0.018 * index))
