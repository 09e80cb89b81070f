"""Rails that run to a low sun, with masts and wires beside them."""

from __future__ import annotations

from itertools import pairwise

import skia

from producer.render.brushes import Point, gradient, light, outline, polygon, rect, solid
from producer.render.colour import darker, lighter, mix
from producer.render.scene.stage import Stage, land, ridge

KEYWORDS = (
    "train*", "rail*", "tram*", "metro", "subway*", "bus", "buses", "transport*", "traffic", "road*", "car", "cars", "driver*",
    "bridge*", "tunnel*", "travel*", "journey*", "station*", "commut*", "bicycle*", "bike*", "cycl*", "truck*",
    "tren*", "tranvía*", "ferrocarril*", "autobús", "autobuses", "transporte*", "tráfico", "carretera*", "coche*", "puente*",
    "túnel", "túneles", "viaje*", "estación", "estaciones", "bicicleta*", "铁路", "火车", "高铁", "电车", "地铁", "公交", "交通", "公路", "汽车",
    "桥", "隧道", "车站", "自行车", "旅行",
)  # fmt: skip
PALETTES = ("slate", "ember", "frost", "clay", "harbour")

HORIZON = 0.60


def paint(canvas: skia.Canvas, stage: Stage) -> None:
    width, height, unit, palette = stage.width, stage.height, stage.unit, stage.palette
    canvas.drawPaint(
        gradient(
            (0, 0),
            (0, height * HORIZON),
            (palette.deep, 1),
            (palette.mid, 1),
            (palette.light, 1),
            (lighter(palette.light, 0.4), 1),
        )
    )
    vanishing = (width * 0.5 if width < height else width * 0.44, height * HORIZON)
    sun = vanishing[0] + unit * 0.10, vanishing[1] - unit * 0.055
    light(canvas, sun, unit * 0.75, palette.accent, 0.50)
    canvas.drawCircle(*sun, unit * 0.085, solid(lighter(palette.accent, 0.45)))
    _clouds(canvas, stage)
    for layer, tone in enumerate((0.35, 0.70)):
        crest = ridge(stage, HORIZON - 0.035 + 0.025 * layer, 0.028, 1.2 + layer)
        land(stage, crest, solid(mix(palette.light, palette.deep, tone)), canvas)
    ground = gradient((0, vanishing[1]), (0, height), (mix(palette.mid, palette.deep, 0.5), 1), (palette.ink, 1))
    canvas.drawRect(rect(0, vanishing[1], width, height), ground)
    for offset in (-0.62, 0.62):
        _track(canvas, stage, vanishing, offset)
    _masts(canvas, stage, vanishing)


def _clouds(canvas: skia.Canvas, stage: Stage) -> None:
    rng, unit = stage.rng, stage.unit
    for _ in range(9):
        x, y = rng.uniform(-0.1, 0.95) * stage.width, rng.uniform(0.06, 0.48) * stage.height
        long, thick = unit * rng.uniform(0.2, 0.7), unit * rng.uniform(0.006, 0.016)
        canvas.drawRoundRect(
            rect(x, y, long, thick),
            thick,
            thick,
            solid(lighter(stage.palette.light, 0.5), rng.uniform(0.08, 0.22), thick * 0.6),
        )


def _track(canvas: skia.Canvas, stage: Stage, vanishing: Point, offset: float) -> None:
    """Sleepers and two rails; `offset` is where its middle crosses the lower edge, in units from the vanishing point."""
    unit, palette, (x, y) = stage.unit, stage.palette, vanishing
    deep = stage.height - y

    def at(side: float, near: float) -> Point:
        """A point of the track: `side` in units at the lower edge, `near` 0 far … 1 near."""
        return x + unit * side * near, y + deep * near

    bed = polygon(at(offset - 0.46, 0.0), at(offset + 0.46, 0.0), at(offset + 0.46, 1.05), at(offset - 0.46, 1.05))
    canvas.drawPath(bed, solid(darker(palette.deep, 0.35), 0.8))
    near = 1.04
    while near > 0.02:
        thick = 0.022 * near
        sleeper = polygon(
            at(offset - 0.36, near),
            at(offset + 0.36, near),
            at(offset + 0.36, near - thick),
            at(offset - 0.36, near - thick),
        )
        canvas.drawPath(sleeper, solid(mix(palette.deep, palette.mid, 0.55), 0.75))
        near *= 0.90
    for rail in (-0.22, 0.22):
        side = offset + rail
        steel = polygon(at(side - 0.014, 0.0), at(side + 0.014, 0.0), at(side + 0.014, 1.05), at(side - 0.014, 1.05))
        canvas.drawPath(
            steel,
            gradient(
                (0, y),
                (0, stage.height),
                (lighter(palette.accent, 0.5), 1),
                (mix(palette.light, palette.accent, 0.35), 1),
                (palette.mid, 1),
            ),
        )


def _masts(canvas: skia.Canvas, stage: Stage, vanishing: Point) -> None:
    """Masts on both sides that shrink towards the sun, and the wires between them."""
    unit, palette, (x, y) = stage.unit, stage.palette, vanishing
    for side in (-1.16, 1.16):
        tops: list[Point] = []
        near = 1.25
        while near > 0.05:
            foot = x + unit * side * near, y + (stage.height - y) * near * 0.86
            tall, wide = unit * 0.78 * near, unit * 0.013 * near
            canvas.drawRect(
                rect(foot[0] - wide / 2, foot[1] - tall, wide, tall), solid(mix(palette.ink, palette.deep, 0.25))
            )
            arm = -1 if side > 0 else 1
            canvas.drawLine(
                foot[0],
                foot[1] - tall * 0.93,
                foot[0] + arm * unit * 0.20 * near,
                foot[1] - tall * 0.97,
                outline(palette.ink, wide * 0.6),
            )
            tops.append((foot[0] + arm * unit * 0.19 * near, foot[1] - tall * 0.97))
            near *= 0.66
        wire = skia.Path()
        wire.moveTo(*tops[0])
        for a, b in pairwise(tops):
            wire.quadTo((a[0] + b[0]) / 2, (a[1] + b[1]) / 2 + abs(a[0] - b[0]) * 0.05, *b)
        wire.lineTo(x, y)
        canvas.drawPath(wire, outline(palette.ink, unit * 0.0022, 0.75))
