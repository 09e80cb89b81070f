"""Outfits, drawn for medium shoulders; the body widens or narrows them. They reach far below any frame.

Neck and chest (skin) lie beneath; the throat is at (0, 150), the tip of a shoulder at (±140, 180).
"""

from __future__ import annotations

from producer.render.presenter.outlines import Piece, Symmetry, Tone
from producer.render.presenter.wardrobe.shapes import ellipse

TORSO = "M 0 150 L 36 128 C 58 142 96 150 120 164 C 142 176 153 198 158 234 C 166 300 170 430 172 1200 L 0 1200"
"""Silhouette of the dressed body, right half."""

CLOTH = (-150.0, 120.0, 190.0, 520.0)


def cloth(path: str, kind: str = "top", symmetry: Symmetry = "half") -> Piece:
    tones: Tone = (f"{kind}-light", kind, kind, f"{kind}-shade")
    return Piece(path, tones, symmetry=symmetry, axis=CLOTH)


def fold(
    path: str, width: float = 2.0, opacity: float = 0.4, symmetry: Symmetry = "mirror", tone: str = "top-deep"
) -> Piece:
    return Piece(path, tone, stroke=width, opacity=opacity, symmetry=symmetry)


ROUNDING = (
    Piece("M 200 150 C 146 214 134 320 132 1200 L 230 1200 Z", "top-deep", opacity=0.30, blur=10, within=TORSO),
    Piece("M -200 200 C -150 250 -140 330 -138 1200 L -230 1200 Z", "top-deep", opacity=0.20, blur=10, within=TORSO),
    Piece(
        "M -124 160 C -146 176 -157 198 -161 234 C -166 280 -168 340 -170 460",
        "top-light",
        stroke=5,
        opacity=0.5,
        blur=2.5,
        within=TORSO,
    ),
    fold("M 120 264 C 114 330 112 460 115 1200", 2.0, 0.5),
)
"""Light on the left shoulder, shade on the right, and the line between arm and chest."""

