"""When a voice without clocks says each word and sound: the same text by one that has them, laid along its sound.

The reference is Hibari for English, Kokoro for its other languages where it is installed. Any other language is laid
along the loud parts of the sound: by espeak's sounds where that is installed, else letter by letter.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path

from config.folders import INSTALLED
from producer.engines.line.hibari import HibariVoice
from producer.engines.line.kokoro import ID as KOKORO
from producer.engines.line.kokoro import Kokoro
from producer.speech.captions import caption_words
from producer.speech.following import LONGEST_S, followed, spread_over
from producer.speech.languages import primary
from producer.speech.sound import Samples
from producer.speech.speaking import PhonemeVoice, Utterance, speak

FAR = 0.86
"""From this cost on the two have nothing in common, and their path means nothing. Measured: one text by two voices costs
0.2–0.74, another text of its length 0.75–0.83, noise 0.89; too close to each other for a verdict on the words."""

Sounds = Callable[[str, str], list[str]]
"""A word and its language → its IPA sounds; empty when nobody can tell."""


def no_sounds(_word: str, _language: str) -> list[str]:
    return []


class Timing:
    """Times for sound whose text is known. `weights` is the folder with all engines' weights. Loads on first use."""

    def __init__(self, weights: Path | None = None, sounds: Sounds = no_sounds) -> None:
        self._weights, self._sounds = weights, sounds
        self._voices: dict[str, PhonemeVoice | None] = {}

    def close(self) -> None:
        self._voices.clear()

    def timed(
        self, text: str, language: str, audio: Samples, rate: int,
        hints: Mapping[str, str] | None = None, between: Callable[[], None] = lambda: None,
    ) -> Utterance:  # fmt: skip
        """The sound with the times of its caption words and of its sounds. `between` may raise to stop."""
        reference = self.reference(text, language, hints, between)
        if reference is not None and max(reference.duration, len(audio) / rate) <= LONGEST_S:
            try:
                found, cost = followed(audio, rate, reference)
            except ValueError:  # silence: no word is heard in it
                return spread_over(audio, rate, self._symbols(text, language))
            if cost < FAR:
                return found
        return spread_over(audio, rate, self._symbols(text, language))

    def reference(
        self,
        text: str,
        language: str,
        hints: Mapping[str, str] | None = None,
        between: Callable[[], None] = lambda: None,
    ) -> Utterance | None:
        """The text, said by a voice with clocks; None for a language that none here speaks."""
        code = primary(language)
        if code not in self._voices:
            self._voices[code] = self._voice(code)
        voice = self._voices[code]
        if voice is None:
            return None
        said = speak(text, voice, code, hints=hints, between=lambda _fraction: between())
        return said if len(said.audio) else None

    def _voice(self, language: str) -> PhonemeVoice | None:
        hibari, kokoro = HibariVoice(), Kokoro()
        if language in hibari.info.languages and not hibari.check():
            return hibari.voice()
        kokoro.weights_folder = next(
            (folder for folder in (self._pulled, INSTALLED / "weights" / KOKORO) if folder and folder.is_dir()), None
        )
        if language in kokoro.info.languages and not kokoro.check():
            return kokoro.voice(kokoro.voices(language)[0], language)
        return None

    @property
    def _pulled(self) -> Path | None:
        return self._weights / KOKORO if self._weights else None

    def _symbols(self, text: str, language: str) -> list[tuple[str, list[str]]]:
        words = caption_words(text, language)
        return [(word, self._sounds(word, language) or letters(word)) for word in words]


def letters(word: str) -> list[str]:
    """Letters for sounds, where nobody reads the language: most Latin ones are their own IPA symbol."""
    plain = unicodedata.normalize("NFD", word.lower())
    return [letter if letter.isascii() else "ə" for letter in plain if letter.isalpha()]
