"""What one file is worth to train with, by itself: the face of a picture, or the voice of a recording.

    picture ─▶ face, view, sharpness ─▶ square, fingerprint, whose face      recording ─▶ trimmed ─▶ noise, clipping, echo

It imports cv2 at the top: only a worker while it looks, or a process of its own, imports this.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from config.errors import BadInput
from producer.dataset import judging
from producer.likeness import alike
from producer.nets.identity import encoder as identity
from producer.render.inputs import read_picture
from producer.render.photo.anatomy import Anatomy
from producer.render.photo.study import Observer
from producer.speech.intake import read_sound
from producer.speech.loudness import gain_to
from producer.speech.reference import LEAST_ALIKE, best_part
from producer.speech.reverb import reverberation
from producer.speech.sound import Samples, spoken_part
from storage.appraisals import Reason

Pixels = npt.NDArray[np.uint8]

ROOM, ABOVE = 3.0, 1.1
"""A square is at most so many heads wide; the middle of the head lies that many heads below its upper edge."""
SMALL, QUALITY = 320, 82
"""Pixels along the longer side of what a list shows of a picture, and its JPEG quality."""
RATE, HEARD_AT, LONGEST_S, LEAST_S, LUFS = 24_000, 16_000, 600.0, 1.0, -23.0


@dataclass(frozen=True)
class Face:
    """The one face of a picture. `square`: a PNG; `close`: whether the head fills most of it."""

    square: bytes
    view: str
    close: bool
    fingerprint: judging.Bits
    vector: judging.Vector


@dataclass(frozen=True)
class SeenPicture:
    """`small`: a JPEG for lists. `refused`: the first reason against it; its face is told all the same where there is exactly
    one."""

    small: bytes
    refused: Reason | None = None
    face: Face | None = None


@dataclass(frozen=True)
class HeardSound:
    """Samples without the silence at their ends, at one loudness; `reverb_s`: see `producer.speech.reverb`."""

    samples: Samples
    transcript: str
    snr_db: float
    loudness_lufs: float
    reverb_s: float | None = None
    refused: Reason | None = None
    rate: int = RATE

    @property
    def seconds(self) -> float:
        return round(len(self.samples) / self.rate, 2)


class Appraiser:
    """Holds the networks, which are loaded when the first file needs them. `weights`: the folder of all weights.

    What it is asked raises BadInput for a file that cannot be read, Unavailable without the face models.
    """

    def __init__(self, weights: Path) -> None:
        self._weights = weights

    def picture(self, path: Path, side: int) -> SeenPicture:
        picture = np.ascontiguousarray(read_picture(path)[..., :3])
        study = self._observer.study(picture)
        refused = judging.fault(study.measures)
        if study.anatomy is None or study.measures.faces != 1:
            return SeenPicture(as_jpeg(_small(picture)), refused or judging.NO_FACE)
        where, close = square_around(study.anatomy, picture.shape[1], picture.shape[0])
        if refused is None and where[2] < side // 2:
            refused = judging.few_pixels(where[2])
        square = _square(picture, where, side)
        face = Face(
            square=as_png(square), view=judging.view(study.measures), close=close,
            fingerprint=fingerprint(picture), vector=self._vector(picture, study.anatomy),
        )  # fmt: skip
        return SeenPicture(as_jpeg(_small(square)), refused, face)

    def sound(self, path: Path) -> HeardSound:
        sound, heard = (_trimmed(read_sound(path, rate, LONGEST_S), rate) for rate in (RATE, HEARD_AT))
        if len(heard) < LEAST_S * HEARD_AT:
            raise BadInput("Hardly anything is said in it.", "Record a few sentences.")
        told = best_part(heard, HEARD_AT, seconds=len(heard) / HEARD_AT, alike=alike(self._weights))
        several, rings = told.alike is not None and told.alike < LEAST_ALIKE, reverberation(heard, HEARD_AT)
        refused = judging.bad_sound(told.faults, rings, several_voices=several)
        return HeardSound(
            sound * np.float32(gain_to(LUFS, sound, RATE)), self._transcript(heard), round(told.snr_db, 1),
            round(told.loudness_lufs, 1), rings, refused,
        )  # fmt: skip

    def whose(self, path: Path) -> judging.Vector | None:
        """Whose face a picture shows, however good it is; None where no face is found."""
        picture = np.ascontiguousarray(read_picture(path)[..., :3])
        anatomy = self._observer.study(picture).anatomy
        return None if anatomy is None else self._vector(picture, anatomy)

    def _vector(self, picture: Pixels, face: Anatomy) -> judging.Vector:
        return self._encoder.encode(identity.align(picture, identity.five_points(face.points)))

    def _transcript(self, sound: Samples) -> str:
        from producer.engines.line.ears import Ears

        ears = Ears(self._weights)
        return "" if ears.problem else ears.hear(sound).text

    @cached_property
    def _observer(self) -> Observer:
        return Observer(self._weights / "photo")

    @cached_property
    def _encoder(self) -> identity.FaceEncoder:
        return identity.FaceEncoder(self._weights / identity.ID)


def square_around(face: Anatomy, width: int, height: int) -> tuple[tuple[int, int, int], bool]:
    """(left, top, side) of the head with some room, inside of the picture; and whether the head fills most of it."""
    head, middle = face.head_height, (face.crown + face.chin) / 2
    side = int(min(width, height, ROOM * head))
    left = int(np.clip(middle[0] - side / 2, 0, width - side))
    top = int(np.clip(middle[1] - min(ABOVE * head, side / 2), 0, height - side))
    return (left, top, side), bool(head > side / 2)


def fingerprint(picture: Pixels) -> judging.Bits:
    """64 bits that stay through another size and compression: where it gets brighter from left to right."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (9, 8), interpolation=cv2.INTER_AREA).astype(int)
    return np.asarray((small[:, 1:] > small[:, :-1]).ravel())


def as_png(picture: Pixels) -> bytes:
    """`picture`: RGB."""
    return bytes(cv2.imencode(".png", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))[1].tobytes())


def as_jpeg(picture: Pixels) -> bytes:
    """`picture`: RGB."""
    bgr, options = cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, QUALITY]
    return bytes(cv2.imencode(".jpg", bgr, options)[1].tobytes())


def _square(picture: Pixels, where: tuple[int, int, int], wanted: int) -> Pixels:
    left, top, side = where
    part = picture[top : top + side, left : left + side]
    flags = cv2.INTER_AREA if side > wanted else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(part, (wanted, wanted), interpolation=flags), np.uint8)


def _small(picture: Pixels) -> Pixels:
    height, width = picture.shape[:2]
    zoom = min(1.0, SMALL / max(height, width))
    size = max(1, round(width * zoom)), max(1, round(height * zoom))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _trimmed(sound: Samples, rate: int) -> Samples:
    first, last = spoken_part(sound, rate)
    return sound[first:last]
