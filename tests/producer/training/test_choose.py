"""Which checkpoint is the best: like the person, and not learnt by heart."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from producer.training.choose import OVERFIT, best, scores, yardstick
from storage.learning import TrainingMark

LOSSES, IDENTITIES = st.floats(0.01, 2), st.floats(-1, 1)


def mark(step: int, held_out: float, identity: float | None = None) -> TrainingMark:
    return TrainingMark(step=step, loss=0.1, held_out=held_out, identity=identity)


def marked(identity: st.SearchStrategy[float | None]) -> st.SearchStrategy[list[TrainingMark]]:
    pairs = st.lists(st.tuples(LOSSES, identity), min_size=1, max_size=8)
    return pairs.map(lambda found: [mark(10 * n, *pair) for n, pair in enumerate(found)])


@given(marked(st.none()))
def test_without_an_identity_the_lowest_loss_on_held_out_pictures_decides(marks: list[TrainingMark]) -> None:
    assert yardstick(marks) == "held-out loss"
    assert best(marks).held_out == min(one.held_out for one in marks)


@given(marked(IDENTITIES), LOSSES)
def test_of_equally_little_learnt_by_heart_the_likest_wins(marks: list[TrainingMark], held_out: float) -> None:
    even = [one.model_copy(update={"held_out": held_out}) for one in marks]
    assert yardstick(even) == "identity"
    assert best(even).identity == max(one.identity or 0.0 for one in even)


@given(marked(IDENTITIES), st.randoms())
def test_the_order_in_which_they_come_decides_nothing(marks: list[TrainingMark], chance: object) -> None:
    mixed = list(marks)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert best(mixed) == best(marks)


@given(marked(IDENTITIES), st.integers(0, 7), st.floats(0.01, 1))
def test_what_is_learnt_more_by_heart_never_gains(marks: list[TrainingMark], which: int, more: float) -> None:
    assume(which < len(marks))
    worse = [
        one.model_copy(update={"held_out": one.held_out + more}) if n == which else one for n, one in enumerate(marks)
    ]
    assume(min(one.held_out for one in worse) == min(one.held_out for one in marks))
    assert scores(worse)[which] < scores(marks)[which]
    if best(marks).step != marks[which].step:
        assert best(worse).step == best(marks).step


@given(marked(IDENTITIES))
def test_of_equals_the_one_that_was_trained_least_is_taken(marks: list[TrainingMark]) -> None:
    found, ranked = best(marks), scores(marks)
    assert found.step == min(one.step for one, score in zip(marks, ranked, strict=True) if score == max(ranked))


def test_a_face_that_is_seen_better_makes_up_for_a_little() -> None:
    gained = 0.1
    at_most = 1 + gained / OVERFIT
    assert best([mark(1, 1.0, 0.5), mark(2, at_most - 0.01, 0.6)]).step == 2
    assert best([mark(1, 1.0, 0.5), mark(2, at_most + 0.01, 0.6)]).step == 1


def test_where_one_face_was_not_found_all_are_measured_otherwise() -> None:
    marks = [mark(1, 0.5, None), mark(2, 0.6, 0.99)]
    assert yardstick(marks) == "held-out loss"
    assert best(marks).step == 1


def test_of_none_there_is_no_best() -> None:
    with pytest.raises(ValueError, match="max"):
        best([])
