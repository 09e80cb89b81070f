"""From a portrait to what its renderer needs, or to the reason why it cannot speak."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
import numpy.typing as npt

from producer.render.photo.framing import Setting
from producer.render.photo.gate import NOBODY, Refusal, eyes_seen, judge
from producer.render.photo.study import Observer
from producer.render.photo.warp import Pixels

LARGEST_SIDE = 2600
"""Pictures from cameras are shrunk to this first."""
PNG_EFFORT, JPEG_QUALITY = 3, 92

File = tuple[bytes, Literal["image/png", "image/jpeg"]]


@dataclass(frozen=True)
class Prepared:
    """`cutout` is RGBA, `plate` the background without the person; `points` (478, 3) lie in the cutout."""

    cutout: File
    plate: File
    points: npt.NDArray[np.float32]
    setting: Setting
    eyes_seen: bool


def prepare(picture: Pixels, observer: Observer) -> Prepared | Refusal:
    """`picture` is opaque RGBA, upright."""
    colours = colours_of(picture)
    study = observer.study(colours)
    if study.anatomy is None:
        return NOBODY
    if refusal := judge(study.measures):
        return refusal
    cutout = observer.cut_out(colours, study.anatomy)
    return Prepared(
        cutout=(_encoded(cutout.picture, ".png", cv2.IMWRITE_PNG_COMPRESSION, PNG_EFFORT), "image/png"),
        plate=(_encoded(cutout.plate, ".jpg", cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY), "image/jpeg"),
        points=cutout.anatomy.points.astype(np.float32),
        setting=cutout.setting,
        eyes_seen=eyes_seen(study.measures),
    )


def colours_of(picture: Pixels) -> Pixels:
    """RGB, no larger than is looked at."""
    zoom = LARGEST_SIDE / max(picture.shape[:2])
    if zoom < 1:
        picture = np.asarray(cv2.resize(picture, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA), np.uint8)
    return np.ascontiguousarray(picture[..., :3])


def _encoded(picture: Pixels, kind: str, option: int, value: int) -> bytes:
    """RGB or RGBA as a file."""
    swapped = cv2.cvtColor(picture, cv2.COLOR_RGBA2BGRA if picture.shape[2] == 4 else cv2.COLOR_RGB2BGR)
    return bytes(cv2.imencode(kind, swapped, [option, value])[1].tobytes())
