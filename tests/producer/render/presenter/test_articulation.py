from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from producer.render.presenter.articulation import RATE, mouth_frames, murmur
from producer.render.presenter.visemes import MOUTH
from storage.documents import Phoneme
from tests.support.presenter import phonemes

OPEN, WIDE, ROUND, PRESS = (MOUTH.index(name) for name in ("open", "wide", "round", "press"))
VOWELS = "ɑæɛiɪʌəɔuʊ"


def middle(text: str, letter: str) -> np.ndarray:
    """The mouth in the middle of a letter's sound."""
    sounds = phonemes(text, each=0.12)
    sound = next(sound for sound in sounds if sound.symbol == letter)
    mouth = mouth_frames(sounds, sounds[-1].end + 0.2, 100)
    return mouth[int((sound.start + sound.end) / 2 * 100)]


def test_the_mouth_opens_wider_for_ah_than_for_ee_and_closes_for_p() -> None:
    assert middle("tɑt", "ɑ")[OPEN] > 0.6 > middle("tit", "i")[OPEN] > 0.2 > middle("ɑpɑ", "p")[OPEN]


def test_ee_draws_the_corners_apart_and_oo_rounds_the_lips() -> None:
    assert middle("tit", "i")[WIDE] > 0.3
    assert middle("tut", "u")[ROUND] > 0.7
    assert middle("tit", "i")[ROUND] < 0.1


def test_a_t_is_already_shaped_by_the_vowel_that_follows() -> None:
    assert middle("utu", "t")[ROUND] > 0.4 > middle("iti", "t")[ROUND] + 0.3


def test_a_stressed_vowel_opens_further() -> None:
    assert middle("tˈɑt", "ɑ")[OPEN] > middle("tɑt", "ɑ")[OPEN]


def test_silence_closes_the_mouth() -> None:
    sounds = [*phonemes("ɑ"), Phoneme(symbol="_", start=0.29, end=1.2), *phonemes("ɑ", start=1.2)]
    mouth = mouth_frames(sounds, 1.5, 25)
    assert mouth[16:24, OPEN].max() < 0.05


@given(
    before=st.sampled_from(VOWELS),
    closing=st.sampled_from("pbm"),
    after=st.sampled_from(VOWELS),
    start=st.floats(0.1, 0.6),
    vowel=st.floats(0.05, 0.25),
    closure=st.floats(0.03, 0.14),
    fps=st.sampled_from([24, 25, 30, 50, 60]),
)
def test_no_closure_is_ever_missed(
    before: str, closing: str, after: str, start: float, vowel: float, closure: float, fps: int
) -> None:
    shut, opened = start + vowel, start + vowel + closure
    sounds = [
        Phoneme(symbol=before, start=start, end=shut, stress=2),
        Phoneme(symbol=closing, start=shut, end=opened),
        Phoneme(symbol=after, start=opened, end=opened + vowel, stress=2),
    ]
    mouth = mouth_frames(sounds, opened + vowel + 0.2, fps)
    shown = mouth[int((shut - 0.03) * fps) : int(opened * fps) + 1]
    tightest = shown[shown[:, PRESS].argmax()]
    assert tightest[PRESS] > 0.9
    assert tightest[OPEN] < 0.08


@given(
    st.lists(
        st.tuples(st.sampled_from(VOWELS + "pbmtdkszfvθʃɹlw_"), st.floats(0.01, 0.4), st.integers(0, 2)), max_size=30
    ),
    st.sampled_from([24, 25, 30]),
)
def test_any_sequence_of_sounds_makes_a_mouth_for_every_frame(sounds: list[tuple[str, float, int]], fps: int) -> None:
    timed, at = [], 0.0
    for symbol, length, stress in sounds:
        timed.append(Phoneme(symbol=symbol, start=at, end=at + length, stress=stress))
        at += length
    mouth = mouth_frames(timed, at, fps, np.ones(int(at * RATE) + 1))
    assert len(mouth) == int(np.ceil(at * fps - 1e-9))
    assert np.isfinite(mouth).all()
    assert (mouth[:, [n for n in range(8) if n != WIDE]] >= -1e-9).all()
    assert (np.abs(mouth) <= 1 + 1e-9).all()


def test_without_timed_sounds_the_mouth_follows_loudness() -> None:
    loudness = np.concatenate([np.zeros(RATE), np.ones(RATE)])
    mouth = murmur(loudness, 2.0, 25)
    assert len(mouth) == 50
    assert mouth[5:20, OPEN].max() == 0
    assert mouth[30:45, OPEN].min() > 0.3
