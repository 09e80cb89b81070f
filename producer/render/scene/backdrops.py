"""The backdrops by name, and the painting of one: its picture, a light for the presenter, a vignette, grain."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType

import numpy as np
import skia

from producer.render.brushes import Point, glow, light
from producer.render.scene import (
    bokeh,
    cafe,
    circuit,
    cosmos,
    globe,
    hills,
    library,
    markets,
    molecules,
    rails,
    shapes,
    skyline,
    stadium,
    studio,
    theatre,
    waves,
)
from producer.render.scene.choose import choose, matches, seed_of
from producer.render.scene.grain import Pixels, grain
from producer.render.scene.palettes import MOODS, Palette
from producer.render.scene.stage import Stage


@dataclass(frozen=True)
class Backdrop:
    """`paint` draws on a canvas; `keywords` are the topics' words that call for it (see `choose.matches`);
    `palettes` are those it looks best in."""

    paint: Callable[[skia.Canvas, Stage], None]
    keywords: tuple[str, ...]
    palettes: tuple[str, ...]

    @classmethod
    def of(cls, module: ModuleType) -> Backdrop:
        return cls(module.paint, module.KEYWORDS, module.PALETTES)


BACKDROPS: dict[str, Backdrop] = {
    "studio": Backdrop.of(studio),
    "skyline": Backdrop.of(skyline),
    "hills": Backdrop.of(hills),
    "cosmos": Backdrop.of(cosmos),
    "circuit": Backdrop.of(circuit),
    "waves": Backdrop.of(waves),
    "shapes": Backdrop.of(shapes),
    "globe": Backdrop.of(globe),
    "markets": Backdrop.of(markets),
    "rails": Backdrop.of(rails),
    "library": Backdrop.of(library),
    "molecules": Backdrop.of(molecules),
    "stadium": Backdrop.of(stadium),
    "theatre": Backdrop.of(theatre),
    "cafe": Backdrop.of(cafe),
    "bokeh": Backdrop.of(bokeh),
}


NEUTRAL = ("studio", "skyline", "waves", "shapes", "bokeh")
"""What suits a topic whose words call for nothing."""


def pick(text: str, seed: int, wanted: str = "auto") -> tuple[str, str]:
    """The names of the backdrop and the palette that suit a topic's words; `wanted` names the backdrop, if not auto."""
    table = {name: backdrop.keywords for name, backdrop in BACKDROPS.items()}
    among = () if any(matches(words, text) for words in table.values()) else NEUTRAL
    backdrop = wanted if wanted != "auto" else choose(table, text, seed_of("backdrop", seed, text), among)
    palette = choose(MOODS, text, seed_of("palette", seed, text), BACKDROPS[backdrop].palettes)
    return backdrop, palette


def paint(backdrop: str, palette: Palette, size: tuple[int, int], focus: Point, seed: int) -> Pixels:
    """The finished background, (height, width, 4) opaque RGBA. Equal arguments give equal pixels."""
    width, height = size
    pixels = np.zeros((height, width, 4), np.uint8)
    canvas = skia.Surface(pixels).getCanvas()
    stage = Stage(width, height, focus, palette, np.random.default_rng(seed))
    BACKDROPS[backdrop].paint(canvas, stage)
    light(canvas, focus, stage.unit * 0.72, palette.light, 0.42)
    _vignette(canvas, stage)
    return grain(pixels, stage.rng)


def _vignette(canvas: skia.Canvas, stage: Stage) -> None:
    reach = math.hypot(stage.width, stage.height) * 0.60
    stops = [(stage.palette.ink, alpha) for alpha in (0.0, 0.0, 0.02, 0.14, 0.48)]
    canvas.drawPaint(glow((stage.width / 2, stage.height * 0.46), reach, *stops))
