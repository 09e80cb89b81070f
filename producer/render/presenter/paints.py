"""Turns tones into skia paints."""

from __future__ import annotations

from collections.abc import Sequence

import skia

from producer.render.presenter.colours import Palette, channels
from producer.render.presenter.outlines import Piece
from producer.render.presenter.textures import FINEST, Box, textured

Axis = tuple[float, float, float, float]


def colour(hexadecimal: str, opacity: float = 1.0) -> int:
    return int(skia.Color(*channels(hexadecimal), round(255 * opacity)))


class Brush:
    """Makes paints from one look's palette."""

    def __init__(self, palette: Palette, scale: float = 1.0) -> None:
        """`scale`: pixels of the frame in one unit."""
        self.palette = palette
        self._fineness = min(scale, FINEST)

    def fill(self, tone: str, opacity: float = 1.0) -> skia.Paint:
        return skia.Paint(AntiAlias=True, Color=colour(self.palette[tone], opacity))

    def line(self, tone: str, width: float, opacity: float = 1.0) -> skia.Paint:
        return _as_line(self.fill(tone, opacity), width)

    def gradient(self, axis: Axis, tones: Sequence[str], opacity: float = 1.0) -> skia.Paint:
        """Linear, the tones evenly spaced along `axis`."""
        colours = [colour(self.palette[tone], opacity) for tone in tones]
        return _shaded(skia.GradientShader.MakeLinear([(axis[0], axis[1]), (axis[2], axis[3])], colours))

    def fade(self, axis: Axis, tone: str, opacities: Sequence[float]) -> skia.Paint:
        """One tone whose opacity changes along `axis`."""
        colours = [colour(self.palette[tone], opacity) for opacity in opacities]
        return _shaded(skia.GradientShader.MakeLinear([(axis[0], axis[1]), (axis[2], axis[3])], colours))

    def glow(self, x: float, y: float, radius: float, tone: str, opacity: float) -> skia.Paint:
        """One tone that fades from the middle to nothing at `radius`."""
        colours = [colour(self.palette[tone], opacity * share) for share in (1, 0.62, 0.18, 0)]
        return _shaded(skia.GradientShader.MakeRadial((x, y), radius, colours))

    def baked(self, piece: Piece, box: Box) -> skia.Paint:
        """The paint of a piece that lies within the box, quick to draw with again and again where nothing is turned."""
        made = self.paint(piece)
        return self.textured(made, box) if made.getShader() else made

    def textured(self, gradient: skia.Paint, box: Box) -> skia.Paint:
        """The same of a gradient that does not differ beyond the box."""
        return textured(gradient, box, self._fineness)

    def paint(self, piece: Piece) -> skia.Paint:
        """The paint of a piece."""
        if isinstance(piece.tone, tuple):
            made = self.gradient(piece.axis, piece.tone, piece.opacity)
        elif piece.fade:
            made = self.fade(piece.axis, piece.tone, piece.fade)
        else:
            made = self.fill(piece.tone, piece.opacity)
        if piece.stroke:
            _as_line(made, piece.stroke)
        if piece.blur:
            made.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, piece.blur))
        return made


def _shaded(shader: skia.Shader) -> skia.Paint:
    """Dithered: there are no bands then, and on an opaque canvas skia takes a way that is nearly three times as fast
    (measured)."""
    return skia.Paint(AntiAlias=True, Dither=True, Shader=shader)


def _as_line(paint: skia.Paint, width: float) -> skia.Paint:
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(width)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint
