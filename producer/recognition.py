"""Whose face it is: the largest face of a picture becomes a vector, alike for one person and unlike for two.

    RGB picture ─▶ detector ─▶ mesh ─▶ face encoder ─▶ unit vector (128)

It needs the networks that find a face (`run.py pull photo`), and the one that knows it again (`run.py pull identity`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from producer.weights import read_lock

if TYPE_CHECKING:
    from producer.faces.detection import Detection
    from producer.faces.mesh import FaceMesh
    from producer.nets.identity.encoder import FaceEncoder

Picture = npt.NDArray[np.uint8]
Vector = npt.NDArray[np.float32]

ID, FINDERS = "identity", "photo"


class Faces:
    """Knows faces again. `weights`: the folder of all weights. The networks are loaded when a face is first looked for."""

    def __init__(self, weights: Path | None) -> None:
        self._weights = weights

    @property
    def problem(self) -> str:
        """What keeps it from that here; "" = nothing."""
        lock = read_lock()
        missing = [
            name for name in (FINDERS, ID) if self._weights is None or lock[name].missing(self._weights / name)
        ]  # fmt: skip
        return f"the networks that know faces are not installed: run.py pull {' '.join(missing)}" if missing else ""

    def vectors(self, picture: Picture, most: int = 1) -> list[Vector]:
        """Of the largest faces of an upright RGB picture, the largest first; empty where there is none. Raises Unavailable."""
        from producer.faces.mesh import crop_of_detection
        from producer.nets.identity.encoder import align, five_points

        found = next((faces for find in self._finders if (faces := find(picture))), [])
        fits = [self._mesh.fit(picture, crop_of_detection(one)) for one in found[:most]]
        return [self._encoder.encode(align(picture, five_points(fit.points))) for fit in fits]

    def compare(self, samples: Sequence[Picture], pictures: Sequence[Picture]) -> float | None:
        """How much the people on these samples are like the one on those pictures, −1 to 1; None where the pictures show no
        face. A sample without one counts as a stranger's: 0."""
        from producer.nets.identity.encoder import centre, similarity

        own = [vector for picture in pictures for vector in self.vectors(picture)]
        if not own or not samples:
            return None
        person, seen = centre(own), [self.vectors(sample) for sample in samples]
        return float(np.mean([similarity(vectors[0], person) if vectors else 0.0 for vectors in seen]))

    @cached_property
    def _finders(self) -> tuple[Callable[[Picture], list[Detection]], ...]:
        from producer.faces.detection import FAR, NEAR, FaceDetector

        folder = self._folder / FINDERS
        return FaceDetector(folder, FAR).detect, FaceDetector(folder, NEAR).detect

    @cached_property
    def _mesh(self) -> FaceMesh:
        from producer.faces.mesh import FaceMesh

        return FaceMesh(self._folder / FINDERS, precise=True)

    @cached_property
    def _encoder(self) -> FaceEncoder:
        from producer.nets.identity.encoder import FaceEncoder

        return FaceEncoder(self._folder / ID)

    @property
    def _folder(self) -> Path:
        return self._weights or Path("weights")
