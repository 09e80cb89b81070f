"""Paints a speaking portrait into video frames: `photo/1`; and one that only listens to its own voice: `framed/1`.

    renderer = PhotoRenderer(tracks, look, frame, placement, ground)

The contract is that of the drawn presenter (`producer.render.presenter.renderer`). The look holds what the video stage
made of the portrait, as paths of local files:

    cutout    RGBA: the person, straight alpha         photo/1
    plate     RGB: the background without the person   photo/1, where `setting` is "window"
    portrait  the picture as it came                   framed/1

`tracks` also holds `points` (478, 3), the face in the cutout, and `voice` (n,), how loud each frame is, 0 … about 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from config.errors import BadInput
from producer.render.brushes import swapped
from producer.render.cards.picture import WIDEST_CROP, fill
from producer.render.photo.anatomy import Anatomy
from producer.render.photo.expression import Expression
from producer.render.photo.figure import Figure
from producer.render.photo.framing import Stand, behind_window, standing, top_of, window
from producer.render.photo.head import Stance
from producer.render.photo.warp import Pixels
from producer.render.photo.window import Window
from producer.render.presenter.framing import Placement
from producer.render.presenter.tracks import Tracks, check, row_of
from producer.render.presenter.visemes import Mouth

CUT_ABOVE = 0.15
"""Of what a framed portrait is too high, how much is cut off above."""
BREATHING_ZOOM, BREATHING_FRAMES = 0.02, 300
"""A still picture swells and sinks by this much, over so many frames, so that it does not look frozen."""


class PhotoRenderer:
    """Paints the photo presenter over whatever a frame holds."""

    id = "photo/1"

    def __init__(
        self, tracks: Tracks, look: Mapping[str, Any], frame: Pixels, placement: Placement, ground: float
    ) -> None:
        """Raises BadInput for tracks or pictures that make no sense."""
        check(tracks)
        self._tracks = tracks
        self._frames, self._lead = len(tracks["mouth"]), int(tracks["lead"][0])
        self._eyes_seen = bool(look.get("eyes_seen", True))
        anatomy, cutout = Anatomy(np.asarray(tracks["points"], np.float64)), read(look["cutout"], alpha=True)
        size, shape = (cutout.shape[1], cutout.shape[0]), (frame.shape[1], frame.shape[0])
        begins = top_of(cutout[..., 3], anatomy)
        if look.get("setting") == "window":
            box = window(placement, shape)
            stand = behind_window(anatomy, size, begins, box, placement.head_height)
            self._window: Window | None = Window(frame, box)
            self._plate = _seen_through(read(look["plate"]), stand, self._window)
            inside = Stand(stand.zoom, stand.x - box.x, stand.y - box.y)
            self._figure = Figure(cutout, anatomy, inside, self._window.inside, light=False)
        else:
            self._window = None
            self._figure = Figure(cutout, anatomy, standing(anatomy, size, begins, placement, ground), frame)

    def paint(self, index: int) -> None:
        """Paint performance frame `index` (any integer) over what the frame holds now."""
        row = row_of(index, self._frames, self._lead)
        if self._window is None:
            self._figure.paint(self._expression(row), self._stance(row))
            return
        np.copyto(self._window.inside, self._plate)
        self._figure.paint(self._expression(row), self._stance(row))
        self._window.show()

    def _expression(self, row: int) -> Expression:
        tracks = self._tracks
        mouth, smile = Mouth(*tracks["mouth"][row].tolist()), float(tracks["smile"][row])
        face = Expression(mouth, smile, float(tracks["brows"][row][0]))
        if not self._eyes_seen:
            return face
        right, down = tracks["gaze"][row].tolist()
        return face._replace(lids=float(tracks["lids"][row]), gaze=(right, down))

    def _stance(self, row: int) -> Stance:
        tracks = self._tracks
        (yaw, pitch, roll), (right, down) = tracks["head"][row].tolist(), tracks["shift"][row].tolist()
        return Stance(yaw, pitch, roll, right, down, float(tracks["lean"][row]), float(tracks["breath"][row]))


class FramedRenderer:
    """Shows a portrait that cannot speak, in a window whose rings swell with the voice."""

    id = "framed/1"

    def __init__(
        self, tracks: Tracks, look: Mapping[str, Any], frame: Pixels, placement: Placement, ground: float
    ) -> None:
        check(tracks)
        self._voice = np.clip(tracks["voice"], 0, 1)
        self._frames, self._lead = len(tracks["mouth"]), int(tracks["lead"][0])
        self._window = Window(frame, window(placement, (frame.shape[1], frame.shape[0])))
        height, width = self._window.inside.shape[:2]
        size = round(width * (1 + BREATHING_ZOOM)), round(height * (1 + BREATHING_ZOOM))
        self._picture = swapped(fill(upper_part(read(look["portrait"]), size), size))

    def paint(self, index: int) -> None:
        row = row_of(index, self._frames, self._lead)
        height, width = self._window.inside.shape[:2]
        zoom = 1 + BREATHING_ZOOM * (0.5 + 0.5 * float(np.cos(2 * np.pi * index / BREATHING_FRAMES)))
        scale = (1 + BREATHING_ZOOM) / zoom
        corner = (self._picture.shape[1] - width * scale) / 2, (self._picture.shape[0] - height * scale) / 2
        matrix = np.array([[scale, 0, corner[0]], [0, scale, corner[1]]])
        cv2.warpAffine(
            self._picture, matrix, (width, height), self._window.inside, cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            cv2.BORDER_REPLICATE,
        )  # fmt: skip
        self._window.show(float(self._voice[row]))


def upper_part(picture: Pixels, size: tuple[int, int]) -> Pixels:
    """A picture taller than `size` (width, height), cut to that shape mostly from below: that is where heads are not."""
    height = round(picture.shape[1] * size[1] / size[0])
    spare = picture.shape[0] - height
    if spare <= 0 or picture.shape[0] > WIDEST_CROP * height:
        return picture
    top = round(CUT_ABOVE * spare)
    return picture[top : top + height]


def read(path: str | Path, alpha: bool = False) -> Pixels:
    """RGBA, opaque unless `alpha` is wanted. Raises BadInput when it is no such picture."""
    data = np.fromfile(path, np.uint8)
    decoded = cv2.imdecode(data, cv2.IMREAD_UNCHANGED if alpha else cv2.IMREAD_COLOR) if len(data) else None
    if decoded is None or (alpha and decoded.shape[2:] != (4,)):
        raise BadInput("The presenter's picture cannot be read.", "Make the video stage again.")
    return np.asarray(cv2.cvtColor(decoded, cv2.COLOR_BGRA2RGBA if alpha else cv2.COLOR_BGR2RGBA), np.uint8)


def _seen_through(plate: Pixels, stand: Stand, window: Window) -> Pixels:
    """The part of the background that a window shows (BGRA), slightly out of focus, as it is behind a person."""
    height, width = window.inside.shape[:2]
    matrix = np.array([[stand.zoom, 0, stand.x - window.box.x], [0, stand.zoom, stand.y - window.box.y]])
    shown = cv2.warpAffine(plate, matrix, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return swapped(np.asarray(cv2.GaussianBlur(shown, (0, 0), 0.004 * height), np.uint8))
