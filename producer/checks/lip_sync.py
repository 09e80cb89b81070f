"""Whether a mouth says what is heard: a score 0..1, and how late the lips are. Pure.

    opening of the mouth ──┬── seen: against how open each sound should be ──┐
    script's sounds ───────┘                                                ├──▶ score, lag
                       └────── heard: against the loudness of the file ──────┘
    opening of the mouth ───── against the loudness of the file ─────────────▶ agreement

The score is high only where the lips follow the sounds of the script and these are what the file lets one hear; so
lips of another speech, another speech's sound, and sound that runs 0.3 s off all score about 0. Agreement knows
nothing of the script.
"""

from __future__ import annotations

import math
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
WELL_SEEN, WELL_HEARD = 0.70, 0.55
"""Correlations that count as everything."""
SEEN_LUCK, HEARD_LUCK, MOST_LUCK = 1.2, 0.85, 0.45
"""Correlations that count as nothing, times the root of the seconds compared: a few words go along with any other few
words now and then. 15 clips in three languages, each under the sounds of all others, reached 1.23 and 0.79."""
CLOSURE_SHARE = 0.3
"""How much of the score missed closures may cost."""
NEAR_CLOSURE_S = 0.03
LEAST_SAMPLES = 40
APART_S = 0.25
"""Between two looks: what lies between them was not looked at."""
SWELL_S = 1.0
"""Slower swells of loudness say nothing about the mouth."""


@dataclass(frozen=True)
class MouthTrack:
    """What was measured in a video: opening between the lips / distance between the eyes, at `times` in seconds.
    NaN where no face was found. `cut_at`: when a part of the face was first beyond the edge of the picture. `face`: where
    it usually is, (left, top, right, bottom) in shares of the picture. `crowd`: the most faces seen at once, and when."""

    times: Array
    opening: Array
    cut_at: float | None = None
    face: tuple[float, float, float, float] | None = None
    crowd: tuple[int, float] = (0, 0.0)

    @property
    def seen(self) -> MouthTrack:
        found = ~np.isnan(self.opening)
        return MouthTrack(self.times[found], self.opening[found])

    @property
    def seconds(self) -> float:
        """How long it was looked at, all spans together."""
        gaps = np.diff(self.times)
        return float(gaps[gaps < APART_S].sum())

    @property
    def share_seen(self) -> float:
        return float((~np.isnan(self.opening)).mean()) if len(self.opening) else 0.0


@dataclass(frozen=True)
class LipSync:
    """`lag_ms` > 0: the lips are later than the sound. `seen` and `heard`: correlations. `closed`: share of p, b and m
    at which the lips were seen to meet."""

    score: float
    lag_ms: float
    seen: float
    heard: float
    closed: float


def lip_sync(track: MouthTrack, phonemes: Sequence[Phoneme], loudness: Array) -> LipSync | None:
    """How well a mouth follows the sounds, all in the video's time; `loudness` (of vowels) at `RATE` from its start.

    None when too little was seen to tell.
    """
    visible = track.seen
    if len(visible.times) < LEAST_SAMPLES or not phonemes:
        return None
    expected = expected_opening(phonemes, max(float(visible.times[-1]), phonemes[-1].end) + 2 * FURTHEST_S)
    seen, lips_lag = follow(visible.opening, visible.times, expected)
    while_speaking = np.arange(phonemes[0].start, min(phonemes[-1].end, len(loudness) / RATE), 1 / RATE)
    level = np.interp(while_speaking, np.arange(len(loudness)) / RATE, loudness)
    heard, sound_lag = follow(level, while_speaking, without_swell(expected))
    lag = lips_lag - sound_lag
    closed = closed_share(visible, phonemes)
    timely = float(np.exp(-((max(0.0, abs(lag) - UNNOTICED_S) / LAG_FALLOFF_S) ** 2)))
    by_eye = share(seen, WELL_SEEN, luck(SEEN_LUCK, visible.seconds))
    by_ear = share(heard, WELL_HEARD, luck(HEARD_LUCK, len(while_speaking) / RATE))
    score = by_eye * by_ear * timely * (1 - CLOSURE_SHARE * (1 - closed))
    return LipSync(round(score, 3), round(lag * 1000), round(seen, 3), round(heard, 3), round(closed, 3))


def share(correlation: float, full: float, nothing: float) -> float:
    return float(np.clip((correlation - nothing) / (full - nothing), 0, 1))


def luck(by_second: float, seconds: float) -> float:
    """The correlation that unrelated curves may reach over so many seconds."""
    return min(by_second / math.sqrt(max(seconds, 1.0)), MOST_LUCK)


def follow(values: Array, times: Array, curve: Array) -> tuple[float, float]:
    """How values at `times` follow a curve (at `RATE`, from 0 s): the highest correlation within the lag that nobody
    notices, and the lag in seconds at which it is highest of all."""
    lags = np.arange(-FURTHEST_S, FURTHEST_S + STEP_S / 2, STEP_S)
    at, wanted = np.arange(len(curve)) / RATE, standard(values)
    found = np.array([float(np.mean(wanted * standard(np.interp(times - lag, at, curve)))) for lag in lags])
    return float(found[np.abs(lags) <= UNNOTICED_S + STEP_S / 2].max()), float(lags[found.argmax()])


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


def agreement(track: MouthTrack, loudness: Array) -> float:
    """How the opening follows the sound itself: their correlation within the lag that nobody notices."""
    visible = track.seen
    if len(visible.times) < LEAST_SAMPLES:
        return 0.0
    return round(follow(visible.opening, visible.times, loudness)[0], 3)


def without_swell(curve: Array) -> Array:
    """A curve at `RATE` without what changes slower than from word to word."""
    return curve - smooth(curve, SWELL_S)


def smooth(values: Array, seconds: float) -> Array:
    """Averaged over a Hann window of this length."""
    half = max(1, int(seconds * RATE / 2))
    window = np.hanning(2 * half + 3)[1:-1]
    return np.convolve(np.pad(values, half, "edge"), window / window.sum(), "valid")


def spans(start: float, end: float, wanted_s: float, each_s: float) -> list[tuple[float, float]]:
    """Stretches of `each_s`, evenly spread over a speech, `wanted_s` in all; the whole speech where that is shorter."""
    if end - start <= wanted_s:
        return [(start, end)]
    count = max(1, round(wanted_s / each_s))
    length = wanted_s / count
    gap = (end - start - wanted_s) / max(count - 1, 1)
    return [(start + n * (length + gap), start + n * (length + gap) + length) for n in range(count)]
