"""Turns tones into skia paints."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import skia

from producer.render.presenter.colours import Palette, channels, mix
from producer.render.presenter.outlines import Piece

Axis = tuple[float, float, float, float]

STEP = 2
BEYOND = 400.0
"""Farther than any gradient reaches, in rig units."""


def colour(hexadecimal: str, opacity: float = 1.0) -> int:
    return int(skia.Color(*channels(hexadecimal), round(255 * opacity)))


class Stripes:
    """A linear gradient as flat stripes, each `STEP` shades from the next: too little to be seen.

    It is two to three times as fast as a gradient shader, because flat colours need no arithmetic per pixel.
    """

    def __init__(self, axis: Axis, colours: Sequence[str], opacity: float = 1.0) -> None:
        """The colours (`#rrggbb`) lie evenly spaced along `axis`; beyond its ends they go on."""
        across, down = axis[2] - axis[0], axis[3] - axis[1]
        length = math.hypot(across, down)
        recorder = skia.PictureRecorder()
        canvas = recorder.beginRecording(skia.Rect.MakeLTRB(-BEYOND, -BEYOND, BEYOND, BEYOND))
        canvas.translate(axis[0], axis[1])
        canvas.rotate(math.degrees(math.atan2(down, across)))
        for start, end, shade in _shades(colours):
            left = start * length if start > 0 else -BEYOND
            right = end * length if end < 1 else BEYOND
            canvas.drawRect(skia.Rect.MakeLTRB(left, -BEYOND, right, BEYOND), skia.Paint(Color=colour(shade, opacity)))
        self._picture = recorder.finishRecordingAsPicture()

    def fill(self, canvas: skia.Canvas, path: skia.Path) -> None:
        canvas.save()
        canvas.clipPath(path, True)
        canvas.drawPicture(self._picture)
        canvas.restore()


def _shades(colours: Sequence[str]) -> list[tuple[float, float, str]]:
    """Where each shade begins and ends (0..1), from the first colour to the last."""
    found: list[tuple[float, float, str]] = []
    for n, (first, second) in enumerate(pairwise(colours)):
        steps = max(1, *(abs(a - b) // STEP for a, b in zip(channels(first), channels(second), strict=True)))
        for step in range(steps):
            shade = mix(first, second, (step + 0.5) / steps)
            start, end = ((n + share / steps) / (len(colours) - 1) for share in (step, step + 1))
            if found and found[-1][2] == shade:
                found[-1] = found[-1][0], end, shade
            else:
                found.append((start, end, shade))
    return found


class Brush:
    """Makes paints from one look's palette."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette

    def fill(self, tone: str, opacity: float = 1.0) -> skia.Paint:
        return skia.Paint(AntiAlias=True, Color=colour(self.palette[tone], opacity))

    def line(self, tone: str, width: float, opacity: float = 1.0) -> skia.Paint:
        return _as_line(self.fill(tone, opacity), width)

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

    def stripes(self, piece: Piece) -> Stripes | None:
        """A faster way to fill this piece, if there is one."""
        if isinstance(piece.tone, str) or piece.stroke or piece.blur:
            return None
        return Stripes(piece.axis, [self.palette[tone] for tone in piece.tone], piece.opacity)

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


def _as_line(paint: skia.Paint, width: float) -> skia.Paint:
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(width)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint
