"""Glasses, earrings and hearing aids. The eyes are at (±33, 5), the lobes of the ears at (±76, 26)."""

from __future__ import annotations

from producer.render.presenter.outlines import Piece
from producer.render.presenter.wardrobe.shapes import ellipse

LENS = 66.0
"""Depth of the lenses: just before the eyes."""

SQUARE = "M 12 -9 C 12 -14 15 -16 20 -16 L 49 -17 C 55 -17 57 -14 57 -9 C 57 6 55 25 37 26 C 18 27 12 12 12 -9 Z"
CAT_EYE = "M 12 -4 C 12 -12 20 -15 32 -16 C 44 -17 54 -20 63 -24 C 63 -6 58 22 38 24 C 20 25 12 12 12 -4 Z"
AVIATOR = "M 11 -12 C 20 -16 46 -17 57 -13 C 60 -2 56 18 46 25 C 36 31 22 26 16 14 C 12 6 10 -4 11 -12 Z"


def spectacles(lens: str, width: float, bridge: str, hinge: tuple[float, float] = (56, -4)) -> tuple[Piece, ...]:
    return (
        Piece(lens, "white", opacity=0.10, symmetry="mirror", depth=LENS),
        Piece("M 22 -6 L 17 10", "white", stroke=2.4, opacity=0.32, depth=LENS),
        Piece("M -44 -6 L -49 10", "white", stroke=2.4, opacity=0.32, depth=LENS),
        Piece(lens, "frame", stroke=width, symmetry="mirror", depth=LENS),
        Piece(bridge, "frame", stroke=width, depth=LENS + 4),
        Piece(
            f"M {hinge[0]} {hinge[1]} C {hinge[0] + 4} {hinge[1]} 68 -7 73 -6",
            "frame",
            stroke=width,
            symmetry="mirror",
            depth="hair",
        ),
    )


GLASSES: dict[str, tuple[Piece, ...]] = {
    "none": (),
    "round": spectacles(ellipse(34, 5, 22, 21.5), 2.6, "M -12.5 2 C -8 -4 8 -4 12.5 2"),
    "square": spectacles(SQUARE, 3.6, "M -12 -7 C -8 -11 8 -11 12 -7"),
    "cat-eye": spectacles(CAT_EYE, 3.2, "M -12 -3 C -8 -9 8 -9 12 -3", (61, -18)),
    "aviator": spectacles(AVIATOR, 2.2, "M -12 -11 C -6 -15 6 -15 12 -11 M -11 -2 C -6 -6 6 -6 11 -2", (57, -10)),
}

EARRINGS: dict[str, tuple[Piece, ...]] = {
    "none": (),
    "studs": (
        Piece(ellipse(77, 27, 3.6), "metal", symmetry="mirror", depth=-8.0),
        Piece(ellipse(76, 26, 1.1), "white", opacity=0.8, symmetry="mirror", depth=-8.0),
    ),
    "hoops": (Piece(ellipse(78, 38, 9, 11), "metal", stroke=2.6, symmetry="mirror", depth=-8.0),),
    "drops": (
        Piece("M 77 26 L 77 36", "metal", stroke=1.4, symmetry="mirror", depth=-8.0),
        Piece("M 77 34 C 83 42 82 49 77 49 C 72 49 71 42 77 34 Z", "accent", symmetry="mirror", depth=-8.0),
        Piece(ellipse(75.4, 44, 1.2), "white", opacity=0.7, symmetry="mirror", depth=-8.0),
    ),
}

HEARING: dict[str, tuple[Piece, ...]] = {
    "none": (),
    "aids": (
        Piece(
            "M 79 -17 C 85 -18 88.5 -11 87.5 -2 C 87 4 84 5 83 1 C 83 -5 82 -11 79 -17 Z",
            "device",
            symmetry="mirror",
            depth=-6.0,
        ),
        Piece(
            "M 81 -17 C 77 -20 73 -14 73 -4 C 73 2 74 6 76 8", "device-light", stroke=1.7, symmetry="mirror", depth=-4.0
        ),
        Piece(ellipse(76, 9, 2.6), "device", symmetry="mirror", depth=-4.0),
    ),
}
