"""Speech as Wav2Lip hears it: a mel spectrogram with 80 columns a second, and a window of 16 of them for each frame.

Parameters are the published ones (`hparams.py`, `audio.py`); the filters are Slaney's (Auditory Toolbox, 1998), as
librosa 0.7 makes them by default: linear below 1 kHz, logarithmic above, each of the same area.
"""

from __future__ import annotations

from math import gcd

import numpy as np
import numpy.typing as npt
from scipy.signal import lfilter, resample_poly

from producer.nets.wav2lip.layers import COLUMNS, MELS

Array = npt.NDArray[np.float64]
Floats = npt.NDArray[np.float32]

RATE, WINDOW, HOP = 16_000, 800, 200
"""Samples: in a second, in a window, from one column to the next."""
PER_SECOND = RATE // HOP
LOWEST_HZ, HIGHEST_HZ = 55.0, 7600.0
PREEMPHASIS = 0.97
FLOOR_DB, REFERENCE_DB, RANGE = -100.0, 20.0, 4.0
"""Levels of `FLOOR_DB` … 0 under the reference become −`RANGE` … `RANGE`."""
LINEAR_HZ, PER_MEL, LOG_STEP = 1000.0, 200 / 3, np.log(6.4) / 27
"""Where Slaney's scale turns logarithmic, hertz a mel below, and logarithm of the frequencies' ratio a mel above."""


def windows(samples: Floats, rate: int, frames: int, fps: int) -> Floats:
    """What each of so many frames hears: (frames, 1, 80, 16). `samples` are mono, −1..1.

    Frame i hears the columns from int(i · 80 / fps) on; those at the end, the last 16.
    """
    spectrogram = mel(samples, rate)
    missing = COLUMNS - spectrogram.shape[1]
    if missing > 0:
        spectrogram = np.pad(spectrogram, ((0, 0), (0, missing)), constant_values=-RANGE)
    starts = np.minimum((np.arange(frames) * (PER_SECOND / fps)).astype(int), spectrogram.shape[1] - COLUMNS)
    return np.ascontiguousarray(spectrogram[:, starts[:, None] + np.arange(COLUMNS)].transpose(1, 0, 2)[:, None])


def mel(samples: Floats, rate: int) -> Floats:
    """(80, columns), −4..4; column k is centred on sample 200 · k at 16 kHz."""
    at = gcd(rate, RATE)
    sound = resample_poly(samples.astype(np.float64), RATE // at, rate // at) if rate != RATE else samples
    emphasised = lfilter([1.0, -PREEMPHASIS], [1.0], np.asarray(sound, np.float64))
    half = WINDOW // 2
    padded = np.pad(emphasised, half, mode="reflect" if len(emphasised) > half else "constant")
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    turn = 2 * np.pi * np.arange(WINDOW) / WINDOW
    heard = np.abs(np.fft.rfft(frames * (0.5 - 0.5 * np.cos(turn)), axis=1))
    level = 20 * np.log10(np.maximum(10 ** (FLOOR_DB / 20), filters() @ heard.T)) - REFERENCE_DB
    return np.clip(2 * RANGE * (level - FLOOR_DB) / -FLOOR_DB - RANGE, -RANGE, RANGE).astype(np.float32)


def filters() -> Array:
    """(80, 401), as Wav2Lip has them."""
    return slaney(MELS, WINDOW, RATE, LOWEST_HZ, HIGHEST_HZ)


def slaney(bands: int, window: int, rate: int, lowest_hz: float, highest_hz: float) -> Array:
    """(bands, window / 2 + 1): triangles over the bins of a spectrum, each between its neighbours' peaks."""
    peaks = _hertz(np.linspace(_mels(lowest_hz), _mels(highest_hz), bands + 2))
    bins = np.fft.rfftfreq(window, 1 / rate)
    rising = (bins - peaks[:-2, None]) / np.diff(peaks)[:-1, None]
    falling = (peaks[2:, None] - bins) / np.diff(peaks)[1:, None]
    triangles = np.maximum(0, np.minimum(rising, falling))
    return np.asarray(triangles * (2 / (peaks[2:] - peaks[:-2]))[:, None])


def _mels(hertz: float) -> float:
    if hertz < LINEAR_HZ:
        return hertz / PER_MEL
    return float(LINEAR_HZ / PER_MEL + np.log(hertz / LINEAR_HZ) / LOG_STEP)


def _hertz(mels: Array) -> Array:
    turn = LINEAR_HZ / PER_MEL
    return np.where(mels < turn, mels * PER_MEL, LINEAR_HZ * np.exp(LOG_STEP * (mels - turn)))
