"""What is played, from a mood and a seed: a bed of eight bars that can go round for ever, and two stings in its key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import scipy.fft

from producer.render.sound.hall import LENGTH_S, Stereo, in_the_hall
from producer.render.sound.instruments import STUDIO_RATE, Tone, bass, drum, pad, shaker, struck
from producer.render.sound.master import at_loudness
from producer.render.sound.moods import MOODS, Mood

BARS, HALF_BEATS = 8, 8
"""In a loop, and in a bar of four beats."""
BED_LUFS, INTRO_LUFS, OUTRO_LUFS = -29.0, -24.0, -25.0
LOWEST_BASS, LOWEST_PAD = 33, 52
"""MIDI notes: basses lie in the octave from 55 Hz on; chords under 165 Hz would be mud."""
LATE_S = 0.006
"""How late a player may come in."""
INTRO_STEP_S, OUTRO_STEP_S = 0.14, 0.26
STING_S = 3.6
"""The echo rings on for `LENGTH_S` more, so that none of it comes round."""


@dataclass(frozen=True)
class Score:
    """Stereo sound at 48 kHz, (2, samples). `bed` goes round without a seam and begins with the root's chord."""

    bed: Stereo
    intro: Stereo
    outro: Stereo


@lru_cache(maxsize=1)
def score(name: str, seed: int) -> Score:
    """The music of a mood. Equal arguments give equal samples; do not write to them: they are remembered."""
    rng = np.random.default_rng([seed, sorted(MOODS).index(name)])
    mood = MOODS[name]
    mood = replace(mood, root=mood.root + int(rng.integers(-2, 3)), tempo=mood.tempo + int(rng.integers(-3, 4)))
    return Score(
        _loud(_bed(mood, rng), BED_LUFS), _loud(_intro(mood, rng), INTRO_LUFS), _loud(_outro(mood, rng), OUTRO_LUFS)
    )


def _bed(mood: Mood, rng: np.random.Generator) -> Stereo:
    stage = _Stage(BARS * HALF_BEATS * 30 / mood.tempo)
    bar = stage.seconds / BARS
    figure = mood.figures[rng.integers(len(mood.figures))]
    held = {step: pad(chord(mood, step), bar + 1.6, mood.brightness, rng) for step in sorted(set(mood.chords))}
    for number, step in enumerate(mood.chords):
        start = number * bar
        stage.play(held[step], start, 0.30 * mood.pads)
        stage.play(bass(_bass_note(mood, step), round(bar + 0.3, 3)), start, 0.12)
        for half, tone in enumerate(figure):
            at = start + half * bar / HALF_BEATS
            if tone is not None and (half == 0 or rng.random() > 0.14):
                higher = 12 if number >= BARS // 2 and rng.random() < 0.18 else 0
                loud = mood.plucks * rng.uniform(0.16, 0.24) * (1.15 if half == 0 else 1.0)
                note = plucked(mood, step, tone) + higher
                side = 0.5 + 0.3 * np.sin(1.7 * tone + half)
                stage.play(struck(mood.instrument, note), at + rng.uniform(0, LATE_S), loud, side)
            if mood.shaker and half % 2:
                stage.play(
                    shaker(half % 4), at + rng.uniform(0, LATE_S), 0.035 * mood.shaker * rng.uniform(0.7, 1), 0.6
                )
        if mood.drum:
            stage.play(drum(), start, 0.35 * mood.drum)
            stage.play(drum(), start + 5 * bar / HALF_BEATS, 0.22 * mood.drum)
    return in_the_hall(stage.sound)


def _intro(mood: Mood, rng: np.random.Generator) -> Stereo:
    """A quick run up the root's chord that ends on a high note."""
    climb = ((0, 1, 2, 3), (0, 2, 1, 3), (0, 2, 3, 5))[rng.integers(3)]
    stage = _Stage(STING_S + LENGTH_S)
    stage.play(pad(chord(mood, 0), 2.2, mood.brightness, rng), 0.0, 0.22)
    for number, tone in enumerate(climb):
        loud = 0.16 + 0.04 * number
        stage.play(
            struck(mood.instrument, plucked(mood, 0, tone)), 0.1 + number * INTRO_STEP_S, loud, 0.3 + 0.13 * number
        )
    last = 0.1 + len(climb) * INTRO_STEP_S
    stage.play(struck("bell", plucked(mood, 0, climb[-1])), last, 0.14)
    stage.play(bass(_bass_note(mood, 0), 1.8), last, 0.15)
    return in_the_hall(stage.sound)


def _outro(mood: Mood, rng: np.random.Generator) -> Stereo:
    """The root's chord, spread slowly, that rings out."""
    spread = ((0, 2, 3, 4), (0, 1, 3, 5), (0, 2, 4, 3))[rng.integers(3)]
    stage = _Stage(STING_S + LENGTH_S)
    stage.play(pad(chord(mood, 0), 3.2, mood.brightness, rng), 0.0, 0.24)
    stage.play(bass(_bass_note(mood, 0), 2.6), 0.0, 0.18)
    for number, tone in enumerate(spread):
        note = plucked(mood, 0, tone)
        stage.play(struck(mood.instrument, note), number * OUTRO_STEP_S, 0.26 - 0.03 * number, 0.35 + 0.1 * number)
    stage.play(struck("bell", plucked(mood, 0, spread[-1])), len(spread) * OUTRO_STEP_S, 0.10)
    return in_the_hall(stage.sound)


def chord(mood: Mood, step: int) -> tuple[int, ...]:
    """The notes of the chord on a step of the scale, folded into one octave: no chord is far from the next.

    Of the mood's colours those are left out that would rub against the chord, a semitone from one of its notes.
    """
    low = max(mood.root - 5, LOWEST_PAD)
    tones = [mood.root + mood.scale[(step + k) % 7] for k in (0, 2, 4)]
    colours = [mood.root + mood.scale[(step + k) % 7] for k in mood.colour]
    tones += [colour for colour in colours if all((colour - tone) % 12 not in (1, 11) for tone in tones)]
    return tuple(sorted({low + (tone - low) % 12 for tone in tones}))


def plucked(mood: Mood, step: int, number: int) -> int:
    """The chord's tone of a number, an octave over the pads; numbers over the chord's go on above it."""
    notes = chord(mood, step)
    return notes[number % len(notes)] + 12 * (1 + number // len(notes))


def _bass_note(mood: Mood, step: int) -> int:
    return LOWEST_BASS + (mood.root + mood.scale[step % 7] - LOWEST_BASS) % 12


def _loud(sound: Stereo, lufs: float) -> Stereo:
    return np.ascontiguousarray(at_loudness(sound.T, lufs).T)


class _Stage:
    """Where tones are put; it goes round: what is played over its end is heard at its beginning."""

    def __init__(self, seconds: float) -> None:
        count = scipy.fft.next_fast_len(round(seconds * STUDIO_RATE), real=True)
        self.sound: Stereo = np.zeros((2, count), np.float32)
        self.seconds = count / STUDIO_RATE

    def play(self, tone: Tone, start_s: float, loud: float, side: float = 0.5) -> None:
        """Add a tone, (samples,) or stereo (2, samples), from `start_s` on; `side` 0 left … 1 right."""
        count = self.sound.shape[1]
        at = round(start_s * STUDIO_RATE) % count
        for channel, level in enumerate((2 * loud * (1 - side), 2 * loud * side)):
            rest = (tone if tone.ndim == 1 else tone[channel]) * np.float32(level)
            place = at
            while len(rest):
                part, rest = rest[: count - place], rest[count - place :]
                self.sound[channel, place : place + len(part)] += part
                place = 0
