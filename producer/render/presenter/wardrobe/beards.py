"""Beards. They follow the jaw: lower points drop when the mouth opens."""

from __future__ import annotations

from producer.render.presenter.outlines import Piece

CHEEKS = "M 0 104 C 24 104 44 94 56 76 C 68 56 74 30 74 4 C 69 20 66 40 53 49 C 42 55 30 50 20 47 C 12 45.5 6 46 0 48.5"
CIRCLE = "M 0 102 C 14 102 24 94 28 84 C 32 72 32 58 27 51 C 20 46 8 45 0 48.5"
MOUSTACHE = "M 0 47 C 7 43.5 18 46 25 54 C 29 58 32 60 35 60 C 30 64 22 62.5 15 58.5 C 9 56 4 55.5 0 56"

BEARDS: dict[str, tuple[Piece, ...]] = {
    "none": (),
    "stubble": (Piece(CHEEKS, "stubble", symmetry="half", depth="edge", axis=(0, 30, 0, 96), fade=(0.0, 0.38, 0.5)),),
    "short": (Piece(CHEEKS, "beard", symmetry="half", depth="edge", axis=(0, 8, 0, 70), fade=(0.25, 0.72, 0.84)),),
    "full": (
        Piece(CHEEKS, ("beard", "beard", "hair-shade"), symmetry="half", depth="edge", axis=(-50, 40, 70, 110)),
        Piece("M 10 49 C 20 51 28 56 33 64", "hair-light", stroke=1.6, opacity=0.3, symmetry="mirror", depth="edge"),
        Piece("M 44 66 C 40 80 30 92 18 97", "hair-light", stroke=1.6, opacity=0.22, symmetry="mirror", depth="edge"),
    ),
    "circle": (Piece(CIRCLE, "beard", opacity=0.9, symmetry="half", depth="edge"),),
    "moustache": (Piece(MOUSTACHE, "beard", symmetry="half", depth="face"),),
}
