"""The mouth in time: co-articulated, and closed whenever p, b or m says so.

Each sound pulls the mouth towards its shape with a dominance that swells and fades around its middle; the mouth at
any moment is their weighted mean (Cohen & Massaro, “Modeling coarticulation in synthetic visual speech”, 1993).
Lips that must meet are then closed by force, because a missed closure is what viewers notice first.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from producer.render.presenter.visemes import DOMINANCE, FULL, MOUTH, SHAPES, VOWELS, TimedViseme, visemes_of
from storage.documents import Phoneme

Array = npt.NDArray[np.float64]

RATE = 200
"""Steps per second at which the mouth is worked out before it is sampled for the frames."""

OPEN, PRESS, TUCK, TEETH = (MOUTH.index(name) for name in ("open", "press", "tuck", "teeth"))
STRESS_OPENING = (0.80, 0.95, 1.12)
"""How much further an unstressed, half-stressed, stressed vowel opens."""
EARLY_S = 0.015
"""Lips are in place a little before they are heard."""


def mouth_frames(phonemes: Sequence[Phoneme], duration_s: float, fps: int, loudness: Array | None = None) -> Array:
    """Mouth parameters (frames, 8) for a speech of `duration_s`.

    `loudness` (any length, 0..~1.5, 1 = usual) at `RATE` opens the mouth a little more where the voice is strong.
    """
    sounds = timed_visemes(phonemes)
    curve = blend(sounds, duration_s)
    if loudness is not None and len(loudness):
        padded = np.pad(loudness, (0, max(0, len(curve) - len(loudness))), mode="edge")[: len(curve)]
        curve[:, OPEN] = np.clip(curve[:, OPEN] * np.clip(0.72 + 0.33 * padded, 0.6, 1.12), 0, 1)
    force_closures(curve, sounds)
    return sample(smooth(curve), duration_s, fps)


def murmur(loudness: Array, duration_s: float, fps: int) -> Array:
    """Mouth parameters (frames, 8) from loudness alone, for speech whose sounds nobody has timed."""
    mouth = np.tile(np.array(SHAPES["ax"]), (int(duration_s * RATE) + 1, 1))
    heard = np.interp(np.arange(len(mouth)), np.arange(len(loudness)), loudness)
    opening = np.clip((heard - 0.15) * 0.6, 0, 0.6)
    return sample(smooth(mouth * (opening / SHAPES["ax"].open)[:, None]), duration_s, fps)


def timed_visemes(phonemes: Sequence[Phoneme]) -> list[TimedViseme]:
    """Phonemes as visemes; the first part of a diphthong lasts a little longer than the second."""
    timed: list[TimedViseme] = []
    for phoneme in phonemes:
        shown, length = visemes_of(phoneme.symbol), phoneme.end - phoneme.start
        if not shown or length <= 0:
            continue
        edges = np.linspace(0, 1, len(shown) + 1) if len(shown) != 2 else np.array([0, 0.55, 1.0])
        for viseme, a, b in zip(shown, edges[:-1], edges[1:], strict=True):
            start, end = phoneme.start + float(a) * length, phoneme.start + float(b) * length
            timed.append(TimedViseme(viseme, start, end, phoneme.stress))
    return timed


def blend(sounds: Sequence[TimedViseme], duration_s: float) -> Array:
    """The co-articulated mouth at `RATE`, one row per step from 0 to `duration_s` inclusive."""
    steps = int(duration_s * RATE) + 1
    rest = np.array(SHAPES["sil"])
    total, weight = np.tile(rest * 1e-4, (steps, 1)), np.full((steps, len(MOUTH)), 1e-4)
    for sound in sounds:
        first, last, pull = _dominance(sound, steps)
        if first >= last:
            continue
        target = np.array(SHAPES[sound.viseme])
        insist = pull[:, None] * np.array(DOMINANCE.get(sound.viseme, FULL))
        if sound.viseme in VOWELS:
            target[OPEN] *= STRESS_OPENING[sound.stress]
            insist *= 1.15 if sound.stress == 2 else 1.0
        total[first:last] += insist * target
        weight[first:last] += insist
    blended: Array = total / weight
    return blended


def _dominance(sound: TimedViseme, steps: int) -> tuple[int, int, Array]:
    """The steps a sound reaches, and how strongly it pulls at each of them."""
    start, end = sound.start - EARLY_S, sound.end - EARLY_S
    if sound.viseme == "sil" and end - start > 0.25:  # a real pause: close, and stay closed until just before speech
        first, last = max(0, int((start + 0.02) * RATE)), min(steps, int((end + 0.05) * RATE))
        times = np.arange(first, last) / RATE
        return first, last, np.clip((times - start) / 0.12, 0, 1) * np.clip((end - times) / 0.10, 0, 1) * 2.2
    first, last = max(0, int((start - 0.22) * RATE)), min(steps, int((end + 0.20) * RATE) + 1)
    times = np.arange(first, last) / RATE
    half = max((end - start) / 2, 0.022)
    away = np.abs(times - (start + end) / 2) / half
    return first, last, np.exp(-(np.maximum(away - 0.35, 0) ** 1.25) * 1.15)


def force_closures(curve: Array, sounds: Sequence[TimedViseme]) -> None:
    """Close the lips fully for a moment inside every p, b and m (in place)."""
    for sound in sounds:
        if sound.viseme != "PP":
            continue
        start, end = sound.start - EARLY_S, sound.end - EARLY_S
        first, last = max(0, int((start - 0.05) * RATE)), min(len(curve), int((end + 0.045) * RATE) + 1)
        times = np.arange(first, last) / RATE
        shut_from = start + 0.15 * (end - start) - 0.012
        shut_to = max(end - 0.25 * (end - start), start + 0.03)
        closing = (times - (start - 0.045)) / max(shut_from - start + 0.045, 0.03)
        opening = (end + 0.04 - times) / max(end + 0.04 - shut_to, 0.03)
        shut = np.clip(np.minimum(closing, opening), 0, 1)
        shut = shut * shut * (3 - 2 * shut)
        for parameter in (OPEN, TUCK, TEETH):
            curve[first:last, parameter] *= 1 - shut
        curve[first:last, PRESS] = np.maximum(curve[first:last, PRESS], shut)


def smooth(curve: Array) -> Array:
    """Take the corners off: a 35 ms Hann window, too short to open a closure."""
    window = np.hanning(9)[1:-1]
    window /= window.sum()
    padded = np.pad(curve, ((3, 3), (0, 0)), mode="edge")
    return np.stack([np.convolve(column, window, "valid") for column in padded.T], axis=1)


def sample(curve: Array, duration_s: float, fps: int) -> Array:
    """One row per frame. A frame in whose time the lips meet shows them meeting; any other shows its middle."""
    frames = int(np.ceil(duration_s * fps - 1e-9))
    sampled = np.zeros((frames, curve.shape[1]))
    for frame in range(frames):
        first = min(frame * RATE // fps, len(curve) - 1)
        rows = curve[first : max((frame + 1) * RATE // fps, first + 1)]
        tightest = int(rows[:, PRESS].argmax())
        sampled[frame] = rows[tightest] if rows[tightest, PRESS] > 0.9 else rows[len(rows) // 2]
    return sampled
