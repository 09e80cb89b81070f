"""How a voice's pitch lies and moves, and how near it is to the presenter's own."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from producer.quality.evidence import Evidence
from producer.quality.pitch import pitch, pitch_rmse
from storage.quality import Cure, Finding

LOW_HZ, HIGH_HZ = 70.0, 400.0
LEAST_SPREAD, MOST_SPREAD = 0.6, 9.0
"""Semitones: less is a monotone, more jumps about."""
MOST_RMSE_HZ = 45.0
PITCH = "pitch as in the samples"
RATE = 16_000


def melody(evidence: Evidence) -> Iterator[Finding]:
    samples, rate = evidence.sound
    found = pitch(samples, rate)
    if len(found) < 20:
        yield Finding(name="pitch", family="speech", verdict="not run", why="no voiced sound is heard")
        return
    low, middle, high = (float(value) for value in np.percentile(found, (16, 50, 84)))
    spread = 6 * float(np.log2(high / low))
    good = LOW_HZ <= middle <= HIGH_HZ and LEAST_SPREAD <= spread <= MOST_SPREAD
    yield Finding(
        name="pitch", family="speech", verdict="pass" if good else "fail", value=f"{middle:.0f} Hz ± {spread:.1f} semitones",
        bound=f"{LOW_HZ:g} to {HIGH_HZ:g} Hz, ± {LEAST_SPREAD:g} to {MOST_SPREAD:g}",
        cure=None if good else Cure(remedy="other engine", node="line"),
    )  # fmt: skip
    if not evidence.request.options.samples:
        yield Finding(name=PITCH, family="speech", verdict="not run", why="the presenter gave no sample")
        return
    own = np.concatenate([pitch(sound, RATE) for sound in evidence.own_samples(RATE)])
    apart = pitch_rmse(found, own)
    if apart is None:
        yield Finding(name=PITCH, family="speech", verdict="not run", why="no voiced sound in the samples")
        return
    yield Finding(
        name=PITCH, family="speech", verdict="pass" if apart <= MOST_RMSE_HZ else "warn", value=apart,
        bound=f"≤ {MOST_RMSE_HZ:g} Hz apart",
    )  # fmt: skip
