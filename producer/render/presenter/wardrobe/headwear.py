"""What is worn on the hair. Crown (0, -100), ears at x = ±72, brows at y = -28; nothing may reach above y = -140.

Headscarves are in `hair_long`, because they hide all hair.
"""

from __future__ import annotations

from dataclasses import dataclass

from producer.render.presenter.outlines import Piece, Tone
from producer.render.presenter.wardrobe.shapes import ellipse

LIT: Tone = ("hat-light", "hat", "hat", "hat-shade")
AXIS = (-80.0, -130.0, 84.0, -20.0)
VISOR = 92.0
"""Depth of a peak's rim: well before the face."""


@dataclass(frozen=True)
class Headwear:
    """`front` is painted over the hair. `shadow` is what it casts on the forehead; () leaves the hair's own.

    `brim`: hair above this height is pressed flat beneath it. None = the hair is untouched.
    """

    front: tuple[Piece, ...] = ()
    shadow: tuple[Piece, ...] = ()
    brim: float | None = None


def felt(path: str) -> Piece:
    return Piece(path, LIT, symmetry="half", axis=AXIS)


def seam(path: str, width: float = 1.6, opacity: float = 0.45, mirrored: bool = False) -> Piece:
    return Piece(path, "hat-deep", stroke=width, opacity=opacity, symmetry="mirror" if mirrored else "none")


def sheen(path: str, width: float = 2.4, opacity: float = 0.4) -> Piece:
    return Piece(path, "hat-light", stroke=width, opacity=opacity)


def cast(path: str) -> tuple[Piece, ...]:
    return (Piece(path, "skin-deep", opacity=0.32, symmetry="half"),)


TURBAN = "M 0 -137 C 48 -140 92 -118 95 -72 C 96 -46 90 -26 78 -10 C 66 -34 34 -50 0 -58"
BEANIE = "M 0 -136 C 56 -136 88 -104 88 -50 L 0 -58"
BAND = "M 0 -72 C 36 -72 70 -68 89 -58 C 92 -50 92 -40 89 -30 C 68 -42 34 -46 0 -46"
CAP = "M 0 -131 C 52 -131 84 -100 85 -44 C 60 -58 30 -62 0 -62"
PEAK = "M 0 -66 C 36 -66 66 -60 80 -48 C 84 -42 78 -36 68 -38 C 46 -44 24 -45 0 -45"
FLAT = "M 0 -128 C 62 -132 104 -104 99 -70 C 97 -58 90 -50 82 -46 C 56 -60 28 -64 0 -64"
FLAT_PEAK = "M 0 -68 C 34 -68 64 -62 78 -52 C 80 -44 72 -40 64 -42 C 44 -48 22 -49 0 -49"

