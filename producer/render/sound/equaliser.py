"""Bringing a voice nearer to how voices usually sound: a dull one is lit, a sharp one softened, each by a little."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, sosfilt

Mono = npt.NDArray[np.float32]
Sections = npt.NDArray[np.float64]

USUAL = {
    100: 54.4, 125: 57.7, 160: 56.8, 200: 60.2, 250: 60.3, 315: 59.0, 400: 62.1, 500: 62.1, 630: 60.5, 800: 56.8,
    1000: 53.7, 1250: 53.0, 1600: 52.0, 2000: 48.7, 2500: 48.1, 3150: 46.8, 4000: 45.6, 5000: 44.5, 6300: 44.3,
    8000: 43.7, 10000: 43.4,
}  # fmt: skip
"""Decibels in thirds of an octave: the long-term average spectrum of speech over twelve languages, women and men
(D. Byrne and others, Journal of the Acoustical Society of America 96, 1994)."""
BANDS = (
    ((160, 250), 0.0, 0.9),
    ((315, 500), -1.0, 1.0),
    ((800, 1250), 0.0, 0.9),
    ((2000, 4000), 1.5, 0.8),
    ((5000, 6300), -1.0, 1.0),
    ((8000, 10000), -1.0, 0.8),
)
"""Body, boxiness, middle, presence, sibilance, air: lowest and highest third of an octave, decibels wanted over the
usual, and the filter's Q."""
STRENGTH, MOST_DB = 0.6, 4.0
"""How much of the difference is made up, and at most how many decibels: a voice keeps its own colour."""
RUMBLE_HZ = 70.0
WINDOW = 4096
THIRD = 2 ** (1 / 6)
"""Half a third of an octave, as a factor."""


def equalised(voice: Mono, rate: int) -> Mono:
    """The voice without rumble, each band a little nearer to the usual voice's."""
    usable = [band for band in BANDS if band[0][1] * THIRD < rate / 2]
    gains = _corrections(voice, rate, [edges for edges, _, _ in usable])
    bells = [
        _bell(math.sqrt(low * high), rate, gain + wish, q)
        for ((low, high), wish, q), gain in zip(usable, gains, strict=True)
    ]
    rumble = butter(2, RUMBLE_HZ, "highpass", fs=rate, output="sos")
    return np.asarray(sosfilt(np.concatenate([rumble, *bells]).astype(np.float32), voice), np.float32)


def _corrections(voice: Mono, rate: int, bands: list[tuple[int, int]]) -> list[float]:
    """Decibels to add in each band. None for silence."""
    frequencies = np.fft.rfftfreq(WINDOW, 1 / rate)
    power = _power(voice)

    def level(low: float, high: float) -> float:
        inside = (frequencies >= low / THIRD) & (frequencies < high * THIRD)
        return 10 * math.log10(float(power[inside].sum()) + 1e-12)

    def usual(low: float, high: float) -> float:
        return 10 * math.log10(sum(10 ** (db / 10) for third, db in USUAL.items() if low <= third <= high))

    whole = level(200, 4000) - usual(200, 4000)
    if whole < -usual(200, 4000) - 60:
        return [0.0] * len(bands)
    wanted = (STRENGTH * (usual(*band) + whole - level(*band)) for band in bands)
    return [min(max(gain, -MOST_DB), MOST_DB) for gain in wanted]


def _power(voice: Mono) -> npt.NDArray[np.float64]:
    """The mean power spectrum."""
    frames = np.pad(voice, (0, -len(voice) % WINDOW)).reshape(-1, WINDOW) * np.hanning(WINDOW).astype(np.float32)
    return np.asarray((np.abs(np.fft.rfft(frames, axis=1)) ** 2).mean(axis=0), np.float64)


def _bell(centre: float, rate: int, gain: float, q: float) -> Sections:
    """A peaking filter (R. Bristow-Johnson, Audio EQ Cookbook) as one second-order section."""
    amplitude, omega = 10 ** (gain / 40), 2 * math.pi * centre / rate
    alpha = math.sin(omega) / (2 * q)
    section = [1 + alpha * amplitude, -2 * math.cos(omega), 1 - alpha * amplitude]
    section += [1 + alpha / amplitude, -2 * math.cos(omega), 1 - alpha / amplitude]
    return np.array([section]) / section[3]
