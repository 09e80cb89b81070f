"""What all burned-in captions share: which chunk shows in a frame, how it comes and goes, and where its words stand."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
import skia

from producer.render.captions import Chunk, gap_before, runs_forward, visual_order
from producer.render.layout import Box
from producer.render.runs import quarter_before
from producer.render.text import ASCENT, Style, Typesetter
from producer.render.timeline import ease
from producer.render.wrap import UNSPACED, as_rtl
from storage.documents import Word

FADE_S = 0.12
MIDDLE = ASCENT / 2 - 0.02
"""Baseline below the middle of a row, in sizes, so that capitals stand in its middle."""


QUARTER = 0.25
"""Between Chinese and western words, in sizes, as inside of words (see `runs.SEAM`)."""


@dataclass(frozen=True)
class Reach:
    """How far letters go beyond where they stand, in pixels: over the baseline, under it, and out at the sides."""

    above: float
    below: float
    aside: float


class Captioned(Protocol):
    """Captions as a card, and what can be checked about them."""

    chunks: list[Chunk]

    def paint(self, canvas: skia.Canvas, frame: int) -> None:
        """See `Card`."""

    def box(self, index: int) -> Box:
        """All that a chunk ever covers of the picture."""


@dataclass(frozen=True)
class Setting:
    """How words stand in rows. `row` is the distance between rows, `space` the room between words, `thin` that between
    words of scripts that have no spaces: all in sizes."""

    type: Typesetter
    style: Style
    rtl: bool
    row: float
    space: float
    thin: float

    def width(self, text: str) -> float:
        return self.type.width(text, self.style)

    def gap(self, left: Word, right: Word) -> float:
        if gap_before(left, right):
            return self.space * self.style.size
        if quarter_before(left.text, right.text):
            return max(QUARTER, self.thin) * self.style.size
        return self.thin * self.style.size if UNSPACED.match(right.text) else 0.0

    def row_width(self, chunk: Chunk, row: tuple[int, ...]) -> float:
        words = [chunk.words[i] for i in row]
        return sum(self.width(word.text) for word in words) + sum(self.gap(a, b) for a, b in pairwise(words))

    def widest(self, chunk: Chunk) -> float:
        return max(self.row_width(chunk, row) for row in chunk.rows)

    def places(self, chunk: Chunk) -> list[Box]:
        """Each word's box, in the order of the words; the rows are centred and begin at (0, 0)."""
        size, inner = self.style.size, self.widest(chunk)
        places: dict[int, Box] = {}
        for number, row in enumerate(chunk.rows):
            words = [chunk.words[i] for i in row]
            order = visual_order(words, self.rtl)
            x = (inner - self.row_width(chunk, row)) / 2
            for before, position in zip([None, *order], order, strict=False):
                if before is not None:
                    x += self.gap(*(words[i] for i in sorted((before, position))))
                width = self.width(words[position].text)
                places[row[position]] = Box(x, number * self.row * size, width, self.row * size)
                x += width
        return [places[i] for i in range(len(chunk.words))]

    def texts(self, chunk: Chunk) -> list[str]:
        """Each word as it is drawn by itself: marked where its signs must stand as they do in a right-to-left row."""
        if not self.rtl:
            return [word.text for word in chunk.words]
        texts: list[str] = []
        for row in chunk.rows:
            words = [chunk.words[i] for i in row]
            forward = runs_forward(words)
            inside = [a and b for a, b in pairwise([*forward, False])]
            texts += [word.text if kept else as_rtl(word.text) for word, kept in zip(words, inside, strict=True)]
        return texts

    def draw(self, canvas: skia.Canvas, text: str, x: float, middle: float, style: Style) -> None:
        """A word with its left edge at x, its capitals centred on `middle`."""
        self.type.draw(canvas, text, x, middle + MIDDLE * style.size, style)


def reach(type_: Typesetter, texts: Iterable[str], style: Style) -> Reach:
    """The farthest of several texts: Vietnamese capitals rise higher than others, Hindi vowels hang lower, and some
    signs lean out. Measured in what is drawn: typefaces only say it of all their letters together."""
    room = math.ceil(2 * style.size)
    above = below = aside = 0.0
    for text in set(texts):
        width = type_.width(text, style)
        pixels = np.zeros((2 * room, math.ceil(width) + 2 * room, 4), np.uint8)
        type_.draw(skia.Surface(pixels).getCanvas(), text, room, room, style)
        ys, xs = (np.flatnonzero(pixels[..., 3].any(axis=axis)) for axis in (1, 0))
        if len(ys):
            above, below = max(above, room - ys[0]), max(below, ys[-1] + 1 - room)
            aside = max(aside, room - xs[0], xs[-1] + 1 - room - width)
    return Reach(float(above), float(below), float(aside))


def shown_at(chunks: list[Chunk], seconds: float) -> int | None:
    return next((i for i, chunk in enumerate(chunks) if chunk.start <= seconds < chunk.end), None)


def presence(chunks: list[Chunk], index: int, seconds: float) -> float:
    """How far a chunk is there, 0..1. Captions that follow each other directly just change; at a pause they fade."""
    chunk = chunks[index]
    follows = index > 0 and chunks[index - 1].end >= chunk.start
    leads = index + 1 < len(chunks) and chunks[index + 1].start <= chunk.end
    coming = 1.0 if follows else (seconds - chunk.start) / FADE_S
    going = 1.0 if leads else (chunk.end - seconds) / FADE_S
    return ease(min(coming, going, 1.0))
