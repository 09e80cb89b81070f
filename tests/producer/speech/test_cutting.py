"""A recording of a whole script, cut into its lines."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.speech.cutting import line_spans

RATE = 8000


def recording(*parts: tuple[float, bool]) -> np.ndarray:
    """Stretches of noise and silence, in seconds."""
    rng = np.random.default_rng(0)
    made = [rng.normal(0, 0.1, round(s * RATE)) if loud else np.zeros(round(s * RATE)) for s, loud in parts]
    return np.concatenate(made).astype(np.float32)


def test_cuts_in_the_pause_even_where_the_words_times_are_a_little_off() -> None:
    audio = recording((0.5, False), (1.0, True), (0.6, False), (1.0, True), (0.5, False))
    first, second = line_spans(audio, RATE, [(0.5, 1.0), (1.0, 1.7), (1.9, 2.5), (2.5, 3.1)], [2, 2])
    assert first == pytest.approx((0.38, 1.62), abs=0.02)
    assert second == pytest.approx((1.98, 3.22), abs=0.02)


def test_cuts_between_the_words_where_nobody_paused() -> None:
    audio = recording((2.0, True))
    first, second = line_spans(audio, RATE, [(0.0, 0.9), (1.1, 2.0)], [1, 1])
    assert first[1] == pytest.approx(1.0, abs=0.13)
    assert second[0] == pytest.approx(1.0, abs=0.13)


def test_each_line_needs_its_words() -> None:
    with pytest.raises(ValueError, match="words"):
        line_spans(recording((1.0, True)), RATE, [(0, 1)], [1, 0])


@given(counts=st.lists(st.integers(1, 3), min_size=1, max_size=6), seed=st.integers(0, 50))
def test_lines_stay_in_order_and_inside_the_recording(counts: list[int], seed: int) -> None:
    rng = np.random.default_rng(seed)
    audio = recording(
        *[(float(s), bool(loud)) for s, loud in zip(rng.uniform(0.1, 0.8, 9), rng.integers(0, 2, 9), strict=True)]
    )
    times = np.sort(rng.uniform(0, len(audio) / RATE, 2 * sum(counts))).reshape(-1, 2)
    spans = line_spans(audio, RATE, [(float(a), float(b)) for a, b in times], counts)
    assert len(spans) == len(counts)
    assert all(0 <= start <= end <= len(audio) / RATE for start, end in spans)
    assert all(a[0] <= b[1] for a, b in pairwise(spans))
