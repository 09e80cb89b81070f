"""How the presenter moves while speaking: head, eyes, brows and breath, from what is said and how loudly.

Everything is a function of time, the speech and the seed: equal inputs move equally.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from producer.render.presenter.articulation import RATE, mouth_frames, murmur, timed_visemes
from producer.render.presenter.prosody import Sentence, Stress, stresses
from producer.render.presenter.tracks import Track
from storage.documents import Phoneme

Array = npt.NDArray[np.float64]

LEAD_S = 6.0
"""Recorded life before and after the speech; see `tracks.row_of`."""


@dataclass(frozen=True)
class Spoken:
    """What is known of a speech. `loudness` is at `articulation.RATE`, 1 = the voice's usual strength."""

    phonemes: Sequence[Phoneme]
    sentences: Sequence[Sentence]
    duration_s: float
    loudness: Array


def perform(spoken: Spoken, fps: int, seed: int) -> dict[str, Track]:
    """The tracks of one performance (see `tracks`)."""
    lead = round(LEAD_S * fps)
    mouth = speak(spoken, fps, lead)
    time = (np.arange(len(mouth)) - lead + 0.5) / fps
    accents = stresses(spoken.phonemes, spoken.loudness)
    talking = activity(spoken, time)
    nod = sum((accent.strength * bump(time, accent.time + 0.04, 0.10, 0.18) for accent in accents), np.zeros_like(time))
    head = head_pose(time, spoken.sentences, talking, seed) + np.outer(nod, (0, 1.5, 0))
    tracks = {
        "mouth": mouth,
        "head": head,
        "shift": np.stack([drift(time, 0.09, seed, 1) * 2.2, drift(time, 0.12, seed, 2) * 1.2 + nod * 0.8], axis=1),
        "lean": drift(time, 0.07, seed, 3) * 0.55,
        "breath": breath(time, spoken.sentences),
        "lids": blinks(time, spoken.sentences, seed),
        "gaze": gaze(time, head, seed),
        "brows": brows(time, spoken.sentences, accents, seed),
        "smile": smile(time, spoken, talking),
        "lead": np.array([lead]),
    }
    return {name: np.ascontiguousarray(track, np.float32) for name, track in tracks.items()}


def speak(spoken: Spoken, fps: int, lead: int) -> Array:
    """The mouth through the lead and the speech, so that it gets ready before the first sound and closes after the
    last. Without timed phonemes it follows loudness alone."""
    late, whole = lead / fps, spoken.duration_s + 2 * lead / fps
    quiet = np.zeros(round(late * RATE))
    loudness = np.concatenate([quiet, spoken.loudness, quiet])
    if not spoken.phonemes:
        return murmur(loudness, whole, fps)
    shifted = [p.model_copy(update={"start": p.start + late, "end": p.end + late}) for p in spoken.phonemes]
    return mouth_frames(shifted, whole, fps, loudness)


def activity(spoken: Spoken, time: Array) -> Array:
    """0 in silence … 1 amid speech, softened over a second."""
    on = np.zeros(int(spoken.duration_s * RATE) + 1)
    for sound in timed_visemes(spoken.phonemes):
        if sound.viseme != "sil":
            on[int(sound.start * RATE) : int(sound.end * RATE) + 1] = 1
    window = np.hanning(RATE + 1)
    soft = np.convolve(np.pad(on, RATE), window / window.sum(), "same")
    return np.interp(time, np.arange(len(soft)) / RATE - 1, soft)


def head_pose(time: Array, sentences: Sequence[Sentence], talking: Array, seed: int) -> Array:
    """Yaw, pitch and roll (frames, 3) in degrees: a slow drift, and a new attitude for every sentence."""
    alive = 0.4 + 0.6 * talking
    pose = np.stack(
        [
            (drift(time, 0.11, seed, 10) * 3.2 + drift(time, 0.37, seed, 11) * 1.1) * alive,
            (drift(time, 0.16, seed, 12) * 1.5 + drift(time, 0.50, seed, 13) * 0.6) * alive,
            (drift(time, 0.13, seed, 14) * 1.5 + drift(time, 0.41, seed, 15) * 0.5) * alive,
        ],
        axis=1,
    )
    rng = np.random.default_rng([seed, 16])
    for sentence in sentences:
        attitude = rng.normal(0, (2.6, 0.7, 1.6)).clip(-4.5, 4.5)
        held = step(time, sentence.start - 0.15, 0.55) - step(time, sentence.end + 0.05, 0.7)
        pose += np.outer(held, attitude)
        pose[:, 1] -= bump(time, sentence.start - 0.12, 0.18, 0.28) * 1.8  # the head lifts with the breath
        if sentence.mood == "question":
            pose[:, 2] += bump(time, sentence.end - 0.1, 0.5, 0.5) * 2.2
    return pose


def breath(time: Array, sentences: Sequence[Sentence]) -> Array:
    """0 out … 1 in: a calm rhythm, deeper just before a sentence."""
    filled = 0.36 - 0.36 * np.cos(2 * np.pi * time / 3.7)
    for sentence in sentences:
        filled += bump(time, sentence.start - 0.08, 0.3, 0.5) * 0.28
    return np.clip(filled, 0, 1)


def brows(time: Array, sentences: Sequence[Sentence], accents: Sequence[Stress], seed: int) -> Array:
    """Raised a little at rest, with the start of a sentence, with the strongest words, and through a question."""
    raised = 0.10 + np.clip(drift(time, 0.2, seed, 20), 0, 1) * 0.12
    last = -np.inf
    for accent in accents:
        if accent.strength > 1.15 and accent.time - last > 1.8:
            raised += bump(time, accent.time - 0.02, 0.12, 0.32) * 0.45 * accent.strength
            last = accent.time
    for sentence in sentences:
        raised += bump(time, sentence.start, 0.16, 0.4) * 0.3
        if sentence.mood != "plain":
            raised += bump(time, (sentence.start + 2 * sentence.end) / 3, 0.5, 0.5) * 0.4
    return np.clip(raised, -1, 1)


def smile(time: Array, spoken: Spoken, talking: Array) -> Array:
    """Warm in silence, lighter in speech, broad at the goodbye."""
    level = 0.62 - 0.14 * talking
    for sentence in spoken.sentences:
        if sentence.mood == "exclamation":
            level += (step(time, sentence.start, 0.3) - step(time, sentence.end + 0.4, 0.6)) * 0.3
    level += step(time, spoken.duration_s - 0.2, 0.5) * 0.2
    return np.clip(level, 0, 1)


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
