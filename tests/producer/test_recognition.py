"""Whose face it is: samples of a training are held against the pictures that were learnt. On the real weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from producer.recognition import Faces
from tests.support.pulled import FOLDER, portrait, weights

Pixels = npt.NDArray[np.uint8]
NOBODY, ANA, BEN = (np.full((4, 4, 3), shade, np.uint8) for shade in range(3))


class Shades(Faces):
    """Knows two people by their shade."""

    def vectors(self, picture: Pixels, most: int = 1) -> list[npt.NDArray[np.float32]]:
        shade = int(picture[0, 0, 0])
        return [np.eye(2, dtype=np.float32)[shade - 1]] if shade else []


def test_samples_are_as_like_as_their_mean_and_one_without_a_face_is_a_strangers() -> None:
    faces = Shades(None)
    assert faces.compare([ANA, ANA], [ANA, NOBODY, ANA]) == pytest.approx(1)
    assert faces.compare([ANA, BEN], [ANA]) == pytest.approx(0.5)
    assert faces.compare([ANA, NOBODY], [ANA]) == pytest.approx(0.5)


def test_without_a_face_to_compare_with_nothing_is_said() -> None:
    assert Shades(None).compare([ANA], [NOBODY]) is None
    assert Shades(None).compare([], [ANA]) is None


def test_networks_that_are_not_there_are_named_with_their_cure(tmp_path: Path) -> None:
    assert "run.py pull photo identity" in Faces(None).problem
    assert "run.py pull photo identity" in Faces(tmp_path).problem


@pytest.mark.proof
@pytest.mark.timeout(300)
def test_one_person_is_more_like_their_pictures_than_another() -> None:
    for name in ("photo", "identity"):
        weights(name)
    faces = Faces(FOLDER / "weights")
    assert faces.problem == ""
    plain = {name: np.ascontiguousarray(portrait(name)[..., :3]) for name in ("astronaut", "glasses")}
    mirrored = np.ascontiguousarray(plain["astronaut"][:, ::-1])
    own = faces.compare([mirrored], [plain["astronaut"]])
    other = faces.compare([plain["glasses"]], [plain["astronaut"]])
    assert own is not None
    assert other is not None
    assert other < 0.363 < own
    assert faces.compare([plain["glasses"]], [np.full((200, 200, 3), 90, np.uint8)]) is None
