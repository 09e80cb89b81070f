"""The room that music is heard in. One multiplication of spectra adds it, makes way for the voice, and doubles the rate.

A loop is periodic, so its spectrum is exact: what rings over the end goes on at the beginning.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
import scipy.fft
from scipy.signal import butter, sosfilt

from producer.render.sound.instruments import STUDIO_RATE

Stereo = npt.NDArray[np.float32]

LENGTH_S = 1.8
DECAY_S = 0.32
"""To 1/e of its level; 2.2 s to a thousandth."""
BEFORE_S = 0.015
DARK_HZ = 3200
"""Over which the walls swallow sound."""
DRY, WET = 0.8, 0.45
LOWEST_HZ, HIGHEST_HZ = 45.0, 7000.0
VOICE_HZ, VOICE_OCTAVES, VOICE_DB = 2200.0, 1.1, -4.0
"""Where words are understood; the music is quieter there."""


def in_the_hall(dry: Stereo) -> Stereo:
    """(2, samples) at `STUDIO_RATE`, taken as a loop, → (2, 2 * samples) at `RATE`."""
    count = dry.shape[1]
    wet, tone = np.empty((2, 2 * count), np.float32), 2 * _tone(count)
    for heard, played, echo in zip(wet, dry, _echo(), strict=True):  # one ear at a time takes half the memory
        spectrum = np.zeros(count + 1, np.complex64)
        spectrum[: len(tone)] = scipy.fft.rfft(played) * (DRY + WET * scipy.fft.rfft(echo, count)) * tone
        heard[:] = scipy.fft.irfft(spectrum, 2 * count, overwrite_x=True)
    return wet


@lru_cache(maxsize=1)
def _echo() -> Stereo:
    """What the hall makes of one click: noise that dies away, different in both ears."""
    rng = np.random.default_rng(1)
    t = np.arange(round(LENGTH_S * STUDIO_RATE)) / STUDIO_RATE
    echo = rng.standard_normal((2, len(t))) * np.exp(-t / DECAY_S)
    echo = sosfilt(butter(2, DARK_HZ, fs=STUDIO_RATE, output="sos"), echo, axis=1)
    echo[:, : round(BEFORE_S * STUDIO_RATE)] = 0
    return np.asarray(echo / np.sqrt((echo**2).sum(axis=1, keepdims=True)), np.float32)


def _tone(count: int) -> npt.NDArray[np.float32]:
    """The gain of every frequency: nothing below and above, a dip for the voice."""
    hertz = np.maximum(scipy.fft.rfftfreq(count, 1 / STUDIO_RATE), 1.0).astype(np.float32)
    edges = 1 / ((1 + (LOWEST_HZ / hertz) ** 4) * (1 + (hertz / HIGHEST_HZ) ** 4))
    dip = VOICE_DB * np.exp(-((np.log2(hertz / VOICE_HZ) / VOICE_OCTAVES) ** 2))
    return np.asarray(edges * 10 ** (dip / 20), np.float32)
