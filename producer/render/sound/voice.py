"""Making a synthetic voice sound recorded: no clicks, no rumble, a balanced spectrum, even levels."""

from __future__ import annotations

import math
from itertools import accumulate

import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

from producer.render.sound.clicks import declicked
from producer.render.sound.curves import BLOCK_S, ramps
from producer.render.sound.equaliser import equalised
from producer.render.sound.meter import RATE

Mono = npt.NDArray[np.float32]

RATIO = 2.2
KNEE_DB = 4.0
"""The threshold lies this far under the level that the voice passes in two fifths of its time."""
SPEAKING_DB = -40.0
"""Under the loudest 5 ms; what is quieter is a pause."""
ATTACK, RELEASE = 0.45, 0.06
"""How far the gain moves towards its goal in one block: about 8 ms down, 80 ms up."""
EDGE_S = 0.004
"""Fade at both ends, against clicks."""


def polished(voice: Mono, rate: int) -> Mono:
    """A mono voice, mended, filtered and evened out, at 48 kHz. Level follows the input's."""
    if not len(voice):
        return voice
    mended = equalised(declicked(voice.astype(np.float32), rate), rate)
    return _faded(resampled(_compressed(mended, rate), rate))


def resampled(voice: Mono, rate: int) -> Mono:
    if rate == RATE:
        return voice.astype(np.float32)
    common = math.gcd(RATE, rate)
    return np.asarray(resample_poly(voice, RATE // common, rate // common), np.float32)


def levels(sound: Mono, rate: int = RATE) -> npt.NDArray[np.float64]:
    """RMS per block of 5 ms."""
    block = round(BLOCK_S * rate)
    padded = np.pad(sound, (0, -len(sound) % block)).reshape(-1, block)
    return np.asarray(np.sqrt(np.einsum("bs,bs->b", padded, padded) / block), np.float64)


def _compressed(sound: Mono, rate: int) -> Mono:
    """Peaks of speech brought nearer to its body; the threshold follows the voice itself."""
    level = 20 * np.log10(levels(sound, rate) + 1e-9)
    threshold = float(np.percentile(level[level >= level.max() + SPEAKING_DB], 60)) - KNEE_DB
    goals = np.minimum(0.0, (threshold - level) * (1 - 1 / RATIO)).tolist()
    gains = accumulate(goals, lambda gain, goal: gain + (goal - gain) * (ATTACK if goal < gain else RELEASE))
    factors = 10 ** (np.array([*gains]) / 20)
    return sound * ramps(np.append(factors, factors[-1]), round(BLOCK_S * rate))[: len(sound)]


def _faded(sound: Mono) -> Mono:
    length = min(int(EDGE_S * RATE), len(sound) // 2)
    ramp = np.linspace(0, 1, length, dtype=np.float32)
    sound[:length] *= ramp
    sound[len(sound) - length :] *= ramp[::-1]
    return sound
