"""Curves over time that movements are made of. `time` is an array of seconds."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


def drift(time: Array, hertz: float, seed: int, channel: int) -> Array:
    """Slow aimless movement, about -1 … 1: four sines around `hertz` that never quite repeat."""
    rng = np.random.default_rng([seed, channel])
    waves = np.zeros_like(time)
    for n in range(4):
        rate = hertz * (1 + 0.73 * n) * rng.uniform(0.85, 1.15)
        waves += np.sin(2 * np.pi * (rate * time + rng.random())) / (1 + 0.9 * n)
    return waves / 1.9


def bump(time: Array, peak: float, rise_s: float, fall_s: float) -> Array:
    """A bell of height 1 at `peak`, with its own slope on each side."""
    away = (time - peak) / np.where(time < peak, rise_s, fall_s)
    bell: Array = np.exp(-away * away)
    return bell


def step(time: Array, start: float, length_s: float) -> Array:
    """An eased step from 0 to 1 that begins at `start`."""
    along = np.clip((time - start) / length_s, 0, 1)
    return along**3 * (along * (along * 6 - 15) + 10)


def softened(values: Array, frames: float) -> Array:
    """The columns of `values` (rows, columns), every corner rounded over about this many rows."""
    window = np.hanning(max(3, 2 * round(frames / 2) + 3))[1:-1]
    half = len(window) // 2
    padded = np.pad(values, ((half, half), (0, 0)), mode="edge")
    return np.stack([np.convolve(column, window / window.sum(), "valid") for column in padded.T], axis=1)
