"""The meters that finished sound is held to."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from producer.render.sound.curves import smooth
from producer.render.sound.meter import HOP, MARGIN, RATE, Meter, loudness, peaks_within, true_peak_db
from producer.render.sound.voice import resampled
from tests.support.cutting import RATE as VOICE_RATE
from tests.support.cutting import babble
from tests.support.hearing import tone


def softly(sound: np.ndarray) -> np.ndarray:
    """With 50 ms fades, so that only the tone itself is read, not its start."""
    t = np.arange(len(sound))
    return sound * (smooth(t / 2400) * smooth((len(sound) - t) / 2400))[:, None].astype(np.float32)


@pytest.mark.parametrize(
    ("per_period", "degrees", "crest", "wanted"),
    [(4, 0, 0.5, -6.0), (4, 45, 0.5, -6.0), (6, 60, 0.5, -6.0), (8, 67.5, 0.5, -6.0), (4, 45, 1.41, 3.0)],
)
def test_true_peaks_between_the_samples_are_seen(per_period: int, degrees: float, crest: float, wanted: float) -> None:
    """EBU Tech 3341, cases 15 to 19: sines sampled beside their crests; +0.2 / -0.4 dB allowed."""
    sine = tone(20 * np.log10(crest), RATE / per_period, 1, np.radians(degrees))
    assert wanted - 0.4 <= true_peak_db(softly(sine)) <= wanted + 0.2


@settings(max_examples=20, deadline=None)
@given(cuts=st.lists(st.integers(0, 2 * RATE), max_size=6))
def test_in_how_many_parts_sound_comes_changes_nothing(cuts: list[int]) -> None:
    sound = np.random.default_rng(1).normal(0, 0.1, (2 * RATE, 2)).astype(np.float32)
    whole, parts = Meter(), Meter()
    whole.add(sound)
    for part in np.split(sound, sorted(cuts)):
        parts.add(part)
    assert parts.lufs == pytest.approx(whole.lufs, abs=1e-6)
    assert parts.true_peak_db == pytest.approx(whole.true_peak_db, abs=1e-4)


def test_a_peak_at_either_end_counts() -> None:
    for place in (0, 1, RATE - 2, RATE - 1):
        sound = np.zeros((RATE, 2), np.float32)
        sound[place] = 0.7
        assert true_peak_db(sound) == pytest.approx(20 * np.log10(0.7), abs=0.05)


def test_reading_twice_changes_nothing() -> None:
    meter = Meter()
    meter.add(tone(-10))
    first = (meter.lufs, meter.true_peak_db, meter.envelope(5))
    assert (meter.lufs, meter.true_peak_db, meter.envelope(5)) == first


def test_only_loud_places_are_oversampled_and_the_highest_peak_is_the_same() -> None:
    mono = resampled(babble(2), VOICE_RATE)
    sound = np.pad(np.repeat(mono[:, None], 2, axis=1), ((MARGIN, MARGIN), (0, 0)))
    everywhere, above = peaks_within(sound), peaks_within(sound, float(np.abs(sound).max()))
    assert above.max() == everywhere.max()
    assert len(above) == len(everywhere) == -(-len(mono) // HOP)
    assert (above <= everywhere).all()


def test_silence_and_nothing_are_read_as_silence() -> None:
    assert loudness(np.zeros((RATE, 2), np.float32)) == true_peak_db(np.zeros((RATE, 2), np.float32)) == -70
    assert Meter().lufs == Meter().true_peak_db == -70
    assert loudness(tone(-20)[:100]) < -20


def test_the_waveform_is_scaled_to_its_highest_peak() -> None:
    sound = np.zeros((RATE, 2), np.float32)
    sound[12_100, 0], sound[47_900, 1] = 0.2, -0.4
    meter = Meter()
    meter.add(sound)
    peaks = meter.envelope(10)
    assert peaks[2] == 0.5
    assert peaks[9] == 1.0
    assert sum(peaks) == 1.5
    assert Meter().envelope(4) == (0.0,) * 4
