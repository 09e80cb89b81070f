"""Captions as short-video feeds have them: one to four large, heavy words at a time, no box, the one that sounds in the
accent. A dark edge around each letter keeps them readable on anything."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial

import skia

from producer.render.captions import Chunk, Room, chunks, joined
from producer.render.cards.base import Design, Sprite, shadow
from producer.render.cards.caption_rows import MIDDLE, Setting, presence, reach, shown_at
from producer.render.layout import Box
from producer.render.text import HEAVY, Style
from producer.render.timeline import ease
from producer.render.wrap import is_rtl
from storage.documents import Word

LARGEST = 0.085
"""Of the shorter side of the picture."""
ROW = 1.12
"""Distance between rows, in sizes."""
PAD = 0.13
"""Room over the first row and under the last, in sizes: accents, descenders, and the edge around them."""
MOST_WORDS = 4
SPACE, THIN = 0.27, 0.02
EDGE = 0.17
"""Width of the stroke behind the letters, in sizes: half of it shows, outside of them."""
SMALLEST = 0.5
"""The share of its size to which a word too long for the room may shrink before it is shortened."""
POP_S = 0.16
POP_FROM, POP_OVER = 0.90, 1.05
"""How large the sounding word begins, and the most that it grows to before it settles."""


class BigCaptions:
    """`words` are timed in the cut. What stands still is kept drawn; only the word that pops in is drawn anew."""

    def __init__(self, design: Design, words: tuple[Word, ...], active_word: bool) -> None:
        self._design, self._active_word = design, active_word
        layout, type_ = design.layout, design.type
        size = int(min(LARGEST * layout.unit, layout.captions.height / (layout.caption_rows * ROW + 2 * PAD)))
        style = Style(size, HEAVY)
        self._reach = reach(type_, (type_.clean(word.text) for word in words), style)
        self._limit = (layout.captions.width - EDGE * size - 2 * self._reach.aside) / POP_OVER
        small = replace(style, size=SMALLEST * size)
        shown = [word.model_copy(update={"text": type_.shorten(word.text, small, self._limit)}) for word in words]
        self._set = Setting(type_, style, is_rtl(joined(shown)), ROW, SPACE, THIN)
        room = Room(self._set.width, self._set.gap, self._limit, layout.caption_rows, MOST_WORDS)
        self.chunks: list[Chunk] = chunks(shown, room)
        self._boxes = [self._still_box(chunk) for chunk in self.chunks]
        self._drawn: tuple[tuple[int, int, bool], Sprite] | None = None

    def paint(self, canvas: skia.Canvas, frame: int) -> None:
        seconds = frame / self._design.timeline.fps
        index = shown_at(self.chunks, seconds)
        if index is None:
            return
        chunk, box = self.chunks[index], self._boxes[index]
        word = chunk.active(seconds + 0.5 / self._design.timeline.fps) if self._active_word else -1
        grown = _grown((seconds - chunk.words[word].start) / POP_S) if word >= 0 else 1.0
        key = index, word, grown == 1.0
        if self._drawn is None or self._drawn[0] != key:
            draw = partial(self._draw_chunk, chunk=chunk, lit=word, without=-1 if grown == 1.0 else word)
            self._drawn = key, Sprite(box.width, box.height, draw, margin=self._margin)
        alpha = presence(self.chunks, index, seconds)
        self._drawn[1].paint(canvas, box.x, box.y, alpha)
        if grown != 1.0:
            self._draw_popping(canvas, chunk, word, grown, box)

    def box(self, index: int) -> Box:
        """All that a chunk ever covers: its letters, their edge, and a word at its largest."""
        still, chunk = self._boxes[index], self.chunks[index]
        size = self._fitted(chunk).style.size
        above, below = self._beyond(size)
        aside = (POP_OVER - 1) / 2 * still.width + EDGE / 2 * size + self._reach.aside
        return Box(still.x - aside, still.y - above, still.width + 2 * aside, still.height + above + below)

    def _beyond(self, size: float) -> tuple[float, float]:
        """How far a word at its largest, with its edge, reaches over the first row and under the last, in pixels."""
        share, middle = size / self._set.style.size, MIDDLE * size
        above, below = self._reach.above * share - middle, self._reach.below * share + middle
        over, under = (POP_OVER * (far + EDGE / 2 * size) - ROW / 2 * size for far in (above, below))
        return over, under

    @property
    def _margin(self) -> int:
        return round(self._set.style.size * 0.3)

    def _still_box(self, chunk: Chunk) -> Box:
        """In the middle of the room for captions; higher where letters would hang out of the safe area."""
        layout, setting = self._design.layout, self._fitted(chunk)
        width, height = setting.widest(chunk), len(chunk.rows) * ROW * setting.style.size
        x, y = layout.captions.centre
        top = min(y - height / 2, layout.safe.bottom - self._beyond(setting.style.size)[1] - height)
        return Box(round(x - width / 2), math.floor(top), width, height)

    def _fitted(self, chunk: Chunk) -> Setting:
        """Smaller where a single word is wider than the room."""
        share = min(1.0, self._limit / max(self._set.widest(chunk), 1.0))
        if share == 1.0:
            return self._set
        return replace(self._set, style=replace(self._set.style, size=int(share * self._set.style.size)))

    def _draw_chunk(self, canvas: skia.Canvas, chunk: Chunk, lit: int, without: int) -> None:
        setting = self._fitted(chunk)
        words = [i for i in range(len(chunk.words)) if i != without]
        places, texts = setting.places(chunk), setting.texts(chunk)
        edge = self._edge(setting.style)

        def draw(style: Style, among: list[int]) -> None:
            for i in among:
                setting.draw(canvas, texts[i], places[i].x, places[i].centre[1], style)

        shadow(canvas, 0.10 * setting.style.size, 0.55, lambda _: draw(edge, words))
        draw(setting.style, [i for i in words if i != lit])
        draw(replace(setting.style, colour=self._design.palette.accent), [i for i in words if i == lit])

    def _draw_popping(self, canvas: skia.Canvas, chunk: Chunk, word: int, grown: float, box: Box) -> None:
        setting = self._fitted(chunk)
        place, text = setting.places(chunk)[word], setting.texts(chunk)[word]
        x, y = place.centre
        canvas.save()
        canvas.translate(box.x + x, box.y + y)
        canvas.scale(grown, grown)
        for style in (self._edge(setting.style), replace(setting.style, colour=self._design.palette.accent)):
            setting.draw(canvas, text, -place.width / 2, 0, style)
        canvas.restore()

    def _edge(self, style: Style) -> Style:
        return replace(style, colour=self._design.palette.ink, edge=EDGE * style.size)


def _grown(time: float) -> float:
    """The size of a word, `time` (0..1) into its pop: up past its size, and back."""
    if not 0 <= time < 1:
        return 1.0
    rising = ease(min(time / 0.55, 1.0))
    falling = ease(max(time - 0.55, 0.0) / 0.45)
    return POP_FROM + (POP_OVER - POP_FROM) * rising - (POP_OVER - 1) * falling
