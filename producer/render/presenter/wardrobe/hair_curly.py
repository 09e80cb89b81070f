"""Curly hair, built from round locks."""

from __future__ import annotations

from producer.render.presenter.outlines import Piece
from producer.render.presenter.wardrobe.hairstyle import SHEEN, Hairstyle, mass, nape, shadow, shaved
from producer.render.presenter.wardrobe.shapes import arcs, curls, ellipse

AFRO_LINE = "M -72 -8 C -70 -40 -52 -64 -30 -68 C -10 -76 14 -76 32 -67 C 54 -62 70 -40 72 -8 C 96 -30 92 -84 60 -104 C 24 -124 -24 -124 -60 -104 C -92 -84 -96 -30 -72 -8 Z"
COILS_LINE = "M -75 -2 C -82 -36 -80 -74 -54 -95 C -26 -113 28 -113 55 -94 C 80 -74 82 -36 75 -2 C 73 -20 71 -32 66 -44 C 58 -58 42 -62 0 -62 C -42 -62 -58 -58 -66 -44 C -71 -32 -73 -20 -75 -2 Z"
CURLS_LINE = "M -70 -44 C -78 -74 -62 -104 -24 -110 C 14 -118 56 -108 70 -80 C 76 -66 74 -54 70 -44 C 58 -58 30 -62 4 -58 C -22 -54 -54 -60 -70 -44 Z"
SIDES = "M 75 4 C 77 -30 77 -58 64 -84 L 52 -60 C 66 -46 71 -22 72 2 Z"


def texture(path: str, opacity: float = 0.34, width: float = 2.0, tone: str = "hair-light") -> Piece:
    return Piece(path, tone, stroke=width, opacity=opacity)


CURLY: dict[str, Hairstyle] = {
    "afro": Hairstyle(
        back=(Piece(curls(0, -32, 92, 80, -212, 32, 19, 22) + ellipse(0, -32, 98, 86), "hair-shade", depth=-16.0),),
        front=(
            Piece(curls(0, -42, 86, 70, -196, 16, 15, 19), ("hair-light", "hair", "hair", "hair-shade"), axis=SHEEN),
            mass(AFRO_LINE),
            Piece(curls(0, -30, 68, 46, -166, -14, 11, 11), ("hair", "hair", "hair-shade"), axis=SHEEN),
            texture(arcs(0, -40, 84, 72, -186, 6, 13, 7)),
            texture(arcs(0, -36, 62, 58, -160, -20, 8, 6.5), 0.28),
            texture(arcs(0, -46, 96, 78, -176, -4, 12, 6), 0.22),
        ),
        fringe=shadow(AFRO_LINE),
        ears=True,
    ),
    "coils": Hairstyle(
        back=(nape("M 0 -100 C 48 -100 75 -70 75 -20 C 75 0 73 10 70 16 L 0 20"),),
        front=(
            shaved(SIDES, 0.85),
            Piece(curls(0, -36, 68, 70, -162, -18, 21, 8.5), ("hair-light", "hair", "hair-shade"), axis=SHEEN),
            mass(COILS_LINE),
            texture(arcs(0, -36, 66, 66, -166, -14, 15, 3.6), 0.36, 1.5),
            texture(arcs(0, -40, 54, 50, -160, -20, 12, 3.4), 0.3, 1.5),
            texture(arcs(0, -42, 38, 34, -150, -30, 8, 3.2), 0.26, 1.5),
        ),
        fringe=shadow(COILS_LINE),
    ),
    "curls": Hairstyle(
        back=(nape("M 0 -104 C 50 -104 76 -70 76 -20 C 76 0 73 10 70 16 L 0 20"),),
        front=(
            shaved(SIDES, 0.9),
            Piece(curls(0, -64, 58, 42, -172, -8, 11, 15, 0.2), ("hair-light", "hair", "hair-shade"), axis=SHEEN),
            mass(CURLS_LINE),
            Piece(
                curls(2, -76, 50, 16, 168, 16, 8, 11.5, 0.2), ("hair", "hair", "hair-shade"), axis=(-60, -100, 60, -40)
            ),
            texture(arcs(0, -64, 58, 42, -186, 6, 11, 7.5), 0.36, 2.2),
            texture(arcs(0, -68, 42, 24, -170, -10, 7, 6.5), 0.3, 2.0),
            texture(arcs(2, -74, 48, 16, 170, 24, 6, 6), 0.3, 2.0),
        ),
        fringe=shadow("M -60 -70 C -54 -52 -30 -46 -8 -50 C 20 -44 46 -50 60 -66 L 40 -90 L -40 -90 Z"),
    ),
}
