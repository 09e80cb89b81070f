"""Behind and beside the presenter: every backdrop in every palette, every drawn motif, every pattern under one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np

from producer.render.cards.illustration import PATTERNS, illustrate
from producer.render.cards.motifs import MOTIFS
from producer.render.cards.motifs.easel import Easel
from producer.render.gallery.exhibit import Pixels, Still
from producer.render.layout import layout_for
from producer.render.scene.backdrops import BACKDROPS, paint
from producer.render.scene.palettes import PALETTES

WIDE, SMALL = (1280, 720), (640, 360)
"""A backdrop in the palette that suits it best, and in the others; pixels."""
PICTURE = (800, 600)
SEED = 1


def backdrops() -> Iterator[Still]:
    """The palettes that suit a backdrop come first, and the first of them large."""
    for name, backdrop in BACKDROPS.items():
        for palette in sorted(PALETTES, key=lambda palette: palette not in backdrop.palettes):
            size = WIDE if palette == backdrop.palettes[0] else SMALL
            yield Still(palette, partial(backdrop_in, name, palette, size), name)


def illustrations() -> Iterator[Still]:
    """Each motif in a palette of its own, then each pattern."""
    patterns, palettes = list(PATTERNS), list(PALETTES)
    for number, motif in enumerate(MOTIFS):
        pattern, palette = patterns[number % len(patterns)], palettes[number % len(palettes)]
        yield Still(f"{motif}, {palette}", partial(illustration, motif, pattern, palette), "motifs")
    for number, pattern in enumerate(patterns):
        palette = palettes[number % len(palettes)]
        yield Still(f"{pattern}, {palette}", partial(illustration, "bulb", pattern, palette), "patterns")


def backdrop_in(name: str, palette: str, size: tuple[int, int]) -> Pixels:
    x, y = layout_for("16:9").face
    share = size[0] / WIDE[0]
    return paint(name, PALETTES[palette], size, (x * share, y * share), SEED)


def illustration(motif: str, pattern: str, palette: str) -> Pixels:
    easel = Easel(PALETTES[palette], np.random.default_rng(SEED))
    return illustrate(motif, PATTERNS[pattern], easel, PICTURE)
