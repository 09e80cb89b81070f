"""A globe of dots, with arcs that reach around it."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
import skia

from producer.render.brushes import Point, curve, glow, gradient, light, outline, solid
from producer.render.colour import lighter, mix
from producer.render.scene.stage import Stage

KEYWORDS = (
    "world*", "global*", "international*", "country", "countries", "nation*", "border*", "war", "wars", "peace", "treaty",
    "treaties", "summit*", "diplomat*", "embassy", "embassies", "migrant*", "migration", "refugee*", "united nations", "europe*",
    "africa*", "asia*", "america*", "foreign", "flight*", "airline*", "airport*", "mundo*", "mundial*", "internacional*",
    "país", "países", "frontera*", "guerra*", "paz", "tratado*", "cumbre*", "migrante*", "refugiado*", "europa", "europe*",
    "vuelo*", "aeropuerto*", "世界", "全球", "国际", "国家", "边境", "战争", "和平", "条约", "峰会", "外交", "移民", "欧洲", "航班", "机场",
)  # fmt: skip
PALETTES = ("midnight", "harbour", "frost", "aurora", "graphite")

RINGS = 46
CONTINENTS = 9


def paint(canvas: skia.Canvas, stage: Stage) -> None:
    width, height, unit, palette = stage.width, stage.height, stage.unit, stage.palette
    canvas.drawPaint(
        gradient(
            (0, 0),
            (width * 0.4, height),
            (palette.ink, 1),
            (palette.deep, 1),
            (mix(palette.deep, palette.mid, 0.55), 1),
        )
    )
    _stars(canvas, stage)
    centre = (stage.focus[0], stage.focus[1] + unit * 0.16)
    radius = unit * (0.53 if width >= height else 0.62)
    light(canvas, centre, radius * 1.7, palette.light, 0.34)
    body = glow(
        (centre[0] - radius * 0.35, centre[1] - radius * 0.45),
        radius * 1.9,
        (mix(palette.light, palette.mid, 0.35), 1),
        (palette.mid, 1),
        (palette.deep, 1),
        (palette.ink, 1),
    )
    canvas.drawCircle(*centre, radius, body)
    _land(canvas, stage, centre, radius)
    for _ in range(7):
        _arc(canvas, stage, centre, radius)
    for wide, alpha in ((0.030, 0.16), (0.010, 0.30), (0.003, 0.75)):
        canvas.drawCircle(*centre, radius, outline(lighter(palette.light, 0.35), unit * wide, alpha, unit * wide * 0.4))


def _stars(canvas: skia.Canvas, stage: Stage) -> None:
    rng = stage.rng
    for _ in range(int(stage.width * stage.height / 6000)):
        place = rng.uniform(0, stage.width), rng.uniform(0, stage.height)
        canvas.drawCircle(*place, stage.unit * rng.uniform(0.0006, 0.0016), solid("#ffffff", rng.uniform(0.15, 0.6)))


def _land(canvas: skia.Canvas, stage: Stage, centre: Point, radius: float) -> None:
    """Dots on rings of latitude: bright where one of some invented continents lies, faint on the sea."""
    rng, palette = stage.rng, stage.palette
    lands = _directions(rng, CONTINENTS)
    edges = rng.uniform(0.84, 0.95, CONTINENTS)
    coast = _directions(rng, 3) * 9.0
    for ring in range(RINGS):
        latitude = math.pi * (ring + 0.5) / RINGS - math.pi / 2
        count = max(1, round(2 * RINGS * math.cos(latitude)))
        for place in range(count):
            longitude = 2 * math.pi * (place + 0.5 * (ring % 2)) / count
            level, out = math.cos(latitude), math.sin(latitude)
            point = np.array([level * math.sin(longitude), out, level * math.cos(longitude)])
            if point[2] < 0.02:
                continue
            ragged = 0.035 * float(np.sin(coast @ point).sum())
            ashore = bool(np.any(lands @ point + ragged > edges))
            size = radius * (0.0130 if ashore else 0.0042) * (0.45 + 0.55 * point[2])
            colour, alpha = (lighter(palette.accent, 0.1), 0.30 + 0.65 * point[2]) if ashore else (palette.light, 0.42)
            canvas.drawCircle(centre[0] + radius * point[0], centre[1] - radius * point[1], size, solid(colour, alpha))


def _arc(canvas: skia.Canvas, stage: Stage, centre: Point, radius: float) -> None:
    """A flight: the great circle between two places on this side of the globe, a little above the ground."""
    palette, unit = stage.palette, stage.unit
    start, end = _directions(stage.rng, 2)
    start[2], end[2] = abs(start[2]) + 0.15, abs(end[2]) + 0.15
    line: list[Point] = []
    for t in np.linspace(0, 1, 13):
        point = start * (1 - t) + end * t
        point *= (1 + 0.12 * math.sin(math.pi * float(t))) / np.linalg.norm(point)
        line.append((centre[0] + radius * float(point[0]), centre[1] - radius * float(point[1])))
    path = curve(line)
    canvas.drawPath(path, outline(palette.second, unit * 0.008, 0.14, unit * 0.004))
    canvas.drawPath(path, outline(palette.second, unit * 0.0022, 0.70))
    for end_point in (line[0], line[-1]):
        light(canvas, end_point, unit * 0.03, palette.second, 0.7)
        canvas.drawCircle(*end_point, unit * 0.0055, solid(lighter(palette.second, 0.5)))


def _directions(rng: np.random.Generator, count: int) -> npt.NDArray[np.float64]:
    """Unit vectors, evenly spread over the sphere: (count, 3), z towards the viewer."""
    vectors = rng.normal(size=(count, 3))
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))