HEADWEAR: dict[str, Headwear] = {
    "none": Headwear(),
    "turban": Headwear(
        front=(
            Piece("M -34 -50 C -16 -64 16 -64 34 -50 C 16 -56 -16 -56 -34 -50 Z", "accent", depth="hair"),
            felt(TURBAN),
            seam("M -86 -26 C -64 -60 -20 -84 44 -96 C 62 -100 74 -101 84 -99", 1.8, 0.42),
            seam("M -91 -52 C -70 -84 -22 -106 34 -114 C 48 -117 60 -117 70 -115", 1.8, 0.36),
            seam("M -85 -90 C -62 -112 -22 -126 22 -130", 1.8, 0.30),
            seam("M 86 -26 C 66 -58 34 -74 2 -82", 1.8, 0.42),
            seam("M 90 -58 C 80 -74 66 -86 48 -94", 1.8, 0.32),
            sheen("M -84 -40 C -62 -70 -22 -92 36 -104", 3.0, 0.34),
            sheen("M -90 -70 C -66 -98 -24 -116 24 -122", 2.6, 0.28),
            sheen("M 70 -40 C 54 -58 32 -68 8 -74", 2.2, 0.24),
        ),
        shadow=cast(TURBAN),
        brim=-52,
    ),
    "kippah": Headwear(
        front=(
            Piece("M -44 -102 C -38 -130 38 -130 44 -102 C 22 -113 -22 -113 -44 -102 Z", LIT, axis=AXIS),
            seam("M -44 -102 C -22 -113 22 -113 44 -102", 2.2, 0.6),
            sheen("M -38 -107 C -18 -116 18 -116 38 -107", 1.4, 0.6),
            seam("M 0 -123 L 0 -111", 1.2, 0.35),
            seam("M -20 -120 L -18 -109 M 20 -120 L 18 -109", 1.2, 0.3),
        ),
    ),
    "beanie": Headwear(
        front=(
            felt(BEANIE),
            *(
                seam(f"M {x} -72 C {x * 0.98:.0f} -94 {x * 0.82:.0f} -112 {x * 0.55:.0f} -126", 1.4, 0.22)
                for x in (-66, -44, -22, 0, 22, 44, 66)
            ),
            felt(BAND),
            *(
                seam(f"M {x} {-71 + abs(x) * 0.13:.0f} L {x * 1.01:.0f} {-47 + abs(x) * 0.14:.0f}", 1.4, 0.30)
                for x in range(-80, 81, 10)
            ),
            seam("M -89 -58 C -70 -68 -36 -72 0 -72 C 36 -72 70 -68 89 -58", 1.8, 0.5),
            sheen("M -70 -64 C -48 -69 -24 -70 0 -70", 2.0, 0.4),
        ),
        shadow=cast(BAND),
        brim=-46,
    ),
    "cap": Headwear(
        front=(
            felt(CAP),
            seam("M 0 -131 L 0 -62", 1.4, 0.4),
            seam("M 30 -126 C 52 -106 60 -84 60 -56", 1.4, 0.34, mirrored=True),
            Piece(ellipse(0, -131, 5, 3), "hat-deep"),
            sheen("M -20 -122 C -48 -112 -66 -90 -70 -62", 3.0, 0.34),
            Piece(PEAK, ("hat", "hat-shade"), symmetry="half", depth=VISOR, axis=(0, -66, 0, -38)),
            Piece(
                "M -66 -47 C -40 -53 -20 -54 0 -54 C 20 -54 40 -53 66 -47",
                "hat-light",
                stroke=1.6,
                opacity=0.5,
                depth=VISOR,
            ),
            Piece(
                "M -68 -39 C -46 -45 -24 -46 0 -46 C 24 -46 46 -45 68 -39",
                "hat-deep",
                stroke=2.0,
                opacity=0.6,
                depth=VISOR,
            ),
        ),
        shadow=cast("M 0 -70 C 36 -70 66 -64 80 -52 C 78 -36 70 -30 62 -30 C 40 -36 20 -38 0 -38"),
        brim=-56,
    ),
    "flat-cap": Headwear(
        front=(
            felt(FLAT),
            *(seam(f"M {x} {-121 + x * x / 260:.0f} L {x * 1.08:.0f} -66", 1.0, 0.16) for x in range(-72, 73, 18)),
            *(
                seam(f"M -{wide} {y} C -50 {y - 9} 50 {y - 9} {wide} {y}", 1.0, 0.14)
                for y, wide in ((-68, 94), (-83, 93), (-98, 84))
            ),
            sheen("M -88 -72 C -82 -100 -50 -120 -10 -122", 3.0, 0.34),
            Piece(FLAT_PEAK, ("hat", "hat-shade"), symmetry="half", depth=VISOR - 10, axis=(0, -68, 0, -42)),
            Piece(
                "M -64 -43 C -44 -49 -22 -50 0 -50 C 22 -50 44 -49 64 -43",
                "hat-deep",
                stroke=2.0,
                opacity=0.6,
                depth=VISOR - 10,
            ),
            Piece(
                "M -80 -52 C -56 -64 -28 -68 0 -68 C 28 -68 56 -64 80 -52",
                "hat-deep",
                stroke=1.8,
                opacity=0.5,
                depth=VISOR - 20,
            ),
        ),
        shadow=cast("M 0 -72 C 36 -72 66 -66 80 -56 C 76 -42 68 -36 60 -36 C 40 -42 20 -44 0 -44"),
        brim=-58,
    ),
}
