"""A presenter who comes as a video: frame by frame through a window in the presenter's place, held at both ends."""

from pathlib import Path

import numpy as np
import pytest

from config.errors import BadInput
from producer.render.encode import Encoder
from producer.render.footage import FootageRenderer
from producer.render.layout import Box
from tests.support.sounding import at_once


@pytest.fixture(scope="module")
def footage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten frames, each a little brighter than the one before."""
    path = tmp_path_factory.mktemp("footage") / "presenter.mp4"
    with Encoder(path, (96, 128), 25, at_once(np.zeros((19_200, 2), np.float32))) as encoder:
        for number in range(10):
            encoder.write(np.full((128, 96, 4), 40 + 20 * number, np.uint8))
    return path


def brightness(renderer: FootageRenderer, frame: np.ndarray, index: int) -> float:
    renderer.paint(index)
    return float(frame[100, 100, 0])


def test_frames_are_shown_by_number_forwards_and_backwards(footage: Path) -> None:
    frame = np.zeros((240, 320, 4), np.uint8)
    renderer = FootageRenderer(footage, frame, Box(60, 40, 200, 200))
    seen = [brightness(renderer, frame, index) for index in (0, 3, 9, 5, 5)]
    assert seen == pytest.approx([40, 100, 220, 140, 140], abs=5)


def test_before_and_after_the_footage_its_ends_are_held(footage: Path) -> None:
    frame = np.zeros((240, 320, 4), np.uint8)
    renderer = FootageRenderer(footage, frame, Box(60, 40, 200, 200))
    assert brightness(renderer, frame, -20) == pytest.approx(40, abs=5)
    assert brightness(renderer, frame, 500) == pytest.approx(220, abs=5)


def test_it_is_seen_through_a_window_with_round_corners(footage: Path) -> None:
    frame = np.zeros((240, 320, 4), np.uint8)
    FootageRenderer(footage, frame, Box(60, 40, 200, 160)).paint(4)
    assert frame[120, 160, 0] == pytest.approx(120, abs=5)
    assert frame[40, 60, 0] < 90
    assert not frame[:20].any()
    assert not frame[:, :40].any()


def test_of_tall_footage_the_upper_part_is_shown_as_heads_are_there(tmp_path: Path) -> None:
    path, picture = tmp_path / "tall.mp4", np.zeros((192, 128, 4), np.uint8)
    picture[:64] = 200
    with Encoder(path, (128, 192), 25, at_once(np.zeros((9600, 2), np.float32))) as encoder:
        encoder.write(picture)
    frame = np.zeros((240, 320, 4), np.uint8)
    FootageRenderer(path, frame, Box(60, 40, 160, 160)).paint(0)
    bright = frame[50:190, 140, 0] > 100
    assert bright[:50].all()


def test_what_is_no_video_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"not a video")
    with pytest.raises(BadInput, match="footage cannot be read"):
        FootageRenderer(broken, np.zeros((90, 90, 4), np.uint8), Box(0, 0, 90, 90)).paint(0)