OPENING = "M 37 124 C 46 180 28 268 0 352"
JACKET = cloth(
    "M 37 126 C 58 142 96 150 120 164 C 142 176 153 198 158 234 C 166 300 170 430 172 1200 L -8 1200 L -8 360 "
    "L 0 346 C 16 290 46 200 47 150 Z",
    symmetry="mirror",
)
LAPEL = "M 37 121 C 46 180 28 268 0 352 C 42 310 86 262 98 210 L 77 197 L 92 179 C 82 158 70 142 54 130 C 48 125 42 120 37 121 Z"
LAPELS = (
    Piece(LAPEL, "black", opacity=0.24, symmetry="mirror", blur=5, within=TORSO),
    Piece(LAPEL, ("top-light", "top", "top-shade"), symmetry="mirror", axis=(-80, 130, 110, 340)),
    fold(LAPEL, 1.1, 0.45),
)
FRONT = (
    fold("M 2 352 C 3 470 4 700 4 1200", 1.8, 0.55, "none"),
    Piece(ellipse(13, 384, 5), "top-deep", opacity=0.8),
    Piece(ellipse(12, 383, 4.4), "top-light"),
)
MICROPHONE = (
    Piece("M -58 238 C -58 233 -50 233 -50 238 L -50 252 C -50 257 -58 257 -58 252 Z", "black"),
    Piece("M -56 239 L -56 250", "white", stroke=1.4, opacity=0.3),
)
TEE = (
    Piece(
        "M 0 170 C 20 170 32 158 38 138 L 60 140 L 60 420 L 0 420",
        ("shirt", "shirt", "shirt-shade"),
        symmetry="half",
        axis=(0, 150, 0, 360),
    ),
    Piece("M -38 139 C -32 178 32 178 38 139", "shirt-shade", stroke=5.5),
    Piece("M -36 139 C -30 173 30 173 36 139", "shirt-deep", stroke=1.0, opacity=0.6),
)
PLACKET = (
    Piece(
        "M 0 178 C 12 168 26 152 36 134 L 48 150 L 50 420 L 0 420",
        ("shirt", "shirt-shade"),
        symmetry="half",
        axis=(0, 150, 0, 380),
    ),
)
COLLAR = "M 35 114 C 42 128 52 140 62 148 L 40 190 C 28 182 12 176 0 174 C 14 158 27 140 35 114 Z"
SHIRT_COLLAR = (
    Piece(COLLAR, "shirt-deep", opacity=0.35, symmetry="mirror", blur=3),
    Piece(COLLAR, ("shirt", "shirt", "shirt-shade"), symmetry="mirror", axis=(-50, 120, 60, 200)),
    fold(COLLAR, 1.0, 0.5, tone="shirt-deep"),
)
TIE = (
    Piece("M -9 174 L 9 174 L 14 360 L 0 380 L -14 360 Z", ("accent", "accent-shade"), axis=(-14, 0, 18, 0)),
    Piece(
        "M -11 170 C -5 174 5 174 11 170 L 7 194 C 3 197 -3 197 -7 194 Z",
        ("accent-light", "accent"),
        axis=(-10, 0, 12, 0),
    ),
    Piece("M -10.5 230 L 11 214 M -11.5 262 L 12.5 245 M -12.5 294 L 13 276", "accent-light", stroke=2.6, opacity=0.45),
)
OPEN_SHIRT = (
    cloth(
        "M 0 236 C 8 210 22 176 36 128 C 58 142 96 150 120 164 C 142 176 153 198 158 234 C 166 300 170 430 172 1200 L 0 1200"
    ),
    *ROUNDING,
    fold("M 0 236 L 2 1200", 1.6, 0.5, "none"),
    fold("M 13 232 L 14 1200", 1.0, 0.3, "none"),
    *(Piece(ellipse(7, y, 3.2), "top-light") for y in (264, 322, 380)),
    Piece(
        "M 35 112 C 44 128 56 140 66 146 L 50 206 C 34 204 14 214 0 238 C 8 200 26 158 35 112 Z",
        "top-deep",
        opacity=0.35,
        symmetry="mirror",
        blur=4,
    ),
    Piece(
        "M 35 112 C 44 128 56 140 66 146 L 50 206 C 34 204 14 214 0 238 C 8 200 26 158 35 112 Z",
        ("top-light", "top"),
        symmetry="mirror",
        axis=(-60, 120, 60, 220),
    ),
    fold("M 35 112 C 44 128 56 140 66 146 L 50 206 C 34 204 14 214 0 238", 1.1, 0.45),
)
RAGLAN = fold("M 46 140 C 74 166 104 214 119 264", 1.6, 0.36)
NECKLINE = "M -41 138 C -36 190 36 190 41 138"
JUMPER = (
    *PLACKET,
    cloth(
        "M 0 178 C 20 178 35 164 39 132 C 58 142 96 150 120 164 C 142 176 153 198 158 234 "
        "C 166 300 170 430 172 1200 L 0 1200"
    ),
    *ROUNDING,
    RAGLAN,
    Piece(NECKLINE, "top-shade", stroke=12),
    Piece(NECKLINE, "top-light", stroke=9, opacity=0.5),
    *SHIRT_COLLAR,
)
ROLL = "M 0 121 C 15 121 26 116 30 108 C 36 108 40 112 41 120 C 43 132 45 140 47 148 C 37 165 16 171 0 171"
ROLLNECK = (
    cloth("M 0 150 L 36 128 C 58 142 96 150 120 164 C 142 176 153 198 158 234 C 166 300 170 430 172 1200 L 0 1200"),
    *ROUNDING,
    RAGLAN,
    Piece(ROLL, "top-deep", opacity=0.5, symmetry="half", blur=4),
    Piece(ROLL, ("top-light", "top", "top-shade"), symmetry="half", axis=(-40, 0, 50, 0)),
    fold("M -41 124 C -22 140 22 140 41 124", 1.6, 0.4, "none"),
    *(fold(f"M {x} 128 C {x} 144 {x} 156 {x * 0.9:.1f} 168", 1.2, 0.22, "none") for x in (-28, -14, 0, 14, 28)),
)
WRAP_EDGE = "M 37 126 C 31 168 14 208 -12 240 C -48 286 -84 350 -104 440"
WRAP = (
    WRAP_EDGE + " L -104 1200 L 172 1200 C 170 430 166 300 158 234 C 153 198 142 176 120 164 C 96 150 58 142 37 126 Z"
)
BLOUSE = (
    cloth(
        "M 0 236 C -14 214 -31 168 -37 126 C -58 142 -96 150 -120 164 C -142 176 -153 198 -158 234 "
        "C -166 300 -170 430 -172 1200 L 0 1200 Z",
        symmetry="none",
    ),
    fold("M -37 126 C -31 168 -14 214 0 236", 6, 1.0, "none", "top-light"),
    fold("M -37 126 C -31 168 -14 214 0 236", 1.2, 0.4, "none"),
    Piece(WRAP, "black", opacity=0.20, blur=6, within=TORSO),
    cloth(WRAP, symmetry="none"),
    fold(WRAP_EDGE, 6, 1.0, "none", "top-light"),
    fold(WRAP_EDGE, 1.2, 0.4, "none"),
    *ROUNDING,
    fold("M 74 190 C 70 240 44 300 2 350", 2.2, 0.2, "none"),
    fold("M 96 230 C 90 280 60 340 14 390", 2.2, 0.18, "none"),
    Piece("M -29 146 C -22 180 -8 198 0 199 C 8 198 22 180 29 146", "metal", stroke=1.3, opacity=0.9),
    Piece(ellipse(0, 202, 3.2), "metal"),
)

OUTFITS: dict[str, tuple[Piece, ...]] = {
    "blazer": (*TEE, JACKET, *ROUNDING, *LAPELS, *FRONT, *MICROPHONE),
    "suit": (*PLACKET, *TIE, *SHIRT_COLLAR, JACKET, *ROUNDING, *LAPELS, *FRONT, *MICROPHONE),
    "shirt": OPEN_SHIRT,
    "jumper": JUMPER,
    "rollneck": ROLLNECK,
    "blouse": BLOUSE,
}

CUFFS: dict[str, str] = {
    "blazer": "top",
    "suit": "shirt",
    "shirt": "top",
    "jumper": "shirt",
    "rollneck": "top",
    "blouse": "top",
}
"""What a sleeve ends in: the cuff of the shirt beneath, or its own hem."""
