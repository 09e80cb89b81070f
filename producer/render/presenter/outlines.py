"""Shapes as data: SVG path text becomes chains of cubic Bézier curves that can be bent, turned and painted.

Understood are the absolute commands M, L, Q, C and Z (SVG 1.1, section 8.3). A contour of n curves is an array of
3n + 1 points: end point, two handles, end point, two handles, …
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Symmetry = Literal["none", "mirror", "half"]
Tone = str | tuple[str, ...]
Depth = Literal["face", "edge", "hair"] | float

_TOKEN = re.compile(r"[MLQCZ]|-?\d*\.?\d+")
_ARITY = {"M": 2, "L": 2, "Q": 4, "C": 6}


@dataclass(frozen=True)
class Piece:
    """One painted shape.

    `tone` names a colour of the palette, or several for a gradient along `axis` (x0, y0, x1, y1).
    `symmetry`: "mirror" paints it on both sides; "half" is the right half of a closed shape, from x = 0 to x = 0.
    `fade`: opacities of a single tone along `axis`.
    `stroke` > 0 paints a line of that width instead of a filled shape; `blur`, and
    `within` (the right half of a shape that clips it), are for the body only, which is painted once.
    `depth`: where it lies on the head (see `rig.depth_of`); meaningless on the body.
    """

    path: str
    tone: Tone
    stroke: float = 0.0
    opacity: float = 1.0
    symmetry: Symmetry = "none"
    depth: Depth = "hair"
    axis: tuple[float, float, float, float] = (-70.0, -110.0, 80.0, 100.0)
    fade: tuple[float, ...] = ()
    blur: float = 0.0
    within: str = ""


@dataclass(frozen=True)
class Contour:
    points: Array
    closed: bool


def contours_of(path: str, symmetry: Symmetry = "none") -> list[Contour]:
    """The curves of a path, completed by symmetry. Raises ValueError for text it does not understand."""
    drawn = [Contour(np.array(points), closed) for points, closed in _parse(path)]
    if symmetry == "mirror":
        return drawn + [
            Contour((c.points * (-1, 1))[::-1], c.closed) for c in drawn
        ]  # one winding: overlaps stay filled
    if symmetry == "half":
        return [Contour(np.vstack([c.points, (c.points * (-1, 1))[::-1][1:]]), True) for c in drawn]
    return drawn


@cache
def _parse(path: str) -> tuple[tuple[tuple[tuple[float, float], ...], bool], ...]:
    tokens = _TOKEN.findall(path)
    if "".join(tokens) != re.sub(r"[\s,]", "", path):
        raise ValueError(f"cannot read the path {path!r}")
    found: list[tuple[list[tuple[float, float]], bool]] = []
    at, command = 0, ""
    while at < len(tokens):
        if tokens[at].isalpha():
            command = tokens[at]
            at += 1
            if command == "Z":
                found[-1] = (found[-1][0], True)
                continue
        numbers = [float(token) for token in tokens[at : at + _ARITY[command]]]
        at += len(numbers)
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        if command == "M":
            found.append((points, False))
            command = "L"
        else:
            found[-1][0].extend(_as_cubic(command, found[-1][0][-1], points))
    return tuple((tuple(points), closed) for points, closed in found)


def _as_cubic(command: str, start: tuple[float, float], points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    end = points[-1]
    if command == "C":
        return points
    if command == "L":
        return [_between(start, end, 1 / 3), _between(start, end, 2 / 3), end]
    return [_between(start, points[0], 2 / 3), _between(end, points[0], 2 / 3), end]


def _between(a: tuple[float, float], b: tuple[float, float], share: float) -> tuple[float, float]:
    return a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
