"""What a hairstyle consists of."""

from __future__ import annotations

from dataclasses import dataclass

from producer.render.presenter.outlines import Depth, Piece, Symmetry

SHEEN = (-80.0, -122.0, 72.0, 60.0)
"""Light falls from the upper left."""


@dataclass(frozen=True)
class Hairstyle:
    """`back` lies behind neck and shoulders, `drape` before the shoulders but behind the face, `front` on the head.

    `fringe`: its shadow on the forehead. `ears`: whether they are seen.
    """

    back: tuple[Piece, ...] = ()
    drape: tuple[Piece, ...] = ()
    front: tuple[Piece, ...] = ()
    fringe: tuple[Piece, ...] = ()
    ears: bool = True


def mass(path: str, symmetry: Symmetry = "none", depth: Depth = "hair") -> Piece:
    """A lit body of hair."""
    return Piece(path, ("hair-light", "hair", "hair", "hair-shade"), symmetry=symmetry, depth=depth, axis=SHEEN)


def behind(path: str, symmetry: Symmetry = "half", depth: Depth = -16.0) -> Piece:
    """Hair in the shadow of the head. Plain, because a gradient over so many pixels costs 15 times as much."""
    return Piece(path, "hair-back", symmetry=symmetry, depth=depth)


def nape(path: str) -> Piece:
    """The back of a short cut, seen beside the head when it turns."""
    return Piece(path, "hair-shade", symmetry="half", depth=-10.0)


def shaved(path: str, opacity: float = 0.75) -> Piece:
    """Sides so short that the skin shines through."""
    return Piece(path, "beard", opacity=opacity, symmetry="mirror", depth="edge")


def shadow(path: str, symmetry: Symmetry = "none") -> tuple[Piece, ...]:
    """What hair of this shape casts on the forehead."""
    return (Piece(path, "skin-deep", opacity=0.30, symmetry=symmetry),)


def light(path: str, width: float = 2.0, opacity: float = 0.36) -> Piece:
    return Piece(path, "hair-light", stroke=width, opacity=opacity)


def dark(path: str, width: float = 2.0, opacity: float = 0.5) -> Piece:
    return Piece(path, "hair-deep", stroke=width, opacity=opacity)
