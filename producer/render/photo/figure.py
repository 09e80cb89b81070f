"""A person cut out of a portrait, standing in a frame and moving."""

from __future__ import annotations

import cv2
import numpy as np
import skia

from producer.render.brushes import canvas_on
from producer.render.photo.anatomy import Anatomy
from producer.render.photo.expression import Expression
from producer.render.photo.framing import Stand
from producer.render.photo.head import Motion, Stance
from producer.render.photo.lids import Lids
from producer.render.photo.light import Wrap, coarse
from producer.render.photo.skin import Skin
from producer.render.photo.warp import NO_MAP, Grid, Pixels

OVERSAMPLING = 1.35
"""Pixels of the bent picture for one of the frame, so that bending twice does not blur it."""
STEP = 13
SWAY = 0.15
"""How far a person may move sideways or up, in heads."""


class Figure:
    """Paints one person over whatever a frame holds."""

    def __init__(self, cutout: Pixels, anatomy: Anatomy, stand: Stand, frame: Pixels, light: bool = True) -> None:
        """`cutout` is straight RGBA, `frame` opaque BGRA. `light`: the scene behind bleeds over the person's edge."""
        fine = min(OVERSAMPLING, max(1.0, 1 / stand.zoom))
        self._picture = premultiplied(scaled(cutout, stand.zoom * fine))
        self._shown_picture = self._picture.copy()
        drawn = anatomy.scaled(stand.zoom * fine)
        self._skin, self._lids = Skin(self._picture, drawn), Lids(self._picture, drawn)
        left, top, right, bottom = _reach(self._picture, fine, stand, drawn, frame)
        self._place = frame[top:bottom, left:right]
        self._corner = left, top
        grid = Grid(0, 0, right - left, bottom - top, STEP)
        here = anatomy.scaled(stand.zoom, (stand.x - left, stand.y - top))
        self._motion = Motion(grid, here, float(bottom - top))
        x, y = np.meshgrid(np.arange(grid.width) + left - stand.x, np.arange(grid.height) + top - stand.y)
        self._source = (np.dstack([x, y]) * fine + (fine - 1) / 2).astype(np.float32)
        self._fine = fine
        self._bent = np.zeros((grid.height, grid.width, 4), np.uint8)
        self._wrap = Wrap(self._picture.copy(), drawn.head_height) if light else None
        self._behind = b""
        self._frame = frame  # the surface only borrows it
        self._canvas = canvas_on(frame)

    def paint(self, expression: Expression, stance: Stance) -> None:
        if self._wrap:
            self._relight(self._wrap)
        grid = self._skin.grid
        face = self._skin.bend(expression)
        self._lids.close(face, (grid.left, grid.top), expression.lids)
        self._shown_picture[self._skin.box] = face
        source = cv2.scaleAdd(self._motion.back(stance), self._fine, self._source)
        cv2.remap(self._shown_picture, source, NO_MAP, cv2.INTER_LINEAR, self._bent, cv2.BORDER_CONSTANT)
        image = skia.Image.fromarray(self._bent, skia.kRGBA_8888_ColorType, skia.kPremul_AlphaType, copy=False)
        self._canvas.drawImage(image, *self._corner)

    def _relight(self, wrap: Wrap) -> None:
        """The picture lit by what the frame holds now; nothing to do while that is what it was."""
        behind = coarse(self._place)
        if behind.tobytes() != self._behind:
            self._behind = behind.tobytes()
            np.copyto(self._picture, wrap.lit(behind))
            np.copyto(self._shown_picture, self._picture)


def _reach(picture: Pixels, fine: float, stand: Stand, anatomy: Anatomy, frame: Pixels) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of the part of the frame that the person may ever cover."""
    covered = picture[..., 3] > 0
    columns, rows = np.flatnonzero(covered.any(axis=0)), np.flatnonzero(covered.any(axis=1))
    room = SWAY * anatomy.head_height
    places = np.array([columns[0] - room, rows[0] - room, columns[-1] + room, rows[-1] + room]) / fine
    left, top, right, bottom = (places + np.array([stand.x, stand.y, stand.x, stand.y])).astype(int).tolist()
    height, width = frame.shape[:2]
    edge_right, edge_bottom = stand.x + picture.shape[1] / fine, stand.y + picture.shape[0] / fine
    return max(0, left), max(0, top), min(width, right, int(edge_right)), min(height, bottom, int(np.ceil(edge_bottom)))


def scaled(picture: Pixels, zoom: float) -> Pixels:
    size = max(1, round(picture.shape[1] * zoom)), max(1, round(picture.shape[0] * zoom))
    flags = cv2.INTER_AREA if zoom < 1 else cv2.INTER_LANCZOS4
    return np.asarray(cv2.resize(picture, size, interpolation=flags), np.uint8)


def premultiplied(picture: Pixels) -> Pixels:
    colours = picture[..., :3].astype(np.uint16) * picture[..., 3:] + 127
    return np.dstack([(colours // 255).astype(np.uint8), picture[..., 3]])
