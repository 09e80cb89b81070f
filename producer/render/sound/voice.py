"""Making a synthetic voice sound recorded: no rumble, a little body and presence, even levels."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, lfilter, resample_poly, sosfilt

from producer.render.sound.meter import RATE, Sound

Mono = npt.NDArray[np.float32]

EQ = ((190.0, 1.0, 0.9), (380.0, -1.5, 1.0), (3200.0, 2.0, 0.8), (9500.0, 1.0, 0.7))
"""Centre in Hz, gain in dB, Q: body, boxiness, presence, air."""
RUMBLE_HZ = 70.0
RATIO = 2.2
BLOCK = 240
"""Samples of a level reading: 5 ms."""
ATTACK, RELEASE = 0.45, 0.06
"""How far the gain moves towards its goal in one block: about 8 ms down, 80 ms up."""
EDGE_S = 0.004
"""Fade at both ends, against clicks."""


def polished(voice: Mono, rate: int) -> Mono:
    """A mono voice at 48 kHz, filtered and evened out. Level follows the input's."""
    sound = resampled(voice, rate)
    if not len(sound):
        return sound
    sound = sosfilt(butter(2, RUMBLE_HZ, "highpass", fs=RATE, output="sos"), sound)
    for centre, gain, q in EQ:
        sound = lfilter(*_bell(centre, gain, q), sound)
    return _faded(_compressed(np.asarray(sound, np.float32)))


def resampled(voice: Mono, rate: int) -> Mono:
    if rate == RATE:
        return voice.astype(np.float32)
    common = math.gcd(RATE, rate)
    return np.asarray(resample_poly(voice, RATE // common, rate // common), np.float32)


def levels(sound: Mono) -> npt.NDArray[np.float64]:
    """RMS per block of 5 ms."""
    padded = np.pad(sound.astype(np.float64), (0, -len(sound) % BLOCK)).reshape(-1, BLOCK)
    return np.asarray(np.sqrt(np.mean(padded**2, axis=1)))


def over_blocks(per_block: npt.NDArray[np.float64], samples: int) -> Mono:
    """A value per block, drawn out smoothly over the samples."""
    centres = (np.arange(len(per_block)) + 0.5) * BLOCK
    return np.asarray(np.interp(np.arange(samples), centres, per_block), np.float32)


def stereo(sound: Mono) -> Sound:
    return np.repeat(sound[:, None], 2, axis=1)


def _bell(centre: float, gain: float, q: float) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """A peaking filter (R. Bristow-Johnson, Audio EQ Cookbook)."""
    amplitude, omega = 10 ** (gain / 40), 2 * math.pi * centre / RATE
    alpha = math.sin(omega) / (2 * q)
    b = np.array([1 + alpha * amplitude, -2 * math.cos(omega), 1 - alpha * amplitude])
    a = np.array([1 + alpha / amplitude, -2 * math.cos(omega), 1 - alpha / amplitude])
    return b / a[0], a / a[0]


def _compressed(sound: Mono) -> Mono:
    """Peaks of speech brought nearer to its body; the threshold follows the voice itself."""
    level = 20 * np.log10(levels(sound) + 1e-6)
    speaking = level[level > -50]
    if not len(speaking):
        return sound
    threshold = float(np.percentile(speaking, 60)) - 4
    wanted = np.minimum(0.0, (threshold - level) * (1 - 1 / RATIO))
    gain, current = np.empty_like(wanted), 0.0
    for index, goal in enumerate(wanted):
        current += (goal - current) * (ATTACK if goal < current else RELEASE)
        gain[index] = current
    return sound * over_blocks(10 ** (gain / 20), len(sound))


def _faded(sound: Mono) -> Mono:
    length = min(int(EDGE_S * RATE), len(sound) // 2)
    if length:
        ramp = np.linspace(0, 1, length, dtype=np.float32)
        sound[:length] *= ramp
        sound[-length:] *= ramp[::-1]
    return sound
