"""Lines joined into one recording, with pauses between them and one loudness."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from config.errors import BadInput
from producer.engines.base import Context, EngineInfo, Licence, Problem
from producer.engines.requests import SpeechRequest
from producer.speech.loudness import gain_to, integrated_loudness
from producer.speech.phones import SILENCE
from producer.speech.sound import Samples, faded, resampled, silence, spoken_part
from producer.speech.wav import MEDIA_TYPE, from_wav, to_wav
from storage.documents import Phoneme, Speech, SpokenLine, SpokenSpan, Word

TARGET_LUFS = -20.0
"""Headroom for the finish, which adds music and masters the mix."""
KEPT_S, QUIET_DB = 0.06, -55.0
"""Silence that a line may have at either end, and what counts as silence: less than any voice engine here leaves, so
that only recordings with longer silences are trimmed."""
FADE_S = 0.002
"""Against clicks where a recording begins or ends in the middle of a sound; too short to hide a consonant."""


class Join:
    """Joins spoken lines. One gain per voice: two voices match, and one voice keeps its own ups and downs."""

    def __init__(self) -> None:
        self.info = EngineInfo(
            id="join", stage="speech", version="2", title="Joined lines", code_licence=Licence("Apache-2.0")
        )

    def check(self) -> list[Problem]:
        return []

    def load(self, device: str = "cpu") -> None:
        pass

    def unload(self) -> None:
        pass

    def run(self, request: SpeechRequest, context: Context) -> Speech:
        if not request.lines:
            raise BadInput("There is no spoken line to join.", "Write at least one line.")
        rate = max(line.sample_rate for line in request.lines)
        lines, recordings = [], []
        for number, line in enumerate(request.lines):
            context.stop_if_cancelled()
            context.progress(number / len(request.lines), "joining")
            recording, cut_s = trimmed(resampled(*from_wav(context.artifacts.fetch(line.audio)), rate), rate)
            recordings.append(recording)
            lines.append(earlier(line, cut_s, len(recording) / rate))
        request = replace(request, lines=tuple(lines))
        return self._joined(request, _levelled(request.lines, recordings, rate), rate, context)

    def _joined(self, request: SpeechRequest, recordings: list[Samples], rate: int, context: Context) -> Speech:
        pause = silence(request.options.pause_s, rate)
        parts: list[Samples] = []
        spans: list[SpokenSpan] = []
        samples = 0
        for recording in recordings:
            if parts:
                parts.append(pause)
                samples += len(pause)
            spans.append(SpokenSpan(start=samples / rate, end=(samples + len(recording)) / rate))
            parts.append(recording)
            samples += len(recording)
        audio = np.concatenate(parts)
        return Speech(
            audio=context.artifacts.put_bytes(to_wav(audio, rate), MEDIA_TYPE),
            sample_rate=rate,
            duration_s=len(audio) / rate,
            loudness_lufs=round(integrated_loudness(audio, rate), 2),
            lines=tuple(spans),
            words=shifted_words(request.lines, spans),
            phonemes=shifted_phonemes(request.lines, spans),
        )


def trimmed(audio: Samples, rate: int) -> tuple[Samples, float]:
    """A line without long silences at its ends, and the seconds left out before it. Silence itself stays whole."""
    first, last = spoken_part(audio, rate, KEPT_S, QUIET_DB)
    if last == 0:
        return audio, 0.0
    return faded(audio[first:last], rate, FADE_S), first / rate


def earlier(line: SpokenLine, cut_s: float, length_s: float) -> SpokenLine:
    """A line whose recording lost `cut_s` at its start and is `length_s` long now: its times, moved."""
    if not cut_s and length_s >= line.duration_s:
        return line

    def at(seconds: float) -> float:
        return min(max(seconds - cut_s, 0.0), length_s)

    words = tuple(w.model_copy(update={"start": at(w.start), "end": at(w.end)}) for w in line.words)
    phonemes = (p.model_copy(update={"start": at(p.start), "end": at(p.end)}) for p in line.phonemes)
    return line.model_copy(update={"words": words, "phonemes": tuple(p for p in phonemes if p.end > p.start)})


def shifted_words(lines: tuple[SpokenLine, ...], spans: list[SpokenSpan]) -> tuple[Word, ...]:
    """All words on one clock, each with the number of its line."""
    return tuple(
        Word(text=word.text, start=_at(span, word.start), end=_at(span, word.end), line=number)
        for number, (line, span) in enumerate(zip(lines, spans, strict=True))
        for word in line.words
    )


def shifted_phonemes(lines: tuple[SpokenLine, ...], spans: list[SpokenSpan]) -> tuple[Phoneme, ...]:
    """All sounds on one clock, with silence in the pauses."""
    joined: list[Phoneme] = []
    for line, span in zip(lines, spans, strict=True):
        if joined and joined[-1].end < _at(span, 0):
            joined.append(Phoneme(symbol=SILENCE, start=joined[-1].end, end=_at(span, 0)))
        joined += (
            Phoneme(symbol=p.symbol, start=_at(span, p.start), end=_at(span, p.end), stress=p.stress)
            for p in line.phonemes
        )
    return tuple(joined)


def _levelled(lines: tuple[SpokenLine, ...], recordings: list[Samples], rate: int) -> list[Samples]:
    gains = {
        voice: gain_to(
            TARGET_LUFS,
            np.concatenate([r for line, r in zip(lines, recordings, strict=True) if line.voice == voice]),
            rate,
        )
        for voice in {line.voice for line in lines}
    }
    return [recording * np.float32(gains[line.voice]) for line, recording in zip(lines, recordings, strict=True)]


def _at(span: SpokenSpan, seconds: float) -> float:
    """A time inside a line on the common clock; never beyond the line's own samples."""
    return round(min(span.start + seconds, span.end), 4)
