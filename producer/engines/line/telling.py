"""A line by a network that sometimes says other words than it was given: sentence by sentence, each listened to.

    line ─▶ sentences that fit the network ─▶ sound ─▶ listened to; spoken again when words are missing or added
         ─▶ times, by a voice that has clocks laid along it

Whichever network speaks is a `Mouth`; all else is the same for all of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from producer.engines.base import Context
from producer.engines.line.ears import RATE as HEARING_RATE
from producer.engines.line.ears import Ears
from producer.engines.line.timing import Timing
from producer.engines.requests import LineOptions, LineRequest
from producer.speech.languages import UNSPACED, primary
from producer.speech.pace import PAUSE_S, seconds_to_say
from producer.speech.respelling import respelling
from producer.speech.sentences import halves, split
from producer.speech.sound import Samples, faded, resampled, silence, spoken_part
from producer.speech.speaking import CLAUSE_PAUSE_S, SENTENCE_PAUSE_S, Utterance
from producer.speech.verify import faults, plausible
from storage.canonical import tagged_hash

TRIES = 3
"""How often a sentence is spoken at most; the best of them is kept."""
LEARNT, SPOKEN = 0.05, 0.9
"""Fractions of a line's work that are done when its voice is at hand, and when all of it is spoken."""


@dataclass(frozen=True)
class Mouth:
    """What says one sentence in one voice and language. `name` draws its lots: by it, equal seeds differ between networks."""

    name: str
    rate: int
    """Hz of the sound that it makes."""
    fits: Callable[[str], bool]
    """Whether it can take the text in one go."""
    say: Callable[[str, int, Callable[[], None]], Samples]
    """A text, a seed, and what is called again and again and may raise to stop → its sound."""


@dataclass(frozen=True)
class Piece:
    """As much text as is spoken in one go, and the pause before it."""

    text: str
    pause_s: float


@dataclass(frozen=True)
class Attempt:
    """One try at a piece, and how many words were missing or added; an implausible length counts as all of them."""

    audio: Samples
    faults: int


class Teller:
    """Ears and clocks, found beside the weights and loaded on first use. Whoever hands ears in is listened to by them."""

    def __init__(self, ears: Ears | None = None) -> None:
        self._ears = ears
        self._timing: Timing | None = None

    def close(self) -> None:
        for part in (self._timing, self._ears):
            if part is not None:
                part.close()
        self._timing = self._ears = None

    def tell(self, request: LineRequest, mouth: Mouth, weights: Path | None, context: Context) -> Utterance:
        """The whole line. `weights`: the folder of all engines' weights."""
        options, said = request.options, respelling(request.options.hints)
        ears = self._ears = self._ears or Ears(weights)
        timing = self._timing = self._timing or Timing(weights)
        pieces = pieces_of(options.text, options.language, lambda text: mouth.fits(said(text)))
        parts: list[Samples] = []
        for number, piece in enumerate(pieces):
            context.progress(LEARNT + (SPOKEN - LEARNT - 0.05) * number / len(pieces), "speaking")
            best = _spoken(said(piece.text), mouth, ears, request, number, context)
            parts += [silence(piece.pause_s / options.rate, mouth.rate), best] if parts else [best]
        context.progress(SPOKEN, "finding the words")
        audio = np.concatenate(parts)
        return timing.timed(options.text, options.language, audio, mouth.rate, options.hints, context.stop_if_cancelled)


def _spoken(text: str, mouth: Mouth, ears: Ears, request: LineRequest, number: int, context: Context) -> Samples:
    """The best of at most `TRIES`; the first that is right ends it."""
    tries: list[Attempt] = []
    for attempt in range(TRIES):
        seed = int(tagged_hash(f"{mouth.name}-try", [request.seed, number, attempt])[:8], 16)
        sound = mouth.say(text, seed, context.stop_if_cancelled)
        context.stop_if_cancelled()
        tries.append(_judged(sound, mouth.rate, text, request.options, ears, context))
        if not tries[-1].faults:
            break
        context.log(f"try {attempt + 1} of “{text}”: {tries[-1].faults} words missing or added")
    return min(tries, key=lambda one: one.faults).audio


def _judged(sound: Samples, rate: int, text: str, options: LineOptions, ears: Ears, context: Context) -> Attempt:
    first, last = spoken_part(sound, rate)
    audio = faded(sound[first:last], rate)
    usual = seconds_to_say(text, options.language) - PAUSE_S
    everything = max(1, len(text.split()))
    if not plausible(len(audio) / rate, usual / options.rate):
        return Attempt(audio if len(audio) else silence(usual, rate), everything)
    if ears.problem:
        return Attempt(audio, 0)
    heard = ears.hear(resampled(audio, rate, HEARING_RATE), options.language, context.stop_if_cancelled)
    return Attempt(audio, faults(text, heard.text, options.language).count)


def pieces_of(text: str, language: str, fits: Callable[[str], bool]) -> list[Piece]:
    """Sentences, each in as few parts as fit; short ones that follow each other are not joined."""

    def parts(sentence: str, pause_s: float) -> list[Piece]:
        if fits(sentence) or (two := halves(sentence)) is None:
            return [Piece(sentence, pause_s)]
        return parts(two[0], pause_s) + parts(two[1], CLAUSE_PAUSE_S)

    space = "" if primary(language) in UNSPACED else " "
    sentences: list[str] = []
    for sentence in split(text, language):
        if sentences and not any(map(str.isalnum, sentence)):
            sentences[-1] += f"{space}{sentence}"
        else:
            sentences.append(sentence)
    return [piece for sentence in sentences for piece in parts(sentence, SENTENCE_PAUSE_S)]
