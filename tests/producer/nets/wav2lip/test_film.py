"""A still of which one part changes, as a file: what was written is what is seen, and nothing else moves."""

from __future__ import annotations

import threading
from pathlib import Path

import av
import numpy as np
import pytest

from producer.nets.wav2lip.film import Film
from producer.render.layout import Box

PART = Box(18, 34, 30, 22)


def still() -> np.ndarray:
    ramp = np.linspace(40, 200, 96).astype(np.uint8)
    return np.ascontiguousarray(np.dstack([np.tile(ramp[:64], (92, 1)), np.full((92, 64), 90, np.uint8), np.tile(ramp[:92, None], (1, 64))]))  # fmt: skip


def part(level: int) -> np.ndarray:
    return np.full((22, 30, 3), (level, 60, 255 - level), np.uint8)


def frames(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as file:
        assert [stream.type for stream in file.streams] == ["video"]
        return [frame.to_ndarray(format="bgr24").astype(int) for frame in file.decode(video=0)]


def test_every_frame_shows_its_own_part_of_the_still(tmp_path: Path) -> None:
    path, levels = tmp_path / "film.mp4", range(20, 240, 20)
    with Film(path, still(), PART, 25) as film:
        for level in levels:
            film.write(part(level))
    seen = frames(path)
    assert len(seen) == len(levels)
    rows, columns = slice(34, 56), slice(18, 48)
    for level, frame in zip(levels, seen, strict=True):
        expected = still().astype(int)
        expected[rows, columns] = part(level)
        assert np.abs(frame - expected).mean() < 4
        assert np.abs(frame[rows, columns].mean(axis=(0, 1)) - (level, 60, 255 - level)).max() < 5
    assert film.encoding_s > 0


def test_equal_frames_make_equal_files(tmp_path: Path) -> None:
    for name in "ab":
        with Film(tmp_path / name, still(), PART, 30) as film:
            for level in range(0, 200, 9):
                film.write(part(level))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_whoever_leaves_early_waits_for_nothing(tmp_path: Path) -> None:
    def interrupted() -> None:
        with Film(tmp_path / "film.mp4", still(), PART, 25) as film:
            film.write(part(50))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert not [thread for thread in threading.enumerate() if thread.name == "film"]


def test_what_the_encoder_says_is_heard(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="could not broadcast"), Film(tmp_path / "film.mp4", still(), PART, 25) as film:
        film.write(np.zeros((10, 10, 3), np.uint8))
