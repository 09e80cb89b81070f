"""The voice by itself, line by line: clipped, noisy, silent where it should speak."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from producer.quality.evidence import Evidence
from producer.speech.sound import Samples
from storage.documents import Stretch
from storage.quality import Cure, Finding, Where

STEP_S = 0.02
CREST = 0.985
"""Of a line's highest sample: a sound wave rarely comes so near to it twice, one that was cut off does all the time."""
MOST_CRESTS = 8.0
"""A second."""
QUIET_DB = 45.0
"""Under a line's loud steps there is nothing to hear."""
LEAST_DB = -55.0
"""dBFS: a line whose loud steps are quieter than this was not spoken."""


def clipping(evidence: Evidence) -> Iterator[Finding]:
    """How often a second the wave comes to its highest level."""
    crests = {number: crests_a_second(samples, rate) for number, samples, rate in evidence.spoken()}
    yield _worst(evidence, "clipping", crests, MOST_CRESTS, f"≤ {MOST_CRESTS:g} crests a second at the highest level")


def noise(evidence: Evidence) -> Iterator[Finding]:
    """How far the speech stands above what is heard in its shortest pauses."""
    distances = {number: -distance_db(samples, rate) for number, samples, rate in evidence.spoken()}
    least = evidence.rules.noise_db
    found = _worst(evidence, "noise", distances, -least, f"≥ {least:g} dB under the voice")
    yield found.model_copy(update={"value": -float(found.value)}) if found.value != "" else found


def silence(evidence: Evidence) -> Iterator[Finding]:
    """The longest silence within a line: in its own recording, and in the finished file."""
    longest = {number: longest_silence_s(samples, rate) for number, samples, rate in evidence.spoken()}
    heard = evidence.sighting("silence")
    for number, span in enumerate(evidence.cut.line_spans):
        within = (_shared_s(place, span.start, span.end) for place in (heard.where if heard else ()))
        longest[number] = max([longest.get(number, 0.0), *within])
    most = evidence.rules.silence_s
    yield _worst(evidence, "silence", longest, most, f"≤ {most:g} s within a line")


def crests_a_second(samples: Samples, rate: int) -> float:
    """How many waves come within a hair of the highest."""
    level = np.abs(samples)
    if len(level) < rate * STEP_S or level.max() < 1e-4:
        return 0.0
    near = level >= CREST * level.max()
    return round(float((near[1:] & ~near[:-1]).sum()) / (len(level) / rate), 1)


def distance_db(samples: Samples, rate: int) -> float:
    """Decibels between the loud steps of a line and its quietest ones; those of digital silence do not count."""
    levels = levels_db(samples, rate)
    sounding = levels[levels > -100]
    if len(sounding) < 10:
        return 96.0
    return round(float(np.percentile(sounding, 95) - np.percentile(sounding, 4)), 1)


def longest_silence_s(samples: Samples, rate: int) -> float:
    levels = levels_db(samples, rate)
    if not len(levels):
        return 0.0
    loud = float(np.percentile(levels, 95))
    if loud < LEAST_DB:
        return round(len(levels) * STEP_S, 2)
    silent = np.concatenate([[False], levels < loud - QUIET_DB, [False]])
    edges = np.flatnonzero(np.diff(silent.astype(int)))
    return round(float(max((edges[1::2] - edges[::2]).tolist(), default=0)) * STEP_S, 2)


def levels_db(samples: Samples, rate: int) -> npt.NDArray[np.float64]:
    """RMS of each 20 ms, dBFS."""
    step = round(rate * STEP_S)
    whole = len(samples) // step
    power = (samples[: whole * step].reshape(whole, step).astype(np.float64) ** 2).mean(axis=1)
    return np.asarray(10 * np.log10(power + 1e-12))


def _worst(evidence: Evidence, name: str, values: dict[int, float], most: float, bound: str) -> Finding:
    """The line with the highest value; all lines above the bound are named."""
    if not values:
        return Finding(name=name, family="sound", verdict="not run", why="nothing is spoken")
    bad = [number for number, value in values.items() if value > most]
    first = max(values, key=lambda number: values[number])
    where: tuple[Where, ...] = tuple(place for number in bad for place in evidence.line_where(number))
    cure = Cure(remedy="respeak", node=f"line.{first}") if bad else None
    return Finding(
        name=name, family="sound", verdict="fail" if bad else "pass", value=values[first], bound=bound, where=where, cure=cure,
    )  # fmt: skip


def _shared_s(place: Stretch, start: float, end: float) -> float:
    return max(0.0, min(place.end, end) - max(place.start, start))
