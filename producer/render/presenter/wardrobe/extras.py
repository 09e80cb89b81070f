"""Glasses and earrings. The eyes are at (±33, 5), the lobes of the ears at (±76, 26)."""

from __future__ import annotations

from producer.render.presenter.outlines import Piece
from producer.render.presenter.wardrobe.shapes import ellipse

LENS = 66.0
"""Depth of the lenses: just before the eyes."""

SQUARE = "M 12 -9 C 12 -14 15 -16 20 -16 L 49 -17 C 55 -17 57 -14 57 -9 C 57 6 55 25 37 26 C 18 27 12 12 12 -9 Z"


def spectacles(lens: str, width: float, bridge: str) -> tuple[Piece, ...]:
    return (
        Piece(lens, "white", opacity=0.10, symmetry="mirror", depth=LENS),
        Piece("M 22 -6 L 17 10", "white", stroke=2.4, opacity=0.32, depth=LENS),
        Piece("M -44 -6 L -49 10", "white", stroke=2.4, opacity=0.32, depth=LENS),
        Piece(lens, "frame", stroke=width, symmetry="mirror", depth=LENS),
        Piece(bridge, "frame", stroke=width, depth=LENS + 4),
        Piece("M 56 -4 C 62 -5 68 -6 73 -6", "frame", stroke=width, symmetry="mirror", depth="hair"),
    )


GLASSES: dict[str, tuple[Piece, ...]] = {
    "none": (),
    "round": spectacles(ellipse(34, 5, 22, 21.5), 2.6, "M -12.5 2 C -8 -4 8 -4 12.5 2"),
    "square": spectacles(SQUARE, 3.6, "M -12 -7 C -8 -11 8 -11 12 -7"),
}

EARRINGS: dict[str, tuple[Piece, ...]] = {
    "none": (),
    "studs": (
        Piece(ellipse(77, 27, 3.6), "metal", symmetry="mirror", depth=-8.0),
        Piece(ellipse(76, 26, 1.1), "white", opacity=0.8, symmetry="mirror", depth=-8.0),
    ),
    "hoops": (Piece(ellipse(78, 38, 9, 11), "metal", stroke=2.6, symmetry="mirror", depth=-8.0),),
}
