"""Pictures are seen while their file is written, and sound is heard before: of exactly what the file then holds."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from producer.checks.hearing import fingerprint, heard, heard_before
from producer.checks.playing import play
from producer.checks.preview import Preview
from producer.render.encode import Encoder
from producer.render.sound.aac import coded
from producer.render.sound.meter import RATE
from tests.support.sounding import at_once

SIZE, FPS, FRAMES = (128, 96), 25, 60


class Viewer:
    def __init__(self) -> None:
        self.seen: list[tuple[float, int]] = []

    def see(self, seconds: float, luma: np.ndarray, damaged: bool) -> None:
        assert not damaged
        self.seen.append((seconds, hash(luma.tobytes())))


def hum(hertz: float) -> np.ndarray:
    wave = 0.3 * np.sin(2 * np.pi * hertz * np.arange(FRAMES * RATE // FPS) / RATE)
    return np.repeat(wave.astype(np.float32)[:, None], 2, axis=1)


def film(path: Path, preview: Preview | None = None, seed: int = 1, hertz: float = 400) -> Path:
    rng = np.random.default_rng(seed)
    noise = rng.integers(0, 255, (SIZE[1], SIZE[0] + FRAMES, 4), np.uint8)
    with Encoder(path, SIZE, FPS, at_once(hum(hertz)), also=preview.take if preview else None) as encoder:
        for number in range(FRAMES):
            encoder.write(np.ascontiguousarray(noise[:, number : number + SIZE[0]]))
    return path


def test_what_is_seen_live_is_what_the_file_shows(tmp_path: Path) -> None:
    live, later = Viewer(), Viewer()
    with Preview([live], FPS) as preview:
        video = film(tmp_path / "film.mp4", preview)
        assert preview.shown(video)
    play(video, [later])
    assert len(live.seen) == FRAMES
    assert live.seen == later.seen


def test_another_file_is_told_apart(tmp_path: Path) -> None:
    other = film(tmp_path / "other.mp4", seed=2)
    with Preview([Viewer()], FPS) as preview:
        film(tmp_path / "film.mp4", preview)
        assert not preview.shown(other)


def test_one_wrong_byte_is_seen(tmp_path: Path) -> None:
    with Preview([Viewer()], FPS) as preview:
        video = film(tmp_path / "film.mp4", preview)
        data = bytearray(video.read_bytes())
        data[-50_000] ^= 1  # deep in the pictures
        video.write_bytes(data)
        assert not preview.shown(video)


def test_what_a_viewer_raises_is_raised_in_the_end(tmp_path: Path) -> None:
    class Startled(Viewer):
        def see(self, seconds: float, luma: np.ndarray, damaged: bool) -> None:
            raise ValueError("too bright")

    with Preview([Startled()], FPS) as preview:
        video = film(tmp_path / "film.mp4", preview)
        with pytest.raises(ValueError, match="too bright"):
            preview.shown(video)


def test_whoever_leaves_is_shown_no_more(tmp_path: Path) -> None:
    viewer = Viewer()
    with Preview([viewer], FPS) as preview:
        film(tmp_path / "film.mp4", preview)
    seen = len(viewer.seen)
    film(tmp_path / "again.mp4", preview)
    assert len(viewer.seen) == seen


def test_sound_by_itself_is_heard_as_it_sounds_in_a_film(tmp_path: Path) -> None:
    video = film(tmp_path / "film.mp4")
    before, after = heard_before(coded(hum(400)), tmp_path / "alone.mp4"), heard(video)
    assert before.fingerprint == after.fingerprint == fingerprint(video)
    assert before.ear.samples == after.ear.samples
    assert before.ear.meter.lufs == after.ear.meter.lufs
    assert np.array_equal(before.vowels.loudness, after.vowels.loudness)
    assert before.sounds.sightings() == after.sounds.sightings()
    assert fingerprint(film(tmp_path / "higher.mp4", hertz=800)) != before.fingerprint
