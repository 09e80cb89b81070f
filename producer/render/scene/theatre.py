"""A stage before the play: folded curtains, a spot of light on the boards."""

from __future__ import annotations

import math

import skia

from producer.render.brushes import Point, curve, glow, gradient, polygon, rect, solid
from producer.render.colour import darker, lighter, mix
from producer.render.scene.stage import Stage

KEYWORDS = (
    "music*", "song*", "singer*", "band", "bands", "album*", "orchestra*", "opera*", "concert*", "theatre*", "theater*",
    "actor*", "actress*", "film*", "movie*", "cinema*", "director*", "dance*", "dancer*", "ballet", "festival*", "comedy",
    "comedian*", "award*", "música", "canción", "canciones", "cantante*", "orquesta*", "ópera*", "teatro*",
    "actor*", "actriz", "cine", "película*", "baile*", "premio*", "音乐", "歌", "乐队", "剧", "电影", "演员", "导演", "舞蹈", "演出",
)  # fmt: skip
PALETTES = ("berry", "ember", "orchid", "aurora", "clay")

BOARDS = 0.80
"""Where the floor of the stage begins, in heights."""


def paint(canvas: skia.Canvas, stage: Stage) -> None:
    width, height, unit, palette = stage.width, stage.height, stage.unit, stage.palette
    canvas.drawPaint(gradient((0, 0), (0, height), (palette.ink, 1), (palette.deep, 1)))
    _folds(canvas, stage, 0, width, height * BOARDS, mix(palette.mid, palette.deep, 0.45), unit * 0.062)
    _floor(canvas, stage)
    for lamp, strength in ((0.10, 0.24), (0.90, 0.20), (0.5, 0.14)):
        _beam(canvas, stage, (width * lamp, -unit * 0.06), strength)
    side = unit * 0.17
    _folds(canvas, stage, -unit * 0.02, side, height * 0.97, palette.mid, unit * 0.046)
    _folds(canvas, stage, width - side, width + unit * 0.02, height * 0.97, palette.mid, unit * 0.046)
    _valance(canvas, stage)


def _folds(canvas: skia.Canvas, stage: Stage, left: float, right: float, foot: float, tone: str, pitch: float) -> None:
    """Velvet: each fold goes from dark to a soft light and back."""
    rng, x = stage.rng, left
    while x < right:
        wide = min(pitch * rng.uniform(0.7, 1.35), right - x + 1)
        shine = lighter(tone, rng.uniform(0.12, 0.26))
        stops = [(darker(tone, 0.55), 1.0), (tone, 1.0), (shine, 1.0), (tone, 1.0), (darker(tone, 0.62), 1.0)]
        canvas.drawRect(rect(x, 0, wide + 1, foot), gradient((x, 0), (x + wide, 0), *stops))
        x += wide
    fade = gradient((0, foot * 0.35), (0, foot), (stage.palette.ink, 0), (stage.palette.ink, 0.55))
    canvas.drawRect(rect(left, 0, right - left, foot), fade)


def _floor(canvas: skia.Canvas, stage: Stage) -> None:
    """Boards that run to a vanishing point, and the pool of light on them."""
    palette, width, height, unit = stage.palette, stage.width, stage.height, stage.unit
    top, middle = height * BOARDS, stage.focus[0]
    canvas.drawRect(
        rect(0, top, width, height - top),
        gradient((0, top), (0, height), (darker(palette.mid, 0.55), 1), (darker(palette.mid, 0.25), 1)),
    )
    for board in range(-30, 31):
        seam = polygon(
            (middle + board * unit * 0.055, top),
            (middle + board * unit * 0.055 + 1, top),
            (middle + board * unit * 0.19 + 2.5, height),
            (middle + board * unit * 0.19, height),
        )
        canvas.drawPath(seam, solid(palette.ink, 0.5))
    canvas.save()
    canvas.translate(middle, top + (height - top) * 0.42)
    canvas.scale(1, 0.24)
    warm = lighter(palette.accent, 0.3)
    canvas.drawCircle(
        0,
        0,
        unit * 0.62,
        glow((0, 0), unit * 0.62, (warm, 0.58), (warm, 0.40), (palette.accent, 0.10), (palette.accent, 0)),
    )
    canvas.restore()
    canvas.drawRect(rect(0, top - unit * 0.004, width, unit * 0.010), solid(palette.ink, 0.7, unit * 0.004))


def _beam(canvas: skia.Canvas, stage: Stage, lamp: Point, strength: float) -> None:
    unit, warm = stage.unit, lighter(stage.palette.accent, 0.45)
    target = stage.focus[0], stage.height * 0.88
    reach = math.hypot(target[0] - lamp[0], target[1] - lamp[1])
    cone = polygon(
        (lamp[0] - unit * 0.02, lamp[1]),
        (lamp[0] + unit * 0.02, lamp[1]),
        (target[0] + unit * 0.42, target[1]),
        (target[0] - unit * 0.42, target[1]),
    )
    paint = glow(lamp, reach, (warm, strength), (warm, strength * 0.6), (warm, strength * 0.25), (warm, 0))
    paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, unit * 0.02))
    canvas.drawPath(cone, paint)


def _valance(canvas: skia.Canvas, stage: Stage) -> None:
    """The short curtain above, in scallops with a fringe."""
    palette, width, unit = stage.palette, stage.width, stage.unit
    count = max(3, round(width / (unit * 0.30)))
    pitch, drop = width / count, unit * 0.105
    for index in range(count):
        left = index * pitch
        hem = [(left + pitch * t, drop * (0.62 + 0.38 * math.sin(math.pi * t))) for t in (0, 0.25, 0.5, 0.75, 1)]
        path = curve(hem)
        path.lineTo(left + pitch, -2)
        path.lineTo(left, -2)
        path.close()
        tone = lighter(palette.mid, 0.06)
        canvas.drawPath(
            path,
            gradient(
                (left, 0),
                (left + pitch, 0),
                (darker(tone, 0.45), 1),
                (tone, 1),
                (lighter(tone, 0.16), 1),
                (tone, 1),
                (darker(tone, 0.45), 1),
            ),
        )
        fringe = curve(hem)
        paint = solid(palette.accent, 0.85)
        paint.setStyle(skia.Paint.kStroke_Style)
        paint.setStrokeWidth(unit * 0.009)
        canvas.drawPath(fringe, paint)
    canvas.drawRect(rect(0, 0, width, drop), gradient((0, 0), (0, drop), (palette.ink, 0.5), (palette.ink, 0)))
