"""Whether a mouth says what is heard: a score 0..1, and how late the lips are. Pure.

    opening of the mouth, frame by frame ──┬── against how open each sound should be ──▶ score, lag
                                           └── against the loudness of the sound ──────▶ agreement

The score multiplies three things that viewers notice: how well the opening follows the sounds, how far it is early or
late, and whether the lips meet for p, b and m. Lips that belong to another speech, or run 0.3 s apart from it, score
about 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from producer.checks.openness import RATE, closures, expected_opening
from storage.documents import Phoneme

Array = npt.NDArray[np.float64]

FURTHEST_S = 0.5
"""How far apart lips and sound are looked for."""
STEP_S = 0.01
UNNOTICED_S = 0.06
"""Viewers accept lips up to two frames or so early or late (ITU-R BT.1359 detects from 45 ms early, 125 ms late)."""
LAG_FALLOFF_S = 0.14
CHANCE, FULL = 0.25, 0.70
"""Correlations that count as nothing and as everything."""
CLOSURE_SHARE = 0.3
"""How much of the score missed closures may cost."""
NEAR_CLOSURE_S = 0.03
LEAST_SAMPLES = 40


@dataclass(frozen=True)
class MouthTrack:
    """What was measured in a video: opening between the lips / distance between the eyes, at `times` in seconds.
    NaN where no face was found."""

    times: Array
    opening: Array

    @property
    def seen(self) -> MouthTrack:
        found = ~np.isnan(self.opening)
        return MouthTrack(self.times[found], self.opening[found])

    @property
    def share_seen(self) -> float:
        return float((~np.isnan(self.opening)).mean()) if len(self.opening) else 0.0


@dataclass(frozen=True)
class LipSync:
    """`lag_ms` > 0: the lips are late. `closed`: share of p, b and m at which the lips were seen to meet."""

    score: float
    lag_ms: float
    correlation: float
    closed: float


def lip_sync(track: MouthTrack, phonemes: Sequence[Phoneme]) -> LipSync | None:
    """How well the mouth follows the sounds, both in the video's time. None when too little was seen to tell."""
    seen = track.seen
    if len(seen.times) < LEAST_SAMPLES or not phonemes:
        return None
    expected = expected_opening(phonemes, float(seen.times[-1]) + FURTHEST_S + 1)
    correlations, lags = correlate(seen, expected)
    best = int(correlations.argmax())
    lag = float(lags[best])
    near = float(correlations[np.abs(lags) <= UNNOTICED_S].max())
    following = float(np.clip((near - CHANCE) / (FULL - CHANCE), 0, 1))
    timely = float(np.exp(-((max(0.0, abs(lag) - UNNOTICED_S) / LAG_FALLOFF_S) ** 2)))
    closed = closed_share(seen, phonemes)
    score = following * timely * (1 - CLOSURE_SHARE * (1 - closed))
    return LipSync(round(score, 3), round(lag * 1000), round(near, 3), round(closed, 3))


def correlate(track: MouthTrack, curve: Array) -> tuple[Array, Array]:
    """Correlations of the opening with a curve (at `RATE`, from 0 s) for each lag of the lips, and the lags."""
    lags = np.arange(-FURTHEST_S, FURTHEST_S + STEP_S / 2, STEP_S)
    at = np.arange(len(curve)) / RATE
    opening = standard(track.opening)
    found = [float(np.mean(opening * standard(np.interp(track.times - lag, at, curve)))) for lag in lags]
    return np.array(found), lags


def standard(values: Array) -> Array:
    """Mean 0, deviation 1; all 0 when nothing varies."""
    spread = values.std()
    centred: Array = values - values.mean()
    return centred / spread if spread > 1e-9 else np.zeros_like(centred)


def closed_share(track: MouthTrack, phonemes: Sequence[Phoneme]) -> float:
    """Of the p, b and m that were looked at, the share during which the mouth came close to its tightest."""
    shut, open_ = np.percentile(track.opening, (3, 60))
    bound = shut + 0.35 * (open_ - shut)
    met = []
    for phoneme in closures(phonemes):
        during = (track.times > phoneme.start - NEAR_CLOSURE_S) & (track.times < phoneme.end + NEAR_CLOSURE_S)
        if during.any():
            met.append(bool(track.opening[during].min() <= bound))
    return float(np.mean(met)) if met else 1.0


def heard_agreement(track: MouthTrack, loudness: Array) -> tuple[float, float]:
    """How the opening follows the sound itself, and at which lag of the lips in ms: the highest correlation within
    what viewers accept. `loudness` at `RATE`, from the start of the video; knows nothing of the script."""
    seen = track.seen
    if len(seen.times) < LEAST_SAMPLES:
        return 0.0, 0.0
    correlations, lags = correlate(seen, loudness)
    accepted = np.abs(lags) <= UNNOTICED_S
    return round(float(correlations[accepted].max()), 3), round(float(lags[correlations.argmax()]) * 1000)


def spans(start: float, end: float, wanted_s: float, each_s: float) -> list[tuple[float, float]]:
    """Stretches of `each_s`, evenly spread over a speech, `wanted_s` in all; the whole speech where that is shorter."""
    if end - start <= wanted_s:
        return [(start, end)]
    count = max(1, round(wanted_s / each_s))
    length = wanted_s / count
    gap = (end - start - wanted_s) / max(count - 1, 1)
    return [(start + n * (length + gap), start + n * (length + gap) + length) for n in range(count)]
