"""Loudness and peaks. Sound is (samples, channels) float32 at 48 kHz unless said otherwise."""

from __future__ import annotations

import math
import warnings
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pyloudnorm
from scipy.signal import resample_poly

Sound = npt.NDArray[np.float32]

RATE = 48_000
SILENT_DB = -70.0
OVERSAMPLING = 4
"""As ITU-R BS.1770-5, annex 2 asks of a true-peak meter at 48 kHz."""
BLOCK, MARGIN = 1024, 32
"""Samples that are oversampled together, and their neighbours that the filter needs."""


def loudness(sound: Sound) -> float:
    """Integrated loudness in LUFS (ITU-R BS.1770-5); -70 for silence."""
    least = int(0.4 * RATE) + 1
    padded = sound if len(sound) >= least else np.pad(sound, ((0, least - len(sound)), (0, 0)))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # silence has no loudness: numpy warns of log(0)
        measured = float(pyloudnorm.Meter(RATE).integrated_loudness(padded.astype(np.float64)))
    return max(measured, SILENT_DB)


def true_peaks(sound: Sound, above: float = 0.0) -> Sound:
    """The level at each sample over all channels, (samples,), linear; oversampled wherever it may pass `above`.

    A block whose samples all stay under half of `above` (-6 dB) has no true peak that high: it is not oversampled.
    """
    if not len(sound):
        return np.zeros(0, np.float32)
    padded = np.pad(sound, ((MARGIN, MARGIN + -len(sound) % BLOCK), (0, 0)))
    level = np.abs(padded[MARGIN:-MARGIN]).max(axis=1).reshape(-1, BLOCK)
    loud = np.flatnonzero(level.max(axis=1) > above / 2)
    if len(loud):
        places = loud[:, None] * BLOCK + np.arange(BLOCK + 2 * MARGIN)
        fine = np.abs(resample_poly(padded[places], OVERSAMPLING, 1, axis=1)).max(axis=2)
        fine = fine.reshape(len(loud), -1, OVERSAMPLING).max(axis=2)
        level[loud] = fine[:, MARGIN:-MARGIN]
    return np.asarray(level.reshape(-1)[: len(sound)], np.float32)


def true_peak_db(sound: Sound) -> float:
    """True peak in dBTP; -70 for silence."""
    highest = float(true_peaks(sound, float(np.abs(sound).max(initial=0.0))).max(initial=0.0))
    return max(20 * math.log10(max(highest, 1e-9)), SILENT_DB)


def envelope(sound: Sound, count: int) -> tuple[float, ...]:
    """`count` peaks over the sound's length, 0..1 of the highest."""
    if not len(sound):
        return (0.0,) * count
    edges = np.linspace(0, len(sound), count + 1).astype(int)
    level = np.abs(sound).max(axis=1)
    peaks = np.array([level[a : max(b, a + 1)].max() for a, b in pairwise(edges)])
    return tuple(round(float(p), 3) for p in peaks / max(float(peaks.max()), 1e-9))
