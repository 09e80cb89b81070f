"""The geometry around the face detectors."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from config.errors import Unavailable
from producer.faces.detection import FAR, NEAR, Detection, FaceDetector, apart, letterbox, overlap


def box(x: float, y: float, side: float, score: float = 0.9) -> Detection:
    return Detection(score, np.array([x, y]), np.array([side, side]), np.zeros((6, 2)))


def test_the_lattices_have_the_anchors_that_the_networks_answer_for() -> None:
    assert NEAR.anchors().shape == (896, 2)
    assert FAR.anchors().shape == (2304, 2)
    assert NEAR.anchors().min() > 0
    assert NEAR.anchors().max() < NEAR.side


@pytest.mark.parametrize("shape", [(90, 160, 3), (160, 90, 3), (100, 100, 3), (90, 160)])
def test_a_letterbox_holds_the_whole_picture_and_says_where(shape: tuple[int, ...]) -> None:
    square, zoom, corner = letterbox(np.full(shape, 200, np.uint8), 128)
    assert square.shape == (128, 128, *shape[2:])
    far = corner + np.array([shape[1], shape[0]]) * zoom
    assert far.max() == pytest.approx(128, abs=1)
    assert square[int(corner[1]), int(corner[0])].min() == 200
    assert not square[: int(corner[1])].any()


def test_overlapping_boxes_are_one_face() -> None:
    sure, echo, other = box(50, 50, 40), box(55, 52, 40, 0.8), box(150, 50, 40, 0.7)
    assert overlap(sure, sure) == pytest.approx(1)
    assert overlap(sure, other) == 0
    assert apart([sure, echo, other]) == [sure, other]


def test_without_its_file_a_network_says_which_command_fetches_it(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match=r"run\.py pull photo"):
        FaceDetector(tmp_path)
    (tmp_path / NEAR.file).write_bytes(b"not a network")
    with pytest.raises(Unavailable, match="damaged"):
        FaceDetector(tmp_path)
