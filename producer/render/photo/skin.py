"""The face's skin in motion: lips, cheeks, jaw and brows bent to a mouth, in two layers with the mouth between them."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from producer.faces import points as named
from producer.render.photo.anatomy import BROWS, CHEEKS, IRISES, LIDS, STILL, Anatomy
from producer.render.photo.expression import Expression
from producer.render.photo.lips import Lips, Speaker
from producer.render.photo.oral import Oral
from producer.render.photo.warp import NO_MAP, Field, Grid, Pixels, Spline

Array = npt.NDArray[np.float64]

STEP = 7
ABOVE, BELOW, BESIDE = 0.25, 0.42, 0.22
"""How far the skin gives way beyond the face, in its units."""
BROW_RAISE = 0.05
GAZE = 0.06
"""How far an iris moves when the eyes turn as far as a gaze goes."""
FEATHER = 0.12
"""Beyond the corners of the mouth, where the layers melt into each other."""


class Skin:
    """Bends the face of one picture. The picture is premultiplied RGBA and stays as it is."""

    def __init__(self, picture: Pixels, anatomy: Anatomy) -> None:
        self._picture, self._anatomy = picture, anatomy
        self.speaker = Speaker(anatomy)
        self._oral = Oral(picture, anatomy, self.speaker)
        self.grid = _grid(picture, anatomy)
        flat = anatomy.flat
        ring = _ring(self.grid)
        still = np.concatenate([flat[list(STILL + LIDS)], ring])
        own = self.speaker.own
        common = flat[list(named.JAW + CHEEKS + BROWS)]
        above = np.concatenate([common, flat[list(IRISES)]])
        self._upper = Spline(self.grid, self._controls(own.top, own.upper, above), still, anatomy.unit)
        self._lower = Spline(self.grid, self._controls(own.lower, own.bottom, common), still, anatomy.unit)
        x, y = np.meshgrid(np.arange(self.grid.width), np.arange(self.grid.height))
        self._here = np.dstack([x + self.grid.left, y + self.grid.top]).astype(np.float32)
        across = (self._here.astype(np.float64) - anatomy.origin) @ anatomy.axes[0] / anatomy.unit
        self._across = np.asarray(across, np.float32)
        self._jaw_share = _jaw_share(anatomy)
        self._cheeks = anatomy.row(CHEEKS)

    @property
    def box(self) -> tuple[slice, slice]:
        """Rows and columns of the picture that move."""
        grid = self.grid
        return slice(grid.top, grid.top + grid.height), slice(grid.left, grid.left + grid.width)

    def bend(self, expression: Expression) -> Pixels:
        """The pixels of `box`; lids are left to others."""
        mouth = expression.mouth
        lips = self.speaker.lips(mouth, expression.smile)
        shared = self._shared(lips, expression.brows)
        above = np.concatenate([shared, np.tile(expression.gaze, (len(IRISES), 1)) * GAZE])
        own = self.speaker.own
        upper = self._drawn(self._upper, self._moves((own.top, own.upper), (lips.top, lips.upper), above))
        lower = self._drawn(self._lower, self._moves((own.lower, own.bottom), (lips.lower, lips.bottom), shared))
        self._oral.paint(upper, (self.grid.left, self.grid.top), lips, mouth)
        mask = self._below(lips)
        return np.asarray(cv2.blendLinear(lower, upper, mask, 1 - mask), np.uint8)

    def _controls(self, first: Array, second: Array, common: Array) -> Array:
        return np.concatenate([self._anatomy.to_pixels(np.concatenate([first, second])), common])

    def _moves(self, own: tuple[Array, Array], wanted: tuple[Array, Array], shared: Array) -> Array:
        """Displacements in pixels of a layer's two rows of lip, and of what both layers share."""
        lips = np.concatenate(wanted) - np.concatenate(own)
        return np.concatenate([lips, shared]) @ self._anatomy.axes * self._anatomy.unit

    def _shared(self, lips: Lips, brows: float) -> Array:
        """Jaw, cheeks and brows, in units of the face."""
        jaw = np.column_stack([np.zeros(len(self._jaw_share)), lips.drop * self._jaw_share])
        corners = (lips.upper[[0, -1]] - self.speaker.own.upper[[0, -1]]) * (0.32, 0.32)
        nearer = (self._cheeks[:, 0] > 0).astype(int)
        low = np.clip((self._cheeks[:, 1] + 0.25) / 0.6, 0, 1)
        cheeks = corners[nearer] + np.column_stack([np.zeros(len(low)), 0.35 * lips.drop * low])
        raised = np.tile((0.0, -BROW_RAISE * brows), (len(BROWS), 1))
        return np.concatenate([jaw, cheeks, raised])

    def _drawn(self, spline: Spline, moves: Array) -> Pixels:
        back: Field = self.grid.spread(self.grid.invert(spline.forward(moves)))
        source = cv2.add(back, self._here)
        bent = cv2.remap(self._picture, source, NO_MAP, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(bent, np.uint8)

    def _below(self, lips: Lips) -> npt.NDArray[np.float32]:
        """1 where the lower layer lies: crisp along the lower lip, soft beyond the corners."""
        beyond = np.array([[0.9, 0.0]])
        rim = np.concatenate([lips.lower[:1] - beyond, lips.lower, lips.lower[-1:] + beyond])
        deep = np.array([0.0, 3.0])
        shape = np.concatenate([rim, rim[-1:] + deep, rim[:1] + deep])
        places = self._anatomy.to_pixels(shape) - (self.grid.left, self.grid.top)
        crisp = np.zeros(self._across.shape, np.uint8)
        cv2.fillPoly(crisp, [np.round(places * 16).astype(np.int32)], 255, cv2.LINE_AA, 4)
        side = int(FEATHER * 1.5 * self._anatomy.unit) | 1
        soft = cv2.blur(cv2.blur(crisp, (side, side)), (side, side))
        outside = np.clip((np.abs(self._across - lips.middle) - lips.half_width) / FEATHER, 0, 1)
        mask = crisp + (soft.astype(np.float32) - crisp) * outside
        return np.asarray(mask / 255, np.float32)


def _grid(picture: Pixels, anatomy: Anatomy) -> Grid:
    oval = anatomy.flat[list(named.OVAL)]
    margin = np.array([BESIDE, ABOVE]), np.array([BESIDE, BELOW])
    low, high = oval.min(axis=0) - margin[0] * anatomy.unit, oval.max(axis=0) + margin[1] * anatomy.unit
    height, width = picture.shape[:2]
    left, top = max(0, int(low[0])), max(0, int(low[1]))
    return Grid(left, top, min(width, int(high[0])) - left, min(height, int(high[1])) - top, STEP)


def _ring(grid: Grid) -> Array:
    """Still points along the edge of the box."""
    x, y = np.linspace(0, grid.width, 9), np.linspace(0, grid.height, 11)
    edges = [(u, v) for u in x for v in (0.0, float(grid.height))] + [
        (u, v) for u in (0.0, float(grid.width)) for v in y
    ]
    return np.asarray(np.array(edges) + np.array([grid.left, grid.top]))


def _jaw_share(anatomy: Anatomy) -> Array:
    """How much of the chin's drop each point of the jaw follows: all of it at the chin, nothing before the ears."""
    jaw = anatomy.row(named.JAW)[:, 1]
    ears, chin = (jaw[0] + jaw[-1]) / 2, jaw.max()
    return np.asarray(np.clip((jaw - ears) / (chin - ears), 0, 1) ** 1.4)
