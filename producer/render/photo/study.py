"""Looking at a portrait once: is there one good face, where are its points, and which pixels are the person?"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from producer.faces import points as named
from producer.faces.detection import FAR, NEAR, Detection, FaceDetector
from producer.faces.matte import PersonFinder
from producer.faces.mesh import Crop, FaceMesh, crop_of_detection, crop_of_points
from producer.render.photo import gate
from producer.render.photo.anatomy import Anatomy
from producer.render.photo.framing import Setting, setting, top_of
from producer.render.photo.matte import fill, refine, unmix
from producer.render.photo.warp import Pixels

Array = npt.NDArray[np.float64]

LARGEST_HEAD = 640.0
"""Height of a head, in pixels, beyond which a portrait is shrunk: no frame shows it larger."""
ABOVE, BELOW, BESIDE = 0.75, 2.1, 1.9
"""What is kept around the head, in its heights."""
JITTER = [(zoom, turn) for zoom in (0.92, 1.0, 1.1) for turn in (-0.05, 0.0, 0.05)]
"""Crops that are fitted again: their mean is steadier than any, their spread tells a guess from a sight."""
LIPS = named.UPPER_LIP_TOP + named.UPPER_LIP_UNDER + named.LOWER_LIP_TOP + named.LOWER_LIP_UNDER
LIDS = named.RIGHT_LID_UPPER + named.RIGHT_LID_LOWER + named.LEFT_LID_UPPER + named.LEFT_LID_LOWER
EYES = ((159, 145, 33, 133), (386, 374, 362, 263))
"""Of each eye: the middles of its lids, and its corners."""
SHARP_AT = 160.0
"""Width of the face at which sharpness is measured."""


@dataclass(frozen=True)
class Study:
    measures: gate.Measures
    anatomy: Anatomy | None = None


@dataclass(frozen=True)
class Cutout:
    """The person as straight RGBA, the face in it, how it is to be shown, and the background without the person."""

    picture: Pixels
    anatomy: Anatomy
    setting: Setting
    plate: Pixels


class Observer:
    """Holds the networks. Raises Unavailable when a weight file is not there."""

    def __init__(self, weights: Path) -> None:
        self._near, self._far = FaceDetector(weights, NEAR), FaceDetector(weights, FAR)
        self._precise, self._quick = FaceMesh(weights, precise=True), FaceMesh(weights)
        self._person = PersonFinder(weights)

    def study(self, picture: Pixels) -> Study:
        """Of an RGB picture, upright."""
        found = self._far.detect(picture) or self._near.detect(picture)
        if not found:
            return Study(gate.Measures(faces=0))
        rivals = [face for face in found if _side(face) >= gate.RIVAL * _side(found[0])]
        first = self._precise.fit(picture, crop_of_detection(found[0]))
        crop = crop_of_points(first.points)
        fits = [
            self._precise.fit(picture, Crop(crop.centre + 0.2 * turn * crop.side, zoom * crop.side, crop.turn + turn))
            for zoom, turn in JITTER
        ]
        surely = min(fit.score for fit in (*fits, self._quick.fit(picture, crop)))
        strayed = np.array([fit.points for fit in fits])
        anatomy = Anatomy(strayed.mean(axis=0))
        yaw, pitch, roll = anatomy.turn
        upper, lower = anatomy.row(named.UPPER_LIP_UNDER), anatomy.row(named.LOWER_LIP_TOP)
        measures = gate.Measures(
            faces=len(rivals),
            score=surely,
            face_width=anatomy.face_width,
            yaw=yaw,
            pitch=pitch,
            roll=roll,
            mouth_doubt=_doubt(strayed, LIPS) / anatomy.unit,
            eyes_doubt=_doubt(strayed, LIDS) / anatomy.unit,
            eyes_open=min(_openness(anatomy, *eye) for eye in EYES),
            gap=float(lower[5, 1] - upper[5, 1]),
            sharpness=_sharpness(picture, anatomy),
        )
        return Study(measures, anatomy)

    def top(self, picture: Pixels, anatomy: Anatomy) -> float:
        """Where hair or hat begins above the face."""
        return top_of(self._person.find(picture), anatomy)

    def cut_out(self, picture: Pixels, anatomy: Anatomy) -> Cutout:
        """The person alone; `anatomy` is that of the whole picture."""
        part, face = _around(picture, anatomy)
        matte = refine(part, self._person.find(part), face)
        how = setting(matte, face)
        person = np.dstack([unmix(part, matte), np.round(255 * matte).astype(np.uint8)])
        return Cutout(person, face, how, _plate(part, matte, face))


def _side(face: Detection) -> float:
    return float(face.size.max())


def _doubt(strayed: Array, numbers: tuple[int, ...]) -> float:
    """How far the points stray between fits (n, points, 3), in pixels."""
    chosen = strayed[:, list(numbers), :2]
    return float(np.sqrt(chosen.var(axis=0).sum(axis=-1)).mean())


def _openness(anatomy: Anatomy, above: int, below: int, left: int, right: int) -> float:
    flat = anatomy.flat
    return float(np.linalg.norm(flat[below] - flat[above]) / np.linalg.norm(flat[right] - flat[left]))


def _sharpness(picture: Pixels, anatomy: Anatomy) -> float:
    zoom = SHARP_AT / anatomy.face_width
    low, high = np.maximum(anatomy.flat.min(axis=0), 0).astype(int), anatomy.flat.max(axis=0).astype(int)
    grey = cv2.cvtColor(picture[low[1] : high[1], low[0] : high[0]], cv2.COLOR_RGB2GRAY)
    flags = cv2.INTER_AREA if zoom < 1 else cv2.INTER_CUBIC
    face = cv2.resize(grey, None, fx=zoom, fy=zoom, interpolation=flags).astype(np.float32)
    return float(cv2.Laplacian(face, cv2.CV_32F).std() / max(float(face.std()), 1.0))


def _around(picture: Pixels, anatomy: Anatomy) -> tuple[Pixels, Anatomy]:
    """The head, the shoulders and some room, no larger than they will be shown."""
    head, middle = anatomy.head_height, (anatomy.crown + anatomy.chin) / 2
    height, width = picture.shape[:2]
    left, right = max(0, int(middle[0] - BESIDE * head)), min(width, int(middle[0] + BESIDE * head))
    top = max(0, int(anatomy.crown[1] - ABOVE * head))
    bottom = min(height, int(anatomy.chin[1] + BELOW * head))
    part, face = picture[top:bottom, left:right], anatomy.scaled(1.0, (-left, -top))
    zoom = LARGEST_HEAD / head
    if zoom < 1:
        part = np.asarray(cv2.resize(part, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA), np.uint8)
        face = face.scaled(zoom)
    return np.ascontiguousarray(part), face


def _plate(picture: Pixels, matte: npt.NDArray[np.float32], anatomy: Anatomy) -> Pixels:
    """The background, filled in softly where the person stood."""
    reach = int(0.03 * anatomy.head_height) | 1
    free = 1 - cv2.dilate(matte, np.ones((reach, reach), np.uint8))
    filled = fill(picture.astype(np.float32), np.asarray(np.where(free > 0.95, 1, 0), np.float32))
    return np.asarray(np.clip(filled, 0, 255), np.uint8)
