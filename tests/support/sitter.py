"""A portrait drawn for tests: nobody, with a face whose points are known, so that no network is needed.

`mean_face.npy` holds the mesh (478, 3) of a mean face in units of the face: the average of landmarks measured in 27
portraits, made symmetrical.
"""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from producer.faces import points as named
from producer.render.photo.anatomy import Anatomy

Pixels = npt.NDArray[np.uint8]

MEAN_FACE = Path(__file__).with_name("mean_face.npy")
SKIN, LIP, HAIR, COAT, WHITE, IRIS = (
    (214, 168, 138), (176, 92, 92), (60, 40, 30), (40, 60, 110), (240, 238, 232), (70, 90, 110),
)  # fmt: skip


def face(unit: float = 60.0, x: float = 240.0, y: float = 300.0) -> Anatomy:
    """The mean face, `unit` pixels between its eyes, its mouth at (x, y)."""
    return Anatomy(np.load(MEAN_FACE).astype(np.float64) * unit + np.array([x, y, 0.0]))


def cutout(anatomy: Anatomy | None = None, width: int = 480, height: int = 640) -> Pixels:
    """The person, straight RGBA: hair, shoulders to the lower edge, and a face where the points say."""
    anatomy = anatomy or face()
    picture = np.zeros((height, width, 4), np.uint8)
    head, middle = anatomy.head_height, (anatomy.crown + anatomy.chin) / 2
    shoulders = anatomy.chin + np.array([0, 0.55 * head])
    _ellipse(picture, shoulders + np.array([0, 1.2 * head]), (1.05 * head, 1.25 * head), COAT)
    _ellipse(picture, anatomy.chin + np.array([0, 0.1 * head]), (0.22 * head, 0.35 * head), SKIN)
    _ellipse(picture, middle + np.array([0, -0.06 * head]), (0.43 * head, 0.56 * head), HAIR)
    _shape(picture, anatomy, named.OVAL, SKIN)
    _shape(picture, anatomy, named.UPPER_LIP_TOP + named.UPPER_LIP_UNDER[::-1], LIP)
    _shape(picture, anatomy, named.LOWER_LIP_TOP + named.LOWER_LIP_UNDER[::-1], LIP)
    eyes = (named.RIGHT_LID_UPPER, named.RIGHT_LID_LOWER, named.RIGHT_IRIS), (
        named.LEFT_LID_UPPER, named.LEFT_LID_LOWER, named.LEFT_IRIS,
    )  # fmt: skip
    for upper, lower, iris in eyes:
        _shape(picture, anatomy, upper + lower[::-1], WHITE)
        radius = float(np.linalg.norm(anatomy.flat[iris[1]] - anatomy.flat[iris[0]]))
        _ellipse(picture, anatomy.flat[iris[0]], (radius, radius), IRIS)
    for brow in (
        named.RIGHT_BROW_TOP + named.RIGHT_BROW_UNDER[::-1],
        named.LEFT_BROW_TOP + named.LEFT_BROW_UNDER[::-1],
    ):
        cv2.fillConvexPoly(picture, _hull(anatomy, brow), (*HAIR, 255), cv2.LINE_AA)
    return picture


def portrait(background: tuple[int, int, int] = (120, 150, 120)) -> Pixels:
    """The same person before a wall, opaque RGB."""
    person = cutout().astype(np.float64)
    share = person[..., 3:] / 255
    return np.round(person[..., :3] * share + np.array(background) * (1 - share)).astype(np.uint8)


def _ellipse(
    picture: Pixels, centre: npt.NDArray[np.float64], axes: tuple[float, float], colour: tuple[int, ...]
) -> None:
    middle, size = np.round(centre).astype(int).tolist(), tuple(max(1, round(a)) for a in axes)
    cv2.ellipse(picture, middle, size, 0, 0, 360, (*colour, 255), -1, cv2.LINE_AA)


def _shape(picture: Pixels, anatomy: Anatomy, numbers: tuple[int, ...], colour: tuple[int, ...]) -> None:
    places = np.round(anatomy.flat[list(numbers)] * 16).astype(np.int32)
    cv2.fillPoly(picture, [places], (*colour, 255), cv2.LINE_AA, 4)


def _hull(anatomy: Anatomy, numbers: tuple[int, ...]) -> npt.NDArray[np.int32]:
    return cv2.convexHull(np.round(anatomy.flat[list(numbers)]).astype(np.int32))
