"""What the voice stresses and where its sentences lie: the facts that motion follows."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from config.errors import BadInput
from producer.render.presenter.articulation import RATE, timed_visemes
from producer.render.presenter.tone import NEUTRAL, Told, Tone, tones
from producer.render.presenter.visemes import VOWELS
from producer.speech.sentences import spans
from storage.documents import Phoneme, Script, ScriptLine, Speech, SpokenSpan, Word

Array = npt.NDArray[np.float64]

Mood = Literal["plain", "question", "exclamation"]
MOODS: dict[str, Mood] = {"?": "question", "？": "question", "؟": "question", "!": "exclamation", "！": "exclamation"}
CLOSING = "\"'”’»)]」』 "


class Sentence(NamedTuple):
    """A spoken sentence: when, with which melody, and how it is meant."""

    start: float
    end: float
    mood: Mood = "plain"
    tone: Tone = NEUTRAL


class Stress(NamedTuple):
    """A stressed vowel; `strength` 1 … 2 against the speech's median."""

    time: float
    strength: float


def sentences(script: Script, speech: Speech) -> list[Sentence]:
    """Where each sentence is spoken, from the words' times; without words, every line counts as one sentence."""
    spoken = (
        _spoken_sentences(script.lines, speech.words) if speech.words else _spoken_lines(script.lines, speech.lines)
    )
    meant = tones([told for _, told in spoken])
    return [
        Sentence(span.start, span.end, MOODS.get(told.text.rstrip(CLOSING)[-1:], "plain"), tone)
        for (span, told), tone in zip(spoken, meant, strict=True)
    ]


def _spoken_lines(lines: Sequence[ScriptLine], times: Sequence[SpokenSpan]) -> list[tuple[SpokenSpan, Told]]:
    return [(span, _told(line, line.text)) for line, span in zip(lines, times, strict=False)]


def _spoken_sentences(lines: Sequence[ScriptLine], words: Sequence[Word]) -> list[tuple[SpokenSpan, Told]]:
    """Each word is sought in its line's text, behind the word before it; where it lies tells its sentence."""
    found: list[tuple[SpokenSpan, Told]] = []
    for number, group in groupby(words, key=lambda word: min(word.line, len(lines) - 1)):
        line = lines[number]
        ends = [end for _, end in spans(line.text, line.language)] or [len(line.text)]
        behind = 0
        placed: list[tuple[int, Word]] = []
        for word in group:
            at = max(line.text.find(word.text, behind), behind)
            behind = min(at + len(word.text), len(line.text) - 1)
            placed.append((next((n for n, end in enumerate(ends) if at < end), len(ends) - 1), word))
        for sentence, members in groupby(placed, key=lambda pair: pair[0]):
            spoken = [word for _, word in members]
            text = line.text[ends[sentence - 1] if sentence else 0 : ends[sentence]]
            found.append((SpokenSpan(start=spoken[0].start, end=spoken[-1].end), _told(line, text)))
    return found


def _told(line: ScriptLine, text: str) -> Told:
    return Told(text, line.language, farewell=line.role == "close")


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
