"""A training's course: which pictures, how fast, and what is said of it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.training.course import batch, is_marked, rate, split, told
from producer.training.presets import PRESETS

COUNTS, SEEDS = st.integers(5, 60), st.integers(0, 2**31)


@given(COUNTS, SEEDS)
def test_every_picture_is_either_learnt_or_held_out(count: int, seed: int) -> None:
    seen, held = split(count, seed)
    assert sorted((*seen, *held)) == list(range(count))
    assert 1 <= len(held) <= count / 4
    assert split(count, seed) == (seen, held)


@given(COUNTS, SEEDS, st.integers(1, 4), st.integers(0, 50))
def test_each_is_seen_once_before_any_is_seen_again(count: int, seed: int, size: int, turns: int) -> None:
    numbers = split(count, seed)[0]
    order = [n for step in range(turns * len(numbers)) for n in batch(step, size, numbers, seed)] if turns < 4 else []
    for start in range(0, len(order) - len(numbers) + 1, len(numbers)):
        assert sorted(order[start : start + len(numbers)]) == sorted(numbers)


@given(st.integers(1, 20_000), st.floats(1e-6, 1))
def test_the_rate_grows_and_then_falls_and_never_stands_still_at_nothing(steps: int, highest: float) -> None:
    course = [rate(step, steps, highest) for step in sorted({0, steps // 20, steps // 3, steps // 2, steps - 1})]
    top = course.index(max(course))
    assert all(0 < one <= highest * 1.000001 for one in course)
    assert course[: top + 1] == sorted(course[: top + 1])
    assert course[top:] == sorted(course[top:], reverse=True)


def test_the_end_is_always_looked_at() -> None:
    assert [done for done in range(1, 11) if is_marked(done, 10, 4)] == [4, 8, 10]


@pytest.mark.parametrize(
    ("done", "since", "seconds", "words"),
    [
        (0, 0, 0, "step 0 of 1000"),
        (100, 0, 60, "step 100 of 1000, about 9 min left"),
        (600, 500, 60, "step 600 of 1000, about 4 min left"),
        (999, 0, 999, "step 999 of 1000, less than a minute left"),
        (10, 0, 600, "step 10 of 1000, about 16 hours left"),
        (1000, 0, 99, "step 1000 of 1000"),
    ],
)
def test_it_says_how_long_it_takes_by_its_own_pace(done: int, since: int, seconds: float, words: str) -> None:
    assert told(done, 1000, seconds, since) == words


@pytest.mark.parametrize("engine", PRESETS)
def test_more_memory_is_never_put_to_less_use(engine: str) -> None:
    presets = PRESETS[engine]
    assert [one.id for one in presets] == ["24gb", "16gb", "12gb", "8gb"]
    for larger, smaller in itertools.pairwise(presets):
        assert larger.memory_mb > smaller.memory_mb
        assert larger.pixels >= smaller.pixels
        assert larger.rank >= smaller.rank
        assert larger.batch >= smaller.batch
        assert larger.gradient_checkpointing <= smaller.gradient_checkpointing
        assert larger.eight_bit <= smaller.eight_bit
    for one in presets:
        assert one.memory_mb < int(one.id.removesuffix("gb")) * 1000, "a card needs some for itself"
