"""Shelves of books to the ceiling, with lamps that warm them."""

from __future__ import annotations

import skia

from producer.render.brushes import Stop, glow, gradient, light, rect, solid
from producer.render.colour import darker, lighter, mix
from producer.render.scene.stage import Stage

KEYWORDS = (
    "book*", "librar*", "histor*", "archive*", "museum*", "ancient", "archaeolog*", "author*", "novel*", "poet*", "poem*",
    "writer*", "manuscript*", "diary", "diaries", "letters", "university", "universities", "professor*", "student*",
    "libro*", "biblioteca*", "historia*", "museo*", "autor*", "novela*", "poeta*", "universidad*", "estudiante*",
    "书", "历史", "博物馆", "图书馆", "作家", "诗", "小说", "考古", "大学", "学生", "古代",
)  # fmt: skip
PALETTES = ("clay", "ember", "graphite", "olive", "harbour")

SHELF = 0.155
"""From one shelf to the next, in units."""
BOARD = 0.012


def paint(canvas: skia.Canvas, stage: Stage) -> None:
    width, height, unit, palette = stage.width, stage.height, stage.unit, stage.palette
    canvas.drawPaint(gradient((0, 0), (0, height), (darker(palette.deep, 0.35), 1), (palette.ink, 1)))
    bay = unit * 0.62
    start = stage.focus[0] - bay / 2
    start -= bay * int(start / bay + 1)
    for column in range(int((width - start) / bay) + 1):
        _bay(canvas, stage, start + column * bay, bay)
    for column in range(int((width - start) / bay) + 2):
        _post(canvas, stage, start + column * bay)
    _cornice(canvas, stage)
    for column in range(int((width - start) / bay) + 1):
        _lamp(canvas, stage, start + (column + 0.5) * bay)
    canvas.drawRect(
        rect(0, 0, width, height), gradient((0, height * 0.45), (0, height), (palette.ink, 0), (palette.ink, 0.62))
    )
    light(canvas, stage.focus, unit * 0.75, palette.accent, 0.15)


def _bay(canvas: skia.Canvas, stage: Stage, left: float, wide: float) -> None:
    unit, palette = stage.unit, stage.palette
    shelf = unit * SHELF
    for row in range(int(stage.height / shelf) + 2):
        foot = shelf * (row + 0.75)
        niche = gradient(
            (0, foot - shelf), (0, foot), (darker(palette.ink, 0.3), 1), (mix(palette.ink, palette.deep, 0.8), 1)
        )
        canvas.drawRect(rect(left, foot - shelf + unit * BOARD, wide, shelf - unit * BOARD), niche)
        _books(canvas, stage, left + unit * 0.020, left + wide - unit * 0.020, foot)
        board = gradient(
            (0, foot), (0, foot + unit * BOARD), (mix(palette.mid, palette.light, 0.30), 1), (palette.deep, 1)
        )
        canvas.drawRect(rect(left, foot, wide, unit * BOARD), board)
        canvas.drawRect(
            rect(left, foot + unit * BOARD, wide, unit * 0.022),
            gradient((0, foot + unit * BOARD), (0, foot + unit * 0.034), (palette.ink, 0.7), (palette.ink, 0)),
        )


def _books(canvas: skia.Canvas, stage: Stage, left: float, right: float, foot: float) -> None:
    """Rows of spines; now and then one leans, or there is a gap."""
    rng, unit, palette = stage.rng, stage.unit, stage.palette
    x = left
    while x < right - unit * 0.012:
        thick = min(unit * rng.uniform(0.011, 0.029), right - x)
        if rng.random() < 0.06:
            x += thick * 1.6
            continue
        tall = unit * rng.uniform(0.092, 0.132)
        base = (palette.mid, palette.deep, palette.light, palette.accent, palette.second)[
            int(rng.choice(5, p=(0.34, 0.3, 0.18, 0.1, 0.08)))
        ]
        tone = mix(mix(base, palette.deep, rng.uniform(0.15, 0.6)), palette.ink, 0.28)
        canvas.save()
        if rng.random() < 0.05:
            canvas.rotate(-7, x, foot)
        spine = gradient(
            (x, 0), (x + thick, 0), (darker(tone, 0.35), 1), (lighter(tone, 0.12), 1), (darker(tone, 0.30), 1)
        )
        canvas.drawRect(rect(x, foot - tall, thick * 0.94, tall), spine)
        if rng.random() < 0.55:
            band = solid(lighter(palette.accent, 0.1), 0.42)
            for place in (0.14, 0.80):
                canvas.drawRect(rect(x + thick * 0.12, foot - tall * (1 - place), thick * 0.70, unit * 0.0022), band)
        canvas.restore()
        x += thick


def _post(canvas: skia.Canvas, stage: Stage, x: float) -> None:
    palette, wide = stage.palette, stage.unit * 0.034
    stops: tuple[Stop, ...] = (
        (darker(palette.deep, 0.3), 1),
        (mix(palette.mid, palette.light, 0.18), 1),
        (darker(palette.deep, 0.4), 1),
    )
    canvas.drawRect(rect(x - wide / 2, 0, wide, stage.height), gradient((x - wide / 2, 0), (x + wide / 2, 0), *stops))


def _cornice(canvas: skia.Canvas, stage: Stage) -> None:
    """The head of the shelves, from which the lamps hang."""
    palette, foot = stage.palette, stage.unit * 0.058
    wood = gradient(
        (0, 0),
        (0, foot),
        (palette.ink, 1),
        (mix(palette.mid, palette.deep, 0.4), 1),
        (mix(palette.mid, palette.light, 0.2), 1),
    )
    canvas.drawRect(rect(0, 0, stage.width, foot), wood)
    canvas.drawRect(
        rect(0, foot, stage.width, stage.unit * 0.03),
        gradient((0, foot), (0, foot + stage.unit * 0.03), (palette.ink, 0.8), (palette.ink, 0)),
    )


def _lamp(canvas: skia.Canvas, stage: Stage, x: float) -> None:
    """A picture light at the top of a bay, and the cone it throws."""
    unit, palette = stage.unit, stage.palette
    y = unit * 0.068
    warm = lighter(palette.accent, 0.35)
    cone = glow((x, y), unit * 0.62, (warm, 0.42), (palette.accent, 0.17), (palette.accent, 0.05), (palette.accent, 0))
    canvas.drawRect(rect(x - unit * 0.31, y, unit * 0.62, unit * 0.7), cone)
    canvas.drawRoundRect(
        rect(x - unit * 0.075, y - unit * 0.016, unit * 0.15, unit * 0.020),
        unit * 0.01,
        unit * 0.01,
        solid(mix(palette.accent, palette.deep, 0.45)),
    )
    canvas.drawRoundRect(
        rect(x - unit * 0.066, y + unit * 0.001, unit * 0.132, unit * 0.006),
        unit * 0.003,
        unit * 0.003,
        solid(lighter(warm, 0.5)),
    )
