"""What the voice stresses and where its sentences lie: the facts that motion follows."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from config.errors import BadInput
from producer.render.presenter.articulation import RATE, timed_visemes
from producer.render.presenter.visemes import VOWELS
from storage.documents import Phoneme, Script, Speech

Array = npt.NDArray[np.float64]

MOODS: dict[str, Literal["plain", "question", "exclamation"]] = {
    ".": "plain", "…": "plain", "。": "plain", "।": "plain",
    "?": "question", "？": "question", "؟": "question",
    "!": "exclamation", "！": "exclamation",
}  # fmt: skip
CLOSING = "\"'”’»)]」』"


class Sentence(NamedTuple):
    start: float
    end: float
    mood: Literal["plain", "question", "exclamation"] = "plain"


class Stress(NamedTuple):
    """A stressed vowel; `strength` 1 … 2 against the speech's median."""

    time: float
    strength: float


def sentences(script: Script, speech: Speech) -> list[Sentence]:
    """Where each sentence is spoken: from the words' punctuation, else one per line."""
    found: list[Sentence] = []
    start: float | None = None
    for word, after in zip_longest(speech.words, speech.words[1:]):
        start = word.start if start is None else start
        mark = word.text.rstrip(CLOSING)[-1:]
        if after is None or after.line != word.line or mark in MOODS:
            mark = mark if mark in MOODS else script.lines[min(word.line, len(script.lines) - 1)].text.rstrip()[-1:]
            found.append(Sentence(start, word.end, MOODS.get(mark, "plain")))
            start = None
    if found:
        return found
    ends = [line.text.rstrip(CLOSING + " ")[-1:] for line in script.lines]
    return [
        Sentence(span.start, span.end, MOODS.get(end, "plain")) for span, end in zip(speech.lines, ends, strict=False)
    ]


def stresses(phonemes: Sequence[Phoneme], loudness: Array) -> list[Stress]:
    """The stressed vowels that stand out by loudness and length, at least 0.55 s apart."""
    candidates: list[tuple[float, float]] = []
    for sound in timed_visemes(phonemes):
        if sound.stress == 2 and sound.viseme in VOWELS:
            heard = loudness[int(sound.start * RATE) : int(sound.end * RATE) + 1]
            power = float(heard.mean()) if len(heard) else 1.0
            candidates.append((sound.start + 0.3 * (sound.end - sound.start), power * (sound.end - sound.start) ** 0.4))
    if not candidates:
        return []
    median = float(np.median([weight for _, weight in candidates]))
    chosen: list[Stress] = []
    for time, weight in candidates:
        if weight > median > 0 and (not chosen or time - chosen[-1].time > 0.55):
            chosen.append(Stress(time, min(weight / median, 2.0)))
    return chosen


def loudness_of(path: Path, duration_s: float) -> Array:
    """Loudness of a mono 16-bit WAV at `RATE`, where 1 is the 75th percentile of what is not silence.

    Raises BadInput when the file is not such a WAV.
    """
    try:
        with wave.open(str(path), "rb") as file:
            if file.getnchannels() != 1 or file.getsampwidth() != 2:
                raise BadInput("The speech is not mono 16-bit sound.", "Make the speech stage again.")
            rate, data = file.getframerate(), file.readframes(file.getnframes())
    except (wave.Error, EOFError) as error:
        raise BadInput(f"The speech is not a WAV file: {error}.", "Make the speech stage again.") from error
    samples = np.frombuffer(data, "<i2").astype(np.float64) / 32768
    steps = int(duration_s * RATE) + 1
    edges = np.minimum((np.arange(steps + 1) * rate) // RATE, len(samples))
    energy = np.concatenate([[0.0], np.cumsum(samples**2)])
    power = np.sqrt(np.diff(energy[edges]) / np.maximum(np.diff(edges), 1) + 1e-12)
    window = np.hanning(27)[1:-1]
    power = np.convolve(np.pad(power, 12, "edge"), window / window.sum(), "valid")
    heard = power[power > power.max() * 0.05]
    usual = float(np.percentile(heard, 75))
    return power / usual if usual > 1e-4 else np.ones(steps)
