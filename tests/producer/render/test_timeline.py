"""When the parts of a cut begin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from producer.render.timeline import Timeline, ease, ease_both, plan, ramp


@given(st.floats(0.1, 600), st.sampled_from([24, 25, 30]))
def test_the_parts_follow_each_other_and_hold_the_whole_speech(speech_s: float, fps: int) -> None:
    timeline = plan(speech_s, fps)
    assert 0 < timeline.body < timeline.speech_start < timeline.speech_end < timeline.outro < timeline.frames
    assert (timeline.speech_end - timeline.speech_start) / fps == pytest.approx(speech_s, abs=1 / fps)
    assert timeline.speech_end - timeline.speech_start >= speech_s * fps - 1e-3


@given(st.floats(0.1, 600))
def test_speech_begins_exactly_on_a_frame(speech_s: float) -> None:
    timeline = plan(speech_s, 25)
    assert timeline.offset_s * 25 == pytest.approx(timeline.speech_start, abs=1e-9)


@given(st.floats(0, 1000))
def test_every_moment_has_a_frame(seconds: float) -> None:
    timeline: Timeline = plan(10, 25)
    assert 0 <= timeline.frame_at(seconds) < timeline.frames


@pytest.mark.parametrize("curve", [ease, ease_both])
def test_movements_start_and_end_where_they_should(curve: object) -> None:
    assert callable(curve)
    assert curve(0.0) == 0
    assert curve(1.0) == 1
    assert curve(-3.0) == 0
    assert curve(7.0) == 1
    steps = [curve(i / 20) for i in range(21)]
    assert steps == sorted(steps)


def test_a_ramp_rises_from_its_start_over_its_length() -> None:
    assert [ramp(frame, 10, 4) for frame in (9, 10, 11, 12, 14, 20)] == [0, 0, 0.25, 0.5, 1, 1]
