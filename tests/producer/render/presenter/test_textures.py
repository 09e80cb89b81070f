"""A picture of a gradient stands for it: nobody sees a difference, wherever and however large it is drawn."""

import numpy as np
import pytest
import skia

from producer.render.brushes import canvas_on
from producer.render.presenter.colours import palette_of
from producer.render.presenter.looks import LOOKS
from producer.render.presenter.paints import Brush
from producer.render.presenter.textures import textured

AXIS = (-40.0, -60.0, 50.0, 70.0)
BOX = (-60.0, -80.0, 60.0, 80.0)


def filled(paint: skia.Paint, scale: float) -> np.ndarray:
    pixels = np.full((420, 420, 4), (90, 120, 60, 255), np.uint8)
    canvas = canvas_on(pixels)
    canvas.translate(210.4, 209.7)
    canvas.scale(scale, scale)
    canvas.drawOval(skia.Rect.MakeLTRB(-55, -75, 55, 75), paint)
    return pixels.astype(np.int16)


@pytest.mark.parametrize("scale", [0.8, 1.26, 2.7])
@pytest.mark.parametrize("opacities", [(), (0.6, 0.0)])
def test_a_texture_looks_like_its_gradient(scale: float, opacities: tuple[float, ...]) -> None:
    brush = Brush(palette_of(LOOKS["mara"]), scale)
    gradient = (
        brush.fade(AXIS, "skin-deep", opacities)
        if opacities
        else brush.gradient(AXIS, ("skin-light", "skin", "skin-shade"))
    )
    assert np.abs(filled(gradient, scale) - filled(textured(gradient, BOX, scale), scale)).max() <= 3
