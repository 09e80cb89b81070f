"""What Wav2Lip hears, against the published definition worked out anew, step by step."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.nets.wav2lip.mel import RATE, filters, mel, windows

SOUND = np.random.default_rng(7).normal(0, 0.1, RATE // 2).astype(np.float32)


def slaney_mel(hertz: float) -> float:
    return 3 * hertz / 200 if hertz < 1000 else 15 + 27 * math.log(hertz / 1000) / math.log(6.4)


def slaney_hertz(mels: float) -> float:
    return 200 * mels / 3 if mels < 15 else 1000 * math.exp(math.log(6.4) / 27 * (mels - 15))


def test_the_filters_are_slaneys() -> None:
    """`librosa.filters.mel(sr=16000, n_fft=800, n_mels=80, fmin=55, fmax=7600)`, by its documented formula."""
    low, high = slaney_mel(55), slaney_mel(7600)
    edges = [slaney_hertz(low + (high - low) * step / 81) for step in range(82)]
    expected = np.zeros((80, 401))
    for row, (left, peak, right) in enumerate(zip(edges, edges[1:], edges[2:], strict=False)):
        for column in range(401):
            hertz = column * 20
            rise, fall = (hertz - left) / (peak - left), (right - hertz) / (right - peak)
            expected[row, column] = max(0, min(rise, fall)) * 2 / (right - left)
    assert np.abs(filters() - expected).max() < 1e-12


@pytest.mark.parametrize("column", [0, 1, 17, 40])
def test_a_column_is_the_published_one(column: int) -> None:
    """Preemphasis, a Hann window of 800 samples around 200 · column, magnitudes, mels, decibels, −4 to 4."""
    emphasised = np.array([SOUND[0], *(SOUND[1:] - 0.97 * SOUND[:-1])], np.float64)
    mirrored = np.concatenate([emphasised[400:0:-1], emphasised, emphasised[-2:-402:-1]])
    part = mirrored[200 * column : 200 * column + 800]
    hann = np.array([0.5 - 0.5 * math.cos(2 * math.pi * n / 800) for n in range(800)])
    turns = np.exp(-2j * np.pi * np.outer(np.arange(401), np.arange(800)) / 800)
    level = 20 * np.log10(np.maximum(1e-5, filters() @ np.abs(turns @ (part * hann)))) - 20
    expected = np.clip(8 * (level + 100) / 100 - 4, -4, 4)
    assert np.abs(mel(SOUND, RATE)[:, column] - expected).max() < 1e-4


def test_there_are_eighty_columns_a_second_and_one_more() -> None:
    assert mel(SOUND, RATE).shape == (80, len(SOUND) // 200 + 1)


def test_silence_is_the_lowest_level() -> None:
    assert (mel(np.zeros(RATE, np.float32), RATE) == -4).all()


def test_a_voice_of_another_rate_is_heard_alike() -> None:
    """A tone of 440 Hz has its peak in the same place."""
    there = {rate: mel(np.sin(2 * np.pi * 440 * np.arange(rate) / rate).astype(np.float32), rate) for rate in (16_000, 24_000, 44_100)}  # fmt: skip
    peaks = {rate: int(seen[:, 40].argmax()) for rate, seen in there.items()}
    assert len(set(peaks.values())) == 1
    assert np.abs(there[24_000][:, 40] - there[16_000][:, 40]).max() < 0.25


@pytest.mark.parametrize("fps", [25, 30])
def test_each_frame_hears_a_fifth_of_a_second_from_its_own_time_on(fps: int) -> None:
    seconds = len(SOUND) / RATE
    frames = math.ceil(seconds * fps)
    heard, whole = windows(SOUND, RATE, frames, fps), mel(SOUND, RATE)
    assert heard.shape == (frames, 1, 80, 16)
    for frame in range(frames):
        start = min(int(frame * 80 / fps), whole.shape[1] - 16)
        assert (heard[frame, 0] == whole[:, start : start + 16]).all()


@given(samples=st.integers(1, 5000), frames=st.integers(1, 20))
def test_even_the_shortest_sound_fills_every_window(samples: int, frames: int) -> None:
    heard = windows(np.full(samples, 0.1, np.float32), RATE, frames, 25)
    assert heard.shape == (frames, 1, 80, 16)
    assert np.isfinite(heard).all()
    assert np.abs(heard).max() <= 4
