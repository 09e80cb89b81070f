"""Where the source is found: a code for phones, and beside it its name, its title and its site."""

from __future__ import annotations

from dataclasses import dataclass, replace

import skia

from producer.render.cards.base import Design
from producer.render.cards.plan import Link
from producer.render.cards.plate import Plate, around, draw_lines, room, tint
from producer.render.cards.qr import QrCode
from producer.render.cards.stay import Stay
from producer.render.layout import Box
from producer.render.text import BOLD, MEDIUM, SEMIBOLD, Block, Style

WIDE = 1.15
"""From this shape on, the words stand beside the code, else under it."""
APART, BETWEEN = 0.034, 0.020
"""Between code and words, and between lines of different kinds, in units."""
LINES = 5
"""Of a title, at most."""
CODE_WIDE, CODE_TALL = (0.50, 0.40), (0.60, 0.52, 0.44)
"""What the code may take of the width beside words, or of the height over them: the less, the more words there are."""
Row = tuple[Block, Style]


@dataclass(frozen=True)
class Arranged:
    """A code, the room beside or under it, the lines of text there, and whether the whole title is among them."""

    code: QrCode
    space: Box
    rows: list[Row]
    whole_title: bool


def arranged(design: Design, content: Link) -> Arranged:
    """With as large a code as leaves room to the title."""
    inner, beside = room(design), _beside(design)
    shares = CODE_WIDE if beside else CODE_TALL
    sides = [min(s * inner.width, inner.height) if beside else min(s * inner.height, inner.width) for s in shares]
    codes = [QrCode(content.url, most) for most in sides]
    tried = [_with(design, code) for code in (codes[0], *(smaller for smaller in codes[1:] if smaller.side))]
    return next((one for one in tried if one.whole_title), tried[-1])


def link_card(design: Design, stay: Stay, content: Link) -> Plate:
    unit, inner, beside = design.layout.unit, room(design), _beside(design)
    gap, found = unit * APART, arranged(design, content)
    code, space, rows = found.code, found.space, found.rows
    tall = sum(block.height for block, _ in rows) + unit * BETWEEN * max(0, len(rows) - 1)
    whole = (max(tall, code.side) if beside else tall + code.side + gap) if code.side else tall
    box = around(design, whole)
    top = box.centre[1] - whole / 2

    def draw(canvas: skia.Canvas) -> None:
        if code.side:
            x = inner.right - code.side if design.layout.mirrored else inner.x
            code.draw(canvas, x, box.centre[1] - code.side / 2 if beside else top)
        y = box.centre[1] - tall / 2 if beside or not code.side else top + code.side + gap
        for block, style in rows:
            draw_lines(canvas, design, block, Box(space.x, y, space.width, block.height), style)
            y += block.height + unit * BETWEEN

    return Plate(design, stay, box, draw)


def _beside(design: Design) -> bool:
    inner = room(design)
    return inner.width / inner.height >= WIDE


def _with(design: Design, code: QrCode) -> Arranged:
    inner, gap = room(design), design.layout.unit * APART
    space = inner
    if code.side and _beside(design):
        space = replace(inner, width=inner.width - code.side - gap)
        space = space if design.layout.mirrored else replace(space, x=inner.x + code.side + gap)
    elif code.side:
        space = replace(inner, y=inner.y + code.side + gap, height=inner.height - code.side - gap)
    return Arranged(code, space, *_rows(design, space, design.layout.unit * BETWEEN))


def _rows(design: Design, space: Box, between: float) -> tuple[list[Row], bool]:
    unit, words = design.layout.unit, design.wording
    name, title = Style(round(unit * 0.042), BOLD), Style(round(unit * 0.031), MEDIUM)
    site = Style(title.size, SEMIBOLD, tint(design.palette))
    rows = [
        (_fit(design, words.source_name, name, space, 2), name),
        (_fit(design, words.source_host, site, space, 1), site),
    ]
    left = replace(space, height=space.height - sum(block.height + between for block, _ in rows))
    whole = not words.source_title
    if words.source_title and left.height > title.size:
        rows.insert(1, (_fit(design, words.source_title, title, left, LINES), title))
        whole = not rows[1][0].cut
    return [(block, style) for block, style in rows if block.lines], whole


def _fit(design: Design, text: str, style: Style, space: Box, most: int) -> Block:
    sizes = range(int(style.size), round(style.size * 0.75) - 1, -1)
    return design.type.fit(text, style, space.width, space.height, sizes, most)
