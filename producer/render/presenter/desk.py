"""The desk of the full framing: drawn once, over the body, with folded hands on it."""

from __future__ import annotations

import skia

from producer.render.presenter.body import body_path
from producer.render.presenter.framing import Placement
from producer.render.presenter.hands import Finger, finger_path
from producer.render.presenter.layers import path_of
from producer.render.presenter.look import Look
from producer.render.presenter.outlines import Piece
from producer.render.presenter.paints import Brush
from producer.render.presenter.rig import HEAD
from producer.render.presenter.wardrobe.outfits import CUFFS

EDGE = 372.0
"""The y of the edge of its top, in rig units."""
HALF = 344.0
FOREARMS, HIGHEST, LOWEST = EDGE - 86, EDGE - 44, EDGE + 2
"""Where the forearms on it begin, and where the hands do and end."""

TOP = f"M 0 {EDGE - 22} L 292 {EDGE - 22} C 316 {EDGE - 20} 336 {EDGE - 10} {HALF} {EDGE} L 0 {EDGE}"
RIM = f"M 0 {EDGE} L {HALF} {EDGE} L {HALF} {EDGE + 9} C {HALF} {EDGE + 13} 340 {EDGE + 13} 336 {EDGE + 13} L 0 {EDGE + 13}"
FRONT = f"M 0 {EDGE + 13} L 330 {EDGE + 13} L 312 1200 L 0 1200"

DESK: tuple[Piece, ...] = (
    Piece(FRONT, ("desk", "desk-deep"), symmetry="half", axis=(0, EDGE, 0, EDGE + 260)),
    Piece(
        f"M 0 {EDGE + 13} L 330 {EDGE + 13} L 329 {EDGE + 24} L 0 {EDGE + 24}", "black", opacity=0.35, symmetry="half"
    ),
    Piece(f"M 112 {EDGE + 24} L 108 1200", "black", stroke=1.4, opacity=0.30, symmetry="mirror"),
    Piece(f"M 113.5 {EDGE + 24} L 109.5 1200", "white", stroke=1.0, opacity=0.08, symmetry="mirror"),
    Piece(TOP, ("desk-light", "desk-top"), symmetry="half", axis=(0, EDGE - 22, 0, EDGE)),
    Piece(RIM, ("desk-rim", "desk"), symmetry="half", axis=(0, EDGE, 0, EDGE + 13)),
    Piece(f"M {-HALF + 6} {EDGE + 11} L {HALF - 6} {EDGE + 11}", "accent", stroke=2.4),
)
FOREARM = (
    f"M 160 312 C 164 330 160 350 142 {EDGE - 8} C 118 {EDGE - 3} 74 {EDGE - 4} 44 {EDGE - 5} L 40 {EDGE - 33} "
    f"C 64 {EDGE - 37} 88 {EDGE - 42} 104 {EDGE - 56} C 112 {EDGE - 60} 114 312 114 312 Z"
)
BEND = f"M 40 {EDGE - 33} C 64 {EDGE - 37} 88 {EDGE - 42} 104 {EDGE - 56} C 110 {EDGE - 62} 114 {EDGE - 72} 115 {EDGE - 84}"
CREASE = f"M 106 {EDGE - 50} C 116 {EDGE - 46} 126 {EDGE - 48} 134 {EDGE - 54}"
CUFF = f"M 46 {EDGE - 4} L 36 {EDGE - 5} L 33 {EDGE - 31} L 43 {EDGE - 34} Z"
SHADOW = f"M 20 {EDGE - 7} L 150 {EDGE - 12} L 144 {EDGE - 1} L 16 {EDGE - 2} Z"

SLEEVES: tuple[Piece, ...] = (
    Piece(SHADOW, "black", opacity=0.32, blur=3, symmetry="mirror"),
    Piece(FOREARM, "top", symmetry="mirror", axis=(0, 312, 0, 332), fade=(0.0, 1.0)),
    Piece(FOREARM, "top-deep", symmetry="mirror", axis=(0, 318, 0, EDGE), fade=(0.0, 0.10, 0.42)),
    Piece(BEND, "top-deep", stroke=1.8, opacity=0.6, symmetry="mirror"),
    Piece(CREASE, "top-deep", stroke=1.6, opacity=0.4, symmetry="mirror"),
)

