"""Where the source is found: a code for phones, and beside it its name, its title and its site."""

from __future__ import annotations

from dataclasses import replace

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
APART = 0.034
CODE_WIDE, CODE_TALL = 0.50, 0.60
"""What the code may take of the width beside words, or of the height over them."""


def link_card(design: Design, stay: Stay, content: Link) -> Plate:
    unit, inner, words = design.layout.unit, room(design), design.wording
    gap, beside = unit * APART, inner.width / inner.height >= WIDE
    most = min(inner.height, CODE_WIDE * inner.width) if beside else min(CODE_TALL * inner.height, inner.width)
    code = QrCode(content.url, most)
    space = inner
    if code.side and beside:
        space = replace(inner, width=inner.width - code.side - gap)
        space = space if design.layout.mirrored else replace(space, x=inner.x + code.side + gap)
    elif code.side:
        space = replace(inner, y=inner.y + code.side + gap, height=inner.height - code.side - gap)
    name, title = Style(round(unit * 0.042), BOLD), Style(round(unit * 0.031), MEDIUM)
    site = Style(title.size, SEMIBOLD, tint(design.palette))
    between = unit * 0.020
    rows = [
        (_fit(design, words.source_name, name, space, 2), name),
        (_fit(design, words.source_host, site, space, 1), site),
    ]
    taken = sum(block.height + between for block, _ in rows)
    left = replace(space, height=space.height - taken)
    if words.source_title and left.height > title.size:
        rows.insert(1, (_fit(design, words.source_title, title, left, 4), title))
    rows = [(block, style) for block, style in rows if block.lines]
    tall = sum(block.height for block, _ in rows) + between * max(0, len(rows) - 1)
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
            y += block.height + between

    return Plate(design, stay, box, draw)


def _fit(design: Design, text: str, style: Style, space: Box, most: int) -> Block:
    sizes = range(int(style.size), round(style.size * 0.75) - 1, -1)
    return design.type.fit(text, style, space.width, space.height, sizes, most)
