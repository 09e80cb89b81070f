"""A link as a QR code that a phone reads off the screen."""

from __future__ import annotations

import segno
import skia

from producer.render.brushes import rect, solid
from producer.render.layout import Box

QUIET = 4
"""Modules of light around the code (ISO/IEC 18004)."""
SMALLEST_MODULE = 3
"""Pixels: smaller ones drown in the video's compression."""
DARK, LIGHT = "#0b0d12", "#ffffff"


class QrCode:
    """`side`: pixels, with the light around it; 0 where the address is too long to be read at the size asked for."""

    def __init__(self, url: str, most: float) -> None:
        """`most`: the largest side, pixels."""
        self._rows = _modules(url)
        count = len(self._rows) + 2 * QUIET
        self._module = int(most // count)  # whole pixels: sharp edges are what a reader looks for
        self.side = self._module * count if self._rows and self._module >= SMALLEST_MODULE else 0

    def draw(self, canvas: skia.Canvas, x: float, y: float) -> None:
        """With its upper left corner at whole pixels near (x, y)."""
        box, module = Box(round(x), round(y), self.side, self.side), self._module
        canvas.drawRoundRect(rect(box.x, box.y, box.width, box.height), module * 1.5, module * 1.5, solid(LIGHT))
        paint = skia.Paint(AntiAlias=False, Color=solid(DARK).getColor())
        for row, modules in enumerate(self._rows, QUIET):
            for column, dark in enumerate(modules, QUIET):
                if dark:
                    canvas.drawRect(rect(box.x + column * module, box.y + row * module, module, module), paint)


def _modules(url: str) -> tuple[bytearray, ...]:
    """Rows of 0 and 1; () where the address is longer than any code."""
    try:
        return tuple(segno.make(url, error="m", micro=False, boost_error=False).matrix)
    except segno.DataOverflowError:
        return ()
