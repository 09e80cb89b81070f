"""Forced alignment: times of known words in a recording, found by a voice that says the same."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.engines.line.hibari import HibariVoice
from producer.speech.following import cheapest_path, followed, gapless, spread_over, warp
from producer.speech.phones import SILENCE, Sound
from producer.speech.speaking import Utterance, speak

TEXT = "Otters have come back to the harbour after forty years, the town said. It counted eleven animals this spring."


def said(text: str, rate: float = 1.0, seed: int = 0) -> Utterance:
    return speak(text, HibariVoice().voice(), "en", rate=rate, seed=seed)


@pytest.fixture(scope="module")
def reference() -> Utterance:
    return said(TEXT)


@pytest.fixture(scope="module")
def slower() -> Utterance:
    """Another recording of the text, whose true times are known."""
    return said(TEXT, rate=0.8, seed=3)


def test_finds_each_word_of_a_slower_recording(reference: Utterance, slower: Utterance) -> None:
    found, cost = followed(slower.audio, slower.rate, reference)
    assert [word for word, _, _ in found.words] == [word for word, _, _ in slower.words]
    starts = np.array([a[1] - b[1] for a, b in zip(found.words, slower.words, strict=True)])
    ends = np.array([a[2] - b[2] for a, b in zip(found.words, slower.words, strict=True)])
    assert np.abs(starts).mean() < 0.03
    assert np.abs(starts).max() < 0.1
    assert np.abs(ends).mean() < 0.04
    assert cost < 0.5


def test_words_follow_each_other_and_sounds_leave_no_gap(reference: Utterance, slower: Utterance) -> None:
    found, _ = followed(slower.audio, slower.rate, reference)
    times = [time for _, start, end in found.words for time in (start, end)]
    assert times == sorted(times)
    edges = [(a.end, b.start) for a, b in pairwise(found.sounds)]
    assert all(end == start for end, start in edges)
    assert found.sounds[0].start == 0
    assert found.sounds[-1].end == pytest.approx(found.duration)


def test_silence_before_the_speech_moves_everything(reference: Utterance, slower: Utterance) -> None:
    later = np.concatenate([np.zeros(slower.rate, np.float32), slower.audio])
    found, _ = followed(later, slower.rate, reference)
    assert found.words[0][1] == pytest.approx(1.0 + slower.words[0][1], abs=0.08)
    assert found.words[-1][2] == pytest.approx(1.0 + slower.words[-1][2], abs=0.12)


def test_another_text_is_farther_away_than_another_recording(reference: Utterance, slower: Utterance) -> None:
    other = said("Parliament votes on the new budget today, and nobody knows how it will end before the evening comes.")
    _, same = followed(slower.audio, slower.rate, reference)
    _, different = followed(other.audio, other.rate, reference)
    assert different > same + 0.3


def test_nothing_can_be_laid_along_silence(reference: Utterance) -> None:
    with pytest.raises(ValueError, match="nothing to hear"):
        warp(reference.audio, reference.rate, np.zeros(16000, np.float32), 16000)


def test_without_a_voice_words_are_laid_along_the_loud_parts(slower: Utterance) -> None:
    words = [(word, list(word)) for word, _, _ in slower.words]
    found = spread_over(slower.audio, slower.rate, words)
    starts = [abs(a[1] - b[1]) for a, b in zip(found.words, slower.words, strict=True)]
    assert max(starts) < 0.6
    assert found.sounds[-1].end == pytest.approx(found.duration)


@given(rows=st.integers(1, 8), columns=st.integers(1, 8), seed=st.integers(0, 99))
def test_the_cheapest_path_is_as_cheap_as_any(rows: int, columns: int, seed: int) -> None:
    costs = np.random.default_rng(seed).random((rows, columns)).astype(np.float32)
    path, mean = cheapest_path(costs)
    assert tuple(path[0]) == (0, 0)
    assert tuple(path[-1]) == (rows - 1, columns - 1)
    assert {tuple(step) for step in np.diff(path, axis=0)} <= {(0, 1), (1, 0), (1, 1)}
    table = np.full((rows + 1, columns + 1), np.inf)
    table[0, 0] = 0
    for i in range(rows):
        for j in range(columns):
            table[i + 1, j + 1] = costs[i, j] + min(table[i, j], table[i, j + 1], table[i + 1, j])
    assert mean * len(path) == pytest.approx(table[rows, columns], rel=1e-5)


@given(st.lists(st.tuples(st.floats(0, 5), st.floats(0, 5)), max_size=12))
def test_sounds_without_gaps_never_lie_over_each_other(spans: list[tuple[float, float]]) -> None:
    made = gapless([Sound("a", start, end) for start, end in spans], 5.0)
    assert all(sound.start < sound.end for sound in made)
    assert all(a.end == b.start for a, b in pairwise(made))
    assert not any(a.symbol == b.symbol == SILENCE for a, b in pairwise(made))
