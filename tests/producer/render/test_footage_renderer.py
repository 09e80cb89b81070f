"""A presenter who comes as a video: frame by frame in the presenter's place, held at both ends."""

from pathlib import Path

import numpy as np
import pytest

from config.errors import BadInput
from producer.engines.requests import SIZES
from producer.render.encode import Encoder
from producer.render.footage import FootageRenderer, footage_box
from producer.render.layout import Box, layout_for
from storage.documents import Format
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


def test_nothing_outside_its_place_is_touched(footage: Path) -> None:
    frame = np.zeros((240, 320, 4), np.uint8)
    FootageRenderer(footage, frame, Box(60, 40, 200, 200)).paint(4)
    assert not frame[:40].any()
    assert not frame[:, :60].any()
    assert not frame[:, 260:].any()


@pytest.mark.parametrize("format", list(SIZES))
@pytest.mark.parametrize("mirrored", [False, True])
def test_its_place_lies_in_the_picture_beside_the_cards(format: Format, mirrored: bool) -> None:
    layout = layout_for(format, mirrored=mirrored)
    box = footage_box(layout)
    assert Box(0, 0, layout.width, layout.height).contains(box)
    assert not box.overlaps(layout.cards)
    assert not box.overlaps(layout.source)


def test_what_is_no_video_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"not a video")
    with pytest.raises(BadInput, match="footage cannot be read"):
        FootageRenderer(broken, np.zeros((90, 90, 4), np.uint8), Box(0, 0, 90, 90)).paint(0)
