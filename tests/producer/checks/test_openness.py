"""How open each sound is, by phonetics."""

from __future__ import annotations

import numpy as np
import pytest

from producer.checks.openness import RATE, closures, expected_opening, letters_of
from tests.support.presenter import phonemes


def at(curve: np.ndarray, seconds: float) -> float:
    return float(curve[round(seconds * RATE)])


def test_low_vowels_open_the_mouth_furthest_and_lips_meet_for_p_b_and_m() -> None:
    sounds = phonemes("apibum", start=0.5, each=0.3)
    curve = expected_opening(sounds, 3.0)
    middles = {sound.symbol: at(curve, (sound.start + sound.end) / 2) for sound in sounds}
    assert middles["a"] > middles["i"] > middles["p"] == pytest.approx(0, abs=1e-6)
    assert at(curve, 0.1) == at(curve, 2.9) == 0


def test_a_diphthong_passes_from_its_first_vowel_to_its_second() -> None:
    assert letters_of("I") == "aɪ"
    curve = expected_opening(phonemes("I", start=0.5, each=0.6), 2.0)
    assert at(curve, 0.65) > at(curve, 0.95) > 0


def test_unknown_symbols_and_silence_stay_closed() -> None:
    assert not expected_opening(phonemes("_5‿"), 2.0).any()


def test_only_bilabials_must_close() -> None:
    assert [sound.symbol for sound in closures(phonemes("pfbvmn"))] == ["p", "b", "m"]
