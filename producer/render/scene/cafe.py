"""A café: pendant lamps over a counter, jars on a shelf, steam."""

from __future__ import annotations

import math

import skia

from producer.render.brushes import Point, curve, glow, gradient, light, outline, polygon, rect, solid
from producer.render.colour import darker, lighter, mix
from producer.render.scene.stage import Stage

KEYWORDS = (
    "coffee*", "tea", "food*", "bread", "baker*", "kitchen*", "recipe*", "cook*", "chef*", "restaurant*", "café*", "cafe*",
    "meal*", "eat", "eats", "eating", "drink*", "wine*", "beer*", "cheese*", "chocolate*", "fruit*", "vegetable*", "sugar",
    "milk", "breakfast", "dinner", "taste*", "pan", "comida*", "cocina*", "receta*", "cociner*", "restaurante*", "vino*",
    "cerveza*", "queso*", "chocolate*", "fruta*", "verdura*", "azúcar", "leche", "cena*", "desayuno*", "咖啡", "茶", "美食",
    "面包", "厨", "菜", "餐", "酒", "吃", "饮", "水果", "糖", "牛奶",
)  # fmt: skip
PALETTES = ("clay", "ember", "olive", "graphite", "berry")

COUNTER = 0.80


def paint(canvas: skia.Canvas, stage: Stage) -> None:
    width, height, unit, palette = stage.width, stage.height, stage.unit, stage.palette
    canvas.drawPaint(
        gradient(
            (0, 0),
            (0, height),
            (darker(palette.deep, 0.25), 1),
            (palette.deep, 1),
            (mix(palette.deep, palette.mid, 0.75), 1),
        )
    )
    _tiles(canvas, stage)
    for level in (0.40, 0.615):
        _shelf(canvas, stage, height * level)
    spread = unit * 0.42
    first = stage.focus[0] % spread - spread
    for index in range(int(width / spread) + 3):
        _pendant(canvas, stage, (first + (index + 0.5) * spread, height * (0.175 + 0.035 * (index % 2))))
    _counter(canvas, stage)
    for x in (0.13, 0.52, 0.90):
        _steam(canvas, stage, (width * x, height * COUNTER))


def _tiles(canvas: skia.Canvas, stage: Stage) -> None:
    """Glazed tiles in a running bond."""
    rng, unit, palette = stage.rng, stage.unit, stage.palette
    wide, tall = unit * 0.085, unit * 0.042
    for row in range(int(stage.height * COUNTER / tall) + 1):
        for column in range(-1, int(stage.width / wide) + 2):
            x, y = (column + 0.5 * (row % 2)) * wide, row * tall
            tone = mix(palette.mid, palette.light, rng.uniform(0.0, 0.22))
            canvas.drawRoundRect(rect(x + 1, y + 1, wide - 2, tall - 2), 3, 3, solid(tone, 0.30))
            canvas.drawRect(rect(x + 3, y + 2, wide - 6, max(1.0, unit * 0.0016)), solid(lighter(tone, 0.5), 0.16))


def _shelf(canvas: skia.Canvas, stage: Stage, foot: float) -> None:
    rng, unit, palette = stage.rng, stage.unit, stage.palette
    x = unit * rng.uniform(0.0, 0.05)
    while x < stage.width:
        wide, tall = unit * rng.uniform(0.038, 0.062), unit * rng.uniform(0.055, 0.115)
        kind = rng.random()
        tone = mix(
            (palette.light, palette.accent, palette.second, palette.mid)[int(rng.integers(4))],
            palette.deep,
            rng.uniform(0.35, 0.65),
        )
        body = gradient(
            (x, 0), (x + wide, 0), (darker(tone, 0.4), 1), (lighter(tone, 0.12), 1), (darker(tone, 0.35), 1)
        )
        if kind < 0.45:
            canvas.drawRoundRect(rect(x, foot - tall, wide, tall), wide * 0.18, wide * 0.18, body)
            canvas.drawRect(
                rect(x + wide * 0.10, foot - tall - unit * 0.010, wide * 0.8, unit * 0.014),
                solid(darker(palette.deep, 0.2)),
            )
        elif kind < 0.8:
            neck = tall * 0.45
            canvas.drawRoundRect(rect(x, foot - tall * 0.75, wide, tall * 0.75), wide * 0.25, wide * 0.25, body)
            canvas.drawRect(rect(x + wide * 0.36, foot - tall * 0.75 - neck, wide * 0.28, neck + 3), body)
        else:
            cup = polygon(
                (x, foot - wide * 0.75),
                (x + wide, foot - wide * 0.75),
                (x + wide * 0.85, foot),
                (x + wide * 0.15, foot),
            )
            canvas.drawPath(cup, body)
        x += wide + unit * (rng.uniform(0.008, 0.020) if rng.random() < 0.85 else rng.uniform(0.08, 0.16))
    board = gradient(
        (0, foot), (0, foot + unit * 0.016), (mix(palette.mid, palette.light, 0.35), 1), (darker(palette.deep, 0.2), 1)
    )
    canvas.drawRect(rect(0, foot, stage.width, unit * 0.016), board)
    canvas.drawRect(
        rect(0, foot + unit * 0.016, stage.width, unit * 0.03),
        gradient((0, foot + unit * 0.016), (0, foot + unit * 0.046), (palette.ink, 0.55), (palette.ink, 0)),
    )


