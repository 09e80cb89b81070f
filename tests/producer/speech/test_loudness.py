"""Loudness as ITU-R BS.1770-4 defines it, held to the tones of EBU Tech 3341 and to another implementation."""

import numpy as np
import pyloudnorm
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.speech.loudness import SILENT, LoudnessMeter, gain_to, integrated_loudness, k_weighting
from tests.support.cutting import babble
from tests.support.hearing import tone

RATE = 48_000


def lufs(sound: np.ndarray, rate: int = RATE) -> float:
    meter = LoudnessMeter(rate, sound.shape[1])
    meter.add(sound.T)
    return meter.lufs


def test_the_filters_are_those_of_the_standard_at_48_khz() -> None:
    """Tables 1 and 2 of BS.1770-4."""
    shelf, high_pass = k_weighting(48_000)
    assert shelf == pytest.approx(
        [1.53512485958697, -2.69169618940638, 1.19839281085285, 1.0, -1.69065929318241, 0.73248077421585], abs=1e-12
    )
    assert high_pass == pytest.approx([1.0, -2.0, 1.0, 1.0, -1.99004745483398, 0.99007225036621], abs=1e-12)


@pytest.mark.parametrize(
    ("tones", "wanted"),
    [
        ([(-23, 20)], -23),
        ([(-33, 20)], -33),
        ([(-36, 10), (-23, 60), (-36, 10)], -23),
        ([(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)], -23),
        ([(-26, 20), (-20, 20.1), (-26, 20)], -23),
    ],
)
def test_reference_tones_read_what_they_should(tones: list[tuple[float, float]], wanted: float) -> None:
    """EBU Tech 3341, cases 1 to 5: 1 kHz in stereo, level and seconds; within 0.1 LU."""
    sound = np.concatenate([tone(db, 1000, seconds) for db, seconds in tones])
    assert lufs(sound) == pytest.approx(wanted, abs=0.1)


@pytest.mark.parametrize("rate", [16_000, 24_000, 44_100, 48_000])
def test_another_meter_agrees_at_every_rate(rate: int) -> None:
    """pyloudnorm's filters differ from the standard's by some hundredths of a decibel."""
    sound = np.resize(babble(5), 5 * rate)
    other = pyloudnorm.Meter(rate, filter_class="DeMan").integrated_loudness(sound.astype(np.float64))
    assert integrated_loudness(sound, rate) == pytest.approx(other, abs=0.1)


@settings(max_examples=25, deadline=None)
@given(cuts=st.lists(st.integers(0, 3 * RATE), max_size=8))
def test_in_how_many_parts_sound_comes_changes_nothing(cuts: list[int]) -> None:
    sound = tone(-20, 440, 3)
    meter = LoudnessMeter(RATE, 2)
    for part in np.split(sound, sorted(cuts)):
        meter.add(part.T)
    assert meter.lufs == pytest.approx(lufs(sound), abs=1e-9)


def test_silence_has_no_loudness_and_no_gain() -> None:
    assert integrated_loudness(np.zeros(RATE, np.float32), RATE) == SILENT
    assert integrated_loudness(np.zeros(0, np.float32), RATE) == SILENT
    assert gain_to(-20, np.zeros(RATE, np.float32), RATE) == 1.0
    assert LoudnessMeter(RATE).lufs == SILENT
