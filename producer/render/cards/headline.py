"""The title, alone or by a picture, and the shade that keeps it readable on any scene."""

from __future__ import annotations

from collections.abc import Hashable

import cv2
import numpy as np
import numpy.typing as npt
import skia

from producer.render.brushes import canvas_on, gradient, rect, solid
from producer.render.cards.base import Design, Sprite, shadow
from producer.render.cards.picture import PictureCard
from producer.render.cards.stay import Stay
from producer.render.colour import READABLE, luminance, veil_for
from producer.render.layout import Box
from producer.render.text import BOLD, Block, Style
from producer.render.wrap import is_rtl

Pixels = npt.NDArray[np.uint8]

WANTED_CONTRAST = 6.0
"""More than the 4.5 that must hold, as the shade thins out towards its edge."""
LEAST_SHADE = 0.30
ABOVE = 4.2
"""From the top of the rule to the capitals, in its heights: Han characters, and accents on capitals, reach higher."""
MOST_LINES = 8
"""Beside a picture, where lines are short."""
BRIGHTEST = 1.05 / (1.1 * READABLE) - 0.05
"""The luminance of the brightest pixel behind the headline: white stands out from it a tenth more than it must."""
LINEAR = np.array([luminance(f"#{level:02x}{level:02x}{level:02x}") for level in range(256)], np.float32)
"""sRGB levels as shares of light."""
BRIGHT = 97
"""The shade answers to this percentile of brightness behind the text, so that a few stars do not darken it all."""


class Headline:
    """`block` is what of the title fits."""

    def __init__(self, design: Design, stay: Stay, picture: Pixels | None = None) -> None:
        """`picture`: opaque RGBA, shown beside or over the title."""
        layout, words, unit = design.layout, design.wording, design.layout.unit
        self._design, self._stay = design, stay
        self._style = Style(layout.headline_sizes[-1], BOLD)
        self._rule = round(unit * 0.008)
        self._picture = None if picture is None else PictureCard(design, picture, layout.picture, stay)
        head = self._above()
        box = layout.cards if picture is None else layout.title_by_picture
        lines = layout.headline_lines if picture is None else MOST_LINES
        self.block: Block = design.type.fit(
            words.title, self._style, box.width, box.height - head, layout.headline_sizes, lines
        )
        height = head + self.block.height
        top = box.y if picture is not None and layout.beside else box.y + (box.height - height) / 2
        self.box = Box(box.x, top, box.width, height)
        self._sprite = Sprite(self.box.width, self.box.height, self._draw, margin=round(unit * 0.03))

    @property
    def cut(self) -> bool:
        return self.block.cut

    def still(self, frame: int) -> Hashable | None:
        return 0 if self._stay.still(frame) else None

    def paint_still(self, canvas: skia.Canvas, frame: int) -> None:
        self._sprite.paint(canvas, self.box.x, self.box.y)
        if self._picture:
            self._picture.paint_still(canvas, frame)

    def paint(self, canvas: skia.Canvas, pixels: Pixels, frame: int) -> None:
        if self._picture:
            self._picture.paint(canvas, pixels, frame)
        if not self._stay.still(frame):
            slide = self._stay.slide(frame) * self._design.layout.unit * 0.05
            slide = -slide if self._design.layout.mirrored else slide
            self._sprite.paint(canvas, self.box.x + slide, self.box.y, self._stay.there(frame))

    def _above(self) -> float:
        return self._rule * ABOVE

    def _draw(self, canvas: skia.Canvas) -> None:
        palette, unit, box = self._design.palette, self._design.layout.unit, self.box
        rtl = is_rtl(self._design.wording.title)
        rule = unit * 0.085
        canvas.drawRoundRect(
            rect(box.width - rule if rtl else 0, 0, rule, self._rule),
            self._rule / 2,
            self._rule / 2,
            solid(palette.accent),
        )
        type_ = self._design.type
        shadow(
            canvas,
            unit * 0.008,
            0.45,
            lambda layer: type_.draw_block(layer, self.block, 0, self._above(), self._style, box.width),
        )


def veil(scene: Pixels, design: Design, box: Box) -> float:
    """How much a scene is to be darkened for words in `box` to be read over it, 0..1."""
    return max(LEAST_SHADE, veil_for(design.palette.ink, brightest(scene, box), WANTED_CONTRAST))


def shade(scene: Pixels, design: Design, box: Box, alpha: float | None = None) -> None:
    """Darken a scene in place towards the side where the headline stands, by `alpha` or as much as reading it needs; and
    what still gleams there, as stars and thin lines do, more than the rest."""
    layout, ink = design.layout, design.palette.ink
    alpha = veil(scene, design, box) if alpha is None else alpha
    canvas = canvas_on(scene)
    if layout.mirrored and layout.beside:
        canvas.scale(-1, 1)
        canvas.translate(-layout.width, 0)
        box, scene = box.mirrored(layout.width), scene[:, ::-1]
    steps = [alpha * (1 - t) ** 2 * (1 + 2 * t) for t in (0, 0.25, 0.5, 0.75, 1)]
    if layout.beside:
        edge, end = box.right + 0.02 * layout.width, box.right + 0.20 * layout.width
        canvas.drawRect(rect(0, 0, edge, layout.height), solid(ink, alpha))
        fade = gradient((edge, 0), (end, 0), *[(ink, step) for step in steps])
        canvas.drawRect(rect(edge, 0, end - edge, layout.height), fade)
        _dim(scene, np.interp(np.arange(layout.width) + 0.5, (edge, end), (1.0, 0.0))[None, :])
    else:
        edge, end = box.bottom + 0.01 * layout.height, box.bottom + 0.13 * layout.height
        canvas.drawRect(rect(0, 0, layout.width, edge), solid(ink, alpha))
        fade = gradient((0, edge), (0, end), *[(ink, step) for step in steps])
        canvas.drawRect(rect(0, edge, layout.width, end - edge), fade)
        _dim(scene, np.interp(np.arange(layout.height) + 0.5, (edge, end), (1.0, 0.0))[:, None])


def _dim(scene: Pixels, amount: npt.NDArray[np.float64]) -> None:
    """Bring each pixel (BGRA) that is too bright behind white text down to what is not, keeping its hue; by `amount`
    0..1 of the way."""
    light = LINEAR[scene[..., :3]] @ np.array([0.0722, 0.7152, 0.2126], np.float32)
    rows, columns = np.nonzero(light > BRIGHTEST)
    share = (BRIGHTEST / light[rows, columns]) ** (1 / 2.2)  # about sRGB's gamma
    share = 1 - (1 - share) * np.broadcast_to(amount, light.shape)[rows, columns]
    scene[rows, columns, :3] = np.rint(scene[rows, columns, :3] * share[:, None])


def brightest(scene: Pixels, box: Box) -> str:
    """The colour of the bright spots of a region (BGRA), small specks apart."""
    region = scene[int(box.y) : int(box.bottom) + 1, int(box.x) : int(box.right) + 1, :3]
    small = cv2.resize(region, None, fx=0.125, fy=0.125, interpolation=cv2.INTER_AREA).reshape(-1, 3)
    luma = small @ np.array([0.0722, 0.7152, 0.2126])
    blue, green, red = small[np.argsort(luma)[int((len(luma) - 1) * BRIGHT / 100)]]
    return f"#{red:02x}{green:02x}{blue:02x}"
