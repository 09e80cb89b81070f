"""Electrons on their ways around a nucleus: research, physics, chemistry."""

from __future__ import annotations

import math

import skia

from producer.render.brushes import outline
from producer.render.cards.motifs.easel import Easel, disc, fill

KEYWORDS = (
    "scien*", "research*", "physic*", "chemi*", "laborator*", "experiment*", "quantum", "nuclear", "particle*", "molecul*",
    "energy", "discover*", "nobel", "study", "universit*", "ciencia*", "científic*", "investiga*", "física", "química",
    "laboratorio*", "energía", "科学", "研究", "物理", "化学", "实验", "能源", "发现", "علم", "علماء", "بحث", "فيزياء", "طاقة",
)  # fmt: skip
ORBITS = ((0, 0.7), (60, 2.6), (120, 4.6))
"""How an orbit is turned, degrees, and where its electron is on it, radians."""


def paint(canvas: skia.Canvas, easel: Easel) -> None:
    for turn, _ in ORBITS:
        canvas.save()
        canvas.rotate(turn + 90)
        canvas.drawOval(skia.Rect.MakeLTRB(-0.92, -0.34, 0.92, 0.34), outline(easel.cool, 0.055))
        canvas.restore()
    start = easel.rng.uniform(-0.4, 0.4)
    for turn, place in ORBITS:
        angle, tilt = place + start, math.radians(turn + 90)
        x, y = 0.92 * math.cos(angle), 0.34 * math.sin(angle)
        across, down = x * math.cos(tilt) - y * math.sin(tilt), x * math.sin(tilt) + y * math.cos(tilt)
        fill(canvas, easel, disc(across, down, 0.11), easel.paper, 0.04)
    for x, y, colour in (
        (-0.10, -0.06, easel.bright), (0.10, -0.09, easel.palette.light), (-0.06, 0.12, easel.palette.light),
        (0.12, 0.10, easel.bright),
    ):  # fmt: skip
        fill(canvas, easel, disc(x, y, 0.15), colour, 0.05)
