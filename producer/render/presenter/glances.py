"""What the eyes do by themselves: they blink, and they look at the viewer, with small jumps."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from producer.render.presenter.curves import Array
from producer.render.presenter.prosody import Sentence


def blinks(time: Array, sentences: Sequence[Sentence], seed: int) -> Array:
    """Lids, 0 open … 1 closed: every two to five seconds, and where a sentence ends."""
    rng = np.random.default_rng([seed, 30])
    moments: list[float] = []
    moment = float(time[0]) + rng.uniform(0.6, 1.8)
    while moment < time[-1]:
        moments.append(moment)
        moment += rng.uniform(2.2, 4.8) if rng.random() > 0.1 else 0.36
    moments += [sentence.end + rng.uniform(0.05, 0.18) for sentence in sentences]
    lids, last = np.zeros_like(time), -np.inf
    for moment in sorted(moments):
        if moment - last > 0.3:
            lids = np.maximum(lids, blink(time - moment))
            last = moment
    return lids


def blink(since: Array) -> Array:
    """One blink around 0 s: shut in 75 ms, closed for 45 ms (so that a frame at 25 per second shows it), open in 150."""
    closing = np.clip(1 + (since + 0.02) / 0.075, 0, 1)
    opening = np.clip(1 - (since - 0.025) / 0.15, 0, 1) ** 1.3
    return np.where(since < 0, closing, opening)


def gaze(time: Array, head: Array, seed: int) -> Array:
    """Where the eyes look, right and down, -1 … 1: at the viewer, with small jumps, whatever the head does."""
    rng = np.random.default_rng([seed, 40])
    look = np.zeros((len(time), 2))
    moment = float(time[0])
    while moment < time[-1]:
        away = rng.random() < 0.22
        target = rng.uniform((-0.30, -0.12), (0.30, 0.16)) if away else rng.normal(0, (0.04, 0.03))
        hold = rng.uniform(0.35, 0.8) if away else rng.uniform(1.0, 3.0)
        look[(time >= moment) & (time < moment + hold)] = target
        moment += hold
    window = np.array([0.15, 0.7, 0.15])  # an eye takes about 40 ms to jump
    look = np.stack([np.convolve(np.pad(axis, 1, "edge"), window, "valid") for axis in look.T], axis=1)
    return np.clip(look - head[:, :2] / (24, 36), -1, 1)  # counter-rotation keeps the lens in sight
