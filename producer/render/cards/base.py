"""What every card draws from, and the contract it keeps."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import skia

from producer.render.brushes import layer_image, layer_on
from producer.render.layout import Layout
from producer.render.scene.palettes import Palette
from producer.render.text import Typesetter
from producer.render.timeline import Timeline

Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Wording:
    """The texts on screen; "" = not shown. `source` is the whole line (“Source: …”), `source_name` the name in it."""

    title: str
    source: str = ""
    source_name: str = ""
    source_title: str = ""
    source_host: str = ""
    source_url: str = ""
    show: str = ""
    presenter: str = ""
    role: str = ""
    ai_label: str = ""
    end_text: str = ""


@dataclass(frozen=True)
class BrandKit:
    """What a show brings of its own, read (see `brand`); None = nothing. `logo`: RGBA, not premultiplied, cropped to what is visible. `watermark`: its opacity over the picture, 0 = none.
    `end_picture`: opaque RGBA."""

    logo: Pixels | None = None
    watermark: float = 0.0
    typeface: Path | None = None
    end_picture: Pixels | None = None


@dataclass(frozen=True)
class Design:
    """The decisions that all cards of a cut share. `languages` are those of the spoken lines; `types` set what is in one of
    them that the cut's own `type` would draw or break otherwise."""

    layout: Layout
    timeline: Timeline
    palette: Palette
    type: Typesetter
    wording: Wording
    kit: BrandKit = field(default_factory=BrandKit, compare=False)
    languages: tuple[str, ...] = ()
    types: Mapping[str, Typesetter] = field(default_factory=dict, compare=False)

    def language_of(self, line: int) -> str:
        """Of a spoken line; "" where nobody knows it."""
        return self.languages[line] if line < len(self.languages) else ""

    def speaking(self, language: str) -> Design:
        """The same, for a card in a language."""
        return replace(self, type=self.types[language]) if language in self.types else self


class Card(Protocol):
    """Something that lies over the scene."""

    def paint(self, canvas: skia.Canvas, frame: int) -> None:
        """Draw what shows in this frame of the cut; nothing when it is not its time. Depends on `frame` alone."""


class Sprite:
    """Drawn once, put on frames many times. Whole-pixel positions only: those need no resampling. What is empty around the
    drawing is not kept, and what has no hole is copied, not blended."""

    def __init__(self, width: float, height: float, draw: Callable[[skia.Canvas], None], margin: int = 0) -> None:
        """`draw` works in coordinates whose origin lies `margin` pixels inside the sprite on both axes."""
        pixels: Pixels = np.zeros((math.ceil(height) + 2 * margin, math.ceil(width) + 2 * margin, 4), np.uint8)
        canvas = layer_on(pixels)
        canvas.translate(margin, margin)
        draw(canvas)
        top, left, self._pixels = cropped(pixels)
        self._left, self._top = left - margin, top - margin
        whole = self._pixels.size > 0 and bool(self._pixels[..., 3].min() == 255)
        self._image = layer_image(self._pixels, opaque=whole) if self._pixels.size else None

    def paint(self, canvas: skia.Canvas, x: float, y: float, alpha: float = 1.0) -> None:
        if self._image is None:
            return
        left, top = round(x) + self._left, round(y) + self._top
        if alpha >= 1:
            canvas.drawImage(self._image, left, top)
        elif alpha > 0:
            canvas.drawImage(self._image, left, top, skia.SamplingOptions(), skia.Paint(Alphaf=alpha))


def cropped(layer: Pixels) -> tuple[int, int, Pixels]:
    """The first row and column of a layer in which anything is, and all that is: empty where there is nothing."""
    seen = layer[..., 3] > 0
    rows, columns = np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0))
    if not len(rows):
        return 0, 0, layer[:0, :0]
    top, left = int(rows[0]), int(columns[0])
    return top, left, np.ascontiguousarray(layer[top : rows[-1] + 1, left : columns[-1] + 1])


def shadow(canvas: skia.Canvas, blur: float, alpha: float, draw: Callable[[skia.Canvas], None]) -> None:
    """Draw with a soft shadow just below."""
    effect = skia.ImageFilters.DropShadow(0, blur * 0.4, blur, blur, skia.Color(0, 0, 0, round(255 * alpha)))
    canvas.saveLayer(None, skia.Paint(ImageFilter=effect))
    draw(canvas)
    canvas.restore()
