"""Eyes. Each is drawn flat around its own middle; `side` is -1 for the picture's left, 1 for its right."""

from __future__ import annotations

from typing import NamedTuple

import skia

from producer.render.presenter.look import Look
from producer.render.presenter.paints import Brush

IRIS = 9.4


class Gaze(NamedTuple):
    """State of the eyes: lids 0 open … 1 closed, widen -1 narrowed … 1 wide, gaze -1..1 right and down, smile -1..1."""

    lids: float = 0.0
    widen: float = 0.0
    right: float = 0.0
    down: float = 0.0
    smile: float = 0.5


class Almond(NamedTuple):
    """The opening between the lids: corner points, and how high the handles of each lid's curve lie."""

    inner: tuple[float, float]
    outer: tuple[float, float]
    upper: float
    lower: float


def almond_of(side: int, gaze: Gaze, lashes: float, hooded: float = 0.0) -> Almond:
    """The lids' shape. The upper lid does the closing and follows the gaze down; a smile and narrowed eyes lift the
    lower one. `hooded` 0..1: the upper lid hangs, most at its outer corner, as it does with age."""
    closed = min(1.0, gaze.lids + 0.20 * max(0.0, gaze.down))
    narrowed, wide = max(0.0, -gaze.widen), max(0.0, gaze.widen)
    low = 9.6 - 2.6 * max(0.0, gaze.smile) - 2.0 * narrowed + 0.5 * wide
    shut = low + 1.2
    high = -14.0 - 0.8 * lashes - 3.2 * wide + 3.0 * narrowed + 1.8 * hooded
    outer = 0.6 + 2.6 * closed + 1.2 * hooded
    return Almond((-side * 15.4, 3.4), (side * 17.2, outer), high + (shut - high) * closed, low)


class EyePainter:
    """Paints one pair of eyes; made once per look."""

    def __init__(self, look: Look, brush: Brush) -> None:
        self._lashes, self._smooth_lids = look.lashes, look.lids
        self._hooded = max(0.0, look.age - 0.4) / 0.6
        self._white = brush.fill("eyeball")
        self._rim = brush.fill("iris-deep")
        self._iris = brush.gradient((0, -IRIS, 0, IRIS), ("iris-deep", "iris", "iris-light"))
        self._pupil = brush.fill("black")
        self._glint = brush.fill("white", 0.95)
        self._glimmer = brush.fill("white", 0.5)
        self._shade = brush.fade((0, -13, 0, 3), "lash", (0.34, 0.0))
        self._lid = brush.fill("skin-shade", 0.38)
        self._fold = brush.line("skin-deep", 1.5, 0.75 - 0.6 * look.lids)
        self._lash = brush.fill("lash")
        self._below = brush.line("skin-deep", 1.2, 0.5)

    def draw(self, canvas: skia.Canvas, side: int, gaze: Gaze) -> None:
        almond = almond_of(side, gaze, self._lashes, self._hooded)
        self._draw_lid(canvas, side, almond, gaze)
        if gaze.lids < 0.92:
            self._draw_ball(canvas, almond, gaze)
        canvas.drawPath(lash_line(almond, side, self._lashes, gaze.lids), self._lash)
        canvas.drawPath(lower_curve(almond), self._below)

    def _draw_lid(self, canvas: skia.Canvas, side: int, almond: Almond, gaze: Gaze) -> None:
        fold = skia.Path()
        top = -19.5 - 2.0 * max(0.0, gaze.widen) + 2.0 * gaze.lids + 1.6 * self._hooded
        fold.moveTo(almond.inner[0] * 1.02, -1.5)
        fold.cubicTo(-side * 10, top, side * 9, top - 1, side * 18.5, -3.2)
        skin = skia.Path(fold)
        skin.lineTo(*almond.outer)
        skin.cubicTo(side * 8.5, almond.upper, -side * 7.5, almond.upper, *almond.inner)
        skin.close()
        canvas.drawPath(skin, self._lid)
        if self._smooth_lids < 0.9:
            canvas.drawPath(fold, self._fold)

    def _draw_ball(self, canvas: skia.Canvas, almond: Almond, gaze: Gaze) -> None:
        opening = opening_path(almond)
        canvas.drawPath(opening, self._white)
        canvas.save()
        canvas.clipPath(opening, True)
        canvas.translate(gaze.right * 7.5, -1.4 + gaze.down * 5.0)
        canvas.drawCircle(0, 0, IRIS, self._rim)
        canvas.drawCircle(0, 0.3, IRIS - 1.3, self._iris)
        canvas.drawCircle(0, 0, 4.5, self._pupil)
        canvas.drawCircle(-3.1, -3.5, 2.6, self._glint)
        canvas.drawCircle(3.4, 3.6, 1.3, self._glimmer)
        canvas.translate(-gaze.right * 7.5, 1.4 - gaze.down * 5.0)
        canvas.drawPath(opening, self._shade)
        canvas.restore()


def upper_curve(almond: Almond) -> skia.Path:
    path = skia.Path()
    path.moveTo(*almond.inner)
    path.cubicTo(almond.inner[0] * 0.5, almond.upper, almond.outer[0] * 0.5, almond.upper, *almond.outer)
    return path


def lash_line(almond: Almond, side: int, lashes: float, closed: float) -> skia.Path:
    """The upper lashes: a crescent along the lid, thin at the nose, with a flick at the outer corner."""
    path = upper_curve(almond)
    thick = 2.4 + 1.7 * lashes
    out, up = 1.2 + 4.2 * lashes, (0.6 + 3.2 * lashes) * (1 - closed) - 2.2 * closed
    path.lineTo(almond.outer[0] + side * out, almond.outer[1] - up)
    path.cubicTo(
        almond.outer[0] * 0.72, almond.upper - thick * 1.3 + 0.2 * up,
        almond.inner[0] * 0.60, almond.upper - thick * 1.2,
        almond.inner[0] * 1.03, almond.inner[1] + 0.6,
    )  # fmt: skip
    path.close()
    return path


def lower_curve(almond: Almond) -> skia.Path:
    path = skia.Path()
    path.moveTo(almond.inner[0] * 0.62, almond.lower * 0.66)
    path.cubicTo(
        almond.inner[0] * 0.3,
        almond.lower,
        almond.outer[0] * 0.4,
        almond.lower,
        almond.outer[0] * 0.84,
        almond.lower * 0.46,
    )
    return path


def opening_path(almond: Almond) -> skia.Path:
    path = upper_curve(almond)
    path.cubicTo(almond.outer[0] * 0.62, almond.lower, almond.inner[0] * 0.58, almond.lower, *almond.inner)
    path.close()
    return path
