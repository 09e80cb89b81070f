"""The pitch of a voice, however long it speaks."""

import numpy as np
import pytest

from producer.quality import pitch as module
from producer.quality.pitch import RATE, pitch


def voice(seconds: float) -> np.ndarray:
    """A tone that rises from 120 to 180 Hz, with a pause in every second."""
    t = np.arange(round(seconds * RATE)) / RATE
    tone = np.sin(2 * np.pi * np.cumsum(120 + 60 * t / seconds) / RATE)
    return (0.5 * tone * (t % 1 < 0.8)).astype(np.float32)


def test_of_a_tone_is_found() -> None:
    low, middle, high = np.percentile(pitch(voice(3), RATE), (5, 50, 95))
    assert 115 < low < 130
    assert 140 < middle < 160
    assert 170 < high < 185


@pytest.mark.parametrize("together", [1, 7, 100_000])
def test_does_not_hang_on_how_much_is_compared_at_a_time(monkeypatch: pytest.MonkeyPatch, together: int) -> None:
    whole = pitch(voice(3), RATE)
    monkeypatch.setattr(module, "TOGETHER", together)
    assert np.array_equal(pitch(voice(3), RATE), whole)


@pytest.mark.parametrize("samples", [0, 100])
def test_of_next_to_nothing_is_none(samples: int) -> None:
    assert not len(pitch(np.zeros(samples, np.float32), RATE))
