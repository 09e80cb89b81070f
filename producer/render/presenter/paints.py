"""Turns tones into skia paints."""

from __future__ import annotations

from collections.abc import Sequence

import skia

from producer.render.presenter.colours import Palette, channels
from producer.render.presenter.outlines import Piece, Tone

Axis = tuple[float, float, float, float]


def colour(hexadecimal: str, opacity: float = 1.0) -> int:
    return int(skia.Color(*channels(hexadecimal), round(255 * opacity)))


class Brush:
    """Makes paints from one look's palette."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette

    def fill(self, tone: str, opacity: float = 1.0, blur: float = 0.0) -> skia.Paint:
        paint = skia.Paint(AntiAlias=True, Color=colour(self.palette[tone], opacity))
        return _blurred(paint, blur)

    def line(self, tone: str, width: float, opacity: float = 1.0, blur: float = 0.0) -> skia.Paint:
        return _as_line(self.fill(tone, opacity, blur), width)

    def gradient(self, axis: Axis, tones: Sequence[str], opacity: float = 1.0) -> skia.Paint:
        """Linear, the tones evenly spaced along `axis`."""
        colours = [colour(self.palette[tone], opacity) for tone in tones]
        shader = skia.GradientShader.MakeLinear([(axis[0], axis[1]), (axis[2], axis[3])], colours)
        return skia.Paint(AntiAlias=True, Shader=shader)

    def fade(self, axis: Axis, tone: str, opacities: Sequence[float]) -> skia.Paint:
        """One tone whose opacity changes along `axis`."""
        colours = [colour(self.palette[tone], opacity) for opacity in opacities]
        shader = skia.GradientShader.MakeLinear([(axis[0], axis[1]), (axis[2], axis[3])], colours)
        return skia.Paint(AntiAlias=True, Shader=shader)

    def glow(self, x: float, y: float, radius: float, tone: str, opacity: float) -> skia.Paint:
        """One tone that fades from the middle to nothing at `radius`."""
        colours = [colour(self.palette[tone], opacity * share) for share in (1, 0.62, 0.18, 0)]
        return skia.Paint(AntiAlias=True, Shader=skia.GradientShader.MakeRadial((x, y), radius, colours))

    def paint(self, piece: Piece) -> skia.Paint:
        """The paint of a piece."""
        if piece.fade and isinstance(piece.tone, str):
            made = self.fade(piece.axis, piece.tone, piece.fade)
        else:
            made = self.tone(piece.tone, piece.axis, piece.opacity)
        if piece.stroke:
            _as_line(made, piece.stroke)
        return _blurred(made, piece.blur)

    def tone(self, tone: Tone, axis: Axis, opacity: float = 1.0) -> skia.Paint:
        return self.fill(tone, opacity) if isinstance(tone, str) else self.gradient(axis, tone, opacity)


def _as_line(paint: skia.Paint, width: float) -> skia.Paint:
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(width)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def _blurred(paint: skia.Paint, blur: float) -> skia.Paint:
    if blur:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    return paint
