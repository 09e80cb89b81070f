"""Columns and a rising line, as on a trading floor's wall."""

from __future__ import annotations

import numpy as np
import skia

from producer.render.brushes import Point, curve, gradient, light, outline, rect, solid
from producer.render.colour import darker, lighter, mix
from producer.render.scene.stage import Stage

KEYWORDS = (
    "econom*", "market*", "bank*", "trade", "trades", "trader*", "budget*", "tax*", "price*", "inflation", "stock*",
    "share", "shares", "invest*", "business*", "company", "companies", "profit*", "job", "jobs", "wage*", "cost*", "euro*",
    "dollar*", "money", "sales", "economía", "mercado*", "banco*", "comercio*", "presupuesto*", "impuesto*", "precio*",
    "inflación", "acciones", "empresa*", "empleo*", "salario*", "dinero", "ventas", "经济", "市场", "银行", "贸易", "价格", "通胀",
    "股", "投资", "公司", "企业", "就业", "工资", "钱", "亿元", "万元",
)  # fmt: skip
PALETTES = ("slate", "midnight", "harbour", "olive", "graphite")


def paint(canvas: skia.Canvas, stage: Stage) -> None:
    width, height, unit, palette = stage.width, stage.height, stage.unit, stage.palette
    canvas.drawPaint(
        gradient(
            (0, 0),
            (width * 0.35, height),
            (palette.ink, 1),
            (palette.deep, 1),
            (mix(palette.deep, palette.mid, 0.7), 1),
        )
    )
    light(canvas, (stage.focus[0], height * 0.45), unit * 0.9, palette.light, 0.42)
    _grid(canvas, stage)
    count = max(12, round(width / (unit * 0.075)))
    levels = _walk(stage, count)
    _columns(canvas, stage, levels)
    _line(canvas, stage, levels)
    canvas.drawRect(
        rect(0, height * 0.78, width, height * 0.22),
        gradient((0, height * 0.78), (0, height), (palette.ink, 0), (palette.ink, 0.7)),
    )


def _grid(canvas: skia.Canvas, stage: Stage) -> None:
    step, pen = stage.unit * 0.075, solid(lighter(stage.palette.light, 0.3), 0.10)
    for index in range(int(stage.width / step) + 1):
        canvas.drawRect(rect(index * step, 0, 1.2, stage.height), pen)
    for index in range(int(stage.height / step) + 1):
        canvas.drawRect(rect(0, index * step, stage.width, 1.2), pen)


def _walk(stage: Stage, count: int) -> list[float]:
    """Heights 0..1 that rise from left to right, with their ups and downs."""
    rise = np.linspace(0.16, 0.82, count)
    wander = np.convolve(stage.rng.normal(0, 0.13, count + 2), (0.25, 0.5, 0.25), mode="valid")
    return [float(level) for level in np.clip(rise + wander, 0.08, 0.97)]


def _columns(canvas: skia.Canvas, stage: Stage, levels: list[float]) -> None:
    palette, unit = stage.palette, stage.unit
    pitch, foot = stage.width / len(levels), stage.height * 0.97
    for index, level in enumerate(levels):
        top, x = foot - stage.height * 0.56 * level, index * pitch + pitch * 0.16
        tone = palette.second if index and level < levels[index - 1] else palette.light
        face = gradient((0, top), (0, foot), (lighter(tone, 0.18), 0.60), (tone, 0.26), (darker(tone, 0.3), 0.08))
        canvas.drawRoundRect(rect(x, top, pitch * 0.68, foot - top + 8), unit * 0.006, unit * 0.006, face)
        canvas.drawRoundRect(
            rect(x, top, pitch * 0.68, unit * 0.006), unit * 0.003, unit * 0.003, solid(lighter(tone, 0.5), 0.7)
        )


def _line(canvas: skia.Canvas, stage: Stage, levels: list[float]) -> None:
    """The line over the columns, glowing, with a ring at every fourth point."""
    palette, unit = stage.palette, stage.unit
    pitch = stage.width / len(levels)
    points: list[Point] = [(-unit * 0.1, stage.height * 0.80)]
    points += [((i + 0.5) * pitch, stage.height * (0.74 - 0.56 * level)) for i, level in enumerate(levels)]
    points.append((stage.width + unit * 0.1, points[-1][1] - unit * 0.05))
    path = curve(points)
    for wide, alpha, blur in ((0.030, 0.20, 0.014), (0.012, 0.40, 0.004), (0.0055, 1.0, 0.0)):
        canvas.drawPath(path, outline(palette.accent, unit * wide, alpha, unit * blur))
    for point in points[2:-1:4]:
        light(canvas, point, unit * 0.045, palette.accent, 0.6)
        canvas.drawCircle(*point, unit * 0.0095, solid(palette.ink))
        canvas.drawCircle(*point, unit * 0.0095, outline(lighter(palette.accent, 0.4), unit * 0.0045))
