"""Small speeches and blank frames for the drawn presenter's tests."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from producer.render.presenter.articulation import RATE
from producer.render.presenter.motion import Spoken
from producer.render.presenter.prosody import Sentence
from storage.documents import Phoneme

LETTER_S = 0.09
PAUSE_S = 0.3


def phonemes(text: str, start: float = 0.2, each: float = LETTER_S) -> list[Phoneme]:
    """One phoneme for each letter; `ˈ` stresses the next one, a space is a pause."""
    found: list[Phoneme] = []
    stress, at = 0, start
    for letter in text:
        if letter == "ˈ":
            stress = 2
            continue
        symbol, length = ("_", PAUSE_S) if letter == " " else (letter, each)
        found.append(Phoneme(symbol=symbol, start=at, end=at + length, stress=stress))
        stress, at = 0, at + length
    return found


def two_sentences() -> Spoken:
    """“Bob made pie. Papa came home?”, told and then asked."""
    sounds = phonemes("bˈɑb mˈAd pˈI pˈɑpə kˈAm hˈOm " * 2)
    end = sounds[-1].end
    loudness = np.clip(np.sin(np.arange(int(end * RATE) + 1) / 9) + 0.6, 0, 1.3)
    sentences = (Sentence(0.2, end / 2 - PAUSE_S), Sentence(end / 2, end - PAUSE_S, "question"))
    return Spoken(sounds, sentences, end, loudness)


def blank(width: int = 640, height: int = 360, grey: int = 210) -> npt.NDArray[np.uint8]:
    """An opaque grey frame."""
    frame = np.full((height, width, 4), grey, np.uint8)
    frame[..., 3] = 255
    return frame
