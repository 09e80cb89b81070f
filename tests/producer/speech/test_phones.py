"""Phoneme letters as timed IPA sounds."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from producer.speech.phones import LAG_S, SILENCE, fit_to_sound, sounds

RATE = 24000


def test_letters_become_sounds_words_and_silences() -> None:
    made, groups = sounds("…həlˈO, wˌɜːld.", list(range(16)))
    assert [(s.symbol, s.stress) for s in made] == [
        (SILENCE, 0), ("h", 0), ("ə", 0), ("l", 0), ("oʊ", 2), (SILENCE, 0), ("w", 0), ("ɜː", 1), ("l", 0), ("d", 0),
        (SILENCE, 0),
    ]  # fmt: skip
    assert [(g.letters, made[g.first].symbol, made[g.end - 1].symbol) for g in groups] == [
        ("həlO", "h", "oʊ"),
        ("wɜld", "w", "d"),
    ]


def test_a_stress_mark_lends_its_time_to_the_sound_after_it_and_a_space_to_the_sound_before_it() -> None:
    made, _ = sounds("ɐ ˈbi", [0, 1, 3, 4, 6, 7])
    assert [(s.symbol, s.start, s.end) for s in made] == [("ɐ", 0, 3), ("b", 3, 6), ("i", 6, 7)]


@given(st.text(alphabet="abʧAɪˈˌː ,.!“”→", max_size=30))
def test_sounds_follow_each_other_without_gaps(letters: str) -> None:
    made, groups = sounds(letters, list(range(len(letters) + 1)))
    assert all(a.end == b.start for a, b in pairwise(made))
    assert all(0 <= g.first < g.end <= len(made) for g in groups)
    assert sum(len(g.letters) for g in groups) == sum(letter in "abʧAɪ" for letter in letters)


def test_a_sound_before_a_pause_ends_where_the_energy_ends() -> None:
    tone = np.zeros(2 * RATE, np.float32)
    tone[: RATE // 2] = np.sin(np.arange(RATE // 2) * 0.1)  # half a second of sound, then silence
    made, groups = sounds("ab.", [0, 0.3, 1.5, 2.0])
    fit_to_sound(made, groups, tone, RATE)
    assert made[0].end == made[1].start == 0.3 - LAG_S
    assert 0.5 <= made[1].end <= 0.54
    assert made[2].symbol == SILENCE
    assert made[2].start == made[1].end
