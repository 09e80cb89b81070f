"""One loudness, and no peak too high: the gains that make it so, solved from readings instead of from samples.

A gain changes a loudness by its decibels, and a limiter by what it takes from each 10 ms: so the right gain
is found on a thousand readings a second, and every sample is touched once.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.ndimage import minimum_filter1d, uniform_filter1d

from producer.render.sound.meter import HOP, RATE, Levels, Sound, factor, loudness
from producer.speech.loudness import SILENT, STEP_S, Energies, gated_loudness

Decibels = npt.NDArray[np.float64]

CEILING_DB = -2.4
"""dBTP before encoding: AAC overshoots by 0.2 dB in speech, by up to 1.3 in bursts of noise (measured); -1 must hold
after it."""
LOOK_AHEAD = 4
"""Milliseconds before a peak in which the gain goes down."""
RELEASE_DB = 0.08
"""By how much the gain comes back in a millisecond: slowly enough not to follow the waves of a deep voice."""
ROUNDS = 12
NEAR_DB = 0.02
READINGS = round(STEP_S * RATE / HOP)
"""Readings of the peaks in one reading of the loudness."""


def mastering(energies: Energies, peaks: Levels, target_lufs: float) -> npt.NDArray[np.float64]:
    """The gain at every millisecond and at the end (one value more than `peaks`).

    `energies`: as `LoudnessMeter` reads them, every 10 ms; `peaks`: true peaks of every millisecond.
    """
    measured = gated_loudness(energies)
    if measured <= SILENT:
        return np.ones(len(peaks) + 1)
    level = 20 * np.log10(np.maximum(peaks, 1e-6)).astype(np.float64)
    gain_db = target_lufs - measured
    for _ in range(ROUNDS):
        limiter = _limiter(level + gain_db)
        missing = target_lufs - gated_loudness(energies * _taken(limiter + gain_db, len(energies)))
        if abs(missing) < NEAR_DB:
            break
        gain_db += missing
    gains = 10 ** ((_limiter(level + gain_db) + gain_db) / 20)
    return np.append(gains, gains[-1])


def _limiter(level: Decibels) -> Decibels:
    """Decibels, never above 0, that hold every level under the ceiling: down in time, and slowly up again."""
    needed = minimum_filter1d(np.minimum(CEILING_DB - level, 0.0), 2 * LOOK_AHEAD + 1)
    climb = RELEASE_DB * np.arange(len(needed))
    return np.asarray(uniform_filter1d(np.minimum.accumulate(needed - climb) + climb, LOOK_AHEAD))


def _taken(gain_db: Decibels, count: int) -> Energies:
    """What a gain does to the energy of each 10 ms."""
    return np.asarray((10 ** (gain_db[: count * READINGS] / 10)).reshape(count, READINGS).mean(axis=1))


def at_loudness(sound: Sound, target_lufs: float) -> Sound:
    """Sound with its loudness at a target; silence stays silence."""
    measured = loudness(sound)
    return sound if measured <= SILENT else sound * np.float32(factor(target_lufs - measured))
