"""Long hair, and hair that is put up or covered."""

from __future__ import annotations

from producer.render.presenter.outlines import Piece
from producer.render.presenter.wardrobe.hairstyle import Hairstyle, behind, dark, light, mass, nape, shadow
from producer.render.presenter.wardrobe.shapes import ellipse

LOB_LEFT = "M 18 -112 C -40 -124 -88 -92 -93 -30 C -99 6 -90 34 -97 66 C -101 92 -106 112 -92 130 C -86 140 -70 140 -60 134 C -70 122 -70 100 -71 74 C -73 40 -76 10 -64 -22 C -42 -38 2 -58 20 -90 Z"
LOB_RIGHT = "M 15 -112 C 62 -120 90 -88 93 -28 C 99 8 90 36 97 68 C 101 94 106 112 92 130 C 86 140 70 140 60 134 C 70 122 70 100 71 74 C 73 40 76 6 62 -28 C 54 -48 32 -66 18 -92 Z"

LONG_LEFT = "M 3 -113 C -52 -118 -90 -82 -92 -24 C -96 14 -86 42 -94 78 C -102 110 -112 134 -100 168 C -94 190 -104 206 -112 218 C -84 222 -58 204 -56 176 C -54 150 -70 128 -68 98 C -66 68 -78 34 -69 -2 C -64 -36 -36 -58 3 -94 Z"
LONG_RIGHT = "M -3 -113 C 52 -118 90 -82 92 -24 C 96 14 86 42 94 78 C 102 110 112 134 100 168 C 94 190 104 206 112 218 C 84 222 58 204 56 176 C 54 150 70 128 68 98 C 66 68 78 34 69 -2 C 64 -36 36 -58 -3 -94 Z"

BOB = "M 0 -115 C 56 -116 90 -82 92 -26 C 94 20 94 58 90 92 C 86 100 70 100 64 94 C 70 60 74 20 70 -16 C 70 -24 68 -28 66 -30 C 44 -24 20 -23 0 -23"

PULLED = "M 0 -112 C 50 -112 80 -78 77 -16 C 76 -8 73 -4 71 -2 C 70 -28 62 -52 34 -68 C 22 -74 10 -78 0 -82"
SWEPT = "M -2 -112 C -52 -110 -80 -76 -77 -16 C -76 -8 -74 -2 -72 2 C -72 -20 -66 -36 -52 -48 C -28 -56 14 -62 34 -84 C 36 -100 20 -112 -2 -112 Z"

SCARF = "M 0 -117 C 58 -117 92 -76 92 -14 C 92 40 84 84 62 118 C 74 96 74 60 73 20 C 72 -34 46 -68 0 -68"
SCARF_BACK = "M 0 -117 C 58 -117 92 -76 92 -14 C 92 44 86 90 74 124 C 96 138 118 150 128 168 C 100 214 40 238 0 242"

SCARF_SHADE = "M 74 124 C 96 138 118 150 128 168 C 100 214 40 238 0 242 C 52 224 88 190 92 160 C 92 146 84 134 74 124 Z"
SCARF_FALL = (
    "M -62 112 C -30 150 30 176 96 178 C 108 172 118 168 128 168 C 100 190 30 190 -20 168 C -44 156 -58 136 -62 112 Z"
)

