"""The scene behind everything: still, in the slow motion that film makers name after Ken Burns, or a film of its own.

The scene comes closer from the edge where the words stand. What darkens it behind them goes along, and so only ever
reaches further: words stay as readable as in the first frame. A film is darkened frame by frame, always as much as its brightest
frame needs: it would flicker otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import cv2
import numpy as np
import numpy.typing as npt
import skia

from producer.render.brushes import canvas_on
from producer.render.layout import Layout

Pixels = npt.NDArray[np.uint8]

CLOSER = 0.07
"""How much larger the scene is in the last frame than in the first: seen, and soon forgotten."""


class Backdrop(Protocol):
    """What a deck of cards is played over."""

    moves: bool

    def at(self, frame: int) -> Pixels:
        """The ground in a frame; valid until the next call, and not to be written to."""


class Film(Protocol):
    """Opaque BGRA frames of the ground's size, for ever; valid until the next call."""

    frames: int
    fps: int

    def at(self, index: int) -> Pixels: ...


class FilmedGround:
    """`prepare` darkens a frame in place; `over` paints what stands on it and does not move with it."""

    moves = True

    def __init__(
        self, film: Film, fps: int, prepare: Callable[[Pixels], None], over: Callable[[skia.Canvas], None]
    ) -> None:
        self._film, self._pace, self._prepare, self._over = film, film.fps / fps, prepare, over
        self._shown: Pixels = film.at(0).copy()
        self._index = -1

    def at(self, frame: int) -> Pixels:
        """The ground in a frame; valid until the next call, and not to be written to."""
        index = int(frame * self._pace + 1e-6)
        if index != self._index:
            np.copyto(self._shown, self._film.at(index))
            self._prepare(self._shown)
            self._over(canvas_on(self._shown))
            self._index = index
        return self._shown


class Ground:
    """`scene`: opaque BGRA, shaded; it is kept. `over` paints what stands on it and does not move with it."""

    def __init__(
        self, scene: Pixels, layout: Layout, frames: int, over: Callable[[skia.Canvas], None], *, moves: bool
    ) -> None:
        self.moves = moves
        self._scene, self._frames, self._over = scene, max(1, frames - 1), over
        self._anchor = _anchor(layout)
        self._still: Pixels = scene.copy()
        self._shown = 0
        self._paint(self._still)

    def at(self, frame: int) -> Pixels:
        """The ground in a frame; valid until the next call, and not to be written to."""
        if self.moves and frame != self._shown:
            scale, (x, y) = 1 + CLOSER * frame / self._frames, self._anchor
            matrix = np.array([[scale, 0, x * (1 - scale)], [0, scale, y * (1 - scale)]])
            height, width = self._scene.shape[:2]
            cv2.warpAffine(
                self._scene,
                matrix,
                (width, height),
                dst=self._still,
                flags=cv2.INTER_LINEAR,
                borderMode=cv2.BORDER_REPLICATE,
            )
            self._paint(self._still)
            self._shown = frame
        return self._still

    def _paint(self, pixels: Pixels) -> None:
        self._over(canvas_on(pixels))


def _anchor(layout: Layout) -> tuple[float, float]:
    """The point that stays where it is: at the edge where the words begin, so that their shade moves away from it."""
    if not layout.beside:
        return layout.width / 2, 0.0
    return (float(layout.width) if layout.mirrored else 0.0), layout.height / 2
