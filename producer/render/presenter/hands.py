"""Hands: a palm, a thumb and four fingers, from a few lengths and angles.

Drawn flat: the wrist at (0, 0), the fingers upwards, in rig units, the palm towards the viewer; this is the hand at the
picture's right, whose thumb points to the left. The other one is its mirror image.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import skia

from producer.render.presenter.paints import Brush

Point = tuple[float, float]


class Finger(NamedTuple):
    """`x`, `y`: its knuckle. `angle`: degrees from upright, right positive. `bend`: how much further the tip leans.
    `length` and `width` in units; the tip is a fifth narrower."""

    x: float
    y: float
    angle: float
    bend: float
    length: float
    width: float


class Hand(NamedTuple):
    """From the farthest finger to the nearest; later ones lie on earlier ones."""

    fingers: tuple[Finger, ...]
    thumb: Finger
    folded: tuple[Finger, ...] = ()
    """Curled onto the palm."""


LITTLE, RING, MIDDLE, INDEX = (20.0, -46.0), (8.0, -53.0), (-5.0, -55.0), (-18.0, -51.0)

HANDS: Mapping[str, Hand] = {  # by the names in gestures.SHAPES
    "open": Hand(
        (
            Finger(*LITTLE, 20, 5, 35, 11.5),
            Finger(*RING, 8, 3, 46, 13),
            Finger(*MIDDLE, -1, 0, 50, 13.5),
            Finger(*INDEX, -10, -4, 45, 13.5),
        ),
        Finger(-18, -22, -46, 16, 44, 15),
    ),
    "relaxed": Hand(
        (
            Finger(*LITTLE, 12, -12, 31, 11.5),
            Finger(*RING, 4, -9, 42, 13),
            Finger(*MIDDLE, -3, -7, 47, 13.5),
            Finger(*INDEX, -9, -3, 45, 13.5),
        ),
        Finger(-18, -22, -36, 18, 42, 15),
    ),
    "one": Hand(
        (Finger(*INDEX, -3, 2, 50, 13.5),),
        Finger(-16, -22, 4, 52, 40, 15),
        (
            Finger(18, -48, 0, 0, 26, 12.5),
            Finger(6.5, -54, 0, 0, 30, 13.5),
            Finger(-6.5, -56, 0, 0, 31, 14),
        ),
    ),
}

PALM = (
    (-15.5, 8), (-17, -4, -24, -12, -25.5, -28), (-26.5, -38, -27.5, -46, -25, -53), (-14, -62, 14, -61, 26, -46),
    (28.5, -36, 26, -18, 21, -8), (17, 0, 16, 4, 15.5, 8),
)  # fmt: skip
CREASES = (((-22, -38), (-8, -45), (13, -37)), ((-21, -34), (-6, -32), (-4, -8)), ((9, -43), (19, -41), (25, -45)))


class HandPainter:
    """Paints one pose of the hand at the picture's right, palm to the viewer."""

    def __init__(self, hand: Hand, brush: Brush) -> None:
        self._skin = brush.gradient((-30, -100, 34, 10), ("palm-light", "palm", "palm", "palm-shade"))
        self._line = brush.line("skin-deep", 1.2, 0.5)
        self._crease = brush.line("skin-deep", 1.2, 0.28)
        self._fingers = [finger_path(finger) for finger in hand.fingers]
        self._folded = [finger_path(finger._replace(angle=180, y=finger.y - 1)) for finger in hand.folded]
        self._palm, self._thumb = palm_path(), finger_path(hand.thumb)
        self._creases = [_crease(*points) for points in CREASES] if not hand.folded else []

    def draw(self, canvas: skia.Canvas) -> None:
        """All outlines first, so that what is one piece of skin shows no seams."""
        behind = (*self._fingers, self._palm) if self._folded else (*self._fingers, self._palm, self._thumb)
        for paint in (self._line, self._skin):
            for path in behind:
                canvas.drawPath(path, paint)
        for crease in self._creases:
            canvas.drawPath(crease, self._crease)
        for path in (*self._folded, self._thumb) if self._folded else ():
            canvas.drawPath(path, self._line)
            canvas.drawPath(path, self._skin)


def palm_path() -> skia.Path:
    path = skia.Path()
    path.moveTo(*PALM[0])
    for curve in PALM[1:]:
        path.cubicTo(*curve)
    path.close()
    return path


def finger_path(finger: Finger) -> skia.Path:
    """Two bones between a round tip and a round root."""
    first, second = math.radians(finger.angle), math.radians(finger.angle + finger.bend)
    half = finger.width / 2
    root = (finger.x, finger.y)
    joint = _along(root, first, finger.length * 0.46)
    tip = _along(joint, second, finger.length * 0.54 - half * 0.8)
    middle = (first + second) / 2
    path = skia.Path()
    path.moveTo(*_beside(root, first, -half))
    path.quadTo(*_beside(joint, middle, -half * 1.02), *_beside(tip, second, -half * 0.80))
    _round(path, tip, second, half * 0.80)
    path.quadTo(*_beside(joint, middle, half * 1.02), *_beside(root, first, half))
    _round(path, root, first + math.pi, half)
    path.close()
    return path


def _round(path: skia.Path, middle: Point, angle: float, half: float) -> None:
    """Half a circle around `middle`, from its left side over the direction `angle` to its right side."""
    left, right = _beside(middle, angle, -half), _beside(middle, angle, half)
    path.cubicTo(*_along(left, angle, half * 1.33), *_along(right, angle, half * 1.33), *right)


def _crease(start: Point, middle: Point, end: Point) -> skia.Path:
    path = skia.Path()
    path.moveTo(*start)
    path.quadTo(*middle, *end)
    return path


def _along(point: Point, angle: float, distance: float) -> Point:
    return point[0] + math.sin(angle) * distance, point[1] - math.cos(angle) * distance


def _beside(point: Point, angle: float, distance: float) -> Point:
    return point[0] + math.cos(angle) * distance, point[1] + math.sin(angle) * distance
