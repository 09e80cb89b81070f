"""The best ten seconds of a recording, for an engine that learns a voice from them. Pure.

    recording ─▶ every window of ten seconds ─▶ speech over noise, clipping, how much is said, one speaker ─▶ the best one

What is measured is simple on purpose: levels of 20 ms frames, and samples that stand at the top of the scale. Whether it is
one speaker, a network says (`producer.nets.speaker`), where it is here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from producer.speech.loudness import integrated_loudness
from producer.speech.sound import Samples

SECONDS, HOP_S, FRAME_S = 10.0, 0.5, 0.02
QUIETEST_DB, LOUDEST_LUFS, SOFTEST_LUFS = -120.0, -9.0, -38.0
TOP = 0.995
"""Of full scale: what stands there for `RUN` samples or more was cut off."""
RUN = 3
LEAST_SNR_DB, MOST_CLIPPED, LEAST_SPEECH, LEAST_ALIKE = 15.0, 0.0005, 0.35, 0.65
ENOUGH_SNR_DB = 40.0
"""Better than this sounds no better."""
PART_S = 0.8
"""Nearly every part of this length holds a pause or a stop; what is not silent even there is noise."""
SPEECH_DB = -25.0
"""Under the loud frames: what is louder is speech."""

Alike = Callable[[Samples], float]
"""How alike the voice is to itself throughout a stretch, 0..1: the likeness of its least alike pieces."""


@dataclass(frozen=True)
class Reference:
    """A stretch of a recording, in seconds, and how good it is. `faults`: why it may not be good enough, for people."""

    start_s: float
    end_s: float
    loudness_lufs: float
    snr_db: float
    clipped: float
    """Share of the samples that were cut off."""
    speech: float
    """Share of the time in which somebody speaks."""
    alike: float | None = None
    """See `Alike`; None = nobody could tell."""
    faults: tuple[str, ...] = ()


def best_part(sound: Samples, rate: int, seconds: float = SECONDS, alike: Alike | None = None) -> Reference:
    """The best stretch of this length, or all of a shorter recording. `alike` is asked about the best few."""
    length = min(len(sound), int(seconds * rate))
    starts = range(0, max(1, len(sound) - length + 1), int(HOP_S * rate))
    measured = sorted((_measured(sound, start, length, rate) for start in starts), key=_worth, reverse=True)
    if alike is None:
        return _judged(measured[0])
    heard = [_judged(_with(one, alike(cut(sound, rate, one)))) for one in measured[:ASKED]]
    return max(heard, key=lambda one: (not one.faults, _worth(one) + 20 * (one.alike or 0.0)))


ASKED = 4
"""Stretches that the network hears."""


def cut(sound: Samples, rate: int, part: Reference) -> Samples:
    return sound[int(part.start_s * rate) : int(part.end_s * rate)]


def _measured(sound: Samples, start: int, length: int, rate: int) -> Reference:
    piece = sound[start : start + length]
    levels = _levels(piece, rate)
    parts = np.array_split(levels, max(1, int(len(levels) * FRAME_S / PART_S)))
    loud, quiet = float(np.percentile(levels, 90)), float(np.percentile([np.percentile(part, 5) for part in parts], 90))
    speech = float(np.mean(levels > loud + SPEECH_DB))
    return Reference(
        start_s=start / rate, end_s=(start + len(piece)) / rate, loudness_lufs=integrated_loudness(piece, rate),
        snr_db=loud - quiet, clipped=_clipped(piece), speech=speech,
    )  # fmt: skip


def _judged(part: Reference) -> Reference:
    faults = []
    if part.snr_db < LEAST_SNR_DB:
        faults.append("there is noise under the voice, or no pause in it: record it in a quieter room")
    if part.clipped > MOST_CLIPPED:
        faults.append("it is cut off where it is loud: record it softer")
    if not SOFTEST_LUFS <= part.loudness_lufs <= LOUDEST_LUFS:
        faults.append("it is too soft" if part.loudness_lufs < SOFTEST_LUFS else "it is too loud")
    if part.speech < LEAST_SPEECH:
        faults.append("little is said in it")
    if part.alike is not None and part.alike < LEAST_ALIKE:
        faults.append("more than one voice is in it")
    return _with(part, part.alike, tuple(faults))


def _worth(part: Reference) -> float:
    """Decibels over the noise, less what is cut off and what is not said."""
    return min(part.snr_db, ENOUGH_SNR_DB) - 4000 * part.clipped - 20 * max(0.0, 0.7 - part.speech)


def _with(part: Reference, alike: float | None, faults: tuple[str, ...] = ()) -> Reference:
    return Reference(
        part.start_s, part.end_s, part.loudness_lufs, part.snr_db, part.clipped, part.speech, alike, faults
    )  # fmt: skip


def _levels(piece: Samples, rate: int) -> npt.NDArray[np.float64]:
    size = max(1, int(FRAME_S * rate))
    whole = piece[: len(piece) // size * size].reshape(-1, size) if len(piece) >= size else piece.reshape(1, -1)
    power = np.mean(np.square(whole, dtype=np.float64), axis=1)
    return np.asarray(np.maximum(10 * np.log10(power + 1e-12), QUIETEST_DB))


def _clipped(piece: Samples) -> float:
    """Share of samples in runs at the top of the recording's own scale, where that is near full scale."""
    top = np.abs(piece) >= TOP
    if not top.any():
        return 0.0
    edges = np.flatnonzero(np.diff(np.concatenate([[0], top.astype(np.int8), [0]])))
    lengths = edges[1::2] - edges[::2]
    return float(lengths[lengths >= RUN].sum() / len(piece))
