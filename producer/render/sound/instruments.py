"""Instruments that need no samples. Tones are float32 at `STUDIO_RATE`, their loudest moment at about 1.

To add a plucked or struck instrument, add an entry to `STRUCK`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import scipy.fft
from scipy.signal import lfilter

from producer.render.sound.curves import smooth
from producer.render.sound.meter import RATE

Tone = npt.NDArray[np.float32]

STUDIO_RATE = RATE // 2
"""Music has little above 8 kHz: it is played at half the rate and doubled once, when it is finished."""


@dataclass(frozen=True)
class Partial:
    """One resonance of something struck: its frequency as a multiple of the note's, its level, seconds to 1/e."""

    ratio: float
    level: float
    decay_s: float


@dataclass(frozen=True)
class Struck:
    """Something plucked or struck: how it rings, how quickly it speaks, and how much the blow itself is heard."""

    partials: tuple[Partial, ...]
    attack_s: float = 0.003
    blow: float = 0.0


def _strings(count: int, fall: float, decay_s: float, stiffness: float) -> tuple[Partial, ...]:
    """Harmonics of a string, stretched as a stiff string's are; the high ones die first."""
    return tuple(Partial(n * math.sqrt(1 + stiffness * n * n), n**-fall, decay_s / n**0.7) for n in range(1, count + 1))


STRUCK: dict[str, Struck] = {
    "piano": Struck(_strings(8, 1.7, 0.85, 4e-4), 0.007, 0.05),
    "harp": Struck(_strings(10, 1.25, 0.60, 5e-5), 0.004, 0.02),
    "guitar": Struck(_strings(9, 1.1, 0.42, 1e-4), 0.003, 0.06),
    "kalimba": Struck(
        (Partial(1, 1, 0.50), Partial(2.01, 0.12, 0.25), Partial(5.4, 0.10, 0.06), Partial(8.9, 0.03, 0.03)),
        0.002,
        0.05,
    ),
    "marimba": Struck((Partial(1, 1, 0.28), Partial(3.93, 0.22, 0.08), Partial(9.2, 0.06, 0.03)), 0.002, 0.08),
    "bell": Struck(
        (Partial(1, 1, 1.10), Partial(2.0, 0.30, 0.80), Partial(2.76, 0.16, 0.50), Partial(5.4, 0.07, 0.22)), 0.004
    ),
}
"""Resonances as in N. Fletcher and T. Rossing, The Physics of Musical Instruments: bars at 1 : 2.76 : 5.4, a marimba's
undercut bars at 1 : 3.93 : 9.2."""
RING = 4.6
"""Decay times after which a tone has sunk by 40 dB and is faded out."""


def hertz(note: float) -> float:
    """The frequency of a MIDI note."""
    return float(440 * 2 ** ((note - 69) / 12))


@lru_cache(maxsize=32)
def struck(instrument: str, note: int) -> Tone:
    """One note. Do not write to it: it is remembered."""
    made = STRUCK[instrument]
    longest = max(partial.decay_s for partial in made.partials)
    t = np.arange(round(RING * longest * STUDIO_RATE), dtype=np.float32) / np.float32(STUDIO_RATE)
    tone = np.zeros_like(t)
    for partial in made.partials:
        frequency = hertz(note) * partial.ratio
        if frequency < 0.42 * STUDIO_RATE:
            end = min(round(RING * partial.decay_s * STUDIO_RATE), len(t))
            part = t[:end]
            tone[:end] += (
                np.float32(partial.level) * np.exp(-part / partial.decay_s) * np.sin(2 * np.pi * frequency * part)
            )
    if made.blow:
        rng = np.random.default_rng(note)
        blow = lfilter([0.3], [1, -0.7], rng.standard_normal(round(0.02 * STUDIO_RATE)))
        tone[: len(blow)] += (made.blow * blow * np.linspace(1, 0, len(blow)) ** 2).astype(np.float32)
    tone *= smooth(t / made.attack_s).astype(np.float32) * smooth((t[-1] - t) / 0.05).astype(np.float32)
    return np.asarray(tone / np.abs(tone).max())


def pad(notes: tuple[int, ...], seconds: float, brightness: float, rng: np.random.Generator) -> Tone:
    """A chord that swells and dies away, (2, samples), as if many players held it, none quite in tune.

    Every harmonic is a narrow band of noise instead of a line, written into a spectrum with random phases (P. Nasca's
    PADsynth, 2006). `brightness` 0..1: how strong the high harmonics are.
    """
    count = scipy.fft.next_fast_len(round(seconds * STUDIO_RATE), real=True)
    amplitude = np.zeros(count // 2 + 1)
    fall = 2.4 - 1.2 * brightness
    for note in notes:
        for harmonic in range(1, 4 + round(6 * brightness)):
            _band(amplitude, hertz(note) * harmonic, harmonic**-fall / (1 + len(notes)), count)
    phases = np.exp(2j * np.pi * rng.random((2, len(amplitude)), np.float32))
    tone = scipy.fft.irfft((amplitude * phases).astype(np.complex64), count, axis=1)
    t = np.arange(count) / STUDIO_RATE
    swell = smooth(t / 0.8) * smooth((seconds - t) / 1.5)
    return np.asarray(tone / np.abs(tone).max() * swell, np.float32)


WIDTH = 0.006
"""Half the width of a harmonic's band, as a part of its frequency: 10 cents."""


def _band(amplitude: npt.NDArray[np.float64], frequency: float, level: float, count: int) -> None:
    """Add a bell-shaped band of equal energy to a spectrum."""
    middle, width = frequency * count / STUDIO_RATE, max(WIDTH * frequency * count / STUDIO_RATE, 1.0)
    first, last = int(middle - 3 * width), int(middle + 3 * width) + 1
    if last < len(amplitude):
        places = np.arange(first, last)
        amplitude[first:last] += level * np.exp(-(((places - middle) / width) ** 2)) / math.sqrt(width)


@lru_cache(maxsize=8)
def bass(note: int, seconds: float) -> Tone:
    """A deep round note. Do not write to it: it is remembered."""
    t = np.arange(round(seconds * STUDIO_RATE)) / STUDIO_RATE
    phase = 2 * np.pi * hertz(note) * t
    tone = np.sin(phase) + 0.35 * np.sin(2 * phase) * np.exp(-1.5 * t) + 0.12 * np.sin(3 * phase) * np.exp(-4 * t)
    return np.asarray(tone / 1.3 * smooth(t / 0.03) * np.exp(-0.8 * t) * smooth((seconds - t) / 0.25), np.float32)


@lru_cache(maxsize=8)
def shaker(number: int) -> Tone:
    """A soft tick of grains. Do not write to it: it is remembered."""
    t = np.arange(round(0.09 * STUDIO_RATE)) / STUDIO_RATE
    hiss = np.diff(np.random.default_rng(number).standard_normal(len(t) + 1))
    tone = hiss * smooth(t / 0.012) * np.exp(-t / 0.018) * smooth((t[-1] - t) / 0.02)
    return np.asarray(tone / np.abs(tone).max(), np.float32)


@lru_cache(maxsize=1)
def drum() -> Tone:
    """A soft low drum whose pitch sinks. Do not write to it: it is remembered."""
    t = np.arange(round(0.4 * STUDIO_RATE)) / STUDIO_RATE
    phase = 2 * np.pi * (52 * t + 45 * 0.03 * (1 - np.exp(-t / 0.03)))
    return np.asarray(np.sin(phase) * smooth(t / 0.004) * np.exp(-t / 0.11) * smooth((t[-1] - t) / 0.08), np.float32)
