"""A synthetic voice comes out mended, balanced and even, and says what it said."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.signal import butter, fftconvolve, sosfilt

from producer.render.sound.clicks import clicks, declicked
from producer.render.sound.equaliser import equalised
from producer.render.sound.meter import RATE
from producer.render.sound.voice import levels, polished, resampled
from tests.support.cutting import RATE as VOICE_RATE
from tests.support.cutting import babble
from tests.support.hearing import level


@settings(max_examples=20, deadline=None)
@given(
    places=st.lists(st.integers(500, 2 * VOICE_RATE - 500), min_size=1, max_size=5),
    height=st.sampled_from([-0.9, 0.6, 0.8]),
)
def test_clicks_are_found_and_mended_and_nothing_else_is_touched(places: list[int], height: float) -> None:
    places = [place for n, place in enumerate(sorted(places)) if n == 0 or place - sorted(places)[n - 1] > 1500]
    clean = babble(2)
    clicked = clean.copy()
    for place in places:
        clicked[place : place + 3] += height
    mended = declicked(clicked, VOICE_RATE)
    near = np.zeros(len(clean), bool)
    for place in places:
        near[place - 30 : place + 33] = True
    assert np.array_equal(mended[~near], clean[~near])
    assert np.abs(mended - clean).max() < abs(height) / 3


@pytest.mark.parametrize("hertz", [70, 110, 220])
def test_pulses_of_a_voice_and_bursts_of_consonants_are_no_clicks(hertz: int) -> None:
    rng = np.random.default_rng(2)
    pulses = np.zeros(2 * VOICE_RATE, np.float32)
    pulses[:: VOICE_RATE // hertz] = 1
    ringing = np.exp(-np.arange(60) / 12) * np.sin(np.arange(60) / 2)
    voiced = fftconvolve(pulses, ringing)[: len(pulses)].astype(np.float32)
    burst = np.exp(-np.arange(1200) / 250) * rng.normal(0, 0.3, 1200)
    plosive = np.concatenate([np.zeros(3000), burst, np.zeros(3000)]).astype(np.float32)
    hiss = rng.normal(0, 0.1, VOICE_RATE).astype(np.float32)
    assert clicks(voiced[600:-600], VOICE_RATE) == clicks(plosive, VOICE_RATE) == clicks(hiss, VOICE_RATE) == []


def tilt(sound: np.ndarray, rate: int) -> float:
    """Decibels over 4 kHz, against those between 200 Hz and 2 kHz."""
    high = sosfilt(butter(4, 4000, "highpass", fs=rate, output="sos"), sound)
    middle = sosfilt(butter(2, (200, 2000), "bandpass", fs=rate, output="sos"), sound)
    return level(high) - level(middle)


def test_a_dull_voice_is_lit_and_a_sharp_one_softened() -> None:
    rng = np.random.default_rng(0)
    noise = rng.normal(0, 0.1, 4 * VOICE_RATE)
    dull = sosfilt(butter(2, 900, fs=VOICE_RATE, output="sos"), noise).astype(np.float32)
    sharp = (noise + 2 * sosfilt(butter(2, 5000, "highpass", fs=VOICE_RATE, output="sos"), noise)).astype(np.float32)
    before = tilt(sharp, VOICE_RATE) - tilt(dull, VOICE_RATE)
    after = tilt(equalised(sharp, VOICE_RATE), VOICE_RATE) - tilt(equalised(dull, VOICE_RATE), VOICE_RATE)
    assert tilt(equalised(dull, VOICE_RATE), VOICE_RATE) > tilt(dull, VOICE_RATE) + 2
    assert tilt(equalised(sharp, VOICE_RATE), VOICE_RATE) < tilt(sharp, VOICE_RATE) - 2
    assert 0 < after < before - 4


def test_rumble_is_taken_out() -> None:
    t = np.arange(2 * VOICE_RATE) / VOICE_RATE
    rumble = (0.3 * np.sin(2 * np.pi * 20 * t)).astype(np.float32)
    assert level(equalised(rumble, VOICE_RATE)[VOICE_RATE // 2 :]) < level(rumble) - 12


@pytest.mark.parametrize("loud", [0.01, 0.2, 2.0])
def test_loud_and_quiet_sentences_come_nearer_to_each_other_at_any_level(loud: float) -> None:
    voice = np.concatenate([babble(3), babble(3) * 0.3]) * loud
    made = polished(voice, VOICE_RATE)
    before = level(voice[: 3 * VOICE_RATE]) - level(voice[3 * VOICE_RATE :])
    after = level(made[: 3 * RATE]) - level(made[3 * RATE :])
    assert 3 < after < before - 2


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
def test_any_rate_becomes_48_khz_of_the_same_length_and_edges_do_not_click(rate: int) -> None:
    made = polished(np.full(rate, 0.5, np.float32), rate)
    assert len(made) == RATE
    assert made.dtype == np.float32
    assert abs(float(made[0])) < 0.01
    assert abs(float(made[-1])) < 0.01


def test_the_voice_is_not_moved() -> None:
    voice = babble(3)
    found = int(np.argmax(fftconvolve(polished(voice, VOICE_RATE), resampled(voice, VOICE_RATE)[::-1])))
    assert abs(found - (3 * RATE - 1)) <= 0.001 * RATE


def test_nothing_and_silence_are_no_trouble() -> None:
    assert len(polished(np.zeros(0, np.float32), VOICE_RATE)) == 0
    assert not polished(np.zeros(VOICE_RATE, np.float32), VOICE_RATE).any()
    assert not levels(np.zeros(100, np.float32)).any()
