"""The best ten seconds of a recording: over the noise, not cut off, and of one speaker."""

from __future__ import annotations

import numpy as np
import pytest

from producer.speech.reference import best_part, cut
from producer.speech.sound import Samples

RATE = 16_000


def speech(seconds: float, *, level: float = 0.2, noise: float = 0.0005, hertz: float = 180.0) -> Samples:
    """Syllables with pauses, over noise."""
    times = np.arange(int(seconds * RATE)) / RATE
    said = np.sin(2 * np.pi * hertz * times) * (np.sin(2 * np.pi * 1.7 * times) > -0.3)
    return np.asarray(level * said + np.random.default_rng(1).normal(0, noise, len(times)), np.float32)


def test_the_quiet_room_is_taken_not_the_street() -> None:
    found = best_part(np.concatenate([speech(14, noise=0.05), speech(12), speech(14, noise=0.05)]), RATE)
    assert found.start_s >= 12.9, "but for a second at most"
    assert found.end_s <= 27.1
    assert found.end_s - found.start_s == pytest.approx(10)
    assert found.snr_db > 30
    assert found.faults == ()


def test_what_is_cut_off_is_passed_over() -> None:
    loud = np.clip(speech(12, level=3.0), -1, 1)
    found = best_part(np.concatenate([loud, speech(12)]), RATE)
    assert found.start_s >= 11.5
    assert (found.clipped, found.faults) == (0, ())


def test_where_the_most_is_said() -> None:
    silence = np.zeros(8 * RATE, np.float32)
    found = best_part(np.concatenate([speech(2), silence, speech(11), silence]), RATE)
    assert 9.5 <= found.start_s <= 11.5


def test_a_short_recording_is_taken_whole() -> None:
    sound = speech(4)
    found = best_part(sound, RATE)
    assert (found.start_s, found.end_s) == (0, 4)
    assert len(cut(sound, RATE, found)) == len(sound)


@pytest.mark.parametrize(
    ("sound", "fault"),
    [
        (speech(12, noise=0.06), "noise under the voice"),
        (np.clip(speech(12, level=3.0), -1, 1), "cut off where it is loud"),
        (speech(12, level=0.002, noise=1e-6), "too soft"),
        (np.concatenate([speech(2), np.zeros(8 * RATE, np.float32)]), "little is said"),
    ],
    ids=["noisy", "clipped", "soft", "empty"],
)
def test_what_is_wrong_with_the_best_of_it_is_said(sound: Samples, fault: str) -> None:
    assert fault in " ".join(best_part(sound, RATE).faults)


def test_one_speaker_is_preferred_to_two() -> None:
    sound = np.concatenate([speech(20), speech(20, noise=0.0008, hertz=330)])

    def alike(piece: Samples) -> float:
        """Whether it holds one pitch alone."""
        spectrum = np.abs(np.fft.rfft(piece))
        hertz = np.fft.rfftfreq(len(piece), 1 / RATE)
        low, high = (spectrum[np.abs(hertz - pitch) < 3].max() for pitch in (180, 330))
        return 1.0 if max(low, high) > 20 * min(low, high) else 0.3

    found = best_part(sound, RATE, alike=alike)
    assert found.alike == 1.0
    assert found.end_s <= 20.5 or found.start_s >= 19.5
    two = best_part(np.concatenate([speech(3), speech(3, hertz=330)]), RATE, alike=alike)
    assert "more than one voice" in " ".join(two.faults)
