"""What the years and the sun leave on a face."""

from __future__ import annotations

from producer.render.presenter.look import Look
from producer.render.presenter.outlines import Piece
from producer.render.presenter.wardrobe.shapes import ellipse

FRECKLES = (
    (20, 27), (27, 22), (34, 28), (41, 24), (47, 30), (38, 34), (29, 32), (24, 36), (45, 37), (14, 31), (8, 22), (52, 26),
)  # fmt: skip
"""On the right cheek; the left one's are the same, a little lower and closer."""


def marks_of(look: Look) -> tuple[Piece, ...]:
    """Freckles and lines of the skin, before eyes and mouth are painted."""
    return (*_freckles(look.freckles), *_lines(look.age))


def _freckles(share: float) -> tuple[Piece, ...]:
    if share <= 0:
        return ()
    spots = "".join(
        ellipse(x, y, 0.75 + 0.3 * (n % 3)) + ellipse(-0.94 * x, y + 1.5, 0.75 + 0.3 * ((n + 1) % 3))
        for n, (x, y) in enumerate(FRECKLES)
    )
    return (Piece(spots, "freckle", opacity=0.55 * share, depth="face"),)


def _lines(age: float) -> tuple[Piece, ...]:
    """Lines at the mouth and under the eyes from middle age on, across the forehead later."""
    found = []
    if age > 0.3:
        strength = min(1.0, (age - 0.3) / 0.5)
        found += [
            Piece("M 15 42 C 22 46 28 52 30 60", "skin-deep", 1.8, 0.42 * strength, "mirror", "face"),
            Piece("M 20 21 C 26 27 36 28 43 24", "skin-deep", 1.3, 0.34 * strength, "mirror", "face"),
            Piece("M 54 2 L 61 -1 M 54 6 L 61 8", "skin-deep", 1.2, 0.36 * strength, "mirror", "face"),
        ]
    if age > 0.6:
        strength = min(1.0, (age - 0.6) / 0.3)
        found += [
            Piece("M -26 -48 C -10 -51 10 -51 26 -48", "skin-deep", 1.4, 0.26 * strength, depth="face"),
            Piece("M -20 -40 C -8 -42.5 8 -42.5 20 -40", "skin-deep", 1.4, 0.22 * strength, depth="face"),
        ]
    return tuple(found)
