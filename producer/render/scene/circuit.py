"""Traces and nodes of a circuit on a dark board, one glow in it."""

from __future__ import annotations

import skia

from producer.render.brushes import gradient, light, outline, solid
from producer.render.colour import lighter, mix
from producer.render.scene.stage import Stage

KEYWORDS = (
    "ai", "artificial intelligence", "robot*", "chip*", "software", "computer*", "computing", "data", "internet",
    "tech", "technolog*", "digital*", "algorithm*", "cyber*", "app", "apps", "batter*", "semiconductor*", "quantum",
    "tecnolog*", "datos", "ordenador*", "internet", "algoritmo*", "机器人", "人工智能", "芯片", "数据", "科技", "电脑",
    "软件", "网络", "电池",
)  # fmt: skip
PALETTES = ("midnight", "harbour", "slate", "aurora")

TURNS = ((1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1), (0, -1), (1, -1))


def paint(canvas: skia.Canvas, stage: Stage) -> None:
    width, height, unit, palette = stage.width, stage.height, stage.unit, stage.palette
    canvas.drawPaint(
        gradient(
            (0, 0),
            (width * 0.5, height),
            (palette.ink, 1),
            (palette.deep, 1),
            (mix(palette.deep, palette.mid, 0.75), 1),
        )
    )
    light(canvas, (width * 0.08, height * 0.95), unit * 0.9, palette.light, 0.30)
    light(canvas, stage.focus, unit * 0.85, palette.accent, 0.30)
    pitch = unit * 0.05
    for column in range(int(width / pitch) + 2):
        for row in range(int(height / pitch) + 2):
            canvas.drawCircle(column * pitch, row * pitch, unit * 0.0016, solid(palette.accent, 0.16))
    for _ in range(int(38 * width * height / (1280 * 720) * (720 / unit) ** 2)):
        _trace(canvas, stage, pitch)


def _trace(canvas: skia.Canvas, stage: Stage, pitch: float) -> None:
    """A line over the grid that turns by 45° at most, with a lit node at each end."""
    rng, unit = stage.rng, stage.unit
    x = pitch * rng.integers(0, int(stage.width / pitch) + 1)
    y = pitch * rng.integers(0, int(stage.height / pitch) + 1)
    heading = 2 * int(rng.integers(0, 4))
    path, ends = skia.Path(), [(x, y)]
    path.moveTo(x, y)
    for _ in range(rng.integers(2, 6)):
        dx, dy = TURNS[heading % 8]
        length = pitch * rng.integers(1, 5)
        x, y = x + dx * length, y + dy * length
        path.lineTo(x, y)
        heading += int(rng.integers(-1, 2))
    ends.append((x, y))
    colour = stage.palette.accent if rng.random() < 0.72 else stage.palette.second
    canvas.drawPath(path, outline(colour, unit * 0.009, 0.05))
    canvas.drawPath(path, outline(colour, unit * 0.0024, 0.32))
    for end in ends:
        light(canvas, end, unit * 0.024, colour, 0.55)
        canvas.drawCircle(*end, unit * 0.0052, solid(lighter(colour, 0.35), 0.95))
