"""Beards. They follow the jaw: lower points drop when the mouth opens."""

from __future__ import annotations

from dataclasses import dataclass

from producer.render.presenter.outlines import Piece

CHEEKS = "M 0 104 C 24 104 44 94 56 76 C 68 56 74 30 74 4 C 69 20 66 40 53 49 C 42 55 30 50 20 47 C 12 45.5 6 46 0 48.5"
CIRCLE = "M 0 102 C 14 102 24 94 28 84 C 32 72 32 58 27 51 C 20 46 8 45 0 48.5"
MOUSTACHE = "M 0 47 C 7 43.5 18 46 25 54 C 29 58 32 60 35 60 C 30 64 22 62.5 15 58.5 C 9 56 4 55.5 0 56"
GOATEE = "M 0 104 C 13 104 21 97 22 88 C 22 80 14 77 0 77"
HANGING = "M 0 158 C 24 156 44 128 54 98 C 60 84 69 60 73 26 L 69 24 C 66 44 60 58 50 68 C 38 84 20 92 0 92"
TRIMMED = (-50.0, 40.0, 70.0, 110.0)


@dataclass(frozen=True)
class Beard:
    """`face` is painted within the outline of the face, `hangs` over it: what reaches beyond the jaw.

    `chin`: tone of the shadow below the lower lip.
    """

    face: tuple[Piece, ...] = ()
    hangs: tuple[Piece, ...] = ()
    chin: str = "skin-shade"


def strand(path: str, opacity: float = 0.25) -> Piece:
    return Piece(path, "hair-light", stroke=1.6, opacity=opacity, symmetry="mirror", depth="edge")


FULL = (
    Piece(CHEEKS, ("beard", "beard", "hair-shade"), symmetry="half", depth="edge", axis=TRIMMED),
    strand("M 10 49 C 20 51 28 56 33 64", 0.3),
    strand("M 44 66 C 40 80 30 92 18 97", 0.22),
)

BEARDS: dict[str, Beard] = {
    "none": Beard(),
    "stubble": Beard(
        (Piece(CHEEKS, "stubble", symmetry="half", depth="edge", axis=(0, 30, 0, 96), fade=(0.0, 0.38, 0.5)),)
    ),
    "short": Beard(
        (Piece(CHEEKS, "beard", symmetry="half", depth="edge", axis=(0, 8, 0, 70), fade=(0.25, 0.72, 0.84)),),
        chin="hair-deep",
    ),
    "full": Beard(FULL, chin="hair-deep"),
    "long": Beard(
        FULL,
        hangs=(
            Piece(HANGING, ("beard", "beard", "hair-shade"), symmetry="half", depth="edge", axis=(-50, 40, 70, 140)),
            strand("M 8 152 C 24 138 40 112 48 88", 0.24),
            strand("M 4 148 C 12 134 20 118 24 104", 0.2),
            strand("M 30 136 C 44 118 56 92 62 66", 0.2),
        ),
        chin="hair-deep",
    ),
    "circle": Beard((Piece(CIRCLE, "beard", opacity=0.9, symmetry="half", depth="edge"),)),
    "goatee": Beard((Piece(GOATEE, "beard", opacity=0.92, symmetry="half", depth="edge"),)),
    "moustache": Beard((Piece(MOUSTACHE, "beard", symmetry="half", depth="face"),)),
}
