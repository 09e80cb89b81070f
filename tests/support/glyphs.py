"""Which glyphs a line is really drawn with, whatever typeface they come from."""

from __future__ import annotations

import re
import zlib

import skia

from producer.render.text import Style, Typesetter

THIN = Style(24, 400)
"""Without strokes around Chinese letters, which would be written as outlines."""
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
TWO_BYTES = re.compile(rb"(\d+) 0 obj\s*<</Type /Font\s*/Subtype /Type0")
SHOWN = re.compile(rb"/F(\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)> Tj")


def missing_glyphs(type_: Typesetter, text: str) -> int:
    """How often .notdef, the box that stands for a letter that a typeface lacks, is drawn in a line.

    The line is written as a PDF, which names its glyphs; .notdef is 0 in every typeface. Glyphs of a Type 0 font are
    numbered with two bytes, those of others with one (ISO 32000-1, 9.6 and 9.7).
    """
    data = skia.DynamicMemoryWStream()
    document = skia.PDF.MakeDocument(data)
    type_.draw(document.beginPage(20_000, 100), text, 10, 60, THIN)
    document.endPage()
    document.close()
    pdf = bytes(data.detachAsData())
    large = set(TWO_BYTES.findall(pdf))
    missing, digits = 0, 2
    for stream in STREAM.findall(pdf):
        for font, glyphs in SHOWN.findall(_inflated(stream)):
            if font:
                digits = 4 if font in large else 2
            missing += sum(not int(glyphs[i : i + digits], 16) for i in range(0, len(glyphs), digits))
    return missing


def _inflated(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return stream
