"""Neck, shoulders and clothes: drawn once into a sprite, then moved by breath and sway."""

from __future__ import annotations

import math
from typing import NamedTuple

import cv2
import numpy as np
import numpy.typing as npt
import skia

from producer.render.presenter.layers import add_contour
from producer.render.presenter.look import Look
from producer.render.presenter.outlines import Piece, Symmetry, contours_of
from producer.render.presenter.paints import Brush
from producer.render.presenter.rig import smoothstep
from producer.render.presenter.wardrobe.outfits import OUTFITS

Array = npt.NDArray[np.float64]
Row = tuple[float, float, float]

HALF_WIDTH = 216.0
TOP = 40.0
HIPS = 430.0
SPARE = 14.0
"""Of the sprite, in rig units: how far it reaches to each side, where it begins, what it leans about, and how much
it reaches below the ground, so that breathing shows no gap."""

BREATH_STEP, LEAN_STEP = 1 / 8, 0.05
"""About a quarter of a pixel at 720p, at the shoulders."""

NECK = Piece(
    "M 0 40 L 29 40 C 28 84 28 108 35 126 C 43 140 60 150 80 160 L 60 260 L 0 300",
    ("skin-deep", "skin-shade", "skin", "skin"),
    symmetry="half",
    axis=(0, 84, 0, 150),
)
CLAVICLES = (
    Piece("M 12 158 C 22 152 34 149 48 148", "skin-deep", stroke=1.8, opacity=0.35, symmetry="mirror"),
    Piece("M 20 112 C 18 128 13 144 6 154", "skin-shade", stroke=2.4, opacity=0.5, symmetry="mirror"),
)


def broaden(points: Array, shoulders: float) -> Array:
    """Widen (shoulders > 0.4) or narrow what lies beside the neck."""
    spread = 1 + (shoulders - 0.4) * 0.24 * smoothstep(34, 130, np.abs(points[:, 0]))
    return np.stack([points[:, 0] * spread, points[:, 1]], axis=1)


class Stance(NamedTuple):
    """How the body stands: breath 0 out … 1 in, and its lean in degrees (right)."""

    breath: float = 0.0
    lean: float = 0.0


class BodySprite:
    """The body, painted once; each frame moves it by fractions of a pixel."""

    def __init__(
        self,
        look: Look,
        brush: Brush,
        scale: float,
        origin: tuple[float, float],
        ground: float,
        width: int,
        height: int,
    ) -> None:
        """`origin` is the head's middle in the frame and `ground` the y where the body ends, both in pixels;
        `width` and `height` are the frame's."""
        self._scale, self._origin, self._size = scale, origin, (width, height)
        self._ground = min(ground, float(height))
        self._corner = -HALF_WIDTH * scale, TOP * scale
        across = int(2 * HALF_WIDTH * scale) + 2
        down = max(1, int(self._ground - origin[1] - self._corner[1] + SPARE * scale) + 2)
        self._sprite = np.zeros((down, across, 4), np.uint8)
        canvas = skia.Surface(self._sprite, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType).getCanvas()
        canvas.translate(-self._corner[0], -self._corner[1])
        canvas.scale(scale, scale)
        draw_body(canvas, look, brush)
        self._shown: tuple[Stance, skia.Image | None, int, int] | None = None
        self._moved = self._sprite  # what the shown image borrows its pixels from

    def draw(self, canvas: skia.Canvas, stance: Stance) -> None:
        """Blend the body into the frame under `canvas` (in pixels). It is warped again only when it has moved by about
        a quarter of a pixel; which steps it moves in depends on the stance alone."""
        nearest = Stance(round(stance.breath / BREATH_STEP) * BREATH_STEP, round(stance.lean / LEAN_STEP) * LEAN_STEP)
        if self._shown is None or self._shown[0] != nearest:
            self._shown = nearest, *self._warped(nearest)
        _, image, left, top = self._shown
        if image is not None:
            canvas.drawImage(image, left, top)

    def _warped(self, stance: Stance) -> tuple[skia.Image | None, int, int]:
        """The body as it stands, and where in the frame its corner is; None when no part of it is in the frame."""
        matrix = np.array(self._matrix(stance))
        high, wide = self._sprite.shape[:2]
        corners = matrix[:, :2] @ np.array([[0, wide, 0, wide], [0, 0, high, high]]) + matrix[:, 2:]
        left, top = np.maximum(np.floor(corners.min(axis=1)).astype(int), 0)
        right, bottom = np.minimum(np.ceil(corners.max(axis=1)).astype(int), (self._size[0], round(self._ground)))
        if right <= left or bottom <= top:
            return None, 0, 0
        matrix[:, 2] -= (left, top)
        size = int(right - left), int(bottom - top)
        self._moved = np.asarray(cv2.warpAffine(self._sprite, matrix, size, flags=cv2.INTER_LINEAR), np.uint8)
        kind = skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType
        return skia.Image.fromarray(self._moved, *kind, copy=False), int(left), int(top)

    def carried(self, x: float, y: float, stance: Stance) -> tuple[float, float]:
        """Where a point of the body (rig units) is in the frame (pixels)."""
        right, down = x * self._scale - self._corner[0], y * self._scale - self._corner[1]
        (xx, xy, left), (yx, yy, top) = self._matrix(stance)
        return xx * right + xy * down + left, yx * right + yy * down + top

    def matrix(self, stance: Stance) -> skia.Matrix:
        """From rig units to the frame's pixels."""
        scale, (x, y) = self._scale, self.carried(0, 0, stance)
        (xx, xy, _), (yx, yy, _) = self._matrix(stance)
        return skia.Matrix.MakeAll(xx * scale, xy * scale, x, yx * scale, yy * scale, y, 0, 0, 1)

    def _matrix(self, stance: Stance) -> tuple[Row, Row]:
        """From the sprite's pixels to the frame's: breath lifts and widens, lean turns about the hips."""
        scale, lean = self._scale, math.radians(stance.lean)
        wide, tall = 1 + 0.004 * stance.breath, 1 + 0.008 * stance.breath
        cos, sin = math.cos(lean), math.sin(lean)
        xx, xy, yx, yy = cos * wide, -sin * tall, sin * wide, cos * tall
        (x, y), (left, top), hips = self._origin, self._corner, HIPS * scale
        return (
            (xx, xy, x + xx * left + xy * (top - hips)),
            (yx, yy, y + hips + yx * left + yy * (top - hips)),
        )


def draw_body(canvas: skia.Canvas, look: Look, brush: Brush) -> None:
    """The whole body in rig units."""
    for piece in (NECK, *CLAVICLES, *OUTFITS[look.outfit]):
        canvas.save()
        if piece.within:
            canvas.clipPath(body_path(piece.within, "half", look), True)
        canvas.drawPath(body_path(piece.path, piece.symmetry, look), brush.paint(piece))
        canvas.restore()


def body_path(text: str, symmetry: Symmetry, look: Look) -> skia.Path:
    """A path as wide as the look's shoulders make it."""
    path = skia.Path()
    for contour in contours_of(text, symmetry):
        add_contour(path, broaden(contour.points, look.shoulders).tolist(), contour.closed)
    return path
