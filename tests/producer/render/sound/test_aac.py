"""Sound is encoded once, and every format of a clip gets the same."""

from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from producer.render.encode import Encoder
from producer.render.sound.aac import coded
from producer.render.sound.meter import RATE
from tests.support.sounding import at_once

FPS = 25


def hum(seconds: float) -> np.ndarray:
    t = np.arange(round(seconds * RATE)) / RATE
    return np.repeat(0.2 * np.sin(2 * np.pi * 220 * t)[:, None], 2, axis=1).astype(np.float32)


def heard(path: Path) -> np.ndarray:
    with av.open(str(path)) as file:
        return np.concatenate([frame.to_ndarray() for frame in file.decode(audio=0)], axis=1)


def test_frames_follow_each_other_to_the_end_of_the_sound() -> None:
    frames = coded(hum(1.3))
    assert frames[0].pts <= 0
    assert all(a.end == b.pts for a, b in pairwise(frames))
    assert frames[-1].end >= round(1.3 * RATE)


def test_two_files_can_be_written_from_it(tmp_path: Path) -> None:
    sound = at_once(hum(2))
    paths = [tmp_path / "wide.mp4", tmp_path / "tall.mp4"]
    for path, size in zip(paths, [(160, 90), (90, 160)], strict=True):
        with Encoder(path, size, FPS, sound) as file:
            for _ in range(2 * FPS):
                file.write(np.full((size[1], size[0], 4), 90, np.uint8))
    one, other = (heard(path) for path in paths)
    assert np.array_equal(one, other)
    assert np.abs(one[:, : 2 * RATE] - hum(2).T)[:, 4096:-4096].max() < 0.02


def test_who_cancels_is_not_kept_waiting() -> None:
    class Stop(Exception):
        pass

    def stop() -> None:
        raise Stop

    with pytest.raises(Stop):
        coded(hum(0.1), stop)


def test_silence_of_no_length_is_nothing_to_hear() -> None:
    assert all(frame.end <= 1024 for frame in coded(np.zeros((0, 2), np.float32)))
