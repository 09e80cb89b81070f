"""Path text for things that are tedious to draw by hand."""

from __future__ import annotations

import math
from collections.abc import Iterable

ROUND = 0.5522847498
"""Handle length of a cubic quarter circle of radius 1 (the usual approximation, error 0.03 %)."""


def ellipse(x: float, y: float, across: float, down: float | None = None) -> str:
    """A closed ellipse around (x, y) with these half axes; one half axis makes a circle."""
    down = across if down is None else down
    h, v = across * ROUND, down * ROUND
    return (
        f"M {x - across:.2f} {y:.2f} C {x - across:.2f} {y - v:.2f} {x - h:.2f} {y - down:.2f} {x:.2f} {y - down:.2f} "
        f"C {x + h:.2f} {y - down:.2f} {x + across:.2f} {y - v:.2f} {x + across:.2f} {y:.2f} "
        f"C {x + across:.2f} {y + v:.2f} {x + h:.2f} {y + down:.2f} {x:.2f} {y + down:.2f} "
        f"C {x - h:.2f} {y + down:.2f} {x - across:.2f} {y + v:.2f} {x - across:.2f} {y:.2f} Z "
    )


def along_arc(
    x: float, y: float, across: float, down: float, start: float, end: float, count: int
) -> Iterable[tuple[int, float, float]]:
    """`count` numbered points on an ellipse, from `start` to `end` degrees (0 right, 90 down, -90 up)."""
    for n in range(count):
        angle = math.radians(start + (end - start) * n / max(1, count - 1))
        yield n, x + across * math.cos(angle), y + down * math.sin(angle)


def curls(
    x: float,
    y: float,
    across: float,
    down: float,
    start: float,
    end: float,
    count: int,
    size: float,
    vary: float = 0.14,
) -> str:
    """Round locks of hair in a row along an arc; their sizes vary, always in the same way."""
    return "".join(
        ellipse(px, py, size * (1 + vary * math.sin(n * 2.4)))
        for n, px, py in along_arc(x, y, across, down, start, end, count)
    )


def arcs(x: float, y: float, across: float, down: float, start: float, end: float, count: int, size: float) -> str:
    """Small open curves along an arc: the light on curly hair."""
    found = []
    for n, px, py in along_arc(x, y, across, down, start, end, count):
        s = size * (1 + 0.2 * math.sin(n * 1.9))
        found.append(
            f"M {px - s:.2f} {py + s * 0.3:.2f} Q {px - s * 0.2:.2f} {py - s:.2f} {px + s:.2f} {py - s * 0.1:.2f} "
        )
    return "".join(found)
