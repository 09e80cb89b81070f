"""Setting text: measuring, wrapping, fitting and drawing shaped lines in any script that `fonts` knows.

Shaping (kerning, joined Arabic, Devanagari conjuncts) and bidirectional order come from skia's text layout,
which uses HarfBuzz and ICU.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest
from pathlib import Path

import skia

from producer.render.brushes import argb, outline
from producer.render.coverage import Coverage
from producer.render.fonts import Face, OwnFace, draws_cjk, emoji_typeface, faces
from producer.render.phrases import phrases
from producer.render.runs import Kind, clusters, quarter_before, quarter_spaced, runs
from producer.render.wrap import GOOD_END, TORN, Token, as_rtl, cut_to, even_rows, is_rtl, join, number_goes_on, tokens

HEAVY, BOLD, SEMIBOLD, MEDIUM = 800, 700, 600, 500
ELLIPSIS = "…"
RTL_EMBEDDING = "\u202b{}\u202c"
REMEMBERED = 5_000
"""Widths of texts."""
LONGEST = 400
"""Characters of a text that are looked at: more never fit a card."""
LEADING = 1.16
"""Distance between baselines, in sizes."""
STOUTER = {MEDIUM: 0.008, SEMIBOLD: 0.022, BOLD: 0.036, HEAVY: 0.046}
"""Noto Sans CJK comes in one weight. To stand beside bold letters its strokes are drawn wider, by this in sizes."""
THIN_BELOW = 40
"""In sizes smaller than this, in pixels, they are widened less: the gaps in characters of many strokes would close."""
EMOJI = "emoji"
RAGGED, SMALLER = 0.5, 0.82
"""A line narrower than this share of the widest one leaves a hole; and how much smaller text may be set to avoid one."""
ASCENT, DESCENT = 0.75, 0.22
"""How far letters reach over and under the baseline, in sizes: capitals of Inter, and g, p, y."""


@dataclass(frozen=True)
class Style:
    """`size` in pixels. `edge` draws the letters' outlines as wide as that, in pixels, instead of filling them."""

    size: float
    weight: int = BOLD
    colour: str = "#ffffff"
    alpha: float = 1.0
    edge: float = 0.0


@dataclass(frozen=True)
class Block:
    """Wrapped lines at a size. `cut` says that words had to be left out."""

    lines: tuple[str, ...]
    size: float
    width: float
    cut: bool = False

    @property
    def line_height(self) -> float:
        return self.size * LEADING

    @property
    def height(self) -> float:
        """From the top of the capitals in the first line to the foot of the descenders in the last."""
        if not self.lines:
            return 0.0
        return self.size * (ASCENT + DESCENT) + self.line_height * (len(self.lines) - 1)


