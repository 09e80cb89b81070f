"""What the gallery shows: sections of pictures and clips, each made when its turn comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[np.uint8]

QUALITY = 92
"""Of JPEG files, whose colours are kept at full resolution: thin coloured letters need it."""


@dataclass(frozen=True)
class Still:
    """A picture. `draw` gives it as opaque RGBA, (height, width, 4); `group` is the heading it stands under."""

    name: str
    draw: Callable[[], Pixels]
    group: str = ""


@dataclass(frozen=True)
class Film:
    """A clip. `make` writes it to a path as MP4, and gives its poster as opaque RGBA."""

    name: str
    make: Callable[[Path], Pixels]
    group: str = ""


Exhibit = Still | Film


@dataclass(frozen=True)
class Section:
    """`exhibits` yields what hangs in it, in order, and holds on to nothing that was drawn. `wide`: how wide a picture
    is shown at least, in CSS pixels."""

    title: str
    about: str
    wide: int
    exhibits: Callable[[], Iterator[Exhibit]]


def shrunk(pixels: Pixels, share: float) -> Pixels:
    """The picture at a share of its size, every pixel counted."""
    size = round(pixels.shape[1] * share), round(pixels.shape[0] * share)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), np.uint8)


def jpeg(pixels: Pixels) -> bytes:
    """An opaque RGBA picture as a JPEG file."""
    flags = [
        cv2.IMWRITE_JPEG_QUALITY, QUALITY,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
    ]  # fmt: skip
    _, data = cv2.imencode(".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGBA2BGR), flags)
    return data.tobytes()
