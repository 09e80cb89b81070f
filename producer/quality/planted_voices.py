"""Faults of a voice: clipped, noisy, broken off, of a pitch that nobody has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Voice:
    """The speech by itself, and where its first line lies in it, in samples."""

    samples: np.ndarray
    rate: int
    start: int
    end: int


def clipped(voice: Voice, rng: np.random.Generator) -> np.ndarray:
    level = float(np.abs(voice.samples).max())
    drive = rng.uniform(2.5, 5.0)
    return np.asarray(np.clip(voice.samples * drive, -level, level), np.float32)


def noisy(voice: Voice, rng: np.random.Generator) -> np.ndarray:
    loud = float(np.sqrt(np.mean(voice.samples[voice.start : voice.end] ** 2)))
    hiss = rng.normal(0, loud * 10 ** (-rng.uniform(12, 22) / 20), len(voice.samples))
    return np.asarray(voice.samples + hiss, np.float32)


def dropped(voice: Voice, rng: np.random.Generator) -> np.ndarray:
    samples, length = voice.samples.copy(), round(voice.rate * rng.uniform(1.0, 1.6))
    at = int(rng.integers(voice.start, max(voice.end - length, voice.start + 1)))
    samples[at : at + length] = 0
    return samples


def squeaking(voice: Voice, rng: np.random.Generator) -> np.ndarray:
    """Played too fast, and repeated to be as long: a chipmunk."""
    at = np.arange(len(voice.samples)) * rng.uniform(2.6, 3.2) % (len(voice.samples) - 1)
    return np.asarray(np.interp(at, np.arange(len(voice.samples)), voice.samples), np.float32)


def monotone(voice: Voice, rng: np.random.Generator) -> np.ndarray:
    """A robot: the loudness of the voice on a buzz of one pitch."""
    hertz = rng.uniform(90, 220)
    buzz = 2 * (np.arange(len(voice.samples)) / voice.rate * hertz % 1) - 1
    size = round(voice.rate * 0.03)
    loud = np.sqrt(np.convolve(voice.samples**2, np.ones(size) / size, "same"))
    return np.asarray(buzz * loud, np.float32)
