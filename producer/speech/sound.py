"""Mono sound as float32 samples in -1..1: where it is loud, silent edges, short fades."""

from __future__ import annotations

from math import gcd

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]

FRAME_S = 0.005
FADE_S = 0.008
MARGIN_S = 0.04
QUIET_DB = -45.0
"""Under the loud frames; what is quieter at either end is not speech."""


def loud_times(audio: Samples, rate: int, threshold_db: float) -> npt.NDArray[np.float64]:
    """Start times (seconds) of the 5 ms frames whose level is within `threshold_db` (negative) of the loud ones.

    “Loud” is the 95th percentile of the frames' RMS, so a single click does not set the scale.
    """
    hop = max(1, round(rate * FRAME_S))
    count = len(audio) // hop
    if count == 0:
        return np.zeros(0)
    frames = audio[: count * hop].reshape(count, hop).astype(np.float64)
    rms = np.sqrt((frames**2).mean(axis=1))
    loud = np.percentile(rms, 95)
    return np.flatnonzero((rms > loud * 10 ** (threshold_db / 20)) & (rms > 0)) * hop / rate


def spoken_part(
    audio: Samples, rate: int, margin_s: float = MARGIN_S, threshold_db: float = QUIET_DB
) -> tuple[int, int]:
    """First sample and one past the last of what is heard, with a margin on either side; (0, 0) for silence."""
    loud = loud_times(audio, rate, threshold_db)
    if len(loud) == 0:
        return 0, 0
    first = round((loud[0] - margin_s) * rate)
    last = round((loud[-1] + FRAME_S + margin_s) * rate)
    return max(0, first), min(len(audio), last)


def faded(audio: Samples, rate: int, seconds: float = FADE_S) -> Samples:
    """The same sound with raised-cosine fades at both ends, so that joins do not click."""
    size = min(round(rate * seconds), len(audio) // 2)
    shaped = audio.copy()
    if size:
        ramp = (0.5 - 0.5 * np.cos(np.pi * np.arange(size) / size)).astype(np.float32)
        shaped[:size] *= ramp
        shaped[-size:] *= ramp[::-1]
    return shaped


def silence(seconds: float, rate: int) -> Samples:
    return np.zeros(round(seconds * rate), np.float32)


def resampled(audio: Samples, rate: int, wanted: int) -> Samples:
    """The same sound at another sample rate."""
    if rate == wanted:
        return audio
    from scipy.signal import resample_poly

    shared = gcd(rate, wanted)
    converted: Samples = resample_poly(audio, wanted // shared, rate // shared).astype(np.float32)
    return converted
