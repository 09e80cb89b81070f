"""A text spoken by a phoneme voice: sentence by sentence, joined, with times for every word and sound."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from producer.speech import alignment
from producer.speech.captions import caption_words
from producer.speech.characters import speakable
from producer.speech.languages import UNSPACED, primary
from producer.speech.phones import SILENCE, Sound, fit_to_sound, sounds
from producer.speech.respelling import respelling
from producer.speech.sentences import halves, split
from producer.speech.sound import Samples, faded, silence, spoken_part

SENTENCE_PAUSE_S = 0.28
CLAUSE_PAUSE_S = 0.08
PAD = "…"
"""Stands for the silence that a model adds before and after the phonemes."""


@dataclass(frozen=True)
class Piece:
    """As much text as is spoken in one go, and the pause before it."""

    text: str
    letters: str
    pause_s: float


class PhonemeVoice(Protocol):
    """A model that turns phoneme letters into sound and says how long each one lasts."""

    sample_rate: int
    longest: int
    """Most phoneme letters it speaks well in one go."""

    def read(self, text: str) -> str:
        """Phoneme letters for a text; empty when it cannot read any of it."""

    def speak(self, letters: str, rate: float, noise: np.random.Generator) -> tuple[Samples, list[float]]:
        """Sound, and the seconds of: the silence before, each letter, the silence after."""


@dataclass
class Utterance:
    """What was said; times in seconds from its first sample, without gaps between the sounds."""

    audio: Samples
    rate: int
    words: list[tuple[str, float, float]] = field(default_factory=list)
    sounds: list[Sound] = field(default_factory=list)

    @property
    def duration(self) -> float:
        return len(self.audio) / self.rate


def speak(
    text: str,
    voice: PhonemeVoice,
    language: str = "en",
    *,
    hints: Mapping[str, str] | None = None,
    rate: float = 1.0,
    seed: int = 0,
    between: Callable[[float], None] = lambda _fraction: None,
) -> Utterance:
    """Say the text. `hints` respell single words or names; `between` is called with the fraction done.

    The result is empty (no samples) when the voice can read none of it.
    """
    noise = np.random.default_rng(seed)
    said = respelling(hints or {})
    whole = Utterance(silence(0, voice.sample_rate), voice.sample_rate)
    pieces = [piece for sentence in _sentences(text, language) for piece in _pieces(sentence, voice, said)]
    for number, piece in enumerate(pieces):
        between(number / len(pieces))
        _append(whole, _spoken(piece, voice, language, said, rate, noise), piece.pause_s / rate)
    return whole


def _sentences(text: str, language: str) -> list[str]:
    """Sentences, each with something to say: a lone emoji or mark stays with the sentence beside it."""
    kept: list[str] = []
    space = "" if primary(language) in UNSPACED else " "
    for sentence in split(text, language):
        if kept and not (speakable(sentence) and speakable(kept[-1])):
            kept[-1] += f"{space}{sentence}"
        else:
            kept.append(sentence)
    return kept


def _pieces(
    text: str, voice: PhonemeVoice, said: Callable[[str], str], pause_s: float = SENTENCE_PAUSE_S
) -> list[Piece]:
    letters = voice.read(said(text))
    if len(letters) <= voice.longest or (parts := halves(text)) is None:
        return [Piece(text, letters[: voice.longest], pause_s)]
    first, second = parts
    return _pieces(first, voice, said, pause_s) + _pieces(second, voice, said, CLAUSE_PAUSE_S)


def _spoken(
    piece: Piece,
    voice: PhonemeVoice,
    language: str,
    said: Callable[[str], str],
    rate: float,
    noise: np.random.Generator,
) -> Utterance:
    tokens = caption_words(piece.text, language)
    if not piece.letters:
        return Utterance(silence(0, voice.sample_rate), voice.sample_rate, [(token, 0.0, 0.0) for token in tokens])
    audio, lengths = voice.speak(piece.letters, rate, noise)
    edges = np.concatenate([[0.0], np.cumsum(lengths)]).tolist()
    made, groups = sounds(PAD + piece.letters + PAD, edges)
    fit_to_sound(made, groups, audio, voice.sample_rate)
    owner = alignment.owners([voice.read(said(token)) for token in tokens], [group.letters for group in groups])
    spans: list[tuple[float, float] | None] = [None] * len(tokens)
    for group, token in zip(groups, owner, strict=True):
        start, end = made[group.first].start, made[group.end - 1].end
        spans[token] = (min(start, (spans[token] or (start, end))[0]), end)
    times = alignment.spread(tokens, spans)
    words = [(token, start, end) for token, (start, end) in zip(tokens, times, strict=True)]
    return _trimmed(Utterance(audio, voice.sample_rate, words, made))


def _trimmed(spoken: Utterance) -> Utterance:
    """Without the silence at both ends; every word and sound stays whole."""
    first, last = spoken_part(spoken.audio, spoken.rate)
    audio = faded(spoken.audio[first:last], spoken.rate)
    length, cut = len(audio) / spoken.rate, first / spoken.rate

    def at(time: float) -> float:
        return min(max(time - cut, 0.0), length)

    return Utterance(
        audio,
        spoken.rate,
        [(word, at(start), at(end)) for word, start, end in spoken.words],
        [Sound(s.symbol, at(s.start), at(s.end), s.stress) for s in spoken.sounds if at(s.end) > at(s.start)],
    )


def _append(whole: Utterance, part: Utterance, pause_s: float) -> None:
    if len(part.audio) and len(whole.audio):
        whole.audio = np.concatenate([whole.audio, silence(pause_s, whole.rate)])
    offset = whole.duration
    whole.words += [(word, start + offset, end + offset) for word, start, end in part.words]
    for sound in part.sounds:
        start, end = sound.start + offset, sound.end + offset
        if whole.sounds and whole.sounds[-1].symbol != SILENCE and start > whole.sounds[-1].end:
            whole.sounds.append(Sound(SILENCE, whole.sounds[-1].end, start))
        if whole.sounds and whole.sounds[-1].symbol == sound.symbol == SILENCE:
            whole.sounds[-1].end = end
        else:
            whole.sounds.append(Sound(sound.symbol, start, end, sound.stress))
    whole.audio = np.concatenate([whole.audio, part.audio])
