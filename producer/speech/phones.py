"""A voice model's phoneme letters, with their lengths, as IPA sounds with times and stress.

Hibari and Kokoro share one alphabet (that of misaki, Apache-2.0): IPA, with capitals for diphthongs, stress
marks before the vowel, and spaces and punctuation as letters of their own that take time too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from producer.speech.sound import loud_times

SILENCE = "_"
IPA = {
    "A": "eɪ",
    "I": "aɪ",
    "O": "oʊ",
    "Q": "əʊ",
    "W": "aʊ",
    "Y": "ɔɪ",
    "T": "ɾ",
    "ᵊ": "ə",
    "ᵻ": "ɪ",
    "ʤ": "dʒ",
    "ʧ": "tʃ",
    "ʦ": "ts",
    "ʣ": "dz",
    "ʨ": "tɕ",
    "ʥ": "dʑ",
    "ꭧ": "ʈʂ",
}
STRESS = {"ˈ": 2, "ˌ": 1}
PAUSES = frozenset(";:,.!?—…")
WORD_ENDS = PAUSES | frozenset(' "“”()')
SOUNDLESS = WORD_ENDS | frozenset("→↗↘↓")
"""Letters without a sound of their own, tones among them. Those that are no pause lengthen the sound before them."""
MODIFIERS = frozenset("ːʰʲᵝ\u0303")
"""Letters that change and lengthen the sound before them."""

LAG_S = 0.050
"""How much later than the sound these models place each phoneme; measured on sibilants and vowels."""
QUIET_DB = -30.0
"""A phoneme before a pause ends where the sound falls this far below the loud parts."""
RELEASE_S = 0.03
SHORTEST_S = 0.03
LONGEST_CLOSURE_S = 0.12
"""A silence at the end of a word that is longer than this is a pause, and not the closed lips of a “p”."""


@dataclass
class Sound:
    """One IPA sound; seconds. `stress`: 0 none, 1 secondary, 2 primary."""

    symbol: str
    start: float
    end: float
    stress: int = 0


@dataclass(frozen=True)
class Group:
    """A spoken word: its phoneme letters, and which of the sounds are its own (first, and one past the last)."""

    letters: str
    first: int
    end: int


def sounds(letters: str, edges: Sequence[float]) -> tuple[list[Sound], list[Group]]:
    """Sounds and spoken words of a phoneme string; `edges` are the `len(letters) + 1` times between its letters.

    The sounds follow each other without gaps. A stress mark's time belongs to the sound after it.
    """
    made: list[Sound] = []
    groups: list[Group] = []
    word, first, stress, begin = "", 0, 0, None
    for letter, start, end in zip(letters, edges[:-1], edges[1:], strict=True):
        paused = not made or made[-1].symbol == SILENCE
        if letter in STRESS:
            stress, begin = STRESS[letter], start if begin is None else begin
            continue
        if letter in SOUNDLESS or letter in MODIFIERS:
            if word and letter in WORD_ENDS:
                groups.append(Group(word, first, len(made)))
                word = ""
            if not made or (letter in PAUSES and not paused):
                made.append(Sound(SILENCE, start if begin is None else begin, end))
            elif letter in MODIFIERS and not paused:
                made[-1].symbol += letter
            made[-1].end = end
            stress, begin = 0, None
        else:
            if not word:
                first = len(made)
            word += letter
            made.append(Sound(IPA.get(letter, letter), start if begin is None else begin, end, stress))
            stress, begin = 0, None
    if word:
        groups.append(Group(word, first, len(made)))
    return made, groups


def fit_to_sound(phones: list[Sound], groups: list[Group], audio: npt.NDArray[np.float32], rate: int) -> None:
    """Move the phones (in place) to where the sound has them: back by the models' lag, pauses as long as the silence.

    A model lengthens the last sound before a pause into the silence; here the pause begins where the energy ends.
    A pause that no punctuation announced is left as a gap between two phones.
    """
    length = len(audio) / rate
    for phone in phones:
        phone.start = min(max(phone.start - LAG_S, 0.0), length)
        phone.end = min(max(phone.end - LAG_S, 0.0), length)
    loud_at = loud_times(audio, rate, QUIET_DB)
    for last in (group.end - 1 for group in groups):
        phone, after = phones[last], phones[last + 1] if last + 1 < len(phones) else None
        heard = loud_at[(loud_at >= phone.start) & (loud_at < phone.end)]
        end = max(float(heard[-1]) + RELEASE_S if len(heard) else 0.0, phone.start + SHORTEST_S)
        announced = after is None or after.symbol == SILENCE
        if end < phone.end - (0.0 if announced else LONGEST_CLOSURE_S):
            phone.end = end
            if after is not None and announced:
                after.start = end
