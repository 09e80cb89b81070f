"""A news studio: a slatted wall, light columns, a large ring behind the desk, a polished floor."""

from __future__ import annotations

import skia

from producer.render.brushes import gradient, light, outline, rect, solid
from producer.render.colour import darker, lighter, mix
from producer.render.scene.stage import Stage

KEYWORDS = (
    "election*", "government*", "minister*", "president*", "parliament*", "law", "laws", "court*", "budget*", "police",
    "school*", "council*", "vote*", "voter*", "strike*", "union*", "party", "parties", "gobierno*", "elección*",
    "elecciones", "ministr*", "ley", "leyes", "escuela*", "ayuntamiento*", "voto*", "huelga*", "政府", "选举", "法律", "学校",
    "议会", "部长", "法院", "投票",
)  # fmt: skip
PALETTES = ("midnight", "slate", "harbour", "berry", "clay")


def paint(canvas: skia.Canvas, stage: Stage) -> None:
    width, height, unit, palette = stage.width, stage.height, stage.unit, stage.palette
    floor = height * 0.845
    canvas.drawPaint(
        gradient((0, 0), (width * 0.3, height), (palette.deep, 1), (palette.mid, 1), (darker(palette.mid, 0.35), 1))
    )
    _slats(canvas, stage, floor)
    for x in (width * 0.022, width * 0.978):
        _column(canvas, stage, x + unit * stage.rng.uniform(-0.01, 0.01), floor, palette.second)
    _ring(canvas, stage)
    canvas.drawRect(
        rect(0, floor, width, height - floor),
        gradient((0, floor), (0, height), (darker(palette.mid, 0.45), 1), (palette.ink, 1)),
    )
    canvas.drawRect(rect(0, floor, width, max(2.0, unit * 0.003)), solid(lighter(palette.accent, 0.2), 0.45))
    light(canvas, (stage.focus[0], floor + unit * 0.02), unit * 0.42, palette.light, 0.30)


def _slats(canvas: skia.Canvas, stage: Stage, floor: float) -> None:
    palette = stage.palette
    count = round(stage.width / (stage.unit * 0.042))
    pitch = stage.width / count
    for index in range(count):
        x = index * pitch
        face = gradient(
            (x, 0),
            (x + pitch, 0),
            (lighter(palette.mid, 0.12), 0.42),
            (palette.mid, 0.20),
            (darker(palette.deep, 0.35), 0.48),
        )
        canvas.drawRect(rect(x, 0, pitch * 0.88, floor), face)


def _column(canvas: skia.Canvas, stage: Stage, x: float, floor: float, colour: str) -> None:
    unit = stage.unit
    for wide, alpha in ((0.20, 0.10), (0.07, 0.20), (0.018, 0.42)):
        canvas.drawRect(
            rect(x - unit * wide / 2, -unit * 0.05, unit * wide, floor + unit * 0.05),
            solid(colour, alpha, unit * wide * 0.42),
        )
    canvas.drawRoundRect(rect(x - unit * 0.003, 0, unit * 0.006, floor), 3, 3, solid(lighter(colour, 0.6), 0.95))


def _ring(canvas: skia.Canvas, stage: Stage) -> None:
    """A lit ring around the presenter's head and shoulders."""
    palette, unit = stage.palette, stage.unit
    centre, radius = (stage.focus[0], stage.focus[1] + unit * 0.06), unit * 0.43
    canvas.drawCircle(*centre, radius, solid(mix(palette.deep, palette.ink, 0.4), 0.55))
    light(canvas, centre, radius, palette.light, 0.42)
    for wide, alpha in ((0.060, 0.10), (0.022, 0.25)):
        canvas.drawCircle(*centre, radius, outline(palette.accent, unit * wide, alpha, unit * wide * 0.5))
    canvas.drawCircle(*centre, radius, outline(lighter(palette.accent, 0.55), unit * 0.005, 0.9))
