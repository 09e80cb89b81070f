"""How the presenter moves while speaking: head, face and breath, from what is said, how it is meant, how loudly.

Everything is a function of time, the speech and the seed: equal inputs move equally.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from producer.render.presenter.articulation import RATE, mouth_frames, murmur, timed_visemes
from producer.render.presenter.curves import Array, bump, drift, step
from producer.render.presenter.expressions import Bearing, bearings
from producer.render.presenter.gestures import gestures
from producer.render.presenter.glances import blinks, gaze
from producer.render.presenter.prosody import Sentence, Stress, stresses
from producer.render.presenter.tracks import Track
from storage.documents import Phoneme

RAISED, SLANT, KNIT, WIDEN, SMILE, CHIN, TILT = range(len(Bearing._fields))

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
    shown = bearings(time, spoken.sentences)
    attitude = np.stack([np.zeros_like(time), shown[:, CHIN], shown[:, TILT]], axis=1)
    head = head_pose(time, spoken.sentences, talking, seed) + attitude + np.outer(nod, (0, 1.5, 0))
    tracks = {
        "mouth": mouth,
        "head": head,
        "shift": np.stack([drift(time, 0.09, seed, 1) * 2.2, drift(time, 0.12, seed, 2) * 1.2 + nod * 0.8], axis=1),
        "lean": drift(time, 0.07, seed, 3) * 0.55,
        "breath": breath(time, spoken.sentences),
        "lids": blinks(time, spoken.sentences, seed),
        "widen": shown[:, WIDEN],
        "gaze": gaze(time, head, seed),
        "brows": brows(time, shown, spoken.sentences, accents, seed),
        "smile": np.clip(shown[:, SMILE] + 0.12 * (1 - talking), -1, 1),  # silent lips have more room to smile
        "hands": gestures(time, spoken.sentences, accents, seed),
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


def brows(time: Array, shown: Array, sentences: Sequence[Sentence], accents: Sequence[Stress], seed: int) -> Array:
    """Raised, slant, knit (frames, 3): the expression's, and raised further with the start of a sentence, with the
    strongest words, and through a question."""
    raised = shown[:, RAISED] + np.clip(drift(time, 0.2, seed, 20), 0, 1) * 0.12
    last = -np.inf
    for accent in accents:
        if accent.strength > 1.15 and accent.time - last > 1.8:
            raised += bump(time, accent.time - 0.02, 0.12, 0.32) * 0.4 * accent.strength
            last = accent.time
    for sentence in sentences:
        raised += bump(time, sentence.start, 0.16, 0.4) * 0.25
        if sentence.mood == "question":
            raised += bump(time, (sentence.start + 2 * sentence.end) / 3, 0.5, 0.5) * 0.4
    return np.clip(np.stack([raised, shown[:, SLANT], shown[:, KNIT]], axis=1), -1, 1)
