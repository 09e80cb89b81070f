"""How loud sound is to people: integrated loudness (ITU-R BS.1770-4), in LUFS."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from producer.speech.sound import Samples

Energies = npt.NDArray[np.float64]

STEP_S = 0.01
"""Energies are read this often: finely enough to tell what a gain that moves would do to them."""
BLOCK_STEPS, BLOCK_EVERY = 40, 10
"""A gating block lasts 400 ms and begins 100 ms after the one before."""
SILENT = -70.0
"""The measure's absolute gate: quieter than this counts as silence."""
RELATIVE_GATE = -10.0
OFFSET = -0.691
AT_ONCE = 1 << 17
"""Samples that are filtered together: what is longer would only take memory."""


class LoudnessMeter:
    """Measures sound that comes in parts; a part's length changes nothing."""

    def __init__(self, rate: int, channels: int = 1) -> None:
        self._step = round(STEP_S * rate)
        self._sections = k_weighting(rate)
        self._state = np.zeros((len(self._sections), channels, 2))
        self._rest = np.zeros(0)
        self._energies: list[Energies] = []

    def add(self, part: npt.NDArray[np.float32]) -> None:
        """The next samples: (channels, samples)."""
        from scipy.signal import sosfilt

        for start in range(0, part.shape[1], AT_ONCE):
            piece = part[:, start : start + AT_ONCE].astype(np.float64)
            weighted, self._state = sosfilt(self._sections, piece, zi=self._state)
            power = np.concatenate([self._rest, np.einsum("cs,cs->s", weighted, weighted)])
            whole = len(power) // self._step * self._step
            self._energies.append(power[:whole].reshape(-1, self._step).mean(axis=1))
            self._rest = power[whole:]

    @property
    def energies(self) -> Energies:
        """Weighted mean square, summed over the channels, of every full 10 ms."""
        return np.concatenate(self._energies) if self._energies else np.zeros(0)

    @property
    def lufs(self) -> float:
        return gated_loudness(self.energies)


def gated_loudness(energies: Energies) -> float:
    """LUFS from the energies of consecutive 10 ms; `SILENT` when nothing passes the gate."""
    if len(energies) < BLOCK_STEPS:
        return SILENT
    sums = np.concatenate([[0.0], np.cumsum(energies)])
    blocks = (sums[BLOCK_STEPS:] - sums[:-BLOCK_STEPS])[::BLOCK_EVERY] / BLOCK_STEPS
    heard = blocks[blocks > _energy(SILENT)]
    if not len(heard):
        return SILENT
    heard = heard[heard > heard.mean() * 10 ** (RELATIVE_GATE / 10)]
    return max(OFFSET + 10 * math.log10(float(heard.mean())), SILENT)


def integrated_loudness(audio: Samples, rate: int) -> float:
    """LUFS of mono sound, `SILENT` when there is none; what is shorter than a gating block is repeated to fill one."""
    if not np.any(audio):
        return SILENT
    repeats = math.ceil(BLOCK_STEPS * round(STEP_S * rate) / len(audio))
    meter = LoudnessMeter(rate)
    meter.add(np.tile(audio, repeats)[None])
    return meter.lufs


def gain_to(target_lufs: float, audio: Samples, rate: int, ceiling_db: float = -1.0) -> float:
    """The factor that brings sound to a loudness, but never its peak above the ceiling (dBFS). 1.0 for silence."""
    loudness = integrated_loudness(audio, rate)
    if loudness <= SILENT:
        return 1.0
    wanted: float = 10 ** ((target_lufs - loudness) / 20)
    return min(wanted, 10 ** (ceiling_db / 20) / float(np.abs(audio).max()))


def k_weighting(rate: int) -> npt.NDArray[Any]:
    """The standard's two filters as second-order sections for any sample rate.

    The standard gives coefficients for 48 kHz; these are the analogue filters behind them (a shelf of +4 dB above
    1.7 kHz for the head, a high-pass at 38 Hz), through the bilinear transform.
    """
    k, q, gain = math.tan(math.pi * 1681.974450955533 / rate), 0.7071752369554196, 10 ** (3.999843853973347 / 20)
    middle = gain**0.4996667741545416 * k / q
    shelf = [gain + middle + k * k, 2 * (k * k - gain), gain - middle + k * k, *_poles(k, q)]
    low_k, low_q = math.tan(math.pi * 38.13547087602444 / rate), 0.5003270373238773
    high_pass = [1.0, -2.0, 1.0, *_poles(low_k, low_q)]
    head = np.array(shelf) / shelf[3]
    low = np.array(high_pass[:3] + [value / high_pass[3] for value in high_pass[3:]])
    return np.stack([head, low])


def _poles(k: float, q: float) -> tuple[float, float, float]:
    return 1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs - OFFSET) / 10))
