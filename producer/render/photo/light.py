"""Light of the scene on the person: what is behind bleeds a little over the edge, as it does in any lens."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from producer.render.photo.warp import Pixels

Coarse = npt.NDArray[np.float32]

REACH = 0.045
"""How far light creeps over the edge, in heads."""
STRENGTH = 0.36
GLOW = 1.12
"""Light that bleeds is that of the brighter parts."""
TILE = 16
"""Of so many pixels of the frame, across and down, one is looked at: nobody sees more of it in a bleeding edge."""


class Wrap:
    """Lights one premultiplied picture by whatever it stands before."""

    def __init__(self, picture: Pixels, head_height: float) -> None:
        self._picture = picture
        matte = picture[..., 3].astype(np.float32) / 255
        inside = cv2.GaussianBlur(matte, (0, 0), REACH * head_height, borderType=cv2.BORDER_REPLICATE)
        edge = np.clip((1 - inside) * 1.15 - 0.06, 0, 1) * STRENGTH
        self._edge = np.asarray(edge * (matte > 0), np.float32)
        self._matte = matte

    def lit(self, behind: Pixels) -> Pixels:
        """The picture before a scene of which `behind` (RGB, any size) shows what the picture covers."""
        height, width = self._matte.shape
        glow = cv2.resize(np.minimum(behind.astype(np.float32) * GLOW, 255), (width, height)) * self._matte[..., None]
        colours = self._picture[..., :3].astype(np.float32)
        colours += (glow - colours) * self._edge[..., None]
        return np.dstack([np.round(colours).astype(np.uint8), self._picture[..., 3]])


def coarse(frame: Pixels) -> Pixels:
    """A small smooth copy of a part of a frame (BGRA → RGB)."""
    picked = np.ascontiguousarray(frame[TILE // 2 :: TILE, TILE // 2 :: TILE, 2::-1])
    return np.asarray(cv2.blur(picked, (3, 3)), np.uint8)
