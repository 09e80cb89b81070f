"""How far the mouth opens for each sound, by phonetics alone: vowel height, and where a consonant is made.

This knows nothing of how a presenter is drawn, so that it can judge one. The classes are those of the IPA chart
(International Phonetic Association, 2020); one-letter diphthongs are written as the Hibari and Kokoro voices do.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from storage.documents import Phoneme

Array = npt.NDArray[np.float64]

RATE = 200
"""Steps per second of the expected curve."""
BLUR_S = 0.12
"""Lips pass from sound to sound; they do not jump."""

_CLASSES: dict[str, float] = {
    "pbmɓɱβ": 0.0,
    "fvɸʋ": 0.08,
    "szʃʒʂʐɕʑʧʤʦʣʨʥꭧS": 0.15,
    "tdnlɾɲɳʎɭɗʈɖɫθðTrɹɻɽ": 0.21,
    "jɥwɰʝç": 0.25,
    "kɡgŋxχhɦʔqɣcɟɴʁʀħʕ": 0.28,
    "iyɨʉɯu": 0.28,
    "ɪʏʊᵻ": 0.33,
    "eøɘɵɤo": 0.48,
    "əᵊɚ": 0.36,
    "ɛœɜɝɞʌɔ": 0.60,
    "æɐ": 0.75,
    "aɶɑɒä": 0.88,
}
OPENNESS: dict[str, float] = {letter: value for letters, value in _CLASSES.items() for letter in letters}
DIPHTHONGS = {"A": "eɪ", "I": "aɪ", "W": "aʊ", "Y": "ɔɪ", "O": "oʊ", "Q": "əʊ"}
LIPS_MEET = frozenset("pbmɓ")


def expected_opening(phonemes: Sequence[Phoneme], duration_s: float) -> Array:
    """0 closed … about 1 wide open, at `RATE`, from 0 s to `duration_s`."""
    curve = np.zeros(int(duration_s * RATE) + 1)
    for phoneme in phonemes:
        openings = [OPENNESS[letter] for letter in letters_of(phoneme.symbol) if letter in OPENNESS]
        edges = np.linspace(phoneme.start, phoneme.end, len(openings) + 1)
        for opening, start, end in zip(openings, edges[:-1], edges[1:], strict=True):
            curve[int(start * RATE) : int(end * RATE)] = opening
    window = np.hanning(int(BLUR_S * RATE) + 2)[1:-1]
    return np.convolve(curve, window / window.sum(), "same")


def letters_of(symbol: str) -> str:
    return "".join(DIPHTHONGS.get(letter, letter) for letter in symbol)


def closures(phonemes: Sequence[Phoneme]) -> list[Phoneme]:
    """The sounds for which the lips must meet."""
    return [phoneme for phoneme in phonemes if phoneme.symbol[:1] in LIPS_MEET]
