"""The head: skin, features, hair and what is worn on it, painted from back to front."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import skia

from producer.render.presenter.brows import BrowPainter, Brows
from producer.render.presenter.eyes import EyePainter, Gaze
from producer.render.presenter.look import Look
from producer.render.presenter.marks import marks_of
from producer.render.presenter.mouth import MouthPainter
from producer.render.presenter.nose import NosePainter
from producer.render.presenter.outlines import Piece
from producer.render.presenter.paints import Brush
from producer.render.presenter.rig import Layer, Pose, anchor
from producer.render.presenter.visemes import Mouth
from producer.render.presenter.wardrobe.beards import BEARDS
from producer.render.presenter.wardrobe.extras import EARRINGS, GLASSES, HEARING
from producer.render.presenter.wardrobe.hair import HAIR
from producer.render.presenter.wardrobe.headwear import HEADWEAR

EYES = (33.0, 5.0)
BROWS = (33.0, -19.0)
BETWEEN_BROWS = (0.0, -19.0)
MOUTH = (0.0, 62.0)
NOSE = (0.0, 36.0)
BLUSH = 27.0
SIDES = (-1, 1)

FACE_PATH = "M 0 -100 C 44 -100 73 -68 73 -16 C 73 22 67 50 52 72 C 40 90 20 100 0 100"
FACE = Piece(
    FACE_PATH, ("skin-light", "skin", "skin", "skin-shade"), symmetry="half", depth="edge", axis=(-95, -60, 150, 60)
)
TEMPLES = "M 0 -98 C 46 -98 75 -66 75 -16 C 75 6 72 18 68 26 L 0 30"
EAR = (
    Piece(TEMPLES, "skin-edge", symmetry="half", depth=-4.0),
    Piece(TEMPLES, "skin-edge", symmetry="half"),
    Piece(
        "M 68 -8 C 76 -18 86 -14 85 0 C 84 14 79 27 71 27 C 66 26 66 10 68 -8 Z", "skin", symmetry="mirror", depth=-10.0
    ),
    Piece("M 73 -4 C 80 -8 81 4 74 14", "skin-deep", stroke=1.8, opacity=0.55, symmetry="mirror", depth=-10.0),
)


class Face(NamedTuple):
    """All that changes in a head from frame to frame."""

    pose: Pose
    mouth: Mouth
    gaze: Gaze
    brows: Brows


class Head:
    """One look's head; made once, drawn for every frame, in rig units around the head's middle."""

    def __init__(self, look: Look, brush: Brush) -> None:
        style, hat, beard = HAIR[look.hair], HEADWEAR[look.headwear], BEARDS[look.beard]
        ears = (*EAR, *EARRINGS[look.earrings], *HEARING[look.hearing])
        self._back = Layer(style.back, brush, brim=hat.brim)
        self._drape = Layer(style.drape, brush)
        self._front = Layer(style.front, brush, brim=hat.brim)
        self._hat = Layer(hat.front, brush)
        self._fringe = Layer(hat.shadow or style.fringe, brush)
        self._ears = Layer(ears if style.ears else (), brush)
        self._hanging_beard = Layer(beard.hangs, brush, follows_jaw=True, jaw=look.jaw)
        self._skin = Layer((FACE,), brush, follows_jaw=True, jaw=look.jaw)
        self._marks = Layer(marks_of(look), brush)
        self._beard = Layer(beard.face, brush, follows_jaw=True, jaw=look.jaw)
        self._glasses = Layer(GLASSES[look.glasses], brush)
        self._eyes = EyePainter(look, brush)
        self._brows = BrowPainter(look, brush)
        self._mouth = MouthPainter(look, brush, beard.chin)
        self._nose = NosePainter(look, brush)
        self._blush = brush.glow(0, 0, BLUSH, "blush", 0.16 + 0.12 * look.lips)

    def draw_back(self, canvas: skia.Canvas, face: Face) -> None:
        """What lies behind the body."""
        self._back.draw(canvas, face.pose)

    def draw_front(self, canvas: skia.Canvas, face: Face) -> None:
        """What lies before the body."""
        pose, gaze = face.pose, face.gaze
        self._drape.draw(canvas, pose)
        self._ears.draw(canvas, pose)
        self._draw_skin(canvas, face)
        for side in SIDES:
            with at(canvas, side * EYES[0], EYES[1], pose, rise=-4):
                self._eyes.draw(canvas, side, gaze)
        with at(canvas, *NOSE, pose):
            self._nose.draw(canvas, pose)
        with at(canvas, *MOUTH, pose, rise=2):
            self._mouth.draw(canvas, face.mouth, gaze.smile)
        self._front.draw(canvas, pose)
        self._hat.draw(canvas, pose)
        for side in SIDES:  # brows show through a fringe, as in drawn animation, because they speak
            with at(canvas, side * BROWS[0], BROWS[1], pose):
                self._brows.draw(canvas, side, face.brows, gaze.lids)
        self._glasses.draw(canvas, pose)

    def _draw_skin(self, canvas: skia.Canvas, face: Face) -> None:
        pose = face.pose
        self._skin.draw(canvas, pose)
        canvas.save()
        canvas.clipPath(self._skin.paths(pose)[0], True)
        for side in SIDES:
            with at(canvas, side * 42, 40 - 3 * face.gaze.smile, pose):
                canvas.drawCircle(0, 0, BLUSH, self._blush)
        self._marks.draw(canvas, pose)
        with at(canvas, *BETWEEN_BROWS, pose):
            self._brows.draw_creases(canvas, face.brows)
        self._beard.draw(canvas, pose)
        canvas.translate(3, 8)
        self._fringe.draw(canvas, pose)
        canvas.restore()
        self._hanging_beard.draw(canvas, pose)


@contextmanager
def at(canvas: skia.Canvas, x: float, y: float, pose: Pose, rise: float = 0.0) -> Iterator[None]:
    """Draw in the plane that touches the face at (x, y)."""
    canvas.save()
    canvas.concat(anchor(x, y, pose, rise))
    yield
    canvas.restore()
