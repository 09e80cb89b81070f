"""Captions burned into the picture, on a dark box; with `words`, the word that sounds stands on a coloured pill."""

from __future__ import annotations

from functools import partial

import skia

from producer.render.brushes import rect, solid
from producer.render.captions import Chunk, Room, chunks, joined
from producer.render.cards.base import Design, Sprite
from producer.render.cards.big_captions import BigCaptions
from producer.render.cards.caption_rows import Captioned, Setting, presence, shown_at
from producer.render.colour import READABLE, WHITE, veil_for
from producer.render.layout import Box
from producer.render.text import BOLD, Style
from producer.render.wrap import UNSPACED, is_rtl
from storage.documents import Word
from storage.orders import Captions

ROW = 1.34
"""Distance between rows, in sizes."""
PAD_X, PAD_Y = 0.50, 0.30
"""Room around the words inside the box, in sizes."""
PILL_X, PILL_Y = 0.17, 0.11
SPACE = 0.34
"""Between words, in sizes: wider than in plain text, so that the pill keeps clear of its neighbours."""
THIN = 0.10
"""Between words of scripts that have no spaces; their pill reaches half as far."""


def captions_for(style: Captions, design: Design, words: tuple[Word, ...], *, timed: bool) -> Captioned | None:
    """The captions of a style, None for `none`. Where nobody `timed` the words, none of them is picked out."""
    match style:
        case "none":
            return None
        case "big":
            return BigCaptions(design, words, active_word=timed)
        case "words" | "lines":
            return CaptionCard(design, words, active_word=timed and style == "words")


class CaptionCard:
    """`words` are timed in the cut. Only the chunk on screen is kept drawn."""

    def __init__(self, design: Design, words: tuple[Word, ...], active_word: bool) -> None:
        self._design, self._active_word = design, active_word
        layout, type_ = design.layout, design.type
        style = Style(round(layout.caption_size), BOLD)
        limit = layout.captions.width - 2 * PAD_X * style.size
        shown = [word.model_copy(update={"text": type_.shorten(word.text, style, limit)}) for word in words]
        self._set = Setting(type_, style, is_rtl(joined(shown)), ROW, SPACE, THIN)
        self._dark = Style(style.size, BOLD, design.palette.ink)
        self.chunks: list[Chunk] = chunks(shown, Room(self._set.width, self._set.gap, limit, layout.caption_rows))
        self._drawn: tuple[int, Box, Sprite, list[Box]] | None = None
        self._pill: tuple[tuple[int, int], Sprite] | None = None

    def paint(self, canvas: skia.Canvas, frame: int) -> None:
        seconds = frame / self._design.timeline.fps
        index = shown_at(self.chunks, seconds)
        if index is None:
            return
        chunk, size = self.chunks[index], self._set.style.size
        if self._drawn is None or self._drawn[0] != index:
            box = self.box(index)
            places = [Box(p.x + PAD_X * size, p.y + PAD_Y * size, p.width, p.height) for p in self._set.places(chunk)]
            sprite = Sprite(box.width, box.height, partial(self._draw_chunk, chunk=chunk, places=places, box=box))
            self._drawn = index, box, sprite, places
        _, box, sprite, places = self._drawn
        alpha = presence(self.chunks, index, seconds)
        rise = round((1 - alpha) * size * 0.18)
        sprite.paint(canvas, box.x, box.y + rise, alpha)
        if self._active_word and alpha >= 1:
            word = chunk.active(seconds + 0.5 / self._design.timeline.fps)
            if self._pill is None or self._pill[0] != (index, word):
                draw = partial(self._draw_pill, chunk=chunk, place=places[word], word=word)
                self._pill = (index, word), Sprite(box.width, box.height, draw)
            self._pill[1].paint(canvas, box.x, box.y)

    def box(self, index: int) -> Box:
        """Where a chunk's background lies in the picture."""
        chunk, size = self.chunks[index], self._set.style.size
        width = self._set.widest(chunk) + 2 * PAD_X * size
        height = len(chunk.rows) * ROW * size + 2 * PAD_Y * size
        x, y = self._design.layout.captions.centre
        return Box(round(x - width / 2), round(y - height / 2), width, height)

    def _draw_chunk(self, canvas: skia.Canvas, chunk: Chunk, places: list[Box], box: Box) -> None:
        ink, size = self._design.palette.ink, self._set.style.size
        veil = solid(ink, max(0.74, veil_for(ink, WHITE, READABLE)))
        canvas.drawRoundRect(rect(0, 0, box.width, box.height), size * 0.34, size * 0.34, veil)
        for text, place in zip(self._set.texts(chunk), places, strict=True):
            self._set.draw(canvas, text, place.x, place.centre[1], self._set.style)

    def _draw_pill(self, canvas: skia.Canvas, chunk: Chunk, place: Box, word: int) -> None:
        if not any(character.isalnum() for character in chunk.words[word].text):
            return  # emoji keep their colours, and the accent might be one of them
        size = self._set.style.size
        reach = (THIN / 2 if UNSPACED.match(chunk.words[word].text) else PILL_X) * size
        x, y = place.x, place.centre[1]
        pill = rect(x - reach, y - size * (0.5 + PILL_Y), place.width + 2 * reach, size * (1 + 2 * PILL_Y))
        canvas.drawRoundRect(pill, size * 0.26, size * 0.26, solid(self._design.palette.accent))
        self._set.draw(canvas, self._set.texts(chunk)[word], x, y, self._dark)
