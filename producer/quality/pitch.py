"""The pitch of a voice: its fundamental frequency every 10 ms, by autocorrelation (as in Boersma, “Accurate short-term analysis
of the fundamental frequency”, 1993: the window's own autocorrelation is divided out)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from producer.speech.sound import Samples, resampled

Array = npt.NDArray[np.float64]

RATE = 16_000
LOWEST_HZ, HIGHEST_HZ = 65.0, 800.0
HOP_S, WINDOW_S = 0.01, 0.05
VOICED = 0.55
"""Of the sound's power in a window: less is noise or silence."""
OCTAVE_COST = 0.04
"""Of strength, for each octave that a pitch is lower: a sound that repeats after one period does so after two as well."""
TOGETHER = 512
"""Windows that are compared at a time: some 20 MB, however long the sound is."""
QUANTILES = np.linspace(0.1, 0.9, 17)


def pitch(samples: Samples, rate: int) -> Array:
    """Hertz of each step that is voiced, in order; steps that are not voiced are left out."""
    sound = resampled(samples, rate, RATE).astype(np.float64)
    size, hop = round(WINDOW_S * RATE), round(HOP_S * RATE)
    if len(sound) < size:
        return np.zeros(0)
    frames = np.lib.stride_tricks.sliding_window_view(sound, size)[::hop]
    loud = np.sqrt(np.concatenate([(frames[some] ** 2).mean(axis=1) for some in _portions(len(frames))]))
    heard = np.flatnonzero(loud > 0.05 * max(float(np.percentile(loud, 95)), 1e-6))
    return np.concatenate([np.zeros(0), *(_pitches(frames[heard[some]]) for some in _portions(len(heard)))])


def _portions(count: int) -> Iterator[slice]:
    return (slice(start, start + TOGETHER) for start in range(0, count, TOGETHER))


def _pitches(frames: Array) -> Array:
    """Hertz of each voiced window of several (n, samples)."""
    window = np.hanning(frames.shape[1])
    own = _correlation(window[None])[0]
    shapes = _correlation((frames - frames.mean(axis=1, keepdims=True)) * window)
    first, last = round(RATE / HIGHEST_HZ), round(RATE / LOWEST_HZ)
    lags = np.arange(first, last)
    strengths = shapes[:, first:last] / np.maximum(shapes[:, :1], 1e-12) * (own[0] / own[first:last])
    strengths -= OCTAVE_COST * np.log2(lags * LOWEST_HZ / RATE)
    best = strengths.argmax(axis=1)
    voiced = strengths[np.arange(len(best)), best] > VOICED
    return np.asarray(RATE / lags[best[voiced]], np.float64)


def pitch_rmse(pitches: Array, reference: Array) -> float | None:
    """How far apart two voices' pitches are spread, in hertz: the root of the mean square of the differences of their
    quantiles, from the tenth to the ninetieth hundredth, so that they need not say the same. None without voiced sound."""
    if len(pitches) < 20 or len(reference) < 20:
        return None
    difference = np.quantile(pitches, QUANTILES) - np.quantile(reference, QUANTILES)
    return round(float(np.sqrt((difference**2).mean())), 1)


def _correlation(frames: Array) -> Array:
    size = 2 * frames.shape[1]
    return np.asarray(np.fft.irfft(np.abs(np.fft.rfft(frames, size)) ** 2, size)[:, : frames.shape[1]])
