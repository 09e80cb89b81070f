"""How well the text in a finished frame can be read: its colour against what really lies around its letters.

The same frame is composed as it is; with all letters white, and with all black, whose difference is where letters are;
and without letters or their shadows, but with plates, pills and the dark edges of large captions: what is behind.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import numpy.typing as npt
import skia

from producer.render.gallery.staged import Staged, Staging
from producer.render.text import Style, Typesetter

Pixels = npt.NDArray[np.uint8]

APART = (25, 11)
"""Letters nearer than this to each other, in pixels, across and down, are one text."""
FEWEST = 40
"""Pixels of a text's outline, below which it is a speck."""
WORST = 5
"""The percentile of contrast along a text's outline that counts, so that one pixel of a star does not."""


class Inked(Typesetter):
    """Draws all letters in one colour, None = not at all. Their edges it draws as ever."""

    def __init__(self, usual: Typesetter, language: str, colour: str | None) -> None:
        """`usual`: what it has measured needs no measuring again."""
        super().__init__(language)
        self._widths, self._colour = usual._widths, colour

    def draw(self, canvas: skia.Canvas, text: str, x: float, baseline: float, style: Style) -> None:
        if style.edge:
            super().draw(canvas, text, x, baseline, style)
        elif self._colour:
            super().draw(canvas, text, x, baseline, replace(style, colour=self._colour, alpha=1.0))


class Measured:
    """A staged clip, whose texts can be measured at any moment of it."""

    def __init__(self, wanted: Staging) -> None:
        language = wanted.saying.language
        usual = Typesetter(language)
        self._true = Staged(wanted, usual)
        self._white, self._black, self._bare = (
            Staged(wanted, Inked(usual, language, colour)) for colour in ("#ffffff", "#000000", None)
        )

    def at(self, moment: str) -> dict[tuple[int, int], float]:
        """The contrast of each text in that frame, by where in it (x, y) the text begins."""
        true, white, black, bare = (
            staged.at(moment)[..., :3] for staged in (self._true, self._white, self._black, self._bare)
        )
        covered = (white.astype(int) - black).max(axis=2) / 255
        return contrasts(true, bare, covered)


def contrasts(true: Pixels, bare: Pixels, covered: npt.NDArray[np.float64]) -> dict[tuple[int, int], float]:
    """`covered`: how much of each pixel is letter, 0..1."""
    core, outline = covered > 0.95, (covered > 0.2) & (covered < 0.8)
    _, nearest = cv2.distanceTransformWithLabels(
        (~core).astype(np.uint8), cv2.DIST_L2, 5, labelType=cv2.DIST_LABEL_PIXEL
    )
    inks = np.zeros((nearest.max() + 1, 3), np.uint8)
    inks[nearest[core]] = true[core]
    ratio = np.zeros(core.shape)
    ratio[outline] = _ratio(_luminance(inks[nearest[outline]]), _luminance(bare[outline]))
    near = cv2.dilate((covered > 0.2).astype(np.uint8), np.ones(APART[::-1], np.uint8))
    count, texts, stats, _ = cv2.connectedComponentsWithStats(near)
    found = {}
    for text in range(1, count):
        inside = ratio[outline & (texts == text)]
        if len(inside) >= FEWEST:
            left, top = stats[text, :2]
            found[int(left) + APART[0] // 2, int(top) + APART[1] // 2] = float(np.percentile(inside, WORST))
    return found


def _luminance(pixels: Pixels) -> npt.NDArray[np.float64]:
    """Relative luminance of (n, 3) RGB (WCAG 2.2)."""
    share = pixels / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ (0.2126, 0.7152, 0.0722))


def _ratio(a: npt.NDArray[np.float64], b: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return (np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05)
