"""What happens to work that did not succeed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.plan.planner import Known
from producer.plan.policy import LOSSES, judge
from storage.events import ErrorFacts

KINDS = ["error", "bad_input", "unavailable", "oom", "corrupt", "lost"]
STATES = st.sampled_from(["queued", "running", "failed", "cancelled", "set_aside"])
ERRORS = st.none() | st.builds(ErrorFacts, kind=st.sampled_from(KINDS), message=st.just("It went wrong."))


def failed(kind: Any, attempt: int = 1, ended_at: str = "") -> Known:
    return Known("failed", attempt, None, ErrorFacts(kind=kind, message="It went wrong."), ended_at)


@pytest.mark.parametrize(
    ("known", "verdict"),
    [
        (None, "due"),
        (Known("cancelled", 1), "due"),
        (Known("queued", 1), "in_flight"),
        (Known("running", 1), "in_flight"),
        (Known("set_aside", 3), "set_aside"),
        (failed("bad_input"), "failed"),
        (failed("unavailable"), "fall_back"),
        (failed("oom"), "fall_back"),
        (failed("error", 2), "due"),
        (failed("error", 3), "failed"),
        (Known("failed", 3), "failed"),
        (failed("lost", 3), "due"),
        (failed("corrupt", 3), "due"),
        (failed("lost", 3 + LOSSES), "failed"),
        (failed("corrupt", 3 + LOSSES), "failed"),
    ],
)
def test_each_case(known: Known | None, verdict: str) -> None:
    assert judge(known, attempts=3) == verdict


@given(state=STATES, error=ERRORS, attempts=st.integers(1, 5))
def test_nothing_is_tried_for_ever(state: str, error: ErrorFacts | None, attempts: int) -> None:
    verdict = judge(Known(state, attempts + LOSSES, None, error), attempts)
    assert (verdict == "due") == (state == "cancelled"), "what was cancelled did not fail"


@given(error=ERRORS, attempt=st.integers(1, 30))
def test_how_it_failed_for_somebody_before_is_not_held_against_a_new_order(
    error: ErrorFacts | None, attempt: int
) -> None:
    before, ordered, after = "2026-01-01T08:00:00.000Z", "2026-01-01T09:00:00.000Z", "2026-01-01T10:00:00.000Z"
    for state in ("failed", "set_aside"):
        assert judge(Known(state, attempt, None, error, before), 3, ordered) == "due"
        assert judge(Known(state, attempt, None, error, after), 3, ordered) == judge(
            Known(state, attempt, None, error), 3
        )
    assert judge(Known("running", attempt, None, None, before), 3, ordered) == "in_flight"
