"""Loudness and peaks of finished sound. Sound is (samples, channels) float32 at 48 kHz unless said otherwise."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy.signal import resample_poly

from producer.speech.loudness import BLOCK_STEPS, SILENT, STEP_S, LoudnessMeter

Sound = npt.NDArray[np.float32]
Levels = npt.NDArray[np.float32]

RATE = 48_000
OVERSAMPLING = 4
"""As ITU-R BS.1770-4, annex 2 asks of a true-peak meter at 48 kHz."""
HOP = 48
"""Samples between two readings of the peaks: 1 ms."""
GROUP, MARGIN = 20 * HOP, 32
"""Samples that are oversampled together, and their neighbours that the filter needs (it reaches 10 to each side)."""


class Sounding(Protocol):
    """What can be asked for sound piece by piece: an array, or something that makes it only then."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> Sound: ...


class Meter:
    """Measures sound that comes in parts of any length, without keeping it."""

    def __init__(self, channels: int = 2) -> None:
        self._loudness = LoudnessMeter(RATE, channels)
        self._peaks: list[Levels] = []
        self._highest = 0.0
        self._before = np.zeros((2 * MARGIN, channels), np.float32)
        self._waiting: list[Sound] = []
        self._samples_waiting = 0

    def add(self, part: Sound) -> None:
        """The next samples, (samples, channels). They are looked at a second at a time: a codec's frames are short."""
        self._waiting.append(part)
        self._samples_waiting += len(part)
        if self._samples_waiting >= RATE:
            self._measure()

    @property
    def lufs(self) -> float:
        """Integrated loudness (ITU-R BS.1770-4); -70 for silence and for less than 0.4 s."""
        self._measure()
        return self._loudness.lufs

    @property
    def true_peak_db(self) -> float:
        """dBTP; -70 for silence."""
        self._measure()
        return decibels(max(self._highest, self._peek(np.zeros((MARGIN, self._before.shape[1]), np.float32))))

    def envelope(self, count: int) -> tuple[float, ...]:
        """`count` peaks over the sound's length, 0..1 of the highest."""
        self._measure()
        peaks = np.concatenate([np.zeros(0, np.float32), *self._peaks])
        if not len(peaks):
            return (0.0,) * count
        edges = np.linspace(0, len(peaks), count + 1).astype(int)
        found = np.array([peaks[a : max(b, a + 1)].max() for a, b in pairwise(edges)])
        return tuple(round(float(peak), 3) for peak in found / max(float(found.max()), 1e-9))

    def _measure(self) -> None:
        if not self._samples_waiting:
            return
        part = np.concatenate(self._waiting)
        self._waiting, self._samples_waiting = [], 0
        self._loudness.add(part.T)
        self._peaks.append(sample_peaks(part))
        self._highest = max(self._highest, self._peek(part))
        self._before = np.concatenate([self._before, part])[-2 * MARGIN :]

    def _peek(self, part: Sound) -> float:
        """The highest true peak of the samples whose neighbours have come by now."""
        known = np.concatenate([self._before, part])
        return float(peaks_within(known, max(self._highest, float(np.abs(known).max()))).max(initial=0.0))


def loudness(sound: Sound) -> float:
    """Integrated loudness in LUFS (ITU-R BS.1770-4); -70 for silence."""
    least = round(BLOCK_STEPS * STEP_S * RATE)
    meter = LoudnessMeter(RATE, sound.shape[1])
    meter.add(np.pad(sound, ((0, max(least - len(sound), 0)), (0, 0))).T)
    return meter.lufs


def peaks_within(sound: Sound, above: float = 0.0) -> Levels:
    """The highest level of each millisecond over all channels, linear; oversampled wherever it may pass `above`.

    The first and last `MARGIN` samples are only the neighbours of the rest. Places whose samples all stay under half
    of `above` (-6 dB) have no true peak that high: they are read as they are.
    """
    level = sample_peaks(sound[MARGIN:-MARGIN])
    per_group = GROUP // HOP
    groups = np.pad(level, (0, -len(level) % per_group)).reshape(-1, per_group)
    loud = np.flatnonzero(groups.max(axis=1, initial=0) > above / 2)
    if len(loud):
        places = loud[:, None] * GROUP + np.arange(GROUP + 2 * MARGIN)
        for channel in np.pad(sound, ((0, GROUP), (0, 0))).T:
            fine = np.abs(resample_poly(channel[places], OVERSAMPLING, 1, axis=1))
            fine = fine[:, MARGIN * OVERSAMPLING : -MARGIN * OVERSAMPLING]
            highest = fine.reshape(len(loud), per_group, HOP * OVERSAMPLING).max(axis=2)
            groups[loud] = np.maximum(groups[loud], highest)
    return groups.reshape(-1)[: len(level)]


def true_peak_db(sound: Sound) -> float:
    """True peak in dBTP; -70 for silence."""
    meter = Meter(sound.shape[1])
    meter.add(sound)
    return meter.true_peak_db


def sample_peaks(sound: Sound) -> Levels:
    """The highest sample of each millisecond over all channels, without oversampling."""
    padded = np.pad(sound, ((0, -len(sound) % HOP), (0, 0)))
    channels = [np.abs(channel).reshape(-1, HOP).max(axis=1) for channel in padded.T]
    return np.asarray(np.max(channels, axis=0), np.float32)


def decibels(level: float) -> float:
    return max(20 * math.log10(max(level, 1e-9)), SILENT)


def factor(db: float) -> float:
    """The factor that raises a level by so many decibels."""
    return float(10 ** (db / 20))
