"""Speech at another pace."""

from __future__ import annotations

import numpy as np
import pytest

from producer.speech.paced import paced

RATE = 24000


def tone(hertz: float, seconds: float = 2.0) -> np.ndarray:
    return (0.3 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)


@pytest.mark.parametrize("pace", [0.5, 0.8, 1.25, 2.0])
def test_lasts_as_much_less_as_it_is_faster_at_the_same_pitch(pace: float) -> None:
    sound = paced(tone(220.0), RATE, pace)
    assert sound.dtype == np.float32
    assert len(sound) / RATE == pytest.approx(2.0 / pace, rel=0.05)
    spectrum = np.abs(np.fft.rfft(sound))
    assert np.argmax(spectrum) * RATE / len(sound) == pytest.approx(220, rel=0.02)


def test_its_own_pace_changes_nothing_and_next_to_no_sound_is_left_alone() -> None:
    sound = tone(220.0)
    assert paced(sound, RATE, 1.0) is sound
    for short in (np.zeros(0, np.float32), tone(220.0, 0.05)):
        assert paced(short, RATE, 1.5) is short
