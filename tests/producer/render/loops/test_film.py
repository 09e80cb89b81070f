"""The file of a loop: what is written is played, from any frame and for ever."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from config.errors import BadInput
from producer.render.loops.film import LoopFilm, write_loop

SIZE = (128, 96)


def shades(count: int) -> list[np.ndarray]:
    """Grey frames, each brighter than the one before, of half the size."""
    return [np.full((48, 64, 3), 40 + 20 * number, np.uint8) for number in range(count)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write_loop(tmp_path / "loop.mp4", shades(6), 25, SIZE, lambda: None)
    return tmp_path / "loop.mp4"


def test_frames_come_as_they_were_written_and_begin_again(file: Path) -> None:
    film = LoopFilm(file, 6, 25, SIZE)
    for index in (0, 1, 5, 6, 9, 3, 3, 600):
        frame = film.at(index)
        assert frame.shape == (96, 128, 4)
        assert abs(int(frame[40, 60, 0]) - (40 + 20 * (index % 6))) <= 3
        assert (frame[..., 3] == 255).all()


def test_colours_are_what_they_were(tmp_path: Path) -> None:
    red = np.zeros((96, 128, 3), np.uint8)
    red[..., 0] = 200
    write_loop(tmp_path / "red.mp4", [red], 25, SIZE, lambda: None)
    blue, green, red_seen = (int(v) for v in LoopFilm(tmp_path / "red.mp4", 1, 25, SIZE).at(0)[40, 60, :3])
    assert (blue < 12, green < 12, abs(red_seen - 200) < 6) == (True, True, True)


def test_equal_frames_make_an_equal_file(file: Path, tmp_path: Path) -> None:
    write_loop(tmp_path / "again.mp4", shades(6), 25, SIZE, lambda: None)
    assert (tmp_path / "again.mp4").read_bytes() == file.read_bytes()


def test_a_file_of_another_size_is_cropped_to_what_is_wanted(file: Path) -> None:
    assert LoopFilm(file, 6, 25, (96, 96)).at(2).shape == (96, 96, 4)


def test_what_is_no_film_is_refused(tmp_path: Path) -> None:
    (tmp_path / "loop.mp4").write_bytes(b"nothing of the kind")
    with pytest.raises(BadInput, match="moving scene cannot be read"):
        LoopFilm(tmp_path / "loop.mp4", 6, 25, SIZE).at(0)
    with pytest.raises(BadInput, match="moving scene cannot be read"):
        LoopFilm(tmp_path / "loop.mp4", 0, 25, SIZE)


def test_a_scene_that_is_filmed_is_not_blurred(tmp_path: Path) -> None:
    checks = (np.indices((96, 128)).sum(0) // 4 % 2 * 150 + 50).astype(np.uint8)
    write_loop(tmp_path / "loop.mp4", [cv2.cvtColor(checks, cv2.COLOR_GRAY2RGB)], 25, SIZE, lambda: None)
    seen = LoopFilm(tmp_path / "loop.mp4", 1, 25, SIZE).at(0)[..., 1].astype(int)
    assert np.abs(seen - checks).mean() < 6
