"""A laboratory's idea of matter: atoms and bonds that float in soft light, some in focus and some not."""

from __future__ import annotations

import math

import skia

from producer.render.brushes import Point, glow, gradient, light, outline, solid
from producer.render.colour import darker, lighter, mix
from producer.render.scene.stage import Stage

KEYWORDS = (
    "health*", "hospital*", "medic*", "doctor*", "patient*", "disease*", "virus*", "vaccine*", "cancer*", "drug*", "gene",
    "genes", "genetic*", "dna", "cell", "cells", "protein*", "brain*", "chemi*", "molecul*", "laborator*", "lab", "labs",
    "scien*", "experiment*", "bacteria*", "salud", "hospital*", "médic*", "enfermedad*",
    "vacuna*", "cáncer", "célula*", "cerebro*", "quími*", "laboratorio*", "cienci*", "científic*",
    "健康", "医", "病", "疫苗", "基因", "细胞", "大脑", "化学", "实验", "科学",
)  # fmt: skip
PALETTES = ("harbour", "frost", "meadow", "orchid", "midnight")

HEXAGON = [math.radians(60 * corner + 30) for corner in range(6)]


def paint(canvas: skia.Canvas, stage: Stage) -> None:
    width, height, unit, palette = stage.width, stage.height, stage.unit, stage.palette
    canvas.drawPaint(
        gradient(
            (0, 0), (width, height), (palette.deep, 1), (mix(palette.deep, palette.mid, 0.9), 1), (palette.deep, 1)
        )
    )
    light(canvas, stage.focus, unit * 0.95, palette.light, 0.55)
    light(canvas, (width * 0.08, height * 0.92), unit * 0.7, palette.light, 0.30)
    _lattice(canvas, stage)
    count = round(7 * max(width, height) / unit)
    for depth in (0.35, 0.65, 1.0):
        for _ in range(count if depth < 1 else count // 2 + 1):
            centre = stage.rng.uniform(-0.02, 1.02) * width, stage.rng.uniform(-0.02, 1.02) * height
            _molecule(canvas, stage, centre, depth)


def _lattice(canvas: skia.Canvas, stage: Stage) -> None:
    """A honeycomb that comes and goes."""
    rng, unit, palette = stage.rng, stage.unit, stage.palette
    side = unit * 0.055
    pen = outline(lighter(palette.light, 0.3), unit * 0.0016, 0.20)
    patches = [
        (rng.uniform(0, stage.width), rng.uniform(0, stage.height), unit * rng.uniform(0.24, 0.42)) for _ in range(4)
    ]
    for row in range(int(stage.height / (side * 1.5)) + 2):
        for column in range(int(stage.width / (side * math.sqrt(3))) + 2):
            x = (column + 0.5 * (row % 2)) * side * math.sqrt(3)
            y = row * side * 1.5
            if any(math.hypot(x - px, y - py) < reach for px, py, reach in patches):
                path = skia.Path()
                path.addPoly([skia.Point(x + side * math.cos(a), y + side * math.sin(a)) for a in HEXAGON], True)
                canvas.drawPath(path, pen)


def _molecule(canvas: skia.Canvas, stage: Stage, centre: Point, depth: float) -> None:
    """A core with two to four neighbours; the nearer, the larger and the softer its edges."""
    rng, palette, unit = stage.rng, stage.palette, stage.unit
    blur = unit * (0.0 if depth < 0.5 else 0.004 if depth < 1 else 0.013)
    alpha = (0.55, 0.80, 0.34)[(depth > 0.5) + (depth == 1)]
    reach = unit * 0.024 * (0.6 + 1.6 * depth * depth)
    start = rng.uniform(0, 2 * math.pi)
    atoms: list[tuple[Point, float, str]] = []
    for index in range(rng.integers(2, 5)):
        angle = start + index * 2.1 + rng.uniform(-0.3, 0.3)
        away = reach * rng.uniform(2.3, 3.4)
        place = centre[0] + away * math.cos(angle), centre[1] + away * math.sin(angle)
        bond = outline(lighter(palette.light, 0.35), reach * 0.30, alpha * 0.7, blur)
        canvas.drawLine(*centre, *place, bond)
        atoms.append((place, reach * rng.uniform(0.5, 0.8), (palette.second, palette.accent, palette.light)[index % 3]))
    for place, radius, colour in [*atoms, (centre, reach, palette.light if rng.random() < 0.6 else palette.accent)]:
        _atom(canvas, place, radius, colour, alpha, blur)


def _atom(canvas: skia.Canvas, centre: Point, radius: float, colour: str, alpha: float, blur: float) -> None:
    """A ball lit from above left."""
    lit = centre[0] - radius * 0.32, centre[1] - radius * 0.36
    paint = glow(lit, radius * 1.45, (lighter(colour, 0.65), alpha), (colour, alpha), (darker(colour, 0.45), alpha))
    if blur:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    canvas.drawCircle(*centre, radius, paint)
    if not blur:
        canvas.drawCircle(*lit, radius * 0.20, solid("#ffffff", 0.7 * alpha))
