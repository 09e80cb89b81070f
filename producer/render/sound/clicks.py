"""Finding and mending clicks: a sample or a few that jump out of the sound around them.

What sets a click apart from a plosive or a glottal pulse is that nothing like it comes shortly before or after.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.ndimage import binary_dilation, maximum_filter1d

Mono = npt.NDArray[np.float32]

AROUND_S = 0.016
"""How far to either side a click is compared: more than one period of a deep voice (70 Hz)."""
LONGEST_S = 0.0012
RATIO = 5.0
"""How many times a click bends more sharply than anything around it."""
LEAST = 0.02
"""Bends under this fraction of the loudest sample go unheard."""


def declicked(voice: Mono, rate: int) -> Mono:
    """The voice with its clicks replaced by a smooth curve between the samples beside them."""
    places = clicks(voice, rate)
    if not len(places):
        return voice
    mended = voice.copy()
    for first, last in places:
        mended[first:last] = _bridge(voice, first, last)
    return mended


def clicks(voice: Mono, rate: int) -> list[tuple[int, int]]:
    """First sample and one past the last of every click."""
    if len(voice) < 3:
        return []
    bend = np.zeros(len(voice), np.float32)
    bend[1:-1] = np.abs(np.diff(voice, 2))
    longest, around = round(LONGEST_S * rate), round(AROUND_S * rate)
    peak = maximum_filter1d(bend, around)
    shift = around // 2 + longest
    padded = np.pad(peak, shift)
    beside = np.maximum(padded[: -2 * shift], padded[2 * shift :])
    sharp = bend > np.maximum(RATIO * beside, LEAST * float(np.abs(voice).max()))
    if not sharp.any():
        return []
    whole = np.flatnonzero(np.diff(np.pad(binary_dilation(sharp, iterations=longest // 4).astype(np.int8), 1)))
    return [(int(a), int(b)) for a, b in whole.reshape(-1, 2) if b - a <= 2 * longest]


def _bridge(voice: Mono, first: int, last: int) -> Mono:
    """A cubic curve over the gap that goes on at both ends as the sound came (Hermite)."""
    before, after = max(first - 1, 0), min(last, len(voice) - 1)
    width = max(after - before, 1)
    rise = (voice[before] - voice[max(before - 1, 0)]) * width
    fall = (voice[min(after + 1, len(voice) - 1)] - voice[after]) * width
    t = (np.arange(first, last) - before) / width
    curve = (
        (2 * t**3 - 3 * t**2 + 1) * voice[before]
        + (t**3 - 2 * t**2 + t) * rise
        + (3 * t**2 - 2 * t**3) * voice[after]
        + (t**3 - t**2) * fall
    )
    return np.asarray(curve, np.float32)
