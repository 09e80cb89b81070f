"""Which of our palettes goes with a picture that somebody else painted."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from producer.render.colour import channels
from producer.render.scene.palettes import PALETTES, Palette

SMALL = 48
"""Side, in pixels, of the copy that is looked at."""
TONES = 3
"""Dark, middle and bright: the thirds of a picture by lightness."""


def palette_of(picture: npt.NDArray[np.uint8]) -> Palette:
    """The palette whose three tones are nearest to the picture's, as the eye sees distance (CIE L*a*b*).

    `picture`: RGB or RGBA, any size.
    """
    small = np.asarray(cv2.resize(picture[..., :3], (SMALL, SMALL), interpolation=cv2.INTER_AREA), np.uint8)
    seen = _lab(small.reshape(-1, 3))
    by_light = seen[np.argsort(seen[:, 0], kind="stable")]
    tones = np.stack([part.mean(axis=0) for part in np.array_split(by_light, TONES)])
    return min(PALETTES.values(), key=lambda palette: float(np.linalg.norm(tones - _tones(palette), axis=1).sum()))


def _tones(palette: Palette) -> npt.NDArray[np.float32]:
    return _lab(np.array([channels(colour) for colour in (palette.deep, palette.mid, palette.light)], np.uint8))


def _lab(colours: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    scaled = colours.reshape(1, -1, 3).astype(np.float32) / 255
    return np.asarray(cv2.cvtColor(scaled, cv2.COLOR_RGB2LAB)[0], np.float32)
