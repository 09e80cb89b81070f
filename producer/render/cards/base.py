"""What every card draws from, and the contract it keeps."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import numpy as np
import numpy.typing as npt
import skia

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
    """The decisions that all cards of a cut share."""

    layout: Layout
    timeline: Timeline
    palette: Palette
    type: Typesetter
    wording: Wording
    kit: BrandKit = field(default_factory=BrandKit, compare=False)


class Card(Protocol):
    """Something that lies over the scene."""

    def paint(self, canvas: skia.Canvas, frame: int) -> None:
        """Draw what shows in this frame of the cut; nothing when it is not its time. Depends on `frame` alone."""


class Sprite:
    """Drawn once, put on frames many times. Whole-pixel positions only: those need no resampling."""

    def __init__(self, width: float, height: float, draw: Callable[[skia.Canvas], None], margin: int = 0) -> None:
        """`draw` works in coordinates whose origin lies `margin` pixels inside the sprite on both axes."""
        self.margin = margin
        surface = skia.Surface.MakeRasterN32Premul(math.ceil(width) + 2 * margin, math.ceil(height) + 2 * margin)
        canvas = surface.getCanvas()
        canvas.translate(margin, margin)
        draw(canvas)
        self._image = surface.makeImageSnapshot()

    def paint(self, canvas: skia.Canvas, x: float, y: float, alpha: float = 1.0) -> None:
        if alpha >= 1:
            canvas.drawImage(self._image, round(x) - self.margin, round(y) - self.margin)
        elif alpha > 0:
            paint = skia.Paint(Alphaf=alpha)
            canvas.drawImage(self._image, round(x) - self.margin, round(y) - self.margin, skia.SamplingOptions(), paint)


def shadow(canvas: skia.Canvas, blur: float, alpha: float, draw: Callable[[skia.Canvas], None]) -> None:
    """Draw with a soft shadow just below."""
    effect = skia.ImageFilters.DropShadow(0, blur * 0.4, blur, blur, skia.Color(0, 0, 0, round(255 * alpha)))
    canvas.saveLayer(None, skia.Paint(ImageFilter=effect))
    draw(canvas)
    canvas.restore()
