"""Paints and paths. Lengths are pixels; colours are `#rrggbb` with an opacity 0..1."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
import skia

from producer.render.colour import channels

Pixels = npt.NDArray[np.uint8]
Stop = tuple[str, float]
Point = tuple[float, float]


def canvas_on(pixels: Pixels) -> skia.Canvas:
    """Paints into a video frame, (height, width, 4) opaque BGRA, in place.

    That is skia's own order of channels: with another one it blends an image five times as slowly, and three times
    more slowly still where pixels are not said to be opaque (measured).
    """
    surface = skia.Surface(pixels, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kOpaque_AlphaType)
    return surface.getCanvas()


def layer_on(pixels: Pixels) -> skia.Canvas:
    """Paints into a layer, (height, width, 4) premultiplied BGRA, in place."""
    surface = skia.Surface(pixels, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType)
    return surface.getCanvas()


def layer_image(pixels: Pixels) -> skia.Image:
    """Such a layer, to be drawn on something. It looks at the pixels as they are when it is drawn."""
    return skia.Image.fromarray(
        pixels, colorType=skia.kBGRA_8888_ColorType, alphaType=skia.kPremul_AlphaType, copy=False
    )


def swapped(pixels: Pixels) -> Pixels:
    """A copy with red and blue exchanged: from RGBA, as pictures are kept, to BGRA, as frames are; or back."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGBA2BGRA), np.uint8)


def argb(colour: str, alpha: float = 1.0) -> int:
    red, green, blue = channels(colour)
    return int(skia.Color(red, green, blue, round(255 * min(max(alpha, 0.0), 1.0))))


def solid(colour: str, alpha: float = 1.0, blur: float = 0.0) -> skia.Paint:
    paint = skia.Paint(AntiAlias=True, Color=argb(colour, alpha))
    if blur > 0:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    return paint


def outline(colour: str, width: float, alpha: float = 1.0, blur: float = 0.0) -> skia.Paint:
    paint = solid(colour, alpha, blur)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(width)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def gradient(start: Point, end: Point, *stops: Stop) -> skia.Paint:
    """A linear gradient with evenly spaced stops, dithered against banding."""
    shader = skia.GradientShader.MakeLinear(points=[start, end], colors=[argb(*stop) for stop in stops])
    return skia.Paint(AntiAlias=True, Dither=True, Shader=shader)


def glow(centre: Point, radius: float, *stops: Stop) -> skia.Paint:
    """A radial gradient with evenly spaced stops from the centre outwards."""
    shader = skia.GradientShader.MakeRadial(center=centre, radius=radius, colors=[argb(*stop) for stop in stops])
    return skia.Paint(AntiAlias=True, Dither=True, Shader=shader)


def light(canvas: skia.Canvas, centre: Point, radius: float, colour: str, alpha: float) -> None:
    """A soft round light that fades like a real one: fast near its heart, slowly at its rim."""
    stops = [(colour, alpha * (1 - t) ** 2) for t in (0, 0.2, 0.4, 0.6, 0.8, 1)]
    canvas.drawCircle(*centre, radius, glow(centre, radius, *stops))


def rect(x: float, y: float, width: float, height: float) -> skia.Rect:
    return skia.Rect.MakeXYWH(x, y, width, height)


def curve(points: Sequence[Point], closed: bool = False) -> skia.Path:
    """A smooth path through the points (Catmull-Rom, tension 0.5)."""
    count = len(points)

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    path = skia.Path()
    path.moveTo(*points[0])
    for i in range(count if closed else count - 1):
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = at(i - 1), at(i), at(i + 1), at(i + 2)
        path.cubicTo(x1 + (x2 - x0) / 6, y1 + (y2 - y0) / 6, x2 - (x3 - x1) / 6, y2 - (y3 - y1) / 6, x2, y2)
    if closed:
        path.close()
    return path


def polygon(*points: Point) -> skia.Path:
    path = skia.Path()
    path.addPoly([skia.Point(*point) for point in points], True)
    return path
