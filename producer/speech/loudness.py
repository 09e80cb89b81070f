"""How loud speech is to people: integrated loudness (ITU-R BS.1770-4), in LUFS."""

from __future__ import annotations

import math

import numpy as np

from producer.speech.sound import Samples

BLOCK_S = 0.4
"""The measure's gating block; anything shorter is repeated until it fills one."""
SILENT = -70.0
"""The measure's absolute gate: quieter than this counts as silence."""


def integrated_loudness(audio: Samples, rate: int) -> float:
    """LUFS of mono sound; `SILENT` when there is none."""
    import pyloudnorm

    if not np.any(audio):
        return SILENT
    repeats = math.ceil(BLOCK_S * rate / len(audio) + 1e-9)
    loudness = float(pyloudnorm.Meter(rate).integrated_loudness(np.tile(audio, repeats).astype(np.float64)))
    return max(loudness, SILENT)


def gain_to(target_lufs: float, audio: Samples, rate: int, ceiling_db: float = -1.0) -> float:
    """The factor that brings sound to a loudness, but never its peak above the ceiling (dBFS). 1.0 for silence."""
    loudness = integrated_loudness(audio, rate)
    if loudness <= SILENT:
        return 1.0
    wanted: float = 10 ** ((target_lufs - loudness) / 20)
    return min(wanted, 10 ** (ceiling_db / 20) / float(np.abs(audio).max()))
