"""A football in flight: sports."""

from __future__ import annotations

import math

import skia

from producer.render.brushes import outline, polygon, solid
from producer.render.cards.motifs.easel import Easel, disc, fill, line

KEYWORDS = (
    "sport*", "football*", "soccer", "goal*", "team*", "match", "matches", "league*", "world cup", "olympic*", "champion*",
    "player*", "coach*", "stadium*", "tournament*", "athlet*", "game", "games", "rowing", "rower*", "deporte*", "fútbol", "equipo*", "gol",
    "goles", "partido*", "jugador*", "liga", "campe*", "体育", "足球", "比赛", "球队", "冠军", "运动", "رياض*", "كرة", "فريق", "مباراة",
)  # fmt: skip


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    for index, length in enumerate((0.34, 0.52, 0.30)):
        y = 0.30 + 0.22 * index
        line(canvas, [(-0.98 + 0.10 * index, y), (-0.98 + 0.10 * index + length, y - 0.16)], easel.bright, 0.06)
    canvas.save()
    canvas.translate(0.14, -0.10)
    canvas.rotate(easel.rng.uniform(-18, 18))
    ball = disc(0, 0, 0.76)
    fill(canvas, easel, ball, easel.paper, 0.11)
    canvas.clipPath(ball, True)
    _patch(canvas, easel, 0, 0, 0.27, -90)
    for turn in range(5):
        angle = math.radians(72 * turn - 90)
        across, down = math.cos(angle), math.sin(angle)
        line(canvas, [(0.27 * across, 0.27 * down), (0.52 * across, 0.52 * down)], easel.dark, 0.035)
        _patch(canvas, easel, 0.74 * across, 0.74 * down, 0.25, 72 * turn + 90)
        half = math.radians(36)
        for side in (-1, 1):
            corner = 0.52 * across, 0.52 * down
            bend = angle + side * half
            line(canvas, [corner, (0.62 * math.cos(bend), 0.62 * math.sin(bend))], easel.dark, 0.035)
    canvas.drawPath(ball, outline(easel.dark, 0.02, 0.35))
    canvas.restore()


def _patch(canvas: skia.Canvas, easel: Easel, x: float, y: float, size: float, turn: float) -> None:
    """A pentagon with a corner towards `turn`, degrees."""
    angles = [math.radians(72 * corner + turn) for corner in range(5)]
    canvas.drawPath(polygon(*((x + size * math.cos(a), y + size * math.sin(a)) for a in angles)), solid(easel.dark))
