"""A quiet bed of music from a seed: a soft pad, a plucked figure, a deep note. To add a mood, add an entry to `MOODS`.

Eight bars are made and looped without a seam (what rings over the end is added to the beginning).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.signal import butter, fftconvolve, resample_poly, sosfilt

from producer.render.sound.meter import RATE, Sound

Signal = npt.NDArray[np.float64]

HALF_RATE = RATE // 2
"""The bed has nothing above 6 kHz: it is made at half the rate."""
CYCLE = 8192
"""Samples of a single cycle of a pad."""
BEATS = 4
FADE_IN_S, FADE_OUT_S = 0.5, 1.8


@dataclass(frozen=True)
class Mood:
    """`root` is a MIDI note; `chords` are scale steps (0 = the root's chord), one a bar, played twice."""

    root: int
    scale: tuple[int, ...]
    tempo: int
    chords: tuple[int, int, int, int]
    figure: tuple[int, ...] = (0, 1, 2, 1, 0, 2, 1, 2)


MAJOR = (0, 2, 4, 5, 7, 9, 11)
MINOR = (0, 2, 3, 5, 7, 8, 10)
DORIAN = (0, 2, 3, 5, 7, 9, 10)

MOODS: dict[str, Mood] = {
    "calm": Mood(57, MINOR, 72, (0, 5, 2, 6)),
    "steady": Mood(50, DORIAN, 84, (0, 3, 6, 3), (0, 2, 1, 2, 0, 2, 1, 0)),
    "warm": Mood(60, MAJOR, 80, (0, 4, 5, 3)),
    "bright": Mood(62, MAJOR, 92, (0, 5, 3, 4), (0, 1, 2, 0, 1, 2, 1, 0)),
    "wide": Mood(55, MAJOR, 68, (0, 2, 5, 3), (0, 2, 1, 0, 2, 1, 2, 1)),
}


def bed(duration_s: float, seed: int) -> Sound:
    """Stereo music of a mood that the seed picks, faded at both ends, at about -20 LUFS."""
    rng = np.random.default_rng(seed)
    mood = MOODS[str(rng.choice(sorted(MOODS)))]
    loop = resample_poly(_room(_loop(mood, rng), rng), 2, 1, axis=0)
    samples = round(duration_s * RATE)
    music = np.tile(loop, (samples // len(loop) + 1, 1))[:samples].astype(np.float32)
    fade_in, fade_out = min(round(FADE_IN_S * RATE), samples), min(round(FADE_OUT_S * RATE), samples)
    music[:fade_in] *= np.linspace(0, 1, fade_in, dtype=np.float32)[:, None] ** 1.5
    music[samples - fade_out :] *= np.linspace(1, 0, fade_out, dtype=np.float32)[:, None] ** 1.3
    return music


def _loop(mood: Mood, rng: np.random.Generator) -> Signal:
    beat = 60 / mood.tempo
    bar = BEATS * beat
    loop = np.zeros((round(8 * bar * HALF_RATE), 2))
    for number in range(8):
        chord = _chord(mood, mood.chords[number % 4])
        for voice, note in enumerate(chord):
            for detune, side in ((-0.05, 0.28), (0.06, 0.72)):
                _add(loop, number * bar, _pad(mood.root + note + detune, bar + 1.4, voice, rng) * 0.11, side)
        _add(loop, number * bar, _pad(mood.root - 24 + chord[0], bar + 0.6, 0, rng) * 0.22, 0.5)
        for step, tone in enumerate(mood.figure):
            if rng.random() > 0.16:
                start = number * bar + step * beat / 2 + abs(rng.normal(0, 0.006))
                loud = rng.uniform(0.05, 0.09) * (1.2 if step == 0 else 1.0)
                _add(loop, start, _pluck(mood.root + 12 + chord[tone]) * loud, 0.5 + 0.28 * np.sin(step * 1.3))
    return loop


def _chord(mood: Mood, step: int) -> list[int]:
    """Root, third and fifth on a step of the scale, in semitones above the mood's root."""
    return [mood.scale[(step + k) % 7] + 12 * ((step + k) // 7) - (12 if step >= 4 else 0) for k in (0, 2, 4)]


def _hertz(note: float) -> float:
    return float(440 * 2 ** ((note - 69) / 12))


def _pad(note: float, seconds: float, voice: int, rng: np.random.Generator) -> Signal:
    """A soft tone of five harmonics, read from one cycle of it."""
    cycle = 2 * np.pi * np.arange(CYCLE) / CYCLE
    wave = sum(np.sin(cycle * harmonic + rng.uniform(0, 6.28)) / harmonic**1.9 for harmonic in range(1, 6))
    t = np.arange(round(seconds * HALF_RATE)) / HALF_RATE
    swell = np.minimum(1, t / 0.9) * np.clip((seconds - t) / 1.2, 0, 1)
    tone = np.asarray(wave)[(t * (_hertz(note) * CYCLE)).astype(np.int64) % CYCLE]
    return np.asarray(tone * swell * (1 + 0.14 * np.sin(2 * np.pi * 0.21 * t + voice)))


def _pluck(note: float) -> Signal:
    t = np.arange(round(1.2 * HALF_RATE)) / HALF_RATE
    phase = 2 * np.pi * _hertz(note) * t
    tone = np.sin(phase) + 0.35 * np.sin(2 * phase) * np.exp(-6 * t) + 0.12 * np.sin(3 * phase) * np.exp(-11 * t)
    return np.asarray(tone * np.exp(-4 * t) * np.minimum(1, t / 0.006))


def _add(loop: Signal, start_s: float, tone: Signal, side: float) -> None:
    """Add a tone from `start_s` on, `side` 0 left … 1 right; what passes the end goes on at the beginning."""
    places = (round(start_s * HALF_RATE) + np.arange(len(tone))) % len(loop)
    loop[places, 0] += tone * (1 - side)
    loop[places, 1] += tone * side


def _room(loop: Signal, rng: np.random.Generator) -> Signal:
    """The loop in a soft hall, its echo wrapped round to keep the loop seamless."""
    length = round(1.7 * HALF_RATE)
    echo = rng.normal(0, 1, (length, 2)) * np.exp(-np.arange(length) / HALF_RATE * 3.4)[:, None]
    echo = sosfilt(butter(2, 3600, fs=HALF_RATE, output="sos"), echo, axis=0)
    echo /= np.sqrt((echo**2).sum(axis=0))
    around = np.concatenate([loop[-length:], loop])
    wet = np.stack([fftconvolve(around[:, k], echo[:, k])[length : length + len(loop)] for k in (0, 1)], axis=1)
    return np.asarray(sosfilt(butter(2, 5200, fs=HALF_RATE, output="sos"), 0.75 * loop + 0.35 * wet, axis=0))