def _pendant(canvas: skia.Canvas, stage: Stage, foot: Point) -> None:
    unit, palette, (x, y) = stage.unit, stage.palette, foot
    warm = lighter(palette.accent, 0.4)
    canvas.drawRect(rect(x - unit * 0.0016, 0, unit * 0.0032, y - unit * 0.06), solid(palette.ink))
    canvas.drawCircle(
        x,
        y,
        unit * 0.36,
        glow((x, y), unit * 0.36, (warm, 0.55), (palette.accent, 0.20), (palette.accent, 0.06), (palette.accent, 0)),
    )
    shade = skia.Path()
    shade.moveTo(x - unit * 0.012, y - unit * 0.066)
    shade.cubicTo(x - unit * 0.05, y - unit * 0.058, x - unit * 0.066, y - unit * 0.03, x - unit * 0.068, y)
    shade.lineTo(x + unit * 0.068, y)
    shade.cubicTo(
        x + unit * 0.066, y - unit * 0.03, x + unit * 0.05, y - unit * 0.058, x + unit * 0.012, y - unit * 0.066
    )
    shade.close()
    canvas.drawPath(
        shade,
        gradient(
            (x - unit * 0.07, 0),
            (x + unit * 0.07, 0),
            (palette.ink, 1),
            (mix(palette.mid, palette.light, 0.3), 1),
            (palette.ink, 1),
        ),
    )
    canvas.drawOval(
        skia.Rect.MakeXYWH(x - unit * 0.05, y - unit * 0.008, unit * 0.10, unit * 0.020), solid(lighter(warm, 0.6))
    )


def _counter(canvas: skia.Canvas, stage: Stage) -> None:
    unit, palette, top = stage.unit, stage.palette, stage.height * COUNTER
    front = gradient((0, top), (0, stage.height), (darker(palette.mid, 0.35), 1), (palette.ink, 1))
    canvas.drawRect(rect(0, top, stage.width, stage.height - top), front)
    for index in range(int(stage.width / (unit * 0.11)) + 1):
        canvas.drawRect(rect(index * unit * 0.11, top, unit * 0.004, stage.height - top), solid(palette.ink, 0.45))
    slab = gradient(
        (0, top - unit * 0.014),
        (0, top + unit * 0.016),
        (lighter(palette.light, 0.25), 1),
        (mix(palette.mid, palette.light, 0.4), 1),
    )
    canvas.drawRect(rect(0, top - unit * 0.014, stage.width, unit * 0.030), slab)
    light(canvas, (stage.focus[0], top), unit * 0.5, palette.accent, 0.22)


def _steam(canvas: skia.Canvas, stage: Stage, foot: Point) -> None:
    rng, unit = stage.rng, stage.unit
    for strand in range(3):
        phase = rng.uniform(0, 2 * math.pi)
        line = [
            (
                foot[0] + unit * (0.02 * (strand - 1) + 0.018 * math.sin(phase + 1.3 * step) * (0.4 + 0.2 * step)),
                foot[1] - unit * (0.03 + 0.045 * step),
            )
            for step in range(6)
        ]
        canvas.drawPath(curve(line), outline("#ffffff", unit * 0.016, 0.07, unit * 0.010))
