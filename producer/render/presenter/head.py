"""The head: skin, features, hair and what is worn on it, painted from back to front."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import NamedTuple

import skia

from producer.render.presenter.brows import BrowPainter, Brows
from producer.render.presenter.eyes import EyePainter, Gaze
from producer.render.presenter.layers import Layer
from producer.render.presenter.look import Look
from producer.render.presenter.marks import marks_of
from producer.render.presenter.mouth import MouthPainter
from producer.render.presenter.nose import NosePainter
from producer.render.presenter.outlines import Piece
from producer.render.presenter.paints import Brush
from producer.render.presenter.rig import Cloud, Pose, Seen, plane_matrix
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
CHEEKS = (42.0, 40.0)
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
        ears = (*EAR, *EARRINGS[look.earrings], *HEARING[look.hearing]) if style.ears else ()
        self._cloud = cloud = Cloud()
        layer = partial(Layer, brush=brush, cloud=cloud)
        self._back = layer(style.back, brim=hat.brim)
        self._drape = layer(style.drape)
        self._front = layer(style.front, brim=hat.brim)
        self._hat = layer(hat.front)
        self._fringe = layer(hat.shadow or style.fringe)
        self._ears = layer(ears)
        self._hanging_beard = layer(beard.hangs, follows_jaw=True, jaw=look.jaw)
        self._skin = layer((FACE,), follows_jaw=True, jaw=look.jaw)
        self._marks = layer(marks_of(look))
        self._beard = layer(beard.face, follows_jaw=True, jaw=look.jaw)
        self._glasses = layer(GLASSES[look.glasses])
        self._eye_planes = [(side, cloud.add_plane(side * EYES[0], EYES[1], rise=-4)) for side in SIDES]
        self._brow_planes = [(side, cloud.add_plane(side * BROWS[0], BROWS[1])) for side in SIDES]
        self._cheek_planes = [cloud.add_plane(side * CHEEKS[0], CHEEKS[1]) for side in SIDES]
        self._between_brows = cloud.add_plane(*BETWEEN_BROWS)
        self._nose_plane, self._mouth_plane = cloud.add_plane(*NOSE), cloud.add_plane(*MOUTH, rise=2)
        self._eyes = EyePainter(look, brush)
        self._brows = BrowPainter(look, brush)
        self._mouth = MouthPainter(look, brush, beard.chin)
        self._nose = NosePainter(look, brush)
        blush = brush.glow(0, 0, BLUSH, "blush", 0.16 + 0.12 * look.lips)
        self._blush = brush.textured(blush, (-BLUSH, -BLUSH, BLUSH, BLUSH))

    def seen(self, pose: Pose) -> Seen:
        """All points of the head when it is turned so: what drawing it needs."""
        return self._cloud.seen(pose)

    def draw_back(self, canvas: skia.Canvas, seen: Seen) -> None:
        """What lies behind the body."""
        self._back.draw(canvas, seen)

    def draw_front(self, canvas: skia.Canvas, face: Face, seen: Seen) -> None:
        """What lies before the body."""
        gaze = face.gaze
        self._drape.draw(canvas, seen)
        self._ears.draw(canvas, seen)
        self._draw_skin(canvas, face, seen)
        for side, plane in self._eye_planes:
            with on(canvas, seen[plane]):
                self._eyes.draw(canvas, side, gaze)
        with on(canvas, seen[self._nose_plane]):
            self._nose.draw(canvas, face.pose)
        with on(canvas, seen[self._mouth_plane]):
            self._mouth.draw(canvas, face.mouth, gaze.smile)
        self._front.draw(canvas, seen)
        self._hat.draw(canvas, seen)
        for side, plane in self._brow_planes:  # they show through a fringe, as in drawn animation, because they speak
            with on(canvas, seen[plane]):
                self._brows.draw(canvas, side, face.brows, gaze.lids)
        self._glasses.draw(canvas, seen)

    def _draw_skin(self, canvas: skia.Canvas, face: Face, seen: Seen) -> None:
        (skin,) = self._skin.draw(canvas, seen)
        canvas.save()
        canvas.clipPath(skin, True)
        for plane in self._cheek_planes:
            (x, y), right, down = seen[plane]
            canvas.save()
            canvas.translate(x, y)
            canvas.scale(math.dist(right, (x, y)), math.dist(down, (x, y)))  # unturned, a picture is quick to draw
            canvas.drawCircle(0, -3 * face.gaze.smile, BLUSH, self._blush)
            canvas.restore()
        self._marks.draw(canvas, seen)
        with on(canvas, seen[self._between_brows]):
            self._brows.draw_creases(canvas, face.brows)
        self._beard.draw(canvas, seen)
        canvas.translate(3, 8)
        self._fringe.draw(canvas, seen)
        canvas.restore()
        self._hanging_beard.draw(canvas, seen)


@contextmanager
def on(canvas: skia.Canvas, plane: Seen) -> Iterator[None]:
    """Draw on a plane that touches the face."""
    canvas.save()
    canvas.concat(plane_matrix(plane))
    yield
    canvas.restore()
