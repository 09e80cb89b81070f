"""Gradients painted once: skia fills a shape with a picture ten times as fast as with the gradient that is in it.

That holds for pictures that are sampled at the nearest pixel, which no eye can tell from the gradient itself, because a
picture's colours change as slowly, and its dither stays dither.
"""

from __future__ import annotations

import math

import numpy as np
import skia

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in the units of what is drawn."""

FINEST = 2.0
"""Pixels of a picture in one unit at most: more would only take memory."""
PURE = skia.SamplingOptions(skia.FilterMode.kNearest)


def textured(paint: skia.Paint, box: Box, fineness: float) -> skia.Paint:
    """A paint like `paint`, whose shader is a gradient, from a picture of the box; beyond it the picture's edge goes on.

    `fineness`: its pixels in one unit.
    """
    left, top, right, bottom = box
    width, height = (max(1, math.ceil(side * fineness)) for side in (right - left, bottom - top))
    pixels = np.zeros((height, width, 4), np.uint8)
    canvas = skia.Surface(pixels, skia.kBGRA_8888_ColorType, skia.kPremul_AlphaType).getCanvas()
    canvas.scale(width / (right - left), height / (bottom - top))
    canvas.translate(-left, -top)
    canvas.drawPaint(paint)
    alpha = skia.kOpaque_AlphaType if pixels[..., 3].min() == 255 else skia.kPremul_AlphaType
    image = skia.Image.fromarray(pixels, skia.kBGRA_8888_ColorType, alpha)
    place = skia.Matrix.MakeAll((right - left) / width, 0, left, 0, (bottom - top) / height, top, 0, 0, 1)
    made = skia.Paint(paint)
    made.setDither(False)
    made.setShader(image.makeShader(skia.TileMode.kClamp, skia.TileMode.kClamp, PURE, place))
    return made
