"""Sound in memory and in files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.speech.sound import faded, loud_times, silence, spoken_part
from producer.speech.wav import from_wav, to_wav

RATE = 24000


@given(st.lists(st.floats(-1, 1, width=32), max_size=50))
def test_a_wav_file_gives_back_what_was_put_in(tmp_path_factory: pytest.TempPathFactory, samples: list[float]) -> None:
    path = tmp_path_factory.mktemp("wav") / "a.wav"
    path.write_bytes(to_wav(np.array(samples, np.float32), RATE))
    audio, rate = from_wav(path)
    assert rate == RATE
    assert np.abs(audio - np.array(samples, np.float32)).max(initial=0) <= 1 / 32767


def test_too_loud_samples_are_clipped_and_do_not_wrap_around(tmp_path: Path) -> None:
    path = tmp_path / "loud.wav"
    path.write_bytes(to_wav(np.array([2.0, -2.0], np.float32), RATE))
    assert from_wav(path)[0].tolist() == [1.0, -1.0]


def test_the_spoken_part_keeps_a_margin_around_what_is_heard() -> None:
    noise = np.random.default_rng(0).uniform(-0.5, 0.5, RATE).astype(np.float32)
    audio = np.concatenate([silence(0.5, RATE), noise, silence(0.7, RATE)])
    first, last = spoken_part(audio, RATE)
    assert 0.44 <= first / RATE <= 0.5
    assert 1.5 <= last / RATE <= 1.56
    assert spoken_part(silence(1, RATE), RATE) == (0, 0)
    assert len(loud_times(silence(0, RATE), RATE, -30)) == 0


def test_fades_begin_and_end_in_silence_and_leave_the_middle_alone() -> None:
    audio = np.ones(RATE, np.float32)
    shaped = faded(audio, RATE)
    assert shaped[0] == 0
    assert shaped[-1] == 0
    assert np.array_equal(shaped[300:-300], audio[300:-300])
    assert len(faded(np.ones(1, np.float32), RATE)) == 1