UNDER = f"M 36 {EDGE - 30} C 22 {EDGE - 38} 4 {EDGE - 40} -10 {EDGE - 34} C -18 {EDGE - 28} -18 {EDGE - 12} -10 {EDGE - 6} C 4 {EDGE - 2} 24 {EDGE - 3} 36 {EDGE - 6} Z"
OVER = f"M -36 {EDGE - 30} C -26 {EDGE - 39} -12 {EDGE - 42} 0 {EDGE - 40} C 8 {EDGE - 38} 10 {EDGE - 14} 2 {EDGE - 8} C -10 {EDGE - 3} -26 {EDGE - 4} -36 {EDGE - 6} Z"
FINGERS = (
    Finger(-1, EDGE - 37, 97, 14, 29, 9.6),
    Finger(0, EDGE - 29, 100, 14, 31, 9.6),
    Finger(-1, EDGE - 21, 102, 12, 29, 9.4),
    Finger(-3, EDGE - 13, 102, 8, 25, 8.8),
)
THUMBS = (Finger(-22, EDGE - 35, 66, 24, 34, 10), Finger(20, EDGE - 36, -74, -20, 30, 10))


class DeskSprite:
    """A desk that stands still: drawn once, put on every frame."""

    def __init__(self, look: Look, brush: Brush, placement: Placement, ground: float, size: tuple[int, int]) -> None:
        """`ground` is the y down to which it reaches, `size` the frame's, both in pixels."""
        scale, middle = placement.head_height / HEAD, placement.head_top + placement.head_height / 2
        left, top = int(placement.centre_x - HALF * scale) - 1, int(middle + FOREARMS * scale)
        right, bottom = int(placement.centre_x + HALF * scale) + 2, round(min(ground, size[1]))
        left, right = max(left, 0), min(right, size[0])
        surface = skia.Surface.MakeRasterN32Premul(max(1, right - left), max(1, bottom - top))
        canvas = surface.getCanvas()
        canvas.translate(placement.centre_x - left, middle - top)
        canvas.scale(scale, scale)
        draw_desk(canvas, look, brush, folded_hands=_free(placement, middle, scale))
        self._image, self._at = surface.makeImageSnapshot(), (left, top)

    def draw(self, canvas: skia.Canvas) -> None:
        canvas.drawImage(self._image, *self._at)


def _free(placement: Placement, middle: float, scale: float) -> bool:
    """Whether folded hands lie where hands may be seen."""
    room = placement.hands
    return room is not None and room.y <= middle + HIGHEST * scale and middle + LOWEST * scale <= room.bottom


def draw_desk(canvas: skia.Canvas, look: Look, brush: Brush, folded_hands: bool) -> None:
    """In rig units. Hands that are not folded on the desk are beneath it."""
    for piece in DESK:
        canvas.drawPath(path_of(piece.path, piece.symmetry), brush.paint(piece))
    if folded_hands:
        for piece in SLEEVES:
            canvas.drawPath(body_path(piece.path, piece.symmetry, look), brush.paint(piece))
        for piece in _cuffs(CUFFS[look.outfit]):
            canvas.drawPath(path_of(piece.path, piece.symmetry), brush.paint(piece))
        _draw_folded_hands(canvas, brush)


def _cuffs(kind: str) -> tuple[Piece, ...]:
    return (
        Piece(CUFF, (kind, f"{kind}-shade"), symmetry="mirror", axis=(0, EDGE - 34, 0, EDGE - 4)),
        Piece(CUFF, "top-deep", stroke=1.0, opacity=0.4, symmetry="mirror"),
    )


def _draw_folded_hands(canvas: skia.Canvas, brush: Brush) -> None:
    skin = brush.gradient((-10, EDGE - 44, 20, EDGE), ("skin-light", "skin", "skin-shade"))
    line = brush.line("skin-deep", 1.1, 0.55)
    fingers = (finger_path(finger) for finger in (*FINGERS, *THUMBS))
    for path in (path_of(UNDER), path_of(OVER), *fingers):
        canvas.drawPath(path, line)
        canvas.drawPath(path, skin)
