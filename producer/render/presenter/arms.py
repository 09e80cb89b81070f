"""Raised forearms: a sleeve that follows the outfit, its cuff, and a hand.

The upper arm hangs with the body; the forearm is lifted towards the viewer, so that it looks short at first and long
at last, and the hand comes up beside the chest. A raised hand is clear of the captions; it passes them in about a
quarter of a second.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import skia

from producer.render.presenter.framing import Placement
from producer.render.presenter.gestures import SHAPES
from producer.render.presenter.hands import HANDS, HandPainter
from producer.render.presenter.look import Look
from producer.render.presenter.paints import Brush
from producer.render.presenter.rig import HEAD
from producer.render.presenter.wardrobe.outfits import CUFFS

ELBOW = (146.0, 404.0)
DOWN, UP = (150.0, 560.0), (174.0, 268.0)
"""The wrist of a hanging and of a raised arm."""
SWAY = 20.0
"""How far a hand moves outwards with `Gesture.out`."""
ELBOW_HALF, WRIST_HALF, CUFF, HAND = 26.0, 19.0, 8.0, 1.1

LOWEST, WIDEST, NARROWEST = 280.0, 270.0, 196.0
"""Of a raised hand: how far it reaches downwards, and outwards at most and at least."""
RAISABLE = 24.0
"""How much higher than usual a hand may be held to stay clear of what lies below."""
SHOWN_ELBOW = 424.0
"""Where more of the hanging arm is seen than this, a second forearm would be one too many."""


class Gesture(NamedTuple):
    """One arm: see `gestures.COLUMNS`."""

    rise: float = 0.0
    out: float = 0.0
    turn: float = 0.0
    shape: float = 0.0


class Reach(NamedTuple):
    """What a placement leaves to the hands: how much higher they are held, and how far out each may go (0 = nowhere)."""

    lift: float
    left: float
    right: float


def reach_of(placement: Placement, ground: float) -> Reach:
    """From the room for hands to rig units; all zero where hands would be hidden, cut or in the way."""
    scale, middle = placement.head_height / HEAD, placement.head_top + placement.head_height / 2
    room = placement.hands
    if room is None or placement.desk is not None or (ground - middle) / scale > SHOWN_ELBOW:
        return Reach(0, 0, 0)
    lift = max(0.0, LOWEST - (room.bottom - middle) / scale)
    if lift > RAISABLE:
        return Reach(0, 0, 0)
    sides = ((placement.centre_x - room.x) / scale, (room.right - placement.centre_x) / scale)
    left, right = (min(side, WIDEST) if side >= NARROWEST else 0.0 for side in sides)
    return Reach(lift, left, right)


class ArmPainter:
    """Paints raised arms of one look, in rig units; made once."""

    def __init__(self, look: Look, brush: Brush, reach: Reach) -> None:
        kind = CUFFS[look.outfit]
        self._reach = reach
        self._hands = [HandPainter(HANDS[name], brush) for name in SHAPES]
        self._sleeve = brush.gradient((-ELBOW_HALF, 0, ELBOW_HALF, 0), ("top-light", "top", "top", "top-shade"))
        self._edge = brush.line("top-deep", 1.6, 0.55)
        self._shadow = brush.fill("black", 0.16)
        self._cuff = brush.gradient((-20, 0, 20, 0), (kind, kind, f"{kind}-shade"))

    def draw(self, canvas: skia.Canvas, side: int, gesture: Gesture) -> None:
        """`side`: -1 the picture's left, 1 its right."""
        farthest = self._reach.right if side > 0 else self._reach.left
        if gesture.rise < 0.02 or not farthest:
            return
        wrist = self._wrist(gesture, farthest)
        across, up = wrist[0] - ELBOW[0], ELBOW[1] - wrist[1]
        length, angle = math.hypot(across, up) * (1 if up > 0 else -1), math.degrees(math.atan2(across, abs(up)))
        canvas.save()
        canvas.scale(side, 1)
        canvas.translate(*ELBOW)
        canvas.rotate(angle)
        self._draw_hand(canvas, gesture, length, angle)
        if length > CUFF:
            self._draw_sleeve(canvas, length)
        canvas.restore()

    def _wrist(self, gesture: Gesture, farthest: float) -> tuple[float, float]:
        x = DOWN[0] + (UP[0] - DOWN[0] + SWAY * gesture.out - (WIDEST - farthest)) * gesture.rise
        return x, DOWN[1] + (UP[1] - self._reach.lift - DOWN[1]) * gesture.rise

    def _draw_sleeve(self, canvas: skia.Canvas, length: float) -> None:
        sleeve, cuff = _sleeve(length), _cuff(length)
        canvas.save()
        canvas.translate(-4, 3)
        canvas.drawPath(sleeve, self._shadow)
        canvas.restore()
        for path, paint in ((cuff, self._cuff), (cuff, self._edge), (sleeve, self._sleeve), (sleeve, self._edge)):
            canvas.drawPath(path, paint)

    def _draw_hand(self, canvas: skia.Canvas, gesture: Gesture, length: float, angle: float) -> None:
        canvas.save()
        canvas.translate(0, -length - CUFF * 0.5)
        canvas.rotate(gesture.turn - angle * 0.5)
        canvas.scale(HAND, HAND)
        self._hands[round(gesture.shape)].draw(canvas)
        canvas.restore()


def _sleeve(length: float) -> skia.Path:
    path = skia.Path()
    path.moveTo(-ELBOW_HALF, 30)
    path.cubicTo(-ELBOW_HALF - 1, -length * 0.3, -WRIST_HALF - 3, -length * 0.7, -WRIST_HALF, -length)
    path.quadTo(0, -length - 3, WRIST_HALF, -length)
    path.cubicTo(WRIST_HALF + 4, -length * 0.7, ELBOW_HALF + 2, -length * 0.3, ELBOW_HALF, 30)
    path.close()
    return path


def _cuff(length: float) -> skia.Path:
    half = WRIST_HALF - 1.2
    path = skia.Path()
    path.moveTo(-half, -length + 1)
    path.lineTo(-half + 0.8, -length - CUFF)
    path.quadTo(0, -length - CUFF - 2.6, half - 0.8, -length - CUFF)
    path.lineTo(half, -length + 1)
    path.quadTo(0, -length - 2, -half, -length + 1)
    path.close()
    return path
