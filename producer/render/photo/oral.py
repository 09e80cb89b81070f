"""The inside of the mouth, painted between the lips: darkness, tongue, lower teeth, upper teeth, and the lips' shadow.

Colours come from the portrait, so that a black-and-white one keeps a grey mouth. Teeth are the sitter's own where the
portrait shows them (`teeth`), else drawn.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import skia

from producer.faces import points as named
from producer.render.photo.anatomy import Anatomy
from producer.render.photo.lips import Lips, Speaker
from producer.render.photo.teeth import drawn_teeth, own_teeth
from producer.render.photo.warp import Pixels
from producer.render.presenter.visemes import Mouth

Array = npt.NDArray[np.float64]
Colour = npt.NDArray[np.float64]

LEAST_GAP = 0.008
"""Lips nearer than this hide everything."""
LOWER_TEETH_RISE = 0.022
"""How far the lower teeth stand above the lower lip."""
SKIN = (205, 425, 50, 280)
"""Points of the cheeks."""


class Oral:
    def __init__(self, picture: Pixels, anatomy: Anatomy, speaker: Speaker) -> None:
        self._anatomy = anatomy
        skin, lip = _sampled(picture, anatomy, SKIN), _lip_colour(picture, anatomy)
        self._dark = vivid(lip, 1.3) * 0.13 + 2
        self._flesh = vivid(lip, 1.5) * 0.36
        self._tongue = vivid(0.8 * lip + 0.2 * skin, 1.3) * 0.78
        self._teeth = own_teeth(picture, anatomy, speaker) or drawn_teeth(skin, speaker)
        self._lower_teeth = drawn_teeth(skin * 0.86, speaker, lower=True)

    def paint(self, pixels: Pixels, corner: tuple[int, int], lips: Lips, mouth: Mouth) -> None:
        """Onto `pixels`, whose first pixel lies at `corner` of the portrait (x, y)."""
        if lips.gap < LEAST_GAP:
            return
        surface = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
        canvas = surface.getCanvas()
        canvas.concat(self._to_pixels(corner))
        canvas.clipPath(smooth_path(lips.upper, lips.lower), doAntiAlias=True)
        self._cavity(canvas, lips)
        self._lower(canvas, lips, mouth)
        self._tongue_of(canvas, lips, mouth)
        self._upper(canvas, mouth)
        self._shadows(canvas, lips)

    def _to_pixels(self, corner: tuple[int, int]) -> skia.Matrix:
        unit, (right, down) = self._anatomy.unit, self._anatomy.axes
        x, y = self._anatomy.origin - corner
        return skia.Matrix.MakeAll(right[0] * unit, down[0] * unit, x, right[1] * unit, down[1] * unit, y, 0, 0, 1)

    def _cavity(self, canvas: skia.Canvas, lips: Lips) -> None:
        top, bottom = float(lips.upper[:, 1].min()), float(lips.lower[:, 1].max())
        ends = [skia.Point(0, top), skia.Point(0, bottom)]
        shader = skia.GradientShader.MakeLinear(ends, [colour(self._dark), colour(self._flesh)])
        canvas.drawPaint(skia.Paint(Shader=shader))

    def _upper(self, canvas: skia.Canvas, mouth: Mouth) -> None:
        """Fixed to the skull; rounded lips stand before them, and lips that do not bare them shade them."""
        lit = 0.60 + 0.40 * min(1.0, 1.6 * mouth.teeth)
        canvas.save()
        canvas.translate(0, -0.03 * mouth.round)
        self._teeth.draw(canvas, self._shade(lit))
        canvas.restore()

    def _lower(self, canvas: skia.Canvas, lips: Lips, mouth: Mouth) -> None:
        """They ride on the jaw, and hardly show unless the teeth are bared."""
        if mouth.teeth < 0.3 or lips.gap < 0.03:
            return
        floor = float(lips.lower[5, 1])
        canvas.save()
        canvas.translate(lips.middle, floor - LOWER_TEETH_RISE * min(1.0, mouth.teeth))
        self._lower_teeth.draw(canvas, self._shade(0.9))
        canvas.restore()

    def _shade(self, lit: float) -> int:
        """What light is left to multiply colours with, 0 … 1: the darker, the more it is that of the flesh around."""
        flesh = self._flesh / max(float(self._flesh.max()), 1.0)
        return colour(255 * lit * (lit + (1 - lit) * flesh))

    def _tongue_of(self, canvas: skia.Canvas, lips: Lips, mouth: Mouth) -> None:
        floor = float(lips.lower[5, 1])
        rise = max(0.02, lips.gap * (0.30 + 0.42 * mouth.tongue))
        wide = lips.half_width * (0.60 + 0.12 * mouth.tongue)
        box = skia.Rect.MakeLTRB(
            lips.middle - wide, floor - rise, lips.middle + wide, floor - rise + max(0.22, 2 * rise)
        )
        lit, shaded = colour(self._tongue), colour(self._tongue * 0.62)
        ends = [skia.Point(0, floor - rise), skia.Point(0, floor + 0.04)]
        paint = skia.Paint(AntiAlias=True, Shader=skia.GradientShader.MakeLinear(ends, [lit, shaded]))
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 0.018))
        canvas.drawOval(box, paint)

    def _shadows(self, canvas: skia.Canvas, lips: Lips) -> None:
        """The upper lip shades the teeth; the corners lie in the dark."""
        shade = colour(self._dark, 0.55)
        paint = skia.Paint(AntiAlias=True, Style=skia.Paint.kStroke_Style, StrokeWidth=0.05, Color=shade)
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, 0.02))
        canvas.drawPath(smooth_path(lips.upper), paint)
        clear, dark = colour(self._dark, 0.0), colour(self._dark, 0.85)
        ends = [skia.Point(lips.middle - lips.half_width, 0), skia.Point(lips.middle + lips.half_width, 0)]
        corners = skia.GradientShader.MakeLinear(ends, [dark, clear, clear, dark], [0.0, 0.24, 0.76, 1.0])
        canvas.drawPaint(skia.Paint(Shader=corners))


def smooth_path(row: Array, back: Array | None = None) -> skia.Path:
    """A curve through a row of points (Catmull-Rom), closed along the row `back` where one is given."""
    path = skia.Path()
    path.moveTo(*row[0].tolist())
    _curve_to(path, row)
    if back is not None:
        path.lineTo(*back[-1].tolist())
        _curve_to(path, back[::-1])
        path.close()
    return path


def _curve_to(path: skia.Path, row: Array) -> None:
    padded = np.concatenate([[2 * row[0] - row[1]], row, [2 * row[-1] - row[-2]]])
    slopes = (padded[2:] - padded[:-2]) / 6
    for n in range(len(row) - 1):
        first, second = row[n] + slopes[n], row[n + 1] - slopes[n + 1]
        path.cubicTo(*first.tolist(), *second.tolist(), *row[n + 1].tolist())


def vivid(rgb: Colour, times: float) -> Colour:
    """The same lightness with more of its tint; grey stays grey."""
    return np.asarray(rgb.mean() + times * (rgb - rgb.mean()))


def colour(rgb: Colour, alpha: float = 1.0) -> int:
    red, green, blue = (int(value) for value in np.clip(np.round(rgb), 0, 255))
    return int(skia.Color(red, green, blue, round(255 * alpha)))


def _sampled(picture: Pixels, anatomy: Anatomy, numbers: tuple[int, ...]) -> Colour:
    """The median colour around some points."""
    reach = max(1, round(0.04 * anatomy.unit))
    patches = []
    for x, y in np.round(anatomy.flat[list(numbers)]).astype(int):
        patches.append(picture[max(0, y - reach) : y + reach + 1, max(0, x - reach) : x + reach + 1, :3].reshape(-1, 3))
    return np.asarray(np.median(np.concatenate(patches), axis=0), np.float64)


def _lip_colour(picture: Pixels, anatomy: Anatomy) -> Colour:
    """Of the lower lip, which is larger and better lit."""
    lower, bottom = (anatomy.flat[list(row)] for row in (named.LOWER_LIP_TOP, named.LOWER_LIP_UNDER))
    places = np.round((lower[3:8] + bottom[3:8]) / 2).astype(int)
    return np.asarray(np.median(picture[places[:, 1], places[:, 0], :3], axis=0), np.float64)
