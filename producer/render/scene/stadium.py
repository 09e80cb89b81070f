"""A stadium in the evening: floodlights, full stands, a mown pitch."""

from __future__ import annotations

import math

import skia

from producer.render.brushes import glow, gradient, light, outline, polygon, rect, solid
from producer.render.colour import darker, lighter, mix
from producer.render.scene.stage import Stage

KEYWORDS = (
    "sport*", "football*", "soccer", "match", "matches", "team*", "league*", "coach*", "player*", "game*",
    "athlete*", "olympic*", "runner*", "marathon*", "tennis", "basketball", "cricket", "rugby", "champion*",
    "stadium*", "final", "finals", "deporte*", "fútbol", "partido*", "equipo*", "liga*", "gol", "goles", "jugador*",
    "atleta*", "carrera*", "campeon*", "estadio*", "体育", "足球", "比赛", "球队", "联赛", "球员", "冠军", "奥运", "运动", "马拉松",
)  # fmt: skip
PALETTES = ("meadow", "midnight", "olive", "harbour", "graphite")

STANDS_TOP, PITCH = 0.30, 0.66


def paint(canvas: skia.Canvas, stage: Stage) -> None:
    width, height, unit, palette = stage.width, stage.height, stage.unit, stage.palette
    sky = gradient(
        (0, 0), (0, height * 0.45), (palette.ink, 1), (palette.deep, 1), (mix(palette.deep, palette.mid, 0.8), 1)
    )
    canvas.drawPaint(sky)
    _stands(canvas, stage)
    _pitch(canvas, stage)
    for x in (0.045, 0.32, 0.66, 0.955) if width >= height else (0.06, 0.94):
        _floodlight(canvas, stage, width * x, height * 0.115)
    haze = gradient(
        (0, height * 0.25), (0, height * PITCH), (palette.light, 0), (palette.light, 0.20), (palette.light, 0.02)
    )
    canvas.drawRect(rect(0, height * 0.25, width, height * (PITCH - 0.25)), haze)
    light(canvas, (stage.focus[0], height * 0.5), unit * 0.7, lighter(palette.light, 0.3), 0.14)


def _stands(canvas: skia.Canvas, stage: Stage) -> None:
    """Three tiers that curve away, filled with people as small as dots."""
    rng, unit, palette, width, height = stage.rng, stage.unit, stage.palette, stage.width, stage.height
    top, foot = height * STANDS_TOP, height * PITCH
    canvas.drawRect(rect(0, top, width, foot - top), gradient((0, top), (0, foot), (palette.ink, 1), (palette.deep, 1)))
    roof = polygon(
        (0, top - unit * 0.03), (width, top - unit * 0.03), (width, top + unit * 0.012), (0, top + unit * 0.012)
    )
    canvas.drawPath(
        roof, gradient((0, top - unit * 0.03), (0, top), (mix(palette.mid, palette.light, 0.2), 1), (palette.deep, 1))
    )
    for tier in range(3):
        head = top + (foot - top) * (0.06 + 0.315 * tier)
        deep = (foot - top) * 0.25
        canvas.drawRect(
            rect(0, head, width, deep),
            gradient(
                (0, head), (0, head + deep), (darker(palette.deep, 0.3), 1), (mix(palette.deep, palette.mid, 0.6), 1)
            ),
        )
        rows = 6 + tier
        for row in range(rows):
            y = head + deep * (row + 0.6) / rows
            step = unit * (0.0085 + 0.0012 * tier)
            for place in range(int(width / step) + 1):
                if rng.random() < 0.84:
                    colour = (palette.light, palette.mid, lighter(palette.light, 0.4), palette.second, palette.accent)[
                        int(rng.choice(5, p=(0.34, 0.36, 0.14, 0.08, 0.08)))
                    ]
                    canvas.drawCircle(
                        place * step + rng.normal(0, step * 0.18),
                        y + rng.normal(0, step * 0.12),
                        step * 0.30,
                        solid(colour, rng.uniform(0.25, 0.75)),
                    )
        board = height * 0.022
        canvas.drawRect(rect(0, head + deep, width, board), solid(mix(palette.ink, palette.deep, 0.4)))
        canvas.drawRect(rect(0, head + deep + board * 0.4, width, unit * 0.003), solid(palette.accent, 0.35))


def _pitch(canvas: skia.Canvas, stage: Stage) -> None:
    unit, palette, width, height = stage.unit, stage.palette, stage.width, stage.height
    top, centre = height * PITCH, width / 2
    canvas.drawRect(
        rect(0, top, width, height - top),
        gradient((0, top), (0, height), (palette.mid, 1), (mix(palette.mid, palette.deep, 0.6), 1)),
    )
    stripes = 14
    for stripe in range(-stripes, stripes, 2):
        near, far = width * 0.22, width * 0.10
        shape = polygon(
            (centre + stripe * far, top),
            (centre + (stripe + 1) * far, top),
            (centre + (stripe + 1) * near, height),
            (centre + stripe * near, height),
        )
        canvas.drawPath(shape, solid(palette.light, 0.13))
    chalk = outline("#ffffff", unit * 0.0045, 0.50)
    canvas.drawLine(0, top + unit * 0.022, width, top + unit * 0.022, chalk)
    circle = skia.Rect.MakeXYWH(centre - unit * 0.62, top + (height - top) * 0.52, unit * 1.24, (height - top) * 0.62)
    canvas.drawOval(circle, chalk)
    canvas.drawLine(centre, top + unit * 0.022, centre, height, chalk)
    canvas.drawRect(rect(0, top - unit * 0.016, width, unit * 0.018), solid(palette.ink, 0.85))


def _floodlight(canvas: skia.Canvas, stage: Stage, x: float, y: float) -> None:
    """A mast with a bank of lamps and their glare."""
    unit, palette = stage.unit, stage.palette
    canvas.drawRect(rect(x - unit * 0.005, y, unit * 0.010, stage.height * STANDS_TOP - y), solid(palette.ink))
    glare = lighter(palette.light, 0.75)
    canvas.drawCircle(
        x, y, unit * 0.34, glow((x, y), unit * 0.34, (glare, 0.55), (glare, 0.18), (glare, 0.06), (glare, 0))
    )
    wide, tall = unit * 0.115, unit * 0.062
    canvas.drawRoundRect(rect(x - wide / 2, y - tall / 2, wide, tall), 4, 4, solid(palette.ink))
    for column in range(5):
        for row in range(3):
            lamp = x - wide / 2 + wide * (column + 0.5) / 5, y - tall / 2 + tall * (row + 0.5) / 3
            canvas.drawCircle(*lamp, unit * 0.0078, solid(lighter(glare, 0.6)))
    for turn in range(6):
        angle = math.radians(30 + 24 * turn)
        ray = polygon(
            (x, y),
            (x + math.cos(angle) * unit, y + math.sin(angle) * unit),
            (x + math.cos(angle + 0.09) * unit, y + math.sin(angle + 0.09) * unit),
        )
        canvas.drawPath(ray, glow((x, y), unit * 0.8, (glare, 0.13), (glare, 0.0)))