class Typesetter:
    """Sets lines of text for one language, in the typeface `own` where that can draw it.

    Without `emoji`, or where no typeface has them, they are left out.
    """

    def __init__(self, language: str = "en", own: Path | None = None, *, emoji: bool = True) -> None:
        self._language = language[:2]
        manager = skia.FontMgr.New_Custom_Empty()
        provider = skia.textlayout.TypefaceFontProvider()
        known: list[Face | OwnFace] = [*([OwnFace(own)] if own else []), *faces(language)]
        asked = [skia.String(face.family) for face in known]
        typefaces: list[skia.Typeface] = []
        for face, family in zip(known, asked, strict=True):
            weights = face.load(manager)
            for typeface in weights:
                provider.registerTypeface(typeface, family)
            typefaces.append(weights[0])
        coloured = emoji_typeface(manager) if emoji else None
        if coloured:
            provider.registerTypeface(coloured, skia.String(EMOJI))
        self._own_cjk = own is not None and draws_cjk(typefaces[0], language)
        self._families: dict[Kind, list[skia.String]] = {
            "letters": asked,
            "cjk": asked if self._own_cjk else [skia.String("cjk"), *asked],
            "emoji": [skia.String(EMOJI), *asked],
        }
        self._coverage = Coverage(typefaces, coloured)
        self._fonts = skia.textlayout.FontCollection()
        self._fonts.setDefaultFontManager(provider)
        self._unicode = skia.Unicodes.ICU.Make()
        self._widths: dict[tuple[str, float, int], float] = {}

    def clean(self, text: str) -> str:
        """The text in one line, without what no typeface here can draw: controls, exotic signs, unknown emoji."""
        return self._coverage.clean(text)

    def width(self, text: str, style: Style) -> float:
        """Advance width of one line, in pixels."""
        key = (text, style.size, style.weight)
        if key not in self._widths:
            if len(self._widths) >= REMEMBERED:
                self._widths.clear()
            self._widths[key] = max(0.0, float(self._paragraph(text, style).LongestLine)) if text else 0.0
        return self._widths[key]

    def draw(self, canvas: skia.Canvas, text: str, x: float, baseline: float, style: Style) -> None:
        """One line with its left edge at x, whichever way it runs."""
        if text:
            paragraph = self._paragraph(text, style)
            paragraph.paint(canvas, x, baseline - paragraph.AlphabeticBaseline)

    def wrap(self, text: str, style: Style, limit: float) -> tuple[str, ...]:
        """Fewest, most even lines no wider than `limit` pixels."""
        return _lines(self._rows(text, style, limit), is_rtl(text))

    def fit(
        self, text: str, style: Style, width: float, height: float, sizes: Sequence[float], most_lines: int
    ) -> Block:
        """The text at the largest of the `sizes` at which it fits, or at one a little smaller where its lines come out
        more even; at the smallest, words give way to an ellipsis."""
        whole = self.clean(text)
        text, rtl = "".join(clusters(whole)[:LONGEST]), is_rtl(whole)
        rows: list[list[Token]] = []
        block, fitting = Block((), sizes[-1], 0.0), None
        for size in sizes:
            if fitting and size < SMALLER * fitting.size:
                return fitting
            rows = self._rows(text, _sized(style, size), width)
            block = self._block(_lines(rows, rtl), size, style)
            if text == whole and len(block.lines) <= most_lines and block.height <= height:
                if not self._ragged(block, style):
                    return block
                fitting = fitting or block
        if fitting:
            return fitting
        room = max(1, min(most_lines, int((height - block.size * (ASCENT + DESCENT)) / block.line_height) + 1))
        rest = join([token for row in rows[room - 1 :] for token in row])
        last = self.shorten(rest + ELLIPSIS, _sized(style, block.size), width)
        return self._block((*block.lines[: room - 1], as_rtl(last) if rtl else last), block.size, style, cut=True)

    def shorten(self, text: str, style: Style, limit: float) -> str:
        """The text itself, or as many whole words of it as fit with an ellipsis; "" where not even that fits."""
        text = self.clean(text)
        if self.width(text, style) <= limit:
            return text
        items = tokens(text.rstrip(ELLIPSIS))
        while len(items) > 1:
            items.pop()
            shorter = join(items).rstrip(" ,;:.，、；：。") + ELLIPSIS
            if self.width(shorter, style) <= limit:
                return shorter
        for piece in self._pieces(join(items), style, limit - self.width(ELLIPSIS, style))[:1]:
            if self.width(piece + ELLIPSIS, style) <= limit:
                return piece + ELLIPSIS
        return ELLIPSIS if self.width(ELLIPSIS, style) <= limit else ""

    def draw_block(self, canvas: skia.Canvas, block: Block, x: float, top: float, style: Style, width: float) -> None:
        """A block with the top of its capitals at `top`; right-to-left text is set flush right within `width`."""
        style = _sized(style, block.size)
        for index, line in enumerate(block.lines):
            left = x + width - self.width(line, style) if is_rtl(line) else x
            self.draw(canvas, line, left, top + block.size * ASCENT + index * block.line_height, style)

    def _rows(self, text: str, style: Style, limit: float) -> list[list[Token]]:
        limit *= 0.995  # a line as a whole may come out a hair wider than its words
        items = [
            Token(piece, token.spaced and not index)
            for token in phrases(text, self._language)
            for index, piece in enumerate(self._pieces(token.text, style, limit))
        ]
        space = self.width("n n", style) - 2 * self.width("n", style)
        quarter = self.width("永n", style) - self.width("永", style) - self.width("n", style)
        gaps = [
            space if item.spaced else quarter if quarter_before(before.text, item.text) else 0.0
            for before, item in zip([Token("", False), *items], items, strict=False)
        ]
        widths = [self.width(item.text, style) for item in items]
        ends = [
            TORN if after and number_goes_on(item.text, after.text) else float(item.text[-1] in GOOD_END)
            for item, after in zip_longest(items, items[1:])
        ]
        return [[items[i] for i in row] for row in even_rows(widths, gaps, limit, ends)]

    def _ragged(self, block: Block, style: Style) -> bool:
        """Whether a line is much shorter than the others."""
        widths = [self.width(line, _sized(style, block.size)) for line in block.lines]
        return bool(widths) and min(widths) < RAGGED * max(widths)

    def _pieces(self, word: str, style: Style, limit: float) -> list[str]:
        if self.width(word, style) <= limit:
            return [word]
        return cut_to(word, limit, lambda piece: self.width(piece, style))

    def _block(self, lines: tuple[str, ...], size: float, style: Style, cut: bool = False) -> Block:
        return Block(lines, size, max((self.width(line, _sized(style, size)) for line in lines), default=0.0), cut)

    def _paragraph(self, text: str, style: Style) -> skia.textlayout.Paragraph:
        frame = skia.textlayout.ParagraphStyle()
        frame.setTextStyle(self._look("letters", style))
        builder = skia.textlayout.ParagraphBuilder.make(frame, self._fonts, self._unicode)
        line = quarter_spaced(text)
        for run in runs(RTL_EMBEDDING.format(line) if is_rtl(line) else line):
            builder.pushStyle(self._look(run.kind, style))
            builder.addText(run.text)
            builder.pop()
        paragraph = builder.Build()
        paragraph.layout(1e6)
        return paragraph

    def _look(self, kind: Kind, style: Style) -> skia.textlayout.TextStyle:
        look = skia.textlayout.TextStyle()
        look.setFontFamilies(self._families[kind])
        look.setFontSize(style.size)
        look.setColor(argb(style.colour, style.alpha))
        look.setFontStyle(skia.FontStyle(style.weight, skia.FontStyle.kNormal_Width, skia.FontStyle.kUpright_Slant))
        if style.edge:
            look.setForegroundPaint(outline(style.colour, style.edge, style.alpha))
        elif kind == "cjk" and not self._own_cjk:
            stout = outline(style.colour, _stouter(style), style.alpha)
            stout.setStyle(skia.Paint.kStrokeAndFill_Style)
            look.setForegroundPaint(stout)
        return look


@lru_cache(maxsize=2)
def typesetter(language: str, own: Path | None = None) -> Typesetter:
    """One that may have set other texts before: opening typefaces takes a tenth of a second, and skia keeps a megabyte of
    every set of them for good (measured)."""
    return Typesetter(language, own)


def _lines(rows: Sequence[Sequence[Token]], rtl: bool) -> tuple[str, ...]:
    lines = map(join, rows)
    return tuple(map(as_rtl, lines) if rtl else lines)


def _sized(style: Style, size: float) -> Style:
    return replace(style, size=size)


def _stouter(style: Style) -> float:
    """By how much the strokes of a Han character are widened, in pixels."""
    return STOUTER.get(style.weight, 0.0) * style.size * min(1.0, (style.size / THIN_BELOW) ** 2)
