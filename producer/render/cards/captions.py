"""Captions burned into the picture; with `words`, the word that sounds stands on a coloured pill."""

from __future__ import annotations

from itertools import pairwise

import skia

from producer.render.brushes import rect, solid
from producer.render.captions import Chunk, Room, chunks, gap_before, joined, visual_order
from producer.render.cards.base import Design, Sprite
from producer.render.colour import READABLE, WHITE, veil_for
from producer.render.layout import Box
from producer.render.text import ASCENT, BOLD, Style
from producer.render.timeline import ease
from producer.render.wrap import UNSPACED, as_rtl, is_rtl
from storage.documents import Word

ROW = 1.34
"""Distance between rows, in sizes."""
PAD_X, PAD_Y = 0.50, 0.30
"""Room around the words inside the box, in sizes."""
PILL_X, PILL_Y = 0.17, 0.11
SPACE = 0.34
"""Between words, in sizes: wider than in plain text, so that the pill keeps clear of its neighbours."""
THIN = 0.10
"""Between words of scripts that have no spaces; their pill reaches half as far."""
FADE_S = 0.12
MIDDLE = ASCENT / 2 - 0.02
"""Baseline below the middle of a row, in sizes, so that capitals stand in its middle."""


class CaptionCard:
    """`words` are timed in the cut. Only the chunk on screen is kept drawn."""

    def __init__(self, design: Design, words: tuple[Word, ...], active_word: bool) -> None:
        self._design, self._active_word = design, active_word
        layout, type_ = design.layout, design.type
        self._style = Style(round(layout.caption_size), BOLD)
        self._dark = Style(self._style.size, BOLD, design.palette.ink)
        shown = [word.model_copy(update={"text": type_.clean(word.text)}) for word in words]
        limit = layout.captions.width - 2 * PAD_X * self._style.size
        shown = [word.model_copy(update={"text": type_.shorten(word.text, self._style, limit)}) for word in shown]
        self.chunks: list[Chunk] = chunks(shown, Room(self._width, self._gap, limit, layout.caption_rows))
        self._rtl = is_rtl(joined(shown))
        self._drawn: tuple[int, Box, Sprite, list[Box]] | None = None

    def paint(self, canvas: skia.Canvas, frame: int) -> None:
        seconds = frame / self._design.timeline.fps
        index = next((i for i, chunk in enumerate(self.chunks) if chunk.start <= seconds < chunk.end), None)
        if index is None:
            return
        chunk = self.chunks[index]
        if self._drawn is None or self._drawn[0] != index:
            box = self.box(index)
            sprite = Sprite(box.width, box.height, lambda c: self._draw_chunk(c, chunk))
            self._drawn = index, box, sprite, self._places(chunk)
        _, box, sprite, places = self._drawn
        alpha = self._fade(index, seconds)
        rise = round((1 - alpha) * self._style.size * 0.18)
        sprite.paint(canvas, box.x, box.y + rise, alpha)
        if self._active_word and alpha >= 1:
            self._draw_pill(canvas, chunk, places, chunk.active(seconds + 0.5 / self._design.timeline.fps), box)

    def box(self, index: int) -> Box:
        """Where a chunk's background lies in the picture."""
        chunk, size = self.chunks[index], self._style.size
        width = max(self._row_width(chunk, row) for row in chunk.rows) + 2 * PAD_X * size
        height = len(chunk.rows) * ROW * size + 2 * PAD_Y * size
        x, y = self._design.layout.captions.centre
        return Box(round(x - width / 2), round(y - height / 2), width, height)

    def _fade(self, index: int, seconds: float) -> float:
        """Captions that follow each other directly just change; at a pause they fade."""
        chunk = self.chunks[index]
        follows = index > 0 and self.chunks[index - 1].end >= chunk.start
        leads = index + 1 < len(self.chunks) and self.chunks[index + 1].start <= chunk.end
        coming = 1.0 if follows else (seconds - chunk.start) / FADE_S
        going = 1.0 if leads else (chunk.end - seconds) / FADE_S
        return ease(min(coming, going, 1.0))

    def _draw_chunk(self, canvas: skia.Canvas, chunk: Chunk) -> None:
        palette, size = self._design.palette, self._style.size
        box = self.box(self.chunks.index(chunk))
        veil = solid(palette.ink, max(0.74, veil_for(palette.ink, WHITE, READABLE)))
        canvas.drawRoundRect(rect(0, 0, box.width, box.height), size * 0.34, size * 0.34, veil)
        for word, place in zip(chunk.words, self._places(chunk), strict=True):
            self._draw_word(canvas, word, place.x, place.centre[1], self._style)

    def _draw_pill(self, canvas: skia.Canvas, chunk: Chunk, places: list[Box], word: int, box: Box) -> None:
        size, place = self._style.size, places[word]
        reach = (THIN / 2 if UNSPACED.match(chunk.words[word].text) else PILL_X) * size
        x, y = box.x + place.x, box.y + place.centre[1]
        pill = rect(x - reach, y - size * (0.5 + PILL_Y), place.width + 2 * reach, size * (1 + 2 * PILL_Y))
        canvas.drawRoundRect(pill, size * 0.26, size * 0.26, solid(self._design.palette.accent))
        self._draw_word(canvas, chunk.words[word], x, y, self._dark)

    def _draw_word(self, canvas: skia.Canvas, word: Word, x: float, middle: float, style: Style) -> None:
        text = as_rtl(word.text) if self._rtl else word.text
        self._design.type.draw(canvas, text, x, middle + MIDDLE * style.size, style)

    def _places(self, chunk: Chunk) -> list[Box]:
        """Each word's box inside the caption's background, in the order of the words."""
        size = self._style.size
        inner = max(self._row_width(chunk, row) for row in chunk.rows)
        places: dict[int, Box] = {}
        for number, row in enumerate(chunk.rows):
            words = [chunk.words[i] for i in row]
            order = visual_order(words, self._rtl)
            x = PAD_X * size + (inner - self._row_width(chunk, row)) / 2
            for before, position in zip([None, *order], order, strict=False):
                if before is not None:
                    x += self._gap(*(words[i] for i in sorted((before, position))))
                width = self._width(words[position].text)
                places[row[position]] = Box(x, PAD_Y * size + number * ROW * size, width, ROW * size)
                x += width
        return [places[i] for i in range(len(chunk.words))]

    def _row_width(self, chunk: Chunk, row: tuple[int, ...]) -> float:
        words = [chunk.words[i] for i in row]
        return sum(self._width(word.text) for word in words) + sum(self._gap(a, b) for a, b in pairwise(words))

    def _gap(self, left: Word, right: Word) -> float:
        if gap_before(left, right):
            return SPACE * self._style.size
        return THIN * self._style.size if UNSPACED.match(right.text) else 0.0

    def _width(self, text: str) -> float:
        return self._design.type.width(text, self._style)