LONG: dict[str, Hairstyle] = {
    "lob": Hairstyle(
        back=(behind("M 0 -110 C 60 -110 90 -76 90 -14 C 90 40 94 90 88 122 C 78 136 58 130 44 120 L 0 108"),),
        front=(
            mass(LOB_RIGHT),
            mass(LOB_LEFT),
            light("M 13 -104 C -34 -110 -76 -76 -81 -22 C -86 8 -80 34 -85 62", 2.6),
            light("M 12 -95 C -22 -92 -58 -68 -70 -30", 2.0, 0.28),
            light("M 24 -106 C 60 -104 80 -70 82 -20 C 86 10 80 36 86 66", 2.2, 0.28),
            dark("M -88 36 C -92 66 -96 92 -88 122", 2.0, 0.3),
            dark("M 88 36 C 92 66 96 92 88 122", 2.0, 0.3),
            dark("M 76 44 C 77 74 80 96 76 124", 1.8, 0.3),
            dark("M 17 -111 C 19 -104 19 -98 19 -91", 1.8, 0.7),
        ),
        fringe=shadow(LOB_LEFT),
        ears=False,
    ),
    "long": Hairstyle(
        back=(behind("M 0 -108 C 60 -108 90 -74 90 -14 C 90 40 96 100 98 150 C 90 190 60 196 40 170 L 0 150"),),
        front=(
            mass(LONG_RIGHT),
            mass(LONG_LEFT),
            light("M -10 -104 C -52 -102 -80 -68 -80 -22 C -86 16 -76 44 -84 80 C -92 112 -98 134 -88 166", 2.6, 0.34),
            light("M -14 -92 C -44 -80 -66 -56 -72 -24", 2.0, 0.26),
            light("M 10 -104 C 52 -102 80 -68 80 -22 C 86 16 76 44 84 80 C 92 112 98 134 88 166", 2.2, 0.24),
            dark("M -76 30 C -82 70 -74 90 -82 122 C -84 150 -72 170 -80 198", 2.0, 0.4),
            dark("M 76 30 C 82 70 74 90 82 122 C 84 150 72 170 80 198", 2.0, 0.4),
            dark("M 0 -112 C 1 -106 1 -100 0 -94", 1.8, 0.7),
        ),
        fringe=shadow(LONG_LEFT),
        ears=False,
    ),
    "bob": Hairstyle(
        back=(behind("M 0 -110 C 60 -110 88 -76 88 -14 C 90 30 90 64 84 92 C 70 100 50 96 40 92 L 0 92"),),
        front=(
            mass(BOB, "half"),
            light("M -12 -102 C -54 -98 -80 -66 -81 -20 C -82 20 -82 50 -80 80", 2.6, 0.34),
            light("M -4 -98 C -30 -82 -42 -58 -44 -30", 2.2, 0.26),
            light("M 8 -98 C 24 -80 32 -58 32 -29", 2.2, 0.2),
            light("M 18 -102 C 56 -96 80 -64 81 -20", 2.2, 0.22),
        ),
        fringe=shadow(BOB, "half"),
        ears=False,
    ),
    "bun": Hairstyle(
        back=(
            Piece(
                ellipse(6, -112, 30, 26), ("hair-light", "hair", "hair-shade"), depth=-20.0, axis=(-30, -138, 36, -90)
            ),
            Piece("M -18 -124 C -2 -138 26 -134 32 -114", "hair-light", stroke=2.6, opacity=0.4, depth=-20.0),
            Piece("M -20 -106 C -4 -122 20 -122 30 -104", "hair-deep", stroke=2.0, opacity=0.4, depth=-20.0),
            nape("M 0 -106 C 50 -106 75 -70 75 -20 C 75 2 73 12 69 20 L 0 24"),
        ),
        front=(
            mass(PULLED, "half"),
            mass(SWEPT),
            light("M 22 -96 C -16 -92 -58 -82 -70 -34", 2.6, 0.36),
            light("M 28 -90 C 0 -78 -36 -72 -58 -52", 2.2, 0.3),
            light("M 40 -100 C 60 -86 72 -62 73 -30", 2.2, 0.28),
            dark("M 34 -86 C 38 -98 34 -106 26 -110", 1.8, 0.5),
            Piece("M -73 0 C -80 22 -76 44 -70 58 C -74 40 -71 20 -70 4 Z", "hair", depth=20.0),
            Piece("M 73 -2 C 79 18 76 36 71 50 C 74 34 71 16 70 2 Z", "hair", depth=20.0),
        ),
        fringe=shadow(SWEPT),
    ),
    "headscarf": Hairstyle(
        back=(),
        drape=(
            Piece(SCARF_BACK, "accent", symmetry="half", depth=0.0),  # plain: see hairstyle.behind
            Piece(SCARF_SHADE, "accent-shade", opacity=0.28, depth=0.0),
            Piece(SCARF_FALL, "accent-shade", opacity=0.22, depth=0.0),
            Piece("M -62 112 C -30 150 30 176 96 178", "accent-shade", stroke=2.2, opacity=0.5, depth=0.0),
            Piece("M -76 124 C -40 172 20 200 74 204", "accent-shade", stroke=2.2, opacity=0.4, depth=0.0),
            Piece("M 66 112 C 40 138 0 152 -40 150", "accent-shade", stroke=2.2, opacity=0.45, depth=0.0),
        ),
        front=(
            Piece(
                SCARF, ("accent-light", "accent", "accent", "accent-shade"), symmetry="half", axis=(-90, -110, 90, 90)
            ),
            Piece("M -30 -104 C -66 -86 -82 -40 -81 10", "accent-light", stroke=2.6, opacity=0.5),
            Piece("M 34 -104 C 66 -84 82 -36 82 24", "accent-shade", stroke=2.4, opacity=0.5),
            Piece(
                "M 0 -68 C 46 -68 72 -34 73 20 C 74 60 74 96 62 118",
                "accent-shade",
                stroke=1.6,
                opacity=0.7,
                symmetry="mirror",
            ),
        ),
        fringe=shadow(SCARF, "half"),
        ears=False,
    ),
}
