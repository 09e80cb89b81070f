"""Who it is: one face is known again in other light, size and turn, and another is not taken for it. On the real weights."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.errors import Unavailable
from producer.faces.detection import FaceDetector
from producer.faces.mesh import FaceMesh, crop_of_detection
from producer.nets.identity.encoder import (
    PLACES,
    SAME,
    SIDE,
    FaceEncoder,
    align,
    centre,
    five_points,
    similarity,
    similarity_transform,
)
from tests.support.pulled import portrait, weights
from tests.support.sitter import face

Pixels = npt.NDArray[np.uint8]
PEOPLE = ("astronaut", "beard", "glasses", "laughing", "young", "fringe", "dreadlocks", "full-beard")


@given(turn=st.floats(-3, 3), zoom=st.floats(0.1, 30), x=st.floats(-500, 500), y=st.floats(-500, 500))
def test_points_come_back_wherever_a_face_was(turn: float, zoom: float, x: float, y: float) -> None:
    rotation = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    seen = zoom * PLACES @ rotation.T + np.array([x, y])
    matrix = similarity_transform(seen, PLACES)
    assert np.allclose(seen @ matrix[:, :2].T + matrix[:, 2], PLACES, atol=1e-6)


def test_a_mirrored_face_is_not_mirrored_back() -> None:
    matrix = similarity_transform(PLACES * np.array([-1.0, 1.0]), PLACES)
    assert np.linalg.det(matrix[:, :2]) > 0


def test_the_five_points_of_a_mesh_are_in_the_order_of_an_aligned_face() -> None:
    found = five_points(face().points)
    matrix = similarity_transform(found, PLACES)
    assert np.abs(found @ matrix[:, :2].T + matrix[:, 2] - PLACES).max() < 0.08 * SIDE


def test_weights_that_are_not_there_are_named_with_their_cure(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"run\.py pull identity"):
        FaceEncoder(tmp_path)


@pytest.mark.proof
@pytest.mark.timeout(300)
def test_one_person_is_alike_and_two_are_not() -> None:
    encoder, detector = FaceEncoder(weights("identity")), FaceDetector(weights("photo"))
    mesh = FaceMesh(weights("photo"), precise=True)

    def seen(picture: Pixels) -> npt.NDArray[np.float32]:
        found = mesh.fit(picture, crop_of_detection(detector.detect(picture)[0]))
        return encoder.encode(align(picture, five_points(found.points)))

    plain = {name: np.ascontiguousarray(portrait(name)[..., :3]) for name in PEOPLE}
    known = {name: seen(picture) for name, picture in plain.items()}
    same = [similarity(known[n], seen(change(p))) for n, p in plain.items() for change in (darker, smaller, tilted)]
    other = [similarity(known[a], known[b]) for a, b in combinations(PEOPLE, 2)]
    print(f"same {min(same):.2f}..{max(same):.2f}, other {min(other):.2f}..{max(other):.2f}")
    assert min(same) > SAME + 0.2
    assert max(other) < SAME
    assert np.isclose(np.linalg.norm(centre(list(known.values()))), 1, atol=1e-5)


def darker(picture: Pixels) -> Pixels:
    return np.asarray(picture * 0.5, np.uint8)


def smaller(picture: Pixels) -> Pixels:
    zoom = 240 / max(picture.shape)
    return np.asarray(cv2.resize(picture, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_AREA), np.uint8)


def tilted(picture: Pixels) -> Pixels:
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), 12, 1)
    return np.asarray(cv2.warpAffine(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)
