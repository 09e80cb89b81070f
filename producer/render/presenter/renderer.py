"""Paints a performance into video frames: `drawn/2`.

    renderer = DrawnRenderer(tracks, look, frame, placement, ground)
    for index in …:
        frame[:] = background
        renderer.paint(index)

Equal tracks, look and placement paint equal pixels. Performance frame 0 is the first frame of the speech; before it
and after the last one the presenter waits, alive, with closed lips.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from producer.render.brushes import canvas_on
from producer.render.presenter.arms import ArmPainter, Gesture, reach_of
from producer.render.presenter.body import BodySprite, Stance
from producer.render.presenter.brows import Brows
from producer.render.presenter.colours import palette_of
from producer.render.presenter.desk import DeskSprite
from producer.render.presenter.eyes import Gaze
from producer.render.presenter.framing import Placement
from producer.render.presenter.head import SIDES, Face, Head
from producer.render.presenter.look import resolve
from producer.render.presenter.looks import DEFAULT, LOOKS
from producer.render.presenter.paints import Brush
from producer.render.presenter.rig import HEAD, Pose
from producer.render.presenter.tracks import Tracks, check, row_of
from producer.render.presenter.visemes import Mouth

THROAT = (0.0, 120.0)
"""Where the head rests on the body."""
NAPE = (0.0, 84.0)
"""What the head rolls around."""


class DrawnRenderer:
    """Paints the drawn presenter over whatever a frame holds."""

    id = "drawn/2"

    def __init__(
        self,
        tracks: Tracks,
        look: Mapping[str, Any],
        frame: npt.NDArray[np.uint8],
        placement: Placement,
        ground: float,
    ) -> None:
        """`frame` (height, width, 4) is opaque BGRA and is painted in place, again and again. `ground` is the y, in
        pixels, down to which the body reaches. Raises BadInput for tracks or a look that make no sense."""
        check(tracks)
        wanted = resolve(look, LOOKS, DEFAULT)
        self._tracks = tracks
        self._frames, self._lead = len(tracks["mouth"]), int(tracks["lead"][0])
        self._scale = placement.head_height / HEAD
        brush = Brush(palette_of(wanted), self._scale)
        self._head = Head(wanted, brush)
        origin = placement.centre_x, placement.head_top + placement.head_height / 2
        size = frame.shape[1], frame.shape[0]
        seated = ground if placement.desk is None else min(ground, placement.desk)
        self._body = BodySprite(wanted, brush, self._scale, origin, seated, *size)
        self._arms = ArmPainter(wanted, brush, reach_of(placement, ground))
        self._desk = None if placement.desk is None else DeskSprite(wanted, brush, placement, ground, size)
        self._frame = frame  # the surface only borrows it
        self._canvas = canvas_on(frame)

    def paint(self, index: int) -> None:
        """Paint performance frame `index` (any integer) over what the frame holds now."""
        row = row_of(index, self._frames, self._lead)
        stance = self._stance(row)
        face = self._face(row, stance)
        seen = self._head.seen(face.pose)
        canvas = self._canvas
        canvas.save()
        self._enter_head(row, stance)
        self._head.draw_back(canvas, seen)
        canvas.restore()
        self._body.draw(canvas, stance)
        canvas.save()
        self._enter_head(row, stance)
        self._head.draw_front(canvas, face, seen)
        canvas.restore()
        self._draw_arms(row, stance)
        if self._desk:
            self._desk.draw(canvas)

    def _face(self, row: int, stance: Stance) -> Face:
        tracks = self._tracks
        mouth = Mouth(*tracks["mouth"][row].tolist())
        yaw, pitch, roll = tracks["head"][row].tolist()
        right, down = tracks["gaze"][row].tolist()
        gaze = Gaze(float(tracks["lids"][row]), float(tracks["widen"][row]), right, down, float(tracks["smile"][row]))
        return Face(
            Pose(yaw, pitch, mouth.open, roll + stance.lean), mouth, gaze, Brows(*tracks["brows"][row].tolist())
        )

    def _stance(self, row: int) -> Stance:
        return Stance(float(self._tracks["breath"][row]), float(self._tracks["lean"][row]))

    def _draw_arms(self, row: int, stance: Stance) -> None:
        canvas, hands = self._canvas, self._tracks["hands"][row].reshape(2, -1)
        canvas.save()
        canvas.concat(self._body.matrix(stance))
        for side, hand in zip(SIDES, hands.tolist(), strict=True):
            self._arms.draw(canvas, side, Gesture(*hand))
        canvas.restore()

    def _enter_head(self, row: int, stance: Stance) -> None:
        """Move the canvas from pixels into units around the head's middle. It is not turned: the head's points are
        (see `rig`), so that its gradients stay in place, as light does, and are quick to draw."""
        x, y = self._body.carried(*THROAT, stance)
        right, down = self._tracks["shift"][row].tolist()
        roll = stance.lean + float(self._tracks["head"][row][2])
        neck = turned(right - THROAT[0] + NAPE[0], down - THROAT[1] + NAPE[1], stance.lean)
        nape = turned(*NAPE, roll)
        self._canvas.translate(x, y)
        self._canvas.scale(self._scale, self._scale)
        self._canvas.translate(neck[0] - nape[0], neck[1] - nape[1])


def turned(x: float, y: float, degrees: float) -> tuple[float, float]:
    """A point, turned clockwise around (0, 0)."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return x * cos - y * sin, x * sin + y * cos
